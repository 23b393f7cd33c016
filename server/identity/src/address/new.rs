//! An address that may be kept.

use model::{
    FieldError, Phone,
    address::{AddressInput, Label, limits},
    geo::Position,
    typed::{Problems, line, required_line},
};

/// What the region table says of the district an address names.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DistrictFacts {
    pub postcodes: Vec<String>,
    pub position: Option<Position>,
}

/// Checked in every field.
#[derive(Clone, PartialEq, Debug)]
pub struct NewAddress {
    pub recipient: String,
    pub phone: Phone,
    pub district: String,
    pub postcode: String,
    pub street: String,
    pub detail: Option<String>,
    pub label: Label,
    pub notes: Option<String>,
    pub pin: Option<Position>,
}

impl NewAddress {
    /// Checks what was typed, all of it at once. `facts` are those of the district named; none where there is no such.
    pub fn parse(input: &AddressInput, facts: Option<&DistrictFacts>) -> Result<Self, Problems> {
        let mut wrong = Problems::default();
        let recipient = wrong.take("recipient", required_line(&input.recipient, 1, limits::RECIPIENT));
        let phone = wrong.take("phone", phone(&input.phone));
        let district = wrong.take("district", district(&input.district, facts));
        let postcode = wrong.take("postcode", postcode(&input.postcode, facts));
        let street = wrong.take("street", required_line(&input.street, limits::STREET_LEAST, limits::STREET));
        let detail = wrong.take("detail", line(&input.detail, limits::DETAIL));
        let label = wrong.take("label", line(&input.label, limits::LABEL));
        let notes = wrong.take("notes", line(&input.notes, limits::NOTES));
        let pin = wrong.take("pin", pin(input, facts));
        let whole = || {
            Some(Self {
                recipient: recipient?,
                phone: phone?,
                district: district?,
                postcode: postcode?,
                street: street?,
                detail: detail?,
                label: label?.map(Label::typed).unwrap_or_default(),
                notes: notes?,
                pin: pin?,
            })
        };
        whole().ok_or(wrong)
    }
}

fn phone(typed: &str) -> Result<Phone, FieldError> {
    match typed.trim() {
        "" => Err(FieldError::Required),
        typed => typed.parse().map_err(|_| FieldError::Malformed),
    }
}

fn district(code: &str, facts: Option<&DistrictFacts>) -> Result<String, FieldError> {
    match (code.trim(), facts) {
        ("", _) => Err(FieldError::Required),
        (_, None) => Err(FieldError::NotAllowed),
        (code, Some(_)) => Ok(code.to_owned()),
    }
}

/// One of the district's. Without a district there is nothing to hold it against, and the district is what is wrong.
fn postcode(typed: &str, facts: Option<&DistrictFacts>) -> Result<String, FieldError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(FieldError::Required);
    }
    if typed.len() != 5 || !typed.bytes().all(|b| b.is_ascii_digit()) {
        return Err(FieldError::Malformed);
    }
    match facts {
        Some(facts) if !facts.postcodes.iter().any(|postcode| postcode == typed) => {
            Err(FieldError::NotAllowed)
        }
        _ => Ok(typed.to_owned()),
    }
}

/// Where on the map, if it was said: in Indonesia and not far from the district.
fn pin(input: &AddressInput, facts: Option<&DistrictFacts>) -> Result<Option<Position>, FieldError> {
    let pin = match (input.latitude.trim(), input.longitude.trim()) {
        ("", "") => return Ok(None),
        (latitude, longitude) => Position::new(degrees(latitude)?, degrees(longitude)?).rounded(),
    };
    let near = |here: Position| here.kilometres_to(pin) <= limits::PIN_KM;
    if pin.is_in_indonesia() && facts.and_then(|facts| facts.position).is_none_or(near) {
        Ok(Some(pin))
    } else {
        Err(FieldError::OutOfRange)
    }
}

fn degrees(typed: &str) -> Result<f64, FieldError> {
    let number = typed.replace(',', ".");
    let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    number.parse().ok().filter(|_| plain).ok_or(FieldError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> DistrictFacts {
        let postcodes = ["12110", "12120"].map(str::to_owned).to_vec();
        DistrictFacts { postcodes, position: Some(Position::new(-6.2436, 106.8001)) }
    }

    fn typed() -> AddressInput {
        AddressInput {
            recipient: " Sari  Wulandari ".to_owned(),
            phone: "0812-3456-7890".to_owned(),
            district: "31.74.07".to_owned(),
            postcode: "12110".to_owned(),
            street: "Jl. Melati No. 5, RT 03/RW 04".to_owned(),
            ..AddressInput::default()
        }
    }

    #[test]
    fn what_was_typed_becomes_an_address() {
        let input = AddressInput {
            latitude: "-6,24361234".to_owned(),
            longitude: "106.8001".to_owned(),
            label: "Rumah Ibu".to_owned(),
            ..typed()
        };
        let address = NewAddress::parse(&input, Some(&facts())).unwrap();
        assert_eq!(address.recipient, "Sari Wulandari");
        assert_eq!(address.phone.as_str(), "+6281234567890");
        assert_eq!(address.label, Label::Own("Rumah Ibu".to_owned()));
        assert_eq!(address.pin, Some(Position::new(-6.243_612, 106.8001)));
        let plain = NewAddress::parse(&typed(), Some(&facts())).unwrap();
        assert_eq!((plain.label, plain.pin, plain.notes), (Label::Home, None, None));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let wrong = NewAddress::parse(&AddressInput::default(), None).unwrap_err();
        for field in ["recipient", "phone", "district", "postcode", "street"] {
            assert_eq!(wrong.of(field), Some(FieldError::Required), "{field}");
        }
        assert_eq!(wrong.of("notes"), None);
    }

    #[test]
    fn each_field_has_its_limits() {
        type Edit = fn(&mut AddressInput);
        let cases: [(&str, FieldError, Edit); 13] = [
            ("recipient", FieldError::TooLong, |a| a.recipient = "x".repeat(61)),
            ("recipient", FieldError::Malformed, |a| a.recipient = "Sari\u{202e}".to_owned()),
            ("phone", FieldError::Malformed, |a| a.phone = "12".to_owned()),
            ("postcode", FieldError::NotAllowed, |a| a.postcode = "40111".to_owned()),
            ("postcode", FieldError::Malformed, |a| a.postcode = "1211".to_owned()),
            ("street", FieldError::TooShort, |a| a.street = "Jl.".to_owned()),
            ("street", FieldError::TooLong, |a| a.street = "x".repeat(201)),
            ("detail", FieldError::TooLong, |a| a.detail = "x".repeat(101)),
            ("label", FieldError::TooLong, |a| a.label = "x".repeat(31)),
            ("notes", FieldError::TooLong, |a| a.notes = "x".repeat(201)),
            ("pin", FieldError::Malformed, |a| a.latitude = "-6.2".to_owned()),
            ("pin", FieldError::Malformed, |a| {
                a.latitude = "NaN".to_owned();
                a.longitude = "inf".to_owned();
            }),
            ("pin", FieldError::OutOfRange, |a| {
                a.latitude = "-7.2575".to_owned();
                a.longitude = "112.7521".to_owned();
            }),
        ];
        for (field, error, edit) in cases {
            let mut input = typed();
            edit(&mut input);
            let wrong = NewAddress::parse(&input, Some(&facts())).unwrap_err();
            assert_eq!(wrong.of(field), Some(error), "{field} {input:?}");
        }
        let nowhere = NewAddress::parse(&typed(), None).unwrap_err();
        assert_eq!(nowhere.of("district"), Some(FieldError::NotAllowed));
    }
}
