//! Prices, stock and what is shown, by the people of a shop.

use crate::support::{House, at, house, person, signed_in};
use flows::seller::products::{StallError, set_price, set_stock, show};
use kernel::Cx;
use model::{
    AppError, FieldError, Permission, ShopRole, Slug,
    ids::{ProductId, Uuid, VariantId},
    shop::{StallFilter, StallRow},
    views::ProductState,
};
use sqlx::PgPool;

/// Two demonstration shops, the first of which is Sari's.
pub struct Market {
    pub house: House,
    pub sari: kernel::Member,
    pub slug: Slug,
    pub cx: Cx,
}

pub async fn market(db: PgPool) -> Market {
    let house = house(db).await;
    let sari = person(&house.app, 1, "sari@mail.example").await;
    let cx = signed_in(&house.app, &sari);
    flows::seed::demo(&cx, 1).await.unwrap();
    let (shop, slug): (Uuid, String) =
        sqlx::query_as("select id, slug from shop order by slug limit 1").fetch_one(cx.db()).await.unwrap();
    let mut db = cx.db().acquire().await.unwrap();
    shop::store::staff::appoint(&mut db, shop.into(), sari.account, ShopRole::Owner, cx.now()).await.unwrap();
    drop(db);
    house.app.run_jobs().await;
    Market { house, sari, slug: slug.parse().unwrap(), cx }
}

impl Market {
    pub async fn goods(&self, filter: &StallFilter) -> Vec<StallRow> {
        let at = at(&self.house.app, &self.sari, &self.slug, Permission::Products).await;
        let mut db = self.cx.db().acquire().await.unwrap();
        views::stall::list(&mut db, at.shop(), filter, 100).await.unwrap().items
    }

    async fn price(&self, product: ProductId) -> (i64, Option<i64>) {
        sqlx::query_as("select price_min, list_price from product where id = $1")
            .bind(product.uuid())
            .fetch_one(self.cx.db())
            .await
            .unwrap()
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_price_changes_with_the_summary_of_its_product(db: PgPool) {
    let market = market(db).await;
    let (app, cx) = (&market.house.app, &market.cx);
    let owner = at(app, &market.sari, &market.slug, Permission::Products).await;
    let goods = market.goods(&StallFilter::default()).await;
    let row = goods.iter().find(|row| row.variants.len() > 1).unwrap();
    let variant = row.variants[0].id;
    // Above any wholesale price of this one.
    set_price(cx, &owner, variant, "9.000.000.000", "").await.unwrap();
    let dearest: i64 = sqlx::query_scalar("select price_max from product where id = $1")
        .bind(row.id.uuid())
        .fetch_one(cx.db())
        .await
        .unwrap();
    assert_eq!(dearest, 9_000_000_000);
    let kept: i64 = sqlx::query_scalar("select count(*) from price_history where variant_id = $1")
        .bind(variant.uuid())
        .fetch_one(cx.db())
        .await
        .unwrap();
    assert_eq!(kept, 1, "the old price is remembered");
    set_price(cx, &owner, variant, "9000000000", "").await.unwrap();
    let before = market.price(row.id).await;
    for (price, list, field) in [
        ("", "", "price"),
        ("0", "", "price"),
        ("-5", "", "price"),
        ("murah", "", "price"),
        ("99999999999999999999", "", "price"),
        ("5000", "4000", "list_price"),
    ] {
        let refused = set_price(cx, &owner, variant, price, list).await.unwrap_err();
        assert!(AppError::from(refused).of(field).is_some(), "{price} {list}");
    }
    assert_eq!(market.price(row.id).await, before, "what was refused changed nothing");
    app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn stock_is_counted_and_never_below_what_is_promised(db: PgPool) {
    let market = market(db).await;
    let (app, cx) = (&market.house.app, &market.cx);
    let owner = at(app, &market.sari, &market.slug, Permission::Stock).await;
    let row = market.goods(&StallFilter::default()).await.remove(0);
    let variant = row.variants[0].id;
    set_stock(cx, &owner, variant, "42").await.unwrap();
    app.run_jobs().await;
    let shown: i32 = sqlx::query_scalar("select on_hand from variant where id = $1")
        .bind(variant.uuid())
        .fetch_one(cx.db())
        .await
        .unwrap();
    assert_eq!(shown, 42, "pages show it");
    sqlx::query("update stock set reserved = 10 where variant_id = $1")
        .bind(variant.uuid())
        .execute(cx.db())
        .await
        .unwrap();
    let refused = set_stock(cx, &owner, variant, "9").await.unwrap_err();
    assert!(matches!(refused, StallError::Promised));
    let wrong = set_stock(cx, &owner, variant, "banyak").await.unwrap_err();
    assert_eq!(AppError::from(wrong).of("stock"), Some(FieldError::Malformed));
    let row = market.goods(&StallFilter::default()).await.remove(0);
    assert_eq!((row.variants[0].on_hand, row.variants[0].reserved), (42, 10));
    app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_touches_another_shop_s_goods(db: PgPool) {
    let market = market(db).await;
    let (app, cx) = (&market.house.app, &market.cx);
    let owner = at(app, &market.sari, &market.slug, Permission::Products).await;
    let (product, variant): (Uuid, Uuid) =
        sqlx::query_as("select product_id, id from variant where shop_id <> $1 order by id limit 1")
            .bind(owner.shop().uuid())
            .fetch_one(cx.db())
            .await
            .unwrap();
    let (product, variant) = (ProductId::new(product), VariantId::new(variant));
    let before = market.price(product).await;
    assert!(matches!(set_price(cx, &owner, variant, "5000", "").await, Err(StallError::NotFound)));
    assert!(matches!(set_stock(cx, &owner, variant, "5").await, Err(StallError::NotFound)));
    assert!(matches!(show(cx, &owner, product, false).await, Err(StallError::NotFound)));
    assert_eq!(market.price(product).await, before);

    let own = market.goods(&StallFilter::default()).await.remove(0);
    assert_eq!(show(cx, &owner, own.id, false).await.unwrap(), ProductState::Hidden);
    assert!(matches!(show(cx, &owner, own.id, false).await, Err(StallError::Forbidden)));
    let hidden = StallFilter { state: Some(ProductState::Hidden), ..StallFilter::default() };
    assert_eq!(market.goods(&hidden).await.len(), 1);
    assert_eq!(show(cx, &owner, own.id, true).await.unwrap(), ProductState::Active);
    let named = StallFilter { q: own.variants[0].sku.to_lowercase(), ..StallFilter::default() };
    assert_eq!(market.goods(&named).await.len(), 1, "found by its SKU");
    app.run_jobs().await;
}
