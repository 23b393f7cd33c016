//! A courier, one of its services and perhaps a counter, as one value of a form, and what was shown of it.

use super::{PickupPointId, Service};
use crate::{ids::ShopId, views::ShippingOffer};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

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

/// What was shown of one shop's parcel: whoever places an order agreed to it. Written
/// `{shop}:12000:jne/regular:2026-12-01:2026-12-03`, several with commas between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShownWay {
    pub shop: ShopId,
    /// Minor units.
    pub fee: i64,
    pub way: Way,
    /// The days on which it may arrive: `2026-12-01`.
    pub from: String,
    pub until: String,
}

impl ShownWay {
    pub fn of(shop: ShopId, offer: &ShippingOffer) -> Self {
        Self {
            shop,
            fee: offer.fee.amount(),
            way: Way::of(offer),
            from: offer.arrives_from.clone(),
            until: offer.arrives_until.clone(),
        }
    }

    /// Whether a parcel that arrives between these days comes when it was said to. Days that pass take no more from what was
    /// said than its beginning; earlier than that is as little what was said as later than its end.
    pub fn covers(&self, from: &str, until: &str) -> bool {
        self.from.as_str() <= from && until <= self.until.as_str()
    }
}

impl fmt::Display for ShownWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shop, fee, way, from, until } = self;
        write!(f, "{shop}:{fee}:{way}:{from}:{until}")
    }
}

impl FromStr for ShownWay {
    type Err = NoWay;
    fn from_str(written: &str) -> Result<Self, NoWay> {
        let parts: Vec<&str> = written.split(':').collect();
        let [shop, fee, way, from, until] = parts[..] else { return Err(NoWay) };
        let day = |text: &str| is_day(text).then(|| text.to_owned()).ok_or(NoWay);
        Ok(Self {
            shop: shop.parse().map_err(|_| NoWay)?,
            fee: fee.parse().map_err(|_| NoWay)?,
            way: Way::try_from(way.to_owned())?,
            from: day(from)?,
            until: day(until)?,
        })
    }
}

/// Such days are in order as texts.
fn is_day(text: &str) -> bool {
    let is = |(i, byte): (usize, u8)| if i == 4 || i == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(is)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;

    #[test]
    fn what_was_shown_is_read_again_and_holds_as_long_as_nothing_comes_later() {
        let way = Way { courier: "jne".to_owned(), service: Service::Regular, point: None };
        let (from, until) = ("2026-12-01".to_owned(), "2026-12-03".to_owned());
        let shown = ShownWay { shop: ShopId::new(Uuid::from_u128(7)), fee: 12_000, way, from, until };
        let written = shown.to_string();
        assert_eq!(written.parse(), Ok(shown.clone()));
        for wrong in ["", "x", &written[1..], &format!("{written}:"), &written.replace("-03", "-3")] {
            assert_eq!(wrong.parse::<ShownWay>(), Err(NoWay), "{wrong}");
        }
        for (from, until, covered) in [
            ("2026-12-01", "2026-12-03", true),
            ("2026-12-02", "2026-12-03", true),
            ("2026-12-01", "2026-12-02", true),
            ("2026-12-02", "2026-12-04", false),
            ("2026-11-30", "2026-12-01", false),
        ] {
            assert_eq!(shown.covers(from, until), covered, "{from} to {until}");
        }
    }

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
