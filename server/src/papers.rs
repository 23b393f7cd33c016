//! What people file and print.

use axum::{
    Extension, Router,
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use flows::seller::at_shop;
use model::{AppError, Code, FieldError, Permission, Site, ids::OrderId};
use paper::{Month, PaperError};
use std::collections::BTreeMap;
use web::{BuyerCx, InCx, Problem};

pub fn routes() -> Router {
    Router::new()
        .route("/account/orders/{id}/invoice.pdf", get(invoice))
        .route("/seller/{shop}/orders/{id}/label.pdf", get(label))
        .route("/seller/{shop}/money/statement.pdf", get(statement))
}

/// An order's invoice, for its buyer.
async fn invoice(
    BuyerCx(cx, buyer): BuyerCx,
    Extension(Site(site)): Extension<Site>,
    Path(id): Path<OrderId>,
) -> Result<Response, Problem> {
    let buyer = buyer.ok_or(Code::NotFound)?;
    let order = flows::orders::order(&cx, &buyer, id).await?.ok_or(Code::NotFound)?;
    let lang = cx.lang();
    let name = format!("{}.pdf", order.number.replace('/', "-"));
    let bytes = written(move || paper::invoice(&order, lang, &site)).await?;
    Ok(file(&name, bytes))
}

fn file(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// Laying out and compressing takes some milliseconds, too long for a thread that serves others.
async fn written(
    paper: impl FnOnce() -> Result<Vec<u8>, PaperError> + Send + 'static,
) -> Result<Vec<u8>, Problem> {
    tokio::task::spawn_blocking(paper)
        .await
        .map_err(|error| Problem::from(Code::Internal).because(error))?
        .map_err(|error| Problem::from(Code::Internal).because(error))
}

/// What is stuck onto an order's parcel, for its shop: `?parcel=…`, or the one that was packed last.
async fn label(
    InCx(cx): InCx,
    Path((shop, id)): Path<(String, OrderId)>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let at = at_shop(&cx, &shop, Permission::Orders).await?;
    let parcel = match asked.get("parcel").filter(|parcel| !parcel.is_empty()) {
        Some(parcel) => Some(parcel.parse().map_err(|_| Code::NotFound)?),
        None => None,
    };
    let label = flows::fulfil::label_of(&cx, &at, id, parcel).await?.ok_or(Code::NotFound)?;
    let (lang, name) = (cx.lang(), format!("{}.pdf", label.waybill));
    Ok(file(&name, written(move || paper::label(&label, lang)).await?))
}

/// A month of a shop's statement: `?month=2026-11`, or the present one.
async fn statement(
    InCx(cx): InCx,
    Path(shop): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let at = at_shop(&cx, &shop, Permission::Money).await?;
    let month = match asked.get("month").filter(|month| !month.is_empty()) {
        Some(month) => month.parse().map_err(|_| AppError::field("month", FieldError::Malformed))?,
        None => Month::of(cx.now()),
    };
    let rows = flows::withdraw::statement_between(&cx, &at, month.span()).await.map_err(AppError::from)?;
    let lang = cx.lang();
    let name = format!("{shop}-{month}.pdf");
    Ok(file(&name, written(move || paper::statement(&shop, month, &rows, lang)).await?))
}
