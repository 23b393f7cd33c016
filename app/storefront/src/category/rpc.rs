use leptos::prelude::*;
use model::{
    AppError, Call,
    views::{CategoryNode, SearchPage, SearchParams},
};

#[server(protocol = Call)]
pub async fn tree() -> Result<Vec<CategoryNode>, AppError> {
    let cx = web::cx().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::category::tree(&mut db, cx.lang()).await.map_err(web::database)
}

/// Goods of the category named in `params`; not found where there is no such category.
#[server(protocol = Call)]
pub async fn goods(params: SearchParams) -> Result<SearchPage, AppError> {
    let cx = web::cx().await?;
    let mut page = views::search::page(&cx, &params, views::search::PAGE).await.map_err(web::refused)?;
    if page.path.is_empty() {
        return Err(web::not_found());
    }
    views::wishlist::mark(&cx, page.cards()).await.map_err(web::database)?;
    Ok(page)
}
