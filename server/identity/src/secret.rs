//! Secrets that are given out once and kept as hashes: tokens and codes.

use crate::Safe;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Cx, Ids};
use model::ids::Uuid;
use sha2::{Digest as _, Sha256};
use std::fmt;
use subtle::ConstantTimeEq as _;

/// 256 random bits, in a cookie, an `Authorization` header or a link. Not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    pub fn new(cx: &Cx) -> Self {
        let mut bits = [0; 32];
        cx.ids().fill(&mut bits);
        Self(bits)
    }

    /// Reads what [`text`](Self::text) wrote; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 43 {
            return None;
        }
        let bits = URL_SAFE_NO_PAD.decode(text).ok()?;
        bits.try_into().ok().map(Self)
    }

    /// 43 characters that need no escaping in a URL or cookie.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the database keeps. The token has all the entropy there is, so a fast hash is as good as a slow one.
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.0).into())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What is kept of a secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Digest([u8; 32]);

impl Digest {
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub const fn into_bytes(self) -> [u8; 32] {
        self.0
    }
}

/// Six digits, typed from a message. Not printed.
#[derive(Clone)]
pub struct Code([u8; 6]);

impl Code {
    pub fn new(ids: &dyn Ids) -> Self {
        // A million divides 2^64 so nearly that no code is likelier than another by more than one in 10^13.
        let mut n = ids.random() % 1_000_000;
        let mut digits = [b'0'; 6];
        for digit in digits.iter_mut().rev() {
            *digit += u8::try_from(n % 10).unwrap_or(0);
            n /= 10;
        }
        Self(digits)
    }

    /// Reads what people type, spaces and hyphens between the digits included.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > 20 {
            return None;
        }
        let digits: Vec<u8> = typed.bytes().filter(|b| !b" -".contains(b)).collect();
        if digits.iter().all(u8::is_ascii_digit) { digits.try_into().ok().map(Self) } else { None }
    }

    pub fn text(&self) -> String {
        self.0.iter().copied().map(char::from).collect()
    }

    /// What the database keeps: keyed, since a million codes are quickly tried, and bound to what it is for.
    pub fn digest(&self, safe: &Safe, of: Uuid) -> Digest {
        Digest(safe.mac(&[of.as_bytes(), &self.0]))
    }

    /// In the same time whether the first or the last digit differs.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Digest {
    pub(crate) const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::ids::SequentialIds;

    #[test]
    fn a_token_is_read_back_and_nothing_else_is_a_token() {
        let token = Token([7; 32]);
        assert_eq!(Token::parse(&token.text()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "Token(…)");
        for bad in ["", "x", &"!".repeat(43), &"A".repeat(44), &"A".repeat(1_000_000)] {
            assert_eq!(Token::parse(bad), None);
        }
    }

    #[test]
    fn codes_are_six_digits_however_they_are_typed() {
        let ids = SequentialIds::default();
        for _ in 0..100 {
            let code = Code::new(&ids);
            assert_eq!(code.text().len(), 6);
            assert!(Code::parse(&code.text()).is_some_and(|read| read.same(&code)));
        }
        assert_eq!(Code::parse(" 123 456 ").unwrap().text(), "123456");
        for bad in ["", "12345", "1234567", "12345a", "１２３４５６", &"1".repeat(1_000)] {
            assert!(Code::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_code_s_hash_is_of_its_purpose_only() {
        let safe = Safe::new(&[1; 32]);
        let code = Code::parse("123456").unwrap();
        let of = |n: u128| Uuid::from_u128(n);
        assert_eq!(code.digest(&safe, of(1)), code.digest(&safe, of(1)));
        assert_ne!(code.digest(&safe, of(1)), code.digest(&safe, of(2)));
        assert_ne!(code.digest(&safe, of(1)), code.digest(&Safe::new(&[2; 32]), of(1)));
    }
}
