//! Real places, and parcels between them.

use model::{Money, Qty, geo::Position};
use shipping::{Parcel, Piece, Place};
use std::{collections::BTreeMap, sync::LazyLock};
use time::{OffsetDateTime, macros::datetime};

/// A Friday, 10:00 WIB.
pub const FRIDAY: OffsetDateTime = datetime!(2026-11-20 03:00 UTC);

pub const GAMBIR: &str = "31.71.01";
pub const TEBET: &str = "31.74.01";

static ALL: LazyLock<BTreeMap<String, Place>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../region/data/regions.csv");
    let mut places = BTreeMap::new();
    for row in csv::Reader::from_path(path).unwrap().records() {
        let row = row.unwrap();
        if &row[2] == "province" {
            continue;
        }
        let position = row[4].parse().ok().zip(row[5].parse().ok());
        let position = position.map(|(latitude, longitude)| Position::new(latitude, longitude));
        let postcode = row[6].split(';').next();
        let place = Place::new(&row[0]).unwrap().at(position).with_postcode(postcode);
        places.insert(row[0].to_owned(), place);
    }
    places
});

/// Of the region table, by its code.
pub fn place(code: &str) -> Place {
    ALL.get(code).unwrap_or_else(|| panic!("{code} is not in the table")).clone()
}

pub fn cities() -> impl Iterator<Item = &'static Place> {
    ALL.values().filter(|place| place.code().len() == 5)
}

/// Goods worth Rp 100.000.
pub fn parcel(from: &str, to: &str, weight_g: i64) -> Parcel {
    between(place(from), place(to), weight_g)
}

pub fn between(from: Place, to: Place, weight_g: i64) -> Parcel {
    Parcel::new(from, to, weight_g, Money::idr(100_000), FRIDAY).unwrap()
}

pub fn piece([length_mm, width_mm, height_mm]: [i32; 3], qty: i32) -> Piece {
    Piece { length_mm, width_mm, height_mm, qty: Qty::try_from(qty).unwrap() }
}
