use leptos::prelude::*;
use model::{AppError, views::coin::CoinPage};

#[server(protocol = model::Call)]
pub async fn own_coins(after: Option<String>) -> Result<CoinPage, AppError> {
    let (cx, member) = web::member().await?;
    flows::coins::page(&cx, &member, after.as_deref(), flows::coins::PAGE).await.map_err(web::refused)
}
