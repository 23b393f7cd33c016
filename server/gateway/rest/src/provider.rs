//! Whether an account is linked to the provider people may sign in through. Linking itself takes a browser.

use crate::{ApiError, extract::Signed};
use flows::account::{self, STEP_UP};
use http::StatusCode;
use model::{AppError, Code};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The link to the provider.
#[derive(Serialize, ToSchema)]
pub(crate) struct LinkBody {
    /// What people call the provider.
    #[schema(example = "Contoh")]
    provider: String,
    /// The address or name they have there.
    #[schema(example = "sari@contoh.example")]
    shown: String,
    #[serde(with = "time::serde::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    linked_at: OffsetDateTime,
}

/// My link to the sign-in provider
///
/// 404 where there is none. It is made on the page `/account/security`.
#[utoipa::path(get, path = "/api/v1/me/provider", tag = "account",
    responses((status = 200, description = "Whom the provider knows me as", body = LinkBody), ApiError))]
pub(crate) async fn one(Signed(cx, member): Signed) -> Result<axum::Json<LinkBody>, ApiError> {
    let link = account::linked(&cx, &member).await?.ok_or(Code::NotFound)?;
    let provider = account::provider_label(&cx).unwrap_or_default();
    Ok(axum::Json(LinkBody { provider, shown: link.shown, linked_at: link.linked_at }))
}

/// Unlink the sign-in provider
///
/// Asks for a proof of the last ten minutes. 409 `last_way_in` where nothing else lets in.
#[utoipa::path(delete, path = "/api/v1/me/provider", tag = "account",
    responses((status = 204, description = "Unlinked"), ApiError))]
pub(crate) async fn unlink(Signed(cx, _): Signed) -> Result<StatusCode, ApiError> {
    account::unlink_provider(&cx, &cx.proved(STEP_UP)?).await.map_err(AppError::from)?;
    Ok(StatusCode::NO_CONTENT)
}
