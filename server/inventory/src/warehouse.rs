//! Places where a shop's goods lie.

use model::{
    geo::Position,
    ids::{ShopId, WarehouseId},
};

/// What a shop's main warehouse is called until the shop says otherwise.
pub const MAIN_NAME: &str = "Gudang utama";

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the name of a warehouse has between 1 and 60 characters")]
pub struct NotAName;

/// As the shop calls it: one line, at most 60 characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WarehouseName(String);

impl WarehouseName {
    pub const MAX: usize = 60;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for WarehouseName {
    type Error = NotAName;
    fn try_from(text: &str) -> Result<Self, NotAName> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if (1..=Self::MAX).contains(&name.chars().count()) { Ok(Self(name)) } else { Err(NotAName) }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub struct NewWarehouse {
    pub id: WarehouseId,
    pub shop: ShopId,
    pub name: WarehouseName,
    /// Code of its city or district.
    pub region: String,
    /// Where it is on the map; otherwise it counts as lying where its region does.
    pub pin: Option<Position>,
}

/// Where couriers fetch parcels, and who hands them over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WarehouseAddress {
    /// Code of the district.
    pub region: String,
    pub contact: String,
    /// E.164.
    pub phone: String,
    pub street: String,
    pub postcode: String,
}

/// From where something is sent.
#[derive(Clone, PartialEq, Debug)]
pub struct Source {
    pub warehouse: WarehouseId,
    /// Code of its city or district.
    pub region: String,
    /// Its pin, or where its region lies.
    pub position: Option<Position>,
    pub postcode: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Warehouse {
    pub id: WarehouseId,
    pub name: String,
    pub region: String,
    /// Its pin, or else its region's place, as far as that is known.
    pub place: Option<Position>,
    /// The shop's first, which always stays open.
    pub is_main: bool,
    /// Whether it is sold from.
    pub is_active: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_at_most_sixty_characters() {
        assert_eq!(WarehouseName::try_from("  Gudang\n Timur ").unwrap().as_str(), "Gudang Timur");
        assert_eq!(WarehouseName::try_from(" \t"), Err(NotAName));
        assert!(WarehouseName::try_from("é".repeat(60).as_str()).is_ok());
        assert_eq!(WarehouseName::try_from("e".repeat(61).as_str()), Err(NotAName));
    }
}
