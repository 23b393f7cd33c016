//! What is sold, a crowd of people who want it, and what must be true whatever they do.

use super::{Place, pause, shopper::Shopper};
use kernel::{GuestToken, Uuid, ids::SystemIds};
use serde_json::Value;
use sqlx::PgPool;
use std::net::SocketAddr;

/// Two shops of Jakarta; variant n of shop n costs n × 10.000, and there are a million of it.
const MARKET: &[&str] = &[
    "insert into region (code, level, name) values ('31', 'province', 'DKI Jakarta')",
    "insert into region (code, parent_code, level, name, latitude, longitude) values
       ('31.74', '31', 'city', 'Jakarta Selatan', -6.26, 106.81),
       ('31.74.07', '31.74', 'district', 'Kebayoran Baru', -6.24, 106.80)",
    "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
     select lpad(n::text, 32, '0')::uuid, 'toko-' || n, 'Toko ' || n, '31.74', now(), now(), now()
     from generate_series(1, 2) n",
    "insert into product (id, shop_id, category_id, slug, name, state, weight_g, created_at, updated_at)
     select id, id, (select min(id::text)::uuid from category), 'kaos-' || slug, 'Kaos Polos', 'draft', 200, now(), now()
     from shop",
    "insert into variant (id, product_id, shop_id, sku, choices, price, on_hand, created_at, updated_at)
     select lpad((100 + n)::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid,
       'SKU-' || n, '{}', n * 10000, 1000000, now(), now()
     from generate_series(1, 2) n",
    "update product set state = 'active', price_min = variant.price, price_max = variant.price, in_stock = true,
       published_at = now()
     from variant where variant.product_id = product.id",
    "insert into warehouse (id, shop_id, name, region_code, position, created_at)
     select id, id, 'Gudang', '31.74', 0, now() from shop",
    "insert into stock (variant_id, warehouse_id, shop_id, on_hand, updated_at)
     select id, shop_id, shop_id, 1000000, now() from variant",
    "insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, at)
     select variant_id, warehouse_id, 'counted', on_hand, 0, now() from stock",
];

/// Each finds what must not be there, at any moment.
const WRONG: &[(&str, &str)] = &[
    ("orders without lines", "select count(*) from shop_order as o where not exists (select from order_line where order_id = o.id)"),
    (
        "groups that are not their orders",
        "select count(*) from order_group as g where total is distinct from (select sum(total) from shop_order where group_id = g.id)",
    ),
    (
        "people who ordered twice",
        "select count(*) from (select from order_group group by guest_token_hash having count(*) > 1) as twice",
    ),
    (
        "things that are ordered and still in the cart",
        "select count(*) from cart join cart_line on cart_id = cart.id join order_group using (guest_token_hash)",
    ),
    (
        "keys of orders that are not there, or orders without a key",
        "select (select count(*) from idempotency where operation = 'order.place'
             and not exists (select from order_group where id = made))
           + (select count(*) from order_group where not exists (select from idempotency where made = order_group.id))",
    ),
    (
        "groups that wait for a payment nobody asks for",
        "select count(*) from order_group as g where state = 'awaiting_payment'
           and not exists (select from payment where group_id = g.id and closed_at is null)",
    ),
    (
        "payments of other amounts than their groups",
        "select count(*) from payment left join order_group as g on g.id = group_id where amount is distinct from total",
    ),
    (
        "payments that came in for nothing",
        "select count(*) from payment join order_group as g on g.id = group_id
         where captured >= amount and g.state <> 'paid' and captured > charged_back + refunding",
    ),
    (
        "groups that are paid without a payment",
        "select count(*) from order_group as g where state = 'paid'
           and not exists (select from payment where group_id = g.id and captured >= amount)",
    ),
    (
        "lines for which too much or too little is kept",
        "select count(*) from order_line as bought join shop_order as o on o.id = order_id
         where case when o.state = 'cancelled' then 0 else quantity end <> (
           select coalesce(sum(quantity - released), 0) from reservation where line = bought.id)",
    ),
    (
        "things kept for no order",
        "select count(*) from reservation where not exists (select from order_line where id = line)",
    ),
    (
        "things kept for an hour although they are paid for, or for good although they are not",
        "select count(*) from reservation join order_group as g on g.id = reference
         where (reservation.state = 'held' and g.state = 'paid')
           or (reservation.state = 'committed' and g.state <> 'paid')",
    ),
    ("more promised than there is", "select count(*) from stock where reserved > on_hand"),
    (
        "promises that are not those of the orders",
        "select count(*) from stock where reserved <> (
           select coalesce(sum(quantity - released - shipped), 0) from reservation as r
           where r.variant_id = stock.variant_id and r.warehouse_id = stock.warehouse_id)",
    ),
    (
        "stock that is not what moved",
        "select count(*) from stock where (on_hand, reserved) <> (
           select sum(on_hand_delta)::int, sum(reserved_delta)::int from stock_movement as m
           where m.variant_id = stock.variant_id and m.warehouse_id = stock.warehouse_id)",
    ),
    (
        "vouchers that are miscounted",
        "select count(*) from voucher where used > quota or used <> (
           select count(*) from voucher_use where voucher_id = voucher.id and state = 'used')",
    ),
    (
        "pieces of a flash sale that are miscounted",
        "select count(*) from flash_item as item where sold > quota or sold <> (
           select coalesce(sum(quantity), 0) from flash_claim as claim
           where claim.sale_id = item.sale_id and claim.variant_id = item.variant_id and state = 'held')",
    ),
    (
        "uses of vouchers and pieces of sales without an order",
        "select (select count(*) from voucher_use where not exists (select from order_group where id = reference))
           + (select count(*) from flash_claim where not exists (select from order_group where id = reference))",
    ),
    (
        "money from nowhere",
        "select count(*) from (
           select from ledger_entry join ledger_account as account on account.id = account_id
           group by currency having sum(amount) <> 0) as currency",
    ),
    (
        "orders whose money lies elsewhere",
        "select count(*) from shop_order as o left join ledger_account as a on a.kind = 'escrow' and a.owner = o.id::text
         where coalesce(balance, 0) <> case when state in ('awaiting_payment', 'cancelled') then 0 else total end",
    ),
    (
        "money the bank has and we do not know of, although it was told and taken",
        "select count(*) from bank_event join bank_charge as charge on charge.id = charge_id
         where delivered_at is not null and not exists (select from payment_event where event_id = bank_event.id::text)",
    ),
    ("jobs that were given up", "select count(*) from job where state = 'dead'"),
];

/// Fills an empty database.
pub async fn open(db: &PgPool) {
    for &sql in MARKET {
        sqlx::query(sql).execute(db).await.unwrap();
    }
}

/// The `n`-th shop's variant.
pub fn variant(n: u32) -> String {
    id(100 + n).to_string()
}

fn id(n: u32) -> Uuid {
    format!("{n:032}").parse().unwrap()
}

/// Leaves so many of the first shop's variant.
pub async fn leave(db: &PgPool, pieces: i32) {
    for sql in [
        "insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, at)
         select variant_id, warehouse_id, 'counted', $2 - on_hand, 0, now() from stock where variant_id = $1",
        "update stock set on_hand = $2 where variant_id = $1",
        "update variant set on_hand = $2 where id = $1",
    ] {
        sqlx::query(sql).bind(id(101)).bind(pieces).execute(db).await.unwrap();
    }
}

/// A voucher of the platform's that takes off 5.000, so many times.
pub async fn voucher(db: &PgPool, code: &str, quota: i32) {
    sqlx::query(
        "insert into voucher (id, code, name, kind, amount, funder, starts_at, quota, created_at)
         values ($1, $2, $2, 'fixed', 5000, 'platform', now(), $3, now())",
    )
    .bind(id(300))
    .bind(code)
    .bind(quota)
    .execute(db)
    .await
    .unwrap();
}

/// A flash sale of so many pieces of the first shop's variant, at 6.000.
pub async fn flash_sale(db: &PgPool, quota: i32) {
    let sale = "insert into flash_sale (id, name, starts_at, ends_at, created_at)
                values ($1, 'Kilat', now(), now() + interval '1 hour', now())";
    sqlx::query(sale).bind(id(400)).execute(db).await.unwrap();
    let item = "insert into flash_item (sale_id, variant_id, price, quota) values ($1, $2, 6000, $3)";
    sqlx::query(item).bind(id(400)).bind(id(101)).bind(quota).execute(db).await.unwrap();
}

/// So many guests with the cart of one who went before, each their own: filling a cart hundreds of times proves nothing.
pub async fn crowd(db: &PgPool, like: &Shopper, to: SocketAddr, many: usize) -> Vec<Shopper> {
    let chance = SystemIds::default();
    let tokens: Vec<GuestToken> = (0..many).map(|_| GuestToken::new(&chance)).collect();
    let hashes: Vec<Vec<u8>> = tokens.iter().map(|token| token.key().as_bytes().to_vec()).collect();
    let first = GuestToken::parse(&like.token).unwrap().key().as_bytes().to_vec();
    for sql in [
        "insert into cart (id, guest_token_hash, currency, email, phone, address, method, created_at, updated_at, expires_at)
         select gen_random_uuid(), hash, currency, left(encode(hash, 'hex'), 20) || '@mail.example', phone, address, method,
           created_at, updated_at, expires_at
         from cart, unnest($2::bytea[]) as hash where guest_token_hash = $1",
        "insert into cart_line (id, cart_id, variant_id, quantity, note, ticked, saved_for_later, price_seen, added_at)
         select gen_random_uuid(), other.id, variant_id, quantity, note, ticked, saved_for_later, price_seen, added_at
         from cart join cart_line on cart_id = cart.id, cart as other
         where cart.guest_token_hash = $1 and other.guest_token_hash = any($2)",
        "insert into cart_voucher (cart_id, code, added_at)
         select other.id, code, added_at
         from cart join cart_voucher on cart_id = cart.id, cart as other
         where cart.guest_token_hash = $1 and other.guest_token_hash = any($2)",
    ] {
        sqlx::query(sql).bind(&first).bind(&hashes).execute(db).await.unwrap();
    }
    tokens.into_iter().map(|token| Shopper::with(to, token.text())).collect()
}

pub async fn number(db: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(db).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Everything is whole or not there at all. Each look is of one moment, so it may be taken at any.
pub async fn is_whole(db: &PgPool, when: &str) {
    for (what, sql) in WRONG {
        assert_eq!(number(db, sql).await, 0, "{what}, {when}");
    }
}

/// Leases of workers that are no more have run out, and what failed is tried again: what a minute brings.
pub async fn a_minute_later(db: &PgPool) {
    for sql in [
        "update job set leased_until = now() - interval '1 second' where state = 'running'",
        "update job set due = now() where state = 'waiting' and attempts > 0",
    ] {
        sqlx::query(sql).execute(db).await.unwrap();
    }
}

/// Waits until nothing is left to do that is due.
pub async fn settle(db: &PgPool) {
    let due = "select count(*) from outbox where seq is null or seq > (select max(seq) from outbox_cursor)";
    let jobs = "select count(*) from job where state = 'running' or (state = 'waiting' and due <= now())";
    let quiet = async {
        while number(db, due).await + number(db, jobs).await > 0 {
            pause().await;
        }
    };
    tokio::time::timeout(super::SOON, quiet).await.expect("what is due gets done");
}

/// `pasar reconcile` agrees as well.
pub fn reconciles(place: &Place) {
    let found = place.run("reconcile");
    let said = String::from_utf8_lossy(&found.stdout).into_owned() + &String::from_utf8_lossy(&found.stderr);
    assert!(found.status.success(), "{said}");
}

/// Which of what was told is a refusal, by its code.
pub fn code(told: &Value) -> &str {
    told["code"].as_str().unwrap_or_default()
}
