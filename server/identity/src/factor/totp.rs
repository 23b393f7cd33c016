//! Codes of an authenticator app (RFC 6238): SHA-1, six digits, steps of 30 seconds, which is what all apps do.

use crate::Code;
use hmac::{Hmac, Mac};
use kernel::{Ids, OffsetDateTime};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use std::fmt;

/// Seconds a code is shown for.
pub const STEP: i64 = 30;

/// Phones' clocks differ: one step before and one after are accepted as well.
const TOLERANCE: i64 = 1;

/// The secret an app and we share: 160 random bits. Not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Totp([u8; 20]);

impl Totp {
    pub fn new(ids: &dyn Ids) -> Self {
        let mut secret = [0; 20];
        ids.fill(&mut secret);
        Self(secret)
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The step of a right code that is later than the last one accepted, so that none is accepted twice.
    pub fn accept(&self, code: &Code, last_step: i64, now: OffsetDateTime) -> Option<i64> {
        let present = now.unix_timestamp() / STEP;
        let near = (present - TOLERANCE..=present + TOLERANCE).filter(|step| *step > last_step);
        near.fold(None, |found, step| {
            found.or_else(|| self.at(step).filter(|it| it.same(code)).map(|_| step))
        })
    }

    /// The code of an instant, for tests and for nobody else.
    pub fn code(&self, now: OffsetDateTime) -> Option<Code> {
        self.at(now.unix_timestamp() / STEP)
    }

    fn at(&self, step: i64) -> Option<Code> {
        let mut mac = <Hmac<Sha1> as Mac>::new_from_slice(&self.0).ok()?;
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let at = usize::from(hash[19] & 0xf);
        let word = u32::from_be_bytes(hash[at..at + 4].try_into().ok()?);
        Code::parse(&format!("{:06}", (word & 0x7fff_ffff) % 1_000_000))
    }

    /// For typing where no picture can be read: base32 in fours.
    pub fn text(&self) -> String {
        let letters = base32(&self.0);
        let four = |part: &[u8]| part.iter().copied().map(char::from).collect::<String>();
        letters.as_bytes().chunks(4).map(four).collect::<Vec<_>>().join(" ")
    }

    /// What the picture says: who it is for, in the form apps read.
    pub fn url(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (escaped(issuer), escaped(account));
        format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", base32(&self.0))
    }
}

fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::new();
    for five in bytes.chunks(5) {
        let bits =
            five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte)) << (8 * (5 - five.len()));
        for n in 0..(five.len() * 8).div_ceil(5) {
            out.push(char::from(LETTERS[usize::try_from(bits >> (35 - 5 * n) & 31).unwrap_or(0)]));
        }
    }
    out
}

/// All but what RFC 3986 leaves as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn escaped(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, ESCAPED)
}

impl fmt::Debug for Totp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Totp(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(seconds).unwrap()
    }

    /// The last six digits of the values in RFC 6238, appendix B.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = Totp(*b"12345678901234567890");
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp.code(at(seconds)).unwrap().text(), code);
        }
    }

    #[test]
    fn a_code_is_accepted_once_and_near_its_time_only() {
        let totp = Totp(*b"12345678901234567890");
        let now = 1_800_000_000;
        let code = totp.code(at(now)).unwrap();
        let step = totp.accept(&code, 0, at(now)).unwrap();
        assert_eq!(totp.accept(&code, step, at(now)), None, "again");
        assert_eq!(totp.accept(&code, 0, at(now + 30)), Some(step), "a slow clock");
        assert_eq!(totp.accept(&code, 0, at(now - 30)), Some(step), "a fast one");
        assert_eq!(totp.accept(&code, 0, at(now + 60)), None);
        assert_eq!(totp.accept(&code, 0, at(now - 60)), None);
    }

    #[test]
    fn apps_are_told_in_their_own_form() {
        let totp = Totp(*b"12345678901234567890");
        assert_eq!(
            totp.url("pasar.example", "budi@mail.example"),
            "otpauth://totp/pasar.example:budi%40mail.example\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=pasar.example"
        );
        assert!(totp.text().starts_with("GEZD GNBV"));
        assert_eq!(base32(b"a"), "ME");
    }
}
