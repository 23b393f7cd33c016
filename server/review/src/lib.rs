//! What buyers say about what they bought.
//!
//! A review is written once per source and key; a repeated one changes nothing. It is counted on its product in the
//! same transaction, by whoever owns that transaction: the store says which reviews were new.

pub mod store;

use model::{
    ids::{ProductId, ReviewId, VariantId},
    views::Stars,
};
use time::OffsetDateTime;

/// Where a review comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Source {
    /// Written here by someone who bought it.
    Purchase,
    /// Came with a listing whose rating totals count it already.
    Import,
    /// Of the demonstration market.
    Demo,
}

impl Source {
    /// As in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Import => "import",
            Self::Demo => "demo",
        }
    }

    /// Do the totals of the product know of it before it is counted?
    pub const fn already_in_total(self) -> bool {
        matches!(self, Self::Import)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a review has at most 5000 characters")]
pub struct TooLong;

/// What was written: trimmed, at most 5000 characters; may be empty where stars alone were given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body(String);

impl Body {
    pub const MAX: usize = 5000;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for Body {
    type Error = TooLong;
    fn try_from(text: &str) -> Result<Self, TooLong> {
        let text = text.trim();
        if text.chars().count() <= Self::MAX { Ok(Self(text.to_owned())) } else { Err(TooLong) }
    }
}

#[derive(Clone, Debug)]
pub struct NewReview {
    pub id: ReviewId,
    pub product: ProductId,
    pub variant: Option<VariantId>,
    /// As shown: a first name and an initial, or a mask.
    pub author: String,
    pub stars: Stars,
    pub body: Body,
    /// The same key from the same source is the same review.
    pub key: String,
    pub created_at: OffsetDateTime,
}
