//! A shop's goods as files: taken out, sent in, read through and taken over.

use crate::{
    ApiError,
    addresses::refused,
    body::{PageBody, PageQuery},
    extract::{Path, Query, Signed},
};
use axum::{
    body::{Body, Bytes},
    response::{IntoResponse, Response},
};
use flows::seller::{
    AtShop, at_shop,
    goods::{self as flow, BadRows, Export, Sent},
};
use futures::{StreamExt as _, stream};
use http::{StatusCode, header};
use kernel::Cx;
use model::{
    AppError, Code, FieldError, Permission,
    ids::GoodsImportId,
    shop::{BadRow, GoodsImport, GoodsImportPage, RowSample, SheetFormat, StallFilter, file},
    views::ProductState,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A file of goods.
#[derive(Serialize, ToSchema)]
pub(crate) struct GoodsImportBody {
    id: String,
    file_name: String,
    bytes: u64,
    /// `checking`, `checked`, `taking_over`, `done`, `failed` or `cancelled`.
    state: &'static str,
    /// Why it could not be read: `unreadable`, `encoding`, `columns`, `rows`, `quotes` or `empty`.
    failure: Option<&'static str>,
    /// How many rows it has; null until it was looked at.
    rows: Option<u32>,
    /// What became of the rows until now; while it is checked, what would.
    new: u32,
    changed: u32,
    same: u32,
    bad: u32,
    /// Columns nothing is taken from.
    ignored: Vec<String>,
    /// Seconds since 1970.
    created_at: i64,
    updated_at: i64,
}

impl From<GoodsImport> for GoodsImportBody {
    fn from(import: GoodsImport) -> Self {
        Self {
            id: import.id.to_string(),
            file_name: import.file_name,
            bytes: import.bytes,
            state: import.state.as_str(),
            failure: import.failure.map(model::shop::ImportFailure::as_str),
            rows: import.rows,
            new: import.counts.new,
            changed: import.counts.changed,
            same: import.counts.same,
            bad: import.counts.bad,
            ignored: import.ignored,
            created_at: import.created_at,
            updated_at: import.updated_at,
        }
    }
}

/// A row that has to be mended.
#[derive(Serialize, ToSchema)]
pub(crate) struct BadRowBody {
    /// The first row of the file is 1.
    row: u32,
    /// As the file calls it; null for the whole row.
    column: Option<String>,
    /// `missing`, `not_a_number`, `unknown_category` …
    #[schema(example = "not_a_number")]
    problem: &'static str,
    /// What the file says there.
    value: String,
}

impl From<BadRow> for BadRowBody {
    fn from(bad: BadRow) -> Self {
        let column = Some(bad.column).filter(|column| !column.is_empty());
        Self { row: bad.row, column, problem: bad.problem.as_str(), value: bad.said }
    }
}

/// A row that is new, or changes something.
#[derive(Serialize, ToSchema)]
pub(crate) struct RowSampleBody {
    row: u32,
    sku: String,
    name: String,
    /// None of a new one.
    differences: Vec<RowDifferenceBody>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RowDifferenceBody {
    #[schema(example = "price")]
    column: String,
    from: String,
    to: String,
}

impl From<RowSample> for RowSampleBody {
    fn from(sample: RowSample) -> Self {
        let differences = sample.differences.into_iter();
        let differences =
            differences.map(|it| RowDifferenceBody { column: it.column, from: it.from, to: it.to });
        Self { row: sample.row, sku: sample.sku, name: sample.name, differences: differences.collect() }
    }
}

/// A file of goods with what there is to tell of its rows.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneGoodsImportBody {
    #[serde(flatten)]
    import: GoodsImportBody,
    /// The first that are bad; a file has all of them.
    bad_rows: Vec<BadRowBody>,
    /// Some that are new, and some that are changed.
    new_rows: Vec<RowSampleBody>,
    changed_rows: Vec<RowSampleBody>,
}

impl From<GoodsImportPage> for OneGoodsImportBody {
    fn from(page: GoodsImportPage) -> Self {
        Self {
            import: page.import.into(),
            bad_rows: page.bad.into_iter().map(BadRowBody::from).collect(),
            new_rows: page.new.into_iter().map(RowSampleBody::from).collect(),
            changed_rows: page.changed.into_iter().map(RowSampleBody::from).collect(),
        }
    }
}

async fn at(cx: &Cx, slug: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, slug, Permission::Products).await?)
}

async fn here(cx: &Cx, at: &AtShop, id: GoodsImportId) -> Result<axum::Json<OneGoodsImportBody>, ApiError> {
    let mut db = cx.db().acquire().await?;
    let found = views::goods_import::page(&mut db, at.shop(), id).await?;
    Ok(axum::Json(found.ok_or_else(AppError::not_found)?.into()))
}

/// How a file of goods is to be read.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SendQuery {
    /// What people see it called.
    #[param(example = "goods.csv")]
    file_name: Option<String>,
    /// Pieces of new goods of which the file does not say how many there are.
    #[serde(default)]
    #[param(default = 0, maximum = 1_000_000, required = false)]
    stock: u32,
}

/// Send goods as a file
///
/// The body is the file: CSV in UTF-8 or XLSX, at most 32 MiB and 100,000 rows, a row for each variant, with the columns
/// that are taken out. It is read through; nothing changes until it is taken over.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/imports", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), SendQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "It is being read through", body = OneGoodsImportBody), ApiError))]
pub(crate) async fn send(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    Query(query): Query<SendQuery>,
    body: Body,
) -> Result<impl IntoResponse, ApiError> {
    let at = at(&cx, &slug).await?;
    let content = axum::body::to_bytes(body, file::BYTES);
    let content = content.await.map_err(|_| ApiError::from(Code::TooLarge))?;
    let name = query.file_name.unwrap_or_default();
    let sent = Sent { name, content, stock: query.stock.to_string() };
    let id = flow::send(&cx, &at, sent).await.map_err(refused)?;
    Ok((StatusCode::ACCEPTED, here(&cx, &at, id).await?))
}

/// Files of goods
///
/// Those that were sent, the latest first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/products/imports", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), PageQuery),
    responses((status = 200, description = "A part of them", body = PageBody<GoodsImportBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<PageBody<GoodsImportBody>>, ApiError> {
    let at = at(&cx, &slug).await?;
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let mut db = cx.db().acquire().await?;
    let page = views::goods_import::list(&mut db, at.shop(), query.after.as_deref(), limit).await;
    Ok(axum::Json(page.map_err(refused)?.map(GoodsImportBody::from).into()))
}

/// One file of goods
///
/// How far it is, and what it would change or has changed.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/products/imports/{import}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("import" = String, Path, description = "Its id")),
    responses((status = 200, description = "The file", body = OneGoodsImportBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((slug, id)): Path<(String, GoodsImportId)>,
) -> Result<axum::Json<OneGoodsImportBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    here(&cx, &at, id).await
}

/// Take a file of goods over
///
/// Once it was checked. Asked again, it goes on as it does; 409 while another file of the shop is taken over.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/imports/{import}/take-over", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("import" = String, Path, description = "Its id")),
    responses((status = 202, description = "It is being taken over", body = OneGoodsImportBody), ApiError))]
pub(crate) async fn take_over(
    Signed(cx, _): Signed,
    Path((slug, id)): Path<(String, GoodsImportId)>,
) -> Result<impl IntoResponse, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::take_over(&cx, &at, id).await.map_err(refused)?;
    Ok((StatusCode::ACCEPTED, here(&cx, &at, id).await?))
}

/// Cancel a file of goods
///
/// What was written until then stays.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/imports/{import}/cancel", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("import" = String, Path, description = "Its id")),
    responses((status = 200, description = "The file as it is now", body = OneGoodsImportBody), ApiError))]
pub(crate) async fn cancel(
    Signed(cx, _): Signed,
    Path((slug, id)): Path<(String, GoodsImportId)>,
) -> Result<axum::Json<OneGoodsImportBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::cancel(&cx, &at, id).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// The bad rows of a file of goods
///
/// As CSV: the rows as they came, each after its number, its column and what is wrong, ready to be mended and sent again.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/products/imports/{import}/bad-rows", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("import" = String, Path, description = "Its id")),
    responses((status = 200, description = "All of them", content_type = "text/csv", body = String), ApiError))]
pub(crate) async fn bad_rows(
    Signed(cx, _): Signed,
    Path((slug, id)): Path<(String, GoodsImportId)>,
) -> Result<Response, ApiError> {
    let at = at(&cx, &slug).await?;
    let rows = BadRows::open(&cx, &at, id).await.map_err(refused)?;
    let head = rows.head();
    let head = stream::once(async { Ok::<Bytes, flow::ExportError>(head) });
    let rows =
        stream::try_unfold(rows, |mut rows| async move { Ok(rows.part().await?.map(|part| (part, rows))) });
    Ok((kind("text/csv; charset=utf-8"), Body::from_stream(head.chain(rows))).into_response())
}

/// Which goods are taken out, and as what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    /// `csv` or `xlsx`.
    #[serde(default, rename = "as")]
    #[param(rename = "as", default = "csv", required = false)]
    format: Option<String>,
    /// Part of a name or SKU.
    q: Option<String>,
    /// Only goods in this state; archived ones only where they are asked for.
    state: Option<String>,
    /// Only what is about to run out.
    #[serde(default)]
    #[param(default = false, required = false)]
    low: bool,
}

/// Take goods out as a file
///
/// A row for each variant. Sent in again as it is, it changes nothing.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/products/export", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ExportQuery),
    responses((status = 200, description = "The file", content_type = "text/csv", body = String), ApiError))]
pub(crate) async fn export(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, ApiError> {
    let at = at(&cx, &slug).await?;
    let malformed = |field| ApiError::field(Code::Malformed, field, FieldError::Malformed);
    let format = query.format.as_deref().map_or(Some(SheetFormat::Csv), SheetFormat::from_name);
    let format = format.ok_or_else(|| malformed("as"))?;
    let state =
        query.state.as_deref().map(|state| ProductState::parse(state).ok_or_else(|| malformed("state")));
    let q = query.q.unwrap_or_default();
    let filter = StallFilter { q, state: state.transpose()?, low: query.low, after: None };
    let goods = Export::open(&cx, &at, filter, "").await.map_err(refused)?;
    if format == SheetFormat::Xlsx {
        let book = goods.workbook().await.map_err(refused)?;
        return Ok(
            (kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), book).into_response()
        );
    }
    let head = stream::once(async { Ok::<Bytes, flow::ExportError>(Export::csv_head()) });
    let rows = stream::try_unfold(goods, |mut goods| async move {
        Ok(goods.csv_part().await?.map(|part| (part, goods)))
    });
    Ok((kind("text/csv; charset=utf-8"), Body::from_stream(head.chain(rows))).into_response())
}

fn kind(kind: &'static str) -> [(header::HeaderName, &'static str); 2] {
    [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, no-store")]
}
