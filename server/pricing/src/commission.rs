//! What a shop pays for a sale.

use model::{
    BasisPoints, Currency, Money, MoneyError, Qty,
    ids::{CategoryId, ProductId, ShopId, Uuid},
    views::Tier,
};

model::named!(
    /// The fees there are. Of each, the most specific rule holds.
    Fee {
        Commission = "commission",
        /// For taking part in the platform's programmes.
        Dynamic = "dynamic",
        Mall = "mall",
        /// For handling an order, whatever is in it.
        Order = "order",
    }
);

/// What a rule is about, from the most general to the most specific.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Applies {
    Everywhere,
    /// Shops of this standing.
    Tier(Tier),
    Shop(ShopId),
    /// And all beneath it; a nearer category wins over one further up.
    Category(CategoryId),
    Product(ProductId),
}

/// How much. A cap and a floor are for each line; where nothing is paid for a line there is no floor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FeeAmount {
    Rate {
        rate: BasisPoints,
        cap: Option<Money>,
        floor: Option<Money>,
    },
    PerPiece(Money),
    /// Once for one shop's order. Where rules differ among its lines the highest holds.
    PerOrder(Money),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FeeRule {
    pub fee: Fee,
    pub applies: Applies,
    pub amount: FeeAmount,
}

/// One line of a shop's order.
#[derive(Clone, PartialEq, Debug)]
pub struct SoldLine {
    pub line: Uuid,
    pub shop: ShopId,
    pub tier: Tier,
    pub product: ProductId,
    /// The product's own category first, then those above it, the nearest first.
    pub categories: Vec<CategoryId>,
    pub quantity: Qty,
    /// Of all pieces.
    pub price: Money,
    /// The shop's own; what the platform pays for does not lower a commission.
    pub shop_discount: Money,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineFee {
    pub line: Uuid,
    pub fee: Fee,
    /// The line's price after the shop's own discount.
    pub base: Money,
    /// None where it is not by a rate.
    pub rate: Option<BasisPoints>,
    pub amount: Money,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commission {
    pub lines: Vec<LineFee>,
    /// Those for the order as a whole.
    pub order: Vec<(Fee, Money)>,
    pub total: Money,
}

/// The fees for one shop's order. The same order and rules always come to the same.
pub fn commission(
    rules: &[FeeRule],
    lines: &[SoldLine],
    currency: Currency,
) -> Result<Commission, MoneyError> {
    let zero = Money::zero(currency);
    let mut commission = Commission { lines: Vec::new(), order: Vec::new(), total: zero };
    for fee in Fee::ALL {
        let mut for_order = zero;
        for line in lines {
            let Some(rule) = rule_for(rules, *fee, line) else { continue };
            let base = line.price.minus(line.shop_discount)?;
            let (rate, amount) = match rule.amount {
                FeeAmount::Rate { rate, cap, floor } => (Some(rate), share(base, rate, cap, floor)?),
                FeeAmount::PerPiece(amount) => (None, amount.times(line.quantity)?),
                FeeAmount::PerOrder(amount) => {
                    // Adding nothing says whether the currency is the same.
                    for_order.plus(amount)?;
                    for_order = if amount.amount() > for_order.amount() { amount } else { for_order };
                    continue;
                }
            };
            commission.total = commission.total.plus(amount)?;
            if !amount.is_zero() {
                commission.lines.push(LineFee { line: line.line, fee: *fee, base, rate, amount });
            }
        }
        commission.total = commission.total.plus(for_order)?;
        if !for_order.is_zero() {
            commission.order.push((*fee, for_order));
        }
    }
    Ok(commission)
}

fn share(
    base: Money,
    rate: BasisPoints,
    cap: Option<Money>,
    floor: Option<Money>,
) -> Result<Money, MoneyError> {
    if base.amount() <= 0 {
        return Ok(Money::zero(base.currency()));
    }
    let zero = Money::zero(base.currency());
    let (share, cap, floor) = (base.percent(rate), cap.unwrap_or(base), floor.unwrap_or(zero));
    // Amounts of two currencies cannot be compared.
    share.plus(cap)?.plus(floor)?;
    Ok(Money::new(share.amount().max(floor.amount()).min(cap.amount()), base.currency()))
}

/// Of the rules for a fee the most specific one about this line; of equally specific ones the first.
fn rule_for<'a>(rules: &'a [FeeRule], fee: Fee, line: &SoldLine) -> Option<&'a FeeRule> {
    let distance = |applies: Applies| match applies {
        Applies::Product(product) => (product == line.product).then_some(0),
        Applies::Category(category) => line.categories.iter().position(|it| *it == category).map(|n| n + 1),
        Applies::Shop(shop) => (shop == line.shop).then_some(usize::MAX - 2),
        Applies::Tier(tier) => (tier == line.tier).then_some(usize::MAX - 1),
        Applies::Everywhere => Some(usize::MAX),
    };
    let fitting = rules.iter().filter(|rule| rule.fee == fee);
    fitting
        .filter_map(|rule| Some((distance(rule.applies)?, rule)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, rule)| rule)
}
