//! Those the market speaks to: couriers, payment providers, an OpenID Connect provider, a store of pictures, a gateway
//! for SMS.

use super::sources::{SettingError, Sources, some};
use media::{Bucket, Secret};
use model::shipping::{Courier, CourierCode};
use std::fmt;

/// So many couriers' offers fit into a page.
const MOST_RATED: usize = 20;

/// Who sends couriers. Keys are not printed.
#[derive(Clone)]
pub struct Couriers {
    /// Key, secret of webhooks and address.
    pub biteship: Option<(String, String, String)>,
    /// Those Biteship is asked for at the checkout.
    pub rated: Vec<CourierCode>,
    pub phone: String,
}

impl fmt::Debug for Couriers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Couriers")
            .field("biteship", &self.biteship.is_some())
            .field("rated", &self.rated)
            .field("phone", &self.phone)
            .finish()
    }
}

/// Who takes payments. Keys are not printed.
#[derive(Clone)]
pub struct Payments {
    pub simulator: bool,
    /// Server key and address.
    pub midtrans: Option<(String, String)>,
    /// Secret key, token of webhooks and address.
    pub xendit: Option<(String, String, String)>,
    /// Secret key, signing secret of webhooks and address.
    pub stripe: Option<(String, String, String)>,
}

impl fmt::Debug for Payments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payments")
            .field("simulator", &self.simulator)
            .field("midtrans", &self.midtrans.is_some())
            .field("xendit", &self.xendit.is_some())
            .field("stripe", &self.stripe.is_some())
            .finish()
    }
}

fn address(sources: &Sources, name: &'static str) -> Result<String, SettingError> {
    sources.get(name, |s| {
        if s.starts_with("https://") || s.starts_with("http://127.0.0.1") {
            Ok(s.trim_end_matches('/').to_owned())
        } else {
            Err("it should begin with https://".to_owned())
        }
    })
}

/// A key with the secret its webhooks are told by, and where it is used.
fn signed(
    sources: &Sources,
    (key, webhooks, url): (&'static str, &'static str, &'static str),
) -> Result<Option<(String, String, String)>, SettingError> {
    let secret = sources.get(key, |s| Ok(some(s)))?;
    let signing = sources.get(webhooks, |s| match (some(s), &secret) {
        (None, Some(_)) => Err(format!("{key} needs it, or nobody could tell its webhooks from others")),
        (signing, _) => Ok(signing),
    })?;
    let url = address(sources, url)?;
    Ok(secret.zip(signing).map(|(secret, signing)| (secret, signing, url)))
}

/// Codes as Biteship has them, none of them a courier of our own tables.
fn rated(text: &str) -> Result<Vec<CourierCode>, String> {
    let mut couriers = Vec::new();
    for code in text.split(',').map(str::trim).filter(|code| !code.is_empty()) {
        let foreign = |code: &CourierCode| Courier::from_name(code.as_str()).is_none();
        let code = CourierCode::try_from(code.to_ascii_lowercase()).ok().filter(foreign);
        couriers.push(code.ok_or("it should look like jne,sicepat")?);
    }
    if couriers.len() > MOST_RATED { Err(format!("at most {MOST_RATED} are asked")) } else { Ok(couriers) }
}

pub(super) fn couriers(sources: &Sources) -> Result<Couriers, SettingError> {
    let biteship = signed(sources, ("biteship-key", "biteship-webhook-secret", "biteship-url"))?;
    let rated = sources.get("biteship-couriers", |s| match rated(s)? {
        some if !some.is_empty() && biteship.is_none() => {
            Err("biteship-key is needed to ask them".to_owned())
        }
        couriers => Ok(couriers),
    })?;
    Ok(Couriers { biteship, rated, phone: sources.get("courier-phone", |s| Ok(s.to_owned()))? })
}

pub(super) fn payments(sources: &Sources) -> Result<Payments, SettingError> {
    let midtrans = sources.get("midtrans-key", |s| Ok(some(s)))?;
    let midtrans_url = address(sources, "midtrans-url")?;
    Ok(Payments {
        simulator: sources.get("simulator", |s| match s {
            "on" => Ok(true),
            "off" => Ok(false),
            _ => Err("it is on or off".to_owned()),
        })?,
        midtrans: midtrans.map(|key| (key, midtrans_url)),
        xendit: signed(sources, ("xendit-key", "xendit-webhook-token", "xendit-url"))?,
        stripe: signed(sources, ("stripe-key", "stripe-webhook-secret", "stripe-url"))?,
    })
}

/// The provider, where its address is given; it needs the other two then.
pub(super) fn oidc(
    sources: &Sources,
    public_url: &str,
) -> Result<Option<identity::provider::ProviderSettings>, SettingError> {
    let issuer = sources.get("oidc-issuer", |s| {
        let own = ["http://127.0.0.1", "http://localhost"].iter().any(|own| s.starts_with(own));
        if s.is_empty() || s.starts_with("https://") || own {
            Ok(some(s))
        } else {
            Err("it should begin with https://".to_owned())
        }
    })?;
    let needed = |name| {
        sources.get(name, |s| match some(s) {
            None if issuer.is_some() => Err("the provider of oidc-issuer needs it".to_owned()),
            value => Ok(value.unwrap_or_default()),
        })
    };
    let (client_id, client_secret) = (needed("oidc-client-id")?, needed("oidc-client-secret")?);
    let label = sources.get("oidc-label", |s| Ok(some(s)))?;
    Ok(issuer.map(|issuer| {
        let host = issuer.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let label = label.unwrap_or_else(|| host.to_owned());
        let back = format!("{public_url}/sign-in/provider");
        identity::provider::ProviderSettings { issuer, client_id, client_secret, label, back }
    }))
}

/// The store of pictures. What opens it stands in no message.
pub(super) fn bucket(sources: &Sources) -> Result<Option<Bucket>, SettingError> {
    let secret = sources.get("media-secret", |s| Ok(some(s).map(Secret::new)))?;
    let key = sources.get("media-key-id", |s| match (some(s), secret) {
        (Some(id), Some(secret)) => Ok(Some((id, secret))),
        (None, None) => Ok(None),
        _ => Err("media-key-id and media-secret go together".to_owned()),
    })?;
    let endpoint = sources.get("media-endpoint", |s| {
        let address = s.trim_end_matches('/');
        let uri: Option<http::Uri> = address.parse().ok();
        let whole = uri.is_some_and(|uri| {
            matches!(uri.scheme_str(), Some("http" | "https")) && uri.path().trim_end_matches('/').is_empty()
        });
        if s.is_empty() || whole {
            Ok(some(address))
        } else {
            Err("it should look like https://s3.example:9000, without a path".to_owned())
        }
    })?;
    let region = sources.get("media-region", |s| Ok(s.to_owned()))?;
    let name = sources.get("media-bucket", |s| {
        if s.contains('/') { Err("the name alone, without an address".to_owned()) } else { Ok(some(s)) }
    })?;
    Ok(name.map(|name| Bucket { name, endpoint, region, key }))
}

/// The gateway, where its address is given; it needs a token then.
pub(super) fn sms(sources: &Sources) -> Result<Option<notify::SmsSettings>, SettingError> {
    let url = sources.get("sms-url", |s| {
        if s.is_empty() || s.starts_with("https://") || s.starts_with("http://") {
            Ok(some(s))
        } else {
            Err("it should begin with https://".to_owned())
        }
    })?;
    let token = sources.get("sms-token", |s| match some(s) {
        None if url.is_some() => Err("the gateway of sms-url needs it".to_owned()),
        token => Ok(token),
    })?;
    let sender = sources.get("sms-sender", |s| Ok(s.to_owned()))?;
    Ok(url.zip(token).map(|(url, token)| notify::SmsSettings { url, token, sender }))
}
