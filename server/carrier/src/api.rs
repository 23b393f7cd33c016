//! The API for programs, in Biteship's format: JSON, the key as the whole of `authorization`. Errors are
//! `{"success": false, "error": words, "code": number}`.

use crate::{
    BookError, Depot, MoveError, NewParcel, Parcel, ParcelCollection, ParcelEvent, ParcelId,
    store::{self, Key},
    verbs,
};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequestParts, Path, State},
    response::{IntoResponse, Response},
};
use bank::sim::sign;
use http::{StatusCode, header, request::Parts};
use serde_json::{Value, json};
use time::{
    Date, Duration, OffsetDateTime, Time,
    format_description::well_known::Rfc3339,
    macros::{format_description, offset},
};

/// Proof that a request showed the key.
pub(crate) struct Keyed;

impl FromRequestParts<Depot> for Keyed {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, depot: &Depot) -> Result<Self, Refused> {
        let shown = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        if sign::is_key(shown.unwrap_or_default(), &depot.carrier.settings.api_key) {
            Ok(Self)
        } else {
            Err(Refused(StatusCode::UNAUTHORIZED, "Authorization failed", 40_000_001))
        }
    }
}

/// An answer of 4xx or 5xx.
pub(crate) struct Refused(StatusCode, &'static str, u32);

const NOT_FOUND: Refused = Refused(StatusCode::NOT_FOUND, "Not found", 40_402_001);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"success": false, "error": self.1, "code": self.2}))).into_response()
    }
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "The carrier could not answer");
        Self(StatusCode::SERVICE_UNAVAILABLE, "Unavailable", 50_300_000)
    }
}

impl From<BookError> for Refused {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Conflict => Self(StatusCode::BAD_REQUEST, "Reference has been used", 40_002_061),
            BookError::Invalid => Self(StatusCode::BAD_REQUEST, "Invalid order", 40_002_000),
            BookError::Database(error) => error.into(),
        }
    }
}

impl From<MoveError> for Refused {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::NoSuchParcel => NOT_FOUND,
            MoveError::Changed => Self(StatusCode::BAD_REQUEST, "The order cannot be cancelled", 40_002_031),
            MoveError::Database(error) => error.into(),
        }
    }
}

fn text(body: &Value, path: &str) -> Option<String> {
    let value = body.pointer(path)?;
    value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|number| number.to_string()))
}

/// Between which times the courier is to come, by WIB: `delivery_date`, `delivery_time` and, beside what Biteship documents,
/// when that ends; two hours where it is not said. None where it is to come now.
fn pickup(body: &Value) -> Result<Option<(OffsetDateTime, OffsetDateTime)>, BookError> {
    if text(body, "/delivery_type").as_deref() != Some("scheduled") {
        return Ok(None);
    }
    slot(body).filter(|(from, until)| until > from).map(Some).ok_or(BookError::Invalid)
}

fn slot(body: &Value) -> Option<(OffsetDateTime, OffsetDateTime)> {
    let date =
        Date::parse(&text(body, "/delivery_date")?, format_description!("[year]-[month]-[day]")).ok()?;
    let at = |clock: &str| {
        let clock = Time::parse(clock, format_description!("[hour]:[minute]")).ok()?;
        Some(date.with_time(clock).assume_offset(offset!(+7)))
    };
    let from = at(&text(body, "/delivery_time")?)?;
    let until = match text(body, "/metadata/pickup_until") {
        Some(clock) => at(&clock)?,
        None => from.checked_add(Duration::hours(2))?,
    };
    Some((from, until))
}

fn asked(body: &Value) -> Option<NewParcel> {
    let items = body.get("items")?.as_array()?;
    let weight: i64 = items.iter().filter_map(|it| it.get("weight")?.as_i64()).sum();
    let notify_url = text(body, "/metadata/notify_url")
        .filter(|url| (url.starts_with("http://") || url.starts_with("https://")) && url.len() <= 2_000);
    Some(NewParcel {
        reference: text(body, "/reference_id")?,
        courier: text(body, "/courier_company")?,
        service: text(body, "/courier_type")?,
        description: text(body, "/order_note").unwrap_or_default().chars().take(200).collect(),
        weight_g: i32::try_from(weight).ok()?,
        cash: body.get("destination_cash_on_delivery").and_then(Value::as_i64).filter(|cash| *cash > 0),
        from_postcode: text(body, "/origin_postal_code"),
        to_postcode: text(body, "/destination_postal_code"),
        notify_url,
        collection: match text(body, "/origin_collection_method") {
            Some(name) => ParcelCollection::from_name(&name)?,
            None => ParcelCollection::Pickup,
        },
        pickup: pickup(body).ok()?,
    })
}

/// `POST /sim/carrier/v1/orders`
pub(crate) async fn book(State(depot): State<Depot>, _: Keyed, body: Bytes) -> Result<Json<Value>, Refused> {
    let body: Value = serde_json::from_slice(&body)
        .map_err(|_| Refused(StatusCode::BAD_REQUEST, "Not JSON", 40_000_002))?;
    let new = asked(&body).ok_or(BookError::Invalid)?;
    let cx = depot.kernel.job_cx();
    let mut tx = cx.begin().await?;
    let parcel = verbs::book(&mut tx, &cx, &new).await?;
    tx.commit().await?;
    Ok(Json(order(&parcel)))
}

/// `POST /sim/carrier/v1/orders/{id}/cancel`
pub(crate) async fn cancel(
    State(depot): State<Depot>,
    _: Keyed,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refused> {
    let id: ParcelId = id.parse().map_err(|_| NOT_FOUND)?;
    let cx = depot.kernel.job_cx();
    let mut tx = cx.begin().await?;
    let parcel = verbs::cancel(&mut tx, &cx, id).await?;
    tx.commit().await?;
    Ok(Json(order(&parcel)))
}

/// `GET /sim/carrier/v1/trackings/{id}`
pub(crate) async fn track(
    State(depot): State<Depot>,
    _: Keyed,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refused> {
    let id: ParcelId = id.parse().map_err(|_| NOT_FOUND)?;
    let mut db = depot.kernel.db().acquire().await?;
    let parcel = store::find_parcel(&mut db, Key::Id(id)).await?.ok_or(NOT_FOUND)?;
    let events = store::list_events(&mut db, id).await?;
    let history: Vec<Value> = events
        .iter()
        .map(|event| json!({"note": event.note, "status": event.state, "updated_at": moment(event)}))
        .collect();
    Ok(Json(json!({
        "success": true, "object": "tracking", "id": parcel.id, "waybill_id": parcel.waybill,
        "courier": {"company": parcel.courier}, "history": history, "order_id": parcel.id, "status": parcel.state,
    })))
}

fn order(parcel: &Parcel) -> Value {
    json!({
        "success": true, "object": "order", "id": parcel.id, "reference_id": parcel.reference,
        "courier": {
            "tracking_id": parcel.id, "waybill_id": parcel.waybill, "company": parcel.courier, "type": parcel.service,
        },
        "origin": {"collection_method": parcel.collection},
        "status": parcel.state,
    })
}

fn moment(event: &ParcelEvent) -> String {
    event.occurred_at.format(&Rfc3339).unwrap_or_default()
}

/// What is told of an event.
pub(crate) fn news(parcel: &Parcel, event: &ParcelEvent) -> Value {
    json!({
        "event": "order.status", "order_id": parcel.id, "courier_tracking_id": parcel.id,
        "courier_waybill_id": parcel.waybill, "courier_company": parcel.courier, "courier_type": parcel.service,
        "status": event.state, "updated_at": moment(event),
    })
}
