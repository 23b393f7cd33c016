//! Text in quotes.

use super::{Unreadable, reader::Reader};
use std::borrow::Cow;

impl<'a> Reader<'a> {
    /// The text whose opening quote comes next.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, Unreadable> {
        self.expect(b'"')?;
        let plain = self.plain()?;
        if self.take(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        loop {
            match self.next() {
                Some(b'"') => return Ok(Cow::Owned(text)),
                Some(b'\\') => text.push(self.escaped()?),
                _ => return Err(Unreadable),
            }
            text.push_str(self.plain()?);
        }
    }

    /// Up to the next quote or escape.
    fn plain(&mut self) -> Result<&'a str, Unreadable> {
        let from = self.rest();
        let length = from.iter().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(Unreadable)?;
        self.skip(length);
        std::str::from_utf8(&from[..length]).map_err(|_| Unreadable)
    }

    fn escaped(&mut self) -> Result<char, Unreadable> {
        Ok(match self.next().ok_or(Unreadable)? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            same @ (b'"' | b'\\' | b'/') => same.into(),
            _ => return Err(Unreadable),
        })
    }

    /// Four digits, or twice four where one is half of a surrogate pair.
    fn unicode(&mut self) -> Result<char, Unreadable> {
        let first = self.four_digits()?;
        let code = match first {
            0xD800..=0xDBFF => {
                if self.next() != Some(b'\\') || self.next() != Some(b'u') {
                    return Err(Unreadable);
                }
                let low =
                    self.four_digits()?.checked_sub(0xDC00).filter(|low| *low < 0x400).ok_or(Unreadable)?;
                0x1_0000 + ((first - 0xD800) << 10) + low
            }
            _ => first,
        };
        char::from_u32(code).ok_or(Unreadable)
    }

    fn four_digits(&mut self) -> Result<u32, Unreadable> {
        (0..4).try_fold(0, |code, _| {
            let digit = self.next().and_then(|byte| char::from(byte).to_digit(16)).ok_or(Unreadable)?;
            Ok(code * 16 + digit)
        })
    }
}
