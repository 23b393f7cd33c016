use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::VerificationId,
    shop::{ShopCase, WaitingShop},
};

/// Shops that wait. Its guard, like that of the others here: operators who look at shops.
#[server(protocol = model::Call)]
pub async fn list(after: Option<String>) -> Result<Page<WaitingShop>, AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Shops).map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::verification::queue(&mut db, after.as_deref(), 50).await.map_err(web::refused)
}

/// `id` is taken as text, so that an address that is none is not found rather than malformed.
#[server(protocol = model::Call)]
pub async fn one(id: String) -> Result<ShopCase, AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Shops).map_err(web::refused)?;
    let id = id.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::verification::case(&mut db, id).await.map_err(web::database)?.ok_or_else(web::not_found)
}

#[server]
pub async fn approve(id: VerificationId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Shops).map_err(web::refused)?;
    flows::verify_shop::approve(&cx, &operator, id).await.map_err(web::refused)
}

#[server]
pub async fn reject(id: VerificationId, #[server(default)] reason: String) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Shops).map_err(web::refused)?;
    flows::verify_shop::reject(&cx, &operator, id, &reason).await.map_err(web::refused)
}
