//! A product as its seller types it, made fit to be kept: [`regrid`] brings the table of variants in line with the
//! options, [`Edit::parse`] says of each field what is wrong with it.

mod grid;
mod parse;
#[cfg(test)]
mod tests;
mod variants;

pub use grid::{Absent, regrid};

use crate::{AttributeValue, Dimensions, Grams, NewOption, Offer, ProductName, QtyRange, Tiers};
use model::{
    ids::{CategoryId, MediaId, Uuid, VariantId},
    views::Condition,
};

/// What has to be known to judge an edit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// None where goods cannot be put into the category that was typed.
    pub category: Option<CategoryId>,
    /// Of that category.
    pub attributes: Vec<AttributeRule>,
    pub gallery: Vec<MediaId>,
    /// Those that are offered now.
    pub variants: Vec<VariantId>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttributeRule {
    pub id: Uuid,
    pub kind: AttributeKind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AttributeKind {
    Text,
    Number,
    /// Keys of its choices.
    Choice(Vec<String>),
    Flag,
}

impl AttributeKind {
    /// As in the database.
    pub(crate) fn of(kind: &str, choices: Vec<String>) -> Self {
        match kind {
            "number" => Self::Number,
            "choice" => Self::Choice(choices),
            "flag" => Self::Flag,
            _ => Self::Text,
        }
    }
}

/// A product as it is to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    pub name: ProductName,
    pub category: CategoryId,
    pub description: String,
    pub brand: Option<String>,
    pub condition: Condition,
    pub weight: Grams,
    pub dimensions: Option<Dimensions>,
    pub qty: QtyRange,
    pub preorder_days: Option<i16>,
    pub video_url: Option<String>,
    pub attributes: Vec<(Uuid, AttributeValue)>,
    pub options: Vec<NewOption>,
    pub tiers: Tiers,
    pub variants: Vec<EditedVariant>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EditedVariant {
    /// Which row of the form it is.
    pub row: usize,
    /// None for one that is new.
    pub id: Option<VariantId>,
    /// None for one that is made up.
    pub sku: Option<String>,
    pub choices: Vec<i16>,
    pub offer: Offer,
    /// Pieces that were counted; none where nobody has.
    pub counted: Option<i32>,
    pub weight: Option<Grams>,
    pub picture: Option<MediaId>,
}

/// The field of a row of the form: `variants.3.price`.
pub fn field_of(row: usize, field: &str) -> String {
    format!("variants.{row}.{field}")
}
