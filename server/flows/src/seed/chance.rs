//! Chance that repeats itself: a row of numbers that follows from where it starts.

use crate::text::{hash, scramble};
use model::ids::Uuid;

pub struct Chance(u64);

impl Chance {
    /// The row of one thing; things named differently have rows that know nothing of each other.
    pub fn of(seed: u64, thing: &[&str]) -> Self {
        Self(scramble(seed) ^ hash(thing))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        scramble(self.0)
    }

    /// 0 to n − 1.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// Both ends included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// True in so many of a hundred.
    pub fn percent(&mut self, n: u64) -> bool {
        self.below(100) < n
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[usize::try_from(self.below(list.len() as u64)).unwrap_or_default()]
    }

    /// A version-7 id with this many milliseconds; ids of growing milliseconds lie side by side in an index.
    pub fn id(&mut self, millis: u64) -> Uuid {
        let random = (u128::from(self.next()) << 64) | u128::from(self.next());
        let stamp = (u128::from(millis) & 0xffff_ffff_ffff) << 80;
        let rest = random & 0x0fff_3fff_ffff_ffff_ffff;
        Uuid::from_u128(stamp | rest | 0x7000_8000_0000_0000_0000)
    }
}

/// A price as people write them on tags: two or three leading digits, mostly ending in 900 or 000.
pub fn rounded(price: i64) -> i64 {
    match price {
        ..2_000 => (price / 50 * 50).max(100),
        2_000..20_000 => price / 500 * 500,
        20_000..1_000_000 => price / 1_000 * 1_000 - 100,
        _ => price / 10_000 * 10_000 - 1_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_repeats_itself_and_ids_are_of_version_7() {
        let row = |seed| (0..5).map(|_| Chance::of(seed, &["x"]).next()).collect::<Vec<_>>();
        assert_eq!(row(1), row(1));
        assert_ne!(row(1), row(2));
        let id = Chance::of(1, &["id"]).id(1_700_000_000_000);
        assert_eq!(
            (id.get_version_num(), id.get_variant()),
            (7, Uuid::from_u128(0x8000_0000_0000_0000).get_variant())
        );
        assert!(Chance::of(1, &["a"]).id(1) < Chance::of(1, &["b"]).id(2));
    }

    #[test]
    fn prices_look_like_prices() {
        for (price, tag) in
            [(70, 100), (1_234, 1_200), (15_700, 15_500), (154_321, 153_900), (3_456_789, 3_449_000)]
        {
            assert_eq!(rounded(price), tag);
        }
    }
}
