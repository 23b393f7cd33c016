//! What had been shown of an order, and what whoever places it agreed to.

use crate::cart::ship::{Shipped, Way};
use model::{
    Money,
    ids::ShopId,
    shipping::ShownWay,
    views::{Change, CheckoutShop, CheckoutView, Sending, Supply},
};

/// A cart has no more lines, and so no more shops.
const MOST_SHOPS: usize = 100;

/// What had been shown when placing was refused.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shown {
    pub total: i64,
    /// Where it is known.
    pub ways: Vec<ShownWay>,
}

impl Shown {
    /// `ways` as a page writes them. What is none of them is passed over.
    pub fn new(total: i64, ways: &str) -> Self {
        Self { total, ways: read(ways) }
    }
}

/// What is to be placed, and nothing else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    pub total: Money,
    /// Who brings what of which shop, and when. A shop that is not among them may be sent any way that costs the same.
    pub ways: Vec<ShownWay>,
}

impl Expected {
    /// `ways` as a page writes them. What is none of them is passed over.
    pub fn new(total: Money, ways: &str) -> Self {
        Self { total, ways: read(ways) }
    }

    pub(crate) fn of(&self, shop: ShopId) -> Option<&ShownWay> {
        self.ways.iter().find(|way| way.shop == shop)
    }
}

impl From<Money> for Expected {
    fn from(total: Money) -> Self {
        Self { total, ways: Vec::new() }
    }
}

impl From<&CheckoutView> for Expected {
    fn from(view: &CheckoutView) -> Self {
        let ways = view.shops.iter().filter_map(CheckoutShop::shown).collect();
        Self { total: view.summary.total, ways }
    }
}

fn read(ways: &str) -> Vec<ShownWay> {
    ways.split(',').take(MOST_SHOPS).filter_map(|way| way.parse().ok()).collect()
}

/// How a parcel is not sent as it was shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moved {
    Courier,
    /// It may come earlier or later than was said.
    Arrival,
}

/// Whether this parcel would be sent otherwise than was shown. What it costs is a part of the total.
pub(crate) fn moved(parcel: &Shipped, shown: &ShownWay) -> Option<Moved> {
    let Way { offer, point } = parcel.way()?;
    let (key, way) = (&offer.key, &shown.way);
    let same = key.courier.as_str() == way.courier && key.service == way.service;
    if !same || point.as_ref().map(|point| point.id) != way.point {
        Some(Moved::Courier)
    } else if shown.covers(&offer.arrives.from.to_string(), &offer.arrives.until.to_string()) {
        None
    } else {
        Some(Moved::Arrival)
    }
}

/// How what is there now differs from what is in the cart, and from what was shown.
pub(super) fn changes(view: &CheckoutView, shown: Option<&Shown>) -> Vec<Change> {
    let mut changes = Vec::new();
    let items = view.shops.iter().flat_map(|shop| &shop.items);
    for item in items {
        if let Some(before) = item.was {
            changes.push(Change::Price(item.name.clone(), before, item.unit));
        }
        match item.supply {
            Supply::Short(left) => changes.push(Change::Stock(item.name.clone(), left)),
            Supply::SoldOut | Supply::Gone => changes.push(Change::Stock(item.name.clone(), 0)),
            _ => {}
        }
    }
    let Some(shown) = shown else { return changes };
    for code in &view.codes {
        if let Some(refused) = &code.refused {
            changes.push(Change::Voucher(code.code.clone(), refused.clone()));
        }
    }
    for shop in &view.shops {
        if let Some(before) = shown.ways.iter().find(|way| way.shop == shop.id) {
            changes.extend(sent(shop, before));
        }
    }
    let was = Money::new(shown.total, view.summary.total.currency());
    if was != view.summary.total {
        changes.push(Change::Total(was, view.summary.total));
    }
    changes
}

/// Who brings it, when, and for how much.
fn sent(shop: &CheckoutShop, before: &ShownWay) -> Vec<Change> {
    let Some((now, offer)) = shop.shown().zip(shop.chosen.and_then(|i| shop.offers.get(usize::from(i))))
    else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    if now.way != before.way {
        let sending = Sending {
            courier: offer.courier_name.clone(),
            service: offer.service,
            counter: offer.counter.as_ref().map(|counter| counter.name.clone()),
        };
        changes.push(Change::Courier(shop.name.clone(), would_have(shop, before), sending));
    }
    if !before.covers(&now.from, &now.until) {
        let was = (before.from.clone(), before.until.clone());
        changes.push(Change::Arrival(shop.name.clone(), was, (now.from, now.until)));
    }
    if now.fee != before.fee {
        let was = Money::new(before.fee, offer.fee.currency());
        changes.push(Change::Shipping(shop.name.clone(), was, offer.fee));
    }
    changes
}

/// By its names, as far as they are still known.
fn would_have(shop: &CheckoutShop, before: &ShownWay) -> Sending {
    let code = before.way.courier.as_str();
    let offered = shop.offers.iter().find(|offer| offer.courier == code);
    let courier = offered.map_or_else(|| shipping::courier_name(code), |offer| offer.courier_name.clone());
    let counter = before.way.point.map(|point| {
        let mut there = shop.offers.iter().filter_map(|offer| offer.counter.as_ref());
        there.find(|counter| counter.id == point).map(|counter| counter.name.clone()).unwrap_or_default()
    });
    Sending { courier, service: before.way.service, counter }
}
