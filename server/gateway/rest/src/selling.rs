//! What the people of a shop do with what was bought there.

pub(crate) mod body;

use crate::{
    ApiError,
    body::{Limit, PageBody},
    buying::refused,
    extract::{Json, Path, Query, Signed},
};
use body::{AcceptedBody, SoldBody, SoldCardBody, seller_filters};
use flows::{
    fulfil,
    seller::{AtShop, at_shop},
};
use kernel::Cx;
use model::{
    Code, Permission,
    ids::OrderId,
    order::{CancelReason, SellerFilter},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SoldQuery {
    /// By what is to be done with them.
    #[serde(default)]
    #[param(schema_with = seller_filters, required = false)]
    stage: Option<SellerFilter>,
    /// Part of a number, or of the recipient's name.
    q: Option<String>,
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

async fn enter(cx: &Cx, shop: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, shop, Permission::Orders).await?)
}

/// A shop's orders
///
/// The latest first. What is not paid yet is not among them.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/orders", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), SoldQuery),
    responses((status = 200, description = "A part of them", body = PageBody<SoldCardBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<SoldQuery>,
) -> Result<axum::Json<PageBody<SoldCardBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let stage = query.stage.unwrap_or(SellerFilter::All);
    let text = query.q.unwrap_or_default();
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let found = fulfil::list(&cx, &at, stage, &text, query.after.as_deref(), limit).await.map_err(refused)?;
    let page = found.page;
    let items = page.items.into_iter().map(SoldCardBody::from).collect();
    Ok(axum::Json(PageBody { items, next: page.next, total: page.total }))
}

async fn here(cx: &Cx, at: &AtShop, id: OrderId) -> Result<axum::Json<SoldBody>, ApiError> {
    let order = fulfil::order(cx, at, id).await?;
    order.map(|order| axum::Json(order.into())).ok_or_else(|| Code::NotFound.into())
}

/// One of a shop's orders
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/orders/{order}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id")),
    responses((status = 200, description = "The order", body = SoldBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, OrderId)>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    here(&cx, &at, id).await
}

/// Accept an order
///
/// 409 once it is past that. Accepting again changes nothing.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/{order}/accept", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id")),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn accept(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, OrderId)>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    fulfil::accept(&cx, &at, id).await.map_err(refused)?;
    here(&cx, &at, id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeveralBody {
    /// At most 100.
    #[schema(value_type = Vec<String>, max_items = 100)]
    order_ids: Vec<OrderId>,
}

/// Accept several orders
///
/// Each by itself: one that cannot be accepted keeps none of the others back.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/accept", tag = "selling", request_body = SeveralBody,
    params(("shop" = String, Path, description = "The shop's address")),
    responses((status = 200, description = "How many", body = AcceptedBody), ApiError))]
pub(crate) async fn accept_several(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Json(body): Json<SeveralBody>,
) -> Result<axum::Json<AcceptedBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    if body.order_ids.len() > fulfil::MOST_AT_ONCE {
        return Err(ApiError::field(Code::Invalid, "order_ids", model::FieldError::TooLong));
    }
    let done = fulfil::accept_many(&cx, &at, &body.order_ids).await.map_err(refused)?;
    Ok(axum::Json(AcceptedBody { accepted: done.accepted, not_accepted: done.not }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RejectBody {
    /// `out_of_stock`, `wrong_price`, `cannot_ship`, `shop_closed` or `other`.
    #[schema(value_type = String, example = "out_of_stock")]
    reason: CancelReason,
}

/// Reject an order
///
/// Until it is handed over; what was paid goes back at once. Rejecting again changes nothing.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/{order}/reject", tag = "selling", request_body = RejectBody,
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id")),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn reject(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, OrderId)>,
    Json(body): Json<RejectBody>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    fulfil::reject(&cx, &at, id, body.reason).await.map_err(refused)?;
    here(&cx, &at, id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackBody {
    /// Of the parcel, in grams; what was charged for where it is absent.
    #[serde(default)]
    #[schema(required = false, nullable = false, minimum = 1, maximum = 1_000_000)]
    weight_g: Option<i32>,
}

/// Pack an order
///
/// Its courier is booked; the waybill is in the order once that is done. Packing again changes nothing.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/{order}/pack", tag = "selling", request_body = PackBody,
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id")),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn pack(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, OrderId)>,
    Json(body): Json<PackBody>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    fulfil::pack(&cx, &at, id, body.weight_g).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// Hand an order over
///
/// The courier has it, and its goods are no longer on hand. Saying so again changes nothing.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/{order}/hand-over", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id")),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn hand_over(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, OrderId)>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    fulfil::hand_over(&cx, &at, id).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// Book the courier again
///
/// Where the one that was booked does not come after all.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/{order}/book-courier", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id")),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn book_courier(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, OrderId)>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    fulfil::book_again(&cx, &at, id).await.map_err(refused)?;
    here(&cx, &at, id).await
}
