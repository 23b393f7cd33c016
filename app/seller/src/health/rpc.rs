use leptos::prelude::*;
use model::{AppError, views::health::Health};

/// Orders on a page of what counted against the shop.
pub const PAGE: u16 = 20;

#[server(protocol = model::Call)]
pub async fn health_of(shop: String, after: Option<String>) -> Result<Health, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Insights).await.map_err(web::refused)?;
    flows::figures::health(&cx, &at, after.as_deref(), PAGE).await.map_err(web::refused)
}
