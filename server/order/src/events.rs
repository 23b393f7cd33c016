//! What happened, for whoever must follow. Published by the caller in the transaction of the change.

use kernel::{Uuid, outbox::Event};
use model::{
    ids::{LeftOutId, OrderGroupId, OrderId, ShipmentId, ShopId},
    order::{Actor, CancelReason, OrderState},
};
use serde::{Deserialize, Serialize};

macro_rules! of_group {
    ($($(#[$doc:meta])* $event:ident = $name:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
        pub struct $event { pub group: OrderGroupId }

        impl Event for $event {
            const NAME: &'static str = $name;
            fn key(&self) -> Uuid { self.group.uuid() }
        }
    )+};
}

of_group!(
    OrderPlaced = "order.placed",
    /// The shops may begin: it was paid, or is paid on delivery.
    OrderPaid = "order.paid",
    /// It was not paid in time.
    OrderExpired = "order.expired",
    /// It was given up before it was paid, all of it.
    GroupCancelled = "order.group_cancelled",
);

/// One order was cancelled after its group was cleared; what was paid for it goes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderCancelled {
    pub order: OrderId,
    pub group: OrderGroupId,
    pub actor: Actor,
    pub reason: CancelReason,
}

impl Event for OrderCancelled {
    const NAME: &'static str = "order.cancelled";
    fn key(&self) -> Uuid {
        self.order.uuid()
    }
}

/// An order went a step further.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderChanged {
    pub order: OrderId,
    pub group: OrderGroupId,
    pub shop: ShopId,
    pub from: OrderState,
    pub to: OrderState,
    pub actor: Actor,
}

impl Event for OrderChanged {
    const NAME: &'static str = "order.changed";
    fn key(&self) -> Uuid {
        self.order.uuid()
    }
}

/// A parcel of an order left, and more of the order is to follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ParcelLeft {
    pub order: OrderId,
    pub group: OrderGroupId,
    pub shop: ShopId,
    pub shipment: ShipmentId,
}

impl Event for ParcelLeft {
    const NAME: &'static str = "order.parcel_left";
    fn key(&self) -> Uuid {
        self.order.uuid()
    }
}

/// Some pieces of an order are not sent after all, or did not arrive; what was paid for them goes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PiecesLeftOut {
    pub order: OrderId,
    pub group: OrderGroupId,
    pub shop: ShopId,
    pub left_out: LeftOutId,
}

impl Event for PiecesLeftOut {
    const NAME: &'static str = "order.pieces_left_out";
    fn key(&self) -> Uuid {
        self.order.uuid()
    }
}
