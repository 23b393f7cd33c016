use leptos::prelude::*;
use model::{AppError, Call, ids::WithdrawalId, views::takings::WaitingWithdrawal};
use serde::{Deserialize, Serialize};

/// What waits, and whether who looks may decide on it without proving again who they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PayoutDesk {
    pub waiting: Vec<WaitingWithdrawal>,
    pub fresh: bool,
}

/// Its guard, like that of the others here: operators who look after money; to everybody else nothing is here.
#[server(protocol = Call)]
pub async fn waiting() -> Result<PayoutDesk, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let waiting = flows::withdraw::waiting(&cx, &operator).await.map_err(web::database)?;
    Ok(PayoutDesk { waiting, fresh: cx.proved(flows::account::STEP_UP).is_ok() })
}

#[server]
pub async fn approve_withdrawal(id: WithdrawalId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::withdraw::approve(&cx, &operator, &proved, id).await.map_err(web::refused)
}

#[server]
pub async fn refuse_withdrawal(id: WithdrawalId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::withdraw::refuse(&cx, &operator, &proved, id).await.map_err(web::refused)
}
