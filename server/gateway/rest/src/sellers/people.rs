//! The people of a shop, for those who have a say about them.

use super::{OfInvitation, OfStaff, role};
use crate::{
    ApiError,
    addresses::refused,
    extract::{Json, Path, Signed},
    goods::instant,
};
use axum::response::IntoResponse;
use flows::{
    account::STEP_UP,
    seller::{AtShop, at_shop, staff as flow},
};
use http::StatusCode;
use kernel::Cx;
use model::{
    Permission,
    ids::AccountId,
    shop::{InvitationRow, StaffPage, StaffRow},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who works in a shop, and who was asked to.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaffBody {
    /// The owner first.
    people: Vec<PersonBody>,
    /// Those that hold.
    invitations: Vec<InvitationBody>,
}

#[derive(Serialize, ToSchema)]
struct PersonBody {
    account_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Masked: enough to recognise them.
    #[schema(example = "b•••@mail.example")]
    contact: String,
    role: &'static str,
    #[schema(format = DateTime)]
    since: String,
}

#[derive(Serialize, ToSchema)]
struct InvitationBody {
    id: String,
    email: String,
    role: &'static str,
    #[schema(format = DateTime)]
    expires_at: String,
}

impl From<StaffRow> for PersonBody {
    fn from(row: StaffRow) -> Self {
        Self {
            account_id: row.account.to_string(),
            name: row.name,
            contact: row.contact,
            role: row.role.as_str(),
            since: instant(row.since),
        }
    }
}

impl From<InvitationRow> for InvitationBody {
    fn from(row: InvitationRow) -> Self {
        Self {
            id: row.id.to_string(),
            email: row.email,
            role: row.role.as_str(),
            expires_at: instant(row.expires_at),
        }
    }
}

impl From<StaffPage> for StaffBody {
    fn from(page: StaffPage) -> Self {
        Self {
            people: page.people.into_iter().map(PersonBody::from).collect(),
            invitations: page.invitations.into_iter().map(InvitationBody::from).collect(),
        }
    }
}

async fn at(cx: &Cx, slug: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, slug, Permission::Staff).await?)
}

/// Who works in a shop
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/staff", tag = "selling",
    params(("shop" = String, Path, description = "Its address")),
    responses((status = 200, description = "All of them", body = StaffBody), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
) -> Result<axum::Json<StaffBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    let page = views::staff::page(&mut *cx.db().acquire().await?, at.shop(), cx.now()).await?;
    Ok(axum::Json(page.into()))
}

/// Somebody who is asked to work in a shop.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteBody {
    #[schema(example = "budi@mail.example", max_length = 254)]
    email: String,
    /// `manager`, `fulfilment`, `catalogue` or `finance`.
    #[schema(example = "fulfilment")]
    role: String,
}

/// What was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitedBody {
    id: String,
}

/// Invite somebody
///
/// They get a link that works once, for seven days. Asked again, they get another, and the first works no more. Needs fresh
/// proof of who asks.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/invitations", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address")), request_body = InviteBody,
    responses((status = 201, description = "The invitation", body = InvitedBody), ApiError))]
pub(crate) async fn invite(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    Json(body): Json<InviteBody>,
) -> Result<impl IntoResponse, ApiError> {
    let at = at(&cx, &slug).await?;
    let id = flow::invite(&cx, &cx.proved(STEP_UP)?, &at, &body.email, role(&body.role)?)
        .await
        .map_err(refused)?;
    Ok((StatusCode::CREATED, axum::Json(InvitedBody { id: id.to_string() })))
}

/// Take an invitation back
///
/// Needs fresh proof of who asks.
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/invitations/{invitation}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("invitation" = String, Path, description = "Its id")),
    responses((status = 204, description = "The link works no more"), ApiError))]
pub(crate) async fn withdraw(
    Signed(cx, _): Signed,
    Path((slug, id)): OfInvitation,
) -> Result<StatusCode, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::withdraw(&cx, &cx.proved(STEP_UP)?, &at, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Another role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleBody {
    /// `manager`, `fulfilment`, `catalogue` or `finance`.
    #[schema(example = "manager")]
    role: String,
}

/// Change somebody's role
///
/// Needs fresh proof of who asks.
#[utoipa::path(patch, path = "/api/v1/seller/shops/{shop}/staff/{account}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("account" = String, Path, description = "Whose")), request_body = RoleBody,
    responses((status = 204, description = "It is theirs now"), ApiError))]
pub(crate) async fn change_role(
    Signed(cx, _): Signed,
    Path((slug, account)): OfStaff,
    Json(body): Json<RoleBody>,
) -> Result<StatusCode, ApiError> {
    let at = at(&cx, &slug).await?;
    let proved = cx.proved(STEP_UP)?;
    flow::change_role(&cx, &proved, &at, account, role(&body.role)?).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Send somebody away
///
/// Needs fresh proof of who asks.
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/staff/{account}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"),
      ("account" = String, Path, description = "Whom")),
    responses((status = 204, description = "They do not work there any more"), ApiError))]
pub(crate) async fn remove(
    Signed(cx, _): Signed,
    Path((slug, account)): OfStaff,
) -> Result<StatusCode, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::remove(&cx, &cx.proved(STEP_UP)?, &at, account).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whose the shop is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnerBody {
    /// Of somebody who works there.
    #[schema(value_type = String)]
    account_id: AccountId,
}

/// Hand a shop over
///
/// Needs fresh proof of who asks. They are a manager from then on.
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/owner", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address")), request_body = OwnerBody,
    responses((status = 204, description = "It is theirs now"), ApiError))]
pub(crate) async fn hand_over(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    Json(body): Json<OwnerBody>,
) -> Result<StatusCode, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::hand_over(&cx, &cx.proved(STEP_UP)?, &at, body.account_id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
