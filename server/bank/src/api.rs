//! The API for programs: JSON, behind a bearer token. Errors are `{"error": code}`.

use crate::{
    CancelError, Charge, ChargeId, Counter, NewCharge, OpenError, RefundError,
    charge::{Instructions, NotACharge},
    deliver::document,
    sim::sign,
    store::{self, Key},
    transfer::{self, NewTransfer, TransferError},
    verbs,
};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequestParts, Path, State},
    response::{IntoResponse, Response},
};
use http::{StatusCode, header, request::Parts};
use model::{Currency, Money, ids::PaymentId, payment::Method};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Proof that a request showed the key.
pub(crate) struct Keyed;

impl FromRequestParts<Counter> for Keyed {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, counter: &Counter) -> Result<Self, Refused> {
        let shown = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = shown.and_then(|value| value.split_once(' '));
        let shown =
            shown.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map_or("", |(_, key)| key);
        if sign::is_key(shown, &counter.bank.settings.api_key) {
            Ok(Self)
        } else {
            Err(Refused::new(StatusCode::UNAUTHORIZED, "unauthorized"))
        }
    }
}

/// An answer of 4xx or 5xx.
pub(crate) struct Refused {
    status: StatusCode,
    error: &'static str,
    left: Option<i64>,
}

impl Refused {
    const fn new(status: StatusCode, error: &'static str) -> Self {
        Self { status, error, left: None }
    }

    const fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = match self.left {
            Some(left) => json!({"error": self.error, "left": left}),
            None => json!({"error": self.error}),
        };
        (self.status, Json(body)).into_response()
    }
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "The bank could not answer");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
    }
}

impl From<OpenError> for Refused {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Conflict => Self::new(StatusCode::CONFLICT, "payment_has_another_charge"),
            OpenError::Database(error) => error.into(),
        }
    }
}

impl From<NotACharge> for Refused {
    fn from(refusal: NotACharge) -> Self {
        let error = match refusal {
            NotACharge::Amount => "amount",
            NotACharge::Method => "method",
            NotACharge::Address => "url",
            NotACharge::Description => "description",
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error)
    }
}

impl From<CancelError> for Refused {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::NoSuchCharge => Self::not_found(),
            CancelError::Paid => Self::new(StatusCode::CONFLICT, "already_paid"),
            CancelError::Database(error) => error.into(),
        }
    }
}

impl From<RefundError> for Refused {
    fn from(error: RefundError) -> Self {
        match error {
            RefundError::NoSuchCharge => Self::not_found(),
            RefundError::TooMuch { left } => {
                Self { left: Some(left), ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "more_than_was_paid") }
            }
            RefundError::KeyReused => Self::new(StatusCode::CONFLICT, "key_reused"),
            RefundError::Invalid => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            RefundError::Database(error) => error.into(),
        }
    }
}

impl From<TransferError> for Refused {
    fn from(error: TransferError) -> Self {
        match error {
            TransferError::Invalid => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            TransferError::KeyReused => Self::new(StatusCode::CONFLICT, "key_reused"),
            TransferError::Database(error) => error.into(),
        }
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|_| Refused::new(StatusCode::BAD_REQUEST, "malformed"))
}

fn charge_id(text: &str) -> Result<ChargeId, Refused> {
    text.parse().map_err(|_| Refused::not_found())
}

#[derive(Deserialize)]
struct Asked {
    id: PaymentId,
    amount: i64,
    currency: Currency,
    method: Method,
    #[serde(with = "time::serde::rfc3339")]
    due_at: OffsetDateTime,
    notify_url: String,
    return_url: String,
    #[serde(default)]
    description: String,
}

/// `POST /sim/bank/api/charges`: 201, or 200 where the payment has its charge already.
pub(crate) async fn open(State(counter): State<Counter>, _: Keyed, body: Bytes) -> Result<Response, Refused> {
    let asked: Asked = read(&body)?;
    let new = NewCharge {
        payment: asked.id,
        amount: Money::new(asked.amount, asked.currency),
        method: asked.method,
        due_at: asked.due_at,
        notify_url: asked.notify_url,
        return_url: asked.return_url,
        description: asked.description,
    };
    let new = new.check()?;
    let cx = counter.kernel.job_cx();
    let mut tx = cx.begin().await?;
    let (charge, fresh) = verbs::open(&mut tx, &cx, &new).await?;
    tx.commit().await?;
    let status = if fresh { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(told(&counter, &charge))).into_response())
}

/// `GET /sim/bank/api/charges/{id}`: with all that happened.
pub(crate) async fn show(
    State(counter): State<Counter>,
    _: Keyed,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refused> {
    let mut db = counter.kernel.db().acquire().await?;
    let charge = store::find_charge(&mut db, Key::Id(charge_id(&id)?)).await?;
    let charge = charge.ok_or(Refused::not_found())?;
    let events = store::list_events(&mut db, charge.id).await?;
    let events: Vec<Value> = events.iter().map(|event| document(&charge, event)).collect();
    let mut told = told(&counter, &charge);
    told["events"] = events.into();
    Ok(Json(told))
}

/// `POST /sim/bank/api/charges/{id}/cancel`
pub(crate) async fn cancel(
    State(counter): State<Counter>,
    _: Keyed,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refused> {
    let mut tx = counter.kernel.job_cx().begin().await?;
    let charge = verbs::cancel(&mut tx, charge_id(&id)?).await?;
    tx.commit().await?;
    Ok(Json(told(&counter, &charge)))
}

#[derive(Deserialize)]
struct AskedBack {
    key: String,
    amount: i64,
}

/// `POST /sim/bank/api/charges/{id}/refunds`
pub(crate) async fn refund(
    State(counter): State<Counter>,
    _: Keyed,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    let asked: AskedBack = read(&body)?;
    let cx = counter.kernel.job_cx();
    let mut tx = cx.begin().await?;
    let refund = verbs::refund(&mut tx, &cx, charge_id(&id)?, &asked.key, asked.amount).await?;
    tx.commit().await?;
    let told = json!({
        "refund_id": refund.id, "charge_id": refund.charge, "key": refund.key, "amount": refund.amount,
        "state": refund.state,
    });
    Ok((StatusCode::CREATED, Json(told)).into_response())
}

#[derive(Deserialize)]
struct AskedOut {
    key: String,
    amount: i64,
    currency: Currency,
    bank: String,
    number: String,
    #[serde(default)]
    description: String,
    notify_url: String,
}

/// `POST /sim/bank/api/transfers`
pub(crate) async fn transfer(
    State(counter): State<Counter>,
    _: Keyed,
    body: Bytes,
) -> Result<Response, Refused> {
    let asked: AskedOut = read(&body)?;
    let new = NewTransfer {
        key: asked.key,
        amount: Money::new(asked.amount, asked.currency),
        bank: asked.bank,
        number: asked.number,
        description: asked.description,
        notify_url: asked.notify_url,
    };
    let cx = counter.kernel.job_cx();
    let mut tx = cx.begin().await?;
    let transfer = transfer::send(&mut tx, &cx, &new).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(transfer::document(&transfer))).into_response())
}

fn told(counter: &Counter, charge: &Charge) -> Value {
    let page = counter.bank.page_url(charge.id);
    let mut told = json!({
        "charge_id": charge.id,
        "payment_id": charge.payment,
        "state": charge.state,
        "amount": charge.amount.amount(),
        "currency": charge.amount.currency(),
        "method": charge.method,
        "description": charge.description,
        "due_at": charge.due_at.format(&Rfc3339).unwrap_or_default(),
        "paid": charge.paid,
        "refunded": charge.refunded,
        "charged_back": charge.charged_back,
        "page_url": page,
    });
    match charge.instructions() {
        Instructions::VirtualAccount(number) => told["va_number"] = number.into(),
        Instructions::RetailCode(code) => told["retail_code"] = code.into(),
        Instructions::Qr(payload) => told["qr_payload"] = payload.into(),
        Instructions::Page => told["pay_url"] = page.into(),
    }
    told
}
