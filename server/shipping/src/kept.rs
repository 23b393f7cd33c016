//! What somebody outside said they take for a parcel, kept for a while.

use crate::{Offer, Parcel, Place};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

/// Names a question: parcels about which the same is asked have the same one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QuoteKey([u8; 32]);

impl QuoteKey {
    /// Of all that an answer depends on; `couriers` are those who are asked.
    pub fn of(parcel: &Parcel, couriers: &str) -> Self {
        let place = |place: &Place| {
            (place.position().map(|at| (at.latitude, at.longitude)), place.postcode().map(str::to_owned))
        };
        let question = (
            place(parcel.from()),
            place(parcel.to()),
            (parcel.weight_g(), parcel.volume_mm3(), parcel.box_cm()),
            (parcel.value().amount(), parcel.preorder_days(), couriers),
        );
        Self(Sha256::digest(format!("{question:?}")).into())
    }

    pub(crate) const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// An answer, or that there was none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptQuote {
    /// Empty where nobody goes; none where nobody answered.
    pub offers: Option<Vec<Offer>>,
    pub good_until: OffsetDateTime,
}
