//! A shop's vouchers, for those who give them out.

use crate::{
    Money,
    ids::{CategoryId, VoucherId},
    named,
    pricing::MemberTier,
    query,
    views::Deal,
};
use serde::{Deserialize, Serialize};

named!(
    /// What a shop's voucher gives; the form asks for other things with each.
    VoucherKind {
        /// So much off all matching goods together.
        Fixed = "fixed",
        /// A part of them, up to a limit.
        Percent = "percent",
        /// Shipping, up to so much.
        Shipping = "shipping",
        /// So many pieces free with so many bought.
        BuyGet = "buy_get",
    }
);

named!(
    /// How a voucher stands at a moment. A shop's list is narrowed to one of these.
    VoucherStanding {
        Running = "running",
        /// It has not begun.
        Coming = "coming",
        /// Its time is over, switched off or not.
        Ended = "ended",
        /// Switched off by its shop before its time is over.
        Off = "off",
    }
);

/// A voucher as it is typed. Amounts are in rupiah, days in Jakarta.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VoucherInput {
    /// The name of a [`VoucherKind`].
    pub kind: String,
    pub code: String,
    /// For the shop and its reports.
    pub name: String,
    /// Off the goods, or off the shipping.
    pub amount: String,
    /// Of a hundred: `7,5`.
    pub percent: String,
    pub cap: String,
    pub buy: String,
    pub get: String,
    pub min_spend: String,
    /// The least tier of members it is for; empty for anybody. Only the platform's ask for one.
    pub tier: String,
    /// Of any variant of the products it is for, between spaces, commas or line breaks; empty for all.
    pub skus: String,
    /// Ids of the categories it is for; none for all.
    pub categories: Vec<String>,
    pub quota: String,
    pub budget: String,
    pub per_person: String,
    /// First day; empty for from now on.
    pub from: String,
    /// Last day; empty for without end.
    pub until: String,
    /// Anything for shown on the shop's page, empty for by code only.
    pub public: String,
}

/// Stands in an address that says a voucher which is only thought about.
const PREVIEW: &str = "preview";

impl VoucherInput {
    /// What an address says, where `get` finds the first value of a name; none where it says no voucher.
    pub fn said(get: impl Fn(&str) -> Option<String>, categories: Vec<String>) -> Option<Self> {
        get(PREVIEW)?;
        let get = |name: &str| get(name).unwrap_or_default();
        Some(Self {
            kind: get("kind"),
            code: get("code"),
            name: get("name"),
            amount: get("amount"),
            percent: get("percent"),
            cap: get("cap"),
            buy: get("buy"),
            get: get("get"),
            min_spend: get("min_spend"),
            tier: get("tier"),
            skus: get("skus"),
            categories,
            quota: get("quota"),
            budget: get("budget"),
            per_person: get("per_person"),
            from: get("from"),
            until: get("until"),
            public: get("public"),
        })
    }

    /// The address that says it.
    pub fn href(&self, path: &str) -> String {
        let fields = [
            ("kind", &self.kind),
            ("code", &self.code),
            ("name", &self.name),
            ("amount", &self.amount),
            ("percent", &self.percent),
            ("cap", &self.cap),
            ("buy", &self.buy),
            ("get", &self.get),
            ("min_spend", &self.min_spend),
            ("tier", &self.tier),
            ("skus", &self.skus),
            ("quota", &self.quota),
            ("budget", &self.budget),
            ("per_person", &self.per_person),
            ("from", &self.from),
            ("until", &self.until),
            ("public", &self.public),
        ];
        let categories = self.categories.iter().map(|id| ("category", id.as_str()));
        let typed = fields.into_iter().map(|(name, value)| (name, value.as_str()));
        let said = typed.chain(categories).filter(|(_, value)| !value.is_empty());
        query::href(path, std::iter::once((PREVIEW, "1")).chain(said))
    }
}

/// A voucher as its shop sees it. Instants are seconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShopVoucher {
    pub id: VoucherId,
    /// None where it applies by itself.
    pub code: Option<String>,
    pub name: String,
    pub deal: Deal,
    pub min_spend: Option<Money>,
    /// The tier a member has to be of, or above.
    pub tier: Option<MemberTier>,
    /// How many products and categories it is for; none of either where it is for all.
    pub products: u32,
    pub categories: u32,
    pub quota: Option<i32>,
    /// Uses that count now; one that was given back does not.
    pub used: i32,
    pub budget: Option<Money>,
    /// What it has given away so far.
    pub spent: Money,
    pub per_person: Option<i32>,
    pub from: i64,
    /// It ends just before.
    pub until: Option<i64>,
    /// As it is typed: `2026-12-31`; empty for without end.
    pub last_day: String,
    pub public: bool,
    pub standing: VoucherStanding,
    /// Somebody has used it once, so that its terms stay as they were.
    pub is_frozen: bool,
    /// Grows with every change; an edit names the one it was made from.
    pub version: i32,
}

impl ShopVoucher {
    /// Whether it gives nothing any more for having given all.
    pub fn is_used_up(&self) -> bool {
        self.quota.is_some_and(|quota| self.used >= quota)
            || self.budget.is_some_and(|budget| self.spent.amount() >= budget.amount())
    }
}

/// A part of a shop's vouchers, and how many there are of each standing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VoucherList {
    pub page: crate::Page<ShopVoucher>,
    pub counts: Vec<(VoucherStanding, u64)>,
}

/// A category that something in the shop is in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VoucherCategory {
    pub id: CategoryId,
    pub name: String,
}

/// What most orders of a shop look like: half of them come to more, half to less.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UsualOrder {
    /// Before discounts.
    pub goods: Money,
    pub pieces: i32,
    /// None where nothing has been sent yet.
    pub shipping: Option<Money>,
    /// So many orders say so; without any it is one piece at the shop's middle price.
    pub orders: u64,
}

/// What a voucher would cost its shop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VoucherCost {
    /// The most one use gives; none where that has no limit.
    pub most_each: Option<Money>,
    /// The most that all uses together give; none where that has no limit.
    pub worst: Option<Money>,
    /// None for a shop that sells nothing yet.
    pub usual: Option<UsualOrder>,
    /// What the usual order gets; nothing where it does not reach the voucher's conditions.
    pub off: Money,
}
