//! Orders as their buyer sees them.

use super::{
    Picture, Summary,
    sold::{LeftOutRow, Parcel},
};
use crate::{
    Money, Slug,
    ids::{OrderGroupId, OrderId, OrderLineId, PaymentId, ProductId, ShopId, VariantId},
    order::{Actor, CancelReason, GroupState, OrderState},
    payment::{Method, PaymentState},
    phone,
    shipping::Service,
};
use serde::{Deserialize, Serialize};

/// An order in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderCard {
    pub id: OrderId,
    pub group: OrderGroupId,
    /// `INV/20261129/000123`.
    pub number: String,
    pub state: OrderState,
    pub shop: String,
    pub shop_slug: Slug,
    /// Unix seconds.
    pub placed_at: i64,
    pub first: OrderItem,
    /// Lines beside the first.
    pub more: u32,
    pub total: Money,
    /// What is to be paid, while it is.
    pub payment: Option<PaymentId>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderItem {
    pub id: OrderLineId,
    pub product: ProductId,
    pub variant: VariantId,
    pub slug: Slug,
    pub sku: String,
    pub name: String,
    pub label: String,
    pub picture: Picture,
    pub quantity: i32,
    /// Of one piece, as it was sold.
    pub unit: Money,
    /// All pieces, before vouchers.
    pub gross: Money,
    pub note: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderPage {
    pub id: OrderId,
    pub group: OrderGroupId,
    pub number: String,
    pub state: OrderState,
    pub shop_id: ShopId,
    pub shop: String,
    pub shop_slug: Slug,
    pub placed_at: i64,
    pub items: Vec<OrderItem>,
    pub ship_to: ShipTo,
    pub courier: String,
    pub service: Service,
    pub insured: bool,
    pub arrives_from: String,
    pub arrives_until: String,
    pub note: String,
    pub summary: Summary,
    pub method: Method,
    pub payment_state: Option<PaymentState>,
    pub payment: Option<PaymentId>,
    /// From the first to the last.
    pub timeline: Vec<TimelineStep>,
    /// Its buyer may cancel it.
    pub can_cancel: bool,
    /// Its buyer may say that it has arrived.
    pub can_receive: bool,
    /// Once something is packed; the first first.
    pub parcels: Vec<Parcel>,
    /// What does not come.
    pub left_out: Vec<LeftOutRow>,
    /// What has been given back.
    pub refunded: Money,
    /// What came too late, twice or beyond what was to be paid for all that was paid with it, and goes back; the first first.
    pub money_back: Vec<MoneyBack>,
}

/// Money that went back for no order in particular.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MoneyBack {
    pub amount: Money,
    /// Since when it is on its way; Unix seconds.
    pub at: i64,
}

/// Where an order goes: a copy of its own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShipTo {
    pub recipient: String,
    /// In E.164; empty where it is not known any more.
    pub phone: String,
    pub street: String,
    pub detail: String,
    /// District, city and province.
    pub place: String,
    pub postcode: String,
    pub notes: String,
    /// It waits at a counter, whose address this is.
    pub at_counter: bool,
}

impl ShipTo {
    /// The number as people write it: `0812-3456-7890`.
    pub fn phone_shown(&self) -> String {
        phone::shown(&self.phone)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TimelineStep {
    /// None: it was placed.
    pub from: Option<OrderState>,
    pub state: OrderState,
    pub actor: Actor,
    pub reason: Option<CancelReason>,
    pub at: i64,
}

/// What was paid at once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GroupPage {
    pub id: OrderGroupId,
    pub state: GroupState,
    pub placed_at: i64,
    pub due_at: Option<i64>,
    pub method: Method,
    pub email: String,
    pub orders: Vec<OrderCard>,
    pub summary: Summary,
    pub payment: Option<PaymentId>,
}
