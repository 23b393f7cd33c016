//! Which coins pay for which order.

use model::ids::{OrderId, Uuid};

/// So many coins of a lot, for an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    pub order: OrderId,
    pub lot: Uuid,
    pub amount: i64,
}

/// Pays each order from the lots, both in the order given; none where the lots do not reach.
pub fn allot(lots: &[(Uuid, i64)], wanted: &[(OrderId, i64)]) -> Option<Vec<Piece>> {
    let mut left = lots.iter().copied();
    let mut lot = left.next();
    let mut pieces = Vec::new();
    for &(order, mut missing) in wanted {
        while missing > 0 {
            let (id, there) = lot?;
            let amount = missing.min(there);
            if amount > 0 {
                pieces.push(Piece { order, lot: id, amount });
            }
            missing -= amount;
            lot = if there > amount { Some((id, there - amount)) } else { left.next() };
        }
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lot(n: usize) -> Uuid {
        Uuid::from_u128(n as u128)
    }

    fn order(n: usize) -> OrderId {
        OrderId::new(Uuid::from_u128(1_000 + n as u128))
    }

    #[test]
    fn what_expires_first_pays_first() {
        let piece = |of, from, amount| Piece { order: order(of), lot: lot(from), amount };
        let lots = [(lot(1), 30), (lot(2), 50)];
        let wanted = [(order(1), 20), (order(2), 40)];
        let pieces = vec![piece(1, 1, 20), piece(2, 1, 10), piece(2, 2, 30)];
        assert_eq!(allot(&lots, &wanted), Some(pieces));
        assert_eq!(allot(&lots, &[(order(1), 81)]), None);
        assert_eq!(allot(&[], &[]), Some(vec![]));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_made(
            lots in prop::collection::vec(1i64..1_000, 0..6),
            wanted in prop::collection::vec(0i64..1_000, 0..4),
        ) {
            let there: Vec<_> = lots.iter().enumerate().map(|(n, left)| (lot(n), *left)).collect();
            let asked: Vec<_> = wanted.iter().enumerate().map(|(n, part)| (order(n), *part)).collect();
            let reaches = wanted.iter().sum::<i64>() <= lots.iter().sum::<i64>();
            let pieces = allot(&there, &asked);
            prop_assert_eq!(pieces.is_some(), reaches);
            for piece in pieces.iter().flatten() {
                prop_assert!(piece.amount > 0);
            }
            let pieces = pieces.unwrap_or_default();
            if reaches {
                for (id, part) in asked {
                    let paid: i64 = pieces.iter().filter(|it| it.order == id).map(|it| it.amount).sum();
                    prop_assert_eq!(paid, part);
                }
            }
            for (id, left) in there {
                let taken: i64 = pieces.iter().filter(|it| it.lot == id).map(|it| it.amount).sum();
                prop_assert!(taken <= left);
            }
        }
    }
}
