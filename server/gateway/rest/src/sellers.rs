//! Shops, for the people they belong to. Each endpoint asks for one permission; to everybody else the shop is not there.

pub(crate) mod bundles;
pub(crate) mod counts;
pub(crate) mod flash;
pub(crate) mod imports;
pub(crate) mod people;
pub(crate) mod prices;
pub(crate) mod products;
pub(crate) mod reorder;
pub(crate) mod settings;
pub(crate) mod stock;
pub(crate) mod today;
pub(crate) mod together;
pub(crate) mod transfers;
pub(crate) mod vouchers;
pub(crate) mod warehouses;

use crate::{
    ApiError,
    addresses::refused,
    body::PageBody,
    extract::{IdempotencyKey, Json, Path, Signed},
};
use axum::response::IntoResponse;
use flows::seller as flow;
use http::StatusCode;
use kernel::{Cx, Member};
use model::{
    Code, FieldError, ShopRole, Slug,
    ids::{AccountId, InvitationId, ProductId},
    shop::{ShopInput, StaffShop, Standing},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A shop, as somebody who works there sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffShopBody {
    id: String,
    #[schema(example = "kopi-senja")]
    slug: String,
    name: String,
    /// What they are there: `owner`, `manager`, `fulfilment`, `catalogue` or `finance`.
    role: &'static str,
    /// What they may do there.
    permissions: Vec<&'static str>,
    /// `in_review`, `rejected`, `open`, `on_holiday`, `suspended` or `closed`.
    state: &'static str,
}

impl From<StaffShop> for StaffShopBody {
    fn from(shop: StaffShop) -> Self {
        Self {
            id: shop.id.to_string(),
            slug: shop.slug.to_string(),
            name: shop.name,
            role: shop.role.as_str(),
            permissions: shop.role.permissions().iter().map(model::Permission::as_str).collect(),
            state: shop.state.as_str(),
        }
    }
}

/// My shops
///
/// Those one owns or works in, the longest first.
#[utoipa::path(get, path = "/api/v1/seller/shops", tag = "selling",
    responses((status = 200, description = "All of them", body = PageBody<StaffShopBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, member): Signed,
) -> Result<axum::Json<PageBody<StaffShopBody>>, ApiError> {
    let shops = flow::shops_of(&mut *cx.db().acquire().await?, member.account).await?;
    let items: Vec<StaffShopBody> = shops.into_iter().map(StaffShopBody::from).collect();
    let total = u64::try_from(items.len()).ok();
    Ok(axum::Json(PageBody { items, next: None, total }))
}

/// A shop that is to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenShopBody {
    #[schema(example = "Kopi Senja", min_length = 3, max_length = 60)]
    name: String,
    /// Where it is found, `/shop/{slug}`; made of the name where it is left out.
    #[serde(default)]
    #[schema(example = "kopi-senja", min_length = 3, max_length = 40)]
    slug: Option<String>,
    /// Code of the district its goods are sent from.
    #[schema(example = "31.74.07")]
    district: String,
    #[serde(default)]
    #[schema(max_length = 2000)]
    description: Option<String>,
}

/// Open a shop
///
/// Shoppers see it once its owner has sent documents and an operator has looked at them. With an `Idempotency-Key`, asking
/// again answers with the shop opened the first time.
#[utoipa::path(post, path = "/api/v1/seller/shops", tag = "selling", params(IdempotencyKey),
    request_body = OpenShopBody,
    responses((status = 201, description = "The shop", body = StaffShopBody), ApiError))]
pub(crate) async fn open(
    Signed(cx, member): Signed,
    key: IdempotencyKey,
    Json(body): Json<OpenShopBody>,
) -> Result<impl IntoResponse, ApiError> {
    let input = ShopInput {
        name: body.name,
        slug: body.slug.unwrap_or_default(),
        district: body.district,
        description: body.description.unwrap_or_default(),
    };
    let slug = flow::open(&cx, &member, &input, key.get()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, axum::Json(StaffShopBody::from(find(&cx, &member, &slug).await?))))
}

/// A shop and how far it has come in being verified.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyShopBody {
    #[serde(flatten)]
    shop: StaffShopBody,
    /// `missing`, `waiting`, `rejected` or `verified`.
    verification: &'static str,
    /// What has to be corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// One of my shops
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}", tag = "selling",
    params(("shop" = String, Path, description = "Its address")),
    responses((status = 200, description = "The shop", body = MyShopBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, member): Signed,
    Path(slug): Path<Slug>,
) -> Result<axum::Json<MyShopBody>, ApiError> {
    let shop = find(&cx, &member, &slug).await?;
    let standing = views::verification::standing(&mut *cx.db().acquire().await?, shop.id).await?;
    let (verification, reason) = match standing {
        Standing::Missing => ("missing", None),
        Standing::Waiting { .. } => ("waiting", None),
        Standing::Rejected { reason, .. } => ("rejected", Some(reason)),
        Standing::Verified => ("verified", None),
    };
    Ok(axum::Json(MyShopBody { shop: shop.into(), verification, reason }))
}

async fn find(cx: &Cx, member: &Member, slug: &Slug) -> Result<StaffShop, ApiError> {
    let found = flow::find_shop(&mut *cx.db().acquire().await?, slug, member.account).await?;
    found.ok_or_else(|| Code::NotFound.into())
}

/// One of my shops' way out
///
/// For those who work there; its owner hands it over first.
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/membership", tag = "selling",
    params(("shop" = String, Path, description = "Its address")),
    responses((status = 204, description = "They do not work there any more"), ApiError))]
pub(crate) async fn leave(
    Signed(cx, member): Signed,
    Path(slug): Path<String>,
) -> Result<StatusCode, ApiError> {
    flow::staff::leave(&cx, &member, &slug).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// An invitation's token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JoinBody {
    /// As in the link of the mail.
    token: String,
}

/// Accept an invitation
///
/// For the account that has the e-mail address it went to.
#[utoipa::path(post, path = "/api/v1/seller/invitations/accept", tag = "selling", request_body = JoinBody,
    responses((status = 200, description = "The shop they work in now", body = StaffShopBody), ApiError))]
pub(crate) async fn join(
    Signed(cx, member): Signed,
    Json(body): Json<JoinBody>,
) -> Result<axum::Json<StaffShopBody>, ApiError> {
    let slug = flow::staff::join(&cx, &member, &body.token).await.map_err(refused)?;
    Ok(axum::Json(find(&cx, &member, &slug).await?.into()))
}

/// A role by its name; the owner's is handed over and not given.
pub(crate) fn role(name: &str) -> Result<ShopRole, ApiError> {
    let role = ShopRole::from_name(name).filter(|role| *role != ShopRole::Owner);
    role.ok_or_else(|| ApiError::field(Code::Invalid, "role", FieldError::NotAllowed))
}

/// Whoever is in the path of an endpoint about a shop's people.
pub(crate) type OfStaff = Path<(String, AccountId)>;
pub(crate) type OfProduct = Path<(String, ProductId)>;
pub(crate) type OfInvitation = Path<(String, InvitationId)>;
