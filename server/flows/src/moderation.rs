//! What operators decide about goods: those that wait are put on sale or sent back, those on sale are taken down. Their
//! shop is told why, corrects, and asks again; what was taken down or sent back waits for an operator then, also in a shop
//! that was approved.

use crate::{
    account::{link, tell},
    product::{Move, MoveError, step},
};
use access::audit::{Entry, Subject, record};
use catalog::{Actor, Reason, store};
use kernel::{Cx, Operator};
use model::{AppError, Code, Duty, FieldError, audit::Action, ids::ProductId, views::ProductState};
use notify::{EnqueueError, Message};
use serde_json::json;
use shop::store as shops;

#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    #[error("it is not this operator's duty")]
    NotFound,
    #[error("goods are sent back with a reason")]
    Reason(FieldError),
    #[error(transparent)]
    Move(#[from] MoveError),
    #[error(transparent)]
    Letter(#[from] EnqueueError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<JudgeError> for AppError {
    fn from(error: JudgeError) -> Self {
        match error {
            JudgeError::NotFound => Self::not_found(),
            JudgeError::Reason(error) => Self::field("reason", error),
            JudgeError::Move(error) => error.into(),
            JudgeError::Letter(_) => Code::Internal.into(),
            JudgeError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Puts on sale what waits.
pub async fn approve(cx: &Cx, operator: &Operator, product: ProductId) -> Result<(), JudgeError> {
    judge(cx, operator, product, Move::Approve).await
}

/// Sends back what waits, and takes down what is on sale. `reason` is for its shop to read, 1 to 500 characters.
pub async fn reject(
    cx: &Cx,
    operator: &Operator,
    product: ProductId,
    reason: &str,
) -> Result<(), JudgeError> {
    let wrong = if reason.trim().is_empty() { FieldError::Required } else { FieldError::TooLong };
    let reason = Reason::new(reason).ok_or(JudgeError::Reason(wrong))?;
    judge(cx, operator, product, Move::Reject(reason)).await
}

async fn judge(cx: &Cx, operator: &Operator, id: ProductId, wanted: Move) -> Result<(), JudgeError> {
    if operator.duty() != Duty::Moderation {
        return Err(JudgeError::NotFound);
    }
    let mut tx = cx.begin().await?;
    let reason = match &wanted {
        Move::Reject(reason) => Some(reason.as_str().to_owned()),
        _ => None,
    };
    let state = step(&mut tx, cx, id, wanted, Actor::Operator).await?;
    let shop = store::list_shops_of(&mut tx, &[id]).await?.pop().ok_or(MoveError::NotFound)?;
    crate::totals::refresh(&mut tx, cx, &[shop]).await?;
    if let (Some(reason), Some(owner)) = (&reason, shops::staff::find_owner(&mut tx, shop).await?) {
        let facts = shops::get_named(&mut tx, shop).await?;
        let message = Message::ProductRejected {
            product: store::get_name(&mut tx, id).await?,
            reason: reason.clone(),
            link: link(&format!("/seller/{}/products/{id}", facts.slug)),
        };
        tell(&mut tx, cx, owner, &message).await?;
    }
    let facts = json!({"state": ProductState::as_str(state), "reason": reason});
    record(&mut tx, cx, &Entry::of(Action::ProductModerated, Subject::Product(id)).after(facts)).await?;
    Ok(tx.commit().await?)
}
