//! Typed attributes of a category, and what a product says about them.

use model::ids::{CategoryId, Uuid};

/// One value of one attribute; which kind it is follows from the attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AttributeValue {
    Text(String),
    /// An exact decimal, written with a full stop.
    Number(String),
    /// The key of one of the attribute's choices.
    Choice(String),
    Flag(bool),
}

/// An attribute as far as writing values goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribute {
    pub id: Uuid,
    pub category: CategoryId,
    pub key: String,
}
