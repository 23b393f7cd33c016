//! How many coins there are for an order, and how many it can be paid with.

use model::BasisPoints;
use time::Duration;

/// Coins that come back after their time are kept for so long, to be spent after all.
pub const GRACE: Duration = Duration::days(7);

/// What holds now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Policy {
    /// Of what was paid for goods.
    pub earn_rate: BasisPoints,
    /// For one order.
    pub earn_most: i64,
    pub hold: Duration,
    /// Of what goods cost.
    pub spend_share: BasisPoints,
}

impl Policy {
    /// So many coins for goods that were paid with `paid` rupiah. A part of a coin is none.
    pub fn earned(&self, paid: i64) -> i64 {
        part(paid, self.earn_rate).min(self.earn_most)
    }

    /// So many coins at most for goods that cost `goods` rupiah before them.
    pub fn most(&self, goods: i64) -> i64 {
        part(goods, self.spend_share)
    }
}

/// Rounded down; nothing of less than nothing.
fn part(of: i64, rate: BasisPoints) -> i64 {
    let part = i128::from(of.max(0)) * i128::from(rate.get()) / 10_000;
    // The rate is at most one, so it is no more than what it was taken of.
    i64::try_from(part).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coins_are_rounded_down_and_capped() {
        let rate = |points: u16| BasisPoints::try_from(points).unwrap();
        let policy = Policy {
            earn_rate: rate(100),
            earn_most: 20_000,
            hold: Duration::days(365),
            spend_share: rate(5_000),
        };
        for (paid, earned) in [(0, 0), (99, 0), (100, 1), (150_099, 1_500), (9_000_000, 20_000), (-5, 0)] {
            assert_eq!(policy.earned(paid), earned, "{paid}");
        }
        for (goods, most) in [(0, 0), (1, 0), (101, 50), (i64::MAX, i64::MAX / 2)] {
            assert_eq!(policy.most(goods), most, "{goods}");
        }
    }
}
