//! Products made and changed, by those whose work that is.

use crate::{
    editor_support::{Desk, SHIRTS, colourful, desk, shirt},
    support::{a_person, at, opened, operator, person, photograph, signed_in},
};
use flows::seller::{
    at_shop,
    editor::{Absent, EditError, archive, attach, begin, copy, let_go, save, send, set_shown, shift, submit},
    send_documents,
};
use model::{
    AppError, Code, FieldError, Lang, Permission, ShopRole,
    shop::{AttributeInput, EditAct, PictureAct, ProductInput, TierInput},
    views::ProductState,
};
use sqlx::PgPool;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_product_is_begun_filled_in_and_sold(db: PgPool) {
    let desk = desk(db, true).await;
    let (cx, at) = (&desk.cx, &desk.at);
    let key = "k1".parse().unwrap();
    let id = begin(cx, at, "Kaos Polos", SHIRTS, Some(&key)).await.unwrap();
    let again = begin(cx, at, "Kaos Polos", SHIRTS, Some(&key)).await.unwrap();
    assert_eq!(
        (again, desk.count("select count(*) from product").await),
        (id, 1),
        "one form makes one product"
    );
    let other = begin(cx, at, "Kaos Lain", SHIRTS, Some(&key)).await;
    assert!(matches!(other, Err(EditError::KeyReused)));

    let fresh = desk.editor(id).await;
    assert_eq!((fresh.state, fresh.is_whole, fresh.input.weight.as_str()), (ProductState::Draft, false, ""));
    let early = submit(cx, at, id).await.unwrap_err();
    assert_eq!(AppError::from(early).of("variants"), Some(FieldError::Required), "there is nothing to buy");

    let material = fresh.attributes.iter().find(|one| one.label == "Bahan").unwrap().id.clone();
    let input = ProductInput {
        attributes: vec![AttributeInput { id: material, value: "cotton".to_owned() }],
        length: "20,5".to_owned(),
        width: "15".to_owned(),
        height: "2".to_owned(),
        tiers: vec![TierInput { from: "10".to_owned(), price: "45000".to_owned() }],
        video: "https://video.example/kaos".to_owned(),
        ..shirt()
    };
    assert_eq!(desk.save(id, &input).await.unwrap(), ProductState::Draft);
    assert_eq!(submit(cx, at, id).await.unwrap(), ProductState::Active, "an approved shop sells at once");
    desk.house.app.run_jobs().await;
    let kept = desk.editor(id).await;
    assert_eq!((kept.input.length.as_str(), kept.input.variants[0].stock.as_str()), ("20,5", "7"));
    assert_eq!(kept.typed_from, None);
    let mut db = cx.db().acquire().await.unwrap();
    let page = views::product::by_id(&mut db, id, Lang::Id, cx.now()).await.unwrap().unwrap();
    assert_eq!((page.price_min.amount(), page.variants[0].stock, page.tiers.len()), (50_000, 7, 1));
    assert_eq!(page.specs.len(), 1);
    assert!(page.slug.as_str().starts_with("kaos-polos-"), "{}", page.slug);
    drop(db);

    assert_eq!(set_shown(cx, at, id, false).await.unwrap(), ProductState::Hidden);
    assert_eq!(set_shown(cx, at, id, true).await.unwrap(), ProductState::Active);
    assert_eq!(archive(cx, at, id).await.unwrap(), ProductState::Archived);
    assert_eq!(archive(cx, at, id).await.unwrap(), ProductState::Archived, "again changes nothing");
    assert!(matches!(desk.save(id, &shirt()).await, Err(EditError::Forbidden)));
    desk.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn everything_wrong_is_said_beside_its_field_and_kept(db: PgPool) {
    let desk = desk(db, true).await;
    let id = desk.begun().await;
    let mut wrong = ProductInput {
        name: "x".to_owned(),
        category: "7e004c7a-0000-0000-0000-a18e1cdd9977".to_owned(),
        weight: "berat".to_owned(),
        length: "5".to_owned(),
        max_qty: "0".to_owned(),
        preorder_days: "91".to_owned(),
        video: "javascript:alert(1)".to_owned(),
        tiers: vec![TierInput { from: "5".to_owned(), price: "60000".to_owned() }],
        ..shirt()
    };
    wrong.variants[0].stock = "-1".to_owned();
    wrong.variants[0].list_price = "40000".to_owned();
    let error = AppError::from(desk.save(id, &wrong).await.unwrap_err());
    assert_eq!(error.code, Code::Invalid);
    for (field, of) in [
        ("name", FieldError::TooShort),
        ("category", FieldError::Required),
        ("weight", FieldError::Malformed),
        ("width", FieldError::Required),
        ("max_qty", FieldError::OutOfRange),
        ("preorder_days", FieldError::OutOfRange),
        ("video", FieldError::Malformed),
        ("variants.0.stock", FieldError::OutOfRange),
        ("variants.0.list_price", FieldError::OutOfRange),
    ] {
        assert_eq!(error.of(field), Some(of), "{field}");
    }
    let kept = desk.editor(id).await;
    assert_eq!((kept.input.weight.as_str(), kept.typed_from), ("berat", Some(1)), "as it was typed");
    assert!(!kept.is_whole && desk.count("select count(*) from variant").await == 0, "nothing is half saved");

    let dear = ProductInput {
        tiers: vec![TierInput { from: "5".to_owned(), price: "60000".to_owned() }],
        ..shirt()
    };
    let error = AppError::from(desk.save(id, &dear).await.unwrap_err());
    assert_eq!(error.of("tiers.0.price"), Some(FieldError::OutOfRange), "wholesale is cheaper");
    let_go(&desk.cx, &desk.at, id).await.unwrap();
    assert_eq!(desk.editor(id).await.typed_from, None);
    desk.save(id, &shirt()).await.unwrap();
    desk.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn two_who_edit_at_once_lose_nothing(db: PgPool) {
    let desk = desk(db, true).await;
    let id = desk.sold(&shirt()).await;
    let (budi, budis) = desk.colleague(2, ShopRole::Catalogue).await;
    let at_budi = at_shop(&budis, desk.slug.as_str(), Permission::Products).await.unwrap();
    let version = desk.editor(id).await.version;
    let mine = ProductInput { description: "Punya Sari.".to_owned(), ..desk.editor(id).await.input };
    let his = ProductInput { description: "Punya Budi.".to_owned(), ..desk.editor(id).await.input };
    send(&desk.cx, &desk.at, id, (version, version), EditAct::Save, &mine).await.unwrap();
    let late = send(&budis, &at_budi, id, (version, version), EditAct::Save, &his).await.unwrap_err();
    assert_eq!(AppError::from(late).code, Code::Conflict);
    let his_page = desk.editor_of(id, &budi).await;
    assert!(his_page.is_stale() && his_page.input.description == "Punya Budi.");
    assert_eq!(desk.editor(id).await.input.description, "Punya Sari.", "nobody else sees what he typed");
    let now = (version, his_page.version);
    send(&budis, &at_budi, id, now, EditAct::SaveOver, &his).await.unwrap();
    assert_eq!(desk.editor(id).await.input.description, "Punya Budi.");
    desk.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_else_touches_a_shop_s_products(db: PgPool) {
    let desk = desk(db, true).await;
    let id = desk.sold(&shirt()).await;
    let before = desk.editor(id).await;
    let (_, packs) = desk.colleague(2, ShopRole::Fulfilment).await;
    assert_eq!(
        at_shop(&packs, desk.slug.as_str(), Permission::Products).await.unwrap_err().code,
        Code::NotFound
    );
    // Let in for something else, they are still refused.
    let packer = at_shop(&packs, desk.slug.as_str(), Permission::Orders).await.unwrap();
    let rival = person(&desk.house.app, 3, "rival@mail.example").await;
    let theirs = opened(&desk.house.app, &rival, "Toko Saingan").await;
    let rivals = signed_in(&desk.house.app, &rival);
    let elsewhere = at(&desk.house.app, &rival, &theirs, Permission::Products).await;
    for (cx, at) in [(&packs, &packer), (&rivals, &elsewhere)] {
        let saved = save(cx, at, id, before.version, &shirt(), Absent::Blank).await;
        assert!(matches!(saved, Err(EditError::NotFound)));
        let now = (before.version, before.version);
        let kept = send(cx, at, id, now, EditAct::Arrange, &shirt()).await;
        assert!(matches!(kept, Err(EditError::NotFound)));
        assert!(matches!(archive(cx, at, id).await, Err(EditError::NotFound)));
        assert!(matches!(copy(cx, at, id, None).await, Err(EditError::NotFound)));
        assert!(matches!(set_shown(cx, at, id, false).await, Err(EditError::NotFound)));
        let sent = attach(cx, at, id, photograph(200).into()).await;
        assert!(matches!(sent, Err(EditError::NotFound)));
    }
    assert!(matches!(begin(&packs, &packer, "Kaos", SHIRTS, None).await, Err(EditError::NotFound)));
    assert_eq!(desk.editor(id).await, before, "nothing changed");
    assert_eq!(desk.count("select count(*) from product_edit").await, 0);
    desk.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_new_shop_s_products_wait_for_it_to_be_approved(db: PgPool) {
    let desk = desk(db, false).await;
    let id = desk.begun().await;
    let version = desk.editor(id).await.version;
    let now = (version, version);
    let state = send(&desk.cx, &desk.at, id, now, EditAct::Sell, &shirt()).await.unwrap();
    assert_eq!(state, ProductState::InReview);
    desk.save(id, &colourful()).await.unwrap();
    let documents = at(&desk.house.app, &desk.sari, &desk.slug, Permission::Settings).await;
    let case = send_documents(&desk.cx, &documents, a_person()).await.unwrap();
    let (cx, operator) = operator(&desk.house.app).await;
    flows::verify_shop::approve(&cx, &operator, case).await.unwrap();
    assert_eq!(desk.editor(id).await.state, ProductState::Active);
    desk.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn photographs_are_added_moved_and_removed(db: PgPool) {
    let desk = desk(db, true).await;
    let Desk { cx, at, .. } = &desk;
    let id = desk.sold(&colourful()).await;
    let mut media = Vec::new();
    for side in 200..209 {
        media.push(attach(cx, at, id, photograph(side).into()).await.unwrap());
    }
    assert_eq!(
        attach(cx, at, id, photograph(200).into()).await.unwrap(),
        media[0],
        "the same stays where it is"
    );
    assert!(matches!(attach(cx, at, id, photograph(300).into()).await, Err(EditError::GalleryFull)));
    let text = attach(cx, at, id, b"no picture".as_slice().into()).await.unwrap_err();
    assert!(AppError::from(text).of("picture").is_some());
    let order =
        async || desk.editor(id).await.pictures.into_iter().map(|picture| picture.media).collect::<Vec<_>>();
    assert_eq!(order().await, media);
    shift(cx, at, id, media[3], PictureAct::First).await.unwrap();
    shift(cx, at, id, media[0], PictureAct::Later).await.unwrap();
    shift(cx, at, id, media[3], PictureAct::Earlier).await.unwrap();
    assert_eq!(order().await[..3], [media[3], media[1], media[0]]);

    let mut input = desk.editor(id).await.input;
    input.variants[0].picture = media[1].to_string();
    desk.save(id, &input).await.unwrap();
    shift(cx, at, id, media[1], PictureAct::Remove).await.unwrap();
    assert!(matches!(shift(cx, at, id, media[1], PictureAct::Remove).await, Err(EditError::NotFound)));
    let left = desk.editor(id).await;
    assert_eq!((left.pictures.len(), left.input.variants[0].picture.as_str()), (8, ""));

    let key = "k1".parse().unwrap();
    let twin = copy(cx, at, id, Some(&key)).await.unwrap();
    assert_eq!(copy(cx, at, id, Some(&key)).await.unwrap(), twin, "one form makes one copy");
    let twin = desk.editor(twin).await;
    assert_eq!((twin.state, twin.pictures.len(), twin.input.variants.len()), (ProductState::Draft, 8, 4));
    assert!(twin.input.variants.iter().all(|row| row.stock == "0" && row.is_sold()));
    desk.house.app.run_jobs().await;
}
