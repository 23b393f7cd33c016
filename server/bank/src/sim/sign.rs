//! Signatures of webhooks, and whether a program shows the right key.

use super::Secret;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;
use time::OffsetDateTime;

/// `t=<seconds>,v1=<hex>`: HMAC-SHA256 of `<seconds>.<body>`, so that an old message cannot be sent again as a new one.
pub fn header(secret: &Secret, at: OffsetDateTime, body: &str) -> String {
    let seconds = at.unix_timestamp();
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()) else {
        unreachable!("a key of HMAC may have any length")
    };
    mac.update(format!("{seconds}.{body}").as_bytes());
    format!("t={seconds},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// Compared in constant time, as hashes, so that the length is not told either.
pub fn is_key(shown: &str, key: &Secret) -> bool {
    Sha256::digest(shown).ct_eq(&Sha256::digest(key.reveal())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_time_and_body() {
        let secret = Secret::new("whsec".to_owned());
        let at = OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap();
        // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac whsec
        assert_eq!(
            header(&secret, at, r#"{"a":1}"#),
            "t=1700000000,v1=8ad37ba156048ae0e0a5533c75cdf26fee88b07f93cb57ee4c80adb053012032"
        );
        assert_ne!(header(&secret, at, "{}"), header(&secret, at + time::Duration::SECOND, "{}"));
    }

    #[test]
    fn only_the_key_is_the_key() {
        let key = Secret::new("abc".to_owned());
        for (shown, is) in [("abc", true), ("abcd", false), ("ab", false), ("", false)] {
            assert_eq!(is_key(shown, &key), is, "{shown}");
        }
    }
}
