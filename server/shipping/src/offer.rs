//! What a courier offers.

use crate::Arrival;
use model::{
    Money, MoneyError,
    shipping::{CourierCode, OfferKey},
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// A way to send a parcel: what it costs, and when it arrives.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Offer {
    pub key: OfferKey,
    pub courier_name: String,
    /// What an aggregator calls the service, for booking it; the built-in couriers have none.
    pub service_code: Option<String>,
    pub fee: Money,
    /// What insuring the goods costs on top; nothing where that is not possible.
    pub insurance: Option<Money>,
    pub arrives: Arrival,
    /// The weight it is charged by before that is rounded, in grams.
    pub chargeable_g: i64,
    /// Cash is taken on delivery.
    pub cod: bool,
}

impl Offer {
    pub const fn courier(&self) -> &CourierCode {
        &self.key.courier
    }
}

/// The cheapest first; of two at the same fee the one that is there sooner.
pub(crate) fn sort(offers: &mut [Offer]) {
    fn by(a: &Offer, b: &Offer) -> Ordering {
        let key = |o: &Offer| (o.fee.amount(), o.arrives.until, o.arrives.from);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.key.courier.cmp(&b.key.courier))
            .then_with(|| a.key.service.as_str().cmp(b.key.service.as_str()))
            .then_with(|| a.key.handover.as_str().cmp(b.key.handover.as_str()))
    }
    offers.sort_by(by);
}

/// Why an offer is not what it was when it was shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ConfirmError {
    /// Nobody offers this any more, or not for this parcel.
    #[error("this way to send it is not offered")]
    Gone,
    #[error("it costs {now} now")]
    FeeMoved { now: Money },
}

/// The offer a shopper chose, provided it still costs what they were shown.
pub fn confirm<'a>(offers: &'a [Offer], chosen: &OfferKey, shown: Money) -> Result<&'a Offer, ConfirmError> {
    let offer = offers.iter().find(|offer| offer.key == *chosen).ok_or(ConfirmError::Gone)?;
    if offer.fee == shown { Ok(offer) } else { Err(ConfirmError::FeeMoved { now: offer.fee }) }
}

/// How much of a fee free shipping takes over that is granted up to a cap.
pub fn subsidy(fee: Money, cap: Money) -> Result<Money, MoneyError> {
    if fee.currency() != cap.currency() {
        return Err(MoneyError::CurrencyMismatch(fee.currency(), cap.currency()));
    }
    Ok(Money::new(fee.amount().min(cap.amount()).max(0), fee.currency()))
}
