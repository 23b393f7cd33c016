//! What people keep for later.

use crate::{
    ApiError,
    addresses::refused,
    body::{MoneyBody, PageQuery},
    extract::{IdempotencyKey, Json, Path, Query, Signed},
    goods::{CardBody, instant},
};
use axum::response::IntoResponse;
use flows::wishlist::{self as flow, Onto};
use http::StatusCode;
use kernel::{Cx, Member};
use model::{
    Code,
    ids::{ProductId, VariantId, WishId, WishlistId},
    wish::{Wish, Wishlist, WishlistPage},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use views::{ViewError, wishlist};
use web::InCx;

/// A list without what is on it.
#[derive(Serialize, ToSchema)]
pub(crate) struct WishlistBody {
    id: String,
    /// Absent for the default list until its owner names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    is_default: bool,
    count: u32,
    /// Path of the page that whoever has it may look at; absent while the list is not shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/w/pSJ0cVb0mN4x2qYh1tLr9aKeUwGzDf3o")]
    shared_at: Option<String>,
    version: i32,
}

impl From<Wishlist> for WishlistBody {
    fn from(list: Wishlist) -> Self {
        Self {
            id: list.id.to_string(),
            name: Some(list.name).filter(|name| !name.is_empty()),
            is_default: list.is_default,
            count: list.count,
            shared_at: list.token.map(|token| format!("/w/{token}")),
            version: list.version,
        }
    }
}

/// Something on a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct WishBody {
    id: String,
    product_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    variant_id: Option<String>,
    /// What it was called when it was added.
    name: String,
    #[schema(format = DateTime)]
    added_at: String,
    /// What it costs now; absent where it is no longer sold.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<MoneyBody>,
    in_stock: bool,
    /// By so much it is cheaper than when it was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    price_drop: Option<MoneyBody>,
    /// It was sold out when it was added, and no longer is.
    back_in_stock: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<CardBody>,
}

impl From<Wish> for WishBody {
    fn from(wish: Wish) -> Self {
        Self {
            id: wish.id.to_string(),
            product_id: wish.product.to_string(),
            variant_id: wish.variant.map(|variant| variant.id.to_string()),
            name: wish.name,
            added_at: instant(wish.added_at),
            price: wish.price.map(MoneyBody::from),
            in_stock: wish.in_stock,
            price_drop: wish.marks.price_drop.map(MoneyBody::from),
            back_in_stock: wish.marks.back_in_stock,
            product: wish.card.map(CardBody::from),
        }
    }
}

/// A list with a part of what is on it.
#[derive(Serialize, ToSchema)]
pub(crate) struct WishlistPageBody {
    list: WishlistBody,
    /// The latest first.
    items: Vec<WishBody>,
    next: Option<String>,
}

impl From<WishlistPage> for WishlistPageBody {
    fn from(page: WishlistPage) -> Self {
        let items = page.items.into_iter().map(WishBody::from).collect();
        Self { list: page.list.into(), items, next: page.next }
    }
}

/// My wishlists
///
/// The default first. There is none until something was wished for.
#[utoipa::path(get, path = "/api/v1/wishlists", tag = "account",
    responses((status = 200, description = "All of them", body = Vec<WishlistBody>), ApiError))]
pub(crate) async fn lists(Signed(cx, member): Signed) -> Result<axum::Json<Vec<WishlistBody>>, ApiError> {
    let mut db = cx.db().acquire().await?;
    let lists = wishlist::lists(&mut db, member.account).await?;
    Ok(axum::Json(lists.into_iter().map(WishlistBody::from).collect()))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWishlistBody {
    #[schema(example = "Ulang tahun Ibu", max_length = 40)]
    name: String,
}

/// Make a list
#[utoipa::path(post, path = "/api/v1/wishlists", tag = "account", params(IdempotencyKey),
    request_body = NewWishlistBody,
    responses((status = 201, description = "The list", body = WishlistBody), ApiError))]
pub(crate) async fn make(
    Signed(cx, member): Signed,
    key: IdempotencyKey,
    Json(body): Json<NewWishlistBody>,
) -> Result<impl IntoResponse, ApiError> {
    let id = flow::make(&cx, &member, &body.name, key.get()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, here(&cx, &member, id).await?))
}

/// A list of mine with what is on it
#[utoipa::path(get, path = "/api/v1/wishlists/{list}", tag = "account",
    params(("list" = String, Path, description = "Its id"), PageQuery),
    responses((status = 200, description = "A part of it", body = WishlistPageBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, member): Signed,
    Path(id): Path<WishlistId>,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<WishlistPageBody>, ApiError> {
    let mut db = cx.db().acquire().await?;
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let page = wishlist::page(&mut db, member.account, id, query.after.as_deref(), limit, cx.now())
        .await
        .map_err(no)?;
    page.map(|page| axum::Json(page.into())).ok_or_else(|| ApiError::from(Code::NotFound))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RenameBody {
    #[schema(max_length = 40)]
    name: String,
    /// The version the change was made from.
    version: i32,
}

/// Rename a list
#[utoipa::path(patch, path = "/api/v1/wishlists/{list}", tag = "account",
    params(("list" = String, Path, description = "Its id")), request_body = RenameBody,
    responses((status = 200, description = "The list as it is now", body = WishlistBody), ApiError))]
pub(crate) async fn rename(
    Signed(cx, member): Signed,
    Path(id): Path<WishlistId>,
    Json(body): Json<RenameBody>,
) -> Result<axum::Json<WishlistBody>, ApiError> {
    flow::rename(&cx, &member, (id, body.version), &body.name).await.map_err(refused)?;
    here(&cx, &member, id).await
}

/// Remove a list with what is on it
///
/// The default list stays: 409.
#[utoipa::path(delete, path = "/api/v1/wishlists/{list}", tag = "account",
    params(("list" = String, Path, description = "Its id")),
    responses((status = 204, description = "It is gone"), ApiError))]
pub(crate) async fn delete(
    Signed(cx, member): Signed,
    Path(id): Path<WishlistId>,
) -> Result<StatusCode, ApiError> {
    flow::delete(&cx, &member, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Share a list
///
/// Whoever has the link may look at it, until it is taken back.
#[utoipa::path(put, path = "/api/v1/wishlists/{list}/share", tag = "account",
    params(("list" = String, Path, description = "Its id")),
    responses((status = 200, description = "The list with its link", body = WishlistBody), ApiError))]
pub(crate) async fn share(
    Signed(cx, member): Signed,
    Path(id): Path<WishlistId>,
) -> Result<axum::Json<WishlistBody>, ApiError> {
    flow::share(&cx, &member, id).await.map_err(refused)?;
    here(&cx, &member, id).await
}

/// Stop sharing a list
#[utoipa::path(delete, path = "/api/v1/wishlists/{list}/share", tag = "account",
    params(("list" = String, Path, description = "Its id")),
    responses((status = 204, description = "Its link leads nowhere now"), ApiError))]
pub(crate) async fn unshare(
    Signed(cx, member): Signed,
    Path(id): Path<WishlistId>,
) -> Result<StatusCode, ApiError> {
    flow::unshare(&cx, &member, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWishBody {
    #[schema(value_type = String)]
    product_id: ProductId,
    /// For one variant of it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    variant_id: Option<VariantId>,
}

/// What was put where.
#[derive(Serialize, ToSchema)]
pub(crate) struct PutBody {
    list: String,
    item: String,
}

/// Put something onto a list
///
/// What is on it already stays as it was. The list `default` is where a heart puts things, and need not be there yet.
#[utoipa::path(post, path = "/api/v1/wishlists/{list}/items", tag = "account", request_body = NewWishBody,
    params(("list" = String, Path, description = "Its id, or `default`"), IdempotencyKey),
    responses((status = 201, description = "It is on the list", body = PutBody), ApiError))]
pub(crate) async fn put(
    Signed(cx, member): Signed,
    Path(list): Path<String>,
    key: IdempotencyKey,
    Json(body): Json<NewWishBody>,
) -> Result<impl IntoResponse, ApiError> {
    let onto = match list.as_str() {
        "default" => Onto::Default,
        id => Onto::List(id.parse().map_err(|_| ApiError::from(Code::NotFound))?),
    };
    let what = (body.product_id, body.variant_id);
    let (list, item) = flow::add(&cx, &member, onto, what, key.get()).await.map_err(refused)?;
    let body = PutBody { list: list.to_string(), item: item.to_string() };
    Ok((StatusCode::CREATED, axum::Json(body)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveBody {
    /// The list it is to be on.
    #[schema(value_type = String)]
    list_id: WishlistId,
}

/// Move something to another list
#[utoipa::path(patch, path = "/api/v1/wishlists/items/{item}", tag = "account",
    params(("item" = String, Path, description = "Id of what is on the list")), request_body = MoveBody,
    responses((status = 204, description = "It is on the other list"), ApiError))]
pub(crate) async fn move_to(
    Signed(cx, member): Signed,
    Path(id): Path<WishId>,
    Json(body): Json<MoveBody>,
) -> Result<StatusCode, ApiError> {
    flow::move_to(&cx, &member, id, body.list_id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take something off its list
#[utoipa::path(delete, path = "/api/v1/wishlists/items/{item}", tag = "account",
    params(("item" = String, Path, description = "Id of what is on the list")),
    responses((status = 204, description = "It is gone"), ApiError))]
pub(crate) async fn take(Signed(cx, member): Signed, Path(id): Path<WishId>) -> Result<StatusCode, ApiError> {
    flow::remove(&cx, &member, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// A list that was shared with me
///
/// Nobody has to sign in for it.
#[utoipa::path(get, path = "/api/v1/shared-wishlists/{token}", tag = "account",
    params(("token" = String, Path, description = "What the link ends in"), PageQuery),
    responses((status = 200, description = "A part of it", body = WishlistPageBody), ApiError))]
pub(crate) async fn shared(
    InCx(cx): InCx,
    Path(token): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<WishlistPageBody>, ApiError> {
    let token = token.parse().map_err(|_| ApiError::from(Code::NotFound))?;
    let mut db = cx.db().acquire().await?;
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let page =
        wishlist::shared(&mut db, &token, query.after.as_deref(), limit, cx.now()).await.map_err(no)?;
    page.map(|page| axum::Json(page.into())).ok_or_else(|| ApiError::from(Code::NotFound))
}

async fn here(cx: &Cx, member: &Member, id: WishlistId) -> Result<axum::Json<WishlistBody>, ApiError> {
    let mut db = cx.db().acquire().await?;
    let page = wishlist::page(&mut db, member.account, id, None, 1, cx.now()).await.map_err(no)?;
    page.map(|page| axum::Json(page.list.into())).ok_or_else(|| ApiError::from(Code::NotFound))
}

fn no(error: ViewError) -> ApiError {
    refused(error)
}
