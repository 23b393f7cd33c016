//! Query strings, written and compared the same on both sides.

use std::fmt::Write;

/// Percent-encodes everything but letters, digits and `-_.~`; a space becomes `+`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A path with its query: `/search` and `[("q", "a b")]` make `/search?q=a+b`.
pub fn href<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = path.to_owned();
    for (i, (key, value)) in pairs.into_iter().enumerate() {
        out.push(if i == 0 { '?' } else { '&' });
        out += &encode(key);
        out.push('=');
        out += &encode(value);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_mistaken_is_encoded() {
        assert_eq!(
            href("/search", [("q", "sepatu & tas"), ("a.size", "42½")]),
            "/search?q=sepatu+%26+tas&a.size=42%C2%BD"
        );
        assert_eq!(href("/", []), "/");
    }
}
