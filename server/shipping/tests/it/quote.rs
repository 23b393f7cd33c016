//! What sending costs.

use crate::places::{FRIDAY, GAMBIR, TEBET, between, parcel, piece, place};
use model::{
    Currency, Money,
    shipping::{Courier, Handover, OfferKey, Service},
};
use proptest::prelude::*;
use shipping::{ConfirmError, Offer, Parcel, ParcelError, Place, Zone, confirm, quote, subsidy};
use std::collections::HashSet;
use time::{Duration, macros::date};

fn key(courier: Courier, service: Service) -> OfferKey {
    OfferKey { courier: courier.into(), service, handover: Handover::Door }
}

fn fee_of(offers: &[Offer], courier: Courier, service: Service) -> Option<i64> {
    let key = key(courier, service);
    offers.iter().find(|offer| offer.key == key).map(|offer| offer.fee.amount())
}

#[test]
fn weights_are_charged_as_the_table_of_the_service_says() {
    use Courier::{AntarNusa, KirimCepat};
    for (grams, regular, economy, cargo) in [
        (1, Some(9_000), Some(6_000), Some(25_000)),
        (1_000, Some(9_000), Some(6_000), Some(25_000)),
        (1_300, Some(9_000), Some(6_000), Some(25_000)),
        (1_301, Some(18_000), Some(12_000), Some(25_000)),
        (20_000, Some(180_000), Some(120_000), Some(50_000)),
        (30_000, Some(270_000), Some(180_000), Some(75_000)),
        (30_001, Some(270_000), None, Some(77_500)),
        (50_001, None, None, Some(127_500)),
        (1_000_001, None, None, None),
    ] {
        let offers = quote(&parcel(GAMBIR, "31.71.02", grams));
        assert_eq!(fee_of(&offers, KirimCepat, Service::Regular), regular, "{grams} g");
        assert_eq!(fee_of(&offers, AntarNusa, Service::Economy), economy, "{grams} g");
        assert_eq!(fee_of(&offers, AntarNusa, Service::Cargo), cargo, "{grams} g");
    }
}

#[test]
fn what_is_light_but_large_is_charged_by_its_volume() {
    let courier = |pieces| {
        let parcel = parcel(GAMBIR, TEBET, 500).with_pieces(pieces).unwrap();
        let offers = quote(&parcel);
        let of = |service| offers.iter().find(|o| o.key == key(Courier::AntarNusa, service)).unwrap();
        (of(Service::Regular).chargeable_g, of(Service::Cargo).chargeable_g)
    };
    for (pieces, by_6000, by_4000) in [
        (vec![], 500, 500),
        // A litre and a half is a quarter of a kilogram; by lorry a little more, but still less than it weighs.
        (vec![piece([100, 100, 150], 1)], 500, 500),
        (vec![piece([300, 300, 400], 1)], 6_000, 9_000),
        (vec![piece([300, 300, 400], 2)], 12_000, 18_000),
        (vec![piece([300, 300, 400], 1), piece([100, 100, 100], 3)], 6_500, 9_750),
        // A started gram counts.
        (vec![piece([1, 1, 3_000_001], 1)], 501, 751),
    ] {
        assert_eq!(courier(pieces.clone()), (by_6000, by_4000), "{pieces:?}");
    }
    let huge = parcel(GAMBIR, TEBET, 1).with_pieces(vec![piece([i32::MAX; 3], i32::MAX); 9]).unwrap();
    assert_eq!(quote(&huge), []);
}

#[test]
fn a_ride_is_charged_by_whole_kilometres() {
    let (gambir, tebet) = (place(GAMBIR), place(TEBET));
    let km = gambir.km_to(&tebet).unwrap();
    assert_eq!((km, tebet.km_to(&gambir)), (8, Some(8)));
    let fees = |grams| {
        let offers = quote(&between(gambir.clone(), tebet.clone(), grams));
        (
            fee_of(&offers, Courier::GesitKota, Service::Instant),
            fee_of(&offers, Courier::GesitKota, Service::SameDay),
        )
    };
    assert_eq!(fees(1_000), (Some(17_000 + 3 * 2_500), Some(14_000)));
    assert_eq!(fees(6_001), (Some(17_000 + 3 * 2_500), Some(14_000 + 2 * 1_500)));
    assert_eq!(fees(20_001), (None, None));
}

#[test]
fn a_parcel_for_a_pick_up_point_is_cheaper_where_its_courier_has_one() {
    let at_point = |offers: &[Offer]| -> Vec<OfferKey> {
        offers.iter().map(|o| o.key.clone()).filter(|key| key.handover == Handover::PickupPoint).collect()
    };
    assert_eq!(at_point(&quote(&parcel(GAMBIR, TEBET, 1_000))), []);

    let offers = quote(&parcel(GAMBIR, TEBET, 1_000).with_pickup(vec![Courier::KirimCepat]));
    let keys = at_point(&offers);
    let [key] = &keys[..] else { panic!("{keys:?}") };
    assert_eq!(key.to_string(), "kirim_cepat.regular.pickup_point");
    let of = |handover| {
        let key = OfferKey { handover, ..key.clone() };
        offers.iter().find(|offer| offer.key == key).unwrap()
    };
    let (door, point) = (of(Handover::Door), of(Handover::PickupPoint));
    assert_eq!(door.fee.minus(point.fee), Ok(Money::idr(2_000)));
    assert!(door.cod && !point.cod);

    let heavy = parcel(GAMBIR, TEBET, 10_001).with_pickup(Courier::ALL.to_vec());
    assert_eq!(at_point(&quote(&heavy)), []);
}

#[test]
fn riders_carry_no_more_cash_than_five_million() {
    let cod = |value| {
        let parcel = Parcel::new(place(GAMBIR), place(TEBET), 1, Money::idr(value), FRIDAY).unwrap();
        quote(&parcel).iter().find(|o| o.key == key(Courier::KirimCepat, Service::Regular)).unwrap().cod
    };
    assert!(cod(5_000_000));
    assert!(!cod(5_000_001));
}

#[test]
fn the_days_of_arrival_follow_from_cut_off_pre_order_and_sundays() {
    let arrives = |service, hours: i64, preorder| {
        let at = FRIDAY + Duration::hours(hours);
        let parcel = Parcel::new(place(GAMBIR), place(TEBET), 1, Money::idr(1), at).unwrap();
        let offers = quote(&parcel.on_preorder(preorder).unwrap());
        let arrives = offers.into_iter().find(|offer| offer.key.service == service).unwrap().arrives;
        (arrives.from, arrives.until)
    };
    let day = |day| date!(2026 - 11 - 01).replace_day(day).unwrap();
    for (service, hours, preorder, from, until) in [
        // 10:00 on Friday the 20th, and 14:00 that day, at which the next day's service is closed.
        (Service::NextDay, 0, 0, 21, 21),
        (Service::NextDay, 4, 0, 23, 23),
        (Service::NextDay, 24, 0, 23, 23),
        (Service::SameDay, 0, 0, 20, 20),
        (Service::SameDay, 3, 0, 21, 21),
        (Service::SameDay, 48, 0, 22, 22),
        (Service::Instant, 9, 0, 20, 20),
        (Service::Instant, 10, 0, 21, 21),
        (Service::NextDay, 4, 3, 24, 24),
        (Service::Instant, 10, 7, 27, 27),
        (Service::Economy, 0, 0, 24, 27),
    ] {
        assert_eq!(
            arrives(service, hours, preorder),
            (day(from), day(until)),
            "{service} {hours} h later, {preorder} days of pre-order"
        );
    }
}

#[test]
fn what_was_chosen_is_held_against_what_is_offered_now() {
    let offers = quote(&parcel(GAMBIR, TEBET, 1_000));
    let chosen = key(Courier::KirimCepat, Service::Regular);
    let shown = Money::idr(11_000);
    assert_eq!(confirm(&offers, &chosen, shown).map(|offer| offer.fee), Ok(shown));
    let heavier = quote(&parcel(GAMBIR, TEBET, 1_301));
    assert_eq!(
        confirm(&heavier, &chosen, shown).unwrap_err(),
        ConfirmError::FeeMoved { now: Money::idr(22_000) }
    );
    let too_heavy = quote(&parcel(GAMBIR, TEBET, 60_000));
    assert_eq!(confirm(&too_heavy, &chosen, shown).unwrap_err(), ConfirmError::Gone);
}

#[test]
fn free_shipping_takes_over_the_fee_up_to_its_cap() {
    for (fee, cap, free) in [(9_000, 20_000, 9_000), (32_000, 20_000, 20_000), (0, 20_000, 0)] {
        assert_eq!(subsidy(Money::idr(fee), Money::idr(cap)), Ok(Money::idr(free)));
    }
    assert!(subsidy(Money::idr(1), Money::new(1, Currency::Usd)).is_err());
}

#[test]
fn what_cannot_be_sent_is_no_parcel() {
    let new = |grams, value| Parcel::new(place(GAMBIR), place(TEBET), grams, value, FRIDAY);
    assert_eq!(new(0, Money::idr(1)).unwrap_err(), ParcelError::Weight);
    assert_eq!(new(1, Money::idr(-1)).unwrap_err(), ParcelError::Value);
    assert_eq!(new(1, Money::new(1, Currency::Usd)).unwrap_err(), ParcelError::Value);
    let parcel = || new(1, Money::idr(0)).unwrap();
    assert_eq!(parcel().with_pieces(vec![piece([1, 0, 1], 1)]).unwrap_err(), ParcelError::Side);
    assert_eq!(parcel().on_preorder(91).unwrap_err(), ParcelError::Preorder);
    assert!(quote(&parcel()).iter().all(|offer| offer.insurance.is_none()));
}

/// One place in each kind of zone seen from the middle of Jakarta.
fn somewhere() -> impl Strategy<Value = Place> {
    proptest::sample::select(vec![
        GAMBIR, "31.71.02", TEBET, "32.73.02", "35.78.01", "51.71.01", "12.71.01", "73.71.01", "81.71.01",
        "91.71.01",
    ])
    .prop_map(place)
}

proptest! {
    #[test]
    fn a_heavier_parcel_is_never_cheaper(
        from in somewhere(), to in somewhere(), light in 1i64..60_000, more in 0i64..60_000,
    ) {
        let lighter = quote(&between(from.clone(), to.clone(), light));
        for offer in quote(&between(from, to, light + more)) {
            let before = lighter.iter().find(|it| it.key == offer.key);
            prop_assert!(before.is_some_and(|it| it.fee.amount() <= offer.fee.amount()), "{offer:?}");
        }
    }

    #[test]
    fn offers_are_in_order_each_once_and_never_below_nothing(
        from in somewhere(), to in somewhere(), grams in 1i64..3_000_000, value in 0i64..1 << 50,
    ) {
        let zone = Zone::between(&from, &to);
        let parcel = Parcel::new(from, to, grams, Money::idr(value), FRIDAY).unwrap()
            .with_pickup(Courier::ALL.to_vec());
        let offers = quote(&parcel);
        prop_assert_eq!(&offers, &quote(&parcel));
        prop_assert!(offers.is_sorted_by_key(|offer| offer.fee.amount()));
        prop_assert!(offers.iter().all(|offer| offer.fee.amount() > 0), "{zone}");
        prop_assert!(offers.iter().all(|offer| offer.chargeable_g >= grams));
        prop_assert!(offers.iter().all(|offer| offer.arrives.from <= offer.arrives.until));
        let keys: HashSet<_> = offers.iter().map(|offer| &offer.key).collect();
        prop_assert_eq!(keys.len(), offers.len());
    }

    #[test]
    fn no_fee_depends_on_when_it_is_asked(
        from in somewhere(), to in somewhere(), minutes in 0i64..1_000_000, preorder in 0u16..=90,
    ) {
        let fees = |at, preorder| {
            let parcel = Parcel::new(from.clone(), to.clone(), 1_500, Money::idr(1), at).unwrap();
            let mut fees: Vec<_> = quote(&parcel.on_preorder(preorder).unwrap())
                .into_iter()
                .map(|offer| (offer.key.to_string(), offer.fee.amount()))
                .collect();
            fees.sort();
            fees
        };
        prop_assert_eq!(fees(FRIDAY, 0), fees(FRIDAY + Duration::minutes(minutes), preorder));
    }
}
