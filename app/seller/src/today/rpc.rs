use leptos::prelude::*;
use model::{AppError, views::sold::ToDo};

/// What waits in a shop, as far as whoever asks may see it.
#[server(protocol = model::Call)]
pub async fn what_waits(shop: String) -> Result<ToDo, AppError> {
    let (cx, _) = web::member().await?;
    flows::seller::today::to_do(&cx, &shop).await.map_err(web::refused)
}
