//! The end of an account: asked for, waited with, and then for good.

use super::Exports;
use crate::{
    account::{link, tell},
    coins,
    seller::Papers,
};
use access::audit::{Entry, Subject, record};
use identity::{
    consent::{GRACE, closing, export},
    events::{AccountErased, ClosingCancelled, ClosingRequested},
};
use kernel::{
    Cx, Member, OffsetDateTime, Proved,
    jobs::{self, Job, JobError},
    outbox,
};
use model::{AppError, Code, FieldError, audit::Action, ids::AccountId};
use notify::{EnqueueError, Message};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shop::store::verification;

#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    #[error("an operator has suspended the account")]
    Suspended,
    /// It is handed over first.
    #[error("a shop belongs to the account")]
    OwnsShop,
    #[error("the account is not to be erased, or it is too late")]
    NotClosing,
    #[error(transparent)]
    Letter(#[from] EnqueueError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<CloseError> for AppError {
    fn from(error: CloseError) -> Self {
        match error {
            CloseError::Suspended | CloseError::NotClosing => Self::new(Code::Conflict),
            CloseError::OwnsShop => Self::field("shops", FieldError::NotAllowed),
            CloseError::Letter(_) => Self::new(Code::Internal),
            CloseError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Asks for the account to be erased after [`GRACE`]: when that will be. Asking again changes nothing.
pub async fn close(cx: &Cx, who: &Proved) -> Result<OffsetDateTime, CloseError> {
    let account = who.member().account;
    let mut tx = cx.begin().await?;
    if shop::store::staff::owns_running(&mut tx, account).await? {
        return Err(CloseError::OwnsShop);
    }
    let asked_before = closing::find_due(&mut tx, account).await?.is_some();
    let due = closing::open(&mut tx, cx.id(), account, cx.now(), cx.now() + GRACE).await?;
    let due = due.ok_or(CloseError::Suspended)?;
    if !asked_before {
        jobs::enqueue(&mut tx, cx, &EraseAccount { account }).at(due).await?;
        let event = ClosingRequested { account, due: due.unix_timestamp() };
        outbox::publish(&mut tx, cx, &event).await?;
        let letter = Message::DeletionScheduled { on: due, cancel: link("/account/privacy") };
        tell(&mut tx, cx, account, &letter).await?;
        let entry = Entry::of(Action::DeletionScheduled, Subject::Account(account));
        record(&mut tx, cx, &entry.after(json!({"due": due.unix_timestamp()}))).await?;
    }
    tx.commit().await?;
    Ok(due)
}

/// Keeps the account after all. Whoever can sign in may do that.
pub async fn cancel_closing(cx: &Cx, member: &Member) -> Result<(), CloseError> {
    let mut tx = cx.begin().await?;
    if !closing::cancel(&mut tx, member.account, cx.now()).await? {
        return Err(CloseError::NotClosing);
    }
    outbox::publish(&mut tx, cx, &ClosingCancelled { account: member.account }).await?;
    tell(&mut tx, cx, member.account, &Message::DeletionCancelled { link: link("/account") }).await?;
    record(&mut tx, cx, &Entry::of(Action::DeletionCancelled, Subject::Account(member.account))).await?;
    Ok(tx.commit().await?)
}

/// Takes everything personal away from an account whose time is over. The row of the account stays under its id, which
/// is the pseudonym that orders and the ledger name. So do its consents, which say nothing but what was agreed to, and its
/// lines in the audit log, which keep a shortened network and no address.
#[derive(Serialize, Deserialize)]
pub struct EraseAccount {
    pub account: AccountId,
}

impl Job for EraseAccount {
    const NAME: &'static str = "privacy.erase_account";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        match closing::find_due_for_change(&mut tx, self.account).await? {
            None => return Err(JobError::discard("the account is kept")),
            // It was kept and closed again; another job waits for that.
            Some(due) if due > cx.now() => return Err(JobError::discard("the account is not due yet")),
            Some(_) => {}
        }
        let archives = export::erase(&mut tx, self.account).await?;
        cart::store::erase(&mut tx, self.account).await?;
        let papers = verification::list_sent_by(&mut tx, self.account).await?;
        verification::mark_deleted(&mut tx, &papers, cx.now()).await?;
        shop::store::staff::erase(&mut tx, self.account).await?;
        order::store::pseudonymise(&mut tx, self.account, cx.now()).await?;
        coins::forfeit(cx, &mut tx, self.account).await?;
        identity::erase::all_of(&mut tx, self.account).await?;
        crate::photos::forget(&mut tx, cx, self.account.uuid()).await?;
        notify::forget(&mut tx, self.account).await?;
        record(&mut tx, cx, &Entry::of(Action::AccountDeleted, Subject::Account(self.account))).await?;
        closing::mark_erased(&mut tx, self.account, cx.now()).await?;
        outbox::publish(&mut tx, cx, &AccountErased { account: self.account }).await?;
        if let (false, Some(exports)) = (archives.is_empty(), cx.part::<Exports>()) {
            // Before the commit: should it fail, the job comes again and removes what is left.
            for id in archives {
                exports.remove(id).await?;
            }
        }
        if let (false, Some(store)) = (papers.is_empty(), cx.part::<Papers>()) {
            for id in papers {
                store.remove(id).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}
