//! Arguments of handlers, which say what is wrong with them in the API's own way.

use crate::ApiError;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
};
use http::{header, request::Parts};
use kernel::{Buyer, Cx, Member, idempotency::Key};
use model::{AppError, Code, FieldError};
use serde::de::DeserializeOwned;
use std::future::{Future, ready};
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
    },
};
use web::{BuyerCx, InCx};

/// A JSON body. 415 for another media type, 400 for what is not JSON, 422 with the path of the field for JSON of the
/// wrong shape.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            return Err(Code::UnsupportedMediaType.into());
        }
        let body = Bytes::from_request(request, state).await.map_err(|_| ApiError::from(Code::Malformed))?;
        let mut json = serde_json::Deserializer::from_slice(&body);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            if error.inner().is_data() {
                refused(Code::Invalid, &error.path().to_string(), &error.inner().to_string())
            } else {
                Code::Malformed.into()
            }
        })?;
        json.end().map_err(|_| ApiError::from(Code::Malformed))?;
        Ok(Self(value))
    }
}

/// The query. 400 with the name of the parameter.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self, ApiError>> + Send {
        let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let read = serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs));
        ready(read.map(Self).map_err(|error: serde_path_to_error::Error<_>| {
            refused(Code::Malformed, &error.path().to_string(), &error.inner().to_string())
        }))
    }
}

/// Parts of the path. Ids are opaque to clients, so one that is none of ours is simply not there: 404.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Self(path)).map_err(|_| Code::NotFound.into())
    }
}

/// Whoever is signed in, by cookie or bearer token, with the context of their request. 401 for everybody else.
pub struct Signed(pub Cx, pub Member);

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let InCx(cx) = InCx::from_request_parts(parts, state).await?;
        let member = cx.member()?;
        Ok(Self(cx, member))
    }
}

/// Whoever buys: a member, or a guest by their token or cookie. 401 for everybody else.
pub struct Buying(pub Cx, pub Buyer);

impl<S: Send + Sync> FromRequestParts<S> for Buying {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let BuyerCx(cx, buyer) = BuyerCx::from_request_parts(parts, state).await?;
        let buyer = buyer.ok_or(Code::Unauthenticated)?;
        Ok(Self(cx, buyer))
    }
}

/// The header of that name, if it was sent. 400 where it is none.
pub struct IdempotencyKey(Option<Key>);

impl IdempotencyKey {
    const NAME: &'static str = "idempotency-key";

    pub fn get(&self) -> Option<&Key> {
        self.0.as_ref()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self, ApiError>> + Send {
        let sent = parts.headers.get(Self::NAME);
        let key = sent.map(|text| text.to_str().ok().and_then(|text| text.parse().ok()).ok_or(()));
        ready(
            key.transpose()
                .map(Self)
                .map_err(|()| ApiError::field(Code::Malformed, Self::NAME, FieldError::Malformed)),
        )
    }
}

impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![key_parameter(Required::False)]
    }
}

/// The same header where money or stock moves, so that it must be sent. 400 where it is not there or none.
pub struct RequiredKey(pub Key);

impl<S: Send + Sync> FromRequestParts<S> for RequiredKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let IdempotencyKey(key) = IdempotencyKey::from_request_parts(parts, state).await?;
        let none = || ApiError::field(Code::Malformed, IdempotencyKey::NAME, FieldError::Required);
        key.map(Self).ok_or_else(none)
    }
}

impl IntoParams for RequiredKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![key_parameter(Required::True)]
    }
}

fn key_parameter(required: Required) -> Parameter {
    let text = utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .min_length(Some(1))
        .max_length(Some(200));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some("A name of your own for this request, so that it can be sent again safely."))
        .schema(Some(text.build()))
        .build()
}

/// Serde says which field is missing or unknown only in its message; the path it gives is that of the parent.
fn refused(code: Code, path: &str, message: &str) -> ApiError {
    let named = |start: &str| message.strip_prefix(start).and_then(|rest| rest.split('`').next());
    let below =
        |name: &str| if path == "." || path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let error = AppError::new(code);
    match (named("missing field `"), named("unknown field `")) {
        (Some(name), _) => error.and(below(name), FieldError::Required),
        // The path of an unknown field ends with its name already.
        (_, Some(name)) if path.rsplit('.').next() != Some(name) => {
            error.and(below(name), FieldError::NotAllowed)
        }
        (_, Some(_)) => error.and(path, FieldError::NotAllowed),
        _ if path == "." || path.is_empty() => error,
        _ => error.and(path, FieldError::Malformed),
    }
    .into()
}
