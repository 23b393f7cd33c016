//! A shop's stock, for those who keep it.

use crate::{
    ApiError,
    addresses::refused,
    body::{Limit, PageBody, text_of},
    extract::{Json, Path, Query, RequiredKey, Signed},
    goods::instant,
};
use flows::seller::{AtShop, at_shop, stock as flow};
use kernel::Cx;
use model::{
    Code, Permission,
    ids::VariantId,
    shop::{
        AdjustReason, MovementKind, MovementRow, StockChangeInput, StockFilter, StockMoveInput, StockPlace,
        StockPolicyInput, StockReason, VariantStock,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::schema::Object};
use views::stock as view;

fn movement_kinds() -> Object {
    text_of(MovementKind::ALL.iter().map(|it| it.as_str())).build()
}

fn adjust_reasons() -> Object {
    text_of(AdjustReason::ALL.iter().map(|it| it.as_str())).build()
}

fn stock_reasons() -> Object {
    text_of(StockReason::ALL.iter().map(|it| it.as_str())).build()
}

/// What there is of one variant.
#[derive(Serialize, ToSchema)]
pub(crate) struct VariantStockBody {
    variant_id: String,
    sku: String,
    name: String,
    /// What was chosen: `Hitam, XL`; empty for the only one.
    label: String,
    /// The main warehouse first.
    warehouses: Vec<StockPlaceBody>,
    /// Neither promised nor kept back, in all open warehouses together.
    available: i64,
    /// Not sold, of all there is.
    kept_back: i32,
    /// So few available ones are worth a warning.
    low_at: i32,
    /// So many may be sold beyond what there is.
    backorder: i32,
    /// Else it can be bought without end.
    is_counted: bool,
    is_low: bool,
    /// So few, those on their way among them, are to be ordered again; absent for never.
    #[serde(skip_serializing_if = "Option::is_none")]
    reorder_at: Option<i32>,
    /// So many are ordered at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    reorder_quantity: Option<i32>,
}

/// What lies of a variant in one warehouse.
#[derive(Serialize, ToSchema)]
pub(crate) struct StockPlaceBody {
    warehouse_id: String,
    name: String,
    /// Whether it is sold from.
    is_active: bool,
    on_hand: i32,
    /// Of these, promised to buyers.
    reserved: i32,
    /// On the way here, and from here, to other warehouses. Neither can be sold.
    coming: i32,
    leaving: i32,
}

impl From<StockPlace> for StockPlaceBody {
    fn from(place: StockPlace) -> Self {
        Self {
            warehouse_id: place.warehouse.to_string(),
            name: place.name,
            is_active: place.is_active,
            on_hand: place.on_hand,
            reserved: place.reserved,
            coming: place.coming,
            leaving: place.leaving,
        }
    }
}

impl From<VariantStock> for VariantStockBody {
    fn from(stock: VariantStock) -> Self {
        let is_low = stock.is_low();
        Self {
            variant_id: stock.id.to_string(),
            sku: stock.sku,
            name: stock.name,
            label: stock.label,
            warehouses: stock.places.into_iter().map(StockPlaceBody::from).collect(),
            available: stock.available,
            kept_back: stock.kept_back,
            low_at: stock.low_at,
            backorder: stock.backorder,
            is_counted: stock.is_counted,
            is_low,
            reorder_at: stock.reorder_at,
            reorder_quantity: stock.reorder_quantity,
        }
    }
}

/// One change of a variant's stock.
#[derive(Serialize, ToSchema)]
pub(crate) struct MovementBody {
    id: i64,
    #[schema(format = DateTime)]
    at: String,
    /// What the warehouse is called.
    warehouse: String,
    #[schema(schema_with = movement_kinds)]
    kind: MovementKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = adjust_reasons, required = false)]
    reason: Option<AdjustReason>,
    /// Pieces more, or fewer.
    on_hand: i32,
    reserved: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_number: Option<String>,
    /// The transfer between warehouses it was a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    transfer_id: Option<String>,
    /// Who did it; absent where it followed from an order or an import.
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<String>,
}

impl From<MovementRow> for MovementBody {
    fn from(row: MovementRow) -> Self {
        let (order_id, order_number) = row.order.map(|(id, number)| (id.to_string(), number)).unzip();
        Self {
            id: row.id,
            at: instant(row.at),
            warehouse: row.warehouse,
            kind: row.kind,
            reason: row.reason,
            on_hand: row.on_hand,
            reserved: row.reserved,
            order_id,
            order_number,
            transfer_id: row.transfer.map(|id| id.to_string()),
            who: row.who,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StockQuery {
    /// Part of a name or SKU.
    q: Option<String>,
    /// Only what is about to run out, the scarcest first.
    #[serde(default)]
    #[param(required = false)]
    low: bool,
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

pub(super) async fn enter(cx: &Cx, shop: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, shop, Permission::Stock).await?)
}

async fn here(cx: &Cx, at: &AtShop, variant: VariantId) -> Result<axum::Json<VariantStockBody>, ApiError> {
    let found = view::find(&mut *cx.db().acquire().await?, at.shop(), variant).await?;
    found.map(|stock| axum::Json(stock.into())).ok_or_else(|| Code::NotFound.into())
}

/// A shop's stock
///
/// By variant.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/stock", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), StockQuery),
    responses((status = 200, description = "A part of it", body = PageBody<VariantStockBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<StockQuery>,
) -> Result<axum::Json<PageBody<VariantStockBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let filter = StockFilter { q: query.q.unwrap_or_default(), low: query.low, after: query.after };
    let page =
        view::list(&mut *cx.db().acquire().await?, at.shop(), &filter, limit).await.map_err(refused)?;
    Ok(axum::Json(page.map(VariantStockBody::from).into()))
}

/// The stock of one variant
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/stock/{variant}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("variant" = String, Path, description = "Its id")),
    responses((status = 200, description = "The stock", body = VariantStockBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((shop, variant)): Path<(String, VariantId)>,
) -> Result<axum::Json<VariantStockBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    here(&cx, &at, variant).await
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MovementsQuery {
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

impl MovementsQuery {
    /// Where to go on, and how many.
    pub(super) fn part(&self) -> (Option<&str>, u16) {
        (self.after.as_deref(), u16::try_from(self.limit.get()).unwrap_or(24))
    }
}

/// What moved of a variant
///
/// The latest first. They add up to what is on hand and promised.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/stock/{variant}/movements", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("variant" = String, Path, description = "Its id"),
      MovementsQuery),
    responses((status = 200, description = "A part of them", body = PageBody<MovementBody>), ApiError))]
pub(crate) async fn movements(
    Signed(cx, _): Signed,
    Path((shop, variant)): Path<(String, VariantId)>,
    Query(query): Query<MovementsQuery>,
) -> Result<axum::Json<PageBody<MovementBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let mut db = cx.db().acquire().await?;
    if view::find(&mut db, at.shop(), variant).await?.is_none() {
        return Err(Code::NotFound.into());
    }
    let (after, limit) = query.part();
    let page = view::movements(&mut db, at.shop(), variant, after, limit).await;
    Ok(axum::Json(page.map_err(refused)?.map(MovementBody::from).into()))
}

/// A change by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeStockBody {
    /// The main one where it is left out.
    #[serde(default)]
    warehouse_id: Option<String>,
    #[schema(schema_with = stock_reasons)]
    reason: StockReason,
    /// `count`: how many are there, those promised among them. `received` and `found`: so many more. `damaged`, `lost` and
    /// `sample`: so many fewer. `correction`: the difference.
    #[schema(example = 12)]
    pieces: i64,
}

/// Change a stock by hand
///
/// 422 where fewer would be left than are promised.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/stock/{variant}/changes", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("variant" = String, Path, description = "Its id"),
      RequiredKey),
    request_body = ChangeStockBody,
    responses((status = 200, description = "The stock as it is now", body = VariantStockBody), ApiError))]
pub(crate) async fn change(
    Signed(cx, _): Signed,
    Path((shop, variant)): Path<(String, VariantId)>,
    RequiredKey(key): RequiredKey,
    Json(body): Json<ChangeStockBody>,
) -> Result<axum::Json<VariantStockBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let input = StockChangeInput {
        warehouse: body.warehouse_id.unwrap_or_default(),
        reason: body.reason.as_str().to_owned(),
        pieces: body.pieces.to_string(),
    };
    flow::change(&cx, &at, variant, &input, Some(&key)).await.map_err(refused)?;
    here(&cx, &at, variant).await
}

/// Pieces to be carried from one warehouse to another.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CarryStockBody {
    /// Ids of warehouses.
    from: String,
    to: String,
    #[schema(minimum = 1, maximum = 1_000_000)]
    pieces: i64,
}

/// Move pieces between warehouses
///
/// Booked in both at once; what takes a while to arrive is sent as a transfer of the shop. 422 where fewer would be left in the first than are promised from it.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/stock/{variant}/transfers", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("variant" = String, Path, description = "Its id"),
      RequiredKey),
    request_body = CarryStockBody,
    responses((status = 200, description = "The stock as it is now", body = VariantStockBody), ApiError))]
pub(crate) async fn carry(
    Signed(cx, _): Signed,
    Path((shop, variant)): Path<(String, VariantId)>,
    RequiredKey(key): RequiredKey,
    Json(body): Json<CarryStockBody>,
) -> Result<axum::Json<VariantStockBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let input = StockMoveInput { from: body.from, to: body.to, pieces: body.pieces.to_string() };
    flow::carry(&cx, &at, variant, &input, Some(&key)).await.map_err(refused)?;
    here(&cx, &at, variant).await
}

const fn yes() -> bool {
    true
}

/// How a variant is sold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyBody {
    /// Else it can be bought without end, and the numbers mean nothing.
    #[serde(default = "yes")]
    #[schema(default = true)]
    is_counted: bool,
    /// Not sold, of all there is; 0 where it is left out.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000)]
    kept_back: Option<u32>,
    /// So many may be sold beyond what there is; 0 where it is left out.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000)]
    backorder: Option<u32>,
    /// So few available ones are worth a warning; the market's own number where it is left out.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000)]
    low_at: Option<u32>,
    /// So few, those on their way among them, are to be ordered again; never where it is left out.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000)]
    reorder_at: Option<u32>,
    /// So many are ordered at a time.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000)]
    reorder_quantity: Option<u32>,
}

/// Say how a variant is sold
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/stock/{variant}/policy", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("variant" = String, Path, description = "Its id")),
    request_body = PolicyBody,
    responses((status = 200, description = "The stock as it is now", body = VariantStockBody), ApiError))]
pub(crate) async fn sell_by(
    Signed(cx, _): Signed,
    Path((shop, variant)): Path<(String, VariantId)>,
    Json(body): Json<PolicyBody>,
) -> Result<axum::Json<VariantStockBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let typed = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let input = StockPolicyInput {
        low_at: typed(body.low_at),
        kept_back: typed(body.kept_back),
        backorder: typed(body.backorder),
        uncounted: if body.is_counted { String::new() } else { "1".to_owned() },
        reorder_at: typed(body.reorder_at),
        reorder_quantity: typed(body.reorder_quantity),
    };
    flow::sell_by(&cx, &at, variant, &input).await.map_err(refused)?;
    here(&cx, &at, variant).await
}
