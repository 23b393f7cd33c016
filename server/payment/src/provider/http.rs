//! Asking a provider over HTTP.

use super::{ProviderError, Refusal};
use reqwest::{Client, RequestBuilder, StatusCode, redirect::Policy};
use serde_json::Value;
use std::{sync::Arc, time::Duration};

const TO_CONNECT: Duration = Duration::from_secs(10);
/// Banks behind the provider take their time.
const TO_ANSWER: Duration = Duration::from_secs(40);
/// No answer we know of is nearly as long.
const LONGEST: usize = 1 << 20;

#[derive(thiserror::Error, Debug)]
pub enum SetUpError {
    #[error("TLS could not be set up")]
    Tls(#[from] rustls::Error),
    #[error("the HTTP client could not be set up")]
    Client(#[from] reqwest::Error),
}

pub(crate) fn client() -> Result<Client, SetUpError> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    // The provider is named, since which one is the process's default depends on who else is linked in.
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .connect_timeout(TO_CONNECT)
        .timeout(TO_ANSWER)
        .build()?;
    Ok(client)
}

/// An answer that is a JSON document, whatever its status.
pub(crate) struct Answer {
    pub status: StatusCode,
    pub body: Value,
}

impl Answer {
    /// The document of a success; else what the status says. `reason` is where a refusal's own code stands.
    pub fn ok(self, reason: &str) -> Result<Value, ProviderError> {
        judge(self.status, &self.body, reason).map(|()| self.body)
    }
}

pub(crate) async fn ask(request: RequestBuilder) -> Result<Answer, ProviderError> {
    let mut answer = request.send().await.map_err(|error| {
        if error.is_connect() || error.is_builder() {
            ProviderError::Unreachable
        } else {
            ProviderError::NoAnswer
        }
    })?;
    let status = answer.status();
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| ProviderError::NoAnswer)? {
        if body.len() + chunk.len() > LONGEST {
            return Err(ProviderError::Malformed);
        }
        body.extend_from_slice(&chunk);
    }
    match serde_json::from_slice(&body) {
        Ok(body) => Ok(Answer { status, body }),
        Err(_) if status.is_success() => Err(ProviderError::Malformed),
        Err(_) => Ok(Answer { status, body: Value::Null }),
    }
}

/// What the status says. A provider that breaks while it works on a request (500, 502, 504) may have done it.
pub(super) fn judge(status: StatusCode, body: &Value, reason: &str) -> Result<(), ProviderError> {
    match status {
        _ if status.is_success() => Ok(()),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(ProviderError::Credentials),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Err(ProviderError::Busy),
        _ if status.is_server_error() => Err(ProviderError::NoAnswer),
        _ => {
            let reason = body.pointer(reason).and_then(Value::as_str).unwrap_or_default();
            let reason = reason.chars().filter(|c| !c.is_control()).take(120).collect();
            Err(ProviderError::Refused(Refusal { status: status.as_u16(), reason }))
        }
    }
}

/// A part of a path, such as another's id, so that it cannot be more than a part.
pub(super) fn part(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_for_what_it_proves() {
        for (status, error) in [
            (200, None),
            (201, None),
            (401, Some(ProviderError::Credentials)),
            (429, Some(ProviderError::Busy)),
            (500, Some(ProviderError::NoAnswer)),
            (503, Some(ProviderError::Busy)),
            (504, Some(ProviderError::NoAnswer)),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(judge(status, &Value::Null, "").err(), error, "{status}");
        }
        let refused = judge(StatusCode::CONFLICT, &serde_json::json!({"code": "TAKEN"}), "/code");
        assert_eq!(refused, Err(ProviderError::Refused(Refusal { status: 409, reason: "TAKEN".to_owned() })));
    }

    #[test]
    fn anothers_id_stays_one_part_of_a_path() {
        assert_eq!(part("../a?b"), "%2E%2E%2Fa%3Fb");
    }
}
