//! Which ways to pay there are, what each costs, and what it takes.

use super::price::Priced;
use crate::till::Till;
use cart::Reach;
use kernel::{Buyer, Cx};
use model::{
    Money, Phone,
    address::Address,
    payment::{Method, MethodKind},
    views::{MethodOffer, MethodReason},
};
use sqlx::PgConnection;

/// Cash on delivery is not for larger sums.
pub const MOST_COD: i64 = 5_000_000;
/// Banks and wallets take no less than this.
pub const LEAST: i64 = 1_000;

/// What the platform asks for this way to pay, once for everything paid at once. In rupiah.
pub const fn fee(method: Method) -> Money {
    Money::idr(match method.kind() {
        MethodKind::VirtualAccount | MethodKind::Qris | MethodKind::Ewallet | MethodKind::Card => 1_000,
        MethodKind::RetailCode => 2_500,
        MethodKind::CashOnDelivery => 3_000,
        MethodKind::ShopBalance => 0,
    })
}

/// The most that is taken this way, in rupiah: what the kinds' own networks allow.
const fn most(method: Method) -> i64 {
    match method.kind() {
        // As the QRIS standard of Bank Indonesia has it for one payment.
        MethodKind::Qris => 10_000_000,
        MethodKind::Ewallet => 20_000_000,
        MethodKind::RetailCode => 5_000_000,
        MethodKind::CashOnDelivery => MOST_COD,
        MethodKind::VirtualAccount | MethodKind::Card | MethodKind::ShopBalance => 50_000_000_000,
    }
}

/// What our own ways to pay depend on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    /// Why there is no cash on delivery, if so.
    pub no_cash: Option<MethodReason>,
    /// The most that a shop of the buyer's own has; none where they own no shop.
    pub purse: Option<Money>,
}

/// Of this cart and its buyer.
pub async fn limits(
    cx: &Cx,
    db: &mut PgConnection,
    buyer: &Buyer,
    priced: &Priced,
    reach: (Option<&Address>, &Reach),
) -> Result<Limits, sqlx::Error> {
    Ok(Limits { no_cash: no_cash(cx, db, buyer, priced, reach).await?, purse: purse(db, buyer).await? })
}

/// What of it one way to pay depends on.
pub async fn limits_of(
    cx: &Cx,
    db: &mut PgConnection,
    method: Method,
    buyer: &Buyer,
    priced: &Priced,
    reach: (Option<&Address>, &Reach),
) -> Result<Limits, sqlx::Error> {
    let limits = Limits::default();
    Ok(match method.kind() {
        MethodKind::CashOnDelivery => {
            Limits { no_cash: no_cash(cx, db, buyer, priced, reach).await?, ..limits }
        }
        MethodKind::ShopBalance => Limits { purse: purse(db, buyer).await?, ..limits },
        _ => limits,
    })
}

/// The most that a shop of the buyer's own has.
pub async fn purse(db: &mut PgConnection, buyer: &Buyer) -> Result<Option<Money>, sqlx::Error> {
    let Some(account) = buyer.account() else { return Ok(None) };
    let purses = views::takings::purses(db, account).await?;
    Ok(purses.into_iter().map(|purse| purse.available).max_by_key(|available| available.amount()))
}

/// Why there is no cash on delivery of this cart, if so: its buyer did not take parcels before, or a courier that was
/// chosen takes none.
async fn no_cash(
    cx: &Cx,
    db: &mut PgConnection,
    buyer: &Buyer,
    priced: &Priced,
    (address, contact): (Option<&Address>, &Reach),
) -> Result<Option<MethodReason>, sqlx::Error> {
    let phones: Vec<&Phone> =
        address.map(|address| &address.phone).into_iter().chain(&contact.phone).collect();
    let refusals = order::store::refusals(db, buyer.account(), &phones).await?;
    if order::blocked_until(&refusals, cx.now()).is_some() {
        return Ok(Some(MethodReason::Blocked));
    }
    Ok((!priced.takes_cash()).then_some(MethodReason::Courier))
}

/// Why `method` cannot pay this sum, its own fee included.
pub fn refusal(method: Method, total: Money, limits: Limits) -> Option<MethodReason> {
    let amount = total.amount();
    match method.kind() {
        MethodKind::CashOnDelivery if limits.no_cash.is_some() => limits.no_cash,
        _ if amount > most(method) => Some(MethodReason::TooMuch),
        MethodKind::CashOnDelivery => None,
        // There is nothing to take out of a balance.
        MethodKind::ShopBalance if amount <= 0 => Some(MethodReason::TooLittle),
        MethodKind::ShopBalance => {
            limits.purse.is_none_or(|purse| purse.amount() < amount).then_some(MethodReason::Balance)
        }
        _ if amount < LEAST => Some(MethodReason::TooLittle),
        _ => None,
    }
}

/// All ways to pay that somebody takes here, for a sum without any fee. The balance of a shop is one for who owns a shop.
pub fn offers(till: &Till, sum: Money, limits: Limits) -> Vec<MethodOffer> {
    let there = |method: &Method| *method != Method::Balance || limits.purse.is_some();
    let taken = Method::ALL.iter().copied().filter(|method| till.takes(*method)).filter(there);
    let offer = |method| {
        let fee = fee(method);
        let refused = match sum.plus(fee) {
            Ok(total) => refusal(method, total, limits),
            Err(_) => Some(MethodReason::TooMuch),
        };
        MethodOffer { method, fee, refused }
    };
    taken.map(offer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_way_to_pay_takes_has_limits() {
        let (cash, courier, blocked) = (None, Some(MethodReason::Courier), Some(MethodReason::Blocked));
        let poor = Some(MethodReason::Balance);
        for (method, amount, no_cash, refused) in [
            (Method::Qris, 10_000_000, courier, None),
            (Method::Qris, 10_000_001, courier, Some(MethodReason::TooMuch)),
            (Method::VaBca, 8_325_000_000, courier, None),
            (Method::VaBca, 999, courier, Some(MethodReason::TooLittle)),
            (Method::VaBca, 100_000, blocked, None),
            (Method::Cod, 999, cash, None),
            (Method::Cod, 100_000, courier, courier),
            (Method::Cod, 100_000, blocked, blocked),
            (Method::Cod, MOST_COD + 1, cash, Some(MethodReason::TooMuch)),
            (Method::Alfamart, 5_000_001, cash, Some(MethodReason::TooMuch)),
            (Method::Balance, 75_000, courier, None),
            (Method::Balance, 75_001, courier, poor),
            (Method::Balance, 0, courier, Some(MethodReason::TooLittle)),
            (Method::VaBca, 0, courier, Some(MethodReason::TooLittle)),
            (Method::Balance, 1, courier, None),
        ] {
            let limits = Limits { no_cash, purse: Some(Money::idr(75_000)) };
            assert_eq!(refusal(method, Money::idr(amount), limits), refused, "{method} {amount}");
        }
        assert_eq!(refusal(Method::Balance, Money::idr(1), Limits::default()), poor, "no shop of one's own");
    }
}
