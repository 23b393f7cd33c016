//! Where the goods of a cart go, and who would bring them.

use super::price::shipping_of;
use crate::rates::{self, Asked, Rates};
use cart::{Cart, Destination, Line, ShopChoice};
use identity::address::NewAddress;
use inventory::{HoldLine, Shelves, Source};
use kernel::{Buyer, Cx};
use model::{
    Money,
    address::Address,
    geo::Position,
    ids::{AddressId, ShopId, Uuid, VariantId},
    shipping::{Courier, Handover, PickupPointId},
};
use pricing::{Quote, Shipping};
use region::Book;
use shipping::{Offer, Parcel, PickupPoint, Piece, Place};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;
use views::goods::Good;

/// So many counters of a city are looked at.
const MOST_IN_CITY: u16 = 200;
/// So many of a courier's are offered.
const NEAREST: usize = 2;

/// One shop's parcel.
pub(crate) struct Shipped {
    pub shop: ShopId,
    /// To the door the cheapest first, then to counters; empty before it is known where it goes, and where nobody goes.
    pub ways: Vec<Way>,
    /// Which of them: what was chosen, else the cheapest to the door.
    pub chosen: Option<usize>,
    pub insured: bool,
    pub note: String,
    /// Of the goods, before vouchers.
    pub value: Money,
    /// None before it is known where it goes, and for what no courier takes.
    pub parcel: Option<Parcel>,
    /// With whom the shop sends, by code; all where it does not say.
    pub couriers: Option<Vec<String>>,
    /// Where couriers outside are asked about it.
    pub asked: Option<Asked>,
}

/// A way to send a parcel, and the counter at which it waits if it does.
pub(crate) struct Way {
    pub offer: Offer,
    pub point: Option<PickupPoint>,
}

impl Way {
    pub fn is(&self, courier: &str, service: &str, point: Option<PickupPointId>) -> bool {
        let key = &self.offer.key;
        let same = key.courier.as_str() == courier && key.service.as_str() == service;
        same && self.point.as_ref().map(|point| point.id) == point
    }
}

impl Shipped {
    pub fn way(&self) -> Option<&Way> {
        self.chosen.and_then(|i| self.ways.get(i))
    }

    pub fn offer(&self) -> Option<&Offer> {
        self.way().map(|way| &way.offer)
    }

    /// As the price takes it.
    pub fn fee(&self) -> Option<Shipping> {
        self.offer().map(|offer| shipping_of(self.shop, offer.fee))
    }

    pub fn insurance_paid(&self) -> Money {
        let insurance = self.offer().filter(|_| self.insured).and_then(|offer| offer.insurance);
        insurance.unwrap_or(Money::zero(self.value.currency()))
    }
}

/// Where the parcels go: what was chosen, else a member's default address.
pub(crate) async fn destination(
    db: &mut PgConnection,
    buyer: &Buyer,
    cart: &Cart,
) -> Result<Option<Address>, sqlx::Error> {
    match (buyer, &cart.destination) {
        (Buyer::Member(account), Some(Destination::Kept(id))) => {
            match views::addresses::one(db, *account, *id).await? {
                Some(address) => Ok(Some(address)),
                None => default_address(db, buyer).await,
            }
        }
        (Buyer::Member(_), _) => default_address(db, buyer).await,
        (Buyer::Guest(_), Some(Destination::Typed(input))) => {
            Ok(crate::address::parse(input).ok().and_then(|address| typed(&address)))
        }
        (Buyer::Guest(_), _) => Ok(None),
    }
}

async fn default_address(db: &mut PgConnection, buyer: &Buyer) -> Result<Option<Address>, sqlx::Error> {
    let Some(account) = buyer.account() else { return Ok(None) };
    Ok(views::addresses::list(db, account).await?.into_iter().find(|address| address.is_default))
}

/// A guest's, who has no book to keep it in.
fn typed(address: &NewAddress) -> Option<Address> {
    let book = Book::get();
    let district = book.district(&address.district)?;
    Some(Address {
        id: AddressId::new(Uuid::nil()),
        version: 0,
        is_default: true,
        recipient: address.recipient.clone(),
        phone: address.phone.clone(),
        district: book.view(district),
        postcode: address.postcode.clone(),
        street: address.street.clone(),
        detail: address.detail.clone(),
        label: address.label.clone(),
        notes: address.notes.clone(),
        pin: address.pin,
    })
}

/// What couriers would take for what is bought of each shop. `quote` has the goods priced.
#[expect(clippy::too_many_arguments, reason = "a part of loading a price, which has all of it at hand")]
pub(crate) async fn load(
    cx: &Cx,
    db: &mut PgConnection,
    buyer: &Buyer,
    cart: &Cart,
    choices: &[ShopChoice],
    lines: &[&Line],
    goods: &HashMap<VariantId, Good>,
    shops: &[ShopId],
    shelves: &Shelves,
    quote: &Quote,
) -> Result<Vec<Shipped>, sqlx::Error> {
    let to = destination(db, buyer, cart).await?;
    let points = match &to {
        Some(to) => counters(db, to).await?,
        None => Vec::new(),
    };
    let worth: HashMap<Uuid, i64> = quote
        .lines
        .iter()
        .map(|line| (line.id, line.unit.amount().saturating_mul(line.quantity.get().into())))
        .collect();
    let of_shops: Vec<Vec<(&Line, &Good)>> = shops
        .iter()
        .map(|shop| {
            let known = lines.iter().filter_map(|line| Some((*line, goods.get(&line.variant)?)));
            known.filter(|(_, good)| good.shop.id == *shop).collect()
        })
        .collect();
    let mut shipped = Vec::with_capacity(shops.len());
    for (shop, of_shop) in shops.iter().zip(of_shops) {
        let weight: i64 = of_shop
            .iter()
            .map(|(line, good)| i64::from(good.weight_g) * i64::from(line.quantity.get()))
            .sum();
        let value: i64 = of_shop
            .iter()
            .map(|(line, _)| worth.get(&line.id.uuid()).copied().unwrap_or_default())
            .fold(0, i64::saturating_add);
        let value = Money::new(value, cart.currency);
        let first = of_shop.first().map(|(_, good)| *good);
        let parcel = to.as_ref().zip(first).and_then(|(to, good)| {
            let from = origin(source(shelves, to, &of_shop), good)?;
            parcel(&of_shop, from, (to, &points), weight, value, cx.now())
        });
        let couriers = first.and_then(|good| named(cx, good));
        let ways =
            parcel.as_ref().map(|parcel| ways(parcel, couriers.as_deref(), &points)).unwrap_or_default();
        let choice = choices.iter().find(|choice| choice.shop == *shop);
        shipped.push(Shipped {
            shop: *shop,
            chosen: choose(&ways, choice),
            ways,
            insured: choice.is_some_and(|choice| choice.insured),
            note: choice.map(|choice| choice.note.as_str().to_owned()).unwrap_or_default(),
            value,
            parcel,
            couriers,
            asked: None,
        });
    }
    rates::join(cx, db, &mut shipped, choices).await?;
    Ok(shipped)
}

/// What was chosen where that is offered, else the cheapest to the door.
pub(crate) fn choose(ways: &[Way], choice: Option<&ShopChoice>) -> Option<usize> {
    let wanted = choice.and_then(|choice| choice.delivery.as_ref());
    let chosen = wanted.and_then(|wanted| {
        ways.iter().position(|way| way.is(&wanted.courier, &wanted.service, wanted.point))
    });
    chosen.or_else(|| ways.iter().position(|way| way.point.is_none()))
}

/// The counters in the city where it goes, the nearest first where it is known how far they are.
async fn counters(db: &mut PgConnection, to: &Address) -> Result<Vec<PickupPoint>, sqlx::Error> {
    let city = to.district.code.get(..5).unwrap_or_default();
    let mut points = shipping::store::list_pickup_points(db, city, MOST_IN_CITY).await?;
    if let Some(here) = position(to) {
        let far = |it: &PickupPoint| it.point.position.map_or(f64::MAX, |there| here.kilometres_to(there));
        points.sort_by(|a, b| far(a).total_cmp(&far(b)));
    }
    Ok(points)
}

fn position(to: &Address) -> Option<Position> {
    to.pin.or_else(|| Book::get().district(&to.district.code)?.position)
}

/// From which warehouse a shop would send what is bought of it, as it is held when the order is placed.
fn source<'a>(shelves: &'a Shelves, to: &Address, lines: &[(&Line, &Good)]) -> Option<&'a Source> {
    let near = position(to);
    let wanted = |(line, _): &(&Line, &Good)| {
        let (variant, quantity) = (line.variant, line.quantity);
        HoldLine { line: line.id.uuid(), variant, quantity, near }
    };
    shelves.source(&lines.iter().map(wanted).collect::<Vec<_>>())
}

/// Where its warehouse lies; the shop's city where it has not got all of it.
fn origin(source: Option<&Source>, good: &Good) -> Option<Place> {
    let known = source.and_then(|source| {
        let place = Place::new(&source.region).ok()?;
        Some(place.at(source.position).with_postcode(source.postcode.as_deref()))
    });
    known.or_else(|| Some(Place::new(&good.shop.city_code).ok()?.at(good.shop.position)))
}

/// None where it is not such as couriers take.
fn parcel(
    lines: &[(&Line, &Good)],
    from: Place,
    (to, points): (&Address, &[PickupPoint]),
    weight_g: i64,
    value: Money,
    now: OffsetDateTime,
) -> Option<Parcel> {
    let to = Place::new(&to.district.code).ok()?.at(position(to)).with_postcode(Some(&to.postcode));
    let piece = |(line, good): &(&Line, &Good)| {
        let [length_mm, width_mm, height_mm] = good.size_mm?;
        Some(Piece { length_mm, width_mm, height_mm, qty: line.quantity })
    };
    let days = lines.iter().filter_map(|(_, good)| good.preorder_days).max().unwrap_or_default();
    let parcel = Parcel::new(from, to, weight_g, value, now).ok()?;
    let parcel = parcel.with_pieces(lines.iter().filter_map(piece).collect()).ok()?;
    let parcel = parcel.on_preorder(days.unsigned_abs()).ok()?;
    Some(parcel.with_pickup(points.iter().map(|it| it.point.courier).collect()))
}

/// With whom a shop says it sends. One that names nobody who is there any more, as when an aggregator was given up, has not said.
fn named(cx: &Cx, good: &Good) -> Option<Vec<String>> {
    let rates = cx.part::<Rates>();
    let there = |name: &String| {
        let mut outside = rates.iter().flat_map(|rates| rates.couriers());
        Courier::from_name(name).is_some() || outside.any(|courier| courier.as_str() == name)
    };
    good.shop.couriers.clone().filter(|couriers| couriers.iter().any(there))
}

/// Of a courier's counters the nearest few.
fn ways(parcel: &Parcel, couriers: Option<&[String]>, points: &[PickupPoint]) -> Vec<Way> {
    let offers = shipping::quote(parcel);
    let taken = |courier: &str| couriers.is_none_or(|couriers| couriers.iter().any(|name| name == courier));
    let (doors, counters): (Vec<_>, Vec<_>) = offers
        .into_iter()
        .filter(|offer| taken(offer.key.courier.as_str()))
        .partition(|offer| offer.key.handover == Handover::Door);
    let at_counters = counters.iter().flat_map(|offer| {
        let theirs = points.iter().filter(|it| it.point.courier.as_str() == offer.key.courier.as_str());
        theirs.take(NEAREST).map(|it| Way { offer: offer.clone(), point: Some(it.clone()) })
    });
    doors.into_iter().map(|offer| Way { offer, point: None }).chain(at_counters).collect()
}
