//! The vocabulary of bodies that endpoints share.

use crate::ApiError;
use model::{Code, Currency, FieldError, Money, Page};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use utoipa::{
    IntoParams, ToSchema,
    openapi::schema::{AdditionalProperties, Object, ObjectBuilder, Type},
};

/// An amount of money.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct MoneyBody {
    /// Minor units of the currency; the rupiah has none, so 12500 is Rp 12.500.
    #[schema(example = 12500)]
    pub amount: i64,
    /// ISO 4217.
    #[schema(schema_with = currencies)]
    pub currency: Currency,
}

impl From<Money> for MoneyBody {
    fn from(money: Money) -> Self {
        Self { amount: money.amount(), currency: money.currency() }
    }
}

impl From<MoneyBody> for Money {
    fn from(body: MoneyBody) -> Self {
        Self::new(body.amount, body.currency)
    }
}

/// What went wrong (RFC 9457).
#[derive(Debug, Deserialize, ToSchema)]
pub struct ProblemBody {
    /// An address that tells more about this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid")]
    pub kind: String,
    /// What happened, for people.
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// What to do about it, for people.
    pub detail: String,
    /// What happened, for programs.
    #[schema(schema_with = codes)]
    pub code: Code,
    /// What is wrong where: paths such as `lines[0].quantity`, each with its code.
    #[serde(default)]
    #[schema(schema_with = field_codes, required = false)]
    pub fields: BTreeMap<String, FieldError>,
    /// Which request it was.
    #[schema(required = false, nullable = false)]
    pub request_id: Option<String>,
}

/// The schema of a closed set.
pub(crate) fn text_of(values: impl IntoIterator<Item = &'static str>) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(values))
}

fn currencies() -> Object {
    text_of([Currency::Idr, Currency::Usd, Currency::Sgd].map(Currency::code)).build()
}

fn codes() -> Object {
    text_of(Code::ALL.iter().map(|code| code.as_str()))
        .description(Some("What happened, for programs."))
        .build()
}

fn field_codes() -> Object {
    use FieldError::{Malformed, NotAllowed, OutOfRange, Required, Taken, TooLong, TooShort};
    let all = [Required, Malformed, TooShort, TooLong, OutOfRange, Taken, NotAllowed];
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::<utoipa::openapi::Schema>::RefOr(
            text_of(all.map(FieldError::as_str)).build().into(),
        )))
        .description(Some("What is wrong where: paths such as `lines[0].quantity`, each with its code."))
        .build()
}

/// Part of a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PageBody<T> {
    pub items: Vec<T>,
    /// The value of `after` for the following part; null at the end.
    pub next: Option<String>,
    /// How many there are in all, where that is known.
    pub total: Option<u64>,
}

impl<T> From<Page<T>> for PageBody<T> {
    fn from(page: Page<T>) -> Self {
        Self { items: page.items, next: page.next, total: page.total }
    }
}

/// Which part of a list is wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    pub limit: Limit,
    /// Where to go on: `next` of the part before.
    pub after: Option<String>,
}

impl PageQuery {
    /// What `after` says, in the terms of this list; none at its start.
    pub fn after<T: DeserializeOwned>(&self) -> Result<Option<T>, ApiError> {
        self.after.as_deref().map(cursor::decode).transpose()
    }
}

/// How many items of a list: 1 to 100, and 24 unless told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "u32")]
pub struct Limit(u32);

impl Limit {
    pub const MAX: u32 = 100;

    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(24)
    }
}

impl TryFrom<u32> for Limit {
    type Error = &'static str;
    fn try_from(n: u32) -> Result<Self, Self::Error> {
        if (1..=Self::MAX).contains(&n) { Ok(Self(n)) } else { Err("a limit is between 1 and 100") }
    }
}

/// Opaque to clients: the key of the last item, written so that nobody is tempted to build one.
pub mod cursor {
    use super::{ApiError, Code, DeserializeOwned, FieldError, Serialize};
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    pub fn encode(key: &impl Serialize) -> Result<String, ApiError> {
        let json =
            serde_json::to_vec(key).map_err(|error| web::Problem::from(Code::Internal).because(error))?;
        Ok(URL_SAFE_NO_PAD.encode(json))
    }

    pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
        let json = URL_SAFE_NO_PAD.decode(text).ok();
        let key = json.and_then(|json| serde_json::from_slice(&json).ok());
        key.ok_or_else(|| ApiError::field(Code::Malformed, "after", FieldError::Malformed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_a_made_up_one_is_refused() {
        let key = ("2026-01-05T03:00:00Z".to_owned(), 7);
        let text = cursor::encode(&key).unwrap();
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        let query = PageQuery { after: Some(text), ..PageQuery::default() };
        assert_eq!(query.after::<(String, i32)>().unwrap(), Some(key));
        assert!(cursor::decode::<(String, i32)>("x").is_err());
        assert!(cursor::decode::<(String, i32)>("W10").is_err());
    }

    #[test]
    fn limits_are_between_1_and_100() {
        let parse =
            |query: &str| serde_urlencoded::from_str::<PageQuery>(query).map(|query| query.limit.get()).ok();
        let cases = [
            ("", Some(24)),
            ("limit=1", Some(1)),
            ("limit=100", Some(100)),
            ("limit=0", None),
            ("limit=101", None),
        ];
        for (query, limit) in cases {
            assert_eq!(parse(query), limit, "{query}");
        }
    }

    #[test]
    fn money_is_an_integer_and_a_currency() {
        let body = serde_json::to_value(MoneyBody::from(Money::idr(12_500))).unwrap();
        assert_eq!(body, serde_json::json!({"amount": 12_500, "currency": "IDR"}));
        assert!(
            serde_json::from_value::<MoneyBody>(serde_json::json!({"amount": 1.5, "currency": "IDR"}))
                .is_err()
        );
    }
}
