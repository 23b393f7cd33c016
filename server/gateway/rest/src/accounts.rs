//! Registering, forgotten passwords, and one's own account.

use crate::{
    ApiError,
    extract::{Json, Path, Signed},
    passkeys::AnswerBody,
    sessions::{Carriage, ClientBrowser, SessionBody, let_in},
};
use axum::response::{IntoResponse, Response};
use flows::account::{self, NewPerson, Proof, STEP_UP};
use http::{HeaderMap, StatusCode};
use model::{Code, ids::RegistrationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{InCx, Scope};

/// Someone who wants an account. Nothing else can be asked for here; roles are given by the operator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterBody {
    /// An e-mail address, or a telephone number as people type it.
    #[schema(example = "sari@mail.example", max_length = 254)]
    contact: String,
    #[schema(example = "lautan biru senja kala", min_length = 8, max_length = 128)]
    password: String,
}

/// A registration that is yet to be confirmed.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegistrationBody {
    #[schema(value_type = String)]
    registration: RegistrationId,
}

/// Register
///
/// Sends a code to the address. The answer is the same where the address has an account already; its owner is told
/// instead. Opening an account means to agree to the terms and to how personal data are handled.
#[utoipa::path(post, path = "/api/v1/registrations", tag = "account", request_body = RegisterBody,
    responses((status = 202, description = "A code is on its way", body = RegistrationBody), ApiError))]
pub(crate) async fn register(
    InCx(cx): InCx,
    Json(body): Json<RegisterBody>,
) -> Result<(StatusCode, axum::Json<RegistrationBody>), ApiError> {
    let person = NewPerson { contact: body.contact, password: body.password };
    let registration = account::register(&cx, &person).await.map_err(model::AppError::from)?;
    Ok((StatusCode::ACCEPTED, axum::Json(RegistrationBody { registration })))
}

/// The code that was sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmBody {
    #[schema(example = "123456")]
    code: String,
    /// How the session that begins is carried.
    #[serde(default)]
    carried: Carriage,
}

/// Confirm a registration
///
/// Opens the account and signs in. A code bears five wrong guesses and works for half an hour.
#[utoipa::path(post, path = "/api/v1/registrations/{registration}/confirm", tag = "account",
    params(("registration" = String, Path, description = "From registering")), request_body = ConfirmBody,
    responses((status = 201, description = "Signed in", body = SessionBody), ApiError))]
pub(crate) async fn confirm(
    InCx(cx): InCx,
    axum::Extension(scope): axum::Extension<Scope>,
    Path(registration): Path<RegistrationId>,
    headers: HeaderMap,
    Json(body): Json<ConfirmBody>,
) -> Result<Response, ApiError> {
    let entered = account::confirm(&cx, registration, &body.code, body.carried.stay(false)).await;
    let entered = entered.map_err(model::AppError::from)?;
    let_in(&cx, (&scope, &headers), body.carried, entered).await
}

/// Whose password is forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForgottenBody {
    #[schema(example = "sari@mail.example", max_length = 254)]
    contact: String,
}

/// Ask for a new password
///
/// Sends a link that works once, for half an hour, if the address has an account. The answer is the same if not.
#[utoipa::path(post, path = "/api/v1/password-resets", tag = "account", request_body = ForgottenBody,
    responses((status = 202, description = "Whoever has an account gets a link"), ApiError))]
pub(crate) async fn forgotten(
    InCx(cx): InCx,
    Json(body): Json<ForgottenBody>,
) -> Result<StatusCode, ApiError> {
    account::request_reset(&cx, &body.contact).await.map_err(model::AppError::from)?;
    Ok(StatusCode::ACCEPTED)
}

/// A new password, and the token of the link that was sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetBody {
    token: String,
    #[schema(min_length = 8, max_length = 128)]
    password: String,
}

/// Set a new password
///
/// All sessions of the account end.
#[utoipa::path(put, path = "/api/v1/password-resets", tag = "account", request_body = ResetBody,
    responses((status = 204, description = "Set; sign in with it"), ApiError))]
pub(crate) async fn reset(InCx(cx): InCx, Json(body): Json<ResetBody>) -> Result<StatusCode, ApiError> {
    account::reset(&cx, &body.token, &body.password).await.map_err(model::AppError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// One's own account.
#[derive(Serialize, ToSchema)]
pub(crate) struct MeBody {
    #[schema(value_type = String)]
    id: model::ids::AccountId,
    #[schema(required = false)]
    email: Option<String>,
    /// In E.164.
    #[schema(required = false)]
    phone: Option<String>,
    /// In which messages are written.
    #[schema(example = "id")]
    language: &'static str,
    /// Of an operator; empty for everybody else.
    roles: Vec<&'static str>,
    two_step: bool,
}

/// Who I am
#[utoipa::path(get, path = "/api/v1/me", tag = "account",
    responses((status = 200, description = "The account this request is signed in to", body = MeBody), ApiError))]
pub(crate) async fn me(Signed(cx, member): Signed) -> Result<axum::Json<MeBody>, ApiError> {
    let me = account::me(&cx, &member).await?;
    let of = |kind| me.contacts.iter().find(|c| c.kind() == kind).map(|c| c.as_str().to_owned());
    Ok(axum::Json(MeBody {
        id: me.account,
        email: of(model::ContactKind::Email),
        phone: of(model::ContactKind::Phone),
        language: me.lang.tag(),
        roles: me.roles.iter().map(|role| role.as_str()).collect(),
        two_step: me.recovery_codes.is_some(),
    }))
}

/// One of the four.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProofBody {
    #[serde(default)]
    password: Option<String>,
    /// Of the authenticator app.
    #[serde(default)]
    #[schema(example = "123456")]
    totp: Option<String>,
    /// It is used up.
    #[serde(default)]
    recovery_code: Option<String>,
    /// A signature, to a question from `/me/proof/passkey-question`.
    #[serde(default)]
    passkey: Option<AnswerBody>,
}

impl ProofBody {
    /// What is shown after a password.
    pub(crate) const fn second(
        totp: Option<String>,
        recovery_code: Option<String>,
        passkey: Option<AnswerBody>,
    ) -> Self {
        Self { password: None, totp, recovery_code, passkey }
    }

    pub(crate) fn read(self) -> Result<Proof, ApiError> {
        match (self.password, self.totp, self.recovery_code, self.passkey) {
            (Some(password), None, None, None) => Ok(Proof::Password(password)),
            (None, Some(code), None, None) => Ok(Proof::Totp(code)),
            (None, None, Some(code), None) => Ok(Proof::Recovery(code)),
            (None, None, None, Some(passkey)) => Ok(passkey.proof()),
            _ => Err(Code::Invalid.into()),
        }
    }
}

/// Prove who I am, again
///
/// What guards the account (`step_up_required`) can be changed for ten minutes after that. The session goes on under a new token:
/// the old one is worthless.
#[utoipa::path(post, path = "/api/v1/me/proof", tag = "account", request_body = ProofBody,
    responses((status = 200, description = "The session, under a new token", body = SessionBody), ApiError))]
pub(crate) async fn prove(
    Signed(cx, member): Signed,
    browser: ClientBrowser,
    Json(body): Json<ProofBody>,
) -> Result<Response, ApiError> {
    let token = account::prove(&cx, &member, &body.read()?).await.map_err(model::AppError::from)?;
    Ok(browser.goes_on(member.session, &token, StatusCode::OK))
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordBody {
    #[schema(min_length = 8, max_length = 128)]
    password: String,
}

/// Change the password
///
/// Asks for a proof of the last ten minutes. All other sessions end, this one goes on under a new token.
#[utoipa::path(put, path = "/api/v1/me/password", tag = "account", request_body = PasswordBody,
    responses((status = 200, description = "The session, under a new token", body = SessionBody), ApiError))]
pub(crate) async fn change_password(
    Signed(cx, member): Signed,
    browser: ClientBrowser,
    Json(body): Json<PasswordBody>,
) -> Result<Response, ApiError> {
    let proved = cx.proved(STEP_UP)?;
    let token =
        account::change_password(&cx, &proved, &body.password).await.map_err(model::AppError::from)?;
    Ok(browser.goes_on(member.session, &token, StatusCode::OK).into_response())
}
