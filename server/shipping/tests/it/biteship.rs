//! Asking the aggregator.

use crate::{
    aggregator::{Aggregator, Manner},
    places::{FRIDAY, GAMBIR, TEBET, between, parcel, piece, place},
};
use model::Money;
use serde_json::{Value, json};
use shipping::{
    Biteship, BiteshipSettings, BuiltIn, Carrier, CarrierError, Parcel, Place, SetUpError, quote,
};
use std::time::Duration;
use time::macros::date;

fn settings(url: &str) -> BiteshipSettings {
    let couriers = vec!["satu".to_owned(), "dua".to_owned()];
    BiteshipSettings {
        url: url.to_owned(),
        ..BiteshipSettings::new("biteship_test.s3cret".to_owned(), couriers)
    }
}

fn biteship(url: &str) -> Biteship {
    Biteship::new(settings(url)).unwrap()
}

fn rate(courier: &str, code: &str, kind: &str, unit: &str, price: i64) -> Value {
    json!({
        "available_collection_method": ["pickup"], "available_for_cash_on_delivery": true,
        "available_for_insurance": true, "company": courier, "courier_name": courier.to_uppercase(),
        "courier_code": courier, "courier_service_name": code.to_uppercase(), "courier_service_code": code,
        "currency": "IDR", "description": "Layanan", "duration": format!("1 - 3 {unit}"),
        "shipment_duration_range": "1 - 3", "shipment_duration_unit": unit, "service_type": kind,
        "shipping_type": "parcel", "shipping_fee": price - 500, "insurance_fee": 500, "price": price,
        "tax_lines": [], "type": code,
    })
}

fn pricing(rates: &[Value]) -> Manner {
    let answer = json!({
        "success": true, "object": "courier_pricing", "message": "Success to retrieve courier pricing",
        "code": 20_001_003, "origin": {"postal_code": 10110}, "stops": [], "pricing": rates,
    });
    Manner::Says(200, answer.to_string())
}

fn refusal(status: u16, code: i64) -> Manner {
    Manner::Says(status, json!({"success": false, "error": "No", "code": code}).to_string())
}

#[tokio::test]
async fn the_question_has_the_form_the_aggregator_documents() {
    let aggregator = Aggregator::start(pricing(&[])).await;
    let pieces = vec![piece([300, 155, 40], 1), piece([300, 155, 40], 3)];
    let parcel = parcel(GAMBIR, TEBET, 1_250).with_pieces(pieces).unwrap();
    assert_eq!(biteship(&aggregator.url).offers(&parcel).await, Ok(vec![]));
    let asked = aggregator.asked();
    let [asked] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(asked.line, "POST /v1/rates/couriers HTTP/1.1");
    assert_eq!(asked.header("authorization"), Some("biteship_test.s3cret"));
    assert_eq!(asked.header("content-type"), Some("application/json"));
    let expected = json!({
        "origin_postal_code": 10110, "origin_latitude": -6.17134, "origin_longitude": 106.82374,
        "destination_postal_code": 12810, "destination_latitude": -6.23186, "destination_longitude": 106.84734,
        "couriers": "satu,dua", "courier_insurance": 100_000,
        "items": [{"name": "Paket", "value": 100_000, "weight": 1_250, "quantity": 1,
            "length": 30, "width": 16, "height": 16}],
    });
    assert_eq!(asked.body, expected);
}

#[tokio::test]
async fn what_is_not_known_is_not_sent() {
    let aggregator = Aggregator::start(pricing(&[])).await;
    let from = Place::new(GAMBIR).unwrap().with_postcode(Some("10110"));
    let to = Place::new(TEBET).unwrap().at(place(TEBET).position());
    let parcel = Parcel::new(from, to, 1, Money::idr(0), FRIDAY).unwrap();
    assert_eq!(biteship(&aggregator.url).offers(&parcel).await, Ok(vec![]));
    let expected = json!({
        "origin_postal_code": 10110, "destination_latitude": -6.23186, "destination_longitude": 106.84734,
        "couriers": "satu,dua", "items": [{"name": "Paket", "value": 0, "weight": 1, "quantity": 1}],
    });
    assert_eq!(aggregator.asked()[0].body, expected);
}

#[tokio::test]
async fn rates_become_offers_the_cheapest_first() {
    let mut freight = rate("satu", "trk", "standard", "days", 90_500);
    freight["shipping_type"] = json!("freight");
    freight["available_for_insurance"] = json!(false);
    freight["insurance_fee"] = json!(0);
    let rates = [
        freight,
        rate("dua", "instant", "same_day", "hours", 31_500),
        rate("satu", "reg", "standard", "days", 12_500),
        // The same to us as the one before, but dearer.
        rate("satu", "ctc", "standard", "days", 13_500),
        rate("dua", "sameday", "same_day", "Hours", 21_500),
        rate("dua", "yes", "overnight", "days", 21_500),
        rate("DUA", "oke", "economy", "days", 9_500),
    ];
    let aggregator = Aggregator::start(pricing(&rates)).await;
    let offers = biteship(&aggregator.url).offers(&parcel(GAMBIR, TEBET, 1_000)).await.unwrap();
    let read: Vec<_> = offers
        .iter()
        .map(|o| (o.key.to_string(), o.service_code.as_deref().unwrap(), o.fee.amount(), o.arrives.until))
        .collect();
    let (friday, tuesday) = (date!(2026 - 11 - 20), date!(2026 - 11 - 24));
    assert_eq!(
        read,
        [
            ("dua.economy.door".to_owned(), "oke", 9_000, tuesday),
            ("satu.regular.door".to_owned(), "reg", 12_000, tuesday),
            ("dua.same_day.door".to_owned(), "sameday", 21_000, friday),
            ("dua.next_day.door".to_owned(), "yes", 21_000, tuesday),
            ("dua.instant.door".to_owned(), "instant", 31_000, friday),
            ("satu.cargo.door".to_owned(), "trk", 90_500, tuesday),
        ]
    );
    assert_eq!(offers[1].insurance, Some(Money::idr(500)));
    assert_eq!(offers[5].insurance, None);
    assert!(offers[1].cod);
}

#[tokio::test]
async fn a_rate_that_cannot_be_read_does_not_take_the_others_with_it() {
    let good = rate("satu", "reg", "standard", "days", 12_500);
    let with = |field: &str, value: Value| {
        let mut rate = good.clone();
        rate[field] = value;
        rate
    };
    let bad = [
        json!({"courier_code": "dua"}),
        with("price", json!(12_500.5)),
        with("price", json!(-1)),
        with("price", json!(400)),
        with("currency", json!("USD")),
        with("courier_code", json!("../etc")),
    ];
    let mut rates = bad.to_vec();
    rates.push(good.clone());
    let parcel = parcel(GAMBIR, TEBET, 1_000);
    let some = Aggregator::start(pricing(&rates)).await;
    assert_eq!(biteship(&some.url).offers(&parcel).await.unwrap().len(), 1);
    let none = Aggregator::start(pricing(&bad)).await;
    assert_eq!(biteship(&none.url).offers(&parcel).await, Err(CarrierError::Unreadable));
}

#[tokio::test]
async fn every_failure_has_its_name() {
    let unsuccessful = json!({"success": false, "pricing": []}).to_string();
    let refused = |status, code| CarrierError::Refused { status, code: Some(code) };
    for (manner, expected) in [
        (refusal(400, 40_001_010), Ok(vec![])),
        (refusal(400, 40_001_001), Err(refused(400, 40_001_001))),
        (refusal(422, 40_001_002), Err(refused(422, 40_001_002))),
        (refusal(400, 40_000_001), Err(CarrierError::Unauthorised)),
        (refusal(401, 40_101_001), Err(CarrierError::Unauthorised)),
        (refusal(403, 40_301_001), Err(CarrierError::Unauthorised)),
        (refusal(429, 0), Err(CarrierError::Throttled)),
        (Manner::Says(404, "<html>".to_owned()), Err(CarrierError::Refused { status: 404, code: None })),
        (Manner::Says(302, String::new()), Err(CarrierError::Broken { status: 302 })),
        (Manner::Says(503, String::new()), Err(CarrierError::Broken { status: 503 })),
        (Manner::Says(200, "<html>".to_owned()), Err(CarrierError::Unreadable)),
        (Manner::Says(200, unsuccessful), Err(CarrierError::Unreadable)),
        (Manner::Says(200, " ".repeat(2 << 20)), Err(CarrierError::Unreadable)),
        (Manner::HangsUp, Err(CarrierError::Unreachable)),
    ] {
        let aggregator = Aggregator::start(manner).await;
        let offers = biteship(&aggregator.url).offers(&parcel(GAMBIR, TEBET, 1_000)).await;
        assert_eq!(offers, expected);
        assert_eq!(aggregator.asked().len(), 1, "nothing is asked twice");
    }
}

#[tokio::test]
async fn nobody_waits_longer_than_was_agreed() {
    let aggregator = Aggregator::start(Manner::Sleeps).await;
    let settings = BiteshipSettings { to_answer: Duration::from_millis(50), ..settings(&aggregator.url) };
    let offers = Biteship::new(settings).unwrap().offers(&parcel(GAMBIR, TEBET, 1_000)).await;
    assert_eq!(offers, Err(CarrierError::TimedOut));
    assert!(CarrierError::TimedOut.is_passing() && !CarrierError::Unauthorised.is_passing());
}

#[tokio::test]
async fn an_aggregator_is_not_asked_about_places_it_could_not_find() {
    let aggregator = Aggregator::start(pricing(&[])).await;
    let parcel = between(Place::new(GAMBIR).unwrap(), place(TEBET), 1_000);
    assert_eq!(biteship(&aggregator.url).offers(&parcel).await, Err(CarrierError::PlaceUnknown));
    assert_eq!(aggregator.asked().len(), 0);
}

#[tokio::test]
async fn the_built_in_tables_answer_like_a_carrier() {
    let carriers: Vec<Box<dyn Carrier>> = vec![Box::new(BuiltIn)];
    let parcel = parcel(GAMBIR, TEBET, 1_000);
    assert_eq!(carriers[0].offers(&parcel).await, Ok(quote(&parcel)));
}

#[test]
fn the_key_is_not_printed_and_has_to_fit_into_a_header() {
    assert!(!format!("{:?}", settings("http://127.0.0.1:1")).contains("s3cret"));
    let settings = BiteshipSettings { key: "two\nlines".to_owned(), ..settings("http://127.0.0.1:1") };
    assert!(matches!(Biteship::new(settings), Err(SetUpError::Key)));
}
