//! What a shop's orders look like from outside.

use crate::{
    body::{MoneyBody, text_of},
    buying::{SummaryBody, methods, order_states, said, services},
    goods::instant,
    orders::body::{OrderLineBody, ShipToBody, StepBody},
};
use model::{
    order::{CancelReason, LinePieces, OrderState, SellerFilter},
    payment::Method,
    shipping::{Collection, Service, ShipmentState},
    views::sold::{Earnings, FeeRow, LeftOutRow, Parcel, ParcelPiece, Seen, SoldCard, SoldPage},
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
    /// A part of it is on its way, and the rest is to be sent.
    partly_sent: bool,
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
            partly_sent: card.partly,
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
    /// For pieces that were not sent, less the commission on them; nothing, or below nothing.
    left_out: MoneyBody,
    total: MoneyBody,
}

impl From<Earnings> for EarningsBody {
    fn from(earnings: Earnings) -> Self {
        Self {
            goods: earnings.goods.into(),
            shipping_discount: earnings.shipping_discount.into(),
            fees: earnings.fees.into_iter().map(FeeBody::from).collect(),
            left_out: earnings.left_out.into(),
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

/// Some pieces of a line.
#[derive(Serialize, ToSchema)]
pub(crate) struct PiecesBody {
    line_id: String,
    quantity: i32,
}

impl From<ParcelPiece> for PiecesBody {
    fn from(piece: ParcelPiece) -> Self {
        Self { line_id: piece.line.to_string(), quantity: piece.quantity }
    }
}

impl From<LinePieces> for PiecesBody {
    fn from(pieces: LinePieces) -> Self {
        Self { line_id: pieces.line.to_string(), quantity: pieces.quantity }
    }
}

pub(crate) fn pieces_of(pieces: Vec<ParcelPiece>) -> Vec<PiecesBody> {
    pieces.into_iter().map(PiecesBody::from).collect()
}

/// How a parcel comes to its courier: between two times where those were chosen, otherwise as soon as the courier can.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectionBody {
    /// `pick_up` or `drop_off`.
    #[schema(example = "pick_up")]
    method: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    until: Option<String>,
}

impl From<Collection> for CollectionBody {
    fn from(collection: Collection) -> Self {
        let slot = collection.slot();
        Self {
            method: collection.kind(),
            from: slot.map(|(from, _)| instant(from)),
            until: slot.map(|(_, until)| instant(until)),
        }
    }
}

/// A parcel, what is in it and where it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct ParcelBody {
    id: String,
    contents: Vec<PiecesBody>,
    collection: CollectionBody,
    /// Its courier has it, or had.
    handed_over: bool,
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
            id: parcel.id.to_string(),
            contents: pieces_of(parcel.pieces),
            collection: parcel.collection.into(),
            handed_over: parcel.left,
            state: parcel.state,
            waybill: parcel.waybill,
            weight_g: parcel.weight_g,
            tracking: parcel.seen.into_iter().map(SeenBody::from).collect(),
        }
    }
}

/// Pieces that are not sent after all, or did not arrive.
#[derive(Serialize, ToSchema)]
pub(crate) struct LeftOutBody {
    id: String,
    contents: Vec<PiecesBody>,
    /// As of a cancellation.
    #[schema(value_type = String, example = "out_of_stock")]
    reason: CancelReason,
    /// What goes back to whoever paid.
    refund: MoneyBody,
    #[schema(format = DateTime)]
    at: String,
}

impl From<LeftOutRow> for LeftOutBody {
    fn from(row: LeftOutRow) -> Self {
        Self {
            id: row.id.to_string(),
            contents: pieces_of(row.pieces),
            reason: row.reason,
            refund: row.refund.into(),
            at: instant(row.at),
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
    /// The parcel that was packed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    parcel: Option<ParcelBody>,
    /// All of them, the first first.
    parcels: Vec<ParcelBody>,
    left_out: Vec<LeftOutBody>,
    /// What waits to be packed.
    waiting: Vec<PiecesBody>,
    /// How a parcel can come to its courier now; empty where there is none to be packed or handed over.
    collections: Vec<CollectionBody>,
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
            parcel: order.parcels.last().cloned().map(ParcelBody::from),
            parcels: order.parcels.into_iter().map(ParcelBody::from).collect(),
            left_out: order.left_out.into_iter().map(LeftOutBody::from).collect(),
            waiting: order.waits.into_iter().map(PiecesBody::from).collect(),
            collections: order.ways.into_iter().map(CollectionBody::from).collect(),
        }
    }
}
