use leptos::prelude::*;
use model::{
    AppError, Call,
    views::{SearchPage, SearchParams, Suggestions},
};

#[server(protocol = Call)]
pub async fn find(params: SearchParams) -> Result<SearchPage, AppError> {
    let cx = web::cx().await?;
    let mut page = views::search::page(&cx, &params, views::search::PAGE).await.map_err(web::refused)?;
    views::wishlist::mark(&cx, page.cards()).await.map_err(web::database)?;
    Ok(page)
}

#[server(protocol = Call)]
pub async fn suggest(typed: String) -> Result<Suggestions, AppError> {
    let cx = web::cx().await?;
    views::search::suggest(&cx, &typed).await.map_err(web::refused)
}
