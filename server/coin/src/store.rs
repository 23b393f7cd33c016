//! All SQL about coins. Journals are posted by the caller.

use crate::{GRACE, Policy, allot};
use model::{
    BasisPoints,
    ids::{AccountId, OrderId, Uuid},
};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};

/// What a member can spend, and by which rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Purse {
    pub spendable: i64,
    pub policy: Policy,
}

#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// There are fewer than are to be spent.
    #[error("there are not enough coins")]
    Short,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What an order took, and what came back of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Use {
    pub account: AccountId,
    pub spent: i64,
    pub returned: i64,
}

/// Coins whose time was over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expired {
    pub lot: Uuid,
    pub amount: i64,
}

fn unsound() -> sqlx::Error {
    sqlx::Error::Decode("the policy of coins has a rate that is none".into())
}

fn rate(points: i32) -> Result<BasisPoints, sqlx::Error> {
    u16::try_from(points).ok().and_then(|points| points.try_into().ok()).ok_or_else(unsound)
}

pub async fn policy(db: &mut PgConnection) -> Result<Policy, sqlx::Error> {
    let row = sqlx::query!("select earn_rate, earn_most, hold_days, spend_share from coin_policy")
        .fetch_one(db)
        .await?;
    Ok(Policy {
        earn_rate: rate(row.earn_rate)?,
        earn_most: row.earn_most,
        hold: Duration::days(row.hold_days.into()),
        spend_share: rate(row.spend_share)?,
    })
}

/// Changes it; coins that were earned keep what they were promised.
pub async fn set_policy(db: &mut PgConnection, to: &Policy, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update coin_policy set earn_rate = $1, earn_most = $2, hold_days = $3, spend_share = $4, updated_at = $5",
        i32::from(to.earn_rate.get()),
        to.earn_most,
        i32::try_from(to.hold.whole_days()).unwrap_or(i32::MAX),
        i32::from(to.spend_share.get()),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn purse(
    db: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<Purse, sqlx::Error> {
    let row = sqlx::query!(
        r#"select earn_rate, earn_most, hold_days, spend_share,
             (select coalesce(sum(remaining), 0) from coin_lot where account_id = $1 and expires_at > $2)::bigint
               as "spendable!"
           from coin_policy"#,
        account.uuid(),
        now
    )
    .fetch_one(db)
    .await?;
    let policy = Policy {
        earn_rate: rate(row.earn_rate)?,
        earn_most: row.earn_most,
        hold: Duration::days(row.hold_days.into()),
        spend_share: rate(row.spend_share)?,
    };
    Ok(Purse { spendable: row.spendable, policy })
}

/// Coins that were earned with an order, once: whether it is the first time.
pub async fn insert_lot(
    db: &mut PgConnection,
    id: Uuid,
    account: AccountId,
    order: OrderId,
    amount: i64,
    (now, until): (OffsetDateTime, OffsetDateTime),
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into coin_lot (id, account_id, order_id, amount, remaining, earned_at, expires_at)
         values ($1, $2, $3, $4, $4, $5, $6)
         on conflict on constraint coin_lot_once_per_order do nothing",
        id,
        account.uuid(),
        order.uuid(),
        amount,
        now,
        until
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Spends a member's coins on their orders, those that expire first at first; all that is wanted or nothing. Of two who
/// spend the same coins at once, the second waits and finds what is left.
pub async fn take(
    db: &mut PgConnection,
    account: AccountId,
    wanted: &[(OrderId, i64)],
    now: OffsetDateTime,
) -> Result<(), TakeError> {
    let mut lots = sqlx::query!(
        "select id, remaining, expires_at from coin_lot where account_id = $1 and remaining > 0 and expires_at > $2
         order by id for no key update",
        account.uuid(),
        now
    )
    .fetch_all(&mut *db)
    .await?;
    lots.sort_by_key(|lot| (lot.expires_at, lot.id));
    let there: Vec<(Uuid, i64)> = lots.iter().map(|lot| (lot.id, lot.remaining)).collect();
    let pieces = allot(&there, wanted).ok_or(TakeError::Short)?;
    let mut of_lot: BTreeMap<Uuid, i64> = BTreeMap::new();
    for piece in &pieces {
        *of_lot.entry(piece.lot).or_default() += piece.amount;
    }
    let orders: Vec<Uuid> = pieces.iter().map(|piece| piece.order.uuid()).collect();
    let from: Vec<Uuid> = pieces.iter().map(|piece| piece.lot).collect();
    let amounts: Vec<i64> = pieces.iter().map(|piece| piece.amount).collect();
    sqlx::query!(
        "insert into coin_use (order_id, lot_id, amount) select * from unnest($1::uuid[], $2::uuid[], $3::bigint[])",
        &orders,
        &from,
        &amounts
    )
    .execute(&mut *db)
    .await?;
    let (ids, sums): (Vec<Uuid>, Vec<i64>) = of_lot.into_iter().unzip();
    sqlx::query!(
        "update coin_lot set remaining = remaining - taken.amount
         from unnest($1::uuid[], $2::bigint[]) as taken (lot, amount) where id = taken.lot",
        &ids,
        &sums
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What an order took; none where no coins paid for it.
pub async fn find_use(db: &mut PgConnection, order: OrderId) -> Result<Option<Use>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select coin_lot.account_id, sum(coin_use.amount)::bigint as "spent!", sum(returned)::bigint as "returned!"
           from coin_use join coin_lot on coin_lot.id = coin_use.lot_id
           where coin_use.order_id = $1 group by coin_lot.account_id"#,
        order.uuid()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Use { account: row.account_id.into(), spent: row.spent, returned: row.returned }))
}

/// Puts coins of an order back into their lots, those that hold longest at first; how many, which is fewer where the
/// order did not take so many or had some of them back. Lots whose time is over hold for [`GRACE`] once more.
pub async fn give_back(
    db: &mut PgConnection,
    order: OrderId,
    amount: i64,
    now: OffsetDateTime,
) -> Result<i64, sqlx::Error> {
    let mut uses = sqlx::query!(
        r#"select lot.id, lot.expires_at, coin_use.amount - coin_use.returned as "out!"
           from coin_use join coin_lot as lot on lot.id = coin_use.lot_id
           where coin_use.order_id = $1 order by lot.id for no key update"#,
        order.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    uses.sort_by_key(|of| std::cmp::Reverse((of.expires_at, of.id)));
    let (mut missing, mut lots, mut amounts) = (amount.max(0), Vec::new(), Vec::new());
    for of in uses {
        let back = missing.min(of.out);
        if back > 0 {
            lots.push(of.id);
            amounts.push(back);
            missing -= back;
        }
    }
    if lots.is_empty() {
        return Ok(0);
    }
    sqlx::query!(
        "update coin_use set returned = returned + back.amount
         from unnest($2::uuid[], $3::bigint[]) as back (lot, amount) where order_id = $1 and lot_id = back.lot",
        order.uuid(),
        &lots,
        &amounts
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update coin_lot set remaining = remaining + back.amount,
           expires_at = case when expires_at > $3 then expires_at else $4 end
         from unnest($1::uuid[], $2::bigint[]) as back (lot, amount) where id = back.lot",
        &lots,
        &amounts,
        now,
        now + GRACE
    )
    .execute(db)
    .await?;
    Ok(amounts.iter().sum())
}

/// Members with coins whose time is over.
pub async fn list_overdue(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<AccountId>, sqlx::Error> {
    let accounts = sqlx::query_scalar!(
        "select distinct account_id from coin_lot where remaining > 0 and expires_at <= $1 order by account_id limit $2",
        now,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(accounts.into_iter().map(Into::into).collect())
}

/// Takes away a member's coins that hold no longer than until `by`; which these were.
pub async fn expire(
    db: &mut PgConnection,
    account: AccountId,
    by: OffsetDateTime,
) -> Result<Vec<Expired>, sqlx::Error> {
    let rows = sqlx::query!(
        "update coin_lot set remaining = 0
         from (
           select id, remaining from coin_lot where account_id = $1 and remaining > 0 and expires_at <= $2
           order by id for no key update
         ) as due
         where coin_lot.id = due.id
         returning coin_lot.id, due.remaining",
        account.uuid(),
        by
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Expired { lot: row.id, amount: row.remaining }).collect())
}
