//! Voucher codes and what they give.

use crate::{
    body::{MoneyBody, text_of},
    goods::instant,
};
use model::{
    payment::Method,
    pricing::MemberTier,
    views::{CodeReason, CodeRefusal, CodeView, Deal, VoucherOffer},
};
use serde::Serialize;
use utoipa::{ToSchema, openapi::Object};

fn code_reasons() -> Object {
    text_of(CodeReason::ALL.iter().map(|it| it.as_str())).build()
}

/// A voucher code that was given.
#[derive(Serialize, ToSchema)]
pub(crate) struct CodeBody {
    code: String,
    /// Absent where it is the platform's.
    #[serde(skip_serializing_if = "Option::is_none")]
    shop_id: Option<String>,
    /// What it takes off now; absent where it does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<MoneyBody>,
    /// Why it does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<CodeRefusalBody>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct CodeRefusalBody {
    #[schema(schema_with = code_reasons)]
    reason: CodeReason,
    /// By so much the goods it is for come to too little.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<MoneyBody>,
    /// So many more pieces of one thing it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing_pieces: Option<i32>,
    /// The ways to pay it is for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    payment_methods: Vec<&'static str>,
    /// The members it is for: those of this tier and above.
    #[serde(skip_serializing_if = "Option::is_none")]
    member_tier: Option<&'static str>,
}

impl From<CodeRefusal> for CodeRefusalBody {
    fn from(refused: CodeRefusal) -> Self {
        Self {
            reason: refused.reason,
            missing: refused.missing.map(MoneyBody::from),
            missing_pieces: refused.pieces,
            payment_methods: refused.methods.into_iter().map(Method::as_str).collect(),
            member_tier: refused.least.map(MemberTier::as_str),
        }
    }
}

impl From<CodeView> for CodeBody {
    fn from(code: CodeView) -> Self {
        Self {
            code: code.code,
            shop_id: code.shop.map(|shop| shop.to_string()),
            off: code.off.map(MoneyBody::from),
            refused: code.refused.map(CodeRefusalBody::from),
        }
    }
}

/// A voucher that can be had.
#[derive(Serialize, ToSchema)]
pub(crate) struct VoucherOfferBody {
    code: String,
    /// Slug of the shop that gives it; absent where it is the platform's.
    #[serde(skip_serializing_if = "Option::is_none")]
    shop: Option<String>,
    deal: DealBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_spend: Option<MoneyBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    until: Option<String>,
    /// What it would take off this cart.
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<MoneyBody>,
}

/// What a voucher gives.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum DealBody {
    Off {
        amount: MoneyBody,
    },
    Percent {
        basis_points: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        at_most: Option<MoneyBody>,
    },
    /// Shipping is free up to so much.
    Shipping {
        at_most: MoneyBody,
    },
    /// Buy so many, and get so many free.
    BuyGet {
        buy: i32,
        get: i32,
    },
}

impl From<Deal> for DealBody {
    fn from(deal: Deal) -> Self {
        match deal {
            Deal::Off(amount) => Self::Off { amount: amount.into() },
            Deal::Percent(basis_points, most) => {
                Self::Percent { basis_points, at_most: most.map(MoneyBody::from) }
            }
            Deal::Shipping(most) => Self::Shipping { at_most: most.into() },
            Deal::BuyGet(buy, get) => Self::BuyGet { buy, get },
        }
    }
}

impl From<VoucherOffer> for VoucherOfferBody {
    fn from(offer: VoucherOffer) -> Self {
        Self {
            code: offer.code,
            shop: offer.shop.map(|(slug, _)| slug.into()),
            deal: offer.deal.into(),
            min_spend: offer.min_spend.map(MoneyBody::from),
            until: offer.until.map(instant),
            off: offer.off.map(MoneyBody::from),
        }
    }
}
