//! Variants that come and go.

use crate::{
    editor_support::{Desk, colourful, desk, shirt},
    support::person,
};
use flows::seller::editor::{EditError, begin};
use kernel::Buyer;
use model::{
    AppError, FieldError, Lang,
    ids::{ProductId, VariantId},
    shop::{StallFilter, VariantInput},
};
use sqlx::PgPool;

/// What shoppers may choose, with its price.
async fn offered(desk: &Desk, id: ProductId) -> Vec<(String, i64)> {
    let mut db = desk.cx.db().acquire().await.unwrap();
    let page = views::product::by_id(&mut db, id, Lang::Id, desk.cx.now()).await.unwrap().unwrap();
    let options = page.options;
    page.variants.iter().map(|variant| (variant.label(&options), variant.price.amount())).collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_grid_is_saved_and_changed(db: PgPool) {
    let desk = desk(db, true).await;
    let id = desk.sold(&colourful()).await;
    assert_eq!(
        offered(&desk, id).await,
        [
            ("Hitam, S".to_owned(), 50_000),
            ("Hitam, M".to_owned(), 51_000),
            ("Putih, S".to_owned(), 52_000),
            ("Putih, M".to_owned(), 53_000)
        ]
    );
    let before = desk.editor(id).await.input;
    assert!(before.variants.iter().all(|row| row.sku.starts_with("SKU-") && row.stock == "5"));

    // Two change places, one is renamed, one is not sold any more.
    let mut input = before.clone();
    input.options[0].values = "Putih\nHitam".to_owned();
    input.options[1].values = "S\nMedium".to_owned();
    input.variants[1].price = "54000".to_owned();
    let (first, second) = (input.variants[0].sku.clone(), input.variants[1].sku.clone());
    (input.variants[0].sku, input.variants[1].sku) = (second, first);
    input.variants[2].off = "1".to_owned();
    desk.save(id, &input).await.unwrap();
    assert_eq!(
        offered(&desk, id).await,
        [
            ("Putih, Medium".to_owned(), 53_000),
            ("Hitam, S".to_owned(), 50_000),
            ("Hitam, Medium".to_owned(), 54_000)
        ]
    );
    let after = desk.editor(id).await.input;
    let row = |label: &str| after.variants.iter().find(|row| row.label() == label).unwrap();
    assert_eq!(row("Hitam, S").id, before.variants[0].id, "it is the same one");
    assert_eq!(row("Hitam, S").sku, before.variants[1].sku);
    assert!(!row("Putih, S").is_sold());
    let mut db = desk.cx.db().acquire().await.unwrap();
    let stall = views::stall::list(&mut db, desk.at.shop(), &StallFilter::default(), 10).await.unwrap();
    assert_eq!(stall.items[0].variants.len(), 3);
    let price: i64 = sqlx::query_scalar("select price_max from product where id = $1")
        .bind(id.uuid())
        .fetch_one(&mut *db)
        .await
        .unwrap();
    assert_eq!(price, 54_000);
    drop(db);
    desk.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_variant_that_is_gone_is_kept_for_those_who_name_it_and_sold_to_nobody(db: PgPool) {
    let desk = desk(db, true).await;
    let id = desk.sold(&colourful()).await;
    let mut input = desk.editor(id).await.input;
    let gone: VariantId = input.variants[0].id.parse().unwrap();
    let buyer = Buyer::Member(person(&desk.house.app, 5, "pembeli@mail.example").await.account);
    flows::cart::add(&desk.cx, &buyer, gone, 1, "").await.unwrap();
    input.options[0].values = "Putih".to_owned();
    desk.save(id, &input).await.unwrap();
    desk.house.app.run_jobs().await;

    assert_eq!(offered(&desk, id).await.len(), 2);
    let cart = flows::cart::view(&desk.cx, Some(&buyer)).await.unwrap();
    let line = cart.items().next().unwrap();
    assert_eq!(line.label, "Hitam, S", "the cart still says what it was");
    assert!(cart.summary.total.is_zero(), "and does not sell it");
    let again = flows::cart::add(&desk.cx, &buyer, gone, 1, "").await.unwrap_err();
    assert_eq!(AppError::from(again).of("variant"), Some(FieldError::NotAllowed));
    let mut db = desk.cx.db().acquire().await.unwrap();
    let shelved = catalog::store::find_shelved(&mut db, id, desk.cx.now()).await.unwrap().unwrap();
    assert_eq!(shelved.of(Some(gone)), None);
    drop(db);

    // What is retired gives its unit free.
    let mut input = desk.editor(id).await.input;
    input.variants[0].sku = cart_sku(&desk, gone).await;
    desk.save(id, &input).await.unwrap();
    assert_eq!(desk.count("select count(*) from variant where retired_at is not null").await, 2);
    desk.house.app.run_jobs().await;
}

async fn cart_sku(desk: &Desk, variant: VariantId) -> String {
    sqlx::query_scalar("select sku from variant where id = $1")
        .bind(variant.uuid())
        .fetch_one(desk.cx.db())
        .await
        .unwrap()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn units_are_unique_in_a_shop_and_foreign_ids_are_refused(db: PgPool) {
    let desk = desk(db, true).await;
    let mut first = shirt();
    first.variants[0].sku = "KAOS-1".to_owned();
    let one = desk.sold(&first).await;
    let own = desk.editor(one).await.input.variants[0].id.clone();
    let two = begin(&desk.cx, &desk.at, "Kaos Kedua", &first.category, None).await.unwrap();
    let error = AppError::from(desk.save(two, &first).await.unwrap_err());
    assert_eq!(error.of("variants.0.sku"), Some(FieldError::Taken));
    let mut grid = colourful();
    (grid.variants[0].sku, grid.variants[3].sku) = ("A".to_owned(), "A".to_owned());
    let error = AppError::from(desk.save(two, &grid).await.unwrap_err());
    assert_eq!(error.of("variants.3.sku"), Some(FieldError::Taken));
    let mut stolen = shirt();
    stolen.variants[0].id = own;
    let error = AppError::from(desk.save(two, &stolen).await.unwrap_err());
    assert_eq!(error.of("variants.0.id"), Some(FieldError::NotAllowed));
    let nothing = AppError::from({
        let mut none = colourful();
        none.variants.iter_mut().for_each(|row| "1".clone_into(&mut row.off));
        desk.save(two, &none).await.unwrap_err()
    });
    assert_eq!(nothing.of("variants"), Some(FieldError::Required));
    assert!(!desk.editor(two).await.is_whole, "nothing of it was saved");
    desk.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn stock_is_counted_only_where_somebody_counted_it(db: PgPool) {
    let desk = desk(db, true).await;
    let id = desk.sold(&shirt()).await;
    let stale = desk.editor(id).await.input;
    // Three are sold while the page is open.
    sqlx::query("update stock set on_hand = 4, reserved = 2").execute(desk.cx.db()).await.unwrap();
    desk.save(id, &stale).await.unwrap();
    assert_eq!(desk.count("select on_hand::bigint from stock").await, 4, "it is not counted anew");
    let counted = |stock: &str| {
        let mut input = stale.clone();
        input.variants[0] = VariantInput { stock: stock.to_owned(), ..input.variants[0].clone() };
        input
    };
    let few = desk.save(id, &counted("1")).await.unwrap_err();
    assert!(matches!(few, EditError::Invalid(_)));
    assert_eq!(AppError::from(few).of("variants.0.stock"), Some(FieldError::NotAllowed), "two are promised");
    desk.save(id, &counted("9")).await.unwrap();
    assert_eq!(desk.count("select on_hand::bigint from stock").await, 9);
    desk.house.app.run_jobs().await;
}
