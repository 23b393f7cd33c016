//! Telephone numbers, kept in E.164 and shown as people write them.

use crate::text::Malformed;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A number that can be called from anywhere: `+6281234567890`. Indonesian ones are checked for the lengths there
/// are; of other countries only that E.164 allows it, since their plans change too often to be kept here.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Phone {
    /// Longest as typed, with spaces and hyphens.
    pub const MAX_TYPED: usize = 30;

    /// In E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is written where it is used: `0812-3456-7890` in Indonesia, `+65 9123 4567` for others.
    pub fn shown(&self) -> String {
        if let Some(national) = self.0.strip_prefix("+62") {
            return grouped(&format!("0{national}"), '-');
        }
        let (code, rest) = self.0[1..].split_at(country_code(&self.0[1..]));
        format!("+{code} {}", grouped(rest, ' '))
    }
}

/// A number in E.164 as people write it; what is none, such as nothing at all, is left as it is.
pub fn shown(number: &str) -> String {
    number.parse::<Phone>().map_or_else(|_| number.to_owned(), |phone| phone.shown())
}

/// Reads what people type: `0812 3456 7890`, `62812…`, `+62 (0)812-…`, `0062…`, `+65 9123 4567`.
impl FromStr for Phone {
    type Err = Malformed;
    fn from_str(typed: &str) -> Result<Self, Malformed> {
        let typed = typed.trim();
        if typed.len() > Self::MAX_TYPED {
            return Err(Malformed);
        }
        let mut digits = String::new();
        for (i, c) in typed.chars().enumerate() {
            match c {
                '0'..='9' => digits.push(c),
                '+' if i == 0 => {}
                ' ' | '-' | '.' | '(' | ')' | '\u{a0}' => {}
                _ => return Err(Malformed),
            }
        }
        let abroad = if typed.starts_with('+') {
            digits
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else if let Some(national) = digits.strip_prefix('0') {
            format!("62{national}")
        } else if digits.starts_with("62") && digits.len() >= 10 {
            digits
        } else if digits.starts_with('8') {
            // As after a printed "+62".
            format!("62{digits}")
        } else {
            return Err(Malformed);
        };
        let number = match abroad.strip_prefix("62") {
            Some(national) => {
                let national = national.strip_prefix('0').unwrap_or(national);
                if !is_indonesian(national) {
                    return Err(Malformed);
                }
                format!("+62{national}")
            }
            None if (8..=15).contains(&abroad.len()) && !abroad.starts_with('0') => format!("+{abroad}"),
            None => return Err(Malformed),
        };
        Ok(Self(number))
    }
}

/// Without the leading zero: mobile numbers have 9 to 12 digits and begin with 8, fixed ones 8 to 11 with their area.
fn is_indonesian(national: &str) -> bool {
    match national.as_bytes().first() {
        Some(b'8') => (9..=12).contains(&national.len()),
        Some(b'2'..=b'7' | b'9') => (8..=11).contains(&national.len()),
        _ => false,
    }
}

/// How many digits the country code has: 1 and 7 stand alone, the neighbours and most large countries have two.
fn country_code(number: &str) -> usize {
    const TWO: &str = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 63 64 65 66 \
                       81 82 84 86 90 91 92 93 94 95 98";
    match number.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [_, _, ..] if TWO.split(' ').any(|code| number.starts_with(code)) => 2,
        _ => 3.min(number.len()),
    }
}

/// Fours from the left, the rest at the end: `0812-3456-7890`; never a single digit alone.
fn grouped(digits: &str, between: char) -> String {
    let mut out = String::with_capacity(digits.len() + 4);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && i % 4 == 0 && digits.len() - i > 1 {
            out.push(between);
        }
        out.push(digit);
    }
    out
}

impl TryFrom<String> for Phone {
    type Error = Malformed;
    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_one_number() {
        for typed in [
            "081234567890",
            "0812-3456-7890",
            " 0812 3456 7890 ",
            "6281234567890",
            "+6281234567890",
            "+62 812-3456-7890",
            "+62 (0)812 3456 7890",
            "006281234567890",
            "81234567890",
        ] {
            assert_eq!(typed.parse::<Phone>().unwrap().as_str(), "+6281234567890", "{typed}");
        }
        assert_eq!("(021) 5551234".parse::<Phone>().unwrap().as_str(), "+62215551234");
        assert_eq!("+65 9123 4567".parse::<Phone>().unwrap().as_str(), "+6591234567");
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        for typed in [
            "",
            "0",
            "+",
            "081",
            "0812345678901234",
            "+62812",
            "0112345678",
            "12345678",
            "+0812345678",
            "+1234567890123456",
            "0812345678a",
            "0812+345678",
            "0812\n3456789",
            "０８１２３４５６７８",
            "<script>",
        ] {
            assert_eq!(typed.parse::<Phone>(), Err(Malformed), "{typed}");
        }
    }

    #[test]
    fn numbers_are_shown_as_they_are_written() {
        for (number, shown) in [
            ("+6281234567890", "0812-3456-7890"),
            ("+62811234567", "0811-2345-67"),
            ("+62215551234", "0215-5512-34"),
            ("+6591234567", "+65 9123 4567"),
            ("+12025550123", "+1 2025 5501 23"),
        ] {
            let phone: Phone = number.parse().unwrap_or_else(|_| panic!("{number}"));
            assert_eq!(phone.shown(), shown);
            assert_eq!(super::shown(number), shown);
            assert_eq!(phone.shown().parse::<Phone>().unwrap(), phone, "{shown}");
        }
        for text in ["", "tidak ada", "+62"] {
            assert_eq!(super::shown(text), text, "it is no number");
        }
    }
}
