use leptos::prelude::*;
use model::{
    AppError,
    ids::{OrderId, ShipmentId},
    order::{CancelReason, LinePieces, SellerFilter},
    shipping::Collection,
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

/// Of one parcel of it, or the one that was packed last.
#[server(protocol = model::Call)]
pub async fn parcel_label(shop: String, id: String, parcel: Option<ShipmentId>) -> Result<Label, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    let id = id.parse().map_err(|_| web::not_found())?;
    let label = flows::fulfil::label_of(&cx, &at, id, parcel).await.map_err(web::database)?;
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

/// `weight` is in grams; without `pieces`, all that waits is in the parcel.
#[server]
pub async fn pack_order(
    shop: String,
    order: OrderId,
    #[server(default)] weight: Option<i32>,
    #[server(default)] pieces: Vec<LinePieces>,
    #[server(default)] collection: Option<Collection>,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    let pieces = Some(pieces).filter(|pieces| !pieces.is_empty());
    let how = flows::fulfil::Packing { pieces, weight_g: weight, collection };
    flows::fulfil::pack_as(&cx, &at, key.parse().ok().as_ref(), order, &how).await.map_err(web::refused)
}

/// Says that these pieces are not sent, and why.
#[server]
pub async fn leave_out_pieces(
    shop: String,
    order: OrderId,
    #[server(default)] pieces: Vec<LinePieces>,
    reason: CancelReason,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    let done = flows::fulfil::leave_out(&cx, &at, key.parse().ok().as_ref(), order, &pieces, reason).await;
    done.map_err(web::refused)
}

/// All that is packed.
#[server]
pub async fn hand_over_order(shop: String, order: OrderId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::hand_over(&cx, &at, order).await.map_err(web::refused)
}

#[server]
pub async fn hand_over_parcel(shop: String, order: OrderId, parcel: ShipmentId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::hand_over_parcel(&cx, &at, order, parcel).await.map_err(web::refused)
}

/// While its courier does not have it.
#[server]
pub async fn unpack_parcel(shop: String, order: OrderId, parcel: ShipmentId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::unpack(&cx, &at, order, parcel).await.map_err(web::refused)
}

#[server]
pub async fn collect_otherwise(
    shop: String,
    order: OrderId,
    parcel: ShipmentId,
    collection: Collection,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::collect_otherwise(&cx, &at, order, parcel, collection).await.map_err(web::refused)
}

#[server]
pub async fn book_courier_again(shop: String, order: OrderId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Orders).await.map_err(web::refused)?;
    flows::fulfil::book_again(&cx, &at, order).await.map_err(web::refused)
}
