//! A shop's warehouses, for those who keep its stock.

use super::stock::enter;
use crate::{
    ApiError,
    addresses::refused,
    body::PageBody,
    extract::{IdempotencyKey, Json, Path, Signed},
    regions::RegionBody,
};
use axum::response::IntoResponse;
use flows::seller::{AtShop, warehouses as flow};
use http::StatusCode;
use kernel::Cx;
use model::{Code, address::AddressInput, ids::WarehouseId, shop::WarehouseRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use views::stock as view;

/// A place where a shop's goods lie.
#[derive(Serialize, ToSchema)]
pub(crate) struct WarehouseBody {
    id: String,
    name: String,
    region: RegionBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<String>,
    /// E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postcode: Option<String>,
    is_main: bool,
    /// Whether it is sold from.
    is_active: bool,
    /// Pieces of anything.
    on_hand: i64,
    /// On the way here, and from here, to other warehouses.
    coming: i64,
    leaving: i64,
}

impl From<WarehouseRow> for WarehouseBody {
    fn from(row: WarehouseRow) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            region: row.region.into(),
            contact: row.address.as_ref().map(|address| address.contact.clone()),
            phone: row.address.as_ref().map(|address| address.phone.to_string()),
            street: row.address.as_ref().map(|address| address.street.clone()),
            postcode: row.address.map(|address| address.postcode),
            is_main: row.is_main,
            is_active: row.is_active,
            on_hand: row.on_hand,
            coming: row.coming,
            leaving: row.leaving,
        }
    }
}

async fn all(cx: &Cx, at: &AtShop) -> Result<Vec<WarehouseBody>, ApiError> {
    let rows = view::warehouses(&mut *cx.db().acquire().await?, at.shop()).await?;
    Ok(rows.into_iter().map(WarehouseBody::from).collect())
}

async fn this(cx: &Cx, at: &AtShop, warehouse: WarehouseId) -> Result<axum::Json<WarehouseBody>, ApiError> {
    let id = warehouse.to_string();
    let found = all(cx, at).await?.into_iter().find(|it| it.id == id);
    found.map(axum::Json).ok_or_else(|| Code::NotFound.into())
}

/// A shop's warehouses
///
/// The main one first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/warehouses", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address")),
    responses((status = 200, description = "All of them", body = PageBody<WarehouseBody>), ApiError))]
pub(crate) async fn warehouses(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
) -> Result<axum::Json<PageBody<WarehouseBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let items = all(&cx, &at).await?;
    let total = u64::try_from(items.len()).ok();
    Ok(axum::Json(PageBody { items, next: None, total }))
}

/// A warehouse that is to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenWarehouseBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// Who hands parcels over.
    #[schema(max_length = 60)]
    contact: String,
    #[schema(example = "0812-3456-7890", max_length = 30)]
    phone: String,
    /// Code of the district.
    #[schema(example = "31.74.07")]
    district: String,
    /// One of the district's.
    #[schema(example = "12110")]
    postcode: String,
    #[schema(min_length = 5, max_length = 200)]
    street: String,
}

/// Open a warehouse
///
/// With an `Idempotency-Key`, asking again answers with the warehouse opened the first time.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/warehouses", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), IdempotencyKey), request_body = OpenWarehouseBody,
    responses((status = 201, description = "The warehouse", body = WarehouseBody), ApiError))]
pub(crate) async fn open_warehouse(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    key: IdempotencyKey,
    Json(body): Json<OpenWarehouseBody>,
) -> Result<impl IntoResponse, ApiError> {
    let at = enter(&cx, &shop).await?;
    let address = AddressInput {
        recipient: body.contact,
        phone: body.phone,
        district: body.district,
        postcode: body.postcode,
        street: body.street,
        ..AddressInput::default()
    };
    let opened = flow::open_warehouse(&cx, &at, &body.name, &address, key.get()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, this(&cx, &at, opened).await?))
}

/// Another name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RenameWarehouseBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

/// Rename a warehouse
#[utoipa::path(patch, path = "/api/v1/seller/shops/{shop}/warehouses/{warehouse}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("warehouse" = String, Path, description = "Its id")),
    request_body = RenameWarehouseBody,
    responses((status = 200, description = "The warehouse as it is now", body = WarehouseBody), ApiError))]
pub(crate) async fn rename_warehouse(
    Signed(cx, _): Signed,
    Path((shop, warehouse)): Path<(String, WarehouseId)>,
    Json(body): Json<RenameWarehouseBody>,
) -> Result<axum::Json<WarehouseBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::rename_warehouse(&cx, &at, warehouse, &body.name).await.map_err(refused)?;
    this(&cx, &at, warehouse).await
}

/// Where a warehouse is, and who hands parcels over there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WarehouseAddressBody {
    #[schema(max_length = 60)]
    contact: String,
    #[schema(example = "0812-3456-7890", max_length = 30)]
    phone: String,
    /// Code of the district.
    #[schema(example = "31.74.07")]
    district: String,
    /// One of the district's.
    #[schema(example = "12110")]
    postcode: String,
    #[schema(min_length = 5, max_length = 200)]
    street: String,
}

/// Move a warehouse
///
/// With the main one the shop itself moves, which is for those who decide about the shop; to others it is not there.
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/warehouses/{warehouse}/address", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("warehouse" = String, Path, description = "Its id")),
    request_body = WarehouseAddressBody,
    responses((status = 200, description = "The warehouse as it is now", body = WarehouseBody), ApiError))]
pub(crate) async fn move_warehouse(
    Signed(cx, _): Signed,
    Path((shop, warehouse)): Path<(String, WarehouseId)>,
    Json(body): Json<WarehouseAddressBody>,
) -> Result<axum::Json<WarehouseBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let address = AddressInput {
        recipient: body.contact,
        phone: body.phone,
        district: body.district,
        postcode: body.postcode,
        street: body.street,
        ..AddressInput::default()
    };
    flow::move_warehouse(&cx, &at, warehouse, &address).await.map_err(refused)?;
    this(&cx, &at, warehouse).await
}

/// Close a warehouse
///
/// 422 while something lies there or is on its way from or to it, while somebody counts there, and for the main one.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/warehouses/{warehouse}/close", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("warehouse" = String, Path, description = "Its id")),
    responses((status = 200, description = "The warehouse as it is now", body = WarehouseBody), ApiError))]
pub(crate) async fn close_warehouse(
    Signed(cx, _): Signed,
    Path((shop, warehouse)): Path<(String, WarehouseId)>,
) -> Result<axum::Json<WarehouseBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::close_warehouse(&cx, &at, warehouse).await.map_err(refused)?;
    this(&cx, &at, warehouse).await
}

/// Open a warehouse again
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/warehouses/{warehouse}/reopen", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("warehouse" = String, Path, description = "Its id")),
    responses((status = 200, description = "The warehouse as it is now", body = WarehouseBody), ApiError))]
pub(crate) async fn reopen_warehouse(
    Signed(cx, _): Signed,
    Path((shop, warehouse)): Path<(String, WarehouseId)>,
) -> Result<axum::Json<WarehouseBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    flow::reopen_warehouse(&cx, &at, warehouse).await.map_err(refused)?;
    this(&cx, &at, warehouse).await
}
