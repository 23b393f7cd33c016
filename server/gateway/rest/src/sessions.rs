//! Signing in and out, and one's devices.

use crate::{
    ApiError,
    accounts::ProofBody,
    extract::{Json, Path, Signed},
    passkeys::AnswerBody,
};
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use flows::account::{self, Credentials, Entry, Kind, SignedIn, Stay, Token};
use http::{HeaderMap, StatusCode, header, request::Parts};
use kernel::Cx;
use model::ids::SessionId;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use web::{InCx, Scope, SessionCookies, cookies};

/// How a session is carried.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Carriage {
    /// `Authorization: Bearer` with the token of the answer.
    #[default]
    Bearer,
    /// A cookie, for pages of this site.
    Cookie,
}

impl Carriage {
    pub(crate) const fn stay(self, remember: bool) -> Stay {
        match (self, remember) {
            (Self::Bearer, _) => Stay::Program,
            (Self::Cookie, true) => Stay::Long,
            (Self::Cookie, false) => Stay::Short,
        }
    }
}

/// A session that has begun or goes on.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionBody {
    #[schema(value_type = String)]
    session: SessionId,
    /// The bearer token. It is given out this once; a browser gets a cookie instead.
    #[schema(required = false)]
    token: Option<String>,
    /// Of a program that was not known yet: kept, and sent as `device` at its next sign-in, it is known again and its owner
    /// is not told of a new device. Absent where what was sent is known; a browser gets a cookie instead.
    #[schema(required = false)]
    device: Option<String>,
}

/// The device that a client says it is: a program in what it sends, a browser by its cookie.
pub(crate) fn device_of(
    scope: &Scope,
    headers: &HeaderMap,
    carried: Carriage,
    sent: Option<&str>,
) -> Option<Token> {
    let text = match carried {
        Carriage::Bearer => sent.map(str::to_owned),
        Carriage::Cookie => SessionCookies::of(scope).sent_device(headers),
    };
    text.as_deref().and_then(Token::parse)
}

/// Answers with a session that has begun: in the body for programs, as a cookie for browsers. The cart of a guest whose
/// token came along is the member's now.
pub(crate) async fn let_in(
    cx: &Cx,
    (scope, headers): (&Scope, &HeaderMap),
    carried: Carriage,
    entered: SignedIn,
) -> Result<Response, ApiError> {
    web::bring_cart(cx, headers, scope.secure, entered.account).await?;
    Ok(begun(scope, carried, entered))
}

fn begun(scope: &Scope, carried: Carriage, entered: SignedIn) -> Response {
    let cookies = SessionCookies::of(scope);
    let token = entered.token.text();
    let mut headers = HeaderMap::new();
    let mut set = |cookie: &cookie::Cookie<'_>| {
        if let Some(value) = cookies::header(cookie) {
            headers.append(header::SET_COOKIE, value);
        }
    };
    if carried == Carriage::Cookie {
        let keep = (entered.stay == Stay::Long).then(|| entered.stay.most());
        set(&cookies.session(&token, keep));
        set(&cookies.kept(keep));
        if let Some(device) = &entered.device {
            set(&cookies.device(&device.text()));
        }
    }
    let (token, device) = match carried {
        Carriage::Bearer => (Some(token), entered.device.map(|device| device.text())),
        Carriage::Cookie => (None, None),
    };
    (StatusCode::CREATED, headers, axum::Json(SessionBody { session: entered.session, token, device }))
        .into_response()
}

/// What of a request says how its session is carried.
pub(crate) struct ClientBrowser {
    scope: Option<Scope>,
    bearer: bool,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for ClientBrowser {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let bearer = parts.headers.contains_key(header::AUTHORIZATION);
        let scope = parts.extensions.get::<Scope>().cloned();
        Ok(Self { scope, bearer, headers: parts.headers.clone() })
    }
}

impl ClientBrowser {
    /// Answers with the new token of a session, the way the old one came.
    pub(crate) fn goes_on(&self, session: SessionId, token: &Token, status: StatusCode) -> Response {
        let mut headers = HeaderMap::new();
        if let (false, Some(scope)) = (self.bearer, &self.scope) {
            let cookies = SessionCookies::of(scope);
            let cookie = cookies.session(&token.text(), cookies.keeps(&self.headers));
            headers.extend(cookies::header(&cookie).map(|value| (header::SET_COOKIE, value)));
        }
        let token = self.bearer.then(|| token.text());
        (status, headers, axum::Json(SessionBody { session, token, device: None })).into_response()
    }
}

/// Who wants to be let in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInBody {
    #[schema(example = "sari@mail.example", max_length = 254)]
    contact: String,
    password: String,
    #[serde(default)]
    carried: Carriage,
    /// Of a cookie: whether it outlasts the browser.
    #[serde(default)]
    remember: bool,
    /// Of a program: what it was given as `device` at an earlier sign-in.
    #[serde(default)]
    device: Option<String>,
}

/// A second factor is asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct SecondFactorBody {
    /// Shown together with the second factor, within five minutes.
    challenge: String,
}

/// Sign in
///
/// 401 `wrong_credentials` whether there is no such account or another password; 429 after some wrong passwords, for longer
/// each time. A program keeps the `device` of the answer and sends it with its next sign-in: without it each sign-in is that
/// of a new device, of which the account's owner is told.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "account", request_body = SignInBody,
    responses((status = 201, description = "Signed in", body = SessionBody),
        (status = 202, description = "The password was right; a second factor is asked for", body = SecondFactorBody),
        ApiError))]
pub(crate) async fn sign_in(
    InCx(cx): InCx,
    axum::Extension(scope): axum::Extension<Scope>,
    headers: HeaderMap,
    Json(body): Json<SignInBody>,
) -> Result<Response, ApiError> {
    let device = device_of(&scope, &headers, body.carried, body.device.as_deref());
    let stay = body.carried.stay(body.remember);
    let typed = Credentials { contact: body.contact, password: body.password, stay, device };
    match account::sign_in(&cx, &typed).await.map_err(model::AppError::from)? {
        Entry::In(entered) => let_in(&cx, (&scope, &headers), body.carried, entered).await,
        Entry::SecondFactor(challenge) => {
            let body = SecondFactorBody { challenge: challenge.text() };
            Ok((StatusCode::ACCEPTED, axum::Json(body)).into_response())
        }
    }
}

/// The second factor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondStepBody {
    challenge: String,
    /// Of the authenticator app; or
    #[serde(default)]
    #[schema(example = "123456")]
    totp: Option<String>,
    /// one of the recovery codes, which is used up; or
    #[serde(default)]
    recovery_code: Option<String>,
    /// the signature of a passkey, to a question that was put for this challenge.
    #[serde(default)]
    passkey: Option<AnswerBody>,
    #[serde(default)]
    carried: Carriage,
    #[serde(default)]
    remember: bool,
    /// Of a program: what it was given as `device` at an earlier sign-in.
    #[serde(default)]
    device: Option<String>,
}

/// Sign in, second step
#[utoipa::path(post, path = "/api/v1/sessions/second-step", tag = "account", request_body = SecondStepBody,
    responses((status = 201, description = "Signed in", body = SessionBody), ApiError))]
pub(crate) async fn second_step(
    InCx(cx): InCx,
    axum::Extension(scope): axum::Extension<Scope>,
    headers: HeaderMap,
    Json(body): Json<SecondStepBody>,
) -> Result<Response, ApiError> {
    let device = device_of(&scope, &headers, body.carried, body.device.as_deref());
    let stay = body.carried.stay(body.remember);
    let proof = ProofBody::second(body.totp, body.recovery_code, body.passkey).read()?;
    let entered = account::second_step(&cx, &body.challenge, &proof, stay, device.as_ref()).await;
    let entered = entered.map_err(model::AppError::from)?;
    let_in(&cx, (&scope, &headers), body.carried, entered).await
}

/// One device or program that is signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeviceBody {
    #[schema(value_type = String)]
    id: SessionId,
    /// `browser` or `token`.
    #[schema(example = "browser")]
    kind: &'static str,
    #[schema(required = false, example = "Firefox")]
    program: Option<String>,
    #[schema(required = false, example = "Android")]
    system: Option<String>,
    /// Its network address without the last part.
    #[schema(required = false, example = "203.0.113.x")]
    network: Option<String>,
    #[serde(with = "time::serde::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    signed_in_at: OffsetDateTime,
    /// To the minute.
    #[serde(with = "time::serde::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    last_seen_at: OffsetDateTime,
    /// Whether it is the one this request came from.
    is_this: bool,
}

/// Where I am signed in
#[utoipa::path(get, path = "/api/v1/sessions", tag = "account",
    responses((status = 200, description = "The last used first", body = Vec<DeviceBody>), ApiError))]
pub(crate) async fn list(Signed(cx, member): Signed) -> Result<axum::Json<Vec<DeviceBody>>, ApiError> {
    let devices = account::list(&cx, &member).await?.into_iter().map(|it| DeviceBody {
        id: it.id,
        kind: Kind::as_str(it.kind),
        program: it.device.program,
        system: it.device.system,
        network: it.network,
        signed_in_at: it.created_at,
        last_seen_at: it.last_seen_at,
        is_this: it.id == member.session,
    });
    Ok(axum::Json(devices.collect()))
}

/// Sign out everywhere else
#[utoipa::path(delete, path = "/api/v1/sessions", tag = "account",
    responses((status = 204, description = "All other sessions have ended"), ApiError))]
pub(crate) async fn end_others(Signed(cx, member): Signed) -> Result<StatusCode, ApiError> {
    account::end_others(&cx, &member).await.map_err(model::AppError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "account",
    responses((status = 204, description = "This session has ended"), ApiError))]
pub(crate) async fn sign_out(
    Signed(cx, member): Signed,
    axum::Extension(scope): axum::Extension<Scope>,
) -> Result<Response, ApiError> {
    account::sign_out(&cx, &member).await.map_err(model::AppError::from)?;
    let gone = cookies::header(&SessionCookies::of(&scope).no_session());
    let headers = gone.map(|value| (header::SET_COOKIE, value));
    Ok((StatusCode::NO_CONTENT, axum::response::AppendHeaders(headers)).into_response())
}

/// Sign out one device
#[utoipa::path(delete, path = "/api/v1/sessions/{session}", tag = "account",
    params(("session" = String, Path, description = "From the list")),
    responses((status = 204, description = "It has ended"), ApiError))]
pub(crate) async fn end(
    Signed(cx, member): Signed,
    Path(session): Path<SessionId>,
) -> Result<StatusCode, ApiError> {
    account::end(&cx, &member, session).await.map_err(model::AppError::from)?;
    Ok(StatusCode::NO_CONTENT)
}
