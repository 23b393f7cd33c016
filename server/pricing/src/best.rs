//! Which vouchers together save the most.

use crate::{Basket, QuoteError, Voucher, quote::price, steps::Place};
use model::ids::VoucherId;
use std::collections::BTreeMap;

/// So many combinations are priced one by one. Where there are more, each place is filled in turn with what saves the
/// most beside the others, until nothing gets better.
pub const TRIED: usize = 256;

/// Of vouchers with a code, the combination that saves the shopper the most; the basket's own vouchers that need no code
/// stay. What saves nothing is left out, and of equal ones the earlier candidates are taken.
pub fn best(basket: &Basket, candidates: &[Voucher]) -> Result<Vec<VoucherId>, QuoteError> {
    let search = Search { basket, always: basket.vouchers.iter().filter(|own| own.automatic()).collect() };
    let alone = search.cost(&[])?;
    let mut places: BTreeMap<Place, Vec<Option<&Voucher>>> = BTreeMap::new();
    for voucher in candidates {
        // Discounts of others only make it harder to fulfil conditions, so what does not help alone never does.
        if let Some(place) = voucher.place()
            && search.cost(&[Some(voucher)])? < alone
        {
            places.entry(place).or_insert_with(|| vec![None]).push(Some(voucher));
        }
    }
    let places: Vec<Vec<Option<&Voucher>>> = places.into_values().collect();
    let combinations = places.iter().try_fold(1usize, |n, place| n.checked_mul(place.len()));
    let chosen = match combinations {
        Some(n) if n <= TRIED => search.all(&places, n)?,
        _ => search.climb(&places)?,
    };
    // One that another makes useless is left out: without it the total is the same.
    let together: Vec<&Voucher> =
        search.always.iter().copied().chain(chosen.iter().copied().flatten()).collect();
    let applied = price(basket, &together, 0)?.applied;
    let useful = |voucher: &&Voucher| applied.iter().any(|used| used.voucher.id == voucher.id);
    Ok(chosen.into_iter().flatten().filter(useful).map(|voucher| voucher.id).collect())
}

struct Search<'a> {
    basket: &'a Basket,
    always: Vec<&'a Voucher>,
}

impl<'a> Search<'a> {
    /// The total, without coins: they would make everything cost nothing.
    fn cost(&self, chosen: &[Option<&'a Voucher>]) -> Result<i64, QuoteError> {
        let vouchers: Vec<&Voucher> =
            self.always.iter().copied().chain(chosen.iter().copied().flatten()).collect();
        Ok(price(self.basket, &vouchers, 0)?.total.amount())
    }

    fn all(
        &self,
        places: &[Vec<Option<&'a Voucher>>],
        combinations: usize,
    ) -> Result<Vec<Option<&'a Voucher>>, QuoteError> {
        let mut best = (self.cost(&[])?, vec![None; places.len()]);
        for n in 1..combinations {
            let mut rest = n;
            let chosen: Vec<Option<&Voucher>> = places
                .iter()
                .map(|place| {
                    let choice = place[rest % place.len()];
                    rest /= place.len();
                    choice
                })
                .collect();
            let cost = self.cost(&chosen)?;
            if cost < best.0 {
                best = (cost, chosen);
            }
        }
        Ok(best.1)
    }

    fn climb(&self, places: &[Vec<Option<&'a Voucher>>]) -> Result<Vec<Option<&'a Voucher>>, QuoteError> {
        let mut best = (self.cost(&[])?, vec![None; places.len()]);
        loop {
            let before = best.0;
            for (i, place) in places.iter().enumerate() {
                for choice in place {
                    let mut chosen = best.1.clone();
                    chosen[i] = *choice;
                    let cost = self.cost(&chosen)?;
                    if cost < best.0 {
                        best = (cost, chosen);
                    }
                }
            }
            if best.0 == before {
                return Ok(best.1);
            }
        }
    }
}
