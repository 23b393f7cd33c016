//! Of what a shop has to order more, for those who keep its stock.

use super::stock::{MovementsQuery, enter};
use crate::{
    ApiError,
    addresses::refused,
    body::PageBody,
    extract::{Path, Query, Signed},
};
use model::shop::ReorderRow;
use serde::Serialize;
use utoipa::ToSchema;

/// A variant of which it is time to order more.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReorderBody {
    variant_id: String,
    sku: String,
    name: String,
    label: String,
    /// Neither promised nor kept back, in all open warehouses together.
    available: i64,
    /// Between the shop's warehouses.
    on_way: i64,
    reorder_at: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    reorder_quantity: Option<i32>,
    /// Pieces in the last 30 days.
    sold_in_30_days: i64,
    /// So many make it more than the point again, in whole lots of `reorder_quantity`.
    suggested: i64,
}

impl From<ReorderRow> for ReorderBody {
    fn from(row: ReorderRow) -> Self {
        let suggested = row.suggested();
        Self {
            variant_id: row.variant.to_string(),
            sku: row.sku,
            name: row.name,
            label: row.label,
            available: row.available,
            on_way: row.on_way,
            reorder_at: row.reorder_at,
            reorder_quantity: row.reorder_quantity,
            sold_in_30_days: row.sold,
            suggested,
        }
    }
}

/// What to order again
///
/// Variants of which no more are there and on the way than their shop orders again at, those furthest below that first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/reorder", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), MovementsQuery),
    responses((status = 200, description = "A part of them", body = PageBody<ReorderBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<MovementsQuery>,
) -> Result<axum::Json<PageBody<ReorderBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let (after, limit) = query.part();
    let today = views::jakarta::day_of(cx.now());
    let mut db = cx.db().acquire().await?;
    let page = views::reorder::list(&mut db, at.shop(), after, limit, today).await;
    Ok(axum::Json(page.map_err(refused)?.map(ReorderBody::from).into()))
}
