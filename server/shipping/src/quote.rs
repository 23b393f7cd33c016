//! The offers of the built-in couriers.

use crate::{
    Arrival, Offer, Parcel, Zone,
    couriers::TARIFFS,
    offer::{self},
    tariff::Tariff,
};
use model::{
    Money,
    shipping::{Handover, OfferKey},
};

/// Insurance is 20 basis points of the goods' value, rounded up to Rp 100, and at least Rp 500.
const INSURANCE_BP: i128 = 20;
const INSURANCE_STEP: i64 = 100;
const LEAST_INSURANCE: i64 = 500;

/// Riders do not carry more than this in cash.
const MOST_COD: i64 = 5_000_000;

/// At a counter a parcel is so much cheaper; what weighs more than this does not go over one.
const PICKUP_DISCOUNT: i64 = 2_000;
const MOST_PICKUP_G: i64 = 10_000;

/// What the built-in couriers would take the parcel for, the cheapest first. The same parcel always has the same
/// offers, and their fees do not depend on when it is asked.
pub fn quote(parcel: &Parcel) -> Vec<Offer> {
    let zone = Zone::between(parcel.from(), parcel.to());
    let mut offers: Vec<_> = TARIFFS.iter().flat_map(|tariff| of(tariff, parcel, zone)).collect();
    offer::sort(&mut offers);
    offers
}

/// To the door, and to a pick-up point where there is one.
fn of(tariff: &Tariff, parcel: &Parcel, zone: Zone) -> Vec<Offer> {
    let Some(fee) = tariff.fee(parcel, zone) else { return Vec::new() };
    let days = tariff.days[zone as usize];
    let chargeable_g = parcel.chargeable_g(tariff.weight.divisor);
    let offer = |handover, fee, cod| Offer {
        key: OfferKey { courier: tariff.courier.into(), service: tariff.service, handover },
        courier_name: tariff.courier.brand().to_owned(),
        service_code: None,
        fee: Money::idr(fee),
        insurance: insurance(parcel.value()),
        arrives: Arrival::of(parcel.at(), parcel.preorder_days(), tariff.hours, days),
        chargeable_g,
        cod,
    };
    let cod = tariff.cod && parcel.value().amount() <= MOST_COD;
    let mut offers = vec![offer(Handover::Door, fee, cod)];
    if tariff.pickup && chargeable_g <= MOST_PICKUP_G && parcel.has_pickup(tariff.courier) {
        offers.push(offer(Handover::PickupPoint, (fee - PICKUP_DISCOUNT).max(0), false));
    }
    offers
}

/// What insuring goods of this value costs; what is worth nothing is not insured.
fn insurance(value: Money) -> Option<Money> {
    if value.amount() <= 0 {
        return None;
    }
    let share = (i128::from(value.amount()) * INSURANCE_BP + 9_999) / 10_000;
    let step = i128::from(INSURANCE_STEP);
    let rounded = i64::try_from((share + step - 1) / step * step).ok()?;
    Some(Money::new(rounded.max(LEAST_INSURANCE), value.currency()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insurance_is_a_fifth_of_a_percent_in_whole_hundreds() {
        for (value, fee) in [
            (0, None),
            (1, Some(500)),
            (250_000, Some(500)),
            (250_001, Some(600)),
            (300_000, Some(600)),
            (1_000_000, Some(2_000)),
            (1_000_001, Some(2_100)),
            (7_500_000_000, Some(15_000_000)),
        ] {
            assert_eq!(insurance(Money::idr(value)), fee.map(Money::idr), "{value}");
        }
        assert!(insurance(Money::idr(i64::MAX)).is_some());
    }
}
