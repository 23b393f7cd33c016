//! Everything about an order that is decided before it is placed, and placing it.

mod body;

use crate::{
    ApiError,
    body::{MoneyBody, PageBody},
    buying::{methods, refused, services},
    carts::{Changed, Own},
    extract::{Json, Query, RequiredKey},
    payments::PaymentBody,
};
use axum::response::IntoResponse;
use body::{CheckoutBody, CheckoutShopBody, ChooseAddressBody, ContactBody, ShopShippingBody};
use flows::{
    checkout::{self as flow, CheckoutError},
    pay, place_order,
};
use http::StatusCode;
use model::{
    Code, FieldError,
    ids::ShopId,
    payment::Method,
    shipping::{NoWay, PickupPointId, Service, ShownWay},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

type Checkout = Result<Changed<CheckoutBody>, ApiError>;

async fn read(own: &Own, shown: Option<&flow::Shown>) -> Result<CheckoutBody, ApiError> {
    Ok(flow::view(&own.cx, &own.buyer, shown).await?.into())
}

async fn here(own: &Own) -> Checkout {
    own.shown(read(own, None)).await
}

/// Say how the buyer is reached
///
/// Of members what their account says is taken where something is absent.
#[utoipa::path(put, path = "/api/v1/carts/{id}/contact", tag = "buying", request_body = ContactBody,
    params(("id" = String, Path, description = "The cart's id, or `current`")),
    responses((status = 200, description = "The checkout, priced", body = CheckoutBody), ApiError))]
pub(crate) async fn set_contact(own: Own, Json(body): Json<ContactBody>) -> Checkout {
    let (email, phone) = (body.email.unwrap_or_default(), body.phone.unwrap_or_default());
    flow::set_contact(&own.cx, &own.buyer, &email, &phone).await.map_err(refused)?;
    here(&own).await
}

/// Say where it goes
///
/// Members choose one of their addresses by `address_id`; guests write the address.
#[utoipa::path(put, path = "/api/v1/carts/{id}/address", tag = "buying", request_body = ChooseAddressBody,
    params(("id" = String, Path, description = "The cart's id, or `current`")),
    responses((status = 200, description = "The checkout, priced", body = CheckoutBody), ApiError))]
pub(crate) async fn set_address(own: Own, Json(body): Json<ChooseAddressBody>) -> Checkout {
    let wrong = |error| ApiError::field(Code::Invalid, "address_id", error);
    match (own.buyer.account(), body.address_id) {
        (Some(_), Some(address)) => {
            flow::use_address(&own.cx, &own.buyer, address).await.map_err(refused)?;
        }
        (None, None) => flow::set_address(&own.cx, &own.buyer, &body.input()).await.map_err(refused)?,
        (Some(_), None) => return Err(wrong(FieldError::Required)),
        (None, Some(_)) => return Err(wrong(FieldError::NotAllowed)),
    }
    here(&own).await
}

/// Ways to send it
///
/// For each shop that something ticked is from.
#[utoipa::path(get, path = "/api/v1/carts/{id}/shipping-options", tag = "buying",
    params(("id" = String, Path, description = "The cart's id, or `current`")),
    responses((status = 200, description = "By shop", body = PageBody<ShopShippingBody>), ApiError))]
pub(crate) async fn options(own: Own) -> Result<axum::Json<PageBody<ShopShippingBody>>, ApiError> {
    let view = flow::view(&own.cx, &own.buyer, None).await?;
    let items: Vec<_> = view.shops.into_iter().map(|shop| CheckoutShopBody::from(shop).shipping).collect();
    let total = u64::try_from(items.len()).ok();
    Ok(axum::Json(PageBody { items, next: None, total }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChooseShippingBody {
    #[schema(value_type = String)]
    shop_id: ShopId,
    #[schema(example = "kirim_cepat")]
    courier: String,
    #[schema(schema_with = services)]
    service: Service,
    /// The counter of one of the options that have one; without, it comes to the door.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pickup_point_id: Option<PickupPointId>,
    #[serde(default)]
    insured: bool,
    /// For the shop.
    #[serde(default)]
    #[schema(max_length = 200)]
    note: Option<String>,
}

/// With the names of this request's own fields.
fn not_offered(error: CheckoutError) -> ApiError {
    let field = match error {
        CheckoutError::NoSuchShop => "shop_id",
        CheckoutError::NoSuchCourier => "courier",
        other => return refused(other),
    };
    ApiError::field(Code::Invalid, field, FieldError::NotAllowed)
}

/// Choose how a shop sends it
///
/// One of the shop's options: 422 for any other.
#[utoipa::path(put, path = "/api/v1/carts/{id}/shipping", tag = "buying", request_body = ChooseShippingBody,
    params(("id" = String, Path, description = "The cart's id, or `current`")),
    responses((status = 200, description = "The checkout, priced", body = CheckoutBody), ApiError))]
pub(crate) async fn set_shipping(own: Own, Json(body): Json<ChooseShippingBody>) -> Checkout {
    let ChooseShippingBody { shop_id, courier, service, pickup_point_id: point, insured, note } = body;
    let note = note.unwrap_or_default();
    flow::set_shipping(&own.cx, &own.buyer, shop_id, (&courier, service, point), insured, &note)
        .await
        .map_err(not_offered)?;
    here(&own).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChooseMethodBody {
    #[schema(schema_with = methods)]
    pub payment_method: Method,
}

/// Choose how to pay
///
/// What it costs and the vouchers that are bound to it are in the total from now on.
#[utoipa::path(put, path = "/api/v1/carts/{id}/payment-method", tag = "buying", request_body = ChooseMethodBody,
    params(("id" = String, Path, description = "The cart's id, or `current`")),
    responses((status = 200, description = "The checkout, priced", body = CheckoutBody), ApiError))]
pub(crate) async fn set_method(own: Own, Json(body): Json<ChooseMethodBody>) -> Checkout {
    flow::set_method(&own.cx, &own.buyer, body.payment_method).await.map_err(refused)?;
    here(&own).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UseCoinsBody {
    /// As many as can be, or none.
    r#use: bool,
}

/// Spend coins
///
/// What they take off is in the total from now on; placing spends them. For members: 404 for a guest's cart.
#[utoipa::path(put, path = "/api/v1/carts/{id}/coins", tag = "buying", request_body = UseCoinsBody,
    params(("id" = String, Path, description = "The cart's id, or `current`")),
    responses((status = 200, description = "The checkout, priced", body = CheckoutBody), ApiError))]
pub(crate) async fn set_coins(own: Own, Json(body): Json<UseCoinsBody>) -> Checkout {
    flow::use_coins(&own.cx, &own.buyer, body.r#use).await.map_err(refused)?;
    here(&own).await
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CheckoutQuery {
    /// The amount of the total that was shown before, to be told what has changed since.
    was: Option<i64>,
    /// What `shown` of each of its shops said, with commas between them. Only together with `was`.
    shown: Option<String>,
}

/// The checkout
///
/// What is ticked, priced with shipping, insurance and fees: `summary.total` is what placing expects.
#[utoipa::path(get, path = "/api/v1/carts/{id}/checkout", tag = "buying",
    params(("id" = String, Path, description = "The cart's id, or `current`"), CheckoutQuery),
    responses((status = 200, description = "The checkout, priced", body = CheckoutBody), ApiError))]
pub(crate) async fn one(
    own: Own,
    Query(query): Query<CheckoutQuery>,
) -> Result<axum::Json<CheckoutBody>, ApiError> {
    let CheckoutQuery { was, shown } = query;
    let shown = was.map(|total| flow::Shown::new(total, shown.as_deref().unwrap_or_default()));
    Ok(axum::Json(read(&own, shown.as_ref()).await?))
}

/// Shops of one checkout whose shipping can be expected.
const MOST_SHOWN: usize = 100;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceBody {
    #[schema(schema_with = methods)]
    payment_method: Method,
    /// `summary.total` of the checkout, with this way to pay.
    expected_total: MoneyBody,
    /// `shown` of each of its shops: then nothing is placed that another courier would bring, or on other days than these.
    /// Without, it is only the total that matters.
    #[serde(default)]
    #[schema(max_items = 100)]
    expected_shipping: Vec<String>,
}

impl PlaceBody {
    fn expected(&self) -> Result<flow::Expected, ApiError> {
        if self.expected_shipping.len() > MOST_SHOWN {
            return Err(ApiError::field(Code::Invalid, "expected_shipping", FieldError::OutOfRange));
        }
        let wrong = |_: NoWay| ApiError::field(Code::Invalid, "expected_shipping", FieldError::Malformed);
        let ways = self.expected_shipping.iter().map(|way| way.parse::<ShownWay>().map_err(wrong));
        Ok(flow::Expected { total: self.expected_total.into(), ways: ways.collect::<Result<_, _>>()? })
    }
}

/// What was placed.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlacedBody {
    order_group_id: String,
    /// Absent for cash on delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<PaymentBody>,
}

/// Place the order
///
/// All of what is ticked, or nothing. 409 `changed` where price, stock, courier or voucher are not what was shown: look
/// at the checkout with `was` and `shown`, and decide. Where the total is the same, and it is only that another courier
/// would bring it (`not_allowed`) or it comes earlier or later than was said (`out_of_range`), `expected_shipping` is named. Asking again with the same `Idempotency-Key` and body answers with what was
/// placed the first time; 409 `conflict` while that is under way, 422 `key_reused` for another body.
#[utoipa::path(post, path = "/api/v1/carts/{id}/checkout", tag = "buying", request_body = PlaceBody,
    params(("id" = String, Path, description = "The cart's id, or `current`"), RequiredKey),
    responses((status = 201, description = "The order group, and how to pay it", body = PlacedBody), ApiError))]
pub(crate) async fn place(
    own: Own,
    RequiredKey(key): RequiredKey,
    Json(body): Json<PlaceBody>,
) -> Result<impl IntoResponse, ApiError> {
    let (cx, buyer) = (&own.cx, &own.buyer);
    let placed = place_order::place_once(cx, buyer, &key, body.expected()?, body.payment_method)
        .await
        .map_err(refused)?;
    let payment = match placed.payment {
        Some(payment) => pay::view(cx, buyer, payment).await?.map(PaymentBody::from),
        None => None,
    };
    let body = PlacedBody { order_group_id: placed.group.to_string(), payment };
    Ok((StatusCode::CREATED, axum::Json(body)))
}
