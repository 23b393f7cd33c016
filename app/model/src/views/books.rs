//! What operators see of the books.

use crate::{Money, ids::Uuid};
use serde::{Deserialize, Serialize};

crate::named!(
    /// What the books and the rest of the market may disagree about.
    MisfitKind {
        /// A journal that does not sum to zero.
        Journal = "journal",
        /// A journal without entries.
        Empty = "empty",
        /// A kept balance that is not the sum of its entries.
        Balance = "balance",
        /// An order's escrow is not what was paid for it and not given back.
        Escrow = "escrow",
        /// What was let go for an order is not what its sums come to.
        Released = "released",
        /// What left a shop's balance for a withdrawal is not what is on its way or arrived.
        Withdrawal = "withdrawal",
        /// A provider's account is not what its messages come to.
        Provider = "provider",
        /// A payment that came in and paid for nothing.
        PaidWithoutOrder = "paid_without_order",
        /// An order that counts as paid, without a payment.
        OrderWithoutPayment = "order_without_payment",
        /// What a member has in coins is not what is left of those they were given.
        Coins = "coins",
        /// The coins an order took are not those that its price says.
        CoinsOfOrder = "coins_of_order",
        /// What is left of coins that came at once is not what was neither spent nor expired.
        CoinsLeft = "coins_left",
        /// Reserved pieces without a reservation, or the other way round.
        Reserved = "reserved",
    }
);

/// Something that does not fit. Pieces are counted in units, everything else in minor units of its currency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MisfitRow {
    pub kind: MisfitKind,
    /// The number or id of what it is about.
    pub of: String,
    pub there: Option<i64>,
    pub due: Option<i64>,
}

/// All accounts of one kind and currency together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BooksRow {
    pub kind: String,
    pub sum: Money,
    pub accounts: i64,
    pub entries: i64,
}

/// The books as they were at one moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BooksPage {
    pub at: i64,
    pub rows: Vec<BooksRow>,
    pub misfits: Vec<MisfitRow>,
}

/// What is known of the books. Instants are seconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BooksDesk {
    /// Since when a check is under way.
    pub since: Option<i64>,
    /// What the latest that ended has found.
    pub latest: Option<BooksPage>,
}

impl MisfitRow {
    pub fn about(kind: MisfitKind, of: Uuid) -> Self {
        Self { kind, of: of.to_string(), there: None, due: None }
    }
}
