//! People and a small market to try things with.

use catalog::{
    Actor, Art, Assortment, Condition, Grams, NewProduct, NewVariant, Offer, Price, ProductName, QtyRange,
    StandIn, Tiers,
};
use kernel::{Cx, Kernel, Member, OffsetDateTime, Viewer, jobs::Registry, testing::TestApp};
use model::{
    Duties, Slug,
    address::AddressInput,
    ids::{AccountId, ProductId, SessionId, ShopId, Uuid, VariantId},
};
use notify::{Post, PostSettings, SendBulk, SendNow};
use sqlx::PgPool;
use std::sync::Arc;

/// The jobs and reactions of the product itself, with what it says to people kept to be read.
pub async fn app(db: PgPool) -> TestApp {
    app_with(db, |kernel| kernel).await
}

/// The same with more parts.
pub async fn app_with(db: PgPool, add: impl FnOnce(Kernel) -> Kernel) -> TestApp {
    let settings = PostSettings { site: "https://pasar.example".to_owned(), ..PostSettings::default() };
    let post = Arc::new(Post::open(&Kernel::new(db.clone()), settings).await.unwrap());
    let registry = flows::reactions::people(Registry::empty())
        .job::<SendNow>()
        .job::<SendBulk>()
        .job::<media::MakeForms>()
        .job::<media::DropFiles>()
        .reactions(flows::reactions::reactions());
    TestApp::with_parts(db, registry, |kernel| add(kernel.with_part(post)))
}

/// Somebody with an account, an address to be written to, and one device.
pub async fn person(app: &TestApp, n: u128, email: &str) -> Member {
    let cx = app.cx();
    let (account, session) = (AccountId::new(Uuid::from_u128(n)), SessionId::new(Uuid::from_u128(n + 1000)));
    let now = cx.now();
    run(
        &cx,
        "insert into account (id, lang, created_at, updated_at) values ($1, 'id', $2, $2)",
        account,
        now,
    )
    .await;
    sqlx::query(
        "insert into account_contact (account_id, kind, address, confirmed_at) values ($1, 'email', $2, $3)",
    )
    .bind(account.uuid())
    .bind(email)
    .bind(now)
    .execute(cx.db())
    .await
    .unwrap();
    sqlx::query(
        "insert into session (id, account_id, kind, token_hash, created_at, last_seen_at, idle_seconds, expires_at,
           proved_at, program, system, network)
         values ($1, $2, 'browser', sha256($1::text::bytea), $3, $3, 3600, $3 + interval '1 day', $3, 'Firefox',
           'Android', '203.0.113.0')",
    )
    .bind(session.uuid())
    .bind(account.uuid())
    .bind(now)
    .execute(cx.db())
    .await
    .unwrap();
    Member { account, session, duties: Duties::NONE, proved_at: now }
}

async fn run(cx: &Cx, sql: &'static str, id: AccountId, now: OffsetDateTime) {
    sqlx::query(sql).bind(id.uuid()).bind(now).execute(cx.db()).await.unwrap();
}

pub fn signed_in(app: &TestApp, member: &Member) -> Cx {
    app.cx().as_viewer(Viewer::Member(member.clone()))
}

pub async fn load_regions(app: &TestApp) {
    region::load(&mut app.cx().db().acquire().await.unwrap()).await.unwrap();
}

pub fn an_address() -> AddressInput {
    AddressInput {
        recipient: "Sari Wulandari".to_owned(),
        phone: "0812-3456-7890".to_owned(),
        district: "31.74.07".to_owned(),
        postcode: "12110".to_owned(),
        street: "Jl. Melati No. 5, RT 03/RW 04".to_owned(),
        ..AddressInput::default()
    }
}

/// A product on sale in one variant.
pub async fn product(app: &TestApp, n: u128, price: i64, stock: u16) -> (ProductId, VariantId) {
    let cx = app.cx();
    let mut db = cx.db().acquire().await.unwrap();
    let shop = ShopId::new(Uuid::from_u128(1));
    sqlx::query(
        "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
         values ($1, 'toko', 'Toko', '31.74', $2, $2, $2) on conflict do nothing",
    )
    .bind(shop.uuid())
    .bind(cx.now())
    .execute(&mut *db)
    .await
    .unwrap();
    let category: Uuid = sqlx::query_scalar("select id from category where slug = 'fashion-pria'")
        .fetch_one(&mut *db)
        .await
        .unwrap();
    let (id, variant) = (ProductId::new(Uuid::from_u128(n)), VariantId::new(Uuid::from_u128(n * 100)));
    let new = NewVariant {
        id: variant,
        sku: format!("SKU-{n}"),
        choices: vec![],
        offer: Offer::new(Price::try_from(price).unwrap(), None).unwrap(),
        on_hand: stock,
        weight: None,
    };
    let product = NewProduct {
        id,
        shop,
        category: category.into(),
        slug: Slug::of(&format!("kopi {n}"), "x"),
        name: ProductName::try_from(format!("Kopi {n}").as_str()).unwrap(),
        description: String::new(),
        brand: None,
        condition: Condition::New,
        qty: QtyRange::new(1, None).unwrap(),
        weight: Grams::try_from(250).unwrap(),
        dimensions: None,
        preorder_days: None,
        video_url: None,
        free_shipping: false,
        assortment: Assortment::new(vec![], vec![new], Tiers::default()).unwrap(),
        attributes: vec![],
        art: Art { motif: "coffee".to_owned(), seed: 1 },
        totals: StandIn::default(),
        published_at: cx.now(),
    };
    catalog::store::insert_many(&mut db, &[product], Actor::Seller, || cx.id(), cx.now()).await.unwrap();
    (id, variant)
}

/// Price and stock of a one-variant product change, as its shop would have it, and that is told.
pub async fn reprice(app: &TestApp, product: ProductId, price: i64, stock: i32) {
    let cx = app.cx();
    let mut tx = cx.begin().await.unwrap();
    for sql in [
        "update variant set price = $2, on_hand = $3, updated_at = $4 where product_id = $1",
        "update product set price_min = $2, price_max = $2, in_stock = $3 > 0, updated_at = $4 where id = $1",
    ] {
        sqlx::query(sql)
            .bind(product.uuid())
            .bind(price)
            .bind(stock)
            .bind(cx.now())
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    kernel::outbox::publish(&mut tx, &cx, &catalog::ProductChanged { product }).await.unwrap();
    tx.commit().await.unwrap();
}
