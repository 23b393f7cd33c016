//! A courier, one of its services and perhaps a counter, as one value of a form.

use model::{
    shipping::{PickupPointId, Service},
    views::ShippingOffer,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Written `jne/regular`, and where it waits at a counter `jne/regular/{counter}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Way {
    pub courier: String,
    pub service: Service,
    pub point: Option<PickupPointId>,
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
        let point = offer.counter.as_ref().map(|counter| counter.id);
        Self { courier: offer.courier.clone(), service: offer.service, point }
    }
}

impl TryFrom<String> for Way {
    type Error = NoWay;
    fn try_from(written: String) -> Result<Self, NoWay> {
        let mut parts = written.split('/');
        let courier = parts.next().unwrap_or_default().to_owned();
        let service = parts.next().and_then(Service::from_name).ok_or(NoWay)?;
        let point = parts.next().map(str::parse).transpose().map_err(|_| NoWay)?;
        if parts.next().is_some() { Err(NoWay) } else { Ok(Self { courier, service, point }) }
    }
}

impl From<Way> for String {
    fn from(way: Way) -> Self {
        way.to_string()
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.courier, self.service)?;
        self.point.map_or(Ok(()), |point| write!(f, "/{point}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::Uuid;

    #[test]
    fn what_is_written_is_read_again() {
        for service in Service::ALL {
            for point in [None, Some(PickupPointId::new(Uuid::from_u128(7)))] {
                let way = Way { courier: "si-cepat".to_owned(), service: *service, point };
                assert_eq!(Way::try_from(way.to_string()), Ok(way));
            }
        }
        let point = Uuid::from_u128(7);
        let long = format!("jne/regular/{point}/more");
        for wrong in ["", "jne", "jne/", "jne/teleport", "jne/regular/here", &long] {
            assert_eq!(Way::try_from(wrong.to_owned()), Err(NoWay), "{wrong}");
        }
    }
}
