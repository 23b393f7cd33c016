use leptos::prelude::*;
use model::{
    AppError, Call, Page,
    ids::ProductId,
    views::moderation::{JudgedProduct, Shelf},
};

/// Its guard, like that of the others here: operators who look at what is published; to everybody else nothing is here.
#[server(protocol = Call)]
pub async fn goods(shelf: Shelf, after: Option<String>) -> Result<Page<JudgedProduct>, AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Moderation).map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::moderation::list(&mut db, shelf, after.as_deref(), 20).await.map_err(web::refused)
}

#[server]
pub async fn approve_product(id: ProductId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Moderation).map_err(web::refused)?;
    flows::moderation::approve(&cx, &operator, id).await.map_err(web::refused)
}

/// Sends back what waits, takes down what is on sale.
#[server]
pub async fn reject_product(id: ProductId, #[server(default)] reason: String) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Moderation).map_err(web::refused)?;
    flows::moderation::reject(&cx, &operator, id, &reason).await.map_err(web::refused)
}
