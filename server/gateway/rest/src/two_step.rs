//! Two-step sign-in with an authenticator app.

use crate::{
    ApiError,
    extract::{Json, Signed},
};
use flows::account::{self, RecoveryCode, STEP_UP};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an authenticator app is told, once.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnrolmentBody {
    /// For typing: base32.
    secret: String,
    /// For a QR code.
    #[schema(example = "otpauth://totp/…")]
    url: String,
}

/// Offer a secret to an app
///
/// Asks for a proof of the last ten minutes, as all of this does. Nothing changes until the app has shown a right code.
#[utoipa::path(post, path = "/api/v1/me/two-step", tag = "account",
    responses((status = 201, description = "For the app", body = EnrolmentBody), ApiError))]
pub(crate) async fn offer(
    Signed(cx, _): Signed,
) -> Result<(StatusCode, axum::Json<EnrolmentBody>), ApiError> {
    let offered = account::offer_two_step(&cx, &cx.proved(STEP_UP)?).await.map_err(model::AppError::from)?;
    let body = EnrolmentBody { secret: offered.secret, url: offered.url };
    Ok((StatusCode::CREATED, axum::Json(body)))
}

/// What the app shows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeBody {
    #[schema(example = "123456")]
    code: String,
}

/// Codes for when the app is lost, each good once. They are shown this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodesBody {
    codes: Vec<String>,
}

fn shown(codes: &[RecoveryCode]) -> axum::Json<RecoveryCodesBody> {
    axum::Json(RecoveryCodesBody { codes: codes.iter().map(RecoveryCode::text).collect() })
}

/// Switch two-step sign-in on
#[utoipa::path(put, path = "/api/v1/me/two-step", tag = "account", request_body = CodeBody,
    responses((status = 200, description = "On, with recovery codes", body = RecoveryCodesBody), ApiError))]
pub(crate) async fn confirm(
    Signed(cx, _): Signed,
    Json(body): Json<CodeBody>,
) -> Result<axum::Json<RecoveryCodesBody>, ApiError> {
    let codes = account::confirm_two_step(&cx, &cx.proved(STEP_UP)?, &body.code).await;
    Ok(shown(&codes.map_err(model::AppError::from)?))
}

/// Switch two-step sign-in off
#[utoipa::path(delete, path = "/api/v1/me/two-step", tag = "account",
    responses((status = 204, description = "Off"), ApiError))]
pub(crate) async fn remove(Signed(cx, _): Signed) -> Result<StatusCode, ApiError> {
    account::remove_two_step(&cx, &cx.proved(STEP_UP)?).await.map_err(model::AppError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// New recovery codes
///
/// In place of all there were.
#[utoipa::path(post, path = "/api/v1/me/two-step/recovery-codes", tag = "account",
    responses((status = 201, description = "The new ones", body = RecoveryCodesBody), ApiError))]
pub(crate) async fn new_codes(
    Signed(cx, _): Signed,
) -> Result<(StatusCode, axum::Json<RecoveryCodesBody>), ApiError> {
    let codes = account::new_recovery_codes(&cx, &cx.proved(STEP_UP)?).await;
    Ok((StatusCode::CREATED, shown(&codes.map_err(model::AppError::from)?)))
}
