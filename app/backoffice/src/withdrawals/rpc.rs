use leptos::prelude::*;
use model::{AppError, Call, ids::WithdrawalId, views::takings::WaitingWithdrawal};

/// Its guard, like that of the others here: operators who look after money; to everybody else nothing is here.
#[server(protocol = Call)]
pub async fn waiting() -> Result<Vec<WaitingWithdrawal>, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    flows::withdraw::waiting(&cx, &operator).await.map_err(web::database)
}

#[server]
pub async fn approve_withdrawal(id: WithdrawalId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    flows::withdraw::approve(&cx, &operator, id).await.map_err(web::refused)
}

#[server]
pub async fn refuse_withdrawal(id: WithdrawalId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    flows::withdraw::refuse(&cx, &operator, id).await.map_err(web::refused)
}
