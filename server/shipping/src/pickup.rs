//! Counters at which parcels wait for those they are for.

use model::{
    geo::Position,
    shipping::{Courier, PickupPointId},
};

/// A counter as it is entered.
#[derive(Clone, PartialEq, Debug)]
pub struct NewPickupPoint {
    pub courier: Courier,
    /// 3 to 100 characters.
    pub name: String,
    /// The code of its district.
    pub district: String,
    /// 5 to 200 characters.
    pub street: String,
    pub position: Option<Position>,
}

/// A counter as it is kept.
#[derive(Clone, PartialEq, Debug)]
pub struct PickupPoint {
    pub id: PickupPointId,
    pub point: NewPickupPoint,
    /// Parcels are taken there now.
    pub is_active: bool,
}
