//! What members see of their coins. A coin is worth a rupiah of goods.

use crate::{Page, ids::OrderId};
use serde::{Deserialize, Serialize};

crate::named!(
    /// Why a member has more or fewer coins.
    CoinKind {
        Earned = "earned",
        Spent = "spent",
        /// What was spent came back.
        Returned = "returned",
        Expired = "expired",
    }
);

/// What a member has, and what holds for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CoinPurse {
    pub balance: i64,
    /// Those that expire next; at most three.
    pub expiring: Vec<CoinExpiry>,
    /// Of what is paid for goods, in basis points; at most so many coins for one order.
    pub earn_rate: u16,
    pub earn_most: i64,
    /// Of what goods cost, so much can be paid with coins; in basis points.
    pub spend_share: u16,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CoinExpiry {
    pub amount: i64,
    /// Unix seconds.
    pub at: i64,
}

/// One change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CoinRow {
    /// Unix seconds.
    pub at: i64,
    pub kind: CoinKind,
    /// Negative where they went.
    pub amount: i64,
    /// The order it is about, and its number.
    pub order: Option<(OrderId, String)>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CoinPage {
    pub purse: CoinPurse,
    pub history: Page<CoinRow>,
}
