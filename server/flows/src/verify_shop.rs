//! What operators do with shops that want to open. Each look at a document is logged before it is given.

use crate::{
    account::{link, tell},
    product::{MoveError, approve_waiting},
    seller::{Papers, PapersError},
};
use access::audit::{Entry, Subject, record};
use bytes::Bytes;
use kernel::{Cx, Operator, outbox};
use model::{
    AppError, Code, FieldError,
    audit::Action,
    ids::{DocumentId, VerificationId},
};
use notify::{EnqueueError, Message};
use serde_json::json;
pub use shop::verification::ContentType;
use shop::{
    ShopChanged,
    store::{self, staff, verification},
    verification::{Reason, Verdict},
};

#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    #[error("it has been decided already, or there is no such shop")]
    Decided,
    #[error("a shop is sent back with a reason")]
    Reason(FieldError),
    #[error(transparent)]
    Letter(#[from] EnqueueError),
    #[error(transparent)]
    Goods(#[from] MoveError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<DecideError> for AppError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Decided => Code::Conflict.into(),
            DecideError::Reason(error) => Self::field("reason", error),
            DecideError::Letter(_) => Code::Internal.into(),
            DecideError::Goods(error) => error.into(),
            DecideError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Opens the shop to shoppers with the goods that waited for it, and tells its owner.
pub async fn approve(cx: &Cx, operator: &Operator, id: VerificationId) -> Result<(), DecideError> {
    decide(cx, operator, id, Verdict::Approved).await
}

/// Sends the shop back to its owner, who corrects and sends again.
pub async fn reject(
    cx: &Cx,
    operator: &Operator,
    id: VerificationId,
    reason: &str,
) -> Result<(), DecideError> {
    let reason = Reason::parse(reason).map_err(DecideError::Reason)?;
    decide(cx, operator, id, Verdict::Rejected(reason)).await
}

async fn decide(
    cx: &Cx,
    operator: &Operator,
    id: VerificationId,
    verdict: Verdict,
) -> Result<(), DecideError> {
    let mut tx = cx.begin().await?;
    let by = operator.member().account;
    let shop =
        verification::decide(&mut tx, id, &verdict, by, cx.now()).await?.ok_or(DecideError::Decided)?;
    // A holiday may have been planned meanwhile.
    crate::seller::settings::follow(&mut tx, cx, shop).await?;
    let facts = store::get_named(&mut tx, shop).await?;
    let link = link(&format!("/seller/{}", facts.slug));
    let (action, message, after) = match verdict {
        Verdict::Approved => {
            approve_waiting(&mut tx, cx, shop).await?;
            let message = Message::ShopApproved { shop: facts.name, link };
            (Action::ShopApproved, message, json!({"verification": id}))
        }
        Verdict::Rejected(reason) => {
            let reason = reason.as_str().to_owned();
            let after = json!({"verification": id, "reason": reason});
            (Action::ShopRejected, Message::ShopRejected { shop: facts.name, reason, link }, after)
        }
    };
    if let Some(owner) = staff::find_owner(&mut tx, shop).await? {
        tell(&mut tx, cx, owner, &message).await?;
    }
    record(&mut tx, cx, &Entry::of(action, Subject::Shop(shop)).after(after)).await?;
    outbox::publish(&mut tx, cx, &ShopChanged { shop }).await?;
    Ok(tx.commit().await?)
}

#[derive(Debug, thiserror::Error)]
pub enum LookError {
    #[error("there is no such document any more")]
    NotFound,
    #[error(transparent)]
    Papers(#[from] PapersError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<LookError> for AppError {
    fn from(error: LookError) -> Self {
        match error {
            LookError::NotFound => Self::not_found(),
            LookError::Papers(_) => Code::Unavailable.into(),
            LookError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// A document, for the operator who looks at it: what it is, and its bytes.
pub async fn look(cx: &Cx, _operator: &Operator, id: DocumentId) -> Result<(ContentType, Bytes), LookError> {
    let mut tx = cx.begin().await?;
    let (shop, content_type) = verification::find_document(&mut tx, id).await?.ok_or(LookError::NotFound)?;
    let entry = Entry::of(Action::ShopDocumentSeen, Subject::Shop(shop)).after(json!({"document": id}));
    record(&mut tx, cx, &entry).await?;
    tx.commit().await?;
    let bytes = Papers::of(cx)?.get(cx, id).await?.ok_or(LookError::NotFound)?;
    Ok((content_type, bytes))
}
