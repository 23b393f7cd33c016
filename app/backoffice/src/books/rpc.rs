use leptos::prelude::*;
use model::{AppError, Call, views::books::BooksDesk};

/// What the latest check of the books has found, and whether one is under way. Its guard, like that of the other one:
/// operators who look after money; to everybody else nothing is here.
#[server(protocol = Call)]
pub async fn books() -> Result<BooksDesk, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    flows::reconcile::desk(&cx, &operator).await.map_err(web::refused)
}

#[server]
pub async fn check_books() -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    flows::reconcile::ask(&cx, &operator).await.map_err(web::refused)
}
