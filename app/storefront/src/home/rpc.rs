use leptos::prelude::*;
use model::{AppError, Call, ids::VariantId, views::HomePage};

#[server(protocol = Call)]
pub async fn front_page() -> Result<HomePage, AppError> {
    let cx = web::cx().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let flash = views::flash::current(&mut db, cx.now()).await.map_err(web::database)?;
    let page = views::home::page(&mut db, cx.lang(), cx.now()).await.map_err(web::database)?;
    drop(db);
    let mut page = HomePage { flash, ..page };
    views::wishlist::mark(&cx, page.cards()).await.map_err(web::database)?;
    Ok(page)
}

/// How many pieces of these are gone in the flash sales that are on; of more than a hundred, of the first.
#[server(protocol = Call)]
pub async fn flash_sold(variants: Vec<VariantId>) -> Result<Vec<(VariantId, i32)>, AppError> {
    let cx = web::cx().await?;
    let some = &variants[..variants.len().min(100)];
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::flash::sold(&mut db, some, cx.now()).await.map_err(web::database)
}
