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

/// What [`encode`] was given, and what browsers write likewise; none where it is not of text.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
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

    #[test]
    fn what_was_encoded_is_decoded() {
        for text in ["sepatu & tas", "42½", "a+b=%", ""] {
            assert_eq!(decode(&encode(text)).as_deref(), Some(text));
        }
        assert_eq!(decode("kopi%20gayo").as_deref(), Some("kopi gayo"));
        for bad in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
