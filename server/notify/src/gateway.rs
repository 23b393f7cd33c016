//! Sending short messages through an HTTP gateway: a JSON document by POST with a bearer token, as nearly all of them
//! take it or can be made to.

use crate::{
    PhoneNumber, SetUpError,
    smtp::{Outcome, brief},
};
use model::ids::DeliveryId;
use reqwest::{Client, StatusCode, redirect::Policy};
use std::{fmt, sync::Arc, time::Duration};

const TO_CONNECT: Duration = Duration::from_secs(10);
const TO_ANSWER: Duration = Duration::from_mins(1);

/// Prints without the token.
#[derive(Clone)]
pub struct SmsSettings {
    pub url: String,
    pub token: String,
    /// Who the message comes from: a number or a registered name.
    pub sender: String,
}

impl fmt::Debug for SmsSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmsSettings({})", self.sender)
    }
}

pub(crate) struct Gateway {
    settings: SmsSettings,
    client: Client,
}

impl Gateway {
    pub fn new(settings: SmsSettings) -> Result<Self, SetUpError> {
        let failed = |error: &dyn fmt::Display| SetUpError::Tls(error.to_string());
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        // The provider is named, since which one is the process's default depends on who else is linked in.
        let tls =
            rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .map_err(|error| failed(&error))?
                .with_root_certificates(roots)
                .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .connect_timeout(TO_CONNECT)
            .timeout(TO_ANSWER)
            .build()
            .map_err(|error| failed(&error))?;
        Ok(Self { settings, client })
    }

    /// Hands a message over. `Idempotency-Key` and `reference` are the delivery's id, for gateways that know one of them.
    pub async fn send(&self, id: DeliveryId, to: &PhoneNumber, text: &str) -> Outcome {
        let body = serde_json::json!({
            "to": to.as_str(), "from": self.settings.sender, "text": text, "reference": id,
        });
        let request = self
            .client
            .post(&self.settings.url)
            .bearer_auth(&self.settings.token)
            .header("content-type", "application/json")
            .header("idempotency-key", id.to_string())
            .body(body.to_string());
        match request.send().await {
            Ok(answer) => judge(answer.status()),
            Err(error) if error.is_connect() || error.is_builder() => {
                Outcome::Later(brief(&error.without_url().to_string()))
            }
            Err(error) => Outcome::Unknown(brief(&error.without_url().to_string())),
        }
    }
}

/// What the status says of the message. A gateway that breaks while it works on it (500, 502, 504) may have sent it.
fn judge(status: StatusCode) -> Outcome {
    let said = format!("HTTP {status}");
    match status {
        _ if status.is_success() => Outcome::Sent(said),
        // The first two say so; with the others our token or address is wrong, not the message.
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::NOT_FOUND => Outcome::Later(said),
        _ if status.is_server_error() => Outcome::Unknown(said),
        _ => Outcome::Never(said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gateways_answer_is_read_for_what_it_proves() {
        let kind = |status: u16| match judge(StatusCode::from_u16(status).unwrap()) {
            Outcome::Sent(_) => "sent",
            Outcome::Later(_) => "later",
            Outcome::Never(_) => "never",
            Outcome::Unknown(_) => "unknown",
        };
        for (status, meaning) in [
            (200, "sent"),
            (202, "sent"),
            (302, "never"),
            (400, "never"),
            (401, "later"),
            (422, "never"),
            (429, "later"),
            (500, "unknown"),
            (503, "later"),
            (504, "unknown"),
        ] {
            assert_eq!(kind(status), meaning, "{status}");
        }
    }

    #[test]
    fn the_token_is_not_printed() {
        let settings =
            SmsSettings { url: String::new(), token: "s3cret".to_owned(), sender: "Pasar".to_owned() };
        assert!(!format!("{settings:?}").contains("s3cret"));
    }
}
