//! Whom passkeys are made for: the site. They are bound to its host for good.

use kernel::Cx;
use std::{fmt, sync::Arc};
use url::{Host, Url};
use webauthn_rp::request::{AsciiDomain, RpId};

/// The site as passkeys know it, put into the kernel by the composition root.
pub struct Relying {
    pub(super) id: RpId,
    /// The pages that may ask for one.
    pub(super) origins: [String; 1],
}

impl Relying {
    /// None where the site is reached by a bare network address: browsers make no passkeys for those. One's own machine
    /// is known as `localhost`.
    pub fn of(public_url: &str) -> Option<Self> {
        let mut url: Url = public_url.parse().ok()?;
        let own = match url.host()? {
            Host::Domain(_) => false,
            Host::Ipv4(ip) if ip.is_loopback() => true,
            Host::Ipv6(ip) if ip.is_loopback() => true,
            Host::Ipv4(_) | Host::Ipv6(_) => return None,
        };
        if own {
            url.set_host(Some("localhost")).ok()?;
        }
        let host = url.host_str()?.trim_end_matches('.').to_owned();
        let id = RpId::Domain(AsciiDomain::try_from(host).ok()?);
        Some(Self { id, origins: [url.origin().ascii_serialization()] })
    }

    /// The one of this process, where there are passkeys.
    pub fn here(cx: &Cx) -> Option<Arc<Self>> {
        cx.part()
    }
}

impl fmt::Debug for Relying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relying").field("origins", &self.origins).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_for_hosts_with_a_name() {
        for (url, host, origin) in [
            ("https://pasar.example", "pasar.example", "https://pasar.example"),
            ("https://Pasar.example:8443/", "pasar.example", "https://pasar.example:8443"),
            ("http://localhost:3000", "localhost", "http://localhost:3000"),
            ("http://127.0.0.1:3000", "localhost", "http://localhost:3000"),
            ("http://[::1]:3000", "localhost", "http://localhost:3000"),
        ] {
            let relying = Relying::of(url).unwrap();
            assert_eq!((relying.id.as_ref(), relying.origins[0].as_str()), (host, origin), "{url}");
        }
        for url in ["http://192.0.2.7", "http://[2001:db8::1]:3000", "pasar.example", ""] {
            assert!(Relying::of(url).is_none(), "{url}");
        }
    }
}
