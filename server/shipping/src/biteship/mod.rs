//! Asking Biteship, an Indonesian aggregator of couriers, for their fees.
//!
//! <https://biteship.com/docs/api/rates/retrieve>: `POST /v1/rates/couriers`, with the key as the whole of the header
//! `authorization`.

mod orders;
mod wire;

pub use orders::{BiteshipOrders, OrdersSettings, WebhookProof};

use crate::{Carrier, CarrierError, Offer, Parcel, SetUpError, offer};
use async_trait::async_trait;
use reqwest::{
    Client, Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
    redirect::Policy,
};
use std::{fmt, sync::Arc, time::Duration};
use wire::{Answer, Question, Refusal};

/// An answer is some kilobytes; whoever sends more than this is not believed.
const MOST_BYTES: usize = 1 << 20;

/// Its own numbers for what went wrong.
const KEY_UNKNOWN: i64 = 40_000_001;
const NOBODY_GOES_THERE: i64 = 40_001_010;

/// Prints without the key.
#[derive(Clone)]
pub struct BiteshipSettings {
    /// `https://api.biteship.com`; tests put their own server here.
    pub url: String,
    pub key: String,
    /// Biteship's codes of the couriers to ask: `jne`, `sicepat` …
    pub couriers: Vec<String>,
    pub to_connect: Duration,
    /// Until the whole answer is there. A shopper is waiting for it.
    pub to_answer: Duration,
}

impl BiteshipSettings {
    pub fn new(key: String, couriers: Vec<String>) -> Self {
        Self {
            url: "https://api.biteship.com".to_owned(),
            key,
            couriers,
            to_connect: Duration::from_secs(3),
            to_answer: Duration::from_secs(8),
        }
    }
}

impl fmt::Debug for BiteshipSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BiteshipSettings({}, {:?})", self.url, self.couriers)
    }
}

pub struct Biteship {
    address: String,
    key: HeaderValue,
    couriers: String,
    client: Client,
}

impl Biteship {
    pub fn new(settings: BiteshipSettings) -> Result<Self, SetUpError> {
        let mut key = HeaderValue::from_str(&settings.key).map_err(|_| SetUpError::Key)?;
        key.set_sensitive(true);
        let client = client(settings.to_connect, settings.to_answer)?;
        Ok(Self {
            address: format!("{}/v1/rates/couriers", settings.url.trim_end_matches('/')),
            key,
            couriers: settings.couriers.join(","),
            client,
        })
    }
}

#[async_trait]
impl Carrier for Biteship {
    async fn offers(&self, parcel: &Parcel) -> Result<Vec<Offer>, CarrierError> {
        let question = Question::about(parcel, &self.couriers).ok_or(CarrierError::PlaceUnknown)?;
        let body = serde_json::to_vec(&question).map_err(|_| CarrierError::PlaceUnknown)?;
        let request = self
            .client
            .post(&self.address)
            .header(AUTHORIZATION, self.key.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        let answer = request.send().await.map_err(|error| not_heard(&error))?;
        let status = answer.status();
        let body = read(answer).await?;
        if !status.is_success() {
            return judge(status, &body);
        }
        let answer: Answer = serde_json::from_slice(&body).map_err(|_| CarrierError::Unreadable)?;
        let mut offers = answer.offers(parcel).ok_or(CarrierError::Unreadable)?;
        offer::sort(&mut offers);
        // Several of a courier's services may be the same to us; the cheapest of them stands for all.
        let mut seen = std::collections::HashSet::new();
        offers.retain(|offer| seen.insert(offer.key.clone()));
        Ok(offers)
    }
}

fn client(to_connect: Duration, to_answer: Duration) -> Result<Client, SetUpError> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    // The provider is named, since which one is the process's default depends on who else is linked in.
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .connect_timeout(to_connect)
        .timeout(to_answer)
        .build()?)
}

fn not_heard(error: &reqwest::Error) -> CarrierError {
    if error.is_timeout() { CarrierError::TimedOut } else { CarrierError::Unreachable }
}

async fn read(mut answer: Response) -> Result<Vec<u8>, CarrierError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| not_heard(&error))? {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(CarrierError::Unreadable);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What an answer other than "here they are" means. That nobody goes there is an answer, not an error.
fn judge(status: StatusCode, body: &[u8]) -> Result<Vec<Offer>, CarrierError> {
    match refusal(status, body) {
        CarrierError::Refused { code: Some(NOBODY_GOES_THERE), .. } => Ok(Vec::new()),
        refusal => Err(refusal),
    }
}

fn refusal(status: StatusCode, body: &[u8]) -> CarrierError {
    let code = serde_json::from_slice::<Refusal>(body).ok().and_then(|refusal| refusal.code);
    match (status, code) {
        (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, _) | (_, Some(KEY_UNKNOWN)) => {
            CarrierError::Unauthorised
        }
        (StatusCode::TOO_MANY_REQUESTS, _) => CarrierError::Throttled,
        (StatusCode::REQUEST_TIMEOUT, _) => CarrierError::TimedOut,
        _ if status.is_client_error() => CarrierError::Refused { status: status.as_u16(), code },
        _ => CarrierError::Broken { status: status.as_u16() },
    }
}
