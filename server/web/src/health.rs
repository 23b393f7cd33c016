//! For those who watch the process: is it up, is it ready, and what has it done.

use crate::{Problem, WebSettings};
use axum::{
    Router,
    extract::{ConnectInfo, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, header};
use kernel::Kernel;
use model::Code;
use sha2::{Digest as _, Sha256};
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// What the probes look at.
#[derive(Clone)]
pub struct Health {
    kernel: Kernel,
    /// The newest one this program knows; an older database is not ready for it.
    migration: i64,
    metrics: Option<Arc<dyn Fn() -> String + Send + Sync>>,
    token: Option<Arc<str>>,
}

impl Health {
    pub fn new(kernel: &Kernel, settings: &WebSettings) -> Self {
        let token = settings.metrics_token.as_deref().map(Arc::from);
        let migration =
            kernel::db::MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or_default();
        Self { kernel: kernel.clone(), migration, metrics: None, token }
    }

    /// Where `/metrics` gets its text from; without it there is no such page.
    #[must_use]
    pub fn with_metrics(mut self, render: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.metrics = Some(Arc::new(render));
        self
    }

    /// `/healthz`, `/readyz` and `/metrics`.
    pub fn routes(self) -> Router {
        Router::new()
            .route("/healthz", get(|| async { "ok" }))
            .route("/readyz", get(ready))
            .route("/metrics", get(metrics))
            .with_state(self)
    }

    /// Whether requests can be served now: the database answers within a second and is migrated.
    pub async fn check(&self) -> Result<(), Problem> {
        let newest = tokio::time::timeout(Duration::from_secs(1), newest_migration(&self.kernel));
        match newest.await {
            Ok(Ok(newest)) if newest >= self.migration => Ok(()),
            Ok(Ok(newest)) => {
                let cause = format!("the database is at migration {newest}, not {}", self.migration);
                Err(Problem::from(Code::Unavailable).because(cause))
            }
            Ok(Err(error)) => Err(Problem::from(Code::Unavailable).because(error)),
            Err(_) => Err(Problem::from(Code::Unavailable).because("the database does not answer")),
        }
    }
}

/// Not a checked query: the table belongs to the migrator, and may not be there yet.
async fn newest_migration(kernel: &Kernel) -> Result<i64, sqlx::Error> {
    let newest = "select coalesce(max(version), 0) from _sqlx_migrations where success";
    sqlx::query_scalar(newest).fetch_one(kernel.db()).await
}

async fn ready(State(health): State<Health>) -> Result<&'static str, Problem> {
    health.check().await.map(|()| "ready")
}

async fn metrics(
    State(health): State<Health>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let peer = peer.map(|peer| peer.0.0.ip().to_canonical());
    let (Some(render), true) = (&health.metrics, may_read(peer, &headers, health.token.as_deref())) else {
        return Problem::from(Code::NotFound).into_response();
    };
    let text = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (text, render()).into_response()
}

/// Who speaks from this machine and for nobody else, or knows the token.
fn may_read(peer: Option<std::net::IpAddr>, headers: &HeaderMap, token: Option<&str>) -> bool {
    let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match (token, shown.and_then(|value| value.strip_prefix("Bearer "))) {
        // Hashes are compared, so that the time it takes says nothing about the token.
        (Some(token), Some(shown)) => Sha256::digest(token) == Sha256::digest(shown),
        (Some(_), None) => false,
        (None, _) => peer.is_some_and(|peer| peer.is_loopback()) && !forwarded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_for_this_machine_or_for_the_token() {
        for (peer, token, sent, may) in [
            ("127.0.0.1", None, &[][..], true),
            ("::1", None, &[], true),
            ("203.0.113.1", None, &[], false),
            ("127.0.0.1", None, &[("x-forwarded-for", "203.0.113.1")], false),
            ("203.0.113.1", Some("t"), &[("authorization", "Bearer t")], true),
            ("203.0.113.1", Some("t"), &[("authorization", "Bearer x")], false),
            ("127.0.0.1", Some("t"), &[], false),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.insert(*name, value.parse().unwrap());
            }
            assert_eq!(may_read(peer.parse().ok(), &headers, token), may, "{peer} {sent:?}");
        }
    }
}
