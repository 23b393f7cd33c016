//! A shop from its form to its opening.

use crate::support::{
    House, a_person, at, house, letters, logged, opened, operator, papers, person, photograph, signed_in,
    state, typed,
};
use flows::{
    seller::{Applicant, OpenShopError, SendDocumentsError, at_shop, open, send_documents, slug_problem},
    verify_shop::{DecideError, LookError, approve, look, reject},
};
use kernel::idempotency::Key;
use model::{
    AppError, Code, FieldError, Permission, ShopRole,
    shop::{ApplicantKind, DocumentKind, Standing},
};
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::Duration;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_opens_with_its_owner_and_warehouse_and_nobody_sees_it_yet(db: PgPool) {
    let House { app, .. } = &house(db).await;
    let sari = person(app, 1, "sari@mail.example").await;
    let cx = signed_in(app, &sari);
    let key: Key = "form-1".parse().unwrap();
    let slug = open(&cx, &sari, &typed("Kopi Senja"), Some(&key)).await.unwrap();
    assert_eq!(slug.as_str(), "kopi-senja");
    assert_eq!(
        open(&cx, &sari, &typed("Kopi Senja"), Some(&key)).await.unwrap(),
        slug,
        "sent twice, opened once"
    );
    let other = open(&cx, &sari, &typed("Kopi Pagi"), Some(&key)).await;
    assert!(matches!(other, Err(OpenShopError::KeyReused)));

    assert_eq!(state(&cx, &slug).await, "in_review");
    let mut db = cx.db().acquire().await.unwrap();
    let mine = flows::seller::shops_of(&mut db, sari.account).await.unwrap();
    assert_eq!(
        mine.iter().map(|shop| (shop.slug.clone(), shop.role)).collect::<Vec<_>>(),
        [(slug.clone(), ShopRole::Owner)]
    );
    let warehouses = inventory::store::list_warehouses(&mut db, mine[0].id).await.unwrap();
    assert_eq!(warehouses.iter().map(|it| it.region.as_str()).collect::<Vec<_>>(), ["31.74.07"]);
    let seen = views::shop::page(&mut db, &slug, model::Lang::Id).await.unwrap();
    assert_eq!(seen, views::shop::Lookup::Unknown, "shoppers do not see it");
    assert_eq!(logged(&cx, "shop.opened").await, 1);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_opening_that_is_refused_leaves_nothing(db: PgPool) {
    let House { app, .. } = &house(db).await;
    let sari = person(app, 1, "sari@mail.example").await;
    let budi = person(app, 2, "budi@mail.example").await;
    let cx = signed_in(app, &sari);
    opened(app, &budi, "Kopi Senja").await;

    let taken = open(&cx, &sari, &typed("Kopi Senja"), None).await.unwrap_err();
    assert_eq!(AppError::from(taken).of("slug"), Some(FieldError::Taken));
    assert_eq!(slug_problem(&cx, "kopi-senja").await.unwrap(), Some(FieldError::Taken));
    assert_eq!(slug_problem(&cx, "open").await.unwrap(), Some(FieldError::NotAllowed));
    assert_eq!(slug_problem(&cx, "kopi-pagi").await.unwrap(), None);
    sqlx::query(
        "insert into shop_former_slug (slug, shop_id, retired_at) select 'kopi-lama', id, now() from shop",
    )
    .execute(cx.db())
    .await
    .unwrap();
    let former = open(&cx, &sari, &typed("Kopi Lama"), None).await;
    assert!(matches!(former, Err(OpenShopError::SlugTaken)), "a former address still leads to its shop");

    let mut nowhere = typed("Kopi Pagi");
    nowhere.district = "31.74".to_owned();
    let nowhere = open(&cx, &sari, &nowhere, None).await.unwrap_err();
    assert_eq!(AppError::from(nowhere).of("district"), Some(FieldError::Required));

    for name in ["Satu Toko", "Dua Toko", "Tiga Toko"] {
        opened(app, &sari, name).await;
    }
    let fourth = open(&cx, &sari, &typed("Empat Toko"), None).await.unwrap_err();
    assert_eq!(AppError::from(fourth).of("shops"), Some(FieldError::OutOfRange));
    let shops: i64 = sqlx::query_scalar("select count(*) from shop").fetch_one(cx.db()).await.unwrap();
    let warehouses: i64 =
        sqlx::query_scalar("select count(*) from warehouse").fetch_one(cx.db()).await.unwrap();
    assert_eq!((shops, warehouses), (4, 4), "what was refused left no row");

    sqlx::query("delete from account_contact where account_id = $1")
        .bind(budi.account.uuid())
        .execute(cx.db())
        .await
        .unwrap();
    let nowhere_to_write = open(&signed_in(app, &budi), &budi, &typed("Kopi Sore"), None).await;
    assert!(matches!(nowhere_to_write, Err(OpenShopError::NoContact)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_is_sent_back_corrected_and_approved(db: PgPool) {
    let House { app, folder } = &house(db).await;
    let sari = person(app, 1, "sari@mail.example").await;
    let slug = opened(app, &sari, "Kopi Senja").await;
    let owner = at(app, &sari, &slug, Permission::Settings).await;
    let cx = signed_in(app, &sari);
    let standing = async || {
        views::verification::standing(&mut cx.db().acquire().await.unwrap(), owner.shop()).await.unwrap()
    };
    assert_eq!(standing().await, Standing::Missing);
    let id = send_documents(&cx, &owner, a_person()).await.unwrap();
    assert!(matches!(standing().await, Standing::Waiting { .. }));
    let again = send_documents(&cx, &owner, a_person()).await.unwrap_err();
    assert_eq!(AppError::from(again).code, Code::Conflict, "one at a time");

    let (desk, operator) = operator(app).await;
    let unreasoned = reject(&desk, &operator, id, "  ").await.unwrap_err();
    assert_eq!(AppError::from(unreasoned).of("reason"), Some(FieldError::Required));
    reject(&desk, &operator, id, "Foto KTP buram.").await.unwrap();
    assert!(matches!(reject(&desk, &operator, id, "Lagi").await, Err(DecideError::Decided)));
    assert!(matches!(approve(&desk, &operator, id).await, Err(DecideError::Decided)));
    assert_eq!(state(&cx, &slug).await, "rejected");
    assert!(matches!(standing().await, Standing::Rejected { reason, .. } if reason == "Foto KTP buram."));

    let id = send_documents(&cx, &owner, a_person()).await.unwrap();
    let mut db = cx.db().acquire().await.unwrap();
    let queue = views::verification::queue(&mut db, None, 10).await.unwrap().items;
    assert_eq!(queue.iter().map(|it| (it.id, it.rejected_before)).collect::<Vec<_>>(), [(id, 1)]);
    drop(db);
    approve(&desk, &operator, id).await.unwrap();
    assert_eq!(state(&cx, &slug).await, "open");
    assert_eq!(standing().await, Standing::Verified);
    let late = send_documents(&cx, &owner, a_person()).await.unwrap_err();
    assert_eq!(AppError::from(late).code, Code::Conflict, "it is verified");
    app.run_jobs().await;
    assert_eq!(letters(&cx, "sari@mail.example").await, ["shop_rejected", "shop_approved"]);
    for (action, lines) in [("shop.documents_sent", 2), ("shop.rejected", 1), ("shop.approved", 1)] {
        assert_eq!(logged(&cx, action).await, lines, "{action}");
    }
    assert_eq!(papers(folder.path()), 8, "what was refused late waits to be swept");

    app.advance(Duration::days(1)).await;
    assert_eq!(papers(folder.path()), 4, "what was never sent is deleted after a day");
    app.advance(Duration::days(28)).await;
    assert_eq!(papers(folder.path()), 4);
    app.advance(Duration::days(1) + Duration::HOUR).await;
    assert_eq!(papers(folder.path()), 0, "thirty days after the decision nothing is left");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn documents_are_judged_by_their_content(db: PgPool) {
    let House { app, folder } = &house(db).await;
    let sari = person(app, 1, "sari@mail.example").await;
    let slug = opened(app, &sari, "Kopi Senja").await;
    let owner = at(app, &sari, &slug, Permission::Settings).await;
    let cx = signed_in(app, &sari);
    let pdf = b"%PDF-1.7 \x00 anything".to_vec();
    let with = |kind: ApplicantKind, files: Vec<(DocumentKind, Vec<u8>)>| Applicant {
        kind,
        legal_name: "Sari Wulandari".to_owned(),
        files: files.into_iter().map(|(kind, bytes)| (kind, bytes.into())).collect(),
    };
    let (card, selfie) = (DocumentKind::IdentityCard, DocumentKind::Selfie);
    for (files, field, error) in [
        (vec![(card, photograph(200))], selfie, FieldError::Required),
        (vec![(card, vec![]), (selfie, photograph(200))], card, FieldError::Required),
        (vec![(card, pdf.clone()), (selfie, photograph(200))], card, FieldError::Malformed),
        (vec![(card, b"<svg onload=x>".to_vec()), (selfie, photograph(200))], card, FieldError::Malformed),
        (vec![(card, photograph(20)), (selfie, photograph(200))], card, FieldError::Malformed),
        (vec![(card, vec![0; 9 << 20]), (selfie, photograph(200))], card, FieldError::TooLong),
    ] {
        let refused = send_documents(&cx, &owner, with(ApplicantKind::Person, files)).await.unwrap_err();
        assert_eq!(AppError::from(refused).of(field.as_str()), Some(error), "{field} {error:?}");
    }
    let nameless = Applicant { legal_name: " ".to_owned(), ..a_person() };
    assert!(matches!(
        send_documents(&cx, &owner, nameless).await,
        Err(SendDocumentsError::Name(FieldError::Required))
    ));
    assert_eq!(papers(folder.path()), 0, "nothing of what was refused was kept");
    assert_eq!(logged(&cx, "shop.documents_sent").await, 0);

    let papers_of_company = vec![(DocumentKind::CompanyPapers, pdf), (card, photograph(200))];
    send_documents(&cx, &owner, with(ApplicantKind::Company, papers_of_company)).await.unwrap();
    let kept: Vec<Vec<u8>> = std::fs::read_dir(folder.path().join("papers"))
        .unwrap()
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect();
    assert_eq!(kept.len(), 2);
    assert!(
        !kept.iter().any(|file| file.starts_with(b"%PDF") || file.windows(4).any(|it| it == b"JFIF")),
        "they lie sealed"
    );
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn each_look_at_a_document_is_logged(db: PgPool) {
    let House { app, .. } = &house(db).await;
    let sari = person(app, 1, "sari@mail.example").await;
    let slug = opened(app, &sari, "Kopi Senja").await;
    let owner = at(app, &sari, &slug, Permission::Settings).await;
    let cx = signed_in(app, &sari);
    let id = send_documents(&cx, &owner, a_person()).await.unwrap();
    let (desk, operator) = operator(app).await;
    let case = views::verification::case(&mut desk.db().acquire().await.unwrap(), id).await.unwrap().unwrap();
    let kinds: BTreeSet<&str> = case.documents.iter().map(|document| document.kind.as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["identity_card", "selfie"]));
    for (seen, document) in (1..).zip(&case.documents) {
        let (_, bytes) = look(&desk, &operator, document.id).await.unwrap();
        assert!(bytes.starts_with(&[0xff, 0xd8]), "a JPEG, whatever was sent");
        assert_eq!(logged(&desk, "shop.document_seen").await, seen);
    }
    let nothing = look(&desk, &operator, desk.id()).await;
    assert!(matches!(nothing, Err(LookError::NotFound)));
    assert_eq!(logged(&desk, "shop.document_seen").await, 2);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn only_its_owner_shows_who_is_behind_a_shop(db: PgPool) {
    let House { app, folder } = &house(db).await;
    let (sari, budi) = (person(app, 1, "sari@mail.example").await, person(app, 2, "budi@mail.example").await);
    let slug = opened(app, &sari, "Kopi Senja").await;
    let owner = at(app, &sari, &slug, Permission::Settings).await;
    let cx = signed_in(app, &budi);
    let not_there = at_shop(&cx, slug.as_str(), Permission::Settings).await.unwrap_err();
    assert_eq!(not_there.code, Code::NotFound);
    assert_eq!(
        at_shop(&app.cx(), slug.as_str(), Permission::Settings).await.unwrap_err().code,
        Code::Unauthenticated
    );
    shop::store::staff::appoint(
        &mut cx.db().acquire().await.unwrap(),
        owner.shop(),
        budi.account,
        ShopRole::Manager,
        cx.now(),
    )
    .await
    .unwrap();
    let manager = at(app, &budi, &slug, Permission::Settings).await;
    assert!(matches!(send_documents(&cx, &manager, a_person()).await, Err(SendDocumentsError::NotOwner)));
    assert_eq!(papers(folder.path()), 0);
}
