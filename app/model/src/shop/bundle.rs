//! Variants made of others, for those who put them together.

use crate::{Slug, ids::VariantId};
use serde::{Deserialize, Serialize};

/// A variant and what it consists of; of nothing, it is a variant like any other.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bundle {
    pub variant: VariantId,
    pub slug: Slug,
    pub name: String,
    pub label: String,
    pub sku: String,
    /// How many of it can be sold; none where that is not counted.
    pub stock: Option<i32>,
    pub parts: Vec<BundlePart>,
}

impl Bundle {
    pub fn called(&self) -> String {
        if self.label.is_empty() { self.name.clone() } else { format!("{} · {}", self.name, self.label) }
    }

    /// Its parts as they are typed: a line for each, with its SKU and how many.
    pub fn typed(&self) -> String {
        let line = |part: &BundlePart| format!("{} {}", part.sku, part.quantity);
        self.parts.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BundlePart {
    pub variant: VariantId,
    pub sku: String,
    /// What it is, with what was chosen of it.
    pub name: String,
    pub quantity: i32,
}
