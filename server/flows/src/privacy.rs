//! What the law on personal data (UU 27/2022) gives everybody: to agree and to take it back, to have a copy of
//! everything, and to be forgotten.

mod archive;
mod erase;
mod exports;

pub use archive::{ExportData, RequestExportError, SweepExports, fetch, request_export};
pub use erase::{CloseError, EraseAccount, cancel_closing, close};
pub use exports::Exports;

use access::audit::{Entry, Subject, record};
use identity::consent::store;
use kernel::{Cx, Member};
use model::{AppError, FieldError, audit::Action, person::Purpose};
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub enum ConsentError {
    #[error("without it there is no account")]
    Needed,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<ConsentError> for AppError {
    fn from(error: ConsentError) -> Self {
        match error {
            ConsentError::Needed => Self::field("purpose", FieldError::NotAllowed),
            ConsentError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Writes down what somebody agrees to now. What holds already is not written again; what an account cannot do
/// without is taken back by closing it.
pub async fn decide(cx: &Cx, member: &Member, purpose: Purpose, given: bool) -> Result<(), ConsentError> {
    if !given && !purpose.is_optional() {
        return Err(ConsentError::Needed);
    }
    let mut tx = cx.begin().await?;
    let present = store::list_present(&mut tx, member.account).await?;
    let same = present.iter().find(|consent| consent.purpose == purpose).is_some_and(|consent| {
        consent.given == given && (!given || consent.text_version.as_deref() == Some(purpose.text_version()))
    });
    if !same {
        store::insert(&mut tx, cx.id(), member.account, purpose, given, cx.now()).await?;
        let entry = Entry::of(Action::ConsentChanged, Subject::Account(member.account));
        record(&mut tx, cx, &entry.after(json!({"purpose": purpose, "given": given}))).await?;
    }
    Ok(tx.commit().await?)
}
