//! What lies of some goods where, as it was at one moment.

use crate::{
    Availability, HoldLine, Source,
    supply::{Components, Supplies, allot, components_of},
};
use model::ids::{VariantId, WarehouseId};
use std::collections::HashMap;

/// Nothing of it is locked: whoever holds some a moment later may be given less, or others.
#[derive(Debug, Default)]
pub struct Shelves {
    pub(crate) components: Components,
    pub(crate) supplies: Supplies,
    /// Each warehouse with the rank its shop gives it.
    pub(crate) places: HashMap<WarehouseId, (i16, Source)>,
}

impl Shelves {
    /// What can be bought of it, of a bundle by its scarcest component. Nothing of what was not asked about.
    pub fn available(&self, variant: VariantId) -> Availability {
        let parts = components_of(&self.components, variant);
        let supplies: Vec<_> =
            parts.iter().filter_map(|(part, per_unit)| Some((self.supplies.get(part)?, *per_unit))).collect();
        let counted = || supplies.iter().filter(|(supply, _)| supply.policy.is_tracked());
        // What is not counted is there without end, also where a bundle takes several.
        match counted().map(|(supply, per_unit)| supply.sellable() / per_unit).min() {
            Some(sellable) => Availability { tracked: true, sellable },
            None if supplies.is_empty() => Availability::NONE,
            None => Availability { tracked: false, sellable: i32::MAX },
        }
    }

    /// The warehouse that would give the most pieces to one of these lines if they were held now, of two that give as many the one
    /// the shop names first; none where not all of it is there.
    pub fn source(&self, lines: &[HoldLine]) -> Option<&Source> {
        let shares = allot(lines, &self.components, self.supplies.clone()).ok()?;
        let rank = |warehouse| self.places.get(&warehouse).map_or(i16::MAX, |(rank, _)| *rank);
        let most = shares.iter().min_by_key(|share| (-share.quantity, rank(share.warehouse)))?;
        Some(&self.places.get(&most.warehouse)?.1)
    }
}
