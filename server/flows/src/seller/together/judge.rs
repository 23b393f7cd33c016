//! What becomes of each row, by what is there.

use super::change::priced;
use catalog::store::together::{Head, OfferNow};
use inventory::store::Lying;
use model::{
    ids::{ProductId, VariantId},
    shop::{BulkChange, BulkKind, BulkProblem, BulkValue, limits},
    views::ProductState::{self, Active, Archived, Draft, Hidden, InReview, Rejected},
};
use std::collections::HashMap;

/// What a row is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct About {
    pub place: i32,
    pub product: ProductId,
    /// None where it is about the product, or where that has no variant yet.
    pub variant: Option<VariantId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    To {
        before: BulkValue,
        after: BulkValue,
    },
    Same,
    /// With what is there, where anything is.
    Left(BulkProblem, Option<BulkValue>),
}

/// What is there of some rows.
#[derive(Default)]
pub struct Present {
    pub offers: HashMap<VariantId, OfferNow>,
    pub lying: HashMap<VariantId, Lying>,
    pub heads: HashMap<ProductId, Head>,
    /// Whether the shop was approved.
    pub verified: bool,
}

impl Present {
    pub fn judge(&self, change: &BulkChange, about: &About) -> Verdict {
        let before = match self.value(change.kind, about) {
            Ok(before) => before,
            Err(problem) => return Verdict::Left(problem, None),
        };
        match self.wanted(change, about, before) {
            Ok(after) if after == before => Verdict::Same,
            Ok(after) => self.allowed(about, before, after),
            Err(problem) => Verdict::Left(problem, Some(before)),
        }
    }

    /// The way back, for a row that went from `before` to `after`.
    pub fn judge_back(&self, kind: BulkKind, about: &About, before: BulkValue, after: BulkValue) -> Verdict {
        match self.value(kind, about) {
            Err(problem) => Verdict::Left(problem, None),
            Ok(now) if now == before => Verdict::Same,
            Ok(now) if now != after => Verdict::Left(BulkProblem::Changed, Some(now)),
            Ok(now) if before == BulkValue::State(Active) && !self.verified => {
                Verdict::Left(BulkProblem::Unapproved, Some(now))
            }
            Ok(now) => self.allowed(about, now, before),
        }
    }

    fn value(&self, kind: BulkKind, about: &About) -> Result<BulkValue, BulkProblem> {
        if kind.is_of_variants() {
            let variant = about.variant.ok_or(BulkProblem::Unfinished)?;
            let offer = self.offers.get(&variant).ok_or(BulkProblem::Gone)?;
            let lying = self.lying.get(&variant).copied().unwrap_or_default();
            return Ok(if kind.is_of_stock() {
                BulkValue::Pieces(lying.on_hand)
            } else {
                BulkValue::Price { price: offer.price, list: offer.list }
            });
        }
        let head = self.heads.get(&about.product).ok_or(BulkProblem::Gone)?;
        match kind {
            BulkKind::Category | BulkKind::Weight if head.state == Archived => Err(BulkProblem::Gone),
            BulkKind::Category => Ok(BulkValue::Category(head.category)),
            BulkKind::Weight => Ok(BulkValue::Weight(head.weight)),
            _ => Ok(BulkValue::State(head.state)),
        }
    }

    fn wanted(
        &self,
        change: &BulkChange,
        about: &About,
        before: BulkValue,
    ) -> Result<BulkValue, BulkProblem> {
        match before {
            BulkValue::Price { price, list } => {
                let price = priced(change, price).ok_or(BulkProblem::OutOfRange)?;
                Ok(BulkValue::Price { price, list })
            }
            BulkValue::Pieces(there) => {
                let added = if change.kind == BulkKind::StockAdd { i64::from(there) } else { 0 };
                let pieces = added + change.value;
                let pieces = Some(pieces).filter(|pieces| (0..=limits::PIECES).contains(pieces));
                let pieces = pieces.and_then(|pieces| i32::try_from(pieces).ok());
                Ok(BulkValue::Pieces(pieces.ok_or(BulkProblem::OutOfRange)?))
            }
            BulkValue::State(state) => {
                let head = self.heads.get(&about.product).ok_or(BulkProblem::Gone)?;
                Ok(BulkValue::State(match change.kind {
                    BulkKind::Show => self.shown(state, head)?,
                    BulkKind::Hide => hidden(state)?,
                    _ => archived(state)?,
                }))
            }
            BulkValue::Category(_) => Ok(change.category.map_or(before, BulkValue::Category)),
            BulkValue::Weight(_) => {
                let grams = i32::try_from(change.value).map_err(|_| BulkProblem::OutOfRange)?;
                Ok(BulkValue::Weight(grams))
            }
        }
    }

    /// The goods of an approved shop are on sale at once, but not what an operator sent back.
    fn shown(&self, state: ProductState, head: &Head) -> Result<ProductState, BulkProblem> {
        match state {
            Active | InReview => Ok(state),
            Hidden if self.verified => Ok(Active),
            Hidden => Err(BulkProblem::Unapproved),
            Draft if !head.whole => Err(BulkProblem::Unfinished),
            Draft if self.verified && !head.rejected => Ok(Active),
            Draft => Ok(InReview),
            Rejected | Archived => Err(BulkProblem::State),
        }
    }

    fn allowed(&self, about: &About, before: BulkValue, after: BulkValue) -> Verdict {
        let left = |problem| Verdict::Left(problem, Some(before));
        let variant = about.variant;
        match after {
            BulkValue::Price { price, list } => {
                let tier = variant.and_then(|id| self.offers.get(&id)).and_then(|offer| offer.tier);
                if list.is_some_and(|list| list <= price) {
                    return left(BulkProblem::ListPrice);
                }
                if tier.is_some_and(|tier| tier >= price) {
                    return left(BulkProblem::Wholesale);
                }
            }
            BulkValue::Pieces(pieces) => {
                let lying = variant.and_then(|id| self.lying.get(&id)).copied().unwrap_or_default();
                if pieces < lying.least() {
                    return left(BulkProblem::Promised);
                }
            }
            BulkValue::State(_) | BulkValue::Category(_) | BulkValue::Weight(_) => {}
        }
        Verdict::To { before, after }
    }
}

fn hidden(state: ProductState) -> Result<ProductState, BulkProblem> {
    match state {
        Active => Ok(Hidden),
        Hidden | Draft | Archived => Ok(state),
        InReview | Rejected => Err(BulkProblem::State),
    }
}

/// What an operator looks at, or has sent back, is not put away with others.
fn archived(state: ProductState) -> Result<ProductState, BulkProblem> {
    match state {
        Active | Hidden | Draft | Archived => Ok(Archived),
        InReview | Rejected => Err(BulkProblem::State),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::Uuid;

    fn about() -> About {
        About {
            place: 0,
            product: ProductId::new(Uuid::from_u128(1)),
            variant: Some(VariantId::new(Uuid::from_u128(2))),
        }
    }

    fn change(kind: BulkKind, value: i64) -> BulkChange {
        BulkChange { kind, value, round: 1, warehouse: None, category: None }
    }

    fn costing(price: i64, list: Option<i64>, tier: Option<i64>) -> Present {
        let offers = HashMap::from([(about().variant.unwrap(), OfferNow { price, list, tier })]);
        Present { offers, ..Present::default() }
    }

    #[test]
    fn a_price_stays_between_wholesale_and_the_one_struck_through() {
        let now = costing(10_000, Some(12_000), Some(8_000));
        let by = |value| now.judge(&change(BulkKind::PriceAmount, value), &about());
        let before = BulkValue::Price { price: 10_000, list: Some(12_000) };
        let to = |price| Verdict::To { before, after: BulkValue::Price { price, list: Some(12_000) } };
        assert_eq!(by(1_999), to(11_999));
        assert_eq!(by(2_000), Verdict::Left(BulkProblem::ListPrice, Some(before)));
        assert_eq!(by(-1_999), to(8_001));
        assert_eq!(by(-2_000), Verdict::Left(BulkProblem::Wholesale, Some(before)));
        assert_eq!(by(0), Verdict::Same);
        assert_eq!(by(-10_000), Verdict::Left(BulkProblem::OutOfRange, Some(before)));
        let draft = About { variant: None, ..about() };
        let nameless = now.judge(&change(BulkKind::Price, 1), &draft);
        assert_eq!(nameless, Verdict::Left(BulkProblem::Unfinished, None));
        let gone = Present::default().judge(&change(BulkKind::Price, 1), &about());
        assert_eq!(gone, Verdict::Left(BulkProblem::Gone, None));
    }

    #[test]
    fn stock_stays_above_what_is_promised() {
        let mut now = costing(10_000, None, None);
        let lying = Lying { on_hand: 7, reserved: 5, backorder: 2 };
        now.lying.insert(about().variant.unwrap(), lying);
        let judge = |kind, value| now.judge(&change(kind, value), &about());
        let before = BulkValue::Pieces(7);
        assert_eq!(judge(BulkKind::Stock, 3), Verdict::To { before, after: BulkValue::Pieces(3) });
        assert_eq!(judge(BulkKind::Stock, 2), Verdict::Left(BulkProblem::Promised, Some(before)));
        assert_eq!(judge(BulkKind::StockAdd, -8), Verdict::Left(BulkProblem::OutOfRange, Some(before)));
        assert_eq!(judge(BulkKind::StockAdd, 3), Verdict::To { before, after: BulkValue::Pieces(10) });
        let back = |after| now.judge_back(BulkKind::Stock, &about(), BulkValue::Pieces(9), after);
        assert_eq!(back(BulkValue::Pieces(8)), Verdict::Left(BulkProblem::Changed, Some(before)));
        assert_eq!(back(before), Verdict::To { before, after: BulkValue::Pieces(9) });
    }

    #[test]
    fn goods_go_only_where_their_seller_may_bring_them() {
        let head = |state, rejected| Head {
            state,
            category: Uuid::nil().into(),
            weight: 100,
            whole: true,
            rejected,
        };
        let ends = |state, rejected, verified, kind| {
            let heads = HashMap::from([(about().product, head(state, rejected))]);
            let now = Present { heads, verified, ..Present::default() };
            match now.judge(&change(kind, 0), &about()) {
                Verdict::To { after: BulkValue::State(state), .. } => Ok(Some(state)),
                Verdict::Left(problem, _) => Err(problem),
                _ => Ok(None),
            }
        };
        let show = |state, rejected, verified| ends(state, rejected, verified, BulkKind::Show);
        assert_eq!(show(Draft, false, true), Ok(Some(Active)));
        assert_eq!(show(Draft, true, true), Ok(Some(InReview)), "an operator looks at it again");
        assert_eq!(show(Draft, false, false), Ok(Some(InReview)));
        assert_eq!(show(Hidden, false, true), Ok(Some(Active)));
        assert_eq!(show(Hidden, false, false), Err(BulkProblem::Unapproved));
        assert_eq!(show(Rejected, true, true), Err(BulkProblem::State));
        assert_eq!(show(Active, false, true), Ok(None));
        assert_eq!(ends(Active, false, true, BulkKind::Hide), Ok(Some(Hidden)));
        assert_eq!(ends(InReview, false, true, BulkKind::Hide), Err(BulkProblem::State));
        assert_eq!(ends(Active, false, true, BulkKind::Archive), Ok(Some(Archived)));
        assert_eq!(ends(Rejected, true, true, BulkKind::Archive), Err(BulkProblem::State));
    }
}
