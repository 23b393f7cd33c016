//! Names, links, and what a thing was like when it was wished for.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Ids;
use model::{
    FieldError, Money,
    ids::{ProductId, VariantId},
    text::Malformed,
    typed::required_line,
    wish::limits,
};
use std::str::FromStr;

pub fn parse_name(typed: &str) -> Result<String, FieldError> {
    required_line(typed, 1, limits::NAME)
}

/// What opens a list to whoever has it: 192 random bits in 32 characters of a URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareToken(String);

impl ShareToken {
    const LENGTH: usize = 32;

    pub fn random(ids: &dyn Ids) -> Self {
        let mut random = [0; Self::LENGTH * 3 / 4];
        ids.fill(&mut random);
        Self(URL_SAFE_NO_PAD.encode(random))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ShareToken {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if plain && text.len() == Self::LENGTH { Ok(Self(text.to_owned())) } else { Err(Malformed) }
    }
}

/// A product or variant as it is now, told by the catalogue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Looks {
    pub product: ProductId,
    pub variant: Option<VariantId>,
    pub name: String,
    /// Of the cheapest variant, where the product as a whole is meant.
    pub price: Money,
    pub in_stock: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::ids::SystemIds;

    #[test]
    fn tokens_differ_and_lead_back() {
        let ids = SystemIds::default();
        let (one, other) = (ShareToken::random(&ids), ShareToken::random(&ids));
        assert_ne!(one, other);
        assert_eq!(one.as_str().parse(), Ok(one.clone()));
        for text in ["", "x", "../../../../../../../../../../ab", &"a".repeat(33)] {
            assert_eq!(text.parse::<ShareToken>(), Err(Malformed), "{text}");
        }
    }
}
