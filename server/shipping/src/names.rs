//! What people call couriers.

use model::shipping::Courier;

/// Those of the aggregator, by its code for each: <https://biteship.com/en/docs/api/couriers/overview>.
const OUTSIDE: &[(&str, &str)] = &[
    ("anteraja", "AnterAja"),
    ("borzo", "Borzo"),
    ("deliveree", "Deliveree"),
    ("gojek", "GoSend"),
    ("grab", "GrabExpress"),
    ("idexpress", "ID Express"),
    ("jne", "JNE"),
    ("jnt", "J&T"),
    ("lalamove", "Lalamove"),
    ("lion", "Lion Parcel"),
    ("ninja", "Ninja Xpress"),
    ("paxel", "Paxel"),
    ("pos", "POS Indonesia"),
    ("rara", "RARA Delivery"),
    ("rpx", "RPX"),
    ("sap", "SAP Express"),
    ("sentral", "Sentral Cargo"),
    ("sicepat", "SiCepat"),
    ("tiki", "TIKI"),
];

/// By its code; one nobody here knows is called by that, in capitals.
pub fn courier_name(code: &str) -> String {
    if let Some(own) = Courier::from_name(code) {
        return own.brand().to_owned();
    }
    match OUTSIDE.binary_search_by_key(&code, |(code, _)| *code) {
        Ok(place) => OUTSIDE.get(place).map(|(_, name)| (*name).to_owned()),
        Err(_) => None,
    }
    .unwrap_or_else(|| code.replace(['_', '-'], " ").to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn couriers_are_called_by_their_names() {
        for (code, name) in [
            ("jne", "JNE"),
            ("sicepat", "SiCepat"),
            ("kirim_cepat", "Kirim Cepat"),
            ("kurir_baru", "KURIR BARU"),
        ] {
            assert_eq!(courier_name(code), name);
        }
        assert!(OUTSIDE.is_sorted_by_key(|(code, _)| *code), "they are looked for by halves");
    }
}
