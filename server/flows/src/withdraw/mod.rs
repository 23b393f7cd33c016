//! Shops take their money out.
//!
//! Whoever asks has been let in to the shop for its money and has just proved who they are. What is asked for leaves the
//! shop's balance in the same transaction, guarded by the ledger, so nobody asks twice for the same rupiah; if it does not
//! arrive it is put back, once. The bank is asked by a job, under the withdrawal's id, so asking again sends nothing twice.

mod accounts;
mod send;
mod show;

pub use accounts::{AccountError, add_account, remove_account};
pub use send::{Cashier, SendWithdrawal, heard};
pub use show::{statement, statement_between, takings, waiting};

use crate::books;
use access::audit::{Entry, Subject, record};
use kernel::{
    Cx, OffsetDateTime, Operator, Proved, Tx,
    idempotency::{self, Claim, Key},
    jobs::NewJob,
    outbox,
};
use model::{
    AppError, Code, Duty, FieldError, Money, Permission,
    audit::Action,
    ids::{AccountId, PayoutAccountId, ShopId, WithdrawalId},
    payout::{PayoutFailure, WithdrawalState, limits},
};
use payment::payout::{Withdrawal, events::WithdrawalChanged, store};
use serde_json::json;
use shop::staff::AtShop;
use time::UtcOffset;

#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    /// No such account or withdrawal, or it is another shop's.
    #[error("there is no such thing here")]
    NotFound,
    /// Below the least or above the most.
    #[error("so much cannot be sent at once")]
    Amount,
    /// The balance is smaller, or below nothing.
    #[error("there is not so much in the balance")]
    Balance,
    /// As often as anybody may in a day.
    #[error("enough has been asked for today")]
    TooOften,
    /// It has moved on.
    #[error("the withdrawal is {now}")]
    Stage { now: WithdrawalState },
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<WithdrawError> for AppError {
    fn from(error: WithdrawError) -> Self {
        match error {
            WithdrawError::NotFound => Self::not_found(),
            WithdrawError::Amount => Self::field("amount", FieldError::OutOfRange),
            WithdrawError::Balance => Self::new(Code::InsufficientBalance),
            WithdrawError::TooOften => Self::new(Code::WithdrawalLimit),
            WithdrawError::Stage { .. } => Self::new(Code::Conflict),
            WithdrawError::KeyReused => Self::new(Code::KeyReused),
            WithdrawError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// The shop whose money one was let in to. Who proved themselves is who was let in.
fn shop_of(at: &AtShop, proved: &Proved) -> Option<ShopId> {
    let same = at.member().account == proved.member().account;
    (same && at.permission() == Permission::Money).then(|| at.shop())
}

/// Asks for so much to be sent to one of the shop's accounts. Small amounts are approved by themselves, larger ones by an
/// operator. Again with the same key it is the withdrawal that was asked for the first time.
pub async fn request(
    cx: &Cx,
    at: &AtShop,
    proved: &Proved,
    account: PayoutAccountId,
    amount: Money,
    key: &Key,
) -> Result<WithdrawalId, WithdrawError> {
    let shop = shop_of(at, proved).ok_or(WithdrawError::NotFound)?;
    let by = at.member().account;
    let within = (limits::LEAST.amount()..=limits::MOST.amount()).contains(&amount.amount());
    if !within || amount.currency() != limits::LEAST.currency() {
        return Err(WithdrawError::Amount);
    }
    let id: WithdrawalId = cx.id();
    let mut tx = cx.begin().await?;
    store::lock_shop(&mut tx, shop).await?;
    let claim = (shop.uuid(), "withdrawal.request", key);
    match idempotency::claim(&mut tx, cx, claim, &(account, amount), id.uuid()).await? {
        Claim::First => {}
        Claim::Again(made) => return Ok(made.into()),
        Claim::Other => return Err(WithdrawError::KeyReused),
    }
    let to = store::find_account(&mut tx, account).await?;
    if to.is_none_or(|to| to.shop != shop || to.removed_at.is_some()) {
        return Err(WithdrawError::NotFound);
    }
    let asked = store::asked_since(&mut tx, shop, today(cx.now())).await?;
    if asked >= i64::from(limits::A_DAY) {
        return Err(WithdrawError::TooOften);
    }
    store::insert_withdrawal(&mut tx, id, shop, account, amount, by, cx.now()).await?;
    if !books::withdrawn(cx, &mut tx, shop, id, amount).await? {
        return Err(WithdrawError::Balance);
    }
    told(cx, &mut tx, shop, id, WithdrawalState::Requested).await?;
    let facts = json!({"withdrawal": id, "amount": amount.amount()});
    record(&mut tx, cx, &Entry::of(Action::WithdrawalRequested, Subject::Shop(shop)).after(facts)).await?;
    if amount.amount() <= limits::BY_ITSELF.amount() {
        go_ahead(cx, &mut tx, shop, id, None).await?;
    }
    tx.commit().await?;
    tracing::info!(withdrawal.id = %id, "Withdrawal {id} requested");
    Ok(id)
}

/// When the day began where the market is.
fn today(now: OffsetDateTime) -> OffsetDateTime {
    let here = UtcOffset::from_hms(7, 0, 0).map_or(now, |offset| now.to_offset(offset));
    here.replace_time(time::Time::MIDNIGHT)
}

async fn go_ahead(
    cx: &Cx,
    tx: &mut Tx,
    shop: ShopId,
    id: WithdrawalId,
    by: Option<AccountId>,
) -> Result<(), WithdrawError> {
    let step = (WithdrawalState::Requested, WithdrawalState::Approved);
    if !store::move_withdrawal(tx, id, step, None, by, cx.now()).await? {
        return Err(WithdrawError::Stage { now: WithdrawalState::Approved });
    }
    told(cx, tx, shop, id, WithdrawalState::Approved).await?;
    NewJob::of(&SendWithdrawal { withdrawal: id }).unique(id).enqueue(tx, cx).await?;
    Ok(())
}

async fn told(
    cx: &Cx,
    tx: &mut Tx,
    shop: ShopId,
    withdrawal: WithdrawalId,
    to: WithdrawalState,
) -> Result<(), sqlx::Error> {
    outbox::publish(tx, cx, &WithdrawalChanged { withdrawal, shop, to }).await
}

/// An operator who has proved who they are lets a withdrawal go ahead. One that goes ahead already stays as it is.
pub async fn approve(
    cx: &Cx,
    operator: &Operator,
    proved: &Proved,
    id: WithdrawalId,
) -> Result<(), WithdrawError> {
    let mut tx = cx.begin().await?;
    let withdrawal = open(&mut tx, operator, proved, id).await?;
    match withdrawal.state {
        WithdrawalState::Requested => {}
        WithdrawalState::Failed => return Err(WithdrawError::Stage { now: withdrawal.state }),
        _ => return Ok(()),
    }
    go_ahead(cx, &mut tx, withdrawal.shop, id, Some(operator.member().account)).await?;
    decided(cx, &mut tx, Action::WithdrawalApproved, &withdrawal).await?;
    Ok(tx.commit().await?)
}

/// An operator does not: the money is the shop's again. One that was refused before stays so.
pub async fn refuse(
    cx: &Cx,
    operator: &Operator,
    proved: &Proved,
    id: WithdrawalId,
) -> Result<(), WithdrawError> {
    let mut tx = cx.begin().await?;
    let withdrawal = open(&mut tx, operator, proved, id).await?;
    match (withdrawal.state, withdrawal.failure) {
        (WithdrawalState::Requested, _) => {}
        (WithdrawalState::Failed, Some(PayoutFailure::Refused)) => return Ok(()),
        (now, _) => return Err(WithdrawError::Stage { now }),
    }
    send::fail(cx, &mut tx, &withdrawal, PayoutFailure::Refused, Some(operator.member().account)).await?;
    decided(cx, &mut tx, Action::WithdrawalRefused, &withdrawal).await?;
    Ok(tx.commit().await?)
}

async fn open(
    tx: &mut Tx,
    operator: &Operator,
    proved: &Proved,
    id: WithdrawalId,
) -> Result<Withdrawal, WithdrawError> {
    if operator.duty() != Duty::Money || proved.member().account != operator.member().account {
        return Err(WithdrawError::NotFound);
    }
    store::lock_withdrawal(tx, id).await?.ok_or(WithdrawError::NotFound)
}

async fn decided(cx: &Cx, tx: &mut Tx, action: Action, of: &Withdrawal) -> Result<(), sqlx::Error> {
    let facts = json!({"withdrawal": of.id, "amount": of.amount.amount()});
    record(tx, cx, &Entry::of(action, Subject::Shop(of.shop)).after(facts)).await?;
    Ok(())
}
