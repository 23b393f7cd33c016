//! Secrets that must be read again, such as those of authenticator apps, are kept sealed under a key that is not in
//! the database.

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead as _, aead::Payload};
use hmac::{Hmac, Mac as _};
use kernel::Ids;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Keys derived from one master key, each for one purpose.
pub struct Safe {
    seal: [u8; 32],
    mac: [u8; 32],
}

/// It was sealed under another key, for something else, or altered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a sealed secret cannot be opened")]
pub struct Unopened;

impl Safe {
    /// `master` has at least 128 bits of chance in it, in whatever form.
    pub fn new(master: &[u8]) -> Self {
        let master = Sha256::digest(master).into();
        Self {
            seal: hmac(&master, &[b"pasar identity: seal"]),
            mac: hmac(&master, &[b"pasar identity: codes"]),
        }
    }

    /// `of` says whose it is, so that it cannot be moved to another row.
    pub fn seal(&self, ids: &dyn Ids, of: &[u8], secret: &[u8]) -> Vec<u8> {
        let mut sealed = vec![0; 24];
        ids.fill(&mut sealed);
        let body = self.cipher().encrypt(XNonce::from_slice(&sealed), Payload { msg: secret, aad: of });
        // Only texts of more than 256 GB cannot be sealed.
        sealed.extend(body.unwrap_or_default());
        sealed
    }

    pub fn open(&self, of: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
        let (nonce, body) = sealed.split_at_checked(24).ok_or(Unopened)?;
        let payload = Payload { msg: body, aad: of };
        self.cipher().decrypt(XNonce::from_slice(nonce), payload).map_err(|_| Unopened)
    }

    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        hmac(&self.mac, parts)
    }

    /// A password for one of the demonstration's people: 60 bits that only this installation can make.
    pub fn demo_password(&self, of: &str) -> String {
        const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let mac = self.mac(&[b"demo password", of.as_bytes()]);
        let letters: String = mac.iter().take(12).map(|b| char::from(LETTERS[usize::from(b % 32)])).collect();
        format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&self.seal).into())
    }
}

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // Of the length of a block, as HMAC pads shorter keys itself.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

impl fmt::Debug for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Safe(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::ids::SequentialIds;

    #[test]
    fn only_the_same_key_and_owner_open_a_seal() {
        let (safe, ids) = (Safe::new(&[1; 32]), SequentialIds::default());
        let sealed = safe.seal(&ids, b"ani", b"secret");
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(safe.open(b"ani", &sealed).unwrap(), b"secret");
        assert_eq!(safe.open(b"budi", &sealed), Err(Unopened));
        assert_eq!(Safe::new(&[2; 32]).open(b"ani", &sealed), Err(Unopened));
        for i in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[i] ^= 1;
            assert_eq!(safe.open(b"ani", &altered), Err(Unopened), "byte {i}");
        }
        assert_eq!(safe.open(b"ani", b"short"), Err(Unopened));
        assert_ne!(sealed, safe.seal(&ids, b"ani", b"secret"), "the same secret looks different each time");
    }
}
