//! A shop's prices that hold for a time.

use crate::{
    ApiError,
    addresses::refused,
    body::{Limit, MoneyBody, PageBody, text_of},
    extract::{Json, Path, Query, Signed},
    goods::instant,
};
use flows::seller::{AtShop, at_shop, prices as flow};
use http::StatusCode;
use kernel::Cx;
use model::{
    Code, Currency, FieldError, Permission,
    ids::VariantId,
    shop::{PriceStanding, TimedPrice, TimedPriceInput},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::schema::Object};

fn standings() -> Object {
    text_of(PriceStanding::ALL.iter().map(|it| it.as_str())).build()
}

/// A price for a time.
#[derive(Serialize, ToSchema)]
pub(crate) struct TimedPriceBody {
    variant_id: String,
    /// Names it among those of its variant.
    key: i64,
    sku: String,
    name: String,
    /// What was chosen: `Hitam, XL`; empty for the only one.
    label: String,
    price: MoneyBody,
    /// What it costs otherwise.
    usual_price: MoneyBody,
    #[schema(format = DateTime)]
    from: String,
    /// It ends just before.
    #[schema(format = DateTime)]
    until: String,
    #[schema(schema_with = standings)]
    standing: PriceStanding,
}

impl From<TimedPrice> for TimedPriceBody {
    fn from(it: TimedPrice) -> Self {
        Self {
            variant_id: it.variant.to_string(),
            key: it.key,
            sku: it.sku,
            name: it.name,
            label: it.label,
            price: it.price.into(),
            usual_price: it.otherwise.into(),
            from: instant(it.from),
            until: instant(it.until),
            standing: it.standing,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PricesQuery {
    /// `running` where it is left out.
    #[serde(default)]
    #[param(schema_with = standings, required = false)]
    standing: Option<PriceStanding>,
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

async fn enter(cx: &Cx, shop: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, shop, Permission::Promotions).await?)
}

/// A shop's prices for a time
///
/// Those of one standing, those that begin last first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/timed-prices", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), PricesQuery),
    responses((status = 200, description = "A part of them", body = PageBody<TimedPriceBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<PricesQuery>,
) -> Result<axum::Json<PageBody<TimedPriceBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let standing = query.standing.unwrap_or(PriceStanding::Running);
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let found = flow::list(&cx, &at, standing, query.after.as_deref(), limit).await.map_err(refused)?;
    Ok(axum::Json(found.map(TimedPriceBody::from).into()))
}

/// A price for a time, as it is set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetPriceBody {
    /// Lower than what it costs otherwise.
    price: MoneyBody,
    /// In Jakarta, to the minute; from now on where it is left out.
    #[serde(default)]
    #[schema(example = "2026-12-12T20:00")]
    from: Option<String>,
    #[schema(example = "2026-12-12T23:00")]
    until: String,
}

/// Set a price for a time
///
/// Again with the same beginning, it changes nothing. A variant has one such price at a time.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/timed-prices/{variant}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("variant" = String, Path, description = "The variant's id")),
    request_body = SetPriceBody,
    responses((status = 204, description = "It is set"), ApiError))]
pub(crate) async fn set(
    Signed(cx, _): Signed,
    Path((shop, variant)): Path<(String, VariantId)>,
    Json(body): Json<SetPriceBody>,
) -> Result<StatusCode, ApiError> {
    let at = enter(&cx, &shop).await?;
    if body.price.currency != Currency::Idr {
        return Err(ApiError::field(Code::Invalid, "price", FieldError::NotAllowed));
    }
    let input = TimedPriceInput {
        price: body.price.amount.to_string(),
        from: body.from.unwrap_or_default(),
        until: body.until,
    };
    flow::schedule(&cx, &at, variant, &input).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a price for a time back
///
/// One that holds ends now. 409 where it is over.
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/timed-prices/{variant}/{key}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("variant" = String, Path, description = "The variant's id"),
        ("key" = i64, Path, description = "Its key")),
    responses((status = 204, description = "It holds no more"), ApiError))]
pub(crate) async fn cancel(
    Signed(cx, _): Signed,
    Path((shop, variant, key)): Path<(String, VariantId, i64)>,
) -> Result<StatusCode, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::cancel(&cx, &at, variant, key).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
