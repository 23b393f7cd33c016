//! How reliably a shop sends what was ordered, and what follows from it.

use crate::{Page, ids::OrderId};
use serde::{Deserialize, Serialize};

/// Orders of so many days are looked at, today's among them.
pub const WINDOW_DAYS: u16 = 60;
/// Fewer orders say nothing.
pub const FEWEST_ORDERS: u64 = 10;
/// What each percent of orders costs that the shop cancelled.
pub const DROPPED_COSTS: u64 = 4;
/// What each percent of orders costs that were not handed over in time.
pub const LATE_COSTS: u64 = 2;
/// With so many points a shop wears the badge.
pub const BADGE_FROM: u8 = 80;

/// So many percent alone cost the badge.
pub const fn at_most(costs: u64) -> u64 {
    (100 - BADGE_FROM as u64) / costs
}

crate::named!(
    /// How an order counts against its shop.
    Fault {
        /// The shop cancelled it.
        Dropped = "dropped",
        /// It was not handed over in time: late, or not at all.
        Late = "late",
    }
);

/// Orders that the shop is done with: handed over, or cancelled by it or for its sake.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    pub orders: u64,
    pub dropped: u64,
    pub late: u64,
}

impl Record {
    /// From 0 to 100: each percent of faults costs its points, parts of a percent a part of them, rounded up.
    pub fn points(&self) -> u8 {
        let cost = self.dropped * DROPPED_COSTS + self.late * LATE_COSTS;
        let lost = (cost * 100).div_ceil(self.orders.max(1)).min(100);
        u8::try_from(100 - lost).unwrap_or_default()
    }

    /// Whether the shop wears the badge.
    pub fn is_reliable(&self) -> bool {
        self.orders >= FEWEST_ORDERS && self.points() >= BADGE_FROM
    }
}

/// What a shop was found to be, last night.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Judged {
    pub record: Record,
    pub points: u8,
    pub reliable: bool,
    pub at: i64,
}

/// An order that counts against its shop.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FaultRow {
    pub order: OrderId,
    pub number: String,
    pub fault: Fault,
    /// When the shop could begin with it.
    pub cleared_at: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Health {
    /// None before the first night.
    pub judged: Option<Judged>,
    /// The latest first.
    pub faults: Page<FaultRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_fall_with_each_percent_of_faults() {
        for (orders, dropped, late, points) in [
            (0, 0, 0, 100),
            (100, 0, 0, 100),
            (100, 1, 0, 96),
            (100, 0, 1, 98),
            (100, 5, 0, 80),
            (100, 3, 4, 80),
            (1_000, 1, 0, 99),
            (10_000, 1, 0, 99),
            (10, 1, 0, 60),
            (10, 0, 1, 80),
            (3, 3, 0, 0),
        ] {
            assert_eq!(Record { orders, dropped, late }.points(), points, "{dropped} and {late} of {orders}");
        }
    }

    #[test]
    fn the_badge_needs_points_and_enough_orders() {
        for (orders, dropped, late, worn) in [
            (9, 0, 0, false),
            (10, 0, 0, true),
            (10, 1, 0, false),
            (20, 1, 0, true),
            (20, 1, 1, false),
            (10, 0, 1, true),
        ] {
            let record = Record { orders, dropped, late };
            assert_eq!(record.is_reliable(), worn, "{record:?}");
        }
        assert_eq!((at_most(DROPPED_COSTS), at_most(LATE_COSTS)), (5, 10));
    }
}
