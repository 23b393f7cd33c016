//! Amounts and values in other people's documents.

use model::{Currency, Money};
use serde_json::{Map, Value};

pub(crate) fn currency(code: &str) -> Option<Currency> {
    [Currency::Idr, Currency::Usd, Currency::Sgd].into_iter().find(|it| it.code().eq_ignore_ascii_case(code))
}

/// `10000`, `"10000.00"` or `12.5` in units of the currency, exactly; none where it has parts that the currency has not
/// or is negative.
pub(super) fn decimal(value: &Value, currency: Currency) -> Option<Money> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    let exponent = currency.exponent() as usize;
    let (kept, rest) = part.split_at(part.len().min(exponent));
    if rest.bytes().any(|b| b != b'0') {
        return None;
    }
    let minor = format!("{whole}{kept:0<exponent$}");
    Some(Money::new(minor.parse().ok()?, currency))
}

/// The text at a path like `/data/id`, where there is one that is not empty.
pub(crate) fn text<'a>(document: &'a Value, path: &str) -> Option<&'a str> {
    document.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// Text or whole number, as text.
pub(crate) fn name(document: &Value, path: &str) -> Option<String> {
    match document.pointer(path)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An address people may be sent to.
pub(super) fn web_address(document: &Value, path: &str) -> Option<String> {
    let url = text(document, path)?;
    let web = url.starts_with("https://") || url.starts_with("http://");
    (web && url.len() <= 2000 && !url.contains(char::is_whitespace)).then(|| url.to_owned())
}

/// These members and no others: what else a provider says may be personal.
pub(super) fn only(document: &Value, members: &[&str]) -> Value {
    let kept = members.iter().filter_map(|name| Some(((*name).to_owned(), document.get(name)?.clone())));
    Value::Object(kept.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        let usd = |amount| Some(Money::new(amount, Currency::Usd));
        for (value, currency, money) in [
            (json!("10000.00"), Currency::Idr, Some(Money::idr(10_000))),
            (json!(10_000), Currency::Idr, Some(Money::idr(10_000))),
            (json!(10_000.0), Currency::Idr, Some(Money::idr(10_000))),
            (json!("7500000000.00"), Currency::Idr, Some(Money::idr(7_500_000_000))),
            (json!("10000.50"), Currency::Idr, None),
            (json!("12.5"), Currency::Usd, usd(1250)),
            (json!("12"), Currency::Usd, usd(1200)),
            (json!("12.345"), Currency::Usd, None),
            (json!("-1"), Currency::Idr, None),
            (json!("1e3"), Currency::Idr, None),
            (json!(""), Currency::Idr, None),
            (json!("."), Currency::Idr, None),
            (json!("99999999999999999999"), Currency::Idr, None),
            (json!(null), Currency::Idr, None),
        ] {
            assert_eq!(decimal(&value, currency), money, "{value}");
        }
    }

    #[test]
    fn only_web_addresses_are_followed() {
        let document = json!({"a": "https://pay.example/x", "b": "javascript:alert(1)", "c": "https://x y"});
        assert!(web_address(&document, "/a").is_some());
        assert_eq!(web_address(&document, "/b"), None);
        assert_eq!(web_address(&document, "/c"), None);
    }
}
