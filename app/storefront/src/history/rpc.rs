use leptos::prelude::*;
use model::{AppError, Call, views::Personal};

#[server(protocol = Call)]
pub async fn my_shelves() -> Result<Personal, AppError> {
    let cx = web::cx().await?;
    let mut shelves = flows::visits::shelves(&cx, web::visitor()).await.map_err(web::database)?;
    views::wishlist::mark(&cx, shelves.cards()).await.map_err(web::database)?;
    Ok(shelves)
}

/// Forgets the key together with what is known under it.
#[server]
pub async fn forget_history() -> Result<(), AppError> {
    let cx = web::cx().await?;
    web::forget_visitor();
    match web::visitor() {
        Some(visitor) => flows::visits::forget(&cx, visitor).await.map_err(web::database),
        None => Ok(()),
    }
}
