//! The words of prices: voucher codes, where a discount comes from, why a voucher does not apply.

use crate::{
    Money,
    ids::{FlashSaleId, VoucherId},
    payment::Method,
};
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "a voucher code has 3 to 24 letters, digits, hyphens and underscores, and begins with a letter or digit"
)]
pub struct NotACode;

/// What a shopper types to get a voucher. However it was typed, it is upper case here.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VoucherCode(String);

impl VoucherCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for VoucherCode {
    type Error = NotACode;
    fn try_from(typed: &str) -> Result<Self, NotACode> {
        let code = typed.trim().to_ascii_uppercase();
        let mark = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let fits = (3..=24).contains(&code.len())
            && code.chars().all(mark)
            && code.starts_with(|c: char| c.is_ascii_alphanumeric());
        if fits { Ok(Self(code)) } else { Err(NotACode) }
    }
}

impl TryFrom<String> for VoucherCode {
    type Error = NotACode;
    fn try_from(typed: String) -> Result<Self, NotACode> {
        Self::try_from(typed.as_str())
    }
}

impl From<VoucherCode> for String {
    fn from(code: VoucherCode) -> Self {
        code.0
    }
}

impl fmt::Display for VoucherCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

crate::named!(
    /// How much somebody has bought here, lowest first.
    MemberTier {
        Regular = "regular",
        Silver = "silver",
        Gold = "gold",
        Platinum = "platinum",
    }
);

impl MemberTier {
    pub const fn reaches(self, least: Self) -> bool {
        self as u8 >= least as u8
    }
}

crate::named!(
    /// Whether a voucher is given. What it takes besides is its window of time and what is left of it.
    VoucherState {
        Active = "active",
        Paused = "paused",
    }
);

/// Which voucher it was, as it is told to people: by its code, or by its name where it needs none.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct VoucherRef {
    pub id: VoucherId,
    pub code: Option<VoucherCode>,
    pub name: String,
}

/// Where a discount comes from. The words of its label are made of it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Wholesale: so many pieces and more cost less each.
    Tier {
        min_qty: i32,
    },
    /// A price that holds for a time.
    Schedule,
    Flash(FlashSaleId),
    /// So many pieces are free.
    BuyXGetY {
        voucher: VoucherRef,
        free: i32,
    },
    Voucher(VoucherRef),
    ShippingVoucher(VoucherRef),
    Coins,
}

impl Source {
    /// The voucher it is of, if any.
    pub const fn voucher(&self) -> Option<&VoucherRef> {
        match self {
            Self::BuyXGetY { voucher, .. } | Self::Voucher(voucher) | Self::ShippingVoucher(voucher) => {
                Some(voucher)
            }
            Self::Tier { .. } | Self::Schedule | Self::Flash(_) | Self::Coins => None,
        }
    }
}

/// Why a voucher does not apply.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// There is none by this code, or it is not given any more.
    Unknown,
    NotYet,
    Expired,
    /// It has been used as often as it may be.
    UsedUp,
    /// What is left of the money set aside for it does not reach.
    BudgetSpent,
    /// This person has used it as often as anyone may.
    LimitReached,
    /// The goods it is for come to too little.
    MinSpend {
        missing: Money,
    },
    /// It takes more pieces of one thing.
    MinQuantity {
        missing: i32,
    },
    /// It is of a shop nothing is bought from.
    WrongShop,
    /// It is for other goods, or for goods that already cost nothing.
    NoMatchingGoods,
    FirstOrderOnly,
    WrongMethod {
        allowed: Vec<Method>,
    },
    MembersOnly {
        least: MemberTier,
    },
    /// Another voucher of its kind applies already.
    DoesNotStack,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_upper_case_however_it_was_typed() {
        for typed in ["hemat50", " Hemat50 ", "HEMAT50"] {
            assert_eq!(VoucherCode::try_from(typed).unwrap().as_str(), "HEMAT50");
        }
        for wrong in ["", "AB", "-ABC", "DUA KATA", "É50", "ABCDEFGHIJKLMNOPQRSTUVWXY"] {
            assert_eq!(VoucherCode::try_from(wrong), Err(NotACode), "{wrong}");
        }
    }

    #[test]
    fn tiers_of_members_are_in_order() {
        assert!(MemberTier::Gold.reaches(MemberTier::Silver) && MemberTier::Gold.reaches(MemberTier::Gold));
        assert!(!MemberTier::Regular.reaches(MemberTier::Silver));
    }
}
