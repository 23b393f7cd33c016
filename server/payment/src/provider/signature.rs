//! Proof that a message is the provider's.

use super::{Secret, WebhookError};
use ::http::HeaderMap;
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256, Sha512};
use subtle::ConstantTimeEq as _;
use time::{Duration, OffsetDateTime};

/// A message signed longer ago is refused, as Stripe's own libraries do; the same for one from the future.
pub(super) const TOLERANCE: Duration = Duration::minutes(5);

pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A header `t=<unix seconds>,v1=<hex>[,v1=<hex>]`, each `v1` a HMAC-SHA256 of `<t>.<body>`. While a key is changed
/// there are two, and one that fits is enough.
pub(crate) fn check_timed(
    header: Option<&str>,
    secret: &Secret,
    body: &[u8],
    now: OffsetDateTime,
) -> Result<(), WebhookError> {
    let parts =
        || header.into_iter().flat_map(|text| text.split(',')).filter_map(|it| it.trim().split_once('='));
    let at = parts().find_map(|(name, value)| (name == "t").then_some(value)).unwrap_or_default();
    let signed = parts().filter(|(name, _)| *name == "v1").take(8).any(|(_, signature)| {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()) else { return false };
        mac.update(at.as_bytes());
        mac.update(b".");
        mac.update(body);
        // `verify_slice` compares in constant time.
        hex::decode(signature).is_ok_and(|given| mac.verify_slice(&given).is_ok())
    });
    let at = at.parse().ok().and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    match at {
        Some(_) if secret.reveal().is_empty() => Err(WebhookError::BadSignature),
        Some(at) if signed && (now - at).abs() <= TOLERANCE => Ok(()),
        Some(_) if signed => Err(WebhookError::Stale),
        _ => Err(WebhookError::BadSignature),
    }
}

/// A token that is sent along. Hashes are compared, so that time does not even tell its length.
pub(super) fn check_token(given: Option<&str>, secret: &Secret) -> Result<(), WebhookError> {
    let digest = |text: &str| Sha256::digest(text.as_bytes());
    let same = digest(given.unwrap_or_default()).ct_eq(&digest(secret.reveal()));
    if bool::from(same) && !secret.reveal().is_empty() { Ok(()) } else { Err(WebhookError::BadSignature) }
}

/// A SHA-512 in hexadecimal over these parts one after another.
pub(super) fn check_sha512(given: &str, parts: &[&str]) -> Result<(), WebhookError> {
    let mut hash = Sha512::new();
    for part in parts {
        hash.update(part.as_bytes());
    }
    let given = hex::decode(given).map_err(|_| WebhookError::BadSignature)?;
    if bool::from(given.ct_eq(&hash.finalize()[..])) { Ok(()) } else { Err(WebhookError::BadSignature) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000;

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(seconds).unwrap()
    }

    fn sign(secret: &str, seconds: i64, body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{seconds}.{body}").as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }

    #[test]
    fn a_timed_signature_holds_for_its_body_key_and_moment() {
        let key = Secret::new("whsec".to_owned());
        let good = sign("whsec", NOW, "{}");
        let stale = sign("whsec", NOW - 301, "{}");
        let cases = [
            (format!("t={NOW},v1={good}"), "{}", Ok(())),
            (format!("t={NOW}, v1={}, v1={good},v0=x", "00".repeat(32)), "{}", Ok(())),
            (format!("t={},v1={}", NOW - 300, sign("whsec", NOW - 300, "{}")), "{}", Ok(())),
            (format!("t={},v1={stale}", NOW - 301), "{}", Err(WebhookError::Stale)),
            (
                format!("t={},v1={}", NOW + 301, sign("whsec", NOW + 301, "{}")),
                "{}",
                Err(WebhookError::Stale),
            ),
            (format!("t={NOW},v1={stale}"), "{}", Err(WebhookError::BadSignature)),
            (format!("t={NOW},v1={good}"), "{ }", Err(WebhookError::BadSignature)),
            (format!("t={NOW},v1={}", sign("other", NOW, "{}")), "{}", Err(WebhookError::BadSignature)),
            (format!("v1={good}"), "{}", Err(WebhookError::BadSignature)),
            (format!("t={NOW}"), "{}", Err(WebhookError::BadSignature)),
            (format!("t={NOW},v1=zz"), "{}", Err(WebhookError::BadSignature)),
            (String::new(), "{}", Err(WebhookError::BadSignature)),
        ];
        for (header, body, answer) in cases {
            assert_eq!(check_timed(Some(&header), &key, body.as_bytes(), at(NOW)), answer, "{header}");
        }
        assert_eq!(check_timed(None, &key, b"{}", at(NOW)), Err(WebhookError::BadSignature));
    }

    #[test]
    fn without_a_secret_nothing_is_signed() {
        let none = Secret::new(String::new());
        let header = format!("t={NOW},v1={}", sign("", NOW, "{}"));
        assert_eq!(check_timed(Some(&header), &none, b"{}", at(NOW)), Err(WebhookError::BadSignature));
        assert_eq!(check_token(Some(""), &none), Err(WebhookError::BadSignature));
        assert_eq!(check_token(None, &none), Err(WebhookError::BadSignature));
    }

    #[test]
    fn secrets_are_not_printed() {
        assert!(!format!("{:?}", Secret::new("s3cret".to_owned())).contains("s3cret"));
    }
}
