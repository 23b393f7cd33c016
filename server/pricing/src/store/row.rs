//! A voucher as it lies in its table, and as it is used.

use super::currency;
use crate::{Conditions, Kind, Left, Scope, ShippingOff, Voucher};
use model::{
    BasisPoints, Money, Qty,
    ids::{CategoryId, ProductId, ShopId, Uuid},
    order::Funder,
    payment::Method,
    pricing::{MemberTier, VoucherCode, VoucherState},
};
use time::OffsetDateTime;

/// Vouchers, with how often the buyer of `$1` has used each. What they are read from follows.
macro_rules! vouchers {
    ($from:tt, $buyer:expr $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            $crate::store::row::Row,
            r#"select id, shop_id, code, name, kind, currency, amount, rate, cap, buy_qty, get_qty, min_spend, min_qty,
                 products, categories, shops, methods, first_order_only, member_tier, funder, starts_at, ends_at, quota,
                 used, budget, spent, per_person, state, public,
                 (select count(*) from voucher_use
                  where voucher_id = voucher.id and buyer_key = $1 and voucher_use.state = 'used') as "by_buyer!"
               from "# + $from,
            $buyer
            $(, $argument)*
        )
    };
}
pub(super) use vouchers;

pub(super) struct Row {
    pub id: Uuid,
    pub shop_id: Option<Uuid>,
    pub code: Option<String>,
    pub name: String,
    pub kind: String,
    pub currency: String,
    pub amount: Option<i64>,
    pub rate: Option<i32>,
    pub cap: Option<i64>,
    pub buy_qty: Option<i32>,
    pub get_qty: Option<i32>,
    pub min_spend: Option<i64>,
    pub min_qty: Option<i32>,
    pub products: Vec<Uuid>,
    pub categories: Vec<Uuid>,
    pub shops: Vec<Uuid>,
    pub methods: Vec<String>,
    pub first_order_only: bool,
    pub member_tier: Option<String>,
    pub funder: String,
    pub starts_at: OffsetDateTime,
    pub ends_at: Option<OffsetDateTime>,
    pub quota: Option<i32>,
    pub used: i32,
    pub budget: Option<i64>,
    pub spent: i64,
    pub per_person: Option<i32>,
    pub state: String,
    pub public: bool,
    /// Uses by the buyer who asks.
    pub by_buyer: i64,
}

impl Row {
    /// None where the table's checks would not have let it in.
    pub fn voucher(self) -> Option<Voucher> {
        let money = |amount| Money::new(amount, currency(&self.currency));
        let by_buyer = i32::try_from(self.by_buyer).unwrap_or(i32::MAX);
        Some(Voucher {
            kind: self.kind()?,
            id: self.id.into(),
            code: self.code.as_deref().map(VoucherCode::try_from).transpose().ok()?,
            name: self.name,
            scope: self.shop_id.map_or(Scope::Platform, |shop| Scope::Shop(shop.into())),
            conditions: Conditions {
                min_spend: self.min_spend.map(money),
                min_qty: self.min_qty.map(Qty::try_from).transpose().ok()?,
                products: self.products.into_iter().map(ProductId::new).collect(),
                categories: self.categories.into_iter().map(CategoryId::new).collect(),
                shops: self.shops.into_iter().map(ShopId::new).collect(),
                first_order_only: self.first_order_only,
                member_tier: self.member_tier.as_deref().and_then(MemberTier::from_name),
                methods: self.methods.iter().filter_map(|name| Method::from_name(name)).collect(),
            },
            funder: Funder::from_name(&self.funder)?,
            from: self.starts_at,
            until: self.ends_at,
            state: VoucherState::from_name(&self.state)?,
            public: self.public,
            left: Left {
                quota: self.quota.map(|quota| quota - self.used),
                budget: self.budget.map(|budget| money(budget - self.spent)),
                per_person: self.per_person.map(|most| most.saturating_sub(by_buyer)),
            },
        })
    }

    fn kind(&self) -> Option<Kind> {
        let money = |amount| Money::new(amount, currency(&self.currency));
        let amount = self.amount.map(money);
        let rate = self.rate.and_then(|rate| BasisPoints::try_from(u16::try_from(rate).ok()?).ok());
        let cap = self.cap.map(money);
        let qty = |n: Option<i32>| n.and_then(|n| Qty::try_from(n).ok());
        Some(match self.kind.as_str() {
            "fixed" => Kind::Fixed(amount?),
            "fixed_per_line" => Kind::FixedPerLine(amount?),
            "percent" => Kind::Percent { rate: rate?, cap },
            "percent_per_line" => Kind::PercentPerLine { rate: rate? },
            "buy_x_get_y" => Kind::BuyXGetY { buy: qty(self.buy_qty)?, get: qty(self.get_qty)? },
            "shipping" => Kind::Shipping(ShippingOff::UpTo(amount?)),
            "shipping_percent" => Kind::Shipping(ShippingOff::Percent { rate: rate?, cap }),
            _ => return None,
        })
    }
}

/// What a kind is in the table's columns.
#[derive(Default)]
pub(super) struct KindColumns {
    pub kind: &'static str,
    pub amount: Option<Money>,
    pub rate: Option<i32>,
    pub cap: Option<Money>,
    pub buy: Option<i32>,
    pub get: Option<i32>,
}

impl From<Kind> for KindColumns {
    fn from(kind: Kind) -> Self {
        let none = Self::default();
        let bps = |rate: BasisPoints| Some(i32::from(rate.get()));
        match kind {
            Kind::Fixed(amount) => Self { kind: "fixed", amount: Some(amount), ..none },
            Kind::FixedPerLine(amount) => Self { kind: "fixed_per_line", amount: Some(amount), ..none },
            Kind::Percent { rate, cap } => Self { kind: "percent", rate: bps(rate), cap, ..none },
            Kind::PercentPerLine { rate } => Self { kind: "percent_per_line", rate: bps(rate), ..none },
            Kind::BuyXGetY { buy, get } => {
                Self { kind: "buy_x_get_y", buy: Some(buy.get()), get: Some(get.get()), ..none }
            }
            Kind::Shipping(ShippingOff::UpTo(amount)) => {
                Self { kind: "shipping", amount: Some(amount), ..none }
            }
            Kind::Shipping(ShippingOff::Percent { rate, cap }) => {
                Self { kind: "shipping_percent", rate: bps(rate), cap, ..none }
            }
        }
    }
}
