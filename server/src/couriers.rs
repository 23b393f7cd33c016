//! What those who send couriers tell us: that there is news of a parcel. A message is believed for its proof alone, and what
//! is new is then asked for, so one that comes twice or late changes nothing.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use flows::fulfil::{self, Fleet};
use model::Code;
use shipping::Unheard;
use web::{InCx, Problem};

/// No carrier's message is longer.
const LARGEST: usize = 64 * 1024;

pub fn routes() -> Router {
    Router::new().route("/webhooks/couriers/{carrier}", post(hear).layer(DefaultBodyLimit::max(LARGEST)))
}

/// 204 once it will be asked for; 401 for a message that is not the carrier's.
async fn hear(
    InCx(cx): InCx,
    Path(carrier): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let fleet = cx.part::<Fleet>().ok_or(Code::NotFound)?;
    let carrier = fleet.named(&carrier).ok_or(Code::NotFound)?;
    let about = carrier.read_webhook(&headers, &body, cx.now()).map_err(|error| {
        let code = match error {
            Unheard::NotTheirs | Unheard::Stale => Code::Unauthenticated,
            Unheard::Unreadable => Code::Malformed,
        };
        Problem::from(code).because(error)
    })?;
    if let Some(parcel) = about {
        fulfil::news(&cx, carrier.name(), &parcel).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
