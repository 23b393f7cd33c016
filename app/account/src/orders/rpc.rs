use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::OrderId,
    order::{CancelReason, OrderFilter},
    views::{GroupPage, OrderCard, OrderPage},
};
use serde::{Deserialize, Serialize};

/// Orders on a page of the list.
pub const PAGE: u16 = 12;

/// An order, and whether who looks at it has an account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShownOrder {
    pub member: bool,
    pub order: OrderPage,
}

/// What was paid at once, and whether who looks at it has an account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShownGroup {
    pub member: bool,
    pub group: GroupPage,
}

/// `q` is part of a number, or of the name of something bought.
#[server(protocol = model::Call)]
pub async fn own_orders(
    filter: OrderFilter,
    q: String,
    after: Option<String>,
) -> Result<Page<OrderCard>, AppError> {
    web::member().await?;
    let (cx, buyer) = web::known_buyer().await?;
    flows::orders::list(&cx, &buyer, filter, &q, after.as_deref(), PAGE).await.map_err(web::refused)
}

#[server(protocol = model::Call)]
pub async fn own_order(id: String) -> Result<ShownOrder, AppError> {
    let (cx, buyer) = web::member_or_guest().await?;
    let id = id.parse().map_err(|_| web::not_found())?;
    let order = flows::orders::order(&cx, &buyer, id).await.map_err(web::database)?;
    Ok(ShownOrder { member: buyer.account().is_some(), order: order.ok_or_else(web::not_found)? })
}

#[server(protocol = model::Call)]
pub async fn own_group(id: String) -> Result<ShownGroup, AppError> {
    let (cx, buyer) = web::member_or_guest().await?;
    let id = id.parse().map_err(|_| web::not_found())?;
    let group = flows::orders::group(&cx, &buyer, id).await.map_err(web::database)?;
    Ok(ShownGroup { member: buyer.account().is_some(), group: group.ok_or_else(web::not_found)? })
}

#[server]
pub async fn cancel_order(order: OrderId, reason: CancelReason) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::orders::cancel(&cx, &buyer, order, reason).await.map_err(web::refused)
}

/// It has arrived, and its buyer is content.
#[server]
pub async fn receive_order(order: OrderId) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    flows::orders::receive(&cx, &buyer, order).await.map_err(web::refused)
}

/// What can still be had goes into the cart, which is the page that comes next.
#[server]
pub async fn buy_again(order: OrderId) -> Result<(), AppError> {
    let (cx, buyer) = web::known_buyer().await?;
    let lines = flows::orders::buy_again(&cx, &buyer, order).await.map_err(web::refused)?;
    std::num::NonZero::new(lines).ok_or_else(|| web::refused(model::Code::SoldOut))?;
    web::go("/cart");
    Ok(())
}
