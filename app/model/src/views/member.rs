//! Tiers of members: what they take, how many are of each, and what one of them has reached.

use crate::{Money, pricing::MemberTier};
use serde::{Deserialize, Serialize};

pub mod limits {
    /// Orders count for at most so many months.
    pub const MONTHS: i64 = 36;
    /// No tier takes more, in rupiah.
    pub const AMOUNT: i64 = 1_000_000_000_000;
}

/// What a member has reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Standing {
    pub tier: MemberTier,
    /// On goods of orders that were completed within the last so many months.
    pub spent: Money,
    pub months: u8,
    /// None at the top.
    pub next: Option<NextTier>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NextTier {
    pub tier: MemberTier,
    pub least: Money,
    pub missing: Money,
}

/// What operators see of all.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MemberDesk {
    pub months: u8,
    /// The lowest first.
    pub tiers: Vec<TierRow>,
}

impl MemberDesk {
    pub fn least(&self, tier: MemberTier) -> Option<Money> {
        self.tiers.iter().find(|row| row.tier == tier).map(|row| row.least)
    }
}

/// What tiers take, as it is typed: amounts in rupiah.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct TierInput {
    pub months: String,
    pub silver: String,
    pub gold: String,
    pub platinum: String,
}

impl TierInput {
    /// As the tiers are now.
    pub fn of(desk: &MemberDesk) -> Self {
        let least = |tier| desk.least(tier).map(|least| least.amount().to_string()).unwrap_or_default();
        Self {
            months: desk.months.to_string(),
            silver: least(MemberTier::Silver),
            gold: least(MemberTier::Gold),
            platinum: least(MemberTier::Platinum),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TierRow {
    pub tier: MemberTier,
    /// So much and more has to be spent.
    pub least: Money,
    pub members: i64,
}
