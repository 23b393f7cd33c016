//! Parcels and what happens to them, in the words of Biteship's states.

use kernel::Ids;
use time::OffsetDateTime;

model::ids!(
    ParcelId,
    /// Something that happened to a parcel.
    EventId,
);

model::named!(ParcelState {
    Confirmed = "confirmed",
    Picked = "picked",
    InTransit = "in_transit",
    DroppingOff = "dropping_off",
    /// Nobody took it.
    OnHold = "on_hold",
    ReturnInTransit = "return_in_transit",
    Delivered = "delivered",
    Returned = "returned",
    /// Lost or destroyed.
    Disposed = "disposed",
    Cancelled = "cancelled",
});

model::named!(
    /// How a parcel comes to its courier.
    ParcelCollection {
        Pickup = "pickup",
        /// Its sender brings it to a counter.
        DropOff = "drop_off",
    }
);

use ParcelState::{
    Cancelled, Confirmed, Delivered, Disposed, DroppingOff, InTransit, OnHold, Picked, ReturnInTransit,
    Returned,
};

impl ParcelState {
    /// Where it may go from here, the usual first.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Confirmed => &[Picked, Cancelled],
            Picked => &[InTransit, DroppingOff, Disposed],
            InTransit => &[DroppingOff, Disposed],
            DroppingOff => &[Delivered, OnHold, Disposed],
            OnHold => &[DroppingOff, ReturnInTransit],
            ReturnInTransit => &[Returned, Disposed],
            Delivered | Returned | Disposed | Cancelled => &[],
        }
    }

    /// What a courier writes beside it.
    pub const fn note(self) -> &'static str {
        match self {
            Confirmed => "Pesanan diterima, kurir akan menjemput",
            Picked => "Paket sudah dijemput dari pengirim",
            InTransit => "Paket dalam perjalanan ke kota tujuan",
            DroppingOff => "Kurir membawa paket ke alamat penerima",
            OnHold => "Penerima tidak di tempat",
            ReturnInTransit => "Paket dalam perjalanan kembali ke pengirim",
            Delivered => "Paket diterima",
            Returned => "Paket kembali ke pengirim",
            Disposed => "Paket hilang",
            Cancelled => "Penjemputan dibatalkan",
        }
    }
}

/// A parcel as it is booked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewParcel {
    pub reference: String,
    pub courier: String,
    pub service: String,
    pub description: String,
    pub weight_g: i32,
    pub cash: Option<i64>,
    pub from_postcode: Option<String>,
    pub to_postcode: Option<String>,
    pub notify_url: Option<String>,
    pub collection: ParcelCollection,
    /// Between these the courier comes; none where it comes as soon as it can, or does not come.
    pub pickup: Option<(OffsetDateTime, OffsetDateTime)>,
}

impl NewParcel {
    /// A waybill for it: whose courier it is, then chance.
    pub(crate) fn waybill(&self, ids: &dyn Ids) -> String {
        let whose: String = self
            .courier
            .split(['_', '-'])
            .filter_map(|word| word.chars().next())
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .take(3)
            .collect();
        format!("{whose:X<3}{:011}", ids.random() % 100_000_000_000)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parcel {
    pub id: ParcelId,
    pub reference: String,
    pub waybill: String,
    pub courier: String,
    pub service: String,
    pub description: String,
    pub weight_g: i32,
    pub cash: Option<i64>,
    pub from_postcode: Option<String>,
    pub to_postcode: Option<String>,
    pub notify_url: Option<String>,
    pub collection: ParcelCollection,
    pub pickup: Option<(OffsetDateTime, OffsetDateTime)>,
    pub state: ParcelState,
    pub travels: bool,
    pub created_at: OffsetDateTime,
    /// Grows with each change.
    pub version: i32,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParcelEvent {
    pub id: EventId,
    pub parcel: ParcelId,
    pub state: ParcelState,
    pub note: String,
    pub occurred_at: OffsetDateTime,
    pub delivered_at: Option<OffsetDateTime>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::ids::SequentialIds;

    #[test]
    fn every_parcel_can_come_to_an_end() {
        for state in ParcelState::ALL {
            let (mut at, mut steps) = (*state, 0);
            while let Some(next) = at.next().first() {
                (at, steps) = (*next, steps + 1);
                assert!(steps < 10, "{state} goes in circles");
            }
        }
    }

    #[test]
    fn a_waybill_says_whose_it_is() {
        let new = |courier: &str| NewParcel {
            reference: "1".to_owned(),
            courier: courier.to_owned(),
            service: "reg".to_owned(),
            description: String::new(),
            weight_g: 1,
            cash: None,
            from_postcode: None,
            to_postcode: None,
            notify_url: None,
            collection: ParcelCollection::Pickup,
            pickup: None,
        };
        let ids = SequentialIds::default();
        for (courier, start) in [("kirim_cepat", "KCX"), ("jne", "JXX"), ("", "XXX"), ("a_b_c_d", "ABC")] {
            let waybill = new(courier).waybill(&ids);
            assert!(waybill.starts_with(start) && waybill.len() == 14, "{waybill}");
        }
    }
}
