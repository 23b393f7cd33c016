//! Signed links out of a topic. Whoever holds one may switch that one topic of that one account off, without signing
//! in; that is all it proves, so it needs no end.

use crate::{Channel, Topic};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use model::ids::{AccountId, Uuid};
use sha2::Sha256;

/// What a link is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unsubscribe {
    pub account: AccountId,
    pub topic: Topic,
    pub channel: Channel,
}

/// Bytes of the account, the topic and the channel.
const SAID: usize = 18;
/// Bytes kept of the signature: 128 bits.
const SIGNED: usize = 16;

impl Unsubscribe {
    pub(crate) fn sign(self, key: &[u8; 32]) -> String {
        let said = self.bytes();
        let signature = mac(key, &said).finalize().into_bytes();
        URL_SAFE_NO_PAD.encode([&said[..], &signature[..SIGNED]].concat())
    }

    /// None for whatever this key has not signed.
    pub(crate) fn verify(token: &str, key: &[u8; 32]) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        if bytes.len() != SAID + SIGNED {
            return None;
        }
        let (said, signature) = bytes.split_at(SAID);
        mac(key, said).verify_truncated_left(signature).ok()?;
        let channel = if said[17] == 0 { Channel::Email } else { Channel::Sms };
        let account = AccountId::new(Uuid::from_slice(&said[..16]).ok()?);
        Some(Self { account, topic: Topic::from_number(said[16])?, channel })
    }

    fn bytes(self) -> [u8; SAID] {
        let mut said = [0; SAID];
        said[..16].copy_from_slice(self.account.uuid().as_bytes());
        said[16] = self.topic.number();
        said[17] = u8::from(self.channel == Channel::Sms);
        said
    }
}

fn mac(key: &[u8; 32], said: &[u8]) -> Hmac<Sha256> {
    // HMAC fills a shorter key up with zeros itself.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as Mac>::new(&block.into());
    mac.update(b"pasar unsubscribe 1");
    mac.update(said);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_what_was_signed_and_no_other_passes() {
        let account = AccountId::new(Uuid::from_u128(7));
        let way_out = Unsubscribe { account, topic: Topic::PriceDrop, channel: Channel::Email };
        let token = way_out.sign(&[1; 32]);
        assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        assert_eq!(Unsubscribe::verify(&token, &[1; 32]), Some(way_out));
        assert_eq!(Unsubscribe::verify(&token, &[2; 32]), None, "another key");
        for position in 0..token.len() {
            let mut altered = token.clone().into_bytes();
            altered[position] = if altered[position] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            let read = Unsubscribe::verify(&altered, &[1; 32]);
            assert!(read.is_none() || altered == token, "{altered}");
        }
        for nonsense in ["", "x", "AAAA", &token[1..], &format!("{token}AA")] {
            assert_eq!(Unsubscribe::verify(nonsense, &[1; 32]), None);
        }
    }
}
