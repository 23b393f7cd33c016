use leptos::prelude::*;
use model::{AppError, views::books::BooksPage};

/// The books as they are, checked when that is asked for: it reads all of them.
#[server(protocol = model::Call)]
pub async fn books(check: bool) -> Result<Option<BooksPage>, AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Money).map_err(web::refused)?;
    if !check {
        return Ok(None);
    }
    flows::reconcile::page(&cx).await.map(Some).map_err(web::database)
}
