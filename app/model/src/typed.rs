//! What people type into forms, made fit to be kept: without spaces around, and without characters that show
//! nothing or turn the text around them.

use crate::{AppError, Code, FieldError};
use std::borrow::Cow;

/// One line of at most `most` characters, its spaces single; none where nothing was typed.
pub fn line(typed: &str, most: usize) -> Result<Option<String>, FieldError> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    checked(line, most)
}

/// The same for a line that has to be there, of at least `least` characters.
pub fn required_line(typed: &str, least: usize, most: usize) -> Result<String, FieldError> {
    match line(typed, most)? {
        None => Err(FieldError::Required),
        Some(line) if line.chars().count() < least => Err(FieldError::TooShort),
        Some(line) => Ok(line),
    }
}

/// Several lines: breaks are kept, at most one empty line in a row.
pub fn paragraphs(typed: &str, most: usize) -> Result<Option<String>, FieldError> {
    let mut kept: Vec<String> = Vec::new();
    for line in typed.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !(line.is_empty() && kept.last().is_none_or(String::is_empty)) {
            kept.push(line);
        }
    }
    checked(kept.join("\n").trim_end().to_owned(), most)
}

fn checked(text: String, most: usize) -> Result<Option<String>, FieldError> {
    if text.is_empty() {
        Ok(None)
    } else if text.chars().count() > most {
        Err(FieldError::TooLong)
    } else if text.chars().any(|c| is_unseen(c) && c != '\n') {
        Err(FieldError::Malformed)
    } else {
        Ok(Some(text))
    }
}

/// A whole number as people type it, dots between the thousands included.
pub fn whole(typed: &str) -> Result<i64, FieldError> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    match digits.as_str() {
        "" => Err(FieldError::Required),
        digits if digits.len() > 15 => Err(FieldError::OutOfRange),
        digits => digits.parse().map_err(|_| FieldError::Malformed),
    }
}

/// A decimal of at most 14 digits before its comma and four after it, written with a full stop; a comma or one full
/// stop may be typed.
pub fn decimal(typed: &str) -> Result<String, FieldError> {
    let number = typed.trim().replacen(',', ".", 1);
    if number.is_empty() {
        return Err(FieldError::Required);
    }
    let (sign, digits) = number.strip_prefix('-').map_or(("", number.as_str()), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(part) {
        Err(FieldError::Malformed)
    } else if whole.len() > 14 || part.len() > 4 {
        Err(FieldError::OutOfRange)
    } else {
        Ok(format!("{sign}{whole}.{part}"))
    }
}

/// Control characters, those of no width, and those that change the direction of what follows.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A whole number as people type it, dots between the thousands included, from `least` to `most`; none where nothing was
/// typed.
pub fn whole_within(typed: &str, least: i64, most: i64) -> Result<Option<i64>, FieldError> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    match digits.as_str() {
        "" => Ok(None),
        digits if digits.len() > 18 => Err(FieldError::OutOfRange),
        digits => {
            let number: i64 = digits.parse().map_err(|_| FieldError::Malformed)?;
            if (least..=most).contains(&number) { Ok(Some(number)) } else { Err(FieldError::OutOfRange) }
        }
    }
}

/// The same for a number that has to be there.
pub fn required_whole(typed: &str, least: i64, most: i64) -> Result<i64, FieldError> {
    whole_within(typed, least, most)?.ok_or(FieldError::Required)
}

/// Collects what is wrong with which field, so that a form is told all of it at once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Problems(Vec<(Cow<'static, str>, FieldError)>);

impl Problems {
    /// The value if it is right; else its problem is noted.
    pub fn take<T>(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        value: Result<T, FieldError>,
    ) -> Option<T> {
        value.map_err(|error| self.note(field, error)).ok()
    }

    pub fn note(&mut self, field: impl Into<Cow<'static, str>>, error: FieldError) {
        self.0.push((field.into(), error));
    }

    /// Forgets all but the first so many, where the answer has to stay small.
    #[must_use]
    pub fn at_most(mut self, n: usize) -> Self {
        self.0.truncate(n);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn of(&self, field: &str) -> Option<FieldError> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, error)| *error)
    }
}

impl From<Problems> for AppError {
    fn from(problems: Problems) -> Self {
        problems.0.into_iter().fold(Self::new(Code::Invalid), |all, (field, error)| all.and(field, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_tidied() {
        assert_eq!(line("  Sari\t Wulandari \n", 30), Ok(Some("Sari Wulandari".to_owned())));
        assert_eq!(line(" \u{a0} ", 30), Ok(None));
        assert_eq!(line("abcd", 3), Err(FieldError::TooLong));
        assert_eq!(required_line("", 1, 9), Err(FieldError::Required));
        assert_eq!(required_line("a", 2, 9), Err(FieldError::TooShort));
        assert_eq!(required_line("été", 3, 3), Ok("été".to_owned()), "characters count, not bytes");
    }

    #[test]
    fn a_number_may_have_dots_and_has_bounds() {
        assert_eq!(whole_within(" 1.250.000 ", 1, 2_000_000), Ok(Some(1_250_000)));
        assert_eq!(whole_within("", 1, 9), Ok(None));
        assert_eq!(whole_within("-3", -9, 9), Ok(Some(-3)));
        assert_eq!(whole_within("0", 1, 9), Err(FieldError::OutOfRange));
        assert_eq!(whole_within("9999999999999999999", 1, i64::MAX), Err(FieldError::OutOfRange));
        assert_eq!(whole_within("banyak", 1, 9), Err(FieldError::Malformed));
        assert_eq!(required_whole(" ", 1, 9), Err(FieldError::Required));
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for typed in ["a\u{0}b", "a\u{202e}b", "a\u{200b}b", "\u{feff}ab", "a\u{1b}[0m"] {
            assert_eq!(line(typed, 30), Err(FieldError::Malformed), "{typed:?}");
            assert_eq!(paragraphs(typed, 30), Err(FieldError::Malformed), "{typed:?}");
        }
    }

    #[test]
    fn numbers_are_typed_as_people_write_them() {
        assert_eq!(whole(" 1.250.000 "), Ok(1_250_000));
        assert_eq!(whole(""), Err(FieldError::Required));
        assert_eq!(whole("seribu"), Err(FieldError::Malformed));
        assert_eq!(whole(&"9".repeat(16)), Err(FieldError::OutOfRange));
        for (typed, read) in [("6,5", "6.5"), ("6.5", "6.5"), ("12", "12.0"), (" -3 ", "-3.0")] {
            assert_eq!(decimal(typed).as_deref(), Ok(read), "{typed}");
        }
        for wrong in ["1.2.3", "x", "1e5", ",5", "6,"] {
            assert_eq!(decimal(wrong), Err(FieldError::Malformed), "{wrong}");
        }
        assert_eq!(decimal("1,23456"), Err(FieldError::OutOfRange));
    }

    #[test]
    fn paragraphs_keep_their_breaks() {
        assert_eq!(paragraphs("\r\n a  b \r\n\r\n\r\n\r\nc\n\n", 30), Ok(Some("a b\n\nc".to_owned())));
        assert_eq!(paragraphs("  \n \n", 30), Ok(None));
    }
}
