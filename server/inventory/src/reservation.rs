//! What is promised to a line out of one warehouse, and what becomes of it.

use crate::Pieces;
use model::ids::{Uuid, VariantId, WarehouseId};

model::named!(
    /// Where a reservation stands: `held → committed → shipped`, or released before.
    ReservationState {
        /// Until its deadline.
        Held = "held",
        /// Paid for.
        Committed = "committed",
        /// Nothing of it was sent.
        Released = "released",
        /// All of it that was not released is on its way or further.
        Shipped = "shipped",
    }
);

/// A reservation, read under lock. Counts are pieces of what lies in the warehouse.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Reservation {
    pub id: Uuid,
    pub reference: Uuid,
    pub line: Uuid,
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    pub per_unit: i32,
    pub quantity: i32,
    pub released: i32,
    pub shipped: i32,
    pub returned: i32,
    pub counted: bool,
    pub state: ReservationState,
}

impl Reservation {
    /// Promised and still to be sent.
    pub fn open(&self) -> i32 {
        self.quantity - self.released - self.shipped
    }

    /// Sent and not come back.
    pub fn away(&self) -> i32 {
        self.shipped - self.returned
    }

    pub fn release(&mut self, pieces: i32) {
        self.released += pieces;
        self.settle();
    }

    pub fn ship(&mut self, pieces: i32) {
        self.shipped += pieces;
        self.settle();
    }

    /// What is away never left.
    pub fn unship(&mut self) {
        self.shipped = self.returned;
        self.state = ReservationState::Committed;
        self.settle();
    }

    fn settle(&mut self) {
        if self.open() == 0 {
            self.state =
                if self.shipped > 0 { ReservationState::Shipped } else { ReservationState::Released };
        }
    }
}

/// Spreads units of lines over their reservations, for each component in the order given: which one, and how many of
/// its pieces. The line that has not got as many is the error.
pub(crate) fn spread(
    reservations: &[Reservation],
    wanted: &[Pieces],
    capacity: impl Fn(&Reservation) -> i32,
) -> Result<Vec<(usize, i32)>, Uuid> {
    let mut spread: Vec<(usize, i32)> = vec![];
    for Pieces { line, quantity } in wanted {
        let of_line = || reservations.iter().enumerate().filter(|(_, r)| r.line == *line);
        let mut components: Vec<(VariantId, i32)> = of_line().map(|(_, r)| (r.variant, r.per_unit)).collect();
        components.sort_unstable();
        components.dedup();
        if components.is_empty() {
            return Err(*line);
        }
        for (variant, per_unit) in components {
            let mut open = i64::from(per_unit) * i64::from(quantity.get());
            for (index, reservation) in of_line().filter(|(_, r)| r.variant == variant) {
                let used: i32 = spread.iter().filter(|(i, _)| *i == index).map(|(_, n)| n).sum();
                let pieces = i64::from(capacity(reservation) - used).min(open);
                if let Some(pieces) = i32::try_from(pieces).ok().filter(|pieces| *pieces > 0) {
                    spread.push((index, pieces));
                    open -= i64::from(pieces);
                }
            }
            if open > 0 {
                return Err(*line);
            }
        }
    }
    Ok(spread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Qty;

    fn reservation(line: u128, variant: u128, per_unit: i32, quantity: i32) -> Reservation {
        Reservation {
            id: Uuid::nil(),
            reference: Uuid::nil(),
            line: Uuid::from_u128(line),
            variant: Uuid::from_u128(variant).into(),
            warehouse: Uuid::nil().into(),
            per_unit,
            quantity,
            released: 0,
            shipped: 0,
            returned: 0,
            counted: true,
            state: ReservationState::Committed,
        }
    }

    fn pieces(line: u128, quantity: i32) -> Pieces {
        Pieces { line: Uuid::from_u128(line), quantity: Qty::try_from(quantity).unwrap() }
    }

    #[test]
    fn units_of_a_bundle_take_all_its_components_in_order() {
        let kept = [reservation(1, 7, 3, 4), reservation(1, 7, 3, 5), reservation(1, 8, 1, 3)];
        assert_eq!(spread(&kept, &[pieces(1, 2)], Reservation::open), Ok(vec![(0, 4), (1, 2), (2, 2)]));
        assert_eq!(spread(&kept, &[pieces(1, 4)], Reservation::open), Err(Uuid::from_u128(1)));
    }

    #[test]
    fn a_line_named_twice_has_its_pieces_once() {
        let kept = [reservation(1, 7, 1, 3)];
        assert_eq!(spread(&kept, &[pieces(1, 2), pieces(1, 1)], Reservation::open), Ok(vec![(0, 2), (0, 1)]));
        assert_eq!(spread(&kept, &[pieces(1, 2), pieces(1, 2)], Reservation::open), Err(Uuid::from_u128(1)));
        assert_eq!(spread(&kept, &[pieces(2, 1)], Reservation::open), Err(Uuid::from_u128(2)));
    }

    #[test]
    fn a_reservation_ends_when_nothing_of_it_is_open() {
        let mut one = reservation(1, 7, 1, 5);
        one.release(2);
        assert_eq!((one.open(), one.state), (3, ReservationState::Committed));
        one.ship(3);
        assert_eq!((one.open(), one.away(), one.state), (0, 3, ReservationState::Shipped));
        one.returned = 1;
        one.unship();
        assert_eq!((one.open(), one.away(), one.state), (2, 0, ReservationState::Committed));
        one.release(2);
        assert_eq!(one.state, ReservationState::Shipped, "one piece was sent and came back");
        let mut other = reservation(1, 7, 1, 5);
        other.release(5);
        assert_eq!(other.state, ReservationState::Released);
    }
}
