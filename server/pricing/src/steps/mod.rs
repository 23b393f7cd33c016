//! A basket while its steps are worked through.

mod check;
mod unit;
mod voucher;

use crate::{
    Adjustment, Basket, Discount, Line, QuoteError, Shipping, VoucherUse,
    apportion::{Part, share_out},
    tax::Taxed,
};
pub(crate) use check::Place;
use model::{
    Money, MoneyError,
    ids::{FlashSaleId, ShopId, VoucherId},
    order::Funder,
    pricing::{Refusal, Source},
};
use std::collections::{HashMap, HashSet};

pub(crate) struct Work<'a> {
    pub basket: &'a Basket,
    /// By id, so that nothing depends on the order they were given in.
    pub lines: Vec<WorkLine<'a>>,
    /// In the order of their shops' first lines.
    pub fees: Vec<WorkFee<'a>>,
    pub adjustments: Vec<Adjustment>,
    pub refused: Vec<(VoucherId, Refusal)>,
    pub applied: Vec<VoucherUse>,
    taken: HashSet<Place>,
}

pub(crate) struct WorkLine<'a> {
    pub of: &'a Line,
    /// Where it stands in the basket.
    pub position: usize,
    pub unit: i64,
    pub flash: Option<FlashSaleId>,
    /// What it costs as of this step, as prices are given.
    pub sum: i64,
    /// Pieces that are free.
    free: i32,
    pub discounts: Vec<Discount>,
    pub by_shop: i64,
    pub by_platform: i64,
    pub coins: i64,
}

pub(crate) struct WorkFee<'a> {
    pub of: &'a Shipping,
    pub sum: i64,
    pub discounts: Vec<Discount>,
}

impl WorkLine<'_> {
    /// Coins pay for the tax as for the rest: they are off what is to be paid, whether prices include it or not.
    pub fn taxed(&self) -> Result<Taxed, MoneyError> {
        let taxed = self.of.tax.of(self.sum)?;
        Ok(if self.coins == 0 { taxed } else { self.of.tax.within(taxed.gross - self.coins) })
    }
}

impl<'a> Work<'a> {
    /// Every line at its unit price, every fee as it is.
    pub fn new(basket: &'a Basket) -> Result<Self, QuoteError> {
        let mut work = Self {
            basket,
            lines: Vec::new(),
            fees: Vec::new(),
            adjustments: Vec::new(),
            refused: Vec::new(),
            applied: Vec::new(),
            taken: HashSet::new(),
        };
        let mut lines: Vec<(usize, &Line)> = basket.lines.iter().enumerate().collect();
        lines.sort_by_key(|(_, line)| line.id);
        if let Some(pair) = lines.windows(2).find(|pair| pair[0].1.id == pair[1].1.id) {
            return Err(QuoteError::TwoLines(pair[0].1.id));
        }
        let pieces = unit::Pieces::of(basket);
        // Nothing that follows is larger than all lines and fees together before any discount.
        let mut all = 0i128;
        for (position, line) in lines {
            let list = work.amount(line.list)?;
            let (unit, source) = unit::price(&work, line, &pieces)?;
            let before = i128::from(list) * i128::from(line.quantity.get());
            let sum = i128::from(unit) * i128::from(line.quantity.get());
            all += i128::from(line.tax.of(fits(before)?)?.gross);
            let flash = match source {
                Some(Source::Flash(sale)) => Some(sale),
                _ => None,
            };
            work.lines.push(WorkLine {
                of: line,
                position,
                unit,
                flash,
                sum: fits(before)?,
                free: 0,
                discounts: Vec::new(),
                by_shop: 0,
                by_platform: 0,
                coins: 0,
            });
            if let Some(source) = source {
                work.lower(work.lines.len() - 1, source, fits(before - sum)?, Funder::Shop);
            }
        }
        all += work.take_fees()?;
        fits(all)?;
        Ok(work)
    }

    /// Returns what all of them come to with their taxes.
    fn take_fees(&mut self) -> Result<i128, QuoteError> {
        let mut place: HashMap<ShopId, usize> = HashMap::new();
        for line in &self.lines {
            let next = place.len();
            place.entry(line.of.shop).or_insert(next);
        }
        let mut fees: Vec<&Shipping> = self.basket.shipping.iter().collect();
        fees.sort_by_key(|fee| (place.get(&fee.shop).copied().unwrap_or(usize::MAX), fee.shop));
        if let Some(pair) = fees.windows(2).find(|pair| pair[0].shop == pair[1].shop) {
            return Err(QuoteError::TwoFees(pair[0].shop));
        }
        let mut all = 0;
        for of in fees {
            let sum = self.amount(of.fee)?;
            all += i128::from(of.tax.of(sum)?.gross);
            self.fees.push(WorkFee { of, sum, discounts: Vec::new() });
        }
        Ok(all)
    }

    /// Pays for goods with coins, as far as they go.
    pub fn spend_coins(&mut self, coins: i64) -> Result<(), QuoteError> {
        let mut parts = Vec::new();
        for line in &self.lines {
            let gross = line.of.tax.of(line.sum)?.gross;
            parts.push(Part { weight: gross, most: gross });
        }
        let whole = coins.min(parts.iter().map(|part| part.most).sum());
        for (i, amount) in share_out(whole, &parts).into_iter().enumerate().filter(|(_, n)| *n > 0) {
            self.lines[i].coins = amount;
            self.note(i, Source::Coins, amount, Funder::Platform);
        }
        Ok(())
    }

    /// The minor units of a sum in the basket's currency.
    fn amount(&self, money: Money) -> Result<i64, QuoteError> {
        if money.currency() != self.basket.currency {
            return Err(MoneyError::CurrencyMismatch(self.basket.currency, money.currency()).into());
        }
        if money.amount() < 0 { Err(QuoteError::Negative) } else { Ok(money.amount()) }
    }

    /// Takes something off a line's sum, which is at least as much.
    fn lower(&mut self, line: usize, source: Source, amount: i64, funder: Funder) {
        self.lines[line].sum -= amount;
        self.note(line, source, amount, funder);
    }

    fn note(&mut self, line: usize, source: Source, amount: i64, funder: Funder) {
        let amount = Money::new(amount, self.basket.currency);
        let line = &mut self.lines[line];
        line.discounts.push(Discount { source: source.clone(), amount, funder });
        self.adjustments.push(Adjustment {
            source,
            amount,
            funder,
            line: Some(line.of.id),
            shop: line.of.shop,
        });
    }
}

fn fits(amount: i128) -> Result<i64, MoneyError> {
    i64::try_from(amount).map_err(|_| MoneyError::Overflow)
}
