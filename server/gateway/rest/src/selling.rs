//! What the people of a shop do with what was bought there.

pub(crate) mod body;

use crate::{
    ApiError,
    body::{Limit, PageBody},
    buying::refused,
    extract::{IdempotencyKey, Json, Path, Query, RequiredKey, Signed},
};
use body::{AcceptedBody, SoldBody, SoldCardBody, seller_filters};
use flows::{
    fulfil::{self, Packing},
    seller::{AtShop, at_shop},
};
use kernel::Cx;
use model::{
    Code, FieldError, Permission,
    ids::{OrderId, OrderLineId, ShipmentId},
    order::{CancelReason, LinePieces, SellerFilter},
    shipping::Collection,
};
use serde::Deserialize;
use time::OffsetDateTime;
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
        return Err(ApiError::field(Code::Invalid, "order_ids", FieldError::TooLong));
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
/// Until any of it is handed over; what was paid goes back at once. Rejecting again changes nothing.
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

/// Some pieces of a line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SomePiecesBody {
    #[schema(value_type = String)]
    line_id: OrderLineId,
    #[schema(minimum = 1)]
    quantity: i32,
}

fn pieces(bodies: Vec<SomePiecesBody>) -> Vec<LinePieces> {
    bodies.into_iter().map(|it| LinePieces { line: it.line_id, quantity: it.quantity }).collect()
}

/// One of the order's `collections`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CollectBody {
    /// `pick_up` or `drop_off`.
    #[schema(example = "pick_up")]
    method: String,
    #[serde(default, with = "time::serde::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime, required = false, nullable = false)]
    from: Option<OffsetDateTime>,
    #[serde(default, with = "time::serde::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime, required = false, nullable = false)]
    until: Option<OffsetDateTime>,
}

impl CollectBody {
    fn chosen(&self) -> Result<Collection, ApiError> {
        match (self.method.as_str(), self.from.zip(self.until)) {
            ("drop_off", None) => Ok(Collection::DropOff),
            ("pick_up", None) => Ok(Collection::PickUp),
            ("pick_up", Some((from, until))) => {
                Ok(Collection::Slot { from: from.unix_timestamp(), until: until.unix_timestamp() })
            }
            _ => Err(ApiError::field(Code::Invalid, "collection", FieldError::NotAllowed)),
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackBody {
    /// Of the parcel, in grams; where it is absent, what was charged for, or what its contents are said to weigh.
    #[serde(default)]
    #[schema(required = false, nullable = false, minimum = 1, maximum = 1_000_000)]
    weight_g: Option<i32>,
    /// What is in it; all that waits where it is absent.
    #[serde(default)]
    #[schema(required = false, nullable = false)]
    contents: Option<Vec<SomePiecesBody>>,
    /// The courier comes as soon as it can where it is absent.
    #[serde(default)]
    #[schema(required = false, nullable = false)]
    collection: Option<CollectBody>,
}

/// Pack a parcel
///
/// Of all that waits, or of some of it; its courier is booked, and the waybill is in the order once that is done. Under the same
/// `Idempotency-Key` it is packed once; packing an order of which nothing waits changes nothing.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/{order}/pack", tag = "selling", request_body = PackBody,
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id"),
        IdempotencyKey),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn pack(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, OrderId)>,
    key: IdempotencyKey,
    Json(body): Json<PackBody>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let collection = body.collection.as_ref().map(CollectBody::chosen).transpose()?;
    let how = Packing { pieces: body.contents.map(pieces), weight_g: body.weight_g, collection };
    fulfil::pack_as(&cx, &at, key.get(), id, &how).await.map_err(refused)?;
    here(&cx, &at, id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeaveOutBody {
    /// Of what waits to be packed.
    contents: Vec<SomePiecesBody>,
    /// `out_of_stock`, `wrong_price`, `cannot_ship`, `shop_closed` or `other`.
    #[schema(value_type = String, example = "out_of_stock")]
    reason: CancelReason,
}

/// Leave pieces out
///
/// They are not sent after all, and what was paid for them goes back; the rest of the order goes on. Where nothing is left of
/// it, it is cancelled.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/{order}/leave-out", tag = "selling",
    request_body = LeaveOutBody,
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id"),
        RequiredKey),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn leave_out(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, OrderId)>,
    RequiredKey(key): RequiredKey,
    Json(body): Json<LeaveOutBody>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let done = fulfil::leave_out(&cx, &at, Some(&key), id, &pieces(body.contents), body.reason).await;
    done.map_err(refused)?;
    here(&cx, &at, id).await
}

/// Hand a parcel over
///
/// The courier has it, and what is in it is no longer on hand. Saying so again changes nothing.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/{order}/parcels/{parcel}/hand-over", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id"),
        ("parcel" = String, Path, description = "The parcel's id")),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn hand_over_parcel(
    Signed(cx, _): Signed,
    Path((shop, id, parcel)): Path<(String, OrderId, ShipmentId)>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    fulfil::hand_over_parcel(&cx, &at, id, parcel).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// Unpack a parcel
///
/// While its courier does not have it: what is in it waits to be packed again, and a courier that was booked is told not to come.
/// Saying so again changes nothing. 409 once it has left.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/orders/{order}/parcels/{parcel}/unpack", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id"),
        ("parcel" = String, Path, description = "The parcel's id")),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn unpack(
    Signed(cx, _): Signed,
    Path((shop, id, parcel)): Path<(String, OrderId, ShipmentId)>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    fulfil::unpack(&cx, &at, id, parcel).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// Have a parcel collected otherwise
///
/// At another time, or not at all, until it is handed over. Its courier is booked anew: the parcel has another id and waybill.
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/orders/{order}/parcels/{parcel}/collection", tag = "selling",
    request_body = CollectBody,
    params(("shop" = String, Path, description = "The shop's address"), ("order" = String, Path, description = "Its id"),
        ("parcel" = String, Path, description = "The parcel's id")),
    responses((status = 200, description = "The order as it is now", body = SoldBody), ApiError))]
pub(crate) async fn collect(
    Signed(cx, _): Signed,
    Path((shop, id, parcel)): Path<(String, OrderId, ShipmentId)>,
    Json(body): Json<CollectBody>,
) -> Result<axum::Json<SoldBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let done = fulfil::collect_otherwise(&cx, &at, id, parcel, body.chosen()?).await;
    done.map_err(refused)?;
    here(&cx, &at, id).await
}

/// Hand an order over
///
/// The courier has all of it that is packed, and that is no longer on hand. Saying so again changes nothing.
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
