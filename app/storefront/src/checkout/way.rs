//! A courier and one of its services, as one value of a form.

use model::{shipping::Service, views::ShippingOffer};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Written `jne/regular`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Way {
    pub courier: String,
    pub service: Service,
}

/// Not a courier and a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoWay;

impl fmt::Display for NoWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a courier and a service")
    }
}

impl Way {
    pub fn of(offer: &ShippingOffer) -> Self {
        Self { courier: offer.courier.clone(), service: offer.service }
    }
}

impl TryFrom<String> for Way {
    type Error = NoWay;
    fn try_from(written: String) -> Result<Self, NoWay> {
        let (courier, service) = written.rsplit_once('/').ok_or(NoWay)?;
        let service = Service::from_name(service).ok_or(NoWay)?;
        Ok(Self { courier: courier.to_owned(), service })
    }
}

impl From<Way> for String {
    fn from(way: Way) -> Self {
        way.to_string()
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.courier, self.service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for service in Service::ALL {
            let way = Way { courier: "si-cepat".to_owned(), service: *service };
            assert_eq!(Way::try_from(way.to_string()), Ok(way));
        }
        for wrong in ["", "jne", "jne/", "jne/teleport"] {
            assert_eq!(Way::try_from(wrong.to_owned()), Err(NoWay), "{wrong}");
        }
    }
}
