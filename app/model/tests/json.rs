//! What `model::json` reads, against what `serde_json` writes.

use model::json::{Unreadable, read};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Everything {
    flag: bool,
    small: u8,
    large: i64,
    unsigned: u64,
    part: f64,
    text: String,
    letter: char,
    none: Option<String>,
    list: Vec<Kind>,
    pair: (u16, String),
    map: BTreeMap<String, i32>,
    nothing: (),
    wrapped: Wrapped,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Wrapped(u32);

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    One(i32),
    Two(bool, String),
    Named { a: u8, b: Option<i64> },
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Plain),
        any::<i32>().prop_map(Kind::One),
        any::<(bool, String)>().prop_map(|(flag, text)| Kind::Two(flag, text)),
        any::<(u8, Option<i64>)>().prop_map(|(a, b)| Kind::Named { a, b }),
    ]
}

proptest! {
    #[test]
    fn what_serde_json_wrote_is_read(
        (flag, small, large, unsigned, text, letter) in any::<(bool, u8, i64, u64, String, char)>(),
        part in -1e9..1e9,
        none in any::<Option<String>>(),
        list in proptest::collection::vec(kinds(), 0..5),
        map in proptest::collection::btree_map(any::<String>(), any::<i32>(), 0..4),
    ) {
        let pair = (u16::from(small), text.clone());
        let wrapped = Wrapped(small.into());
        let value =
            Everything { flag, small, large, unsigned, part, text, letter, none, list, pair, map, nothing: (), wrapped };
        let plain = serde_json::to_vec(&value).unwrap();
        prop_assert_eq!(&read::<Everything>(&plain).unwrap(), &value);
        let spaced = serde_json::to_vec_pretty(&value).unwrap();
        prop_assert_eq!(read::<Everything>(&spaced).unwrap(), value);
    }

    #[test]
    fn nothing_that_is_sent_breaks_it(bytes in any::<Vec<u8>>(), text in "[\\[\\]{}\",:0-9a-z\\\\ -]{0,40}") {
        drop(read::<Everything>(&bytes));
        drop(read::<Vec<Kind>>(text.as_bytes()));
        drop(read::<Vec<String>>(text.as_bytes()));
    }
}

#[test]
fn escapes_are_undone() {
    let written = br#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 \u2014""#;
    assert_eq!(read::<String>(written).unwrap(), "a\"\\/\u{8}\u{c}\n\r\té😀 —");
}

#[test]
fn what_is_not_known_is_passed_over_and_what_may_be_missing_is() {
    #[derive(PartialEq, Debug, Deserialize)]
    struct Some {
        a: u8,
        b: Option<u8>,
    }
    let written = br#"{"z":[1,{"y":"]}\""},null,-2.5e3],"a":1,"x":true}"#;
    assert_eq!(read::<Some>(written).unwrap(), Some { a: 1, b: None });
}

#[test]
fn what_is_broken_is_refused() {
    for written in ["", "{", "[1,]", "[1 2]", "\"", "\"\\u12\"", "\"\\ud800\"", "1 2", "tru", "[1", "\"\\"] {
        assert_eq!(read::<Vec<u8>>(written.as_bytes()), Err(Unreadable), "{written}");
        assert_eq!(read::<String>(written.as_bytes()), Err(Unreadable), "{written}");
    }
    assert_eq!(read::<u8>(b"300"), Err(Unreadable));
}
