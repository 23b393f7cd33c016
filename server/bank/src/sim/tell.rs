//! Telling what happened: one signed JSON document by POST.

use super::{Secret, sign};
use reqwest::{Client, redirect::Policy};
use std::{sync::Arc, time::Duration};
use time::OffsetDateTime;

const TO_CONNECT: Duration = Duration::from_secs(5);
const TO_ANSWER: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// An empty key would let everybody in.
    #[error("a simulator's key and secret must not be empty")]
    NoSecret,
    #[error("TLS cannot be set up: {0}")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What came instead of an answer of 2xx.
pub struct NotTaken(pub String);

pub struct Teller {
    client: Client,
    /// The header its signature stands in.
    header: &'static str,
    secret: Secret,
}

impl Teller {
    pub fn new(header: &'static str, secret: Secret) -> Result<Self, SetUpError> {
        if secret.is_empty() {
            return Err(SetUpError::NoSecret);
        }
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        // The provider is named, since which one is the process's default depends on who else is linked in.
        let tls =
            rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .map_err(|error| SetUpError::Tls(error.into()))?
                .with_root_certificates(roots)
                .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .connect_timeout(TO_CONNECT)
            .timeout(TO_ANSWER)
            .build()
            .map_err(|error| SetUpError::Tls(error.into()))?;
        Ok(Self { client, header, secret })
    }

    /// The status it was taken with. Anything but 2xx is not taken.
    pub async fn tell(&self, url: &str, body: String, now: OffsetDateTime) -> Result<String, NotTaken> {
        let request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header(self.header, sign::header(&self.secret, now, &body))
            .body(body);
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Ok(format!("HTTP {}", answer.status())),
            Ok(answer) => Err(NotTaken(format!("HTTP {}", answer.status()))),
            Err(error) => Err(NotTaken(error.without_url().to_string())),
        }
    }
}
