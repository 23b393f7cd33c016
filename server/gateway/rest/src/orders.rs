//! What was ordered.

pub(crate) mod body;

use crate::{
    ApiError,
    body::{Limit, PageBody},
    buying::{filters, refused},
    carts::CartBody,
    extract::{Buying, IdempotencyKey, Json, Path, Query},
};
use body::{OrderBody, OrderCardBody, OrderGroupBody};
use flows::orders as flow;
use kernel::{Buyer, Cx};
use model::{
    Code, FieldError,
    ids::{OrderGroupId, OrderId},
    order::{CancelReason, OrderFilter},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What was placed at once
#[utoipa::path(get, path = "/api/v1/order-groups/{id}", tag = "buying",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 200, description = "The group with its orders", body = OrderGroupBody), ApiError))]
pub(crate) async fn group(
    Buying(cx, buyer): Buying,
    Path(id): Path<OrderGroupId>,
) -> Result<axum::Json<OrderGroupBody>, ApiError> {
    let group = flow::group(&cx, &buyer, id).await?;
    group.map(|group| axum::Json(group.into())).ok_or_else(|| Code::NotFound.into())
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OrdersQuery {
    /// Which orders.
    #[serde(default)]
    #[param(schema_with = filters, required = false)]
    state: Option<OrderFilter>,
    /// Part of a number, or of the name of something that was ordered.
    q: Option<String>,
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

/// My orders
///
/// The latest first.
#[utoipa::path(get, path = "/api/v1/orders", tag = "buying", params(OrdersQuery),
    responses((status = 200, description = "A part of them", body = PageBody<OrderCardBody>), ApiError))]
pub(crate) async fn list(
    Buying(cx, buyer): Buying,
    Query(query): Query<OrdersQuery>,
) -> Result<axum::Json<PageBody<OrderCardBody>>, ApiError> {
    let filter = query.state.unwrap_or(OrderFilter::All);
    let text = query.q.unwrap_or_default();
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let page =
        flow::list(&cx, &buyer, filter, &text, query.after.as_deref(), limit).await.map_err(refused)?;
    let items = page.items.into_iter().map(OrderCardBody::from).collect();
    Ok(axum::Json(PageBody { items, next: page.next, total: page.total }))
}

async fn here(cx: &Cx, buyer: &Buyer, id: OrderId) -> Result<axum::Json<OrderBody>, ApiError> {
    let order = flow::order(cx, buyer, id).await?;
    order.map(|order| axum::Json(order.into())).ok_or_else(|| Code::NotFound.into())
}

/// An order
#[utoipa::path(get, path = "/api/v1/orders/{id}", tag = "buying",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 200, description = "The order", body = OrderBody), ApiError))]
pub(crate) async fn one(
    Buying(cx, buyer): Buying,
    Path(id): Path<OrderId>,
) -> Result<axum::Json<OrderBody>, ApiError> {
    here(&cx, &buyer, id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelBody {
    /// `changed_mind`, `wrong_address`, `wrong_item`, `found_cheaper`, `too_slow` or `other`.
    #[schema(value_type = String, example = "changed_mind")]
    reason: CancelReason,
}

/// The reasons a buyer may give; the others are said by what happened.
const fn is_a_buyers(reason: CancelReason) -> bool {
    use CancelReason::{ChangedMind, FoundCheaper, Other, TooSlow, WrongAddress, WrongItem};
    matches!(reason, ChangedMind | WrongAddress | WrongItem | FoundCheaper | TooSlow | Other)
}

/// Cancel an order
///
/// Until the shop has accepted it: 409 afterwards. What is not paid yet is cancelled with all that was placed at once;
/// what is paid goes back.
#[utoipa::path(post, path = "/api/v1/orders/{id}/cancel", tag = "buying", request_body = CancelBody,
    params(("id" = String, Path, description = "Its id"), IdempotencyKey),
    responses((status = 200, description = "The order as it is now", body = OrderBody), ApiError))]
pub(crate) async fn cancel(
    Buying(cx, buyer): Buying,
    Path(id): Path<OrderId>,
    key: IdempotencyKey,
    Json(body): Json<CancelBody>,
) -> Result<axum::Json<OrderBody>, ApiError> {
    if !is_a_buyers(body.reason) {
        return Err(ApiError::field(Code::Invalid, "reason", FieldError::NotAllowed));
    }
    flow::cancel_once(&cx, &buyer, key.get(), id, body.reason).await.map_err(refused)?;
    here(&cx, &buyer, id).await
}

/// Say that it has arrived
///
/// Its money goes on to the shop. 409 before it is sent; saying so again changes nothing.
#[utoipa::path(post, path = "/api/v1/orders/{id}/receive", tag = "buying",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 200, description = "The order as it is now", body = OrderBody), ApiError))]
pub(crate) async fn receive(
    Buying(cx, buyer): Buying,
    Path(id): Path<OrderId>,
) -> Result<axum::Json<OrderBody>, ApiError> {
    flow::receive(&cx, &buyer, id).await.map_err(refused)?;
    here(&cx, &buyer, id).await
}

/// What came of buying again.
#[derive(Serialize, ToSchema)]
pub(crate) struct BoughtAgainBody {
    /// How many lines were put into the cart: those that can still be bought.
    added: u32,
    /// Absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    cart: Option<CartBody>,
}

/// Buy again
///
/// Puts what can still be bought of an order into the cart.
#[utoipa::path(post, path = "/api/v1/orders/{id}/buy-again", tag = "buying",
    params(("id" = String, Path, description = "Its id"), IdempotencyKey),
    responses((status = 200, description = "The cart, priced", body = BoughtAgainBody), ApiError))]
pub(crate) async fn buy_again(
    Buying(cx, buyer): Buying,
    Path(id): Path<OrderId>,
    key: IdempotencyKey,
) -> Result<axum::Json<BoughtAgainBody>, ApiError> {
    let added = flow::buy_again_once(&cx, &buyer, key.get(), id).await.map_err(refused)?;
    let cart = match flows::cart::id(&cx, &buyer).await? {
        Some(cart) => Some(CartBody::read(&cx, &buyer, cart).await?),
        None => None,
    };
    Ok(axum::Json(BoughtAgainBody { added, cart }))
}
