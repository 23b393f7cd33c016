//! A shop's money.

use super::sold::FeeRow;
use crate::{
    Money,
    ids::{FeeRuleId, OrderId, PayoutAccountId, WithdrawalId},
    payout::{Bank, PayoutFailure, WithdrawalState},
};
use serde::{Deserialize, Serialize};

/// What a shop has, and what is on its way to it and from it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Takings {
    /// What can be taken out; less than nothing where more was refunded than there was.
    pub available: Money,
    /// Of orders that are not complete.
    pub coming: Money,
    pub coming_orders: u64,
    /// On its way to the bank.
    pub leaving: Money,
    pub accounts: Vec<AccountView>,
    /// The latest first.
    pub withdrawals: Vec<WithdrawalView>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AccountView {
    pub id: PayoutAccountId,
    pub bank: Bank,
    /// Its last four digits.
    pub number: String,
    pub holder: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WithdrawalView {
    pub id: WithdrawalId,
    pub amount: Money,
    pub state: WithdrawalState,
    pub failure: Option<PayoutFailure>,
    pub bank: Bank,
    pub number: String,
    pub requested_at: i64,
    pub ended_at: Option<i64>,
}

crate::named!(
    /// Why a shop's balance changed.
    EntryKind {
        Released = "released",
        Refunded = "refunded",
        Withdrawn = "withdrawn",
        /// A withdrawal that did not arrive.
        Reversed = "reversed",
        /// Its owner bought something with it.
        Spent = "spent",
        /// What was bought with it is paid back.
        SpentBack = "spent_back",
        Other = "other",
    }
);

/// One change of a shop's balance.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StatementRow {
    pub at: i64,
    pub kind: EntryKind,
    /// The order it is about.
    pub order: Option<(OrderId, String)>,
    pub amount: Money,
    /// After it.
    pub balance: Money,
    /// Of a sale: the goods with what the platform adds, and what is taken off. Their sum is the amount.
    pub goods: Option<Money>,
    pub shipping_discount: Option<Money>,
    pub fees: Vec<FeeRow>,
    /// What had been given back before.
    pub refunded: Option<Money>,
}

/// A withdrawal an operator has to decide on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WaitingWithdrawal {
    pub id: WithdrawalId,
    pub shop: String,
    pub shop_slug: String,
    pub amount: Money,
    pub bank: Bank,
    pub number: String,
    pub requested_at: i64,
}

/// A rule as it is typed: `target` is empty for everything, else a standing, or the address of a shop, category or product
/// as `kind` says; a rate is in percent with at most two decimals, amounts in rupiah.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FeeInput {
    /// As in [`FeeRuleView::fee`].
    pub fee: String,
    /// `tier`, `shop`, `category`, `product`, or nothing for everything.
    pub kind: String,
    pub target: String,
    pub rate: String,
    pub cap: String,
    pub floor: String,
    pub per_piece: String,
    pub per_order: String,
}

/// A rule about what the platform takes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FeeRuleView {
    pub id: FeeRuleId,
    /// `commission`, `dynamic`, `mall` or `order`.
    pub fee: String,
    /// What it is about and which; none is everything.
    pub target: Option<(String, String)>,
    /// In basis points.
    pub rate: Option<u16>,
    pub cap: Option<Money>,
    pub floor: Option<Money>,
    pub per_piece: Option<Money>,
    pub per_order: Option<Money>,
    pub since: i64,
    pub ended: Option<i64>,
}
