//! The pieces of a line: sold together, sent in one parcel or several, or left out.

use crate::NewLine;
use model::{
    Money,
    ids::{LeftOutId, OrderId, OrderLineId},
    order::{Actor, CancelReason, LinePieces},
};
use time::OffsetDateTime;

/// How far the pieces of a line have come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    pub line: OrderLineId,
    pub quantity: i32,
    /// In parcels that are sent, or are about to be.
    pub packed: i32,
    pub left_out: i32,
}

impl Progress {
    /// Still to be packed.
    pub const fn open(&self) -> i32 {
        self.quantity - self.packed - self.left_out
    }

    /// All that are still to be packed.
    pub const fn rest(&self) -> LinePieces {
        LinePieces { line: self.line, quantity: self.open() }
    }
}

/// Pieces that are not sent after all, or did not arrive while others did.
#[derive(Clone, PartialEq, Debug)]
pub struct LeftOut {
    pub id: LeftOutId,
    pub order: OrderId,
    pub actor: Actor,
    pub reason: CancelReason,
    /// What goes back to whoever paid.
    pub refund: Money,
    /// Of what the platform adds for its vouchers, what is not due for these.
    pub discount_back: Money,
    /// Of what the platform takes from the shop, what is not due for these.
    pub commission_back: Money,
    pub at: OffsetDateTime,
    pub pieces: Vec<LinePieces>,
}

/// What all that was left out of an order comes to, in its currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LeftOutSums {
    pub refund: i64,
    pub discount_back: i64,
    pub commission_back: i64,
}

/// What some pieces of a line came to at sale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// As paid.
    pub gross: i64,
    /// Taken off at the platform's expense.
    pub platform_discount: i64,
}

/// What `n` pieces of a line came to, after `before` others of it. Whatever does not divide stands with the earlier ones, so
/// that the shares of all pieces add up to the line.
pub fn share(line: &NewLine, before: i32, n: i32) -> Share {
    let all = line.quantity.get();
    let of = |whole: i64| up_to(whole, all, before.saturating_add(n)) - up_to(whole, all, before);
    Share { gross: of(line.gross.amount()), platform_discount: of(line.platform_discount.amount()) }
}

/// What the first `n` of `all` equal parts of a whole come to, by largest remainder.
fn up_to(whole: i64, all: i32, n: i32) -> i64 {
    let (all, n) = (i64::from(all.max(1)), i64::from(n.max(0)));
    if n >= all {
        return whole;
    }
    (whole / all) * n + (whole % all).min(n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_divide_stands_with_the_earlier_pieces() {
        for (n, sum) in [(0, 0), (1, 34), (2, 67), (3, 100), (4, 100)] {
            assert_eq!(up_to(100, 3, n), sum, "{n} of three");
        }
        assert_eq!((up_to(2, 3, 1), up_to(2, 3, 2), up_to(0, 3, 2)), (1, 2, 0));
    }

    proptest! {
        #[test]
        fn in_whatever_steps_pieces_are_left_out_all_of_them_are_the_line(
            whole in 0i64..10_000_000,
            steps in prop::collection::vec(1i32..9, 1..6),
        ) {
            let all: i32 = steps.iter().sum();
            let (mut before, mut sum) = (0, 0);
            for n in steps {
                let part = up_to(whole, all, before + n) - up_to(whole, all, before);
                prop_assert!(part >= 0 && part <= whole);
                (before, sum) = (before + n, sum + part);
            }
            prop_assert_eq!(sum, whole);
        }
    }
}
