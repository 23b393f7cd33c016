//! What the operator decides about the HTTP side.

use crate::client::Network;
use serde::{Deserialize, Deserializer};
use std::time::Duration;

/// Every field has a default, so that a table of a configuration file names only what differs.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebSettings {
    /// The address people type. `https` here switches on `Secure` cookies and HSTS.
    pub public_url: String,
    /// The stylesheet of error pages and API documentation; the wiring fills it in with
    /// [`stylesheet_url`](crate::stylesheet_url).
    pub stylesheet: String,
    /// Addresses or CIDR blocks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// The largest request body, in bytes.
    pub body_limit: usize,
    /// Other limits by path prefix, such as uploads; the longest matching prefix counts.
    pub body_limits: Vec<(String, usize)>,
    /// Seconds until an answer must have begun.
    #[serde(deserialize_with = "seconds")]
    pub timeout: Duration,
    /// Requests worked on at the same time; more are asked to come back.
    pub max_in_flight: usize,
    pub rates: Rates,
    /// Further origins the browser may connect to: the websocket of live reload while developing.
    pub connect_src: Vec<String>,
    /// Who shows this as `Authorization: Bearer` may read `/metrics`; without it only this machine may.
    pub metrics_token: Option<String>,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:3000".to_owned(),
            stylesheet: "/pkg/pasar.css".to_owned(),
            trusted_proxies: Vec::new(),
            body_limit: 2 * 1024 * 1024,
            body_limits: Vec::new(),
            timeout: Duration::from_secs(30),
            max_in_flight: 1024,
            rates: Rates::default(),
            connect_src: Vec::new(),
            metrics_token: None,
        }
    }
}

impl WebSettings {
    /// Whether people reach the site over TLS.
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Scheme, host and port of the public URL, as browsers put it into `Origin`.
    pub(crate) fn origin(&self) -> &str {
        let host_at = self.public_url.find("://").map_or(0, |at| at + 3);
        let end = self.public_url[host_at..].find('/').map_or(self.public_url.len(), |at| host_at + at);
        &self.public_url[..end]
    }

    pub(crate) fn body_limit_of(&self, path: &str) -> usize {
        let special = self.body_limits.iter().filter(|(prefix, _)| path.starts_with(prefix.as_str()));
        special.max_by_key(|(prefix, _)| prefix.len()).map_or(self.body_limit, |(_, limit)| *limit)
    }
}

/// Limits for each client: an IPv4 address or an IPv6 /64.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    pub enabled: bool,
    /// Pages and other reads.
    pub read: Rate,
    /// Forms, calls and everything else that may change something.
    pub write: Rate,
    /// How many clients are remembered at a time.
    pub clients: usize,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            enabled: true,
            read: Rate { per_second: 50, burst: 200 },
            write: Rate { per_second: 10, burst: 40 },
            clients: 50_000,
        }
    }
}

/// So many at once, and so many a second after that. Zero counts as one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    pub per_second: u32,
    pub burst: u32,
}

fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    u64::deserialize(from).map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_the_public_url_without_its_path() {
        for (url, origin) in [
            ("https://pasar.example", "https://pasar.example"),
            ("https://pasar.example/", "https://pasar.example"),
            ("http://127.0.0.1:3000/x/y", "http://127.0.0.1:3000"),
        ] {
            let settings = WebSettings { public_url: url.to_owned(), ..WebSettings::default() };
            assert_eq!(settings.origin(), origin);
        }
    }

    #[test]
    fn the_longest_prefix_sets_the_body_limit() {
        let body_limits = vec![("/a".to_owned(), 1), ("/a/b".to_owned(), 2)];
        let settings = WebSettings { body_limits, body_limit: 3, ..WebSettings::default() };
        assert_eq!(["/x", "/a/x", "/a/b/c"].map(|path| settings.body_limit_of(path)), [3, 1, 2]);
    }
}
