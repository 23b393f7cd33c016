//! What the index is told about a product. The caller gathers it, from one transaction, and hands it over whole.

use std::borrow::Cow;

use uuid::Uuid;

/// One product as the index sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub product: Uuid,
    pub name: String,
    /// From the root to the leaf the product hangs on.
    pub categories: Vec<Category>,
    pub shop: Shop,
    pub brand: Option<String>,
    pub condition: Condition,
    pub free_shipping: bool,
    /// What holds for every variant: the specification.
    pub attributes: Vec<(String, Value)>,
    /// At least one, else the product has no price and is found by no price filter.
    pub variants: Vec<Variant>,
    /// Average stars times 100: 4.85 is 485; 0 is none yet.
    pub rating: u16,
    pub review_count: u32,
    pub sold: u32,
    /// Seconds since 1970.
    pub created_at: i64,
    pub description: String,
}

/// A step of the category path. The slug is what filters and counts speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub slug: String,
    pub indonesian: String,
    pub english: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub city: String,
    /// 0 is an ordinary shop, up to 7; higher ranks better.
    pub tier: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Condition {
    New,
    Used,
}

/// A value of a typed attribute. Choices, flags and numbers become facets; text is only searched.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Choice(String),
    Number(f64),
    Flag(bool),
    Text(String),
}

/// What is bought: one combination of options with its own price.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// In the smallest unit the caller sorts and filters by (rupiah); at most 2⁴⁸ − 1.
    pub price: u64,
    pub in_stock: bool,
    pub options: Vec<(String, Value)>,
}

/// A change to the index.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Puts the product in, in place of what was there.
    Upsert(Box<Document>),
    Delete(Uuid),
}

impl Value {
    /// How the value is written in facets and filters; `None` when it is not one of them.
    pub(crate) fn facet(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Choice(choice) => Some(Cow::Borrowed(choice)),
            Self::Number(number) => Some(number.to_string().into()),
            Self::Flag(flag) => Some(flag.to_string().into()),
            Self::Text(_) => None,
        }
    }

    pub(crate) fn words(&self) -> Option<&str> {
        match self {
            Self::Choice(text) | Self::Text(text) => Some(text),
            Self::Number(_) | Self::Flag(_) => None,
        }
    }
}
