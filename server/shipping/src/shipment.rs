//! A parcel on its way.

use model::{
    ids::{OrderId, ShipmentId},
    order::LinePieces,
    shipping::{Collection, ShipmentState},
};
use time::OffsetDateTime;

use ShipmentState::{
    Booked, Cancelled, Delivered, FailedAttempt, InTransit, Lost, OutForDelivery, PickedUp, ReturnedToSender,
};

/// A parcel that stands ready.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewShipment {
    pub id: ShipmentId,
    pub order: OrderId,
    /// Who is to book its courier: the name of a [`Dispatcher`](crate::Dispatcher).
    pub carrier: String,
    /// As packed, in grams.
    pub weight_g: i32,
    pub collection: Collection,
    /// What is in it: of each line once, and no more than is left of it.
    pub pieces: Vec<LinePieces>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shipment {
    pub id: ShipmentId,
    pub order: OrderId,
    pub carrier: String,
    /// What the carrier calls it, and what it is tracked by; none before it is booked.
    pub carrier_ref: Option<String>,
    pub tracking_ref: Option<String>,
    pub waybill: Option<String>,
    pub weight_g: i32,
    pub state: ShipmentState,
    pub collection: Collection,
    pub created_at: OffsetDateTime,
    /// When its courier had it.
    pub left_at: Option<OffsetDateTime>,
    /// It is not sent after all.
    pub dropped_at: Option<OffsetDateTime>,
    /// Since its shop opened it again.
    pub unpacked_at: Option<OffsetDateTime>,
}

/// Something a courier tells of a parcel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sighting {
    /// The courier's own name for it: of two with the same, one happened.
    pub reference: String,
    pub state: ShipmentState,
    /// In the courier's words, at most 300 characters.
    pub note: String,
    pub occurred_at: OffsetDateTime,
}

/// How far a parcel in this state has come, to order what is told of one moment.
const fn rank(state: ShipmentState) -> u8 {
    match state {
        Booked => 0,
        PickedUp => 1,
        InTransit => 2,
        OutForDelivery => 3,
        FailedAttempt => 4,
        Cancelled => 5,
        Lost => 6,
        ReturnedToSender => 7,
        Delivered => 8,
    }
}

/// Where a parcel is by all that was told, in any order: what happened last, unless it had come to an end before. A parcel
/// that was thought lost and turns up has not come to its end.
pub fn fold(told: &[Sighting]) -> ShipmentState {
    let mut told: Vec<&Sighting> = told.iter().collect();
    told.sort_by(|a, b| {
        let key = |it: &Sighting| (it.occurred_at, rank(it.state));
        key(a).cmp(&key(b)).then_with(|| a.reference.cmp(&b.reference))
    });
    told.into_iter().fold(Booked, |state, next| match state {
        Delivered | ReturnedToSender => state,
        Lost | Cancelled if !matches!(next.state, Delivered | ReturnedToSender) => state,
        _ => next.state,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(at: i64, state: ShipmentState) -> Sighting {
        Sighting {
            reference: format!("{at}:{state}"),
            state,
            note: String::new(),
            occurred_at: OffsetDateTime::from_unix_timestamp(at).unwrap(),
        }
    }

    #[test]
    fn a_parcel_is_where_it_was_seen_last() {
        for (told, state) in [
            (vec![], Booked),
            (vec![seen(2, InTransit), seen(1, PickedUp)], InTransit),
            (vec![seen(1, PickedUp), seen(1, InTransit)], InTransit),
            (vec![seen(1, OutForDelivery), seen(2, FailedAttempt), seen(3, OutForDelivery)], OutForDelivery),
            (vec![seen(3, Delivered), seen(4, InTransit)], Delivered),
            (vec![seen(1, Lost), seen(2, InTransit)], Lost),
            (vec![seen(1, Lost), seen(2, InTransit), seen(3, Delivered)], Delivered),
            (vec![seen(1, FailedAttempt), seen(2, ReturnedToSender)], ReturnedToSender),
            (vec![seen(1, Cancelled), seen(2, Booked)], Cancelled),
        ] {
            assert_eq!(fold(&told), state, "{told:?}");
        }
    }

    proptest! {
        #[test]
        fn neither_order_nor_repetition_matters(
            told in prop::collection::vec((0i64..6, 0usize..9), 0..8).prop_shuffle(),
            again in any::<prop::sample::Index>(),
        ) {
            let told: Vec<_> = told.iter().map(|(at, state)| seen(*at, ShipmentState::ALL[*state])).collect();
            let mut other: Vec<_> = told.iter().rev().cloned().collect();
            if !told.is_empty() {
                other.push(again.get(&told).clone());
            }
            prop_assert_eq!(fold(&told), fold(&other));
        }
    }
}
