//! Where orders stand.

use crate::ids::OrderLineId;
use serde::{Deserialize, Serialize};

/// So many pieces of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LinePieces {
    pub line: OrderLineId,
    pub quantity: i32,
}

crate::named!(
    /// Where an order group stands: what is paid at once.
    GroupState {
        AwaitingPayment = "awaiting_payment",
        Paid = "paid",
        Expired = "expired",
        Cancelled = "cancelled",
    }
);

crate::named!(
    /// Where one shop's order stands.
    OrderState {
        AwaitingPayment = "awaiting_payment",
        Paid = "paid",
        Accepted = "accepted",
        Packed = "packed",
        Shipped = "shipped",
        Delivered = "delivered",
        Completed = "completed",
        Cancelled = "cancelled",
    }
);

crate::named!(
    /// Who moved an order from one state to the next.
    Actor {
        Buyer = "buyer",
        Shop = "shop",
        Operator = "operator",
        /// A deadline that passed.
        Clock = "clock",
        /// The payment provider, by what it told.
        Provider = "provider",
        Courier = "courier",
    }
);

crate::named!(
    /// Why an order was cancelled.
    CancelReason {
        ChangedMind = "changed_mind",
        WrongAddress = "wrong_address",
        WrongItem = "wrong_item",
        FoundCheaper = "found_cheaper",
        TooSlow = "too_slow",
        Other = "other",
        /// Not paid by its deadline.
        NotPaid = "not_paid",
        /// The shop did not accept or hand over in time.
        NotAccepted = "not_accepted",
        OutOfStock = "out_of_stock",
        /// The money was not there, or was taken back.
        PaymentFailed = "payment_failed",
        ShopClosed = "shop_closed",
        /// The shop had offered it at a wrong price.
        WrongPrice = "wrong_price",
        /// The shop cannot send it there.
        CannotShip = "cannot_ship",
        /// Its courier brought it back.
        ReturnedToSender = "returned_to_sender",
        /// Its courier lost it.
        Lost = "lost",
    }
);

impl CancelReason {
    /// What a buyer may give as a reason; the others are found out.
    pub const OF_BUYER: [Self; 6] = [
        Self::ChangedMind,
        Self::WrongAddress,
        Self::WrongItem,
        Self::FoundCheaper,
        Self::TooSlow,
        Self::Other,
    ];
    /// What a shop may give as a reason.
    pub const OF_SHOP: [Self; 5] =
        [Self::OutOfStock, Self::WrongPrice, Self::CannotShip, Self::ShopClosed, Self::Other];
}

crate::named!(
    /// Who pays for a discount.
    Funder {
        Shop = "shop",
        Platform = "platform",
    }
);

crate::named!(
    /// Which orders a list shows.
    OrderFilter {
        All = "all",
        ToPay = "to_pay",
        InProgress = "in_progress",
        Shipped = "shipped",
        Done = "done",
        Cancelled = "cancelled",
    }
);

crate::named!(
    /// Which of its orders a shop looks at: by what is to be done with them.
    SellerFilter {
        /// To be accepted.
        New = "new",
        /// To be packed.
        ToPack = "to_pack",
        /// To be handed over.
        ToShip = "to_ship",
        Shipped = "shipped",
        Delivered = "delivered",
        Done = "done",
        Cancelled = "cancelled",
        All = "all",
    }
);

impl SellerFilter {
    /// The states it stands for; nothing is all.
    pub const fn states(self) -> &'static [OrderState] {
        match self {
            Self::New => &[OrderState::Paid],
            Self::ToPack => &[OrderState::Accepted],
            Self::ToShip => &[OrderState::Packed],
            Self::Shipped => &[OrderState::Shipped],
            Self::Delivered => &[OrderState::Delivered],
            Self::Done => &[OrderState::Completed],
            Self::Cancelled => &[OrderState::Cancelled],
            Self::All => &[],
        }
    }
}
