//! Second factors: an authenticator app, and the recovery codes for when it is lost.

pub mod store;
mod totp;

pub use totp::{STEP, Totp};

use crate::{Digest, Safe};
use kernel::Ids;
use model::ids::AccountId;
use std::fmt;

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// A code for when the authenticator is lost: 80 random bits, each good once. Not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; 16]);

/// Crockford's alphabet: no letter looks like a digit or like another letter.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl RecoveryCode {
    pub fn new(ids: &dyn Ids) -> Self {
        let mut letters = [0; 16];
        ids.fill(&mut letters);
        Self(letters.map(|byte| LETTERS[usize::from(byte % 32)]))
    }

    /// Reads what people type: hyphens and spaces or none, capitals or not, O for 0 and I or L for 1.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > 60 {
            return None;
        }
        let mut letters = Vec::with_capacity(16);
        for byte in typed.bytes().map(|byte| byte.to_ascii_lowercase()) {
            match byte {
                b' ' | b'-' => {}
                b'o' => letters.push(b'0'),
                b'i' | b'l' => letters.push(b'1'),
                _ if LETTERS.contains(&byte) => letters.push(byte),
                _ => return None,
            }
        }
        letters.try_into().ok().map(Self)
    }

    /// In fours: `7k3m-q0zv-xd29-hn4c`.
    pub fn text(&self) -> String {
        let four = |part: &[u8]| part.iter().copied().map(char::from).collect::<String>();
        self.0.chunks(4).map(four).collect::<Vec<_>>().join("-")
    }

    pub fn digest(&self, safe: &Safe, of: AccountId) -> Digest {
        Digest::new(safe.mac(&[of.uuid().as_bytes(), &self.0]))
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::ids::SequentialIds;

    #[test]
    fn recovery_codes_are_read_however_they_are_typed() {
        let code = RecoveryCode::new(&SequentialIds::default());
        let text = code.text();
        assert_eq!(text.len(), 19);
        for typed in [text.clone(), text.to_uppercase(), text.replace('-', ""), text.replace('0', "O")] {
            assert_eq!(RecoveryCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        for bad in ["", "7k3m", "7k3m-q0zv-xd29-hn4u", &"7".repeat(17)] {
            assert_eq!(RecoveryCode::parse(bad), None, "{bad}");
        }
    }
}
