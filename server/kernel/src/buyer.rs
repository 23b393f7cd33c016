//! Who has a cart and orders: a member, or a guest who is known by a token.

use crate::{Cx, Ids, Viewer};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{
    AppError,
    ids::{AccountId, Uuid},
};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Whoever has a cart and orders of their own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Buyer {
    Member(AccountId),
    Guest(GuestKey),
}

impl Buyer {
    pub fn account(&self) -> Option<AccountId> {
        match self {
            Self::Member(account) => Some(*account),
            Self::Guest(_) => None,
        }
    }

    pub fn guest(&self) -> Option<GuestKey> {
        match self {
            Self::Guest(key) => Some(*key),
            Self::Member(_) => None,
        }
    }

    /// A name for whatever is counted per person and kept under an id: a member's account, a guest's key.
    pub fn uuid(&self) -> Uuid {
        match self {
            Self::Member(account) => account.uuid(),
            Self::Guest(GuestKey(hash)) => {
                let mut half = [0; 16];
                half.copy_from_slice(&hash[..16]);
                Uuid::from_bytes(half)
            }
        }
    }
}

/// What is kept of a [`GuestToken`]: its SHA-256. The token has all the entropy there is, so a fast hash will do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct GuestKey([u8; 32]);

impl GuestKey {
    pub const fn new(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// 256 random bits by which a guest is known: whoever holds them holds the cart and the orders. Not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct GuestToken([u8; 32]);

impl GuestToken {
    /// What the token starts with where it is sent in an `Authorization` header.
    pub const PREFIX: &'static str = "guest_";

    pub fn new(ids: &dyn Ids) -> Self {
        let mut bits = [0; 32];
        ids.fill(&mut bits);
        Self(bits)
    }

    /// Reads what [`text`](Self::text) wrote, with or without its prefix; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix(Self::PREFIX).unwrap_or(text);
        if text.len() != 43 {
            return None;
        }
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// 49 characters that need no escaping in a header or cookie.
    pub fn text(&self) -> String {
        format!("{}{}", Self::PREFIX, URL_SAFE_NO_PAD.encode(self.0))
    }

    pub fn key(&self) -> GuestKey {
        GuestKey(Sha256::digest(self.0).into())
    }
}

impl fmt::Debug for GuestToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GuestToken(…)")
    }
}

impl Cx {
    /// Whoever is asking, as somebody who buys: a member, else the guest of this token. Not there for anybody else.
    pub fn buyer(&self, guest: Option<&GuestToken>) -> Result<Buyer, AppError> {
        match (self.viewer(), guest) {
            (Viewer::Member(member), _) => Ok(Buyer::Member(member.account)),
            (Viewer::Visitor, Some(token)) => Ok(Buyer::Guest(token.key())),
            (Viewer::Visitor, None) => Err(AppError::not_found()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SystemIds;

    #[test]
    fn a_guest_is_known_by_the_token_alone() {
        let token = GuestToken::new(&SystemIds::default());
        let read = GuestToken::parse(&token.text()).unwrap();
        assert_eq!(read.key(), token.key());
        assert_eq!(GuestToken::parse(token.text().trim_start_matches("guest_")), Some(token.clone()));
        assert_ne!(GuestToken::new(&SystemIds::default()).key(), token.key());
        for wrong in ["", "guest_", "guest_abc", &format!("{}A", token.text())] {
            assert_eq!(GuestToken::parse(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{token:?}"), "GuestToken(…)");
    }
}
