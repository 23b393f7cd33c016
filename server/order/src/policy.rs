//! How long everybody has.

use crate::Clocks;
use time::{Duration, OffsetDateTime};

/// The periods orders are placed under; each order keeps its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Policy {
    /// For the shop to accept.
    pub accept: Duration,
    /// For the shop to hand over, after that.
    pub hand_over: Duration,
    /// For the buyer to object: to shops of standing, to others, and to those that are new.
    pub settle_trusted: Duration,
    pub settle_regular: Duration,
    pub settle_new: Duration,
    /// So long after it opened a shop is new, unless it has standing.
    pub new_for: Duration,
}

impl Policy {
    /// Of an order with a shop that opened at `joined`; goods on pre-order have their days besides.
    pub fn clocks(
        &self,
        trusted: bool,
        joined: OffsetDateTime,
        preorder_days: i16,
        now: OffsetDateTime,
    ) -> Clocks {
        let settle = if trusted {
            self.settle_trusted
        } else if now - joined < self.new_for {
            self.settle_new
        } else {
            self.settle_regular
        };
        let ship = self.accept + self.hand_over + Duration::days(preorder_days.max(0).into());
        Clocks { accept: self.accept, ship, settle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_known_is_paid_sooner() {
        let day = Duration::DAY;
        let policy = Policy {
            accept: 2 * day,
            hand_over: 2 * day,
            settle_trusted: 3 * day,
            settle_regular: 7 * day,
            settle_new: 15 * day,
            new_for: 30 * day,
        };
        let now = OffsetDateTime::UNIX_EPOCH + 1000 * day;
        for (trusted, age, settle) in [(true, 1, 3), (true, 400, 3), (false, 29, 15), (false, 30, 7)] {
            let clocks = policy.clocks(trusted, now - age * day, 5, now);
            assert_eq!(clocks, Clocks { accept: 2 * day, ship: 9 * day, settle: settle * day }, "{age}");
        }
    }
}
