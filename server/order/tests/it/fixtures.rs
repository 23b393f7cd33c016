//! A market of three shops with a product each, and groups of orders in them.

use model::{
    Lang, Money, Qty,
    geo::Position,
    ids::{AccountId, OrderGroupId, OrderId, OrderLineId, ProductId, ShopId, Uuid, VariantId},
    order::OrderState,
    payment::Method,
};
use order::{
    Adjustment, Buyer, Clocks, Contact, Delivery, Destination, Fee, NewGroup, NewLine, NewOrder, Sums, store,
};
use sqlx::{PgConnection, PgPool};
use time::{Duration, OffsetDateTime, macros::datetime};

/// In Jakarta it is the thirtieth already.
pub const NOW: OffsetDateTime = datetime!(2026-11-29 18:30 UTC);
pub const SARI: AccountId = AccountId::new(Uuid::from_u128(500));

pub const fn shop(n: u128) -> ShopId {
    ShopId::new(Uuid::from_u128(n))
}

pub async fn market(pool: &PgPool) {
    for sql in [
        "insert into region (code, parent_code, level, name) values ('31', null, 'province', 'Jakarta'),
           ('31.73', '31', 'city', 'Jakarta Barat'), ('31.73.01', '31.73', 'district', 'Cengkareng')",
        "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
         select lpad(n::text, 32, '0')::uuid, 'toko-' || n, 'Toko ' || n, '31.73', now(), now(), now()
         from generate_series(1, 3) as n",
        "insert into product (id, shop_id, category_id, slug, name, state, weight_g, price_min, price_max, created_at, updated_at,
           published_at)
         select lpad((10 + n)::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid, (select id from category limit 1),
           'kaos-' || n, 'Kaos ' || n, 'active', 200, 100, 100, now(), now(), now()
         from generate_series(1, 3) as n",
        "insert into variant (id, product_id, shop_id, sku, price, created_at, updated_at)
         select lpad((20 + n)::text, 32, '0')::uuid, lpad((10 + n)::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid,
           'K-' || n, 100, now(), now()
         from generate_series(1, 3) as n",
    ] {
        sqlx::query(sql).execute(pool).await.unwrap();
    }
    sqlx::query("insert into account (id, lang, created_at, updated_at) values ($1, 'id', now(), now())")
        .bind(SARI.uuid())
        .execute(pool)
        .await
        .unwrap();
}

pub fn line(id: u128, of_shop: u128, price: i64, quantity: i32) -> NewLine {
    let gross = Money::idr(price * i64::from(quantity));
    NewLine {
        id: OrderLineId::new(Uuid::from_u128(id)),
        product: ProductId::new(hex(10 + of_shop)),
        variant: VariantId::new(hex(20 + of_shop)),
        product_name: "Kaos Polos".into(),
        variant_label: "Hitam, XL".into(),
        sku: format!("K-{of_shop}"),
        slug: "kaos".into(),
        media: None,
        quantity: Qty::try_from(quantity).unwrap(),
        unit_price: Money::idr(price),
        list_price: Money::idr(price + 10),
        shop_discount: Money::idr(0),
        platform_discount: Money::idr(0),
        net: gross,
        tax: Money::idr(0),
        gross,
        flash_sale: None,
        weight: 200,
        note: Some("tanpa plastik".into()),
    }
}

/// As the fixtures' SQL writes ids: digits of a decimal number read as hexadecimal ones.
fn hex(n: u128) -> Uuid {
    Uuid::parse_str(&format!("{n:0>32}")).unwrap()
}

pub fn order(id: u128, of_shop: u128, price: i64) -> NewOrder {
    let zero = Money::idr(0);
    NewOrder {
        id: OrderId::new(Uuid::from_u128(id)),
        shop: shop(of_shop),
        sums: Sums {
            goods: Money::idr(price),
            shop_discount: zero,
            platform_discount: zero,
            shipping: zero,
            shipping_discount: zero,
            shipping_discount_by_shop: zero,
            insurance: zero,
            fee: zero,
            commission: zero,
            total: Money::idr(price),
        },
        delivery: Delivery {
            courier: "kirim-cepat".into(),
            service: "regular".into(),
            service_code: None,
            weight: 1000,
            arrives_from: NOW.date(),
            arrives_to: NOW.date() + Duration::days(3),
            insured: false,
            pickup_point: None,
        },
        destination: Destination {
            recipient: "Sari".into(),
            phone: "+6281234567890".parse().unwrap(),
            region: "31.73.01".into(),
            postcode: "11730".into(),
            street: "Jl. Melati 1".into(),
            detail: Some("Lt. 2".into()),
            notes: Some("pagar hijau".into()),
            pin: Some(Position::new(-6.15, 106.73)),
        },
        clocks: Clocks { accept: Duration::days(2), ship: Duration::days(3), settle: Duration::days(7) },
        note: Some("bungkus rapi".into()),
        lines: vec![line(id * 10, of_shop, price, 1)],
        adjustments: vec![],
        fees: vec![],
    }
}

/// An order in which every sum is used.
pub fn rich(id: u128, of_shop: u128) -> NewOrder {
    use model::{BasisPoints, order::Funder};
    let mut order = order(id, of_shop, 111);
    let first = &mut order.lines[0];
    // Prices without tax: 100 × 3 − 20 − 30 = 250, and 11 % of it.
    first.quantity = Qty::try_from(3).unwrap();
    first.unit_price = Money::idr(100);
    first.shop_discount = Money::idr(20);
    first.platform_discount = Money::idr(30);
    (first.net, first.tax, first.gross) = (Money::idr(250), Money::idr(28), Money::idr(278));
    let of_line = Some(first.id);
    let mut other = line(id * 10 + 1, of_shop, 50, 2);
    // Prices with tax: 100 = 90 + 10.
    (other.net, other.tax) = (Money::idr(90), Money::idr(10));
    order.lines.push(other);
    order.sums = Sums {
        goods: Money::idr(378),
        shop_discount: Money::idr(20),
        platform_discount: Money::idr(30),
        shipping: Money::idr(40),
        shipping_discount: Money::idr(25),
        shipping_discount_by_shop: Money::idr(5),
        insurance: Money::idr(3),
        fee: Money::idr(4),
        commission: Money::idr(12),
        total: Money::idr(378 + 40 - 25 + 3 + 4),
    };
    let adjustment = |line, source: &str, amount, funder| Adjustment {
        line,
        source: source.into(),
        label: "HEMAT".into(),
        amount: Money::idr(amount),
        funder,
        voucher: None,
    };
    order.adjustments = vec![
        adjustment(of_line, "shop_voucher", 20, Funder::Shop),
        adjustment(of_line, "platform_voucher", 30, Funder::Platform),
        adjustment(None, "shipping_voucher", 25, Funder::Platform),
    ];
    let rate = BasisPoints::try_from(250).unwrap();
    let fee = |line, kind: &str, amount| Fee {
        line,
        kind: kind.into(),
        base: Money::idr(400),
        rate,
        amount: Money::idr(amount),
    };
    order.fees = vec![fee(of_line, "commission", 10), fee(None, "per_order", 2)];
    order
}

pub fn group(id: u128, orders: Vec<NewOrder>) -> NewGroup {
    let total = orders.iter().map(|order| order.sums.total.amount()).sum();
    NewGroup {
        id: OrderGroupId::new(Uuid::from_u128(id)),
        buyer: Buyer::Account(SARI),
        contact: Contact {
            email: Some("sari@mail.example".parse().unwrap()),
            phone: Some("+6281234567890".parse().unwrap()),
        },
        lang: Lang::Id,
        method: Method::VaBca,
        total: Money::idr(total),
        placed_at: NOW,
        due_at: Some(NOW + Duration::DAY),
        orders,
    }
}

pub fn on_delivery(mut group: NewGroup) -> NewGroup {
    (group.method, group.due_at) = (Method::Cod, None);
    group
}

/// Places it in a transaction of its own.
pub async fn placed(pool: &PgPool, new: &NewGroup) -> Vec<OrderId> {
    let mut tx = pool.begin().await.unwrap();
    let numbers = store::insert_group(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    numbers.into_iter().map(|(id, _)| id).collect()
}

/// Two orders, 40 and 60, that were paid.
pub async fn paid(pool: &PgPool) -> (OrderGroupId, OrderId, OrderId) {
    market(pool).await;
    let new = group(1000, vec![order(1, 1, 40), order(2, 2, 60)]);
    let orders = placed(pool, &new).await;
    let mut tx = pool.begin().await.unwrap();
    store::mark_group_paid(&mut tx, new.id, NOW).await.unwrap();
    tx.commit().await.unwrap();
    (new.id, orders[0], orders[1])
}

pub async fn state(db: &mut PgConnection, order: OrderId) -> OrderState {
    store::find_order(db, order).await.unwrap().unwrap().state
}

/// The name of the constraint that refused.
pub fn constraint(error: &sqlx::Error) -> &str {
    error.as_database_error().and_then(|error| error.constraint()).unwrap_or("none")
}
