//! Passkeys: keeping them, and signing in with one.

use crate::{
    ApiError,
    extract::{Json, Path, Signed},
    sessions::{Carriage, SessionBody, device_of, let_in},
};
use axum::response::Response;
use flows::account::{self, For, Offer, Proof, RecoveryCode, STEP_UP};
use http::{HeaderMap, StatusCode};
use model::{AppError, ids::PasskeyId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;
use utoipa::ToSchema;
use web::{InCx, Scope};

/// A question for an authenticator.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuestionBody {
    /// Sent back with the answer, once and within five minutes.
    ceremony: String,
    /// For `navigator.credentials.create` or `.get`, as `PublicKeyCredential.parse…OptionsFromJSON` reads it.
    #[schema(value_type = Object)]
    options: Value,
}

type Asked = Result<(StatusCode, axum::Json<QuestionBody>), ApiError>;

#[expect(clippy::unnecessary_wraps, reason = "what its endpoints answer")]
fn question(offer: &Offer) -> Asked {
    let options = serde_json::from_str(&offer.options).unwrap_or_default();
    let body = QuestionBody { ceremony: offer.ceremony.text(), options };
    Ok((StatusCode::CREATED, axum::Json(body)))
}

/// What an authenticator answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerBody {
    /// Of the question.
    ceremony: String,
    /// As `PublicKeyCredential.toJSON` writes it.
    #[schema(value_type = Object)]
    credential: Value,
}

impl AnswerBody {
    pub(crate) fn proof(self) -> Proof {
        Proof::Passkey { ceremony: self.ceremony, answer: self.credential.to_string() }
    }
}

/// One passkey.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasskeyBody {
    #[schema(value_type = String)]
    id: PasskeyId,
    #[schema(example = "Chrome, Android")]
    name: String,
    /// Whether its owner's other devices have it too.
    synced: bool,
    #[serde(with = "time::serde::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    added_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, format = DateTime, required = false)]
    last_used_at: Option<OffsetDateTime>,
}

/// My passkeys
#[utoipa::path(get, path = "/api/v1/me/passkeys", tag = "account",
    responses((status = 200, description = "In the order in which they came", body = Vec<PasskeyBody>), ApiError))]
pub(crate) async fn list(Signed(cx, member): Signed) -> Result<axum::Json<Vec<PasskeyBody>>, ApiError> {
    let passkeys = account::passkeys(&cx, &member).await?.into_iter().map(|it| PasskeyBody {
        id: it.id,
        name: it.name,
        synced: it.synced,
        added_at: it.created_at,
        last_used_at: it.used_at,
    });
    Ok(axum::Json(passkeys.collect()))
}

/// Ask for a new passkey
///
/// Asks for a proof of the last ten minutes, as adding it does. Nothing changes until it is added.
#[utoipa::path(post, path = "/api/v1/me/passkeys/question", tag = "account",
    responses((status = 201, description = "For the authenticator", body = QuestionBody), ApiError))]
pub(crate) async fn offer(Signed(cx, _): Signed) -> Asked {
    question(&account::offer_passkey(&cx, &cx.proved(STEP_UP)?).await.map_err(AppError::from)?)
}

/// A passkey that was made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPasskeyBody {
    ceremony: String,
    /// As `PublicKeyCredential.toJSON` writes it.
    #[schema(value_type = Object)]
    credential: Value,
    /// The name of the device this comes from, unless something else is said.
    #[serde(default)]
    #[schema(example = "Chrome, Android", max_length = 60)]
    name: String,
}

/// A passkey that was added.
#[derive(Serialize, ToSchema)]
pub(crate) struct AddedBody {
    #[schema(value_type = String)]
    id: PasskeyId,
    /// For when it is lost, each good once: they come with the first thing that is asked for after a password, and are
    /// shown this once.
    recovery_codes: Vec<String>,
}

/// Add a passkey
///
/// From then on it lets in by itself, and a password alone no longer does.
#[utoipa::path(post, path = "/api/v1/me/passkeys", tag = "account", request_body = NewPasskeyBody,
    responses((status = 201, description = "Added", body = AddedBody), ApiError))]
pub(crate) async fn add(
    Signed(cx, _): Signed,
    Json(body): Json<NewPasskeyBody>,
) -> Result<(StatusCode, axum::Json<AddedBody>), ApiError> {
    let answer = body.credential.to_string();
    let added = account::add_passkey(&cx, &cx.proved(STEP_UP)?, &body.ceremony, &answer, &body.name).await;
    let added = added.map_err(AppError::from)?;
    let recovery_codes = added.codes.iter().map(RecoveryCode::text).collect();
    Ok((StatusCode::CREATED, axum::Json(AddedBody { id: added.id, recovery_codes })))
}

/// What a passkey is called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

/// Call a passkey something else
#[utoipa::path(patch, path = "/api/v1/me/passkeys/{passkey}", tag = "account",
    params(("passkey" = String, Path)), request_body = NameBody,
    responses((status = 204, description = "Done"), ApiError))]
pub(crate) async fn rename(
    Signed(cx, member): Signed,
    Path(passkey): Path<PasskeyId>,
    Json(body): Json<NameBody>,
) -> Result<StatusCode, ApiError> {
    account::rename_passkey(&cx, &member, passkey, &body.name).await.map_err(AppError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a passkey
///
/// 409 `last_way_in` where nothing else lets in.
#[utoipa::path(delete, path = "/api/v1/me/passkeys/{passkey}", tag = "account",
    params(("passkey" = String, Path)),
    responses((status = 204, description = "Removed"), ApiError))]
pub(crate) async fn remove(
    Signed(cx, _): Signed,
    Path(passkey): Path<PasskeyId>,
) -> Result<StatusCode, ApiError> {
    account::remove_passkey(&cx, &cx.proved(STEP_UP)?, passkey).await.map_err(AppError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove the password
///
/// Whoever has a passkey needs none. 409 `last_way_in` where nothing else lets in.
#[utoipa::path(delete, path = "/api/v1/me/password", tag = "account",
    responses((status = 204, description = "Removed"), ApiError))]
pub(crate) async fn remove_password(Signed(cx, _): Signed) -> Result<StatusCode, ApiError> {
    account::remove_password(&cx, &cx.proved(STEP_UP)?).await.map_err(AppError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask for a passkey, to prove who I am
///
/// The answer goes to `/me/proof`.
#[utoipa::path(post, path = "/api/v1/me/proof/passkey-question", tag = "account",
    responses((status = 201, description = "For the authenticator", body = QuestionBody), ApiError))]
pub(crate) async fn ask_again(Signed(cx, member): Signed) -> Asked {
    question(&account::ask_passkey(&cx, For::StepUp(&member)).await.map_err(AppError::from)?)
}

/// What a passkey is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskBody {
    /// Of a sign-in whose password was right; without it the passkey signs in by itself.
    #[serde(default)]
    challenge: Option<String>,
}

/// Ask for a passkey, to sign in
#[utoipa::path(post, path = "/api/v1/sessions/passkey-question", tag = "account", request_body = AskBody,
    responses((status = 201, description = "For the authenticator", body = QuestionBody), ApiError))]
pub(crate) async fn ask(InCx(cx): InCx, Json(body): Json<AskBody>) -> Asked {
    let what = body.challenge.as_deref().map_or(For::SignIn, For::SecondStep);
    question(&account::ask_passkey(&cx, what).await.map_err(AppError::from)?)
}

/// The signature of a passkey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeySignInBody {
    ceremony: String,
    /// As `PublicKeyCredential.toJSON` writes it.
    #[schema(value_type = Object)]
    credential: Value,
    #[serde(default)]
    carried: Carriage,
    /// Of a cookie: whether it outlasts the browser.
    #[serde(default)]
    remember: bool,
    /// Of a program: what it was given as `device` at an earlier sign-in.
    #[serde(default)]
    device: Option<String>,
}

/// Sign in with a passkey
///
/// Nothing else is asked for: the passkey has verified its owner. 422 `passkey_refused` whatever was wrong with it.
#[utoipa::path(post, path = "/api/v1/sessions/passkey", tag = "account", request_body = PasskeySignInBody,
    responses((status = 201, description = "Signed in", body = SessionBody), ApiError))]
pub(crate) async fn sign_in(
    InCx(cx): InCx,
    axum::Extension(scope): axum::Extension<Scope>,
    headers: HeaderMap,
    Json(body): Json<PasskeySignInBody>,
) -> Result<Response, ApiError> {
    let device = device_of(&scope, &headers, body.carried, body.device.as_deref());
    let (answer, stay) = (body.credential.to_string(), body.carried.stay(body.remember));
    let entered = account::sign_in_with_passkey(&cx, &body.ceremony, &answer, stay, device.as_ref()).await;
    let entered = entered.map_err(AppError::from)?;
    let_in(&cx, (&scope, &headers), body.carried, entered).await
}
