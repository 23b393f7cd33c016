//! The category tree as shoppers walk it.

use super::ProductCard;
use crate::{Page, Slug, ids::CategoryId};
use serde::{Deserialize, Serialize};

/// A category's name in the reader's language, and the way there (`/c/{slug}`).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CategoryLink {
    pub id: CategoryId,
    pub slug: Slug,
    pub name: String,
    /// Key of the drawing that stands for it (`/media/art/{icon}/0.svg`).
    pub icon: String,
}

/// A category with what lies beneath it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CategoryNode {
    pub id: CategoryId,
    pub slug: Slug,
    pub name: String,
    pub icon: String,
    /// Products on sale here and beneath.
    pub products: u32,
    pub children: Vec<CategoryNode>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CategoryCount {
    pub category: CategoryLink,
    pub products: u32,
}

/// The category page without the search index: what it is, where it lies, and its goods.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CategoryPage {
    /// From the root to this category, which is the last.
    pub path: Vec<CategoryLink>,
    pub children: Vec<CategoryCount>,
    /// Inherited ones included, in the order to show them.
    pub attributes: Vec<CategoryAttribute>,
    pub products: Page<ProductCard>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CategoryAttribute {
    /// As in query strings and facets: `storage`.
    pub key: String,
    pub label: String,
    pub kind: AttributeKind,
    pub filterable: bool,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "type")]
pub enum AttributeKind {
    Text,
    Number {
        unit: Option<String>,
    },
    /// Keys of the choices with their labels.
    Choice {
        choices: Vec<(String, String)>,
    },
    Flag,
}

/// Orders that need no search index.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListingSort {
    #[default]
    Popular,
    Newest,
    PriceUp,
    PriceDown,
}

impl ListingSort {
    pub const ALL: [Self; 4] = [Self::Popular, Self::Newest, Self::PriceUp, Self::PriceDown];

    /// As in query strings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Popular => "popular",
            Self::Newest => "newest",
            Self::PriceUp => "price_up",
            Self::PriceDown => "price_down",
        }
    }

    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == s)
    }
}
