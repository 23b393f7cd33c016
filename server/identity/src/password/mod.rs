//! Passwords: what is a good one, and how one is kept.
//!
//! The rules follow NIST SP 800-63B: length and a look at what attackers try first, nothing about kinds of
//! characters, no expiry.

mod hasher;

pub use hasher::{Busy, Cost, Hasher, Verdict};

use model::{Contact, FieldError};
use std::fmt;
use unicode_normalization::UnicodeNormalization as _;

/// A password as it is typed to sign in; whether it would be accepted as a new one is another question. Not printed.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// In characters.
    pub const MIN: usize = 8;
    /// In characters; more would only cost us time.
    pub const MAX: usize = 128;

    /// One that is typed to sign in. In Unicode's form NFKC, since keyboards write the same letter in several ways.
    pub fn typed(text: &str) -> Option<Self> {
        // A character of NFKC takes up to 18 of the input's and 4 bytes; anything longer is no password of ours.
        if text.is_empty() || text.len() > Self::MAX * 16 {
            return None;
        }
        let text: String = text.nfkc().collect();
        (text.chars().count() <= Self::MAX).then_some(Self(text))
    }

    /// One that somebody chooses for an account with these contacts.
    pub fn chosen(text: &str, contacts: &[Contact]) -> Result<Self, FieldError> {
        if text.is_empty() {
            return Err(FieldError::Required);
        }
        let password = Self::typed(text).ok_or(FieldError::TooLong)?;
        if password.0.chars().count() < Self::MIN {
            return Err(FieldError::TooShort);
        }
        if password.is_common(contacts) { Err(FieldError::TooCommon) } else { Ok(password) }
    }

    /// Whether an attacker would find it within a million guesses: among the usual ones, a repetition, a row of keys,
    /// or made of what is known of the person.
    fn is_common(&self, contacts: &[Contact]) -> bool {
        /// Words of this place that the lists of passwords, being mostly English, rank too low.
        const LOCAL: &[&str] = &[
            "pasar",
            "sayang",
            "bismillah",
            "indonesia",
            "jakarta",
            "bandung",
            "surabaya",
            "merdeka",
            "garuda",
            "rahasia",
            "katasandi",
            "cinta",
            "cintaku",
            "allah",
            "muhammad",
            "alhamdulillah",
            "anjing",
            "kucing",
        ];
        let mut known: Vec<&str> = LOCAL.to_vec();
        for contact in contacts {
            known.push(contact.as_str());
            known.extend(contact.as_str().split('@').next());
            known.extend(contact.as_str().split(['@', '.', '+', '_', '-']).filter(|part| part.len() > 2));
        }
        // The start is enough to know; the matcher's time grows faster than the length.
        let start: String = self.0.chars().take(64).collect();
        zxcvbn::zxcvbn(&start, &known).guesses() < 1_000_000
    }

    fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(text: &str) -> Result<(), FieldError> {
        let contacts = ["budi.santoso@mail.example", "081234567890"].map(|c| c.parse().unwrap());
        Password::chosen(text, &contacts).map(drop)
    }

    #[test]
    fn length_counts_and_composition_does_not() {
        assert_eq!(chosen(""), Err(FieldError::Required));
        assert_eq!(chosen("tuk7wav"), Err(FieldError::TooShort));
        assert_eq!(chosen("tuk7wavq"), Ok(()));
        assert_eq!(chosen("lautan biru senja kala itu"), Ok(()));
        assert_eq!(chosen("🦀 kepiting merah"), Ok(()));
        assert_eq!(chosen(&"kuda lari pagi ".repeat(8)), Ok(()));
        assert_eq!(chosen(&"x7 ".repeat(50)), Err(FieldError::TooLong));
        assert_eq!(chosen(&"é".repeat(100_000)), Err(FieldError::TooLong));
    }

    #[test]
    fn what_attackers_try_first_is_refused() {
        for common in [
            "password",
            "12345678",
            "qwertyuiop",
            "iloveyou1",
            "P@ssw0rd",
            "aaaaaaaaaa",
            "abcdefgh",
            "sayang123",
            "indonesia1",
            "bismillah1",
            "budi.santoso",
            "budi.santoso@mail.example",
            "+6281234567890",
            "11223344",
        ] {
            assert_eq!(chosen(common), Err(FieldError::TooCommon), "{common}");
        }
    }

    #[test]
    fn the_same_letters_are_the_same_password_on_every_keyboard() {
        let composed = Password::typed("caf\u{e9} pagi").unwrap();
        let decomposed = Password::typed("cafe\u{301} pagi").unwrap();
        assert_eq!(composed.as_bytes(), decomposed.as_bytes());
        assert_eq!(format!("{composed:?}"), "Password(…)");
    }
}
