//! Who goes where.

use crate::places::{GAMBIR, TEBET, between, cities, place};
use model::{geo::Position, shipping::Service};
use shipping::{Island, NotAPlace, Place, Zone, quote};
use std::collections::HashMap;

fn services(from: &str, to: &str) -> Vec<&'static str> {
    let offers = quote(&between(place(from), place(to), 1_000));
    let mut services: Vec<_> = offers.iter().map(|offer| offer.key.service.as_str()).collect();
    services.sort_unstable();
    services.dedup();
    services
}

#[test]
fn zones_follow_from_the_codes_and_beyond_the_island_from_the_distance() {
    for (from, to, zone) in [
        (GAMBIR, "31.71.02", Zone::SameCity),
        (GAMBIR, "31.71", Zone::SameCity),
        (GAMBIR, TEBET, Zone::SameProvince),
        ("32.73.02", "32.76", Zone::SameProvince),
        (GAMBIR, "32.73.02", Zone::SameIsland),
        (GAMBIR, "35.78.01", Zone::SameIsland),
        ("51.71.01", "53.71", Zone::SameIsland),
        // Surabaya to Denpasar, Jakarta to Lampung, and to Denpasar.
        ("35.78.01", "51.71.01", Zone::Near),
        (GAMBIR, "18.71", Zone::Near),
        (GAMBIR, "51.71.01", Zone::Near),
        (GAMBIR, "12.71.01", Zone::Middle),
        (GAMBIR, "73.71.01", Zone::Middle),
        (GAMBIR, "81.71.01", Zone::Far),
        (GAMBIR, "91.71.01", Zone::Far),
        ("11.71", "91.71.01", Zone::Far),
    ] {
        assert_eq!(Zone::between(&place(from), &place(to)), zone, "{from} to {to}");
        assert_eq!(Zone::between(&place(to), &place(from)), zone, "{to} to {from}");
    }
}

#[test]
fn where_no_position_is_known_the_middle_of_the_island_stands_in() {
    let bare = |code| Place::new(code).unwrap();
    assert_eq!(Zone::between(&bare(GAMBIR), &bare("51.71.01")), Zone::Near);
    assert_eq!(Zone::between(&bare(GAMBIR), &bare("73.71.01")), Zone::Middle);
    assert_eq!(Zone::between(&bare(GAMBIR), &bare("91.71.01")), Zone::Far);
}

#[test]
fn every_city_is_reached_from_every_island() {
    let mut zones = HashMap::new();
    for from in [GAMBIR, "12.71.01", "51.71.01", "64.71.01", "73.71.01", "81.71.01", "91.71.01"] {
        for to in cities() {
            let offers = quote(&between(place(from), to.clone(), 1_000));
            for service in [Service::Regular, Service::Economy, Service::Cargo] {
                let goes = offers.iter().any(|offer| offer.key.service == service);
                assert!(goes, "{service} from {from} to {}", to.code());
            }
            *zones.entry(Zone::between(&place(from), to)).or_insert(0) += 1;
        }
    }
    assert_eq!(zones.values().sum::<usize>(), 7 * 514);
    assert_eq!(zones.len(), Zone::ALL.len(), "{zones:?}");
}

#[test]
fn fast_services_stay_near() {
    let everything = ["cargo", "economy", "instant", "next_day", "regular", "same_day"];
    assert_eq!(services(GAMBIR, TEBET), everything);
    // Depok lies in another province than Jakarta, but a ride away; Bandung and Surabaya do not.
    assert_eq!(services(GAMBIR, "32.76"), everything);
    assert_eq!(services(GAMBIR, "32.73.02"), ["cargo", "economy", "next_day", "regular"]);
    assert_eq!(services(GAMBIR, "35.78.01"), ["cargo", "economy", "next_day", "regular"]);
    assert_eq!(services(GAMBIR, "51.71.01"), ["cargo", "economy", "regular"]);
    // From one end of Sumatra to the other the next day is too soon, and so it is across Papua.
    assert_eq!(services("12.71.01", "16.71"), ["cargo", "economy", "regular"]);
    assert_eq!(services("91.71.01", "91.06"), ["cargo", "economy", "regular"]);
}

#[test]
fn riders_do_not_cross_the_sea() {
    let fast = |from: &str, to: &str| {
        let services = services(from, to);
        services.contains(&"same_day") || services.contains(&"instant")
    };
    let at =
        |code, latitude, longitude| Place::new(code).unwrap().at(Some(Position::new(latitude, longitude)));
    let rides = |from: Place, to: Place| {
        quote(&between(from, to, 1_000)).iter().any(|offer| offer.key.service == Service::SameDay)
    };
    // Ketapang and Gilimanuk look at each other across the strait between Java and Bali.
    assert!(!rides(at("35.10", -8.14, 114.40), at("51.01", -8.16, 114.44)));
    // So do Batam and Tanjung Pinang, in one province.
    assert!(!rides(at("21.71", 1.05, 104.10), at("21.72", 1.06, 104.30)));
    assert!(fast("21.71.01", "21.71.02"));
    // The ends of a large regency are too far from each other.
    assert!(!rides(at("64.02", 0.0, 116.0), at("64.02", 1.0, 117.0)));
}

#[test]
fn without_positions_a_ride_is_taken_to_be_fifteen_kilometres_within_the_city() {
    let bare = |code| Place::new(code).unwrap();
    let instant = |from, to| {
        let offers = quote(&between(from, to, 1_000));
        offers.iter().find(|offer| offer.key.service == Service::Instant).map(|offer| offer.fee.amount())
    };
    assert_eq!(instant(bare(GAMBIR), bare("31.71.02")), Some(17_000 + 10 * 2_500));
    assert_eq!(instant(bare(GAMBIR), place("31.71.02")), Some(17_000 + 10 * 2_500));
    assert_eq!(instant(bare(GAMBIR), bare(TEBET)), None);
}

#[test]
fn only_codes_of_cities_and_districts_are_places() {
    for code in
        ["", "31", "31.7", "31.71.1", "31.71.01.1001", "20.01", "97.01", "3171", "31,71", "ab.cd", "٣١.٧١"]
    {
        assert_eq!(Place::new(code).unwrap_err(), NotAPlace, "{code}");
    }
    let place = Place::new("94.01.02").unwrap();
    assert_eq!((place.city(), place.province(), place.island()), ("94.01", "94", Island::Papua));
    assert!(Place::new("31.71").unwrap().at(Some(Position::new(f64::NAN, 106.8))).position().is_none());
    assert!(Place::new("31.71").unwrap().with_postcode(Some("1234x")).postcode().is_none());
}
