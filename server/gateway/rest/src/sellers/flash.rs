//! Flash sales a shop may take part in.

use crate::{
    ApiError,
    addresses::refused,
    body::{MoneyBody, text_of},
    extract::{Json, Path, Query, Signed},
    goods::instant,
};
use flows::seller::{AtShop, at_shop, flash as flow};
use http::StatusCode;
use kernel::Cx;
use model::{
    Code, Currency, FieldError, Permission,
    ids::{FlashSaleId, VariantId},
    views::sales::{
        Asked, NominationInput, NominationState, SaleCost, SaleGood, SalePage, SaleRow, SaleStanding,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::schema::Object};

fn standings() -> Object {
    text_of(SaleStanding::ALL.iter().map(|it| it.as_str())).build()
}

fn states() -> Object {
    text_of(NominationState::ALL.iter().map(|it| it.as_str())).build()
}

/// A flash sale, as a shop sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct FlashSaleBody {
    id: String,
    name: String,
    #[schema(format = DateTime)]
    starts_at: String,
    /// It ends just before.
    #[schema(format = DateTime)]
    ends_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    nominate_until: Option<String>,
    /// Basis points below the lowest price of the last 30 days.
    least_discount: u16,
    /// Variants of one shop; absent for as many as it likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    most_per_shop: Option<i32>,
    #[schema(schema_with = standings)]
    standing: SaleStanding,
    /// How much of the shop's waits, and was accepted.
    waiting: u32,
    accepted: u32,
}

impl From<SaleRow> for FlashSaleBody {
    fn from(it: SaleRow) -> Self {
        Self {
            id: it.id.to_string(),
            name: it.name,
            starts_at: instant(it.starts_at),
            ends_at: instant(it.ends_at),
            nominate_until: it.nominate_until.map(instant),
            least_discount: it.least_discount,
            most_per_shop: it.most_per_shop,
            standing: it.standing,
            waiting: it.waiting,
            accepted: it.accepted,
        }
    }
}

/// What a shop asks for.
#[derive(Serialize, ToSchema)]
pub(crate) struct NominationBody {
    price: MoneyBody,
    quota: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_buyer: Option<i32>,
    #[schema(schema_with = states)]
    state: NominationState,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[schema(format = DateTime)]
    nominated_at: String,
    /// Pieces sold in the sale.
    sold: i32,
}

impl From<Asked> for NominationBody {
    fn from(it: Asked) -> Self {
        Self {
            price: it.price.into(),
            quota: it.quota,
            per_buyer: it.per_buyer,
            state: it.state,
            reason: it.reason,
            nominated_at: instant(it.at),
            sold: it.sold,
        }
    }
}

/// A variant that could be in a flash sale, or is to be.
#[derive(Serialize, ToSchema)]
pub(crate) struct SaleGoodBody {
    variant_id: String,
    sku: String,
    name: String,
    /// What was chosen: `Hitam, XL`; empty for the only one.
    label: String,
    price: MoneyBody,
    /// Of the last 30 days.
    lowest_price: MoneyBody,
    /// The highest price that undercuts it by enough; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    highest_sale_price: Option<MoneyBody>,
    /// Absent where it is not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    stock: Option<i32>,
    /// The name of another sale at the same time that it was accepted into; then it cannot be nominated.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_another_sale: Option<String>,
    /// Absent where it was never nominated.
    #[serde(skip_serializing_if = "Option::is_none")]
    nomination: Option<NominationBody>,
}

impl From<SaleGood> for SaleGoodBody {
    fn from(it: SaleGood) -> Self {
        Self {
            variant_id: it.variant.to_string(),
            sku: it.sku,
            name: it.name,
            label: it.label,
            price: it.price.into(),
            lowest_price: it.lowest.into(),
            highest_sale_price: it.most.map(MoneyBody::from),
            stock: it.stock,
            in_another_sale: it.elsewhere,
            nomination: it.asked.map(NominationBody::from),
        }
    }
}

/// A flash sale with what the shop nominated.
#[derive(Serialize, ToSchema)]
pub(crate) struct WholeFlashSaleBody {
    #[serde(flatten)]
    sale: FlashSaleBody,
    goods: Vec<SaleGoodBody>,
}

impl From<SalePage> for WholeFlashSaleBody {
    fn from(page: SalePage) -> Self {
        Self { sale: page.sale.into(), goods: page.goods.items.into_iter().map(SaleGoodBody::from).collect() }
    }
}

/// What a nomination costs its shop, by the fees of today.
#[derive(Serialize, ToSchema)]
pub(crate) struct SaleCostBody {
    /// Off what one piece costs otherwise.
    off: MoneyBody,
    /// Of an order of one piece.
    fees: MoneyBody,
    /// What the shop gets for one piece in the sale, and outside of it.
    keeps: MoneyBody,
    keeps_now: MoneyBody,
    /// Less than otherwise, if all are sold.
    less: MoneyBody,
}

impl From<SaleCost> for SaleCostBody {
    fn from(it: SaleCost) -> Self {
        Self {
            off: it.off.into(),
            fees: it.fees.into(),
            keeps: it.keeps.into(),
            keeps_now: it.keeps_now.into(),
            less: it.less.into(),
        }
    }
}

/// What a shop would sell.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NominateBody {
    price: MoneyBody,
    #[schema(minimum = 1, maximum = 100_000)]
    quota: u32,
    /// No more than the quota; without it as many as there are.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 100_000)]
    per_buyer: Option<u32>,
}

impl NominateBody {
    /// Shops sell in rupiah.
    fn input(&self) -> Result<NominationInput, ApiError> {
        if self.price.currency != Currency::Idr {
            return Err(ApiError::field(Code::Invalid, "price", FieldError::NotAllowed));
        }
        Ok(NominationInput {
            price: self.price.amount.to_string(),
            quota: self.quota.to_string(),
            per_buyer: self.per_buyer.map(|n| n.to_string()).unwrap_or_default(),
        })
    }
}

async fn enter(cx: &Cx, shop: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, shop, Permission::Promotions).await?)
}

async fn good(
    cx: &Cx,
    at: &AtShop,
    of: (FlashSaleId, VariantId),
) -> Result<axum::Json<SaleGoodBody>, ApiError> {
    let (_, good) = flow::find_good(cx, at, of).await.map_err(refused)?;
    Ok(axum::Json(good.into()))
}

/// Flash sales a shop may take part in
///
/// Those that are to come or are on, the next first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/flash-sales", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address")),
    responses((status = 200, description = "The sales", body = Vec<FlashSaleBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
) -> Result<axum::Json<Vec<FlashSaleBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let sales = flow::coming(&cx, &at).await.map_err(refused)?;
    Ok(axum::Json(sales.into_iter().map(FlashSaleBody::from).collect()))
}

/// A flash sale, with what the shop nominated
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/flash-sales/{sale}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("sale" = String, Path, description = "Its id")),
    responses((status = 200, description = "The sale", body = WholeFlashSaleBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((shop, sale)): Path<(String, FlashSaleId)>,
) -> Result<axum::Json<WholeFlashSaleBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    Ok(axum::Json(flow::find(&cx, &at, sale).await.map_err(refused)?.into()))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct GoodsQuery {
    /// A part of a name or SKU.
    #[serde(default)]
    #[param(required = false)]
    q: String,
}

/// What a shop could nominate
///
/// At most 20, by name.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/flash-sales/{sale}/goods", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("sale" = String, Path, description = "Its id"), GoodsQuery),
    responses((status = 200, description = "Variants", body = Vec<SaleGoodBody>), ApiError))]
pub(crate) async fn goods(
    Signed(cx, _): Signed,
    Path((shop, sale)): Path<(String, FlashSaleId)>,
    Query(query): Query<GoodsQuery>,
) -> Result<axum::Json<Vec<SaleGoodBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let found = flow::find_goods(&cx, &at, sale, &query.q).await.map_err(refused)?;
    Ok(axum::Json(found.into_iter().map(SaleGoodBody::from).collect()))
}

/// What a nomination would cost
///
/// What the shop gets for a piece in the sale and outside of it, by the fees of today. Nothing is nominated.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/flash-sales/{sale}/goods/{variant}/preview", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("sale" = String, Path, description = "Its id"),
        ("variant" = String, Path, description = "The variant's id")), request_body = NominateBody,
    responses((status = 200, description = "The cost", body = SaleCostBody), ApiError))]
pub(crate) async fn preview(
    Signed(cx, _): Signed,
    Path((shop, sale, variant)): Path<(String, FlashSaleId, VariantId)>,
    Json(body): Json<NominateBody>,
) -> Result<axum::Json<SaleCostBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let cost = flow::cost_of(&cx, &at, (sale, variant), &body.input()?).await.map_err(refused)?;
    Ok(axum::Json(cost.into()))
}

/// Nominate something for a flash sale
///
/// In the place of what was said of it before. 409 where it was accepted, or nominations are over; 422 with `taken` for
/// `variant` where it was accepted into another sale at the same time.
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/flash-sales/{sale}/goods/{variant}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("sale" = String, Path, description = "Its id"),
        ("variant" = String, Path, description = "The variant's id")), request_body = NominateBody,
    responses((status = 200, description = "It waits for an operator", body = SaleGoodBody), ApiError))]
pub(crate) async fn nominate(
    Signed(cx, _): Signed,
    Path((shop, sale, variant)): Path<(String, FlashSaleId, VariantId)>,
    Json(body): Json<NominateBody>,
) -> Result<axum::Json<SaleGoodBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::nominate(&cx, &at, (sale, variant), &body.input()?).await.map_err(refused)?;
    good(&cx, &at, (sale, variant)).await
}

/// Take a nomination back
///
/// Also an accepted one, while shops may nominate. Again, it changes nothing.
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/flash-sales/{sale}/goods/{variant}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("sale" = String, Path, description = "Its id"),
        ("variant" = String, Path, description = "The variant's id")),
    responses((status = 204, description = "It is not in the sale"), ApiError))]
pub(crate) async fn withdraw(
    Signed(cx, _): Signed,
    Path((shop, sale, variant)): Path<(String, FlashSaleId, VariantId)>,
) -> Result<StatusCode, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::withdraw(&cx, &at, (sale, variant)).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
