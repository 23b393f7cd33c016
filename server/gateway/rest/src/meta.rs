//! The API about itself.

use crate::ApiError;
use axum::{Json, extract::State};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use web::InCx;

/// The API and where to go from here.
#[derive(Serialize, ToSchema)]
pub(crate) struct ApiBody {
    #[schema(example = "Pasar API")]
    name: &'static str,
    /// Of the software; the version of the API is in the path.
    #[schema(example = "0.1.0")]
    version: &'static str,
    /// This description, for people.
    documentation: &'static str,
    /// This description, for programs.
    openapi: &'static str,
    links: Links,
}

/// Paths of the collections and services.
#[derive(Serialize, ToSchema)]
struct Links {
    status: &'static str,
}

/// What this API is
///
/// The place to start: the version and the addresses of everything else.
#[utoipa::path(get, path = "/api/v1", tag = "api", responses((status = 200, description = "The API", body = ApiBody), ApiError))]
pub(crate) async fn api() -> Json<ApiBody> {
    Json(ApiBody {
        name: "Pasar API",
        version: env!("CARGO_PKG_VERSION"),
        documentation: "/api/docs",
        openapi: "/api/v1/openapi.json",
        links: Links { status: "/api/v1/status" },
    })
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Condition {
    Ready,
}

/// Whether the API can be used now.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatusBody {
    /// Anything but ready is a problem document with status 503.
    status: Condition,
    /// The server's clock.
    #[serde(with = "time::serde::rfc3339")]
    #[schema(value_type = String, format = DateTime, example = "2026-01-05T03:00:00Z")]
    time: OffsetDateTime,
}

/// Whether requests can be served
///
/// Ready means that the database answers within a second and has the shape this version needs.
#[utoipa::path(get, path = "/api/v1/status", tag = "api", responses((status = 200, description = "Ready", body = StatusBody), ApiError))]
pub(crate) async fn status(
    State(health): State<web::Health>,
    InCx(cx): InCx,
) -> Result<Json<StatusBody>, ApiError> {
    health.check().await?;
    Ok(Json(StatusBody { status: Condition::Ready, time: cx.now() }))
}
