use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::{GoodsEditId, ProductId},
    shop::{BulkEdit, BulkInput, BulkPage, StallFilter},
};
use serde::{Deserialize, Serialize};

/// The changes of many goods of a shop, the latest first.
#[server(protocol = model::Call)]
pub async fn goods_edits(shop: String, after: Option<String>) -> Result<Page<BulkEdit>, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::goods_edit::list(&mut db, at.shop(), after.as_deref(), 20).await.map_err(web::refused)
}

/// One of them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Bulk {
    pub page: BulkPage,
    /// What was typed and refused.
    pub typed: Option<BulkInput>,
    /// Whether it can still be put back.
    pub undo: bool,
}

/// The name under which what was typed is remembered.
#[cfg(feature = "ssr")]
const PLAN: &str = "goods-edit";

#[server(protocol = model::Call)]
pub async fn one_goods_edit(shop: String, edit: String) -> Result<Bulk, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let id: GoodsEditId = edit.parse().map_err(|_| web::not_found())?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let found = views::goods_edit::page(&mut db, at.shop(), id, cx.lang()).await.map_err(web::database)?;
    let page = found.ok_or_else(web::not_found)?;
    let undo = page.edit.undo_until.is_some_and(|until| cx.now().unix_timestamp() < until);
    Ok(Bulk { page, typed: web::draft(PLAN, id.uuid()), undo })
}

/// Goes on to the page of what was chosen. `all`: whatever `filter` shows, ticked or not.
#[server]
pub async fn choose_goods(
    shop: String,
    #[server(default)] products: Vec<ProductId>,
    #[server(default)] all: bool,
    #[server(default)] filter: StallFilter,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let id = flows::seller::together::choose_ticked(&cx, &at, products, all, filter).await;
    web::go_to(&format!("/seller/{shop}/products/bulk/{}", id.map_err(web::refused)?));
    Ok(())
}

#[server]
pub async fn plan_goods_edit(shop: String, edit: GoodsEditId, plan: BulkInput) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    let planned = flows::seller::together::plan(&cx, &at, edit, &plan).await;
    planned.map_err(web::refused).inspect_err(|_| web::keep_draft(PLAN, edit.uuid(), &plan))
}

#[server]
pub async fn apply_goods_edit(shop: String, edit: GoodsEditId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    flows::seller::together::apply(&cx, &at, edit).await.map_err(web::refused)
}

#[server]
pub async fn undo_goods_edit(shop: String, edit: GoodsEditId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Products).await.map_err(web::refused)?;
    flows::seller::together::undo(&cx, &at, edit).await.map_err(web::refused)
}
