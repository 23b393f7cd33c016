//! What a voucher takes off.

use super::{Work, check::Stop};
use crate::{
    Discount, Kind, QuoteError, Scope, ShippingOff, Target, Voucher, VoucherUse,
    apportion::{Part, share_out},
};
use model::{
    BasisPoints, Money, Qty,
    ids::ShopId,
    order::Funder,
    pricing::{Refusal, Source},
};
use std::collections::HashSet;

/// What is to be taken off one line, and how many of its pieces become free by it.
struct Cut {
    line: usize,
    amount: i64,
    free: i32,
}

impl Work<'_> {
    /// Free pieces first, then shops, the platform, and shipping. Within a step those without a code go first, shops' before
    /// the platform's, those that look at each line by itself before those that look at all together, and else as given.
    pub(crate) fn apply_vouchers(&mut self, vouchers: &[&Voucher]) -> Result<(), QuoteError> {
        let mut turns: Vec<&Voucher> = vouchers.to_vec();
        turns.sort_by_key(|voucher| {
            let step = match (voucher.kind, voucher.scope) {
                (Kind::Shipping(_), _) => 3,
                (Kind::BuyXGetY { .. }, _) => 0,
                (_, Scope::Shop(_)) => 1,
                (_, Scope::Platform) => 2,
            };
            let platform = voucher.scope == Scope::Platform;
            (step, !voucher.automatic(), platform, !voucher.kind.per_line())
        });
        let mut seen = HashSet::new();
        for voucher in turns.into_iter().filter(|voucher| seen.insert(voucher.id)) {
            match self.apply(voucher) {
                Ok(amount) => {
                    self.taken.extend(voucher.place());
                    let amount = Money::new(amount, self.basket.currency);
                    let funder = voucher.funder;
                    self.applied.push(VoucherUse { voucher: voucher.reference(), amount, funder });
                }
                // A promotion nobody asked for is not refused, it just is not there.
                Err(Stop::Refused(_)) if voucher.automatic() => {}
                Err(Stop::Refused(refusal)) => self.refused.push((voucher.id, refusal)),
                Err(Stop::Wrong(error)) => return Err(error),
            }
        }
        Ok(())
    }

    /// Takes off what the voucher gives, and says how much that is.
    fn apply(&mut self, voucher: &Voucher) -> Result<i64, Stop> {
        let matching = self.check(voucher)?;
        if voucher.target() == Target::Shipping && self.basket.shipping.is_empty() {
            return Ok(0);
        }
        let cuts = match voucher.kind {
            Kind::Shipping(off) => return self.apply_to_shipping(voucher, off, &matching),
            Kind::Fixed(amount) => self.spread(self.amount(amount)?, &matching)?,
            Kind::Percent { rate, cap } => {
                let sum = matching.iter().map(|i| self.lines[*i].sum).sum();
                self.spread(self.part(sum, rate, cap)?, &matching)?
            }
            Kind::FixedPerLine(amount) => {
                let amount = self.amount(amount)?;
                self.each(&matching, |sum| amount.min(sum))
            }
            Kind::PercentPerLine { rate } => {
                let currency = self.basket.currency;
                self.each(&matching, |sum| Money::new(sum, currency).percent(rate).amount())
            }
            Kind::BuyXGetY { buy, get } => self.free_pieces(buy, get, &matching),
        };
        let cuts: Vec<Cut> = cuts.into_iter().filter(|cut| cut.amount > 0).collect();
        let amount = cuts.iter().map(|cut| cut.amount).sum();
        self.check_amount(voucher, amount)?;
        for cut in cuts {
            let of = voucher.reference();
            let source = match voucher.kind {
                Kind::BuyXGetY { .. } => Source::BuyXGetY { voucher: of, free: cut.free },
                _ => Source::Voucher(of),
            };
            let line = &mut self.lines[cut.line];
            line.free += cut.free;
            match voucher.funder {
                Funder::Shop => line.by_shop += cut.amount,
                Funder::Platform => line.by_platform += cut.amount,
            }
            self.lower(cut.line, source, cut.amount, voucher.funder);
        }
        Ok(amount)
    }

    /// A voucher that would give nothing is not used up for it, and one whose budget does not reach gives nothing.
    fn check_amount(&self, voucher: &Voucher, amount: i64) -> Result<(), Stop> {
        if amount == 0 {
            return Err(Refusal::NoMatchingGoods.into());
        }
        if let Some(left) = voucher.left.budget
            && self.amount(left)? < amount
        {
            return Err(Refusal::BudgetSpent.into());
        }
        Ok(())
    }

    fn part(&self, sum: i64, rate: BasisPoints, cap: Option<Money>) -> Result<i64, QuoteError> {
        let part = Money::new(sum, self.basket.currency).percent(rate).amount();
        Ok(match cap {
            Some(cap) => part.min(self.amount(cap)?),
            None => part,
        })
    }

    fn each(&self, matching: &[usize], off: impl Fn(i64) -> i64) -> Vec<Cut> {
        matching.iter().map(|line| Cut { line: *line, amount: off(self.lines[*line].sum), free: 0 }).collect()
    }

    /// Shares among the shops first and then among the lines of each, so that a shop's part is what its gross says.
    fn spread(&self, whole: i64, matching: &[usize]) -> Result<Vec<Cut>, QuoteError> {
        let mut shops: Vec<(ShopId, Vec<(usize, Part)>)> = Vec::new();
        for i in matching {
            let line = &self.lines[*i];
            let part = (*i, Part { weight: line.of.tax.of(line.sum)?.gross, most: line.sum });
            match shops.iter_mut().find(|(shop, _)| *shop == line.of.shop) {
                Some((_, parts)) => parts.push(part),
                None => shops.push((line.of.shop, vec![part])),
            }
        }
        let together = |parts: &Vec<(usize, Part)>| Part {
            weight: parts.iter().map(|(_, part)| part.weight).sum(),
            most: parts.iter().map(|(_, part)| part.most).sum(),
        };
        let wholes: Vec<Part> = shops.iter().map(|(_, parts)| together(parts)).collect();
        let whole = whole.min(wholes.iter().map(|part| part.most).sum());
        let mut cuts = Vec::new();
        for ((_, lines), share) in shops.into_iter().zip(share_out(whole, &wholes)) {
            let parts: Vec<Part> = lines.iter().map(|(_, part)| *part).collect();
            for ((line, _), amount) in lines.into_iter().zip(share_out(share, &parts)) {
                cuts.push(Cut { line, amount, free: 0 });
            }
        }
        Ok(cuts)
    }

    /// Of all pieces that are not free yet the cheapest.
    fn free_pieces(&self, buy: Qty, get: Qty, matching: &[usize]) -> Vec<Cut> {
        let paid = |line: usize| i64::from(self.lines[line].of.quantity.get() - self.lines[line].free);
        let mut left = free_of(matching.iter().map(|line| paid(*line)).sum(), buy, get);
        let mut cheapest = matching.to_vec();
        cheapest.sort_by_key(|line| self.lines[*line].unit);
        let mut cuts = Vec::new();
        for line in cheapest {
            let free = left.min(paid(line));
            left -= free;
            let amount = self.lines[line].unit.saturating_mul(free).min(self.lines[line].sum);
            // No more than the line's quantity.
            cuts.push(Cut { line, amount, free: i32::try_from(free).unwrap_or_default() });
        }
        cuts
    }

    fn apply_to_shipping(
        &mut self,
        voucher: &Voucher,
        off: ShippingOff,
        matching: &[usize],
    ) -> Result<i64, Stop> {
        let shops: HashSet<ShopId> = matching.iter().map(|line| self.lines[*line].of.shop).collect();
        let mut parts = Vec::new();
        for fee in &self.fees {
            let most = if shops.contains(&fee.of.shop) { fee.sum } else { 0 };
            parts.push(Part { weight: fee.of.tax.of(most)?.gross, most });
        }
        let sum = parts.iter().map(|part| part.most).sum();
        let whole = match off {
            ShippingOff::UpTo(most) => self.amount(most)?.min(sum),
            ShippingOff::Percent { rate, cap } => self.part(sum, rate, cap)?,
        };
        self.check_amount(voucher, whole)?;
        for (fee, amount) in self.fees.iter_mut().zip(share_out(whole, &parts)).filter(|(_, n)| *n > 0) {
            fee.sum -= amount;
            let source = Source::ShippingVoucher(voucher.reference());
            let amount = Money::new(amount, self.basket.currency);
            let (funder, shop) = (voucher.funder, fee.of.shop);
            fee.discounts.push(Discount { source: source.clone(), amount, funder });
            self.adjustments.push(crate::Adjustment { source, amount, funder, line: None, shop });
        }
        Ok(whole)
    }
}

/// Of `pieces`, taken in turns of `buy` paid and `get` free ones, how many are free.
fn free_of(pieces: i64, buy: Qty, get: Qty) -> i64 {
    let (buy, get) = (i64::from(buy.get()), i64::from(get.get()));
    let turn = buy + get;
    pieces / turn * get + (pieces % turn - buy).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_of_so_many_are_free() {
        for (buy, get, pieces, free) in
            [(1, 1, 2, 1), (2, 1, 3, 1), (2, 1, 6, 2), (3, 2, 10, 4), (3, 2, 14, 5), (1, 1, 1, 0)]
        {
            let of = free_of(pieces, buy.try_into().unwrap(), get.try_into().unwrap());
            assert_eq!(of, free, "buy {buy} get {get} of {pieces}");
        }
    }
}
