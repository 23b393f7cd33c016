//! The two languages people read Pasar in, and the two ways it looks.

use serde::{Deserialize, Serialize};

/// Indonesian first, English beside it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Id,
    En,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// As in `<html lang>`, cookies and URLs.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The language's name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "Bahasa Indonesia",
            Self::En => "English",
        }
    }

    /// A count in the reader's digits grouping: `12.300` or `12,300`.
    pub fn number(self, n: u64) -> String {
        crate::money::grouped(n, if self == Self::Id { '.' } else { ',' })
    }

    /// The best match of an `Accept-Language` header; Indonesian where nothing matches.
    pub fn negotiate(header: &str) -> Self {
        let mut best = (Self::default(), 0u16);
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim();
            let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            let weight = pieces.find_map(|p| p.trim().strip_prefix("q=").map(thousandths)).unwrap_or(1000);
            if let Some(lang) = Self::from_tag(&primary)
                && weight > best.1
            {
                best = (lang, weight);
            }
        }
        best.0
    }
}

/// `0.8` as 800; anything unreadable as 0.
fn thousandths(q: &str) -> u16 {
    let (whole, part) = q.trim().split_once('.').unwrap_or((q.trim(), ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u16>(), digits.parse::<u16>()) {
        (Ok(w), Ok(p)) if w <= 1 => (w * 1000 + p).min(1000),
        _ => 0,
    }
}

/// `System` follows the device.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As in `<html data-theme>` and cookies.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.tag() == tag)
    }
}

/// How a reader wants Pasar: from the `lang` and `theme` cookies, else from the browser's own preference.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Prefs {
    pub lang: Lang,
    pub theme: Theme,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_s_preferred_language_is_taken() {
        for (header, lang) in [
            ("", Lang::Id),
            ("en-US,en;q=0.9", Lang::En),
            ("fr, en;q=0.3, id;q=0.8", Lang::Id),
            ("de", Lang::Id),
            ("en;q=abc, id;q=0.1", Lang::Id),
            ("EN", Lang::En),
        ] {
            assert_eq!(Lang::negotiate(header), lang, "{header}");
        }
    }
}
