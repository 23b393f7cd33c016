//! What a shop's orders look like from outside.

use crate::{
    body::{MoneyBody, text_of},
    buying::{SummaryBody, methods, order_states, said, services},
    goods::instant,
    orders::body::{OrderLineBody, ShipToBody, StepBody},
};
use model::{
    order::{OrderState, SellerFilter},
    payment::Method,
    shipping::{Service, ShipmentState},
    views::sold::{Earnings, FeeRow, Parcel, Seen, SoldCard, SoldPage},
};
use serde::Serialize;
use utoipa::{ToSchema, openapi::schema::Object};

pub(crate) fn seller_filters() -> Object {
    text_of(SellerFilter::ALL.iter().map(|it| it.as_str())).build()
}

pub(crate) fn shipment_states() -> Object {
    text_of(ShipmentState::ALL.iter().map(|it| it.as_str())).build()
}

/// How many were accepted.
#[derive(Serialize, ToSchema)]
pub(crate) struct AcceptedBody {
    pub accepted: u32,
    /// They were cancelled meanwhile, have gone further, or are not the shop's.
    pub not_accepted: u32,
}

/// An order in its shop's list.
#[derive(Serialize, ToSchema)]
pub(crate) struct SoldCardBody {
    id: String,
    #[schema(example = "INV/20261129/000123")]
    number: String,
    #[schema(schema_with = order_states)]
    state: OrderState,
    #[schema(format = DateTime)]
    placed_at: String,
    /// By when the shop has to accept it, or to hand it over; absent where nothing is for the shop to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    due_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<String>,
    /// The city it goes to.
    city: String,
    first_line: OrderLineBody,
    /// Lines beside the first.
    more_lines: u32,
    total: MoneyBody,
    cash_on_delivery: bool,
    courier_name: String,
    #[schema(schema_with = services)]
    service: Service,
    #[serde(skip_serializing_if = "Option::is_none")]
    waybill: Option<String>,
}

impl From<SoldCard> for SoldCardBody {
    fn from(card: SoldCard) -> Self {
        Self {
            id: card.id.to_string(),
            number: card.number,
            state: card.state,
            placed_at: instant(card.placed_at),
            due_by: card.due_by.map(instant),
            recipient: said(card.recipient),
            city: card.place,
            first_line: card.first.into(),
            more_lines: card.more,
            total: card.total.into(),
            cash_on_delivery: card.cash,
            courier_name: card.courier,
            service: card.service,
            waybill: card.waybill,
        }
    }
}

/// One kind of fee.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeeBody {
    /// `commission`, `dynamic`, `mall` or `order`.
    #[schema(example = "commission")]
    kind: String,
    /// Taken off, and so below nothing.
    amount: MoneyBody,
}

impl From<FeeRow> for FeeBody {
    fn from(fee: FeeRow) -> Self {
        Self { kind: fee.kind, amount: fee.amount.into() }
    }
}

/// What a shop gets for an order: the sum of the parts.
#[derive(Serialize, ToSchema)]
pub(crate) struct EarningsBody {
    /// As the buyer pays them, with what the platform adds for its own vouchers.
    goods: MoneyBody,
    /// What the shop bears of a voucher on shipping.
    shipping_discount: MoneyBody,
    fees: Vec<FeeBody>,
    total: MoneyBody,
}

impl From<Earnings> for EarningsBody {
    fn from(earnings: Earnings) -> Self {
        Self {
            goods: earnings.goods.into(),
            shipping_discount: earnings.shipping_discount.into(),
            fees: earnings.fees.into_iter().map(FeeBody::from).collect(),
            total: earnings.total.into(),
        }
    }
}

/// Something a courier told.
#[derive(Serialize, ToSchema)]
pub(crate) struct SeenBody {
    #[schema(schema_with = shipment_states)]
    state: ShipmentState,
    /// In the courier's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[schema(format = DateTime)]
    at: String,
}

impl From<Seen> for SeenBody {
    fn from(seen: Seen) -> Self {
        Self { state: seen.state, note: said(seen.note), at: instant(seen.at) }
    }
}

/// A parcel and where it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct ParcelBody {
    #[schema(schema_with = shipment_states)]
    state: ShipmentState,
    /// Absent until its courier is booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    waybill: Option<String>,
    weight_g: i32,
    /// The latest first.
    tracking: Vec<SeenBody>,
}

impl From<Parcel> for ParcelBody {
    fn from(parcel: Parcel) -> Self {
        Self {
            state: parcel.state,
            waybill: parcel.waybill,
            weight_g: parcel.weight_g,
            tracking: parcel.seen.into_iter().map(SeenBody::from).collect(),
        }
    }
}

/// An order, for its shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct SoldBody {
    id: String,
    #[schema(example = "INV/20261129/000123")]
    number: String,
    #[schema(schema_with = order_states)]
    state: OrderState,
    #[schema(format = DateTime)]
    placed_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    due_by: Option<String>,
    /// When its money comes, unless the buyer objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    settle_by: Option<String>,
    lines: Vec<OrderLineBody>,
    /// Once the order is over, without street and number.
    ship_to: ShipToBody,
    courier_name: String,
    #[schema(schema_with = services)]
    service: Service,
    insured: bool,
    /// What shipping was charged for.
    weight_g: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[schema(schema_with = methods)]
    payment_method: Method,
    /// What the buyer pays.
    summary: SummaryBody,
    earnings: EarningsBody,
    timeline: Vec<StepBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parcel: Option<ParcelBody>,
}

impl From<SoldPage> for SoldBody {
    fn from(order: SoldPage) -> Self {
        Self {
            id: order.id.to_string(),
            number: order.number,
            state: order.state,
            placed_at: instant(order.placed_at),
            due_by: order.due_by.map(instant),
            settle_by: order.settle_by.map(instant),
            lines: order.items.into_iter().map(OrderLineBody::from).collect(),
            ship_to: order.ship_to.into(),
            courier_name: order.courier,
            service: order.service,
            insured: order.insured,
            weight_g: order.weight_g,
            note: said(order.note),
            payment_method: order.method,
            summary: order.summary.into(),
            earnings: order.earnings.into(),
            timeline: order.timeline.into_iter().map(StepBody::from).collect(),
            parcel: order.parcel.map(ParcelBody::from),
        }
    }
}
