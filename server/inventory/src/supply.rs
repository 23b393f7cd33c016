//! Which warehouse gives what: pure rules over what was read under lock.

use crate::{HoldLine, Short, StockPolicy};
use model::{
    geo::Position,
    ids::{Uuid, VariantId, WarehouseId},
};
use std::collections::HashMap;

/// What lies of a variant in one warehouse.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    pub warehouse: WarehouseId,
    /// There and not promised.
    pub stocked: i32,
    /// What may still be promised beyond that.
    pub owing: i32,
    pub place: Option<Position>,
    /// The shop's own order of its warehouses.
    pub rank: i16,
}

impl Shelf {
    pub fn new(
        warehouse: WarehouseId,
        (on_hand, reserved, backorder): (i32, i32, i32),
        place: Option<Position>,
        rank: i16,
    ) -> Self {
        let free = on_hand - reserved;
        Self { warehouse, stocked: free.max(0), owing: backorder + free.min(0), place, rank }
    }

    fn kilometres(&self, near: Option<Position>) -> f64 {
        match (near, self.place) {
            (Some(near), Some(place)) => near.kilometres_to(place),
            (Some(_), None) => f64::INFINITY,
            (None, _) => 0.0,
        }
    }
}

/// All that can be had of one variant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Supply {
    pub policy: StockPolicy,
    pub shelves: Vec<Shelf>,
}

impl Supply {
    /// How many can be sold, over all warehouses.
    pub fn sellable(&self) -> i32 {
        if !self.policy.is_tracked() {
            return if self.shelves.is_empty() { 0 } else { i32::MAX };
        }
        let free: i64 = self.shelves.iter().map(|s| i64::from(s.stocked) + i64::from(s.owing)).sum();
        clamp(free - i64::from(self.policy.threshold()))
    }

    /// Takes so many off the shelves: all from the nearest warehouse that has them, otherwise from several, the
    /// nearest first; what is not there is owed last. Less only if there is not as much.
    fn take(&mut self, wanted: i32, near: Option<Position>) -> Vec<(WarehouseId, i32)> {
        self.shelves.sort_by(|a, b| {
            a.kilometres(near)
                .total_cmp(&b.kilometres(near))
                .then(a.rank.cmp(&b.rank))
                .then(a.warehouse.cmp(&b.warehouse))
        });
        if !self.policy.is_tracked() {
            return self.shelves.first().map(|shelf| (shelf.warehouse, wanted)).into_iter().collect();
        }
        if let Some(shelf) = self.shelves.iter_mut().find(|shelf| shelf.stocked >= wanted) {
            shelf.stocked -= wanted;
            return vec![(shelf.warehouse, wanted)];
        }
        let mut open = wanted;
        let mut taken: Vec<i32> = vec![0; self.shelves.len()];
        for (shelf, taken) in self.shelves.iter_mut().zip(&mut taken) {
            let here = shelf.stocked.min(open);
            shelf.stocked -= here;
            *taken += here;
            open -= here;
        }
        for (shelf, taken) in self.shelves.iter_mut().zip(&mut taken) {
            let owed = shelf.owing.min(open);
            shelf.owing -= owed;
            *taken += owed;
            open -= owed;
        }
        let given = self.shelves.iter().zip(taken).filter(|(_, taken)| *taken > 0);
        given.map(|(shelf, taken)| (shelf.warehouse, taken)).collect()
    }
}

pub(crate) type Supplies = HashMap<VariantId, Supply>;

/// What each bundle consists of; what is not in it consists of itself.
pub(crate) type Components = HashMap<VariantId, Vec<(VariantId, i32)>>;

pub(crate) fn components_of(components: &Components, variant: VariantId) -> Vec<(VariantId, i32)> {
    components.get(&variant).cloned().unwrap_or_else(|| vec![(variant, 1)])
}

/// What one warehouse gives to a line.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Share {
    pub line: Uuid,
    /// Which of the line's shares, counted from 0.
    pub part: i16,
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    pub quantity: i32,
    pub per_unit: i32,
    pub counted: bool,
}

/// Gives every line all it asks for, or says everything that is short.
pub(crate) fn allot(
    lines: &[HoldLine],
    components: &Components,
    mut supplies: Supplies,
) -> Result<Vec<Share>, Vec<Short>> {
    let short = shortages(lines, components, &supplies);
    if !short.is_empty() {
        return Err(short);
    }
    let mut shares = vec![];
    for line in lines {
        let mut part = 0;
        for (variant, per_unit) in components_of(components, line.variant) {
            let Some(supply) = supplies.get_mut(&variant) else { continue };
            let counted = supply.policy.is_tracked();
            for (warehouse, quantity) in supply.take(line.quantity.get() * per_unit, line.near) {
                let line = line.line;
                shares.push(Share { line, part, variant, warehouse, quantity, per_unit, counted });
                part += 1;
            }
        }
    }
    Ok(shares)
}

/// Variants are served in the order they are first asked for, each by all its lines together. What an earlier one
/// takes is not there for a later one, as where a bundle and its component are bought at once.
fn shortages(lines: &[HoldLine], components: &Components, supplies: &Supplies) -> Vec<Short> {
    let mut asked: Vec<(VariantId, i64)> = vec![];
    for line in lines {
        let quantity = i64::from(line.quantity.get());
        match asked.iter_mut().find(|(variant, _)| *variant == line.variant) {
            Some((_, wanted)) => *wanted += quantity,
            None => asked.push((line.variant, quantity)),
        }
    }
    let mut left: HashMap<VariantId, i64> =
        supplies.iter().map(|(variant, supply)| (*variant, i64::from(supply.sellable()))).collect();
    let mut short = vec![];
    for (variant, wanted) in asked {
        let parts = components_of(components, variant);
        let can = parts.iter().map(|(part, n)| left.get(part).map_or(0, |left| left / i64::from(*n)));
        let can = can.min().unwrap_or(0);
        if wanted > can {
            short.push(Short { variant, wanted: clamp(wanted), left: clamp(can) });
        }
        for (part, n) in parts {
            if supplies.get(&part).is_some_and(|supply| supply.policy.is_tracked()) {
                left.entry(part).and_modify(|left| *left -= wanted.min(can) * i64::from(n));
            }
        }
    }
    short
}

/// Not negative, and within what a quantity can say.
fn clamp(pieces: i64) -> i32 {
    i32::try_from(pieces.max(0)).unwrap_or(i32::MAX)
}

#[cfg(test)]
#[path = "supply_tests.rs"]
mod tests;
