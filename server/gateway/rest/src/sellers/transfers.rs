//! Goods on their way between a shop's warehouses, for those who keep its stock.

use super::stock::{MovementsQuery, enter};
use crate::{
    ApiError,
    addresses::refused,
    body::{PageBody, text_of},
    extract::{IdempotencyKey, Json, Path, Query, RequiredKey, Signed},
    goods::instant,
};
use axum::response::IntoResponse;
use flows::seller::{AtShop, transfers as flow};
use http::StatusCode;
use kernel::Cx;
use model::{
    Code,
    ids::StockTransferId,
    shop::{
        PiecesInput, StockTransfer, TransferInput, TransferLine, TransferRow, TransferState, TransferStep,
        TransferStepKind, WriteOffInput, WriteOffReason,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{ToSchema, openapi::schema::Object};
use views::transfers as view;

fn states() -> Object {
    text_of(TransferState::ALL.iter().map(|it| it.as_str())).build()
}

fn step_kinds() -> Object {
    text_of(TransferStepKind::ALL.iter().map(|it| it.as_str())).build()
}

fn reasons() -> Object {
    text_of(WriteOffReason::ALL.iter().map(|it| it.as_str())).build()
}

/// Goods that go from one warehouse to another.
#[derive(Serialize, ToSchema)]
pub(crate) struct TransferBody {
    id: String,
    /// What the warehouses are called.
    from: String,
    to: String,
    /// `draft`: nothing has left. `sent`: something is on the way. `closed`: all arrived or was written off. `cancelled`: what
    /// was on the way went back.
    #[schema(schema_with = states)]
    state: TransferState,
    #[schema(format = DateTime)]
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    sent_at: Option<String>,
    /// Of all its variants together.
    pieces: i64,
    on_way: i64,
}

impl From<TransferRow> for TransferBody {
    fn from(row: TransferRow) -> Self {
        Self {
            id: row.id.to_string(),
            from: row.from,
            to: row.to,
            state: row.state,
            created_at: instant(row.created_at),
            sent_at: row.sent_at.map(instant),
            pieces: row.pieces,
            on_way: row.on_way,
        }
    }
}

/// One variant of a transfer. What was sent is what arrived, went back, was written off and is on the way.
#[derive(Serialize, ToSchema)]
pub(crate) struct TransferLineBody {
    variant_id: String,
    sku: String,
    name: String,
    label: String,
    quantity: i32,
    received: i32,
    returned: i32,
    written_off: i32,
    on_way: i32,
}

impl From<TransferLine> for TransferLineBody {
    fn from(line: TransferLine) -> Self {
        Self {
            variant_id: line.variant.to_string(),
            sku: line.sku,
            name: line.name,
            label: line.label,
            quantity: line.quantity,
            received: line.received,
            returned: line.returned,
            written_off: line.written_off,
            on_way: line.on_way,
        }
    }
}

/// What became of some pieces.
#[derive(Serialize, ToSchema)]
pub(crate) struct TransferStepBody {
    #[schema(format = DateTime)]
    at: String,
    #[schema(schema_with = step_kinds)]
    kind: TransferStepKind,
    sku: String,
    name: String,
    pieces: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = reasons, required = false)]
    reason: Option<WriteOffReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<String>,
}

impl From<TransferStep> for TransferStepBody {
    fn from(step: TransferStep) -> Self {
        Self {
            at: instant(step.at),
            kind: step.kind,
            sku: step.sku,
            name: step.name,
            pieces: step.pieces,
            reason: step.reason,
            who: step.who,
        }
    }
}

/// A transfer with its variants and what became of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct WholeTransferBody {
    #[serde(flatten)]
    transfer: TransferBody,
    lines: Vec<TransferLineBody>,
    /// The latest first; the last hundred.
    steps: Vec<TransferStepBody>,
}

impl From<StockTransfer> for WholeTransferBody {
    fn from(transfer: StockTransfer) -> Self {
        Self {
            transfer: transfer.row.into(),
            lines: transfer.lines.into_iter().map(TransferLineBody::from).collect(),
            steps: transfer.steps.into_iter().map(TransferStepBody::from).collect(),
        }
    }
}

/// So many pieces of one variant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PiecesBody {
    variant_id: String,
    #[schema(minimum = 0, maximum = 1_000_000)]
    pieces: i64,
}

fn typed(lines: Vec<PiecesBody>) -> Vec<PiecesInput> {
    let line = |it: PiecesBody| PiecesInput { variant: it.variant_id, pieces: it.pieces.to_string() };
    lines.into_iter().map(line).collect()
}

async fn here(cx: &Cx, at: &AtShop, id: StockTransferId) -> Result<axum::Json<WholeTransferBody>, ApiError> {
    let found = view::find(&mut *cx.db().acquire().await?, at.shop(), id).await?;
    found.map(|it| axum::Json(it.into())).ok_or_else(|| Code::NotFound.into())
}

/// Goods between a shop's warehouses
///
/// The latest first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/transfers", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), MovementsQuery),
    responses((status = 200, description = "A part of them", body = PageBody<TransferBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<MovementsQuery>,
) -> Result<axum::Json<PageBody<TransferBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let (after, limit) = query.part();
    let page = view::list(&mut *cx.db().acquire().await?, at.shop(), after, limit).await;
    Ok(axum::Json(page.map_err(refused)?.map(TransferBody::from).into()))
}

/// One transfer
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/transfers/{transfer}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("transfer" = String, Path, description = "Its id")),
    responses((status = 200, description = "The transfer", body = WholeTransferBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockTransferId)>,
) -> Result<axum::Json<WholeTransferBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    here(&cx, &at, id).await
}

/// From where to where goods are to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftTransferBody {
    /// Ids of warehouses that are open.
    from: String,
    to: String,
}

/// Begin a transfer
///
/// A list nothing has left for yet. With an `Idempotency-Key`, asking again answers with the one begun the first time.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/transfers", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), IdempotencyKey), request_body = DraftTransferBody,
    responses((status = 201, description = "The transfer", body = WholeTransferBody), ApiError))]
pub(crate) async fn draft(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    key: IdempotencyKey,
    Json(body): Json<DraftTransferBody>,
) -> Result<impl IntoResponse, ApiError> {
    let at = enter(&cx, &shop).await?;
    let input = TransferInput { from: body.from, to: body.to };
    let id = flow::draft(&cx, &at, &input, key.get()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, here(&cx, &at, id).await?))
}

/// What is to go.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoadBody {
    /// Of nothing, the variant is taken off the list. What is not named stays as it was.
    #[schema(max_items = 200)]
    lines: Vec<PiecesBody>,
}

/// Say what is to go
///
/// 409 once it has been sent.
#[utoipa::path(patch, path = "/api/v1/seller/shops/{shop}/transfers/{transfer}/lines", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("transfer" = String, Path, description = "Its id")),
    request_body = LoadBody,
    responses((status = 200, description = "The transfer as it is now", body = WholeTransferBody), ApiError))]
pub(crate) async fn load(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockTransferId)>,
    Json(body): Json<LoadBody>,
) -> Result<axum::Json<WholeTransferBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::load(&cx, &at, id, &typed(body.lines)).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// Send what is on the list
///
/// It leaves the first warehouse and is on the way, where nobody can buy it. May be repeated. 422 where fewer are there than
/// are to go, those promised to buyers left out.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/transfers/{transfer}/send", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("transfer" = String, Path, description = "Its id")),
    responses((status = 200, description = "The transfer as it is now", body = WholeTransferBody), ApiError))]
pub(crate) async fn send(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockTransferId)>,
) -> Result<axum::Json<WholeTransferBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::send(&cx, &at, id).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// What has arrived.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiveBody {
    #[schema(max_items = 200)]
    lines: Vec<PiecesBody>,
}

/// Receive what has arrived
///
/// In as many parts as it comes. 422 where fewer are on the way, 409 where nothing is.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/transfers/{transfer}/receipts", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("transfer" = String, Path, description = "Its id"),
      RequiredKey),
    request_body = ReceiveBody,
    responses((status = 200, description = "The transfer as it is now", body = WholeTransferBody), ApiError))]
pub(crate) async fn receive(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockTransferId)>,
    RequiredKey(key): RequiredKey,
    Json(body): Json<ReceiveBody>,
) -> Result<axum::Json<WholeTransferBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::receive(&cx, &at, id, &some(body.lines), Some(&key)).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// Nothing of a variant is as good as not naming it.
fn some(lines: Vec<PiecesBody>) -> Vec<PiecesInput> {
    typed(lines.into_iter().filter(|line| line.pieces != 0).collect())
}

/// What will not arrive.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteOffBody {
    #[schema(schema_with = reasons)]
    reason: WriteOffReason,
    #[schema(max_items = 200)]
    lines: Vec<PiecesBody>,
}

/// Write off what will not arrive
///
/// 422 where fewer are on the way, 409 where nothing is.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/transfers/{transfer}/write-offs", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("transfer" = String, Path, description = "Its id"),
      RequiredKey),
    request_body = WriteOffBody,
    responses((status = 200, description = "The transfer as it is now", body = WholeTransferBody), ApiError))]
pub(crate) async fn write_off(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockTransferId)>,
    RequiredKey(key): RequiredKey,
    Json(body): Json<WriteOffBody>,
) -> Result<axum::Json<WholeTransferBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let input = WriteOffInput { reason: body.reason.as_str().to_owned(), lines: some(body.lines) };
    flow::write_off(&cx, &at, id, &input, Some(&key)).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// Cancel a transfer
///
/// What is still on the way goes back to where it came from; a list nothing has left for is thrown away. 409 once all of it
/// has arrived.
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/transfers/{transfer}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("transfer" = String, Path, description = "Its id")),
    responses((status = 204, description = "Cancelled"), ApiError))]
pub(crate) async fn cancel(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, StockTransferId)>,
) -> Result<StatusCode, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::cancel(&cx, &at, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
