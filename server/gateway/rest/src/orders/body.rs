//! What orders look like from outside.

use crate::{
    body::MoneyBody,
    buying::{SummaryBody, group_states, methods, order_states, payment_states, reasons, said, services},
    goods::instant,
    selling::body::{LeftOutBody, ParcelBody},
};
use model::{
    order::{CancelReason, GroupState, OrderState},
    payment::{Method, PaymentState},
    shipping::Service,
    views::{GroupPage, MoneyBack, OrderCard, OrderItem, OrderPage, ShipTo, TimelineStep},
};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that was ordered, as it was then.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderLineBody {
    id: String,
    product_id: String,
    variant_id: String,
    slug: String,
    sku: String,
    name: String,
    /// What was chosen; absent for the only variant.
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<String>,
    /// Path of its picture on this site.
    image: String,
    quantity: i32,
    /// Of one piece.
    price: MoneyBody,
    /// All pieces, before vouchers.
    total: MoneyBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<OrderItem> for OrderLineBody {
    fn from(item: OrderItem) -> Self {
        Self {
            id: item.id.to_string(),
            product_id: item.product.to_string(),
            variant_id: item.variant.to_string(),
            slug: item.slug.into(),
            sku: item.sku,
            name: item.name,
            variant: said(item.label),
            image: item.picture.src(),
            quantity: item.quantity,
            price: item.unit.into(),
            total: item.gross.into(),
            note: said(item.note),
        }
    }
}

/// An order in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderCardBody {
    id: String,
    order_group_id: String,
    #[schema(example = "INV/20261129/000123")]
    number: String,
    #[schema(schema_with = order_states)]
    state: OrderState,
    /// The shop's name.
    shop: String,
    shop_slug: String,
    #[schema(format = DateTime)]
    placed_at: String,
    first_line: OrderLineBody,
    /// Lines beside the first.
    more_lines: u32,
    total: MoneyBody,
    /// What is to be paid, while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_id: Option<String>,
}

impl From<OrderCard> for OrderCardBody {
    fn from(card: OrderCard) -> Self {
        Self {
            id: card.id.to_string(),
            order_group_id: card.group.to_string(),
            number: card.number,
            state: card.state,
            shop: card.shop,
            shop_slug: card.shop_slug.into(),
            placed_at: instant(card.placed_at),
            first_line: card.first.into(),
            more_lines: card.more,
            total: card.total.into(),
            payment_id: card.payment.map(|id| id.to_string()),
        }
    }
}

/// What was placed and is paid at once: one order for each shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderGroupBody {
    id: String,
    #[schema(schema_with = group_states)]
    state: GroupState,
    #[schema(format = DateTime)]
    placed_at: String,
    /// Until when it is to be paid; absent for cash on delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    due_at: Option<String>,
    #[schema(schema_with = methods)]
    payment_method: Method,
    /// Where the buyer is told about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    orders: Vec<OrderCardBody>,
    summary: SummaryBody,
    /// The latest attempt to pay it.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_id: Option<String>,
}

impl From<GroupPage> for OrderGroupBody {
    fn from(group: GroupPage) -> Self {
        Self {
            id: group.id.to_string(),
            state: group.state,
            placed_at: instant(group.placed_at),
            due_at: group.due_at.map(instant),
            payment_method: group.method,
            email: said(group.email),
            orders: group.orders.into_iter().map(OrderCardBody::from).collect(),
            summary: group.summary.into(),
            payment_id: group.payment.map(|id| id.to_string()),
        }
    }
}

/// Where an order goes, as it was written when it was placed. Absent parts have been erased, or never were.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShipToBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// District, city and province.
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    postcode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
}

impl From<ShipTo> for ShipToBody {
    fn from(to: ShipTo) -> Self {
        Self {
            recipient: said(to.recipient),
            phone: said(to.phone),
            street: said(to.street),
            detail: said(to.detail),
            place: to.place,
            postcode: said(to.postcode),
            notes: said(to.notes),
        }
    }
}

/// How an order came into a state.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepBody {
    #[schema(schema_with = order_states)]
    state: OrderState,
    /// Who moved it: `buyer`, `shop`, `operator`, `clock` (a deadline), `provider` (of payments) or `courier`.
    actor: &'static str,
    /// Why it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = reasons, required = false)]
    reason: Option<CancelReason>,
    #[schema(format = DateTime)]
    at: String,
}

impl From<TimelineStep> for StepBody {
    fn from(step: TimelineStep) -> Self {
        Self { state: step.state, actor: step.actor.as_str(), reason: step.reason, at: instant(step.at) }
    }
}

/// One shop's order.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderBody {
    id: String,
    order_group_id: String,
    #[schema(example = "INV/20261129/000123")]
    number: String,
    #[schema(schema_with = order_states)]
    state: OrderState,
    shop_id: String,
    /// The shop's name.
    shop: String,
    shop_slug: String,
    #[schema(format = DateTime)]
    placed_at: String,
    lines: Vec<OrderLineBody>,
    ship_to: ShipToBody,
    /// What people call it.
    courier_name: String,
    #[schema(schema_with = services)]
    service: Service,
    insured: bool,
    /// The days on which it may arrive.
    #[schema(format = Date)]
    arrives_from: String,
    #[schema(format = Date)]
    arrives_until: String,
    /// For the shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    summary: SummaryBody,
    #[schema(schema_with = methods)]
    payment_method: Method,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = payment_states, required = false)]
    payment_state: Option<PaymentState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_id: Option<String>,
    /// From the first step to the last.
    timeline: Vec<StepBody>,
    /// Its buyer may cancel it.
    can_cancel: bool,
    /// Its buyer may say that it has arrived.
    can_receive: bool,
    /// The parcel that was packed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    parcel: Option<ParcelBody>,
    /// All of them, the first first.
    parcels: Vec<ParcelBody>,
    /// What does not come.
    left_out: Vec<LeftOutBody>,
    refunded: MoneyBody,
    /// What came too late, twice or beyond what was to be paid, for all orders that are paid together, and goes back.
    money_back: Vec<MoneyBackBody>,
}

/// Money that went back for no order in particular.
#[derive(Serialize, ToSchema)]
struct MoneyBackBody {
    amount: MoneyBody,
    /// Since when it is on its way.
    #[schema(format = DateTime)]
    at: String,
}

impl From<MoneyBack> for MoneyBackBody {
    fn from(back: MoneyBack) -> Self {
        Self { amount: back.amount.into(), at: instant(back.at) }
    }
}

impl From<OrderPage> for OrderBody {
    fn from(order: OrderPage) -> Self {
        Self {
            id: order.id.to_string(),
            order_group_id: order.group.to_string(),
            number: order.number,
            state: order.state,
            shop_id: order.shop_id.to_string(),
            shop: order.shop,
            shop_slug: order.shop_slug.into(),
            placed_at: instant(order.placed_at),
            lines: order.items.into_iter().map(OrderLineBody::from).collect(),
            ship_to: order.ship_to.into(),
            courier_name: order.courier,
            service: order.service,
            insured: order.insured,
            arrives_from: order.arrives_from,
            arrives_until: order.arrives_until,
            note: said(order.note),
            summary: order.summary.into(),
            payment_method: order.method,
            payment_state: order.payment_state,
            payment_id: order.payment.map(|id| id.to_string()),
            timeline: order.timeline.into_iter().map(StepBody::from).collect(),
            can_cancel: order.can_cancel,
            can_receive: order.can_receive,
            parcel: order.parcels.last().cloned().map(ParcelBody::from),
            parcels: order.parcels.into_iter().map(ParcelBody::from).collect(),
            left_out: order.left_out.into_iter().map(LeftOutBody::from).collect(),
            refunded: order.refunded.into(),
            money_back: order.money_back.into_iter().map(MoneyBackBody::from).collect(),
        }
    }
}
