//! What the store writes, and what the database refuses.

use catalog::{
    Actor, Art, Assortment, AttributeValue, CategoryId, Condition, Grams, NewOption, NewProduct, NewVariant,
    Offer, Price, ProductName, QtyRange, StandIn, Tiers, store,
};
use model::{
    Slug,
    ids::{ProductId, ShopId, Uuid, VariantId},
};
use sqlx::{PgConnection, PgPool};
use time::{OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-03-01 08:00 UTC);
const SHOP: ShopId = ShopId::new(Uuid::from_u128(1));

async fn with_shop(pool: &PgPool) -> sqlx::pool::PoolConnection<sqlx::Postgres> {
    let mut db = pool.acquire().await.unwrap();
    sqlx::query!("insert into region (code, level, name) values ('31', 'province', 'Jakarta')")
        .execute(&mut *db)
        .await
        .unwrap();
    sqlx::query!(
        "insert into region (code, parent_code, level, name) values ('31.73', '31', 'city', 'Jakarta Barat')"
    )
    .execute(&mut *db)
    .await
    .unwrap();
    sqlx::query!(
        "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
         values ($1, 'toko', 'Toko', '31.73', $2, $2, $2)",
        SHOP.uuid(),
        NOW
    )
    .execute(&mut *db)
    .await
    .unwrap();
    db
}

fn price(amount: i64) -> Price {
    Price::try_from(amount).unwrap()
}

async fn product(db: &mut PgConnection, n: u128) -> NewProduct {
    let category = sqlx::query_scalar!("select id from category where slug = 'fashion-pria'")
        .fetch_one(&mut *db)
        .await
        .unwrap();
    let attribute = sqlx::query_scalar!("select id from category_attribute where key = 'pattern'")
        .fetch_one(db)
        .await
        .unwrap();
    let variant = |place: u128, choice: i16, amount| NewVariant {
        id: VariantId::new(Uuid::from_u128(n * 100 + place)),
        sku: format!("SKU-{n}-{place}"),
        choices: vec![choice],
        offer: Offer::new(price(amount), Some(price(amount * 2))).unwrap(),
        on_hand: 5,
        weight: None,
    };
    let option = NewOption {
        key: "color".into(),
        name: "Warna".into(),
        values: vec!["Hitam".into(), "Biru, \"laut\"\\".into()],
    };
    let tiers = Tiers::try_from(vec![(3, price(80)), (10, price(70))]).unwrap();
    let variants = vec![variant(1, 0, 100), variant(2, 1, 120)];
    NewProduct {
        id: ProductId::new(Uuid::from_u128(n)),
        shop: SHOP,
        category: CategoryId::new(category),
        slug: Slug::of(&format!("kaos {n}"), "x"),
        name: ProductName::try_from("Kaos\tPolos").unwrap(),
        description: "Dua baris\nkatun \\ adem".into(),
        brand: Some("Bahari".into()),
        condition: Condition::New,
        qty: QtyRange::new(1, Some(9)).unwrap(),
        weight: Grams::try_from(200).unwrap(),
        dimensions: None,
        preorder_days: Some(3),
        video_url: None,
        free_shipping: true,
        assortment: Assortment::new(vec![option], variants, tiers).unwrap(),
        attributes: vec![(attribute, AttributeValue::Choice("plain".into()))],
        totals: StandIn { sold: 7, rating_count: 2, rating_sum: 900 },
        art: Art { motif: "shirt".into(), seed: 4 },
        published_at: NOW,
    }
}

/// Everything about a product, without its ids.
async fn dump(db: &mut PgConnection, n: u128) -> String {
    sqlx::query_scalar!(
        r#"select concat(
             (select jsonb_strip_nulls(to_jsonb(p) - 'id' - 'slug') from product as p where id = $1),
             (select jsonb_agg(to_jsonb(o) - 'product_id' order by position) from product_option as o where product_id = $1),
             (select jsonb_agg(to_jsonb(v) - 'id' - 'product_id' - 'sku' order by position) from variant as v where product_id = $1),
             (select jsonb_agg(to_jsonb(t) - 'product_id' order by min_qty) from price_tier as t where product_id = $1),
             (select jsonb_agg(to_jsonb(a) - 'product_id') from product_attribute as a where product_id = $1)) as "all!""#,
        Uuid::from_u128(n)
    )
    .fetch_one(db)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../../migrations")]
async fn copying_in_writes_what_inserting_writes(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let (one, other) = (product(&mut db, 1).await, product(&mut db, 2).await);
    store::insert_many(&mut db, &[one], Actor::Seller, || Uuid::from_u128(9), NOW).await.unwrap();
    store::copy_many(&mut db, &[other], NOW).await.unwrap();
    let (one, other) = (dump(&mut db, 1).await, dump(&mut db, 2).await);
    assert_eq!(one, other);
    assert!(one.contains("\"price_min\": 100") && one.contains("\"discount_percent\": 50"), "{one}");
}

async fn refused(db: &mut PgConnection, sql: &'static str) -> String {
    let error = sqlx::query(sql).execute(db).await.unwrap_err();
    let error = error.as_database_error().unwrap();
    error.constraint().unwrap_or(error.message()).to_owned()
}

#[sqlx::test(migrations = "../../migrations")]
async fn the_database_refuses_what_the_types_would(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let one = product(&mut db, 1).await;
    store::insert_many(&mut db, &[one], Actor::Seller, || Uuid::from_u128(9), NOW).await.unwrap();
    for (sql, constraint) in [
        ("update variant set price = 0", "variant_price_range"),
        ("update variant set list_price = price", "variant_list_price_above"),
        ("update variant set on_hand = -1", "variant_stock_not_negative"),
        ("update variant set sku = 'same'", "variant_sku_unique"),
        ("update variant set choices = '{0}'", "variant_choices_unique"),
        ("update product set max_qty = 0", "product_qty_order"),
        ("update product set state = 'sold'", "product_state_known"),
        ("update product set state = 'rejected'", "product_rejected_with_reason"),
        ("update product set price_max = 1", "product_price_order"),
        ("update product set rating_count = 1", "product_rating_range"),
        ("update product set video_url = 'javascript:alert(1)'", "product_video_secure"),
        ("update price_tier set price = 90 where min_qty = 10", "price_tier_falls"),
        ("update price_tier set min_qty = 1 where min_qty = 3", "price_tier_from_two"),
        (
            "update category set parent_id = (select id from category where slug = 'fashion-pria') where slug = 'fashion'",
            "category_is_a_tree",
        ),
        ("update product_attribute set flag_value = true", "product_attribute_one_value"),
    ] {
        assert_eq!(refused(&mut db, sql).await, constraint, "{sql}");
    }
}

#[sqlx::test(migrations = "../../migrations")]
async fn prices_are_remembered_and_history_is_not_rewritten(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let one = product(&mut db, 1).await;
    store::insert_many(&mut db, &[one], Actor::Seller, || Uuid::from_u128(9), NOW).await.unwrap();
    sqlx::query!("update variant set price = 90, updated_at = $1 where position = 0", NOW)
        .execute(&mut *db)
        .await
        .unwrap();
    sqlx::query!("update variant set on_hand = 3").execute(&mut *db).await.unwrap();
    let history =
        sqlx::query!("select price, list_price, until from price_history").fetch_all(&mut *db).await.unwrap();
    assert_eq!(
        history.iter().map(|h| (h.price, h.list_price, h.until)).collect::<Vec<_>>(),
        [(100, Some(200), NOW)]
    );
    for sql in ["update price_history set price = 1", "delete from price_history", "truncate price_history"] {
        assert_eq!(refused(&mut db, sql).await, "price_history_is_append_only", "{sql}");
    }
}
