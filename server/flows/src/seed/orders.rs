//! Orders of the demonstration's shops, in every state, and of its shopper, who has coins for them: placed, paid and sent through the same flows as anybody's, on a
//! clock that is turned back. So the books fit, and what is due is due.

use super::{
    SeedError,
    chance::Chance,
    outside::{DemoCouriers, DemoPayments, NAME, sighting},
    people::{SELLER, SHOPPER},
    store,
    words::SHOPS,
};
use crate::{
    address, cart, checkout,
    fulfil::{self, Fleet},
    orders as bought, pay,
    place_order::{self, Placed},
    seller::{self, AtShop},
    till::Till,
};
use identity::account;
use kernel::{Buyer, Cx, GuestKey, Kernel, Member, TestClock, Viewer};
use model::{
    Contact, Duties, Permission, Slug,
    address::AddressInput,
    ids::{AccountId, OrderId, ShipmentId, VariantId},
    order::CancelReason,
    payment::Method,
    shipping::ShipmentState,
};
use payment::{About, EventKind, ProviderEvent};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// How far an order of the demonstration has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    New,
    Accepted,
    Packed,
    Shipped,
    Delivered,
    Completed,
    Rejected,
    TakenBack,
}

/// Of each shop: how far, and how many hours ago it was placed.
const FATES: [(Fate, i64); 13] = [
    (Fate::Completed, 30 * 24),
    (Fate::Completed, 24 * 24),
    (Fate::Completed, 17 * 24),
    (Fate::Rejected, 12 * 24),
    (Fate::Completed, 11 * 24),
    (Fate::TakenBack, 8 * 24),
    (Fate::Delivered, 4 * 24),
    (Fate::Shipped, 3 * 24),
    (Fate::Shipped, 2 * 24),
    (Fate::Packed, 26),
    (Fate::Accepted, 20),
    (Fate::New, 9),
    (Fate::New, 2),
];

/// Of the shopper, with the shops in turn: how far, how many hours ago, and whether coins were spent on it.
const OWN: [(Fate, i64, bool); 5] = [
    (Fate::Completed, 200 * 24, false),
    (Fate::Completed, 120 * 24, true),
    (Fate::Completed, 60 * 24, false),
    (Fate::Completed, 20 * 24, false),
    (Fate::Shipped, 30, false),
];

/// As many of the shops have orders.
const BUSY: usize = 3;

const NAMES: [&str; 6] =
    ["Sari Wulandari", "Budi Santoso", "Dewi Lestari", "Agus Pratama", "Rina Marlina", "Joko Susilo"];
/// Districts with a postcode of theirs.
const PLACES: [(&str, &str); 4] =
    [("31.74.07", "12110"), ("32.73.09", "40115"), ("35.78.07", "60271"), ("33.74.01", "50131")];

/// Makes them where there are no orders at all; how many.
pub async fn orders(kernel: &Kernel, seed: u64) -> Result<u64, SeedError> {
    let real = kernel.job_cx();
    if store::has_orders(&mut *real.db().acquire().await?).await? {
        return Ok(0);
    }
    let now = real.now();
    let clock = TestClock::at(now);
    let till = Till::new("http://localhost", vec![Arc::new(DemoPayments::new(true))]);
    let fleet = Fleet::new("+622150880100", vec![Arc::new(DemoCouriers::new(true))]);
    let past = kernel.clone().with_clock(clock.clone()).with_part(Arc::new(till)).with_part(Arc::new(fleet));
    let seller: Contact = SELLER.parse().map_err(SeedError::unsound)?;
    let Some(owner) = account::store::find_owner(&mut *real.db().acquire().await?, &seller).await? else {
        return Ok(0);
    };
    let shopper: Contact = SHOPPER.parse().map_err(SeedError::unsound)?;
    let shopper = account::store::find_owner(&mut *real.db().acquire().await?, &shopper).await?;
    let mut maker = Maker { past, clock, now, owner, chance: Chance::of(seed, &["orders"]), made: 0 };
    for shop in SHOPS.iter().take(BUSY) {
        let slug = Slug::of(shop.name, "toko").to_string();
        let goods = store::list_sellable(&mut *real.db().acquire().await?, &slug, 20).await?;
        if goods.is_empty() {
            continue;
        }
        for (fate, hours) in FATES {
            maker.order(&slug, &goods, fate, hours).await?;
        }
    }
    if let Some(shopper) = shopper {
        maker.own_orders(shopper).await?;
    }
    maker.clock.set(now);
    tracing::info!(maker.made, "The demonstration's shops have orders");
    Ok(maker.made)
}

struct Maker {
    past: Kernel,
    clock: TestClock,
    now: OffsetDateTime,
    owner: AccountId,
    chance: Chance,
    made: u64,
}

impl Maker {
    fn cx(&self) -> Cx {
        self.past.job_cx()
    }

    /// So much later, but never later than now.
    fn later(&self, hours: i64) {
        self.clock.set((self.cx().now() + Duration::hours(hours)).min(self.now));
    }

    async fn at(&self, slug: &str) -> Result<AtShop, SeedError> {
        let cx = self.cx();
        let member =
            Member { account: self.owner, session: cx.id(), duties: Duties::NONE, proved_at: cx.now() };
        let cx = cx.as_viewer(Viewer::Member(member));
        seller::at_shop(&cx, slug, Permission::Orders).await.map_err(SeedError::unsound)
    }

    async fn order(
        &mut self,
        slug: &str,
        goods: &[VariantId],
        fate: Fate,
        hours: i64,
    ) -> Result<(), SeedError> {
        self.clock.set(self.now - Duration::hours(hours) - Duration::minutes(self.chance.between(0, 50)));
        let mut wanted = vec![*self.chance.pick(goods)];
        if self.chance.percent(35) {
            let more = *self.chance.pick(goods);
            if !wanted.contains(&more) {
                wanted.push(more);
            }
        }
        let buyer = self.buyer();
        self.buy(&buyer, slug, &wanted, fate, false).await
    }

    /// What the shopper bought; the address of the first is kept in their book.
    async fn own_orders(&mut self, shopper: AccountId) -> Result<(), SeedError> {
        let buyer = Buyer::Member(shopper);
        self.clock.set(self.now - Duration::days(201));
        let cx = self.cx();
        let member = Member { account: shopper, session: cx.id(), duties: Duties::NONE, proved_at: cx.now() };
        let (_, home) = self.address();
        address::add(&cx, &member, &home, true, None).await.map_err(SeedError::unsound)?;
        for (shop, (fate, hours, coins)) in SHOPS.iter().take(BUSY).cycle().zip(OWN) {
            let slug = Slug::of(shop.name, "toko").to_string();
            let goods = store::list_sellable(&mut *cx.db().acquire().await?, &slug, 20).await?;
            if goods.is_empty() {
                continue;
            }
            self.clock.set(self.now - Duration::hours(hours));
            let wanted = *self.chance.pick(&goods);
            self.buy(&buyer, &slug, &[wanted], fate, coins).await?;
        }
        Ok(())
    }

    async fn buy(
        &mut self,
        buyer: &Buyer,
        slug: &str,
        wanted: &[VariantId],
        fate: Fate,
        coins: bool,
    ) -> Result<(), SeedError> {
        // A shop may have goods nobody brings to where this buyer lives; there are others.
        let Some(placed) = self.place(buyer, wanted, coins).await? else { return Ok(()) };
        self.made += 1;
        let cx = self.cx();
        let group = order::store::orders_of(&mut *cx.db().acquire().await?, placed.group).await?;
        let Some(order) = group.first().map(|order| order.id) else { return Ok(()) };
        self.go(slug, buyer, order, fate).await
    }

    fn buyer(&mut self) -> Buyer {
        let mut key = [0; 32];
        for part in key.chunks_mut(8) {
            part.copy_from_slice(&self.chance.next().to_le_bytes());
        }
        Buyer::Guest(GuestKey::new(key))
    }

    /// Somebody, and where they live.
    fn address(&mut self) -> (&'static str, AddressInput) {
        let name = *self.chance.pick(&NAMES);
        let (district, postcode) = *self.chance.pick(&PLACES);
        let input = AddressInput {
            recipient: name.to_owned(),
            phone: format!("0812{:08}", self.chance.below(100_000_000)),
            district: district.to_owned(),
            postcode: postcode.to_owned(),
            street: format!("Jl. Melati No. {}", self.chance.between(1, 90)),
            ..AddressInput::default()
        };
        (name, input)
    }

    /// Puts it into the cart, says all that has to be said, and pays.
    async fn place(
        &mut self,
        buyer: &Buyer,
        goods: &[VariantId],
        coins: bool,
    ) -> Result<Option<Placed>, SeedError> {
        let cx = self.cx();
        for variant in goods {
            let pieces = i32::try_from(self.chance.between(1, 2)).unwrap_or(1);
            cart::add(&cx, buyer, *variant, pieces, "").await.map_err(SeedError::unsound)?;
        }
        if buyer.account().is_none() {
            let (name, address) = self.address();
            let mail = format!("{}@mail.example", name.to_lowercase().replace(' ', "."));
            checkout::set_contact(&cx, buyer, &mail, &address.phone).await.map_err(SeedError::unsound)?;
            checkout::set_address(&cx, buyer, &address).await.map_err(SeedError::unsound)?;
        }
        checkout::set_method(&cx, buyer, Method::VaBca).await.map_err(SeedError::unsound)?;
        if coins {
            checkout::use_coins(&cx, buyer, true).await.map_err(SeedError::unsound)?;
        }
        let shown = checkout::view(&cx, buyer, None).await.map_err(SeedError::unsound)?;
        if !shown.missing.is_empty() {
            for item in shown.shops.iter().flat_map(|shop| &shop.items) {
                cart::remove(&cx, buyer, item.id).await.map_err(SeedError::unsound)?;
            }
            return Ok(None);
        }
        let total = shown.summary.total;
        let placed = place_order::place(&cx, buyer, &shown.key, total, Method::VaBca).await;
        let placed = placed.map_err(SeedError::unsound)?;
        let Some(payment) = placed.payment else { return Ok(Some(placed)) };
        self.clock.advance(Duration::minutes(4));
        let cx = self.cx();
        let event = ProviderEvent {
            id: format!("demo:{payment}"),
            about: About::Payment(payment),
            kind: EventKind::Captured,
            reference: format!("demo-{payment}"),
            amount: total,
            occurred_at: cx.now(),
            body: serde_json::Value::Null,
        };
        pay::hear(&cx, NAME, vec![event]).await.map_err(SeedError::unsound)?;
        Ok(Some(placed))
    }

    async fn go(&self, slug: &str, buyer: &Buyer, order: OrderId, fate: Fate) -> Result<(), SeedError> {
        let at = self.at(slug).await?;
        match fate {
            Fate::New => return Ok(()),
            Fate::TakenBack => {
                self.later(1);
                let why = CancelReason::ChangedMind;
                return bought::cancel(&self.cx(), buyer, order, why).await.map_err(SeedError::unsound);
            }
            Fate::Rejected => {
                self.later(5);
                let why = CancelReason::OutOfStock;
                return fulfil::reject(&self.cx(), &at, order, why).await.map_err(SeedError::unsound);
            }
            _ => {}
        }
        self.later(2);
        fulfil::accept(&self.cx(), &at, order).await.map_err(SeedError::unsound)?;
        if fate == Fate::Accepted {
            return Ok(());
        }
        self.later(5);
        fulfil::pack(&self.cx(), &at, order, None).await.map_err(SeedError::unsound)?;
        if fate == Fate::Packed {
            return Ok(());
        }
        self.later(6);
        fulfil::hand_over(&self.cx(), &at, order).await.map_err(SeedError::unsound)?;
        let parcel = shipping::store::shipment_of(&mut *self.cx().db().acquire().await?, order).await?;
        let Some(parcel) = parcel.map(|parcel| parcel.id) else { return Ok(()) };
        self.seen(parcel, ShipmentState::PickedUp, "Paket sudah dijemput dari pengirim").await?;
        self.later(10);
        self.seen(parcel, ShipmentState::InTransit, "Paket dalam perjalanan ke kota tujuan").await?;
        if fate == Fate::Shipped {
            return Ok(());
        }
        self.later(14);
        self.seen(parcel, ShipmentState::OutForDelivery, "Kurir membawa paket ke alamat penerima").await?;
        self.later(3);
        self.seen(parcel, ShipmentState::Delivered, "Paket diterima").await?;
        if fate == Fate::Completed {
            self.later(20);
            bought::receive(&self.cx(), buyer, order).await.map_err(SeedError::unsound)?;
        }
        Ok(())
    }

    async fn seen(&self, parcel: ShipmentId, state: ShipmentState, note: &str) -> Result<(), SeedError> {
        let cx = self.cx();
        let told = [sighting(state, note, cx.now())];
        fulfil::heard(&cx, parcel, &told).await.map_err(SeedError::unsound)
    }
}
