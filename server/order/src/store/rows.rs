//! What the database's own checks promise, read back into types.

use crate::{Buyer, Contact, Delivery, Destination, Group, Order, Sums};
use model::{
    Currency, Lang, Money,
    geo::Position,
    ids::Uuid,
    order::{GroupState, OrderState},
    payment::Method,
};
use time::{Date, OffsetDateTime};

pub fn currency(code: &str) -> Result<Currency, sqlx::Error> {
    [Currency::Idr, Currency::Usd, Currency::Sgd].into_iter().find(|it| it.code() == code).ok_or_else(unknown)
}

pub fn order_state(name: &str) -> Result<OrderState, sqlx::Error> {
    OrderState::from_name(name).ok_or_else(unknown)
}

pub fn group_state(name: &str) -> Result<GroupState, sqlx::Error> {
    GroupState::from_name(name).ok_or_else(unknown)
}

/// A stored name this program does not know.
pub fn unknown() -> sqlx::Error {
    sqlx::Error::Decode("an order has a name in it that is not known here".into())
}

fn unreadable<E: std::error::Error + Send + Sync + 'static>(error: E) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}

pub struct GroupRow {
    pub id: Uuid,
    pub account_id: Option<Uuid>,
    pub guest_token_hash: Option<Vec<u8>>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub lang: String,
    pub state: String,
    pub method: String,
    pub currency: String,
    pub total: i64,
    pub placed_at: OffsetDateTime,
    pub due_at: Option<OffsetDateTime>,
    pub cleared_at: Option<OffsetDateTime>,
    pub paid_at: Option<OffsetDateTime>,
    pub ended_at: Option<OffsetDateTime>,
    pub version: i32,
}

impl GroupRow {
    pub fn group(self) -> Result<Group, sqlx::Error> {
        let token = self.guest_token_hash.and_then(|hash| <[u8; 32]>::try_from(hash).ok());
        let buyer = match (self.account_id, token) {
            (Some(id), _) => Buyer::Account(id.into()),
            (None, Some(hash)) => Buyer::Guest(hash),
            (None, None) => return Err(unknown()),
        };
        Ok(Group {
            id: self.id.into(),
            buyer,
            contact: Contact {
                email: self.email.map(|it| it.parse().map_err(unreadable)).transpose()?,
                phone: self.phone.map(|it| it.parse().map_err(unreadable)).transpose()?,
            },
            lang: Lang::from_tag(&self.lang).ok_or_else(unknown)?,
            state: group_state(&self.state)?,
            method: Method::from_name(&self.method).ok_or_else(unknown)?,
            total: Money::new(self.total, currency(&self.currency)?),
            placed_at: self.placed_at,
            due_at: self.due_at,
            cleared_at: self.cleared_at,
            paid_at: self.paid_at,
            ended_at: self.ended_at,
            version: self.version,
        })
    }
}

pub struct OrderRow {
    pub id: Uuid,
    pub number: String,
    pub group_id: Uuid,
    pub shop_id: Uuid,
    pub account_id: Option<Uuid>,
    pub method: String,
    pub state: String,
    pub currency: String,
    pub goods: i64,
    pub shop_discount: i64,
    pub platform_discount: i64,
    pub shipping: i64,
    pub shipping_discount: i64,
    pub shipping_discount_by_shop: i64,
    pub insurance: i64,
    pub fee: i64,
    pub total: i64,
    pub commission: i64,
    pub courier: String,
    pub service: String,
    pub service_code: Option<String>,
    pub weight_g: i32,
    pub arrives_from: Date,
    pub arrives_to: Date,
    pub insured: bool,
    pub note: Option<String>,
    pub recipient: Option<String>,
    pub phone: Option<String>,
    pub region_code: String,
    pub postcode: Option<String>,
    pub street: Option<String>,
    pub detail: Option<String>,
    pub address_notes: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub pickup_point: Option<Uuid>,
    pub placed_at: OffsetDateTime,
    pub cleared_at: Option<OffsetDateTime>,
    pub accept_by: Option<OffsetDateTime>,
    pub ship_by: Option<OffsetDateTime>,
    pub settle_by: Option<OffsetDateTime>,
    pub settle_held_at: Option<OffsetDateTime>,
    pub shipped_at: Option<OffsetDateTime>,
    pub delivered_at: Option<OffsetDateTime>,
    pub completed_at: Option<OffsetDateTime>,
    pub cancelled_at: Option<OffsetDateTime>,
    pub collected_at: Option<OffsetDateTime>,
    pub version: i32,
}

impl OrderRow {
    pub fn order(self) -> Result<Order, sqlx::Error> {
        let currency = currency(&self.currency)?;
        let money = |amount| Money::new(amount, currency);
        let pin = self.latitude.zip(self.longitude);
        // All four or, after erasure, none: the table sees to that.
        let destination = match (self.recipient, self.phone, self.postcode, self.street) {
            (Some(recipient), Some(phone), Some(postcode), Some(street)) => Some(Destination {
                recipient,
                phone: phone.parse().map_err(unreadable)?,
                region: self.region_code,
                postcode,
                street,
                detail: self.detail,
                notes: self.address_notes,
                pin: pin.map(|(latitude, longitude)| Position::new(latitude, longitude)),
            }),
            _ => None,
        };
        Ok(Order {
            id: self.id.into(),
            number: self.number.parse().map_err(unreadable)?,
            group: self.group_id.into(),
            shop: self.shop_id.into(),
            account: self.account_id.map(Into::into),
            method: Method::from_name(&self.method).ok_or_else(unknown)?,
            state: order_state(&self.state)?,
            sums: Sums {
                goods: money(self.goods),
                shop_discount: money(self.shop_discount),
                platform_discount: money(self.platform_discount),
                shipping: money(self.shipping),
                shipping_discount: money(self.shipping_discount),
                shipping_discount_by_shop: money(self.shipping_discount_by_shop),
                insurance: money(self.insurance),
                fee: money(self.fee),
                commission: money(self.commission),
                total: money(self.total),
            },
            delivery: Delivery {
                courier: self.courier,
                service: self.service,
                service_code: self.service_code,
                weight: self.weight_g,
                arrives_from: self.arrives_from,
                arrives_to: self.arrives_to,
                insured: self.insured,
                pickup_point: self.pickup_point,
            },
            destination,
            note: self.note,
            placed_at: self.placed_at,
            cleared_at: self.cleared_at,
            accept_by: self.accept_by,
            ship_by: self.ship_by,
            settle_by: self.settle_by,
            settle_held_at: self.settle_held_at,
            shipped_at: self.shipped_at,
            delivered_at: self.delivered_at,
            completed_at: self.completed_at,
            cancelled_at: self.cancelled_at,
            collected_at: self.collected_at,
            version: self.version,
        })
    }
}
