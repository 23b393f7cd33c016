//! What a voucher gives, to whom, and when.

use model::{
    BasisPoints, Money, Qty,
    ids::{CategoryId, ProductId, ShopId, VoucherId},
    order::Funder,
    payment::Method,
    pricing::{MemberTier, VoucherCode, VoucherRef, VoucherState},
    views::Deal,
};
use time::OffsetDateTime;

/// Whose voucher it is, and so what it may lower.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scope {
    Shop(ShopId),
    Platform,
}

impl Scope {
    pub const fn shop(self) -> Option<ShopId> {
        match self {
            Self::Shop(shop) => Some(shop),
            Self::Platform => None,
        }
    }
}

/// What it gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Off all matching goods together.
    Fixed(Money),
    /// Off each matching line.
    FixedPerLine(Money),
    /// Of all matching goods together.
    Percent { rate: BasisPoints, cap: Option<Money> },
    /// Of each matching line by itself.
    PercentPerLine { rate: BasisPoints },
    /// Of so many pieces bought, so many more are free: the cheapest of the matching ones.
    BuyXGetY { buy: Qty, get: Qty },
    /// Off the fee for shipping.
    Shipping(ShippingOff),
}

/// As it is told to people.
impl From<Kind> for Deal {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Fixed(amount) | Kind::FixedPerLine(amount) => Self::Off(amount),
            Kind::Percent { rate, cap } | Kind::Shipping(ShippingOff::Percent { rate, cap }) => {
                Self::Percent(rate.get(), cap)
            }
            Kind::PercentPerLine { rate } => Self::Percent(rate.get(), None),
            Kind::BuyXGetY { buy, get } => Self::BuyGet(buy.get(), get.get()),
            Kind::Shipping(ShippingOff::UpTo(most)) => Self::Shipping(most),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ShippingOff {
    UpTo(Money),
    Percent { rate: BasisPoints, cap: Option<Money> },
}

/// What is lowered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    Goods,
    Shipping,
}

impl Kind {
    pub const fn target(&self) -> Target {
        match self {
            Self::Shipping(_) => Target::Shipping,
            _ => Target::Goods,
        }
    }

    /// Whether each line is looked at by itself.
    pub(crate) const fn per_line(&self) -> bool {
        matches!(self, Self::FixedPerLine(_) | Self::PercentPerLine { .. })
    }
}

/// When and for what it is given. Empty lists mean any.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Conditions {
    /// The matching goods cost at least this at the time it is their turn, after the discounts before it.
    pub min_spend: Option<Money>,
    /// Of one matching line there are at least so many pieces.
    pub min_qty: Option<Qty>,
    /// A line matches when its product is listed or one of its categories is.
    pub products: Vec<ProductId>,
    pub categories: Vec<CategoryId>,
    pub shops: Vec<ShopId>,
    pub first_order_only: bool,
    pub member_tier: Option<MemberTier>,
    pub methods: Vec<Method>,
}

/// What is left of a voucher; none where there is no limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Left {
    /// Uses by anybody.
    pub quota: Option<i32>,
    pub budget: Option<Money>,
    /// Uses by this buyer.
    pub per_person: Option<i32>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Voucher {
    pub id: VoucherId,
    /// None where it applies by itself, and then besides all others.
    pub code: Option<VoucherCode>,
    pub name: String,
    pub scope: Scope,
    pub kind: Kind,
    pub conditions: Conditions,
    /// Who pays for it.
    pub funder: Funder,
    pub from: OffsetDateTime,
    /// It ends just before.
    pub until: Option<OffsetDateTime>,
    pub state: VoucherState,
    /// Shown on pages to whoever comes.
    pub public: bool,
    pub left: Left,
}

impl Voucher {
    pub const fn automatic(&self) -> bool {
        self.code.is_none()
    }

    pub const fn target(&self) -> Target {
        self.kind.target()
    }

    pub fn reference(&self) -> VoucherRef {
        VoucherRef { id: self.id, code: self.code.clone(), name: self.name.clone() }
    }
}

/// A voucher as it is given out.
#[derive(Clone, PartialEq, Debug)]
pub struct NewVoucher {
    pub id: VoucherId,
    pub code: Option<VoucherCode>,
    /// 1 to 80 characters.
    pub name: String,
    pub scope: Scope,
    pub kind: Kind,
    pub conditions: Conditions,
    pub funder: Funder,
    pub from: OffsetDateTime,
    pub until: Option<OffsetDateTime>,
    pub public: bool,
    pub quota: Option<i32>,
    pub budget: Option<Money>,
    pub per_person: Option<i32>,
}

impl NewVoucher {
    /// As it is once it is given out, before anybody has used it.
    pub fn given(&self) -> Voucher {
        Voucher {
            id: self.id,
            code: self.code.clone(),
            name: self.name.clone(),
            scope: self.scope,
            kind: self.kind,
            conditions: self.conditions.clone(),
            funder: self.funder,
            from: self.from,
            until: self.until,
            state: VoucherState::Active,
            public: self.public,
            left: Left { quota: self.quota, budget: self.budget, per_person: self.per_person },
        }
    }
}
