use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::GoodsImportId,
    shop::{GoodsImport, GoodsImportPage},
};

/// The files of goods a shop was sent, the latest first.
#[server(protocol = model::Call)]
pub async fn goods_imports(shop: String, after: Option<String>) -> Result<Page<GoodsImport>, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::goods_import::list(&mut db, at.shop(), after.as_deref(), 20).await.map_err(web::refused)
}

/// One of them, with what there is to tell of its rows.
#[server(protocol = model::Call)]
pub async fn one_goods_import(shop: String, run: String) -> Result<GoodsImportPage, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let id = run.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let found = views::goods_import::page(&mut db, at.shop(), id).await.map_err(web::database)?;
    found.ok_or_else(web::not_found)
}

#[server]
pub async fn take_goods_over(shop: String, run: GoodsImportId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    flows::seller::goods::take_over(&cx, &at, run).await.map_err(web::refused)
}

#[server]
pub async fn cancel_goods_import(shop: String, run: GoodsImportId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    flows::seller::goods::cancel(&cx, &at, run).await.map_err(web::refused)
}
