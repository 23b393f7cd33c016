//! What messages carry: secrets that must not stay, links of this site, and where something was done.

use model::LocalPath;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// A code for one use. It is not printed by `Debug`, and blanked in the row once the message is out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    pub(crate) fn blank() -> Self {
        Self("••••••".to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// A link of this site. Messages hold no others, so none can be made to lead elsewhere. It may carry a token, and is
/// not printed by `Debug` either.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(LocalPath);

impl Link {
    pub const fn to(path: LocalPath) -> Self {
        Self(path)
    }

    pub(crate) fn blank() -> Self {
        Self(LocalPath::home())
    }

    /// `site` is the public URL without a slash at its end.
    pub fn url(&self, site: &str) -> String {
        format!("{site}{}", self.0.as_str())
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(…)")
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let path = String::deserialize(from)?;
        path.parse().map(Self).map_err(|_| D::Error::custom("not a path of this site"))
    }
}

/// Where something was done: a device (`Chrome, Windows`) and a place (a network, `203.0.113.x`), as far as they are known.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Origin {
    pub device: Option<String>,
    pub place: Option<String>,
}

/// One line of at most `most` characters: what strangers type neither breaks a header nor fills a subject.
pub(crate) fn line(text: &str, most: usize) -> String {
    // A no-break space stays: it holds an amount to its currency.
    let parts = |c: char| c.is_control() || (c.is_whitespace() && c != '\u{a0}') || is_direction(c);
    let words = text.split(parts);
    let flat = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= most {
        return flat;
    }
    let kept: String = flat.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Marks that turn the direction of writing: with them a text can be made to read as another.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

/// A name to greet by. One that a mail program would show as a link is no name: whoever registers with somebody
/// else's address could advertise through us.
pub(crate) fn greeting_name(name: &str) -> Option<String> {
    let name = line(name, 40);
    let dotted = name.as_bytes().windows(2).any(|pair| pair[0] == b'.' && pair[1] != b' ');
    let linked = dotted || name.contains(['/', '@', ':', '\\', '<', '>']);
    (!name.is_empty() && !linked).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_bounded() {
        assert_eq!(line("Sepatu\r\nBcc: x@y.example\tbagus", 100), "Sepatu Bcc: x@y.example bagus");
        assert_eq!(line("a\u{202e}b", 100), "a b");
        assert_eq!(line("Sepatu lari ringan", 10), "Sepatu la…");
        assert_eq!(line("\u{0}\u{7f}", 10), "");
        assert_eq!(line("Rp\u{a0}1.000", 10), "Rp\u{a0}1.000");
    }

    #[test]
    fn a_name_that_could_be_a_link_greets_nobody() {
        for (name, greeted) in [
            ("Budi Santoso", Some("Budi Santoso")),
            ("Dr. Siti", Some("Dr. Siti")),
            ("menang-hadiah.example", None),
            ("Hadiah di https://x", None),
            ("a@b", None),
            ("\r\n", None),
        ] {
            assert_eq!(greeting_name(name).as_deref(), greeted, "{name:?}");
        }
    }

    #[test]
    fn secrets_are_not_printed_and_links_stay_on_this_site() {
        let link = Link::to("/reset?token=abc".parse().unwrap());
        assert_eq!(format!("{:?} {link:?}", Code::new("123456")), "Code(…) Link(…)");
        assert_eq!(link.url("https://pasar.example"), "https://pasar.example/reset?token=abc");
        assert!(serde_json::from_str::<Link>("\"https://evil.example\"").is_err());
        assert!(serde_json::from_str::<Link>("\"//evil.example\"").is_err());
    }
}
