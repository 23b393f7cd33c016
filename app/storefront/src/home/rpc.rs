use leptos::prelude::*;
use model::{AppError, Call, views::HomePage};

#[server(protocol = Call)]
pub async fn front_page() -> Result<HomePage, AppError> {
    let cx = web::cx().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::home::page(&mut db, cx.lang()).await.map_err(web::database)
}
