//! A product as those who keep it make and change it.

use crate::{
    Slug,
    ids::{CategoryId, MediaId, ProductId},
    named,
    views::{CategoryNode, Picture, ProductState},
};
use serde::{Deserialize, Serialize};

/// How much a product takes. Lengths are in characters.
pub mod most {
    pub const NAME_LEAST: usize = 3;
    pub const NAME: usize = 200;
    pub const DESCRIPTION: usize = 10_000;
    pub const BRAND: usize = 60;
    pub const VIDEO: usize = 500;
    pub const ATTRIBUTE: usize = 200;
    pub const SKU: usize = 64;
    pub const OPTIONS: usize = 2;
    pub const OPTION: usize = 40;
    /// Of one option, and characters of one of them.
    pub const VALUES: usize = 20;
    pub const VALUE: usize = 40;
    pub const TIERS: usize = 5;
    pub const PHOTOGRAPHS: usize = 9;
    /// Longest time a seller may take to make it, in days.
    pub const PREORDER: i64 = 90;
}

named!(
    /// What is to become of what was typed.
    EditAct {
        Save = "save",
        /// Brings the table of variants in line with the options, and saves nothing.
        Arrange = "arrange",
        /// Saves, and asks for it to be put on sale.
        Sell = "sell",
        /// Saves over what somebody else has saved meanwhile.
        SaveOver = "save_over",
    }
);

named!(
    /// What is to become of a photograph.
    PictureAct {
        /// One place towards the front.
        Earlier = "earlier",
        Later = "later",
        /// Onto the product's card.
        First = "first",
        Remove = "remove",
    }
);

/// A product as it is typed, all of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductInput {
    pub name: String,
    /// Its id.
    pub category: String,
    pub description: String,
    pub brand: String,
    /// `new` or `used`.
    pub condition: String,
    /// Grams of one piece, packed.
    pub weight: String,
    /// Centimetres, packed; all three or none.
    pub length: String,
    pub width: String,
    pub height: String,
    pub min_qty: String,
    pub max_qty: String,
    pub preorder_days: String,
    pub video: String,
    pub attributes: Vec<AttributeInput>,
    pub tiers: Vec<TierInput>,
    pub options: Vec<OptionInput>,
    /// One for each combination of the options' values; one where there are none.
    pub variants: Vec<VariantInput>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AttributeInput {
    pub id: String,
    /// A text, a number, the key of a choice, or `1` and `0`; empty for not said.
    pub value: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TierInput {
    /// So many pieces and more.
    pub from: String,
    pub price: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OptionInput {
    /// `Warna`; empty for none.
    pub name: String,
    /// One on each line, or set apart by commas.
    pub values: String,
    /// The values the grid was made of, so that one that is renamed keeps its row.
    pub made: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VariantInput {
    /// Empty for one that is new.
    pub id: String,
    /// What is chosen of the first option and of the second; empty where there is none.
    pub first: String,
    pub second: String,
    /// Not empty for a combination that is not sold.
    pub off: String,
    pub sku: String,
    pub price: String,
    pub list_price: String,
    pub stock: String,
    /// The stock that was shown: left as it was, it is not counted anew.
    pub was: String,
    /// Grams, where it differs from the product's.
    pub weight: String,
    /// One of the product's photographs.
    pub picture: String,
}

impl VariantInput {
    pub fn is_sold(&self) -> bool {
        self.off.is_empty()
    }

    /// What is chosen, in words; empty for the only one.
    pub fn label(&self) -> String {
        match (self.first.as_str(), self.second.as_str()) {
            (first, "") => first.to_owned(),
            (first, second) => format!("{first}, {second}"),
        }
    }
}

/// A product in its editor, for one of those who keep it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ProductEditor {
    pub id: ProductId,
    pub slug: Slug,
    pub state: ProductState,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Of the product as it is saved.
    pub version: i32,
    /// Whether it was ever saved whole; a fresh draft has a name and a category only.
    pub is_whole: bool,
    /// As it is saved, or as they typed it.
    pub input: ProductInput,
    /// The version they began to type from, where they have typed what is not saved.
    pub typed_from: Option<i32>,
    /// Of the category in `input`, inherited ones included.
    pub attributes: Vec<EditorAttribute>,
    /// In the order of the gallery.
    pub pictures: Vec<EditorPicture>,
    /// Stands in where there is no photograph.
    pub drawing: Picture,
}

impl ProductEditor {
    /// Somebody else has saved since they began to type.
    pub fn is_stale(&self) -> bool {
        self.typed_from.is_some_and(|from| from != self.version)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EditorAttribute {
    pub id: String,
    pub label: String,
    pub kind: EditorKind,
}

/// What is typed for an attribute. [`crate::views::AttributeKind`] says the same to programs, with a tag beside its
/// fields, which `crate::json` does not read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum EditorKind {
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

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EditorPicture {
    pub media: MediaId,
    /// None while it is being made ready, and where that failed.
    pub picture: Option<Picture>,
}

/// A category goods may be put in, with all above it: `Fashion › Sepatu`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CategoryChoice {
    pub id: CategoryId,
    pub path: String,
}

/// The categories at the bottom of the tree, in its order.
pub fn leaves(tree: &[CategoryNode]) -> Vec<CategoryChoice> {
    fn walk(nodes: &[CategoryNode], above: &str, into: &mut Vec<CategoryChoice>) {
        for node in nodes {
            let path =
                if above.is_empty() { node.name.clone() } else { format!("{above} › {}", node.name) };
            if node.children.is_empty() {
                into.push(CategoryChoice { id: node.id, path });
            } else {
                walk(&node.children, &path, into);
            }
        }
    }
    let mut into = Vec::new();
    walk(tree, "", &mut into);
    into
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn browsers_read_what_is_typed_for_an_attribute() {
        for kind in [
            EditorKind::Text,
            EditorKind::Number { unit: Some("cm".to_owned()) },
            EditorKind::Choice { choices: vec![("m".to_owned(), "M".to_owned())] },
            EditorKind::Flag,
        ] {
            let attribute = EditorAttribute { id: "1".to_owned(), label: "Ukuran".to_owned(), kind };
            let written = serde_json::to_vec(&attribute).unwrap();
            assert_eq!(json::read::<EditorAttribute>(&written), Ok(attribute));
        }
    }
}
