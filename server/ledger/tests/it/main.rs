mod guarded;
mod post;
mod random;

use ledger::{Account, Entries, JournalKind, NewJournal, store, templates};
use model::{
    Currency, Money,
    ids::{JournalId, OrderGroupId, OrderId, ShopId, Uuid},
};
use sqlx::{PgConnection, PgPool, Postgres, pool::PoolConnection};
use time::{OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-11-29 18:30 UTC);
const GROUP: OrderGroupId = OrderGroupId::new(Uuid::from_u128(1));
const A: OrderId = OrderId::new(Uuid::from_u128(2));
const B: OrderId = OrderId::new(Uuid::from_u128(3));
const SHOP: ShopId = ShopId::new(Uuid::from_u128(4));
const PROVIDER: &str = "simulator";

fn idr(amount: i64) -> Money {
    Money::idr(amount)
}

/// About the group, under a key of its own.
fn journal(n: u128, kind: JournalKind, entries: Entries) -> NewJournal {
    let id = JournalId::new(Uuid::from_u128(n));
    NewJournal { id, kind, reference: GROUP.uuid(), key: n.to_string(), at: NOW, entries }
}

/// A payment of 100, of which 40 is A's and 60 is B's.
async fn escrowed(pool: &PgPool) -> PoolConnection<Postgres> {
    let mut db = pool.acquire().await.unwrap();
    let paid = templates::paid(&PROVIDER.parse().unwrap(), idr(100), &[(A, idr(40)), (B, idr(60))]).unwrap();
    store::post(&mut db, &journal(1, JournalKind::Paid, paid)).await.unwrap();
    db
}

async fn balance(db: &mut PgConnection, account: &Account) -> i64 {
    store::balance(db, account, Currency::Idr).await.unwrap().amount()
}
