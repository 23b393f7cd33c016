//! The text of a search as it may be kept.

/// A searched text that may be kept: lower case, words parted by single spaces, and nothing that looks personal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Wording(String);

impl Wording {
    /// In characters; the rest is cut off.
    pub const MAX: usize = 120;
    /// Digits in a row, whatever stands between them, from which on a text may hold a phone or an account number.
    const DIGITS: usize = 8;
    /// A longer word is a token or a link rather than something to buy.
    const WORD: usize = 40;

    /// `None` for what is empty or looks like an e-mail address, a phone number or a secret.
    pub fn parse(raw: &str) -> Option<Self> {
        if has_address(raw) || has_long_number(raw) {
            return None;
        }
        let kept = |c: char| if c.is_alphanumeric() || c == '.' { c } else { ' ' };
        let text: String = raw.chars().flat_map(char::to_lowercase).map(kept).collect();
        let words: Vec<&str> = text.split_whitespace().map(|w| w.trim_matches('.')).collect();
        if words.iter().any(|word| word.chars().count() > Self::WORD) {
            return None;
        }
        let text: String = words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        let text: String = text.chars().take(Self::MAX).collect();
        (!text.is_empty()).then(|| Self(text.trim_end().to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn has_address(raw: &str) -> bool {
    const HOSTS: [&str; 6] = ["gmail", "ymail", "hotmail", "yahoo.co", "outlook.co", "icloud.com"];
    let lower = raw.to_lowercase();
    raw.contains(['@', '\u{ff20}', '\u{fe6b}']) || HOSTS.iter().any(|host| lower.contains(host))
}

/// Only letters end a run: `0812-3456 7890` and `(021) 555 0123` are one number each.
fn has_long_number(raw: &str) -> bool {
    let mut run = 0;
    for c in raw.chars() {
        if c.is_numeric() {
            run += 1;
        } else if c.is_alphabetic() {
            run = 0;
        }
        if run >= Wording::DIGITS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_personal_is_not_kept() {
        for raw in [
            "budi@contoh.co.id",
            "budi ＠ contoh",
            "budi gmail com",
            "0812-3456-7890",
            "wa 0812 3456 7890",
            "+62 (21) 555.0123",
            "３１７４０１０１０１９０",
            "nik 3174010101900001",
            "https://contoh.id/reset?token=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "  ",
            "!!!",
        ] {
            assert_eq!(Wording::parse(raw), None, "{raw}");
        }
    }

    #[test]
    fn what_people_buy_is_kept_in_one_form() {
        for (raw, kept) in [
            ("  Sepatu   Wanita ", "sepatu wanita"),
            ("powerbank 10.000mAh", "powerbank 10.000mah"),
            ("samsung a52 8gb 256gb 2021", "samsung a52 8gb 256gb 2021"),
            ("kabel type-c (2m).", "kabel type c 2m"),
        ] {
            assert_eq!(Wording::parse(raw).as_ref().map(Wording::as_str), Some(kept), "{raw}");
        }
        let long = Wording::parse(&"ab ".repeat(100)).unwrap();
        assert!(long.as_str().chars().count() <= Wording::MAX);
    }
}
