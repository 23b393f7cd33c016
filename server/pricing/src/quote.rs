//! A basket with its prices.

use crate::{
    Basket, QuoteError, Voucher,
    steps::{Work, WorkFee, WorkLine},
};
use model::{
    BasisPoints, Currency, Money, Qty,
    ids::{FlashSaleId, ShopId, Uuid, VoucherId},
    order::Funder,
    pricing::{Refusal, Source, VoucherRef},
};

/// What a basket costs. Lines are in the basket's order, shops in that of their first lines.
///
/// The goods at list prices, less all adjustments, plus the fees and `tax_added`, are the total.
#[derive(Clone, PartialEq, Debug)]
pub struct Quote {
    pub lines: Vec<QuotedLine>,
    pub shops: Vec<ShopQuote>,
    /// In the order in which they were made.
    pub adjustments: Vec<Adjustment>,
    pub refused: Vec<(VoucherId, Refusal)>,
    pub applied: Vec<VoucherUse>,
    /// What is paid with coins.
    pub coins: Money,
    pub net: Money,
    /// All of it, shipping's too.
    pub tax: Money,
    /// The part of the tax that prices do not include, as it is before coins.
    pub tax_added: Money,
    pub total: Money,
}

#[derive(Clone, PartialEq, Debug)]
pub struct QuotedLine {
    pub id: Uuid,
    pub shop: ShopId,
    pub quantity: Qty,
    /// Of one piece, at the wholesale, scheduled or flash price.
    pub unit: Money,
    /// That price is of this sale, whose pieces are to be claimed.
    pub flash: Option<FlashSaleId>,
    /// All pieces at the list price.
    pub gross_before: Money,
    pub discounts: Vec<Discount>,
    /// By vouchers and promotions that the shop pays for; what a better unit price gives is not in it.
    pub shop_discount: Money,
    /// By those the platform pays for, without coins.
    pub platform_discount: Money,
    pub coins: Money,
    pub net: Money,
    pub tax: Money,
    /// The tax by rate.
    pub taxes: Vec<(BasisPoints, Money)>,
    /// What is paid for it.
    pub gross: Money,
}

/// Something taken off.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Discount {
    pub source: Source,
    /// Never negative.
    pub amount: Money,
    pub funder: Funder,
}

/// Something taken off, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Adjustment {
    pub source: Source,
    /// Never negative. As prices are given: before tax where these are.
    pub amount: Money,
    pub funder: Funder,
    /// None where it is off the shipping.
    pub line: Option<Uuid>,
    pub shop: ShopId,
}

/// One shop's part; the shops add up to the whole.
#[derive(Clone, PartialEq, Debug)]
pub struct ShopQuote {
    pub shop: ShopId,
    /// What is paid for its lines.
    pub goods: Money,
    pub shipping: ShippingQuote,
    /// Goods and shipping.
    pub total: Money,
    pub net: Money,
    pub tax: Money,
    /// Of all vouchers and promotions, what the shop pays for.
    pub shop_funded: Money,
    /// What the platform pays for, coins among it.
    pub platform_funded: Money,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShippingQuote {
    pub fee: Money,
    pub discounts: Vec<Discount>,
    /// Of all of them.
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    /// What is paid for it.
    pub gross: Money,
}

/// A voucher that applies. Its use is counted once for the checkout, however many shops it is shared among.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VoucherUse {
    pub voucher: VoucherRef,
    /// Nothing as yet where it is for shipping that is not known.
    pub amount: Money,
    pub funder: Funder,
}

impl QuotedLine {
    /// What a commission is reckoned on: the price after the shop's own discount, which neither the platform's vouchers
    /// nor coins lower.
    pub fn commission_base(&self) -> Money {
        let pieces = i128::from(self.unit.amount()) * i128::from(self.quantity.get());
        let base = pieces - i128::from(self.shop_discount.amount());
        // It was a sum of the quote, so it fits.
        Money::new(i64::try_from(base).unwrap_or_default(), self.unit.currency())
    }
}

/// Why a line costs what it does, step by step.
pub fn why(line: &QuotedLine) -> &[Discount] {
    &line.discounts
}

/// Prices a basket.
pub fn quote(basket: &Basket) -> Result<Quote, QuoteError> {
    let vouchers: Vec<&Voucher> = basket.vouchers.iter().collect();
    price(basket, &vouchers, basket.coins)
}

/// Prices a basket with other vouchers and coins than its own.
pub(crate) fn price(basket: &Basket, vouchers: &[&Voucher], coins: i64) -> Result<Quote, QuoteError> {
    let mut work = Work::new(basket)?;
    work.apply_vouchers(vouchers)?;
    work.spend_coins(coins)?;
    finish(work)
}

fn finish(mut work: Work<'_>) -> Result<Quote, QuoteError> {
    let currency = work.basket.currency;
    work.lines.sort_by_key(|line| line.position);
    let added = |inclusive: bool, tax: i64| if inclusive { 0 } else { tax };
    let mut tax_added = 0;
    let mut lines = Vec::new();
    for line in &work.lines {
        tax_added += added(line.of.tax.inclusive, line.of.tax.of(line.sum)?.tax);
        lines.push(quoted(line, currency)?);
    }
    let mut ids: Vec<ShopId> = Vec::new();
    for shop in lines.iter().map(|line| line.shop).chain(work.fees.iter().map(|fee| fee.of.shop)) {
        if !ids.contains(&shop) {
            ids.push(shop);
        }
    }
    let mut shops = Vec::new();
    for shop in ids {
        let fee = work.fees.iter().find(|fee| fee.of.shop == shop);
        if let Some(fee) = fee {
            tax_added += added(fee.of.tax.inclusive, fee.of.tax.of(fee.sum)?.tax);
        }
        shops.push(shop_quote(shop, &lines, shipping(fee, currency)?)?);
    }
    let sum = |of: fn(&ShopQuote) -> Money| total(currency, shops.iter().map(of));
    Ok(Quote {
        coins: Money::new(work.lines.iter().map(|line| line.coins).sum(), currency),
        net: sum(|shop| shop.net)?,
        tax: sum(|shop| shop.tax)?,
        tax_added: Money::new(tax_added, currency),
        total: sum(|shop| shop.total)?,
        lines,
        shops,
        adjustments: work.adjustments,
        refused: work.refused,
        applied: work.applied,
    })
}

fn quoted(line: &WorkLine<'_>, currency: Currency) -> Result<QuotedLine, QuoteError> {
    let money = |amount| Money::new(amount, currency);
    let (of, taxed) = (line.of, line.taxed()?);
    Ok(QuotedLine {
        id: of.id,
        shop: of.shop,
        quantity: of.quantity,
        unit: money(line.unit),
        flash: line.flash,
        gross_before: of.list.times(of.quantity)?,
        discounts: line.discounts.clone(),
        shop_discount: money(line.by_shop),
        platform_discount: money(line.by_platform),
        coins: money(line.coins),
        net: money(taxed.net),
        tax: money(taxed.tax),
        taxes: of.tax.split(taxed.tax).into_iter().map(|(rate, part)| (rate, money(part))).collect(),
        gross: money(taxed.gross),
    })
}

fn shipping(fee: Option<&WorkFee<'_>>, currency: Currency) -> Result<ShippingQuote, QuoteError> {
    let zero = Money::zero(currency);
    let Some(fee) = fee else {
        return Ok(ShippingQuote {
            fee: zero,
            discounts: Vec::new(),
            discount: zero,
            net: zero,
            tax: zero,
            gross: zero,
        });
    };
    let taxed = fee.of.tax.of(fee.sum)?;
    Ok(ShippingQuote {
        fee: fee.of.fee,
        discounts: fee.discounts.clone(),
        discount: Money::new(fee.of.fee.amount() - fee.sum, currency),
        net: Money::new(taxed.net, currency),
        tax: Money::new(taxed.tax, currency),
        gross: Money::new(taxed.gross, currency),
    })
}

fn shop_quote(shop: ShopId, lines: &[QuotedLine], shipping: ShippingQuote) -> Result<ShopQuote, QuoteError> {
    let currency = shipping.fee.currency();
    let own = || lines.iter().filter(|line| line.shop == shop);
    let sum = |of: fn(&QuotedLine) -> Money| total(currency, own().map(of));
    let for_shipping = |funder| {
        let of = shipping.discounts.iter().filter(move |discount| discount.funder == funder);
        total(currency, of.map(|discount| discount.amount))
    };
    let goods = sum(|line| line.gross)?;
    Ok(ShopQuote {
        shop,
        goods,
        total: goods.plus(shipping.gross)?,
        net: sum(|line| line.net)?.plus(shipping.net)?,
        tax: sum(|line| line.tax)?.plus(shipping.tax)?,
        shop_funded: sum(|line| line.shop_discount)?.plus(for_shipping(Funder::Shop)?)?,
        platform_funded: sum(|line| line.platform_discount)?
            .plus(sum(|line| line.coins)?)?
            .plus(for_shipping(Funder::Platform)?)?,
        shipping,
    })
}

fn total(currency: Currency, parts: impl Iterator<Item = Money>) -> Result<Money, QuoteError> {
    let mut sum = Money::zero(currency);
    for part in parts {
        sum = sum.plus(part)?;
    }
    Ok(sum)
}
