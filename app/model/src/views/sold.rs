//! Orders as their shop sees them, and parcels as everybody does.

use super::{OrderItem, QrPicture, ShipTo, Summary, TimelineStep};
use crate::{
    Money, Page, Slug,
    ids::{LeftOutId, OrderId, OrderLineId, ShipmentId},
    order::{CancelReason, LinePieces, OrderState, SellerFilter},
    payment::Method,
    shipping::{Collection, Service, ShipmentState},
};
use serde::{Deserialize, Serialize};

/// An order in its shop's list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SoldCard {
    pub id: OrderId,
    pub number: String,
    pub state: OrderState,
    /// Unix seconds.
    pub placed_at: i64,
    /// By when the shop has to accept it, or to hand it over; none where nothing is for the shop to do.
    pub due_by: Option<i64>,
    /// That is less than half a day away, or past.
    pub pressing: bool,
    pub recipient: String,
    /// The city it goes to.
    pub place: String,
    pub first: OrderItem,
    /// Lines beside the first.
    pub more: u32,
    pub total: Money,
    pub cash: bool,
    /// The courier's name.
    pub courier: String,
    pub service: Service,
    /// Of the parcel that was packed last.
    pub waybill: Option<String>,
    /// A part of it is on its way, and the rest is the shop's to send.
    pub partly: bool,
}

/// A part of a shop's orders.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SoldList {
    pub page: Page<SoldCard>,
    /// How many wait in each tab; not of what is over. Counted up to one more than [`SoldList::MOST`].
    pub counts: Vec<(SellerFilter, u64)>,
}

impl SoldList {
    /// More than this are not counted out.
    pub const MOST: u64 = 999;
}

/// One kind of fee of an order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FeeRow {
    /// `commission`, `dynamic`, `mall` or `order`.
    pub kind: String,
    pub amount: Money,
}

/// What a shop gets for an order, and what is taken off.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Earnings {
    /// The goods as the buyer pays them, with what the platform adds for its own vouchers.
    pub goods: Money,
    /// What the shop bears of a voucher on shipping.
    pub shipping_discount: Money,
    pub fees: Vec<FeeRow>,
    /// For pieces that were not sent, less the commission on them; nothing, or less than nothing.
    pub left_out: Money,
    pub total: Money,
}

/// One order, for its shop.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SoldPage {
    pub id: OrderId,
    pub number: String,
    pub state: OrderState,
    pub shop: String,
    pub shop_slug: Slug,
    pub placed_at: i64,
    pub due_by: Option<i64>,
    /// When its money comes, unless the buyer objects.
    pub settle_by: Option<i64>,
    pub items: Vec<OrderItem>,
    /// Once it is over, without street and number.
    pub ship_to: ShipTo,
    pub courier: String,
    pub service: Service,
    pub insured: bool,
    pub weight_g: i32,
    pub note: String,
    pub method: Method,
    pub summary: Summary,
    pub earnings: Earnings,
    pub timeline: Vec<TimelineStep>,
    /// The first first.
    pub parcels: Vec<Parcel>,
    pub left_out: Vec<LeftOutRow>,
    /// What waits to be packed, of each line that has any.
    pub waits: Vec<LinePieces>,
    /// How a parcel can come to its courier now; nothing where there is none to be packed or fetched.
    pub ways: Vec<Collection>,
    /// Names what is done from this page, so that it is done once.
    pub key: String,
}

impl SoldPage {
    /// Some of it is with its courier, or has been.
    pub fn has_left(&self) -> bool {
        self.parcels.iter().any(|parcel| parcel.left)
    }

    /// Its line, as it was sold.
    pub fn item(&self, line: OrderLineId) -> Option<&OrderItem> {
        self.items.iter().find(|item| item.id == line)
    }
}

/// Some pieces of a line, and what they are called.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ParcelPiece {
    pub line: OrderLineId,
    pub name: String,
    /// `Hitam, XL`; empty where there is nothing to choose.
    pub label: String,
    pub quantity: i32,
}

impl ParcelPiece {
    /// `Kaos Polos (Hitam, XL)`
    pub fn shown(&self) -> String {
        if self.label.is_empty() { self.name.clone() } else { format!("{} ({})", self.name, self.label) }
    }
}

/// Pieces that are not sent after all, or did not arrive.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LeftOutRow {
    pub id: LeftOutId,
    pub reason: CancelReason,
    pub pieces: Vec<ParcelPiece>,
    /// What went back for them.
    pub refund: Money,
    pub at: i64,
}

/// A parcel and where it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Parcel {
    pub id: ShipmentId,
    pub pieces: Vec<ParcelPiece>,
    pub collection: Collection,
    /// Its courier has it, or had.
    pub left: bool,
    pub state: ShipmentState,
    /// None until its courier is booked.
    pub waybill: Option<String>,
    pub weight_g: i32,
    /// What its courier told, the latest first.
    pub seen: Vec<Seen>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Seen {
    pub state: ShipmentState,
    /// In the courier's words.
    pub note: String,
    pub at: i64,
}

/// What waits in a shop; of each part nothing for those whose work it is not.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ToDo {
    pub orders: Option<WaitingOrders>,
    /// Variants about to run out.
    pub low_stock: Option<u32>,
    pub sold: Option<SoldToday>,
}

/// Orders the shop has yet to do something with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct WaitingOrders {
    pub new: u32,
    pub to_pack: u32,
    pub to_ship: u32,
    /// Of all these, those that are due within twelve hours, or late.
    pub pressing: u32,
    /// When the next of them is due.
    pub next_due: Option<i64>,
}

/// Of the day that is not over yet, in Jakarta.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SoldToday {
    pub orders: u32,
    /// Goods before fees.
    pub goods: Money,
}

/// What is stuck onto a parcel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Label {
    pub order: SoldPage,
    pub parcel: Parcel,
    /// Which it is of how many.
    pub place: (u32, u32),
    pub waybill: String,
    /// A bar code one unit high, in units of its narrowest bar.
    pub bars_width: u32,
    pub bars: String,
    pub qr: QrPicture,
    /// To be collected at the door.
    pub cash: Option<Money>,
}
