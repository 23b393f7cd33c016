//! A shop's products, as those who keep them make and change them.

mod body;

use super::OfProduct;
use crate::{
    ApiError,
    addresses::refused,
    extract::{IdempotencyKey, Json, Path, Signed},
};
use axum::{body::Bytes, response::IntoResponse};
use body::{BeginBody, OwnProductBody, WriteProductBody};
use flows::seller::{
    AtShop, at_shop,
    editor::{self as flow, Absent},
};
use http::StatusCode;
use kernel::Cx;
use model::{
    AppError, Permission,
    ids::{MediaId, ProductId},
    shop::PictureAct,
};
use serde::Deserialize;
use utoipa::ToSchema;

async fn at(cx: &Cx, slug: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, slug, Permission::Products).await?)
}

async fn here(cx: &Cx, at: &AtShop, product: ProductId) -> Result<axum::Json<OwnProductBody>, ApiError> {
    let mut db = cx.db().acquire().await?;
    let found = views::editor::editor(&mut db, at.shop(), product, None, cx.lang()).await?;
    Ok(axum::Json(found.ok_or_else(AppError::not_found)?.into()))
}

/// Begin a product
///
/// A draft with a name and a category; all else is said by `PUT`. With an `Idempotency-Key`, asking again answers with the
/// one made the first time.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), IdempotencyKey), request_body = BeginBody,
    responses((status = 201, description = "The draft", body = OwnProductBody), ApiError))]
pub(crate) async fn begin(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    key: IdempotencyKey,
    Json(body): Json<BeginBody>,
) -> Result<impl IntoResponse, ApiError> {
    let at = at(&cx, &slug).await?;
    let id = flow::begin(&cx, &at, &body.name, &body.category_id, key.get()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, here(&cx, &at, id).await?))
}

/// One of a shop's products, whatever its state
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/products/{product}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "Its id")),
    responses((status = 200, description = "The product", body = OwnProductBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((slug, product)): OfProduct,
) -> Result<axum::Json<OwnProductBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    here(&cx, &at, product).await
}

/// Change a product
///
/// All of it: what is left out is not said, and variants that are left out are not offered any more. 409 where it has been
/// changed since `version`.
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/products/{product}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "Its id")), request_body = WriteProductBody,
    responses((status = 200, description = "The product as it is now", body = OwnProductBody), ApiError))]
pub(crate) async fn change(
    Signed(cx, _): Signed,
    Path((slug, product)): OfProduct,
    Json(body): Json<WriteProductBody>,
) -> Result<axum::Json<OwnProductBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    let saved = flow::save(&cx, &at, product, body.version, &body.input(), Absent::NotSold).await;
    saved.map_err(|error| {
        let cause = error.to_string();
        ApiError::from(web::Problem::new(body.named(error.into())).because(cause))
    })?;
    here(&cx, &at, product).await
}

/// Offer a product
///
/// On sale at once, or as soon as the shop is approved.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/{product}/submit", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "Its id")),
    responses((status = 200, description = "The product as it is now", body = OwnProductBody), ApiError))]
pub(crate) async fn submit(
    Signed(cx, _): Signed,
    Path((slug, product)): OfProduct,
) -> Result<axum::Json<OwnProductBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::submit(&cx, &at, product).await.map_err(refused)?;
    here(&cx, &at, product).await
}

/// Hide a product for a while
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/{product}/hide", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "Its id")),
    responses((status = 200, description = "The product as it is now", body = OwnProductBody), ApiError))]
pub(crate) async fn hide(
    Signed(cx, _): Signed,
    Path((slug, product)): OfProduct,
) -> Result<axum::Json<OwnProductBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::set_shown(&cx, &at, product, false).await.map_err(refused)?;
    here(&cx, &at, product).await
}

/// Show a hidden product again
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/{product}/show", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "Its id")),
    responses((status = 200, description = "The product as it is now", body = OwnProductBody), ApiError))]
pub(crate) async fn show(
    Signed(cx, _): Signed,
    Path((slug, product)): OfProduct,
) -> Result<axum::Json<OwnProductBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::set_shown(&cx, &at, product, true).await.map_err(refused)?;
    here(&cx, &at, product).await
}

/// Take a product off for ever
///
/// Orders still name it.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/{product}/archive", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "Its id")),
    responses((status = 200, description = "The product as it is now", body = OwnProductBody), ApiError))]
pub(crate) async fn archive(
    Signed(cx, _): Signed,
    Path((slug, product)): OfProduct,
) -> Result<axum::Json<OwnProductBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::archive(&cx, &at, product).await.map_err(refused)?;
    here(&cx, &at, product).await
}

/// Copy a product
///
/// Into a new draft, of which there is no stock.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/{product}/copy", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "Its id"), IdempotencyKey),
    responses((status = 201, description = "The draft", body = OwnProductBody), ApiError))]
pub(crate) async fn copy(
    Signed(cx, _): Signed,
    Path((slug, product)): OfProduct,
    key: IdempotencyKey,
) -> Result<impl IntoResponse, ApiError> {
    let at = at(&cx, &slug).await?;
    let id = flow::copy(&cx, &at, product, key.get()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, here(&cx, &at, id).await?))
}

/// Add a photograph
///
/// The body is the file: JPEG, PNG or WebP. It goes to the end of the gallery and shows up once it has been made ready,
/// within seconds.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/{product}/photographs", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "Its id")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "It was taken in", body = OwnProductBody), ApiError))]
pub(crate) async fn attach(
    Signed(cx, _): Signed,
    Path((slug, product)): OfProduct,
    body: Bytes,
) -> Result<impl IntoResponse, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::attach(&cx, &at, product, body).await.map_err(refused)?;
    Ok((StatusCode::ACCEPTED, here(&cx, &at, product).await?))
}

/// Where a photograph goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShiftBody {
    /// `earlier`, `later` or `first`.
    #[schema(example = "first")]
    to: String,
}

/// Move a photograph
#[utoipa::path(patch, path = "/api/v1/seller/shops/{shop}/products/{product}/photographs/{media}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "The product's id"),
      ("media" = String, Path, description = "The photograph's id")), request_body = ShiftBody,
    responses((status = 200, description = "The product as it is now", body = OwnProductBody), ApiError))]
pub(crate) async fn shift(
    Signed(cx, _): Signed,
    Path((slug, product, media)): Path<(String, ProductId, MediaId)>,
    Json(body): Json<ShiftBody>,
) -> Result<axum::Json<OwnProductBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    let to = PictureAct::from_name(&body.to).filter(|act| *act != PictureAct::Remove);
    let to = to.ok_or_else(|| AppError::field("to", model::FieldError::Malformed))?;
    flow::shift(&cx, &at, product, media, to).await.map_err(refused)?;
    here(&cx, &at, product).await
}

/// Remove a photograph
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/products/{product}/photographs/{media}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("product" = String, Path, description = "The product's id"),
      ("media" = String, Path, description = "The photograph's id")),
    responses((status = 204, description = "It is not shown any more"), ApiError))]
pub(crate) async fn detach(
    Signed(cx, _): Signed,
    Path((slug, product, media)): Path<(String, ProductId, MediaId)>,
) -> Result<StatusCode, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::shift(&cx, &at, product, media, PictureAct::Remove).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
