//! Which entries belong to which happening. Pure; whatever comes out sums to zero, and has no entry of zero.

use crate::{Account, Code, Entries};
use model::{
    Money, MoneyError,
    ids::{AccountId, OrderGroupId, OrderId, ShopId},
};

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TemplateError {
    /// The shares are not the whole.
    #[error("the shares come to {shares}, the payment to {amount}")]
    SharesDiffer { amount: Money, shares: Money },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// A buyer paid a group: the provider holds it, each order has its share in escrow.
pub fn paid(provider: &Code, amount: Money, shares: &[(OrderId, Money)]) -> Result<Entries, TemplateError> {
    let sum = shares.iter().try_fold(Money::zero(amount.currency()), |sum, (_, share)| sum.plus(*share))?;
    if sum != amount {
        return Err(TemplateError::SharesDiffer { amount, shares: sum });
    }
    let mut entries = vec![(Account::Provider(provider.clone()), negative(amount)?)];
    entries.extend(shares.iter().map(|(order, share)| (Account::Escrow(*order), *share)));
    Ok(without_zeros(entries))
}

/// A courier collected an order's total at the door and owes it to us.
pub fn collected(courier: &Code, order: OrderId, amount: Money) -> Result<Entries, MoneyError> {
    between(Account::Courier(courier.clone()), Account::Escrow(order), amount)
}

/// A payment came after its group had ended: it is owed back.
pub fn late_payment(provider: &Code, group: OrderGroupId, amount: Money) -> Result<Entries, MoneyError> {
    between(Account::Provider(provider.clone()), Account::BuyerClearing(group), amount)
}

/// Before the release a refund comes from the order's escrow.
pub fn refunded_from_escrow(
    order: OrderId,
    group: OrderGroupId,
    amount: Money,
) -> Result<Entries, MoneyError> {
    between(Account::Escrow(order), Account::BuyerClearing(group), amount)
}

/// After the release it comes from the seller, and the platform gives back its commission on it.
pub fn refunded_by_seller(
    shop: ShopId,
    group: OrderGroupId,
    amount: Money,
    commission: Money,
) -> Result<Entries, MoneyError> {
    Ok(without_zeros(vec![
        (Account::Seller(shop), commission.minus(amount)?),
        (Account::PlatformRevenue, negative(commission)?),
        (Account::BuyerClearing(group), amount),
    ]))
}

/// The provider has paid a refund out of what it holds.
pub fn refund_settled(provider: &Code, group: OrderGroupId, amount: Money) -> Result<Entries, MoneyError> {
    between(Account::BuyerClearing(group), Account::Provider(provider.clone()), amount)
}

/// What an order comes to when it is over. Amounts as on the order, less what was refunded of each.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Release {
    pub order: OrderId,
    pub shop: ShopId,
    pub courier: Code,
    /// The lines' gross.
    pub goods: Money,
    /// Discounts on the goods that the platform bears.
    pub platform_discount: Money,
    pub shipping: Money,
    pub shipping_discount: Money,
    /// Of that, what the shop bears; the rest is the platform's.
    pub shipping_discount_by_shop: Money,
    pub insurance: Money,
    /// What the platform takes from the buyer.
    pub fee: Money,
    /// What the platform takes from the shop.
    pub commission: Money,
    /// What is withheld from the shop for the state.
    pub tax: Money,
    /// What was refunded out of the escrow at the shop's expense and is in none of the above.
    pub refunded: Money,
}

impl Release {
    /// What has to be in escrow for it.
    pub fn escrow(&self) -> Result<Money, MoneyError> {
        self.goods
            .plus(self.shipping)?
            .minus(self.shipping_discount)?
            .plus(self.insurance)?
            .plus(self.fee)?
            .minus(self.refunded)
    }

    /// What the shop gets; may be less than nothing.
    pub fn seller(&self) -> Result<Money, MoneyError> {
        self.goods
            .plus(self.platform_discount)?
            .minus(self.shipping_discount_by_shop)?
            .minus(self.commission)?
            .minus(self.tax)?
            .minus(self.refunded)
    }
}

/// An order is over: the courier has its price, the platform its fees less what it promised shoppers, the state what is
/// withheld, and the shop the rest.
pub fn released(of: &Release) -> Result<Entries, MoneyError> {
    let promotion = of.platform_discount.plus(of.shipping_discount)?.minus(of.shipping_discount_by_shop)?;
    Ok(without_zeros(vec![
        (Account::Escrow(of.order), negative(of.escrow()?)?),
        (Account::PlatformPromotion, negative(promotion)?),
        (Account::Courier(of.courier.clone()), of.shipping.plus(of.insurance)?),
        (Account::PlatformRevenue, of.commission.plus(of.fee)?),
        (Account::Tax, of.tax),
        (Account::Seller(of.shop), of.seller()?),
    ]))
}

/// A shop takes its money out. Posted when it asks, so that it cannot ask twice; [`reversed`] if the bank refuses.
pub fn withdrawn(shop: ShopId, amount: Money) -> Result<Entries, MoneyError> {
    between(Account::Seller(shop), Account::Bank, amount)
}

/// A buyer's bank took a payment back; `from` is the order's escrow, or the seller once it was released.
pub fn charged_back(provider: &Code, from: Account, amount: Money) -> Result<Entries, MoneyError> {
    between(from, Account::Provider(provider.clone()), amount)
}

/// A provider or courier paid what it held into our bank account, less what it charges.
pub fn settled(holder: Account, gross: Money, charge: Money) -> Result<Entries, MoneyError> {
    Ok(without_zeros(vec![
        (holder, gross),
        (Account::Bank, charge.minus(gross)?),
        (Account::PlatformRevenue, negative(charge)?),
    ]))
}

/// A member earns coins: the platform promises them goods.
pub fn coins_earned(member: AccountId, amount: Money) -> Result<Entries, MoneyError> {
    between(Account::PlatformPromotion, Account::Coins(member), amount)
}

/// Coins pay for goods. What they take off an order is among its platform's discounts, which are an expense when the order
/// is released, and they had been one when they were earned.
pub fn coins_spent(member: AccountId, amount: Money) -> Result<Entries, MoneyError> {
    between(Account::Coins(member), Account::PlatformPromotion, amount)
}

/// Coins of an order come back: `from` is the platform, which had them back, or the seller once the order was released.
pub fn coins_returned(from: Account, member: AccountId, amount: Money) -> Result<Entries, MoneyError> {
    between(from, Account::Coins(member), amount)
}

/// Coins were not spent in time: the promise is over.
pub fn coins_expired(member: AccountId, amount: Money) -> Result<Entries, MoneyError> {
    between(Account::Coins(member), Account::PlatformPromotion, amount)
}

/// Undoes entries.
pub fn reversed(entries: &Entries) -> Result<Entries, MoneyError> {
    entries.iter().map(|(account, amount)| Ok((account.clone(), negative(*amount)?))).collect()
}

fn between(from: Account, to: Account, amount: Money) -> Result<Entries, MoneyError> {
    Ok(without_zeros(vec![(from, negative(amount)?), (to, amount)]))
}

fn negative(amount: Money) -> Result<Money, MoneyError> {
    Money::zero(amount.currency()).minus(amount)
}

fn without_zeros(mut entries: Entries) -> Entries {
    entries.retain(|(_, amount)| !amount.is_zero());
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::Uuid;
    use proptest::prelude::*;

    const GROUP: OrderGroupId = OrderGroupId::new(Uuid::from_u128(1));
    const A: OrderId = OrderId::new(Uuid::from_u128(2));
    const B: OrderId = OrderId::new(Uuid::from_u128(3));
    const SHOP: ShopId = ShopId::new(Uuid::from_u128(4));
    const MEMBER: AccountId = AccountId::new(Uuid::from_u128(5));

    fn code(text: &str) -> Code {
        text.parse().unwrap()
    }

    fn idr(amount: i64) -> Money {
        Money::idr(amount)
    }

    fn sum(entries: &Entries) -> i64 {
        entries.iter().map(|(_, amount)| amount.amount()).sum()
    }

    fn on(entries: &Entries, account: &Account) -> i64 {
        entries.iter().filter(|(it, _)| it == account).map(|(_, amount)| amount.amount()).sum()
    }

    fn plain(goods: i64) -> Release {
        let zero = idr(0);
        Release {
            order: A,
            shop: SHOP,
            courier: code("kirim-cepat"),
            goods: idr(goods),
            platform_discount: zero,
            shipping: zero,
            shipping_discount: zero,
            shipping_discount_by_shop: zero,
            insurance: zero,
            fee: zero,
            commission: zero,
            tax: zero,
            refunded: zero,
        }
    }

    #[test]
    fn a_payment_is_divided_into_its_orders_shares() {
        let entries = paid(&code("midtrans"), idr(100), &[(A, idr(40)), (B, idr(60))]).unwrap();
        assert_eq!(on(&entries, &Account::Provider(code("midtrans"))), -100);
        assert_eq!((on(&entries, &Account::Escrow(A)), on(&entries, &Account::Escrow(B))), (40, 60));
        let wrong = paid(&code("midtrans"), idr(100), &[(A, idr(40)), (B, idr(61))]);
        assert_eq!(wrong, Err(TemplateError::SharesDiffer { amount: idr(100), shares: idr(101) }));
        assert_eq!(paid(&code("midtrans"), idr(0), &[(A, idr(0))]), Ok(vec![]), "nothing for nothing");
    }

    #[test]
    fn a_released_order_is_divided_as_its_sums_say() {
        let of = Release {
            goods: idr(90_000),
            platform_discount: idr(5_000),
            shipping: idr(12_000),
            shipping_discount: idr(10_000),
            shipping_discount_by_shop: idr(4_000),
            insurance: idr(500),
            fee: idr(1_000),
            commission: idr(12_650),
            tax: idr(475),
            ..plain(0)
        };
        let entries = released(&of).unwrap();
        assert_eq!(on(&entries, &Account::Escrow(A)), -93_500);
        assert_eq!(on(&entries, &Account::PlatformPromotion), -11_000);
        assert_eq!(on(&entries, &Account::Courier(code("kirim-cepat"))), 12_500);
        assert_eq!(on(&entries, &Account::PlatformRevenue), 13_650);
        assert_eq!(on(&entries, &Account::Tax), 475);
        assert_eq!(on(&entries, &Account::Seller(SHOP)), 77_875);
        assert_eq!(sum(&entries), 0);
    }

    #[test]
    fn what_was_refunded_before_is_the_shops_to_bear() {
        let of = Release { refunded: idr(30), commission: idr(7), ..plain(100) };
        assert_eq!((of.escrow().unwrap(), of.seller().unwrap()), (idr(70), idr(63)));
        assert_eq!(sum(&released(&of).unwrap()), 0);
    }

    #[test]
    fn coins_cost_the_platform_once_what_they_take_off() {
        let release = Release { platform_discount: idr(40), ..plain(60) };
        let earned = coins_earned(MEMBER, idr(40)).unwrap();
        let spent = coins_spent(MEMBER, idr(40)).unwrap();
        let all = [earned, spent, released(&release).unwrap()].concat();
        assert_eq!(on(&all, &Account::PlatformPromotion), -40);
        assert_eq!((on(&all, &Account::Coins(MEMBER)), on(&all, &Account::Seller(SHOP))), (0, 100));
    }

    #[test]
    fn a_seller_gives_back_what_the_platform_did_not_keep() {
        let entries = refunded_by_seller(SHOP, GROUP, idr(100), idr(6)).unwrap();
        assert_eq!(on(&entries, &Account::Seller(SHOP)), -94);
        assert_eq!(on(&entries, &Account::PlatformRevenue), -6);
        assert_eq!(on(&entries, &Account::BuyerClearing(GROUP)), 100);
    }

    proptest! {
        #[test]
        fn every_template_sums_to_zero(
            parts in prop::array::uniform10(0i64..=1_000_000_000_000),
            shares in prop::collection::vec(0i64..=1_000_000_000_000, 1..8),
        ) {
            let [goods, platform, shipping, discount, by_shop, insurance, fee, commission, tax, refunded] = parts.map(idr);
            let of = Release {
                goods, platform_discount: platform, shipping, shipping_discount: discount,
                shipping_discount_by_shop: by_shop, insurance, fee, commission, tax, refunded, ..plain(0)
            };
            let whole = idr(shares.iter().sum());
            let shares: Vec<_> = shares
                .iter()
                .zip(1u128..)
                .map(|(share, n)| (OrderId::new(Uuid::from_u128(n)), idr(*share)))
                .collect();
            let bank = code("midtrans");
            let all = [
                released(&of).unwrap(),
                paid(&bank, whole, &shares).unwrap(),
                collected(&bank, A, goods).unwrap(),
                late_payment(&bank, GROUP, goods).unwrap(),
                refunded_from_escrow(A, GROUP, goods).unwrap(),
                refunded_by_seller(SHOP, GROUP, goods, commission).unwrap(),
                refund_settled(&bank, GROUP, goods).unwrap(),
                withdrawn(SHOP, goods).unwrap(),
                charged_back(&bank, Account::Escrow(A), goods).unwrap(),
                settled(Account::Provider(bank.clone()), goods, fee).unwrap(),
                coins_earned(MEMBER, goods).unwrap(),
                coins_spent(MEMBER, goods).unwrap(),
                coins_returned(Account::Seller(SHOP), MEMBER, goods).unwrap(),
                coins_expired(MEMBER, goods).unwrap(),
                reversed(&released(&of).unwrap()).unwrap(),
            ];
            for entries in all {
                prop_assert_eq!(sum(&entries), 0);
                prop_assert!(entries.iter().all(|(_, amount)| !amount.is_zero()));
            }
        }
    }
}
