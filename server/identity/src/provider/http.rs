//! How the provider is asked: over TLS, briefly, and nobody it points to in turn.

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::{Client, redirect::Policy};
use std::{pin::Pin, sync::Arc, time::Duration};

const TO_CONNECT: Duration = Duration::from_secs(5);
const TO_ANSWER: Duration = Duration::from_secs(10);
/// Providers' documents are some kilobytes.
const LONGEST: usize = 512 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum NoHttp {
    #[error("TLS could not be set up")]
    Tls(#[from] rustls::Error),
    #[error("the HTTP client could not be set up")]
    Client(#[from] reqwest::Error),
}

/// What asks the provider.
#[derive(Clone)]
pub(super) struct Http(Client);

impl Http {
    pub fn new() -> Result<Self, NoHttp> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        // The provider of TLS is named, since which one is the default depends on who else is linked in.
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .connect_timeout(TO_CONNECT)
            .timeout(TO_ANSWER)
            .build()?;
        Ok(Self(client))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = AskError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, AskError>> + Send>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(ask(self.0.clone(), request))
    }
}

#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error("the answer is too long")]
    TooLong,
}

async fn ask(client: Client, request: HttpRequest) -> Result<HttpResponse, AskError> {
    let (parts, body) = request.into_parts();
    let asked = client.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
    let mut answer = asked.send().await?;
    let status = answer.status();
    let kind = answer.headers().get(::http::header::CONTENT_TYPE).cloned();
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await? {
        if body.len() + part.len() > LONGEST {
            return Err(AskError::TooLong);
        }
        body.extend_from_slice(&part);
    }
    let mut told = HttpResponse::new(body);
    *told.status_mut() = status;
    if let Some(kind) = kind {
        told.headers_mut().insert(::http::header::CONTENT_TYPE, kind);
    }
    Ok(told)
}
