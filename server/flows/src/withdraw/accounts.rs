//! The bank accounts a shop's money goes to.

use super::shop_of;
use access::audit::{Entry, Subject, record};
use kernel::{Cx, Proved};
use model::{
    AppError, Code, FieldError,
    audit::Action,
    ids::PayoutAccountId,
    payout::{self, Bank, limits},
};
use payment::payout::{Number, PayoutAccount, store};
use serde_json::json;
use shop::staff::AtShop;

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("there is no such account")]
    NotFound,
    #[error("a number has 6 to 20 digits")]
    Number,
    #[error("a holder's name has 2 to 60 characters")]
    Holder,
    #[error("a shop has at most {} bank accounts", limits::ACCOUNTS)]
    TooMany,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<AccountError> for AppError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::NotFound => Self::not_found(),
            AccountError::Number => Self::field("number", FieldError::Malformed),
            AccountError::Holder => Self::field("holder", FieldError::Malformed),
            AccountError::TooMany => Self::new(Code::Conflict),
            AccountError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Adds a bank account; one the shop has already is that one.
pub async fn add_account(
    cx: &Cx,
    at: &AtShop,
    proved: &Proved,
    bank: Bank,
    number: &str,
    holder: &str,
) -> Result<PayoutAccountId, AccountError> {
    let shop = shop_of(at, proved).ok_or(AccountError::NotFound)?;
    let number = Number::typed(number).map_err(|_| AccountError::Number)?;
    let holder = holder.split_whitespace().collect::<Vec<_>>().join(" ");
    if !(2..=60).contains(&holder.chars().count()) {
        return Err(AccountError::Holder);
    }
    let mut tx = cx.begin().await?;
    store::lock_shop(&mut tx, shop).await?;
    let there = store::list_accounts(&mut tx, shop).await?;
    if let Some(same) = there.iter().find(|it| it.bank == bank && it.number == number) {
        return Ok(same.id);
    }
    if there.len() >= usize::try_from(limits::ACCOUNTS).unwrap_or(usize::MAX) {
        return Err(AccountError::TooMany);
    }
    let facts = json!({"bank": bank, "ends_in": payout::masked(number.reveal())});
    let new = PayoutAccount { id: cx.id(), shop, bank, number, holder, removed_at: None };
    let (id, _) = store::insert_account(&mut tx, &new, at.member().account, cx.now()).await?;
    record(&mut tx, cx, &Entry::of(Action::PayoutAccountAdded, Subject::Shop(shop)).after(facts)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes a bank account away; money that is on its way there still goes there. Taking it away again changes nothing.
pub async fn remove_account(
    cx: &Cx,
    at: &AtShop,
    proved: &Proved,
    id: PayoutAccountId,
) -> Result<(), AccountError> {
    let shop = shop_of(at, proved).ok_or(AccountError::NotFound)?;
    let mut tx = cx.begin().await?;
    let account = store::find_account(&mut tx, id).await?.filter(|it| it.shop == shop);
    let account = account.ok_or(AccountError::NotFound)?;
    if store::remove_account(&mut tx, shop, id, cx.now()).await? {
        let facts = json!({"bank": account.bank, "ends_in": payout::masked(account.number.reveal())});
        record(&mut tx, cx, &Entry::of(Action::PayoutAccountRemoved, Subject::Shop(shop)).before(facts))
            .await?;
    }
    Ok(tx.commit().await?)
}
