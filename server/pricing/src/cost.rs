//! What a voucher would cost whoever pays for it.

use crate::{Basket, Buyer, Kind, Left, Line, QuoteError, Scope, Shipping, ShippingOff, Tax, Voucher, quote};
use model::{
    Money, Qty,
    ids::{AccountId, ProductId, ShopId, Uuid, VariantId},
    pricing::{MemberTier, VoucherState},
};

/// The most one use can give; none where that depends on how much is bought.
pub const fn most_each(kind: &Kind) -> Option<Money> {
    match kind {
        Kind::Fixed(amount) | Kind::Shipping(ShippingOff::UpTo(amount)) => Some(*amount),
        Kind::Percent { cap, .. } | Kind::Shipping(ShippingOff::Percent { cap, .. }) => *cap,
        Kind::FixedPerLine(_) | Kind::PercentPerLine { .. } | Kind::BuyXGetY { .. } => None,
    }
}

/// The most all uses together can give: as often as the quota says the most of one use, and no more than the budget.
/// None where neither limits it.
pub fn worst(kind: &Kind, quota: Option<i32>, budget: Option<Money>) -> Option<Money> {
    let all = most_each(kind).zip(quota).map(|(each, quota)| {
        let all = i128::from(each.amount()) * i128::from(quota);
        Money::new(i64::try_from(all).unwrap_or(i64::MAX), each.currency())
    });
    match (all, budget) {
        (Some(all), Some(budget)) => Some(if all.amount() < budget.amount() { all } else { budget }),
        (all, budget) => all.or(budget),
    }
}

/// A basket as most are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Usual {
    /// All pieces at their list prices.
    pub goods: Money,
    pub pieces: Qty,
    pub shipping: Option<Money>,
}

/// What a voucher takes off such a basket of goods it is for, by whoever may use it; nothing where the basket does not
/// reach its conditions.
pub fn example(voucher: &Voucher, shop: ShopId, usual: &Usual) -> Result<Money, QuoteError> {
    let currency = usual.goods.currency();
    let conditions = &voucher.conditions;
    // Of several pieces each costs as much as the others, and what is left over belongs to none of them.
    let by_piece = matches!(voucher.kind, Kind::BuyXGetY { .. });
    let (quantity, list) = if by_piece {
        let each = usual.goods.amount() / i64::from(usual.pieces.get());
        (usual.pieces, Money::new(each, currency))
    } else {
        (Qty::ONE, usual.goods)
    };
    let line = Line {
        id: Uuid::nil(),
        shop,
        product: conditions.products.first().copied().unwrap_or(ProductId::new(Uuid::nil())),
        variant: VariantId::new(Uuid::nil()),
        categories: conditions.categories.clone(),
        quantity,
        list,
        tiers: Vec::new(),
        scheduled: None,
        flash: None,
        tax: Tax::none(),
    };
    let fresh = Voucher {
        scope: Scope::Shop(shop),
        state: VoucherState::Active,
        until: None,
        left: Left::default(),
        ..voucher.clone()
    };
    let basket = Basket {
        now: voucher.from,
        currency,
        // Anybody to whom it is given.
        buyer: Buyer {
            account: Some(AccountId::new(Uuid::nil())),
            first_order: true,
            member_tier: MemberTier::Platinum,
        },
        method: None,
        lines: vec![line],
        shipping: usual.shipping.map(|fee| Shipping { shop, fee, tax: Tax::none() }).into_iter().collect(),
        vouchers: vec![fresh],
        coins: 0,
    };
    let priced = quote(&basket)?;
    Ok(priced.applied.first().map_or(Money::zero(currency), |it| it.amount))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Conditions;
    use model::{BasisPoints, ids::VoucherId, order::Funder};
    use time::macros::datetime;

    fn shop() -> ShopId {
        ShopId::new(Uuid::from_u128(1))
    }

    fn given(kind: Kind, min_spend: i64) -> Voucher {
        Voucher {
            id: VoucherId::new(Uuid::from_u128(2)),
            code: Some("SENJA10".try_into().unwrap()),
            name: "Diskon senja".to_owned(),
            scope: Scope::Shop(shop()),
            kind,
            conditions: Conditions {
                min_spend: Some(Money::idr(min_spend)),
                products: vec![ProductId::new(Uuid::from_u128(3))],
                ..Conditions::default()
            },
            funder: Funder::Shop,
            from: datetime!(2026-11-22 08:00 UTC),
            until: None,
            state: VoucherState::Paused,
            public: true,
            left: Left { quota: Some(0), ..Left::default() },
        }
    }

    fn percent() -> Kind {
        Kind::Percent { rate: BasisPoints::try_from(1_000).unwrap(), cap: Some(Money::idr(15_000)) }
    }

    #[test]
    fn the_worst_is_the_quota_times_the_most_and_never_above_the_budget() {
        assert_eq!(worst(&percent(), Some(100), None), Some(Money::idr(1_500_000)));
        assert_eq!(worst(&percent(), Some(100), Some(Money::idr(1_000_000))), Some(Money::idr(1_000_000)));
        assert_eq!(worst(&percent(), None, Some(Money::idr(9))), Some(Money::idr(9)));
        assert_eq!(worst(&percent(), None, None), None);
        let free = Kind::BuyXGetY { buy: Qty::ONE, get: Qty::ONE };
        assert_eq!(worst(&free, Some(10), None), None, "nobody knows what will be free");
    }

    #[test]
    fn an_example_is_priced_like_a_basket() {
        let usual = Usual {
            goods: Money::idr(120_000),
            pieces: 3.try_into().unwrap(),
            shipping: Some(Money::idr(9_000)),
        };
        let off = |kind, least| example(&given(kind, least), shop(), &usual).unwrap();
        assert_eq!(off(percent(), 100_000), Money::idr(12_000));
        assert_eq!(off(percent(), 120_001), Money::idr(0), "it does not reach the minimum");
        assert_eq!(off(Kind::Fixed(Money::idr(500_000)), 1), Money::idr(120_000), "no more than there is");
        let shipping = Kind::Shipping(ShippingOff::UpTo(Money::idr(20_000)));
        assert_eq!(off(shipping, 1), Money::idr(9_000));
        let free = |buy: i32| Kind::BuyXGetY { buy: buy.try_into().unwrap(), get: Qty::ONE };
        assert_eq!(off(free(2), 1), Money::idr(40_000));
        assert_eq!(off(free(3), 1), Money::idr(0), "too few pieces");
    }
}
