//! What the checkout looks like from outside.

use crate::{
    body::MoneyBody,
    buying::{
        CartLineBody, CodeBody, MethodBody, SummaryBody, VoucherOfferBody, methods, said, services, word,
    },
    regions::RegionBody,
};
use model::{
    Phone,
    address::{Address, AddressInput},
    geo::Position,
    ids::AddressId,
    payment::Method,
    shipping::Service,
    views::{Change, CheckoutShop, CheckoutView, CoinOffer, Counter, Sending, ShippingOffer},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the buyer is reached about the order.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactBody {
    /// Guests need one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "sari@example.com")]
    pub email: Option<String>,
    /// As people type it, or in E.164.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "+6281234567890")]
    pub phone: Option<String>,
}

/// Degrees north and east.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PositionBody {
    #[schema(example = -6.243_612)]
    latitude: f64,
    #[schema(example = 106.8001)]
    longitude: f64,
}

impl From<Position> for PositionBody {
    fn from(pin: Position) -> Self {
        Self { latitude: pin.latitude, longitude: pin.longitude }
    }
}

/// Where it goes: of members the id of one of their addresses, of guests the address itself.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ChooseAddressBody {
    /// A member's. Nothing else is needed then.
    #[schema(value_type = Option<String>)]
    pub address_id: Option<AddressId>,
    #[schema(example = "Sari Wulandari", max_length = 60)]
    recipient: Option<String>,
    /// As people type it, or in E.164.
    #[schema(example = "0812-3456-7890", max_length = 30)]
    phone: Option<String>,
    /// Code of the district.
    #[schema(example = "31.74.07")]
    district: Option<String>,
    /// One of the district's.
    #[schema(example = "12110")]
    postcode: Option<String>,
    #[schema(example = "Jl. Melati No. 5, RT 03/RW 04", min_length = 5, max_length = 200)]
    street: Option<String>,
    /// Floor, block, building.
    #[schema(max_length = 100)]
    detail: Option<String>,
    /// For the courier.
    #[schema(max_length = 200)]
    notes: Option<String>,
    /// Within Indonesia, and not far from the district.
    pin: Option<PositionBody>,
}

impl ChooseAddressBody {
    pub(crate) fn input(self) -> AddressInput {
        let degrees =
            |of: fn(PositionBody) -> f64| self.pin.map(|pin| of(pin).to_string()).unwrap_or_default();
        AddressInput {
            latitude: degrees(|pin| pin.latitude),
            longitude: degrees(|pin| pin.longitude),
            recipient: self.recipient.unwrap_or_default(),
            phone: self.phone.unwrap_or_default(),
            district: self.district.unwrap_or_default(),
            postcode: self.postcode.unwrap_or_default(),
            street: self.street.unwrap_or_default(),
            detail: self.detail.unwrap_or_default(),
            label: String::new(),
            notes: self.notes.unwrap_or_default(),
        }
    }
}

/// Where an order is to go.
#[derive(Serialize, ToSchema)]
pub(crate) struct DestinationBody {
    /// A member's address; absent for a guest's.
    #[serde(skip_serializing_if = "Option::is_none")]
    address_id: Option<String>,
    recipient: String,
    /// E.164.
    #[schema(example = "+6281234567890")]
    phone: String,
    district: RegionBody,
    postcode: String,
    street: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pin: Option<PositionBody>,
}

impl DestinationBody {
    fn new(address: Address, member: bool) -> Self {
        Self {
            address_id: member.then(|| address.id.to_string()),
            recipient: address.recipient,
            phone: address.phone.to_string(),
            district: address.district.into(),
            postcode: address.postcode,
            street: address.street,
            detail: address.detail,
            notes: address.notes,
            pin: address.pin.map(PositionBody::from),
        }
    }
}

/// A way to send what is bought of a shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShippingOptionBody {
    #[schema(example = "kirim_cepat")]
    courier: String,
    courier_name: String,
    #[schema(schema_with = services)]
    service: Service,
    fee: MoneyBody,
    /// What insuring costs.
    insurance: MoneyBody,
    /// The days on which it may arrive.
    #[schema(format = Date, example = "2026-12-01")]
    arrives_from: String,
    #[schema(format = Date, example = "2026-12-03")]
    arrives_until: String,
    /// Whether cash is taken on delivery.
    cash_on_delivery: bool,
    /// Where it waits to be collected; absent where it comes to the door.
    #[serde(skip_serializing_if = "Option::is_none")]
    pickup_point: Option<PickupPointBody>,
}

/// A counter at which parcels wait for those they are for.
#[derive(Serialize, ToSchema)]
pub(crate) struct PickupPointBody {
    id: String,
    name: String,
    street: String,
}

impl From<Counter> for PickupPointBody {
    fn from(counter: Counter) -> Self {
        Self { id: counter.id.to_string(), name: counter.name, street: counter.street }
    }
}

impl From<ShippingOffer> for ShippingOptionBody {
    fn from(offer: ShippingOffer) -> Self {
        Self {
            courier: offer.courier,
            courier_name: offer.courier_name,
            service: offer.service,
            fee: offer.fee.into(),
            insurance: offer.insurance.into(),
            arrives_from: offer.arrives_from,
            arrives_until: offer.arrives_until,
            cash_on_delivery: offer.cod,
            pickup_point: offer.counter.map(PickupPointBody::from),
        }
    }
}

/// How what is bought of one shop can be sent, and how it will be.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShopShippingBody {
    shop_id: String,
    shop: String,
    /// The cheapest first. Empty before there is an address, or where nobody goes.
    options: Vec<ShippingOptionBody>,
    /// Which of them, counted from 0: the one that was chosen, else the cheapest.
    #[serde(skip_serializing_if = "Option::is_none")]
    chosen: Option<u16>,
    /// Whether couriers who may go there as well did not say in time what they take. Ask again in half a minute.
    incomplete: bool,
    insured: bool,
    /// For the shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// What is chosen, its fee and its days in one word, to be given back when the order is placed. Absent where nobody goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
}

/// What is bought of one shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckoutShopBody {
    #[serde(flatten)]
    pub shipping: ShopShippingBody,
    slug: String,
    city: String,
    lines: Vec<CartLineBody>,
    /// Goods and shipping, after discounts.
    total: MoneyBody,
}

impl From<CheckoutShop> for CheckoutShopBody {
    fn from(shop: CheckoutShop) -> Self {
        let shown = shop.shown().map(|way| way.to_string());
        Self {
            shipping: ShopShippingBody {
                shop_id: shop.id.to_string(),
                shop: shop.name,
                options: shop.offers.into_iter().map(ShippingOptionBody::from).collect(),
                chosen: shop.chosen,
                incomplete: shop.silent,
                insured: shop.insured,
                note: said(shop.note),
                shown,
            },
            slug: shop.slug.into(),
            city: shop.city,
            lines: shop.items.into_iter().map(CartLineBody::from).collect(),
            total: shop.total.into(),
        }
    }
}

/// What is not as it was.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum ChangeBody {
    Price {
        name: String,
        before: MoneyBody,
        now: MoneyBody,
    },
    /// Fewer are left than are wanted.
    Stock {
        name: String,
        left: i32,
    },
    /// The voucher does not apply any more, for this reason.
    Voucher {
        code: String,
        reason: &'static str,
    },
    Shipping {
        shop: String,
        before: MoneyBody,
        now: MoneyBody,
    },
    /// Another courier or service than was shown, or another counter.
    Courier {
        shop: String,
        before: SendingBody,
        now: SendingBody,
    },
    /// It may arrive on other days than was shown.
    Arrival {
        shop: String,
        before: DaysBody,
        now: DaysBody,
    },
    /// Couriers were asked anew what they take, since their answer was too old.
    ShippingAsked {
        shop: String,
    },
    Total {
        before: MoneyBody,
        now: MoneyBody,
    },
}

impl From<Change> for ChangeBody {
    fn from(change: Change) -> Self {
        match change {
            Change::Price(name, before, now) => Self::Price { name, before: before.into(), now: now.into() },
            Change::Stock(name, left) => Self::Stock { name, left },
            Change::Voucher(code, reason) => Self::Voucher { code, reason: reason.reason.as_str() },
            Change::Shipping(shop, before, now) => {
                Self::Shipping { shop, before: before.into(), now: now.into() }
            }
            Change::Courier(shop, before, now) => {
                Self::Courier { shop, before: before.into(), now: now.into() }
            }
            Change::Arrival(shop, before, now) => {
                Self::Arrival { shop, before: before.into(), now: now.into() }
            }
            Change::Asked(shop) => Self::ShippingAsked { shop },
            Change::Total(before, now) => Self::Total { before: before.into(), now: now.into() },
        }
    }
}

/// Who brings a parcel.
#[derive(Serialize, ToSchema)]
struct SendingBody {
    courier_name: String,
    #[schema(schema_with = services)]
    service: Service,
    /// The counter's name, where it waits at one; empty for one that is not there any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pickup_point: Option<String>,
}

impl From<Sending> for SendingBody {
    fn from(sending: Sending) -> Self {
        let Sending { courier: courier_name, service, counter: pickup_point } = sending;
        Self { courier_name, service, pickup_point }
    }
}

/// The first and the last day on which a parcel may arrive.
#[derive(Serialize, ToSchema)]
struct DaysBody {
    #[schema(format = Date, example = "2026-12-01")]
    arrives_from: String,
    #[schema(format = Date, example = "2026-12-03")]
    arrives_until: String,
}

impl From<(String, String)> for DaysBody {
    fn from((arrives_from, arrives_until): (String, String)) -> Self {
        Self { arrives_from, arrives_until }
    }
}

/// A member's coins, each worth one rupiah.
#[derive(Serialize, ToSchema)]
struct CoinOfferBody {
    balance: i64,
    /// This order can take so many of them.
    most: i64,
    /// They are to be spent; `summary` has a row of what they take off.
    used: bool,
}

impl From<CoinOffer> for CoinOfferBody {
    fn from(coins: CoinOffer) -> Self {
        Self { balance: coins.there, most: coins.most, used: coins.on }
    }
}

/// What is ticked in a cart, priced with shipping and all, and what is still to be said.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckoutBody {
    contact: ContactBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<DestinationBody>,
    shops: Vec<CheckoutShopBody>,
    vouchers: Vec<CodeBody>,
    voucher_offers: Vec<VoucherOfferBody>,
    /// Absent for who has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    coins: Option<CoinOfferBody>,
    payment_methods: Vec<MethodBody>,
    /// The one that was chosen; its fee is in the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = methods, required = false)]
    payment_method: Option<Method>,
    summary: SummaryBody,
    /// What is still needed before it can be placed: `lines`, `contact`, `address`, `shipping`, `payment_method`.
    #[schema(example = json!(["payment_method"]))]
    missing: Vec<&'static str>,
    /// What is not as it was when it was put into the cart, or, with `was`, when that total was shown.
    changes: Vec<ChangeBody>,
}

impl From<CheckoutView> for CheckoutBody {
    fn from(view: CheckoutView) -> Self {
        let member = view.member;
        // The view has it as pages write it.
        let phone = view.phone.parse::<Phone>().ok();
        Self {
            contact: ContactBody { email: said(view.email), phone: phone.map(|phone| phone.to_string()) },
            address: view.address.map(|address| DestinationBody::new(address, member)),
            shops: view.shops.into_iter().map(CheckoutShopBody::from).collect(),
            vouchers: view.codes.into_iter().map(CodeBody::from).collect(),
            voucher_offers: view.offers.into_iter().map(VoucherOfferBody::from).collect(),
            coins: view.coins.map(CoinOfferBody::from),
            payment_methods: view.methods.into_iter().map(MethodBody::from).collect(),
            payment_method: view.method,
            summary: view.summary.into(),
            missing: view.missing.into_iter().map(|it| word(it.as_str())).collect(),
            changes: view.changes.into_iter().map(ChangeBody::from).collect(),
        }
    }
}
