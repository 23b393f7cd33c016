//! Names of questions.

use crate::places::{GAMBIR, TEBET, between, parcel, piece, place};
use model::Money;
use shipping::{Parcel, QuoteKey};
use std::collections::HashSet;
use time::Duration;

#[test]
fn the_same_question_has_the_same_name_and_no_other() {
    let asked = |parcel: &Parcel| QuoteKey::of(parcel, "jne,sicepat");
    let one = parcel(GAMBIR, TEBET, 1_000);
    let later =
        Parcel::new(place(GAMBIR), place(TEBET), 1_000, Money::idr(100_000), one.at() + Duration::HOUR);
    assert_eq!(asked(&one), asked(&later.unwrap()));
    let worth = |value| Parcel::new(place(GAMBIR), place(TEBET), 1_000, Money::idr(value), one.at()).unwrap();
    let others = [
        parcel(TEBET, GAMBIR, 1_000),
        parcel(GAMBIR, TEBET, 1_001),
        between(place(GAMBIR), place(TEBET).with_postcode(None), 1_000),
        between(place(GAMBIR), place(TEBET).at(None), 1_000),
        worth(100_001),
        one.clone().with_pieces(vec![piece([300, 155, 40], 1)]).unwrap(),
        one.clone().with_pieces(vec![piece([300, 155, 40], 2)]).unwrap(),
        one.clone().on_preorder(3).unwrap(),
    ];
    let mut names: HashSet<_> = others.iter().map(asked).collect();
    names.extend([asked(&one), QuoteKey::of(&one, "jne")]);
    assert_eq!(names.len(), others.len() + 2);
}
