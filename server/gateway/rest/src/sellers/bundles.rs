//! A shop's variants that are made of others.

use crate::{
    ApiError,
    addresses::refused,
    body::{Limit, PageBody},
    extract::{Json, Path, Query, Signed},
};
use flows::seller::{AtShop, at_shop, bundles as flow};
use kernel::Cx;
use model::{
    Permission,
    ids::VariantId,
    shop::{Bundle, BundlePart},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A variant and what it consists of.
#[derive(Serialize, ToSchema)]
pub(crate) struct BundleBody {
    variant_id: String,
    sku: String,
    name: String,
    /// What was chosen: `Hitam, XL`; empty for the only one.
    label: String,
    /// How many of it can be sold; absent where that is not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    stock: Option<i32>,
    /// Nothing where it is a variant like any other.
    parts: Vec<BundlePartBody>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct BundlePartBody {
    variant_id: String,
    sku: String,
    /// What it is, with what was chosen of it.
    name: String,
    quantity: i32,
}

impl From<BundlePart> for BundlePartBody {
    fn from(it: BundlePart) -> Self {
        Self { variant_id: it.variant.to_string(), sku: it.sku, name: it.name, quantity: it.quantity }
    }
}

impl From<Bundle> for BundleBody {
    fn from(it: Bundle) -> Self {
        Self {
            variant_id: it.variant.to_string(),
            sku: it.sku,
            name: it.name,
            label: it.label,
            stock: it.stock,
            parts: it.parts.into_iter().map(BundlePartBody::from).collect(),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BundlesQuery {
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

/// A shop's bundles
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/bundles", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), BundlesQuery),
    responses((status = 200, description = "A part of them", body = PageBody<BundleBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<BundlesQuery>,
) -> Result<axum::Json<PageBody<BundleBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let found = flow::list(&cx, &at, query.after.as_deref(), limit).await.map_err(refused)?;
    Ok(axum::Json(found.map(BundleBody::from).into()))
}

/// What a variant consists of
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/bundles/{variant}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("variant" = String, Path, description = "The variant's id")),
    responses((status = 200, description = "The variant", body = BundleBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((shop, variant)): Path<(String, VariantId)>,
) -> Result<axum::Json<BundleBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    Ok(axum::Json(flow::find(&cx, &at, variant).await.map_err(refused)?.into()))
}

/// So many of one thing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutPartBody {
    sku: String,
    #[schema(minimum = 1, maximum = 10_000)]
    quantity: u16,
}

/// What a variant is to consist of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutBundleBody {
    /// Of nothing, it has stock of its own again.
    #[schema(max_items = 20)]
    parts: Vec<PutPartBody>,
}

/// Say what a variant consists of
///
/// Of other variants of the shop that are no bundles themselves.
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/bundles/{variant}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("variant" = String, Path, description = "The variant's id")),
    request_body = PutBundleBody,
    responses((status = 200, description = "The variant as it is now", body = BundleBody), ApiError))]
pub(crate) async fn set(
    Signed(cx, _): Signed,
    Path((shop, variant)): Path<(String, VariantId)>,
    Json(body): Json<PutBundleBody>,
) -> Result<axum::Json<BundleBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let lines: Vec<String> =
        body.parts.iter().map(|part| format!("{} {}", part.sku, part.quantity)).collect();
    flow::set(&cx, &at, variant, &lines.join("\n")).await.map_err(refused)?;
    Ok(axum::Json(flow::find(&cx, &at, variant).await.map_err(refused)?.into()))
}
