//! What is kept of it.

use crate::{Buyer, Contact, Delivery, Destination, NewLine, Sums};
use model::{
    Lang, Money,
    ids::{AccountId, OrderGroupId, OrderId, ShopId},
    order::{Actor, CancelReason, GroupState, OrderState},
    payment::Method,
};
use std::{fmt, str::FromStr};
use time::OffsetDateTime;

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not an order number")]
pub struct NotANumber;

/// What people call an order: `INV/20261129/000123`, the day of its placing by Western Indonesian Time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Number(String);

impl Number {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As people type it: in lower case too, and with spaces around.
impl FromStr for Number {
    type Err = NotANumber;
    fn from_str(typed: &str) -> Result<Self, NotANumber> {
        let text = typed.trim().to_ascii_uppercase();
        let mut parts = text.split('/');
        let digits = |part: Option<&str>, most: usize, least: usize| {
            part.is_some_and(|part| {
                (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
            })
        };
        let fits = parts.next() == Some("INV")
            && digits(parts.next(), 8, 8)
            && digits(parts.next(), 7, 6)
            && parts.next().is_none();
        if fits { Ok(Self(text)) } else { Err(NotANumber) }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is paid at once.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    pub id: OrderGroupId,
    pub buyer: Buyer,
    /// Empty once its buyer was erased.
    pub contact: Contact,
    pub lang: Lang,
    pub state: GroupState,
    pub method: Method,
    pub total: Money,
    pub placed_at: OffsetDateTime,
    /// None for cash on delivery.
    pub due_at: Option<OffsetDateTime>,
    /// When the shops might begin.
    pub cleared_at: Option<OffsetDateTime>,
    /// When the money was there; for cash on delivery when the last of it was collected.
    pub paid_at: Option<OffsetDateTime>,
    /// When it expired or was cancelled.
    pub ended_at: Option<OffsetDateTime>,
    pub version: i32,
}

impl Group {
    pub fn belongs_to(&self, buyer: &Buyer) -> bool {
        self.buyer == *buyer
    }
}

/// One shop's order.
#[derive(Clone, PartialEq, Debug)]
pub struct Order {
    pub id: OrderId,
    pub number: Number,
    pub group: OrderGroupId,
    pub shop: ShopId,
    pub account: Option<AccountId>,
    /// How its group is paid.
    pub method: Method,
    pub state: OrderState,
    pub sums: Sums,
    pub delivery: Delivery,
    /// None once its buyer was erased.
    pub destination: Option<Destination>,
    pub note: Option<String>,
    pub placed_at: OffsetDateTime,
    pub cleared_at: Option<OffsetDateTime>,
    pub accept_by: Option<OffsetDateTime>,
    pub ship_by: Option<OffsetDateTime>,
    pub settle_by: Option<OffsetDateTime>,
    /// Since when the clock of settlement stands still.
    pub settle_held_at: Option<OffsetDateTime>,
    pub shipped_at: Option<OffsetDateTime>,
    pub delivered_at: Option<OffsetDateTime>,
    pub completed_at: Option<OffsetDateTime>,
    pub cancelled_at: Option<OffsetDateTime>,
    pub collected_at: Option<OffsetDateTime>,
    pub version: i32,
}

/// A line as it was sold.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    pub order: OrderId,
    pub line: NewLine,
}

/// One entry of an order's timeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    /// None: it was placed.
    pub from: Option<OrderState>,
    pub to: OrderState,
    pub actor: Actor,
    /// Of a cancellation.
    pub reason: Option<CancelReason>,
    pub at: OffsetDateTime,
}

/// What was cancelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cancelled {
    pub group: OrderGroupId,
    pub shop: ShopId,
    pub was: OrderState,
    pub total: Money,
    /// Nothing is left of its group.
    pub whole_group: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for (typed, number) in [
            ("INV/20261129/000123", Some("INV/20261129/000123")),
            (" inv/20261129/1000000 ", Some("INV/20261129/1000000")),
            ("INV/20261129/00123", None),
            ("INV/2026112/000123", None),
            ("INV/20261129/000123/1", None),
            ("PSR/20261129/000123", None),
            ("INV/20261129/00012x", None),
            ("", None),
        ] {
            assert_eq!(typed.parse::<Number>().ok().as_ref().map(Number::as_str), number, "{typed}");
        }
    }
}
