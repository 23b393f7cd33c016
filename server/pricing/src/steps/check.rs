//! Whether a voucher applies, as things stand when it is its turn.

use super::Work;
use crate::{QuoteError, Scope, Target, Voucher};
use model::{
    Money, MoneyError,
    ids::ShopId,
    pricing::{Refusal, VoucherState},
};

/// Of each there is one, for vouchers with a code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Place {
    Platform,
    Shop(ShopId),
    Shipping,
}

/// Why a step did not happen: the voucher is refused, or the whole basket is wrong.
pub(super) enum Stop {
    Refused(Refusal),
    Wrong(QuoteError),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<QuoteError> for Stop {
    fn from(error: QuoteError) -> Self {
        Self::Wrong(error)
    }
}

impl From<MoneyError> for Stop {
    fn from(error: MoneyError) -> Self {
        Self::Wrong(error.into())
    }
}

impl Voucher {
    /// Whether there is one of the two at most.
    pub fn crowds_out(&self, other: &Self) -> bool {
        self.place().is_some_and(|place| other.place() == Some(place))
    }

    pub(crate) fn place(&self) -> Option<Place> {
        if self.automatic() {
            return None;
        }
        Some(match (self.target(), self.scope) {
            (Target::Shipping, _) => Place::Shipping,
            (Target::Goods, Scope::Platform) => Place::Platform,
            (Target::Goods, Scope::Shop(shop)) => Place::Shop(shop),
        })
    }
}

impl Work<'_> {
    /// The lines a voucher is for.
    pub(super) fn check(&self, voucher: &Voucher) -> Result<Vec<usize>, Stop> {
        self.check_voucher(voucher)?;
        self.check_buyer(voucher)?;
        let conditions = &voucher.conditions;
        if voucher.scope.shop().is_some_and(|shop| self.lines.iter().all(|line| line.of.shop != shop)) {
            return Err(Refusal::WrongShop.into());
        }
        let matching = self.matching(voucher);
        if matching.is_empty() {
            return Err(Refusal::NoMatchingGoods.into());
        }
        if let Some(least) = conditions.min_qty {
            let most = matching.iter().map(|i| self.lines[*i].of.quantity.get()).max().unwrap_or_default();
            if most < least.get() {
                return Err(Refusal::MinQuantity { missing: least.get() - most }.into());
            }
        }
        if let Some(least) = conditions.min_spend {
            let spent: i64 = matching.iter().map(|i| self.lines[*i].sum).sum();
            let missing = self.amount(least)? - spent;
            if missing > 0 {
                return Err(Refusal::MinSpend { missing: Money::new(missing, self.basket.currency) }.into());
            }
        }
        // Last, so that whoever may choose between two is not told of a choice they do not have.
        if voucher.place().is_some_and(|place| self.taken.contains(&place)) {
            return Err(Refusal::DoesNotStack.into());
        }
        Ok(matching)
    }

    fn check_voucher(&self, voucher: &Voucher) -> Result<(), Refusal> {
        let (now, left) = (self.basket.now, &voucher.left);
        if voucher.state != VoucherState::Active {
            return Err(Refusal::Unknown);
        }
        if now < voucher.from {
            return Err(Refusal::NotYet);
        }
        if voucher.until.is_some_and(|until| until <= now) {
            return Err(Refusal::Expired);
        }
        if left.quota.is_some_and(|left| left <= 0) {
            return Err(Refusal::UsedUp);
        }
        if left.budget.is_some_and(|left| left.amount() <= 0) {
            return Err(Refusal::BudgetSpent);
        }
        if left.per_person.is_some_and(|left| left <= 0) {
            return Err(Refusal::LimitReached);
        }
        Ok(())
    }

    fn check_buyer(&self, voucher: &Voucher) -> Result<(), Refusal> {
        let (buyer, conditions) = (&self.basket.buyer, &voucher.conditions);
        if conditions.first_order_only && !buyer.first_order {
            return Err(Refusal::FirstOrderOnly);
        }
        if let Some(least) = conditions.member_tier {
            // A guest is no member.
            if buyer.account.is_none() || !buyer.member_tier.reaches(least) {
                return Err(Refusal::MembersOnly { least });
            }
        }
        let wrong = |method| !conditions.methods.is_empty() && !conditions.methods.contains(&method);
        if self.basket.method.is_some_and(wrong) {
            return Err(Refusal::WrongMethod { allowed: conditions.methods.clone() });
        }
        Ok(())
    }

    fn matching(&self, voucher: &Voucher) -> Vec<usize> {
        let conditions = &voucher.conditions;
        let any_goods = conditions.products.is_empty() && conditions.categories.is_empty();
        let matches = |i: &usize| {
            let line = self.lines[*i].of;
            voucher.scope.shop().is_none_or(|shop| shop == line.shop)
                && (conditions.shops.is_empty() || conditions.shops.contains(&line.shop))
                && (any_goods
                    || conditions.products.contains(&line.product)
                    || line.categories.iter().any(|category| conditions.categories.contains(category)))
        };
        (0..self.lines.len()).filter(matches).collect()
    }
}
