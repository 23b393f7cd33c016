//! Counting by numbers of the vocabulary: an array for all of them, of which a query touches a few. What was touched is
//! remembered, so that reading and clearing cost what was counted, not what the shop has names.

use std::sync::{Mutex, PoisonError};

/// Counts by number.
#[derive(Debug, Default)]
pub struct Tally {
    counts: Vec<u32>,
    touched: Vec<u32>,
    /// Which product was last counted under a number, so that its variants count once.
    seen: Vec<u32>,
    product: u32,
}

impl Tally {
    fn new(size: usize) -> Self {
        Self { counts: vec![0; size], ..Self::default() }
    }

    #[inline]
    pub fn add(&mut self, number: u32, more: u32) {
        let count = &mut self.counts[number as usize];
        if *count == 0 && more > 0 {
            self.touched.push(number);
        }
        *count = count.saturating_add(more);
    }

    /// Before the variants of a product are counted by [`Tally::add_once`].
    pub fn next_product(&mut self) {
        self.seen.resize(self.counts.len(), 0);
        self.product = self.product.checked_add(1).unwrap_or_else(|| {
            self.seen.fill(0);
            1
        });
    }

    /// Counts the product under a number, once whatever is said of it again.
    pub fn add_once(&mut self, number: u32) {
        let seen = &mut self.seen[number as usize];
        if *seen != self.product {
            *seen = self.product;
            self.add(number, 1);
        }
    }

    pub fn of(&self, number: u32) -> u32 {
        self.counts[number as usize]
    }

    /// Whatever was counted, in no order.
    pub fn counted(&self) -> impl Iterator<Item = (u32, u32)> {
        self.touched.iter().map(|number| (*number, self.of(*number)))
    }

    /// Every count becomes what is made of it.
    pub fn each(&mut self, of: impl Fn(u32) -> u32) {
        for number in &self.touched {
            let count = &mut self.counts[*number as usize];
            *count = of(*count);
        }
        let counts = &self.counts;
        self.touched.retain(|number| counts[*number as usize] > 0);
    }

    fn clear(&mut self) {
        for number in self.touched.drain(..) {
            self.counts[number as usize] = 0;
        }
    }
}

/// So many are kept for the next queries. Each is four bytes for each name of its vocabulary.
const KEPT: usize = 16;

/// Tallies of one vocabulary that nobody uses at the moment.
#[derive(Debug, Default)]
pub struct Tallies(Mutex<Vec<Tally>>);

impl Tallies {
    /// An empty one for numbers below `size`, which must be the same every time.
    pub fn take(&self, size: usize) -> Tally {
        self.list().pop().unwrap_or_else(|| Tally::new(size))
    }

    pub fn give_back(&self, mut tally: Tally) {
        tally.clear();
        let mut list = self.list();
        if list.len() < KEPT {
            list.push(tally);
        }
    }

    fn list(&self) -> std::sync::MutexGuard<'_, Vec<Tally>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_tally_used_again_counts_as_a_new_one_does(
            uses in prop::collection::vec(prop::collection::vec(prop::collection::vec(0..20_u32, 0..6), 0..20), 1..6),
        ) {
            let tallies = Tallies::default();
            for products in uses {
                let mut tally = tallies.take(20);
                let mut plain: BTreeMap<u32, u32> = BTreeMap::new();
                for numbers in &products {
                    tally.next_product();
                    for number in numbers {
                        tally.add_once(*number);
                    }
                    let mut once = numbers.clone();
                    once.sort_unstable();
                    once.dedup();
                    for number in once {
                        *plain.entry(number).or_default() += 1;
                    }
                }
                prop_assert_eq!(tally.counted().collect::<BTreeMap<_, _>>(), plain.clone());
                tally.each(|count| count / 2);
                plain.retain(|_, count| { *count /= 2; *count > 0 });
                prop_assert_eq!(tally.counted().collect::<BTreeMap<_, _>>(), plain);
                tallies.give_back(tally);
            }
        }
    }
}
