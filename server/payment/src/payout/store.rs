//! All SQL about money that shops take out.

use super::{Number, PayoutAccount, Withdrawal};
use crate::provider::currency;
use model::{
    Currency, Money,
    ids::{AccountId, PayoutAccountId, ShopId, Uuid, WithdrawalId},
    payout::{Bank, PayoutFailure, WithdrawalState},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

fn unsound(what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("{what} is not known here").into())
}

/// Lets what changes a shop's withdrawals and accounts happen one after another.
pub async fn lock_shop(db: &mut PgConnection, shop: ShopId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('withdrawals of ' || $1::text, 0))",
        shop.to_string()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds an account, unless the shop has it; the one that is there.
pub async fn insert_account(
    db: &mut PgConnection,
    new: &PayoutAccount,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(PayoutAccountId, bool), sqlx::Error> {
    let row = sqlx::query!(
        r#"insert into payout_account (id, shop_id, bank, number, holder, added_by, added_at)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (shop_id, bank, number) where removed_at is null do update set holder = payout_account.holder
           returning id, (xmax = 0) as "new!""#,
        new.id.uuid(),
        new.shop.uuid(),
        new.bank.as_str(),
        new.number.reveal(),
        new.holder,
        by.uuid(),
        now
    )
    .fetch_one(db)
    .await?;
    Ok((row.id.into(), row.new))
}

/// Takes an account of this shop's away; whether it was there.
pub async fn remove_account(
    db: &mut PgConnection,
    shop: ShopId,
    id: PayoutAccountId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update payout_account set removed_at = $3 where id = $1 and shop_id = $2 and removed_at is null",
        id.uuid(),
        shop.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

struct AccountRow {
    id: Uuid,
    shop_id: Uuid,
    bank: String,
    number: String,
    holder: String,
    removed_at: Option<OffsetDateTime>,
}

impl AccountRow {
    fn account(self) -> Result<PayoutAccount, sqlx::Error> {
        Ok(PayoutAccount {
            id: self.id.into(),
            shop: self.shop_id.into(),
            bank: Bank::from_name(&self.bank).ok_or_else(|| unsound("a bank"))?,
            number: Number::typed(&self.number).map_err(|error| sqlx::Error::Decode(error.into()))?,
            holder: self.holder,
            removed_at: self.removed_at,
        })
    }
}

/// An account, also one that was taken away.
pub async fn find_account(
    db: &mut PgConnection,
    id: PayoutAccountId,
) -> Result<Option<PayoutAccount>, sqlx::Error> {
    let row = sqlx::query_as!(
        AccountRow,
        "select id, shop_id, bank, number, holder, removed_at from payout_account where id = $1",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(AccountRow::account).transpose()
}

/// A shop's accounts, the first first.
pub async fn list_accounts(db: &mut PgConnection, shop: ShopId) -> Result<Vec<PayoutAccount>, sqlx::Error> {
    let rows = sqlx::query_as!(
        AccountRow,
        "select id, shop_id, bank, number, holder, removed_at from payout_account
         where shop_id = $1 and removed_at is null order by added_at, id",
        shop.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(AccountRow::account).collect()
}

/// Writes that a shop asks for money.
pub async fn insert_withdrawal(
    db: &mut PgConnection,
    id: WithdrawalId,
    shop: ShopId,
    account: PayoutAccountId,
    amount: Money,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with asked as (
           insert into withdrawal (id, shop_id, account_id, amount, currency, requested_by, requested_at)
           values ($1, $2, $3, $4, $5, $6, $7) returning id)
         insert into withdrawal_transition (withdrawal_id, to_state, account_id, at)
         select id, 'requested', $6, $7 from asked",
        id.uuid(),
        shop.uuid(),
        account.uuid(),
        amount.amount(),
        amount.currency().code(),
        by.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Moves a withdrawal from where the caller believes it to be; whether it was there. A failure has a reason, nothing else
/// has. `by` is whoever decided it.
pub async fn move_withdrawal(
    db: &mut PgConnection,
    id: WithdrawalId,
    (from, to): (WithdrawalState, WithdrawalState),
    failure: Option<PayoutFailure>,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    if !from.may_become(to) || (to == WithdrawalState::Failed) != failure.is_some() {
        return Ok(false);
    }
    let done = sqlx::query!(
        "with moved as (
           update withdrawal set state = $3::text, failure = $4, version = version + 1,
             ended_at = case when $3::text in ('settled', 'failed') then $6::timestamptz end
           where id = $1 and state = $2::text returning id)
         insert into withdrawal_transition (withdrawal_id, from_state, to_state, account_id, at)
         select id, $2::text, $3::text, $5, $6::timestamptz from moved",
        id.uuid(),
        from.as_str(),
        to.as_str(),
        failure.map(PayoutFailure::as_str),
        by.map(AccountId::uuid),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who pays it out, and what they call it.
pub async fn set_provider(
    db: &mut PgConnection,
    id: WithdrawalId,
    provider: &str,
    provider_ref: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update withdrawal set provider = $2, provider_ref = $3 where id = $1",
        id.uuid(),
        provider,
        provider_ref
    )
    .execute(db)
    .await?;
    Ok(())
}

struct Row {
    id: Uuid,
    shop_id: Uuid,
    account_id: Uuid,
    amount: i64,
    currency: String,
    state: String,
    provider: Option<String>,
    provider_ref: Option<String>,
    failure: Option<String>,
    requested_at: OffsetDateTime,
    ended_at: Option<OffsetDateTime>,
}

impl Row {
    fn withdrawal(self) -> Result<Withdrawal, sqlx::Error> {
        let currency: Currency = currency(&self.currency).ok_or_else(|| unsound("a currency"))?;
        let failure = match self.failure {
            None => None,
            Some(name) => Some(PayoutFailure::from_name(&name).ok_or_else(|| unsound("a failure"))?),
        };
        Ok(Withdrawal {
            id: self.id.into(),
            shop: self.shop_id.into(),
            account: self.account_id.into(),
            amount: Money::new(self.amount, currency),
            state: WithdrawalState::from_name(&self.state).ok_or_else(|| unsound("a withdrawal's state"))?,
            provider: self.provider,
            provider_ref: self.provider_ref,
            failure,
            requested_at: self.requested_at,
            ended_at: self.ended_at,
        })
    }
}

pub async fn find_withdrawal(
    db: &mut PgConnection,
    id: WithdrawalId,
) -> Result<Option<Withdrawal>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, shop_id, account_id, amount, currency, state, provider, provider_ref, failure, requested_at, ended_at
         from withdrawal where id = $1",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::withdrawal).transpose()
}

/// As [`find_withdrawal`], and keeps everybody else from moving it until the transaction ends.
pub async fn lock_withdrawal(
    db: &mut PgConnection,
    id: WithdrawalId,
) -> Result<Option<Withdrawal>, sqlx::Error> {
    sqlx::query!("select id from withdrawal where id = $1 for no key update", id.uuid())
        .fetch_optional(&mut *db)
        .await?;
    find_withdrawal(db, id).await
}

/// How often a shop has asked since then; what failed does not count.
pub async fn asked_since(
    db: &mut PgConnection,
    shop: ShopId,
    since: OffsetDateTime,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from withdrawal where shop_id = $1 and requested_at >= $2 and state <> 'failed'"#,
        shop.uuid(),
        since
    )
    .fetch_one(db)
    .await
}
