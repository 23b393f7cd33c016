//! What people file and print.

use axum::{
    Extension, Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use model::{Code, Site, ids::OrderId};
use web::{BuyerCx, Problem};

pub fn routes() -> Router {
    Router::new().route("/account/orders/{id}/invoice.pdf", get(invoice))
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
    // Laying out and compressing takes some milliseconds, too long for a thread that serves others.
    let bytes = tokio::task::spawn_blocking(move || paper::invoice(&order, lang, &site))
        .await
        .map_err(|error| Problem::from(Code::Internal).because(error))?
        .map_err(|error| Problem::from(Code::Internal).because(error))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
