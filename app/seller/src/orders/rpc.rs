use leptos::prelude::*;
use model::{
    AppError,
    ids::OrderId,
    order::{CancelReason, SellerFilter},
    views::sold::{Label, SoldList, SoldPage},
};

/// Orders on a page of the list.
pub const PAGE: u16 = 20;

/// `q` is part of a number, or of the recipient's name.
#[server(protocol = model::Call)]
pub async fn sold(
    shop: String,
    filter: SellerFilter,
    q: String,
    after: Option<String>,
) -> Result<SoldList, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::list(&cx, &at, filter, &q, after.as_deref(), PAGE).await.map_err(web::refused)
}

#[server(protocol = model::Call)]
pub async fn sold_order(shop: String, id: String) -> Result<SoldPage, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    let id = id.parse().map_err(|_| web::not_found())?;
    let order = flows::fulfil::order(&cx, &at, id).await.map_err(web::database)?;
    order.ok_or_else(web::not_found)
}

#[server(protocol = model::Call)]
pub async fn parcel_label(shop: String, id: String) -> Result<Label, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    let id = id.parse().map_err(|_| web::not_found())?;
    let label = flows::fulfil::label(&cx, &at, id).await.map_err(web::database)?;
    label.ok_or_else(web::not_found)
}

#[server]
pub async fn accept_order(shop: String, order: OrderId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::accept(&cx, &at, order).await.map_err(web::refused)
}

/// Those that can be; how many is said in the address of the page that follows.
#[server]
pub async fn accept_orders(shop: String, #[server(default)] orders: Vec<OrderId>) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    let several = flows::fulfil::accept_many(&cx, &at, &orders).await.map_err(web::refused)?;
    web::go_to(&format!("/seller/{shop}/orders?accepted={}&not={}", several.accepted, several.not));
    Ok(())
}

#[server]
pub async fn reject_order(shop: String, order: OrderId, reason: CancelReason) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::reject(&cx, &at, order, reason).await.map_err(web::refused)
}

/// `weight` is in grams.
#[server]
pub async fn pack_order(
    shop: String,
    order: OrderId,
    #[server(default)] weight: Option<i32>,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::pack(&cx, &at, order, weight).await.map_err(web::refused)
}

#[server]
pub async fn hand_over_order(shop: String, order: OrderId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::hand_over(&cx, &at, order).await.map_err(web::refused)
}

#[server]
pub async fn book_courier_again(shop: String, order: OrderId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::book_again(&cx, &at, order).await.map_err(web::refused)
}
