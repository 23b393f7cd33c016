//! What members say about themselves.

use crate::{
    ApiError,
    addresses::refused,
    extract::{Json, Signed},
};
use axum::body::Bytes;
use flows::profile as flow;
use http::StatusCode;
use kernel::{Cx, Member};
use model::person::{Profile, ProfileInput};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody says about themselves; all of it may be left out.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProfileBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date, example = "2001-12-31")]
    born: Option<String>,
    /// `id` or `en`; mail is written in it.
    language: &'static str,
    /// `system`, `light` or `dark`.
    theme: &'static str,
    /// Path of the picture on this site.
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    /// 0 until something was said.
    version: i32,
}

impl From<Profile> for ProfileBody {
    fn from(profile: Profile) -> Self {
        Self {
            name: profile.name,
            born: profile.born,
            language: profile.lang.tag(),
            theme: profile.theme.tag(),
            picture: profile.picture.map(|picture| picture.src()),
            version: profile.version,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteProfileBody {
    #[serde(default)]
    #[schema(max_length = 60)]
    name: Option<String>,
    #[serde(default)]
    #[schema(format = Date, example = "2001-12-31")]
    born: Option<String>,
    #[schema(example = "id")]
    language: String,
    #[schema(example = "system")]
    theme: String,
    /// The version the change was made from.
    version: i32,
}

/// My profile
#[utoipa::path(get, path = "/api/v1/profile", tag = "account",
    responses((status = 200, description = "The profile", body = ProfileBody), ApiError))]
pub(crate) async fn one(Signed(cx, member): Signed) -> Result<axum::Json<ProfileBody>, ApiError> {
    here(&cx, &member).await
}

/// Change my profile
///
/// 409 where it has been changed since `version`.
#[utoipa::path(put, path = "/api/v1/profile", tag = "account", request_body = WriteProfileBody,
    responses((status = 200, description = "The profile as it is now", body = ProfileBody), ApiError))]
pub(crate) async fn change(
    Signed(cx, member): Signed,
    Json(body): Json<WriteProfileBody>,
) -> Result<axum::Json<ProfileBody>, ApiError> {
    let input = ProfileInput {
        name: body.name.unwrap_or_default(),
        born: body.born.unwrap_or_default(),
        lang: body.language,
        theme: body.theme,
    };
    flow::save(&cx, &member, body.version, &input).await.map_err(refused)?;
    here(&cx, &member).await
}

/// Set my picture
///
/// The body is the file: JPEG, PNG or WebP. It shows up once it has been made ready, within seconds.
#[utoipa::path(put, path = "/api/v1/profile/picture", tag = "account",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "It was taken in", body = ProfileBody), ApiError))]
pub(crate) async fn set_picture(
    Signed(cx, member): Signed,
    body: Bytes,
) -> Result<(StatusCode, axum::Json<ProfileBody>), ApiError> {
    flow::set_picture(&cx, &member, body).await.map_err(refused)?;
    Ok((StatusCode::ACCEPTED, here(&cx, &member).await?))
}

/// Remove my picture
#[utoipa::path(delete, path = "/api/v1/profile/picture", tag = "account",
    responses((status = 204, description = "It is gone"), ApiError))]
pub(crate) async fn remove_picture(Signed(cx, member): Signed) -> Result<StatusCode, ApiError> {
    flow::remove_picture(&cx, &member).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn here(cx: &Cx, member: &Member) -> Result<axum::Json<ProfileBody>, ApiError> {
    let mut db = cx.db().acquire().await?;
    Ok(axum::Json(views::profile::profile(&mut db, member.account).await?.into()))
}
