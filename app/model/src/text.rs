//! Short texts with a form: valid by construction.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not of the expected form")]
pub struct Malformed;

/// Part of a URL that people can read: `a-z`, `0-9` and single hyphens between them, 1 to 100 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    pub const MAX: usize = 100;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Makes a slug of any text; `fallback` where nothing of it can be kept.
    pub fn of(text: &str, fallback: &str) -> Self {
        let mut out = String::new();
        for c in text.chars().flat_map(char::to_lowercase) {
            match c {
                'a'..='z' | '0'..='9' => out.push(c),
                '\'' | '’' => {}
                _ if out.is_empty() || out.ends_with('-') => {}
                _ => out.push('-'),
            }
            if out.len() >= 80 {
                break;
            }
        }
        let kept = out.trim_end_matches('-');
        Self(if kept.is_empty() { fallback.to_owned() } else { kept.to_owned() })
    }

    /// Followed by another slug that makes it unique, shortened where both would be too long.
    #[must_use]
    pub fn with_suffix(&self, suffix: &Self) -> Self {
        let suffix = &suffix.0[..suffix.0.len().min(Self::MAX / 2)];
        let room = (Self::MAX - 1 - suffix.len()).min(self.0.len());
        Self(format!("{}-{}", self.0[..room].trim_end_matches('-'), suffix.trim_end_matches('-')))
    }
}

impl FromStr for Slug {
    type Err = Malformed;
    fn from_str(s: &str) -> Result<Self, Malformed> {
        let plain = s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let hyphens = s.starts_with('-') || s.ends_with('-') || s.contains("--");
        if s.is_empty() || s.len() > Self::MAX || !plain || hyphens {
            Err(Malformed)
        } else {
            Ok(Self(s.to_owned()))
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = Malformed;
    fn try_from(s: String) -> Result<Self, Malformed> {
        s.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A path on this site with its query, safe to redirect to: it starts with one slash, has no control
/// character, backslash or non-ASCII byte, and is at most 2,000 bytes long.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocalPath(String);

impl LocalPath {
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LocalPath {
    type Err = Malformed;
    fn from_str(s: &str) -> Result<Self, Malformed> {
        let local = s.starts_with('/') && !s.starts_with("//");
        let plain = s.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        if local && plain && s.len() <= 2_000 { Ok(Self(s.to_owned())) } else { Err(Malformed) }
    }
}

/// Where the site lives, as people type it: `https://pasar.example`. The server knows it; in the browser the head of
/// a page has been written already, and it is empty there.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Site(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_made_of_any_text() {
        for (text, slug) in [
            ("Wireless Keyboard i8", "wireless-keyboard-i8"),
            ("  Sepatu--Wanita! ", "sepatu-wanita"),
            ("Ibu's Kitchen", "ibus-kitchen"),
            ("日本", "x"),
            ("", "x"),
        ] {
            assert_eq!(Slug::of(text, "x").as_str(), slug);
            assert!(Slug::of(text, "x").as_str().parse::<Slug>().is_ok());
        }
        let long = Slug::of(&"kata ".repeat(30), "x").with_suffix(&Slug::of(&"p".repeat(80), "x"));
        assert!(long.as_str().parse::<Slug>().is_ok(), "{long}");
        assert_eq!(Slug::of("Kopi", "x").with_suffix(&Slug::of("p1", "x")).as_str(), "kopi-p1");
        assert!("a--b".parse::<Slug>().is_err());
        assert!("A".parse::<Slug>().is_err());
    }

    #[test]
    fn only_paths_of_this_site_are_redirected_to() {
        for ok in ["/", "/p/x?y=1#z", "/search?q=a%20b"] {
            assert!(ok.parse::<LocalPath>().is_ok(), "{ok}");
        }
        for bad in [
            "",
            "x",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "/\u{e9}",
        ] {
            assert!(bad.parse::<LocalPath>().is_err(), "{bad}");
        }
    }
}
