//! Counts of what lies in a shop's warehouses, for those who keep its stock.

use super::stock::{MovementsQuery, enter};
use crate::{
    ApiError,
    addresses::refused,
    body::{Limit, PageBody, text_of},
    extract::{IdempotencyKey, Json, Path, Query, Signed},
    goods::instant,
};
use axum::response::IntoResponse;
use flows::seller::{AtShop, counts as flow};
use http::StatusCode;
use kernel::Cx;
use model::{
    Code,
    ids::StockCountId,
    shop::{CountInput, CountLine, CountRow, CountShow, CountState, PiecesInput},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::schema::Object};
use views::counts as view;

fn states() -> Object {
    text_of(CountState::ALL.iter().map(|it| it.as_str())).build()
}

fn shows() -> Object {
    text_of(CountShow::ALL.iter().map(|it| it.as_str())).build()
}

/// A count of what lies in a warehouse.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountBody {
    id: String,
    warehouse_id: String,
    /// What the warehouse is called.
    warehouse: String,
    /// What is counted: part of a name or SKU; empty for everything.
    q: String,
    #[schema(schema_with = states)]
    state: CountState,
    #[schema(format = DateTime)]
    started_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    ended_at: Option<String>,
    /// Variants of which a number is known, and those of them of which it is another than was expected.
    counted: i64,
    different: i64,
}

impl From<CountRow> for CountBody {
    fn from(row: CountRow) -> Self {
        Self {
            id: row.id.to_string(),
            warehouse_id: row.warehouse.to_string(),
            warehouse: row.place,
            q: row.q,
            state: row.state,
            started_at: instant(row.started_at),
            ended_at: row.ended_at.map(instant),
            counted: row.counted,
            different: row.different,
        }
    }
}

/// A variant that is counted.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountLineBody {
    variant_id: String,
    sku: String,
    name: String,
    label: String,
    /// Absent until it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<i32>,
    /// What should have been there when the number was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<i32>,
    /// Booking the difference would leave fewer than are promised to buyers now.
    is_short: bool,
}

impl From<CountLine> for CountLineBody {
    fn from(line: CountLine) -> Self {
        Self {
            variant_id: line.variant.to_string(),
            sku: line.sku,
            name: line.name,
            label: line.label,
            counted: line.counted,
            expected: line.expected,
            is_short: line.is_short,
        }
    }
}

/// A count with a part of its goods.
#[derive(Serialize, ToSchema)]
pub(crate) struct WholeCountBody {
    #[serde(flatten)]
    count: CountBody,
    /// Pieces more and fewer than were expected, of all its goods together.
    more: i64,
    fewer: i64,
    lines: PageBody<CountLineBody>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CountQuery {
    /// `all` where it is left out.
    #[serde(default)]
    #[param(schema_with = shows, required = false)]
    show: Option<CountShow>,
    /// Part of a name or SKU.
    q: Option<String>,
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

async fn here(
    cx: &Cx,
    at: &AtShop,
    id: StockCountId,
    query: CountQuery,
) -> Result<axum::Json<WholeCountBody>, ApiError> {
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let (show, q) = (query.show.unwrap_or(CountShow::All), query.q.unwrap_or_default());
    let mut db = cx.db().acquire().await?;
    let found = view::find(&mut db, at.shop(), id, (show, &q), query.after.as_deref(), limit).await;
    let found = found.map_err(refused)?.ok_or_else(|| ApiError::from(Code::NotFound))?;
    let lines = found.lines.into_iter().map(CountLineBody::from).collect();
    Ok(axum::Json(WholeCountBody {
        count: found.row.into(),
        more: found.more,
        fewer: found.fewer,
        lines: PageBody { items: lines, next: found.next, total: None },
    }))
}

async fn whole(cx: &Cx, at: &AtShop, id: StockCountId) -> Result<axum::Json<WholeCountBody>, ApiError> {
    here(cx, at, id, CountQuery { show: None, q: None, limit: Limit::default(), after: None }).await
}

/// A shop's counts
///
/// The latest first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/counts", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), MovementsQuery),
    responses((status = 200, description = "A part of them", body = PageBody<CountBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<MovementsQuery>,
) -> Result<axum::Json<PageBody<CountBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let (after, limit) = query.part();
    let page = view::list(&mut *cx.db().acquire().await?, at.shop(), after, limit).await;
    Ok(axum::Json(page.map_err(refused)?.map(CountBody::from).into()))
}

/// One count
///
/// With a part of its goods. What should be there is told once a number is known.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/counts/{count}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("count" = String, Path, description = "Its id"),
      CountQuery),
    responses((status = 200, description = "The count", body = WholeCountBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockCountId)>,
    Query(query): Query<CountQuery>,
) -> Result<axum::Json<WholeCountBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    here(&cx, &at, id, query).await
}

/// What is to be counted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartCountBody {
    /// The main one where it is left out.
    #[serde(default)]
    warehouse_id: Option<String>,
    /// Part of a name or SKU; everything where it is left out.
    #[serde(default)]
    #[schema(max_length = 100)]
    q: Option<String>,
}

/// Begin to count
///
/// 422 where somebody counts in this warehouse already. With an `Idempotency-Key`, asking again answers with the count begun
/// the first time.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/counts", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), IdempotencyKey), request_body = StartCountBody,
    responses((status = 201, description = "The count", body = WholeCountBody), ApiError))]
pub(crate) async fn start(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    key: IdempotencyKey,
    Json(body): Json<StartCountBody>,
) -> Result<impl IntoResponse, ApiError> {
    let at = enter(&cx, &shop).await?;
    let input =
        CountInput { warehouse: body.warehouse_id.unwrap_or_default(), q: body.q.unwrap_or_default() };
    let id = flow::start(&cx, &at, &input, key.get()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, whole(&cx, &at, id).await?))
}

/// What was counted of one variant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountedBody {
    variant_id: String,
    /// How many are there, those promised among them; nothing where it is not counted after all.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000)]
    counted: Option<i64>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteCountBody {
    #[schema(max_items = 200)]
    lines: Vec<CountedBody>,
}

/// Write down what was counted
///
/// Each number is kept with what should be there at this moment; one that stands there already stays as it was. What is not
/// named is as it was. 409 once the count is over.
#[utoipa::path(patch, path = "/api/v1/seller/shops/{shop}/counts/{count}/lines", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("count" = String, Path, description = "Its id")),
    request_body = WriteCountBody,
    responses((status = 200, description = "The count as it is now", body = WholeCountBody), ApiError))]
pub(crate) async fn write(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockCountId)>,
    Json(body): Json<WriteCountBody>,
) -> Result<axum::Json<WholeCountBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let line = |it: CountedBody| PiecesInput {
        variant: it.variant_id,
        pieces: it.counted.map(|n| n.to_string()).unwrap_or_default(),
    };
    let lines: Vec<PiecesInput> = body.lines.into_iter().map(line).collect();
    flow::write(&cx, &at, id, &lines).await.map_err(refused)?;
    whole(&cx, &at, id).await
}

/// Book a count
///
/// The differences become movements, and the count is over. May be repeated. 422 where fewer of something would be left than
/// are promised to buyers; then nothing is booked.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/counts/{count}/post", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("count" = String, Path, description = "Its id")),
    responses((status = 200, description = "The count as it is now", body = WholeCountBody), ApiError))]
pub(crate) async fn post(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockCountId)>,
) -> Result<axum::Json<WholeCountBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::post(&cx, &at, id).await.map_err(refused)?;
    whole(&cx, &at, id).await
}

/// Discard a count
///
/// Nothing of it is booked. 409 where that has happened.
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/counts/{count}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("count" = String, Path, description = "Its id")),
    responses((status = 204, description = "Discarded"), ApiError))]
pub(crate) async fn discard(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockCountId)>,
) -> Result<StatusCode, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::discard(&cx, &at, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
