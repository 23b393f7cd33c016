//! Two shops with variants, and carts of whoever.

use cart::{AddError, Cart, Holder, Line, NewLine, store};
use model::{
    Money, Qty,
    ids::{AccountId, CartId, CartLineId, ProductId, ShopId, Uuid, VariantId},
};
use sqlx::{PgConnection, PgPool, Postgres, pool::PoolConnection};
use time::{OffsetDateTime, macros::datetime};

pub const NOW: OffsetDateTime = datetime!(2026-03-01 08:00 UTC);
pub const SARI: AccountId = AccountId::new(Uuid::from_u128(0xA1));
pub const BUDI: AccountId = AccountId::new(Uuid::from_u128(0xA2));
pub const PRODUCT: ProductId = ProductId::new(Uuid::from_u128(1));
pub const GUEST: Holder = Holder::Guest([7; 32]);

pub fn shop(n: u128) -> ShopId {
    ShopId::new(Uuid::from_u128(n))
}

/// Variants up to 199 are of shop 1, the others of shop 2.
pub fn variant(n: u128) -> VariantId {
    VariantId::new(Uuid::from_u128(0x1_0000 + n))
}

pub fn line_id(n: u128) -> CartLineId {
    CartLineId::new(Uuid::from_u128(0x2_0000 + n))
}

pub fn qty(n: i32) -> Qty {
    Qty::try_from(n).unwrap()
}

pub fn new(id: u128, of: u128, quantity: i32, note: &str) -> NewLine {
    NewLine {
        id: line_id(id),
        variant: variant(of),
        quantity: qty(quantity),
        note: note.parse().unwrap(),
        price_seen: Money::idr(1_000),
    }
}

/// Variants 101 to 103, 201 to 203 and 301 to 420, two accounts.
pub async fn market(pool: &PgPool) -> PoolConnection<Postgres> {
    let mut db = pool.acquire().await.unwrap();
    sqlx::raw_sql(
        "insert into region (code, level, name) values ('31', 'province', 'Jakarta');
         insert into region (code, parent_code, level, name)
         values ('31.73', '31', 'city', 'Jakarta Barat'), ('31.73.01', '31.73', 'district', 'Cengkareng');
         insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
         select lpad(n::text, 32, '0')::uuid, 'toko-' || n, 'Toko ' || n, '31.73', now(), now(), now()
         from generate_series(1, 2) n;
         insert into product (id, shop_id, category_id, slug, name, state, weight_g, created_at, updated_at)
         select lpad(n::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid, (select min(id::text)::uuid from category),
           'kaos-' || n, 'Kaos Polos', 'draft', 200, now(), now()
         from generate_series(1, 2) n;
         insert into variant (id, product_id, shop_id, sku, choices, price, created_at, updated_at)
         select lpad(to_hex(65536 + n), 32, '0')::uuid, shop, shop, 'SKU-' || n, array[n], 1000, now(), now()
         from (select n, lpad((case when n < 200 then 1 else 2 end)::text, 32, '0')::uuid as shop
               from generate_series(101, 420) n) as v;
         insert into account (id, lang, created_at, updated_at)
         values (lpad('a1', 32, '0')::uuid, 'id', now(), now()), (lpad('a2', 32, '0')::uuid, 'id', now(), now());",
    )
    .execute(&mut *db)
    .await
    .unwrap();
    db
}

pub async fn open(db: &mut PgConnection, holder: &Holder, id: u128) -> Cart {
    store::open(db, holder, CartId::new(Uuid::from_u128(0x3_0000 + id)), NOW).await.unwrap()
}

/// As it is put in: nobody else changes the cart meanwhile.
pub async fn add(
    db: &mut PgConnection,
    cart: &Cart,
    line: NewLine,
    at: OffsetDateTime,
) -> Result<CartLineId, AddError> {
    let holder = cart.account.map_or(GUEST, Holder::Account);
    let held = store::hold(db, &holder, cart.id, at).await?;
    store::add(db, &held, line, PRODUCT, at).await
}

/// Variant, quantity and note of each line.
pub fn told(lines: &[Line]) -> Vec<(u128, i32, String)> {
    let of = |line: &Line| {
        let n = line.variant.uuid().as_u128() - 0x1_0000;
        (n, line.quantity.get(), line.note.as_str().to_owned())
    };
    lines.iter().map(of).collect()
}

pub async fn contents(db: &mut PgConnection, cart: &Cart) -> Vec<(u128, i32, String)> {
    told(&store::lines(db, cart.id).await.unwrap())
}

/// Everything about a cart that a refusal must leave alone.
pub async fn everything(db: &mut PgConnection, cart: &Cart) -> String {
    sqlx::query_scalar!(
        r#"select concat_ws(' ',
             (select to_jsonb(c) from cart c where id = $1),
             (select jsonb_agg(l order by l.id) from cart_line l where cart_id = $1),
             (select jsonb_agg(s order by shop_id) from cart_shop s where cart_id = $1),
             (select jsonb_agg(v order by code) from cart_voucher v where cart_id = $1)) as "all!""#,
        cart.id.uuid()
    )
    .fetch_one(db)
    .await
    .unwrap()
}
