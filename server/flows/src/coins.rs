//! Coins of members: earned when an order is complete, spent when one is placed, given back when it comes to nothing.
//!
//! Each change of a lot is a journal of the ledger in the same transaction. Both are written after whatever is done about
//! money, so that coins are locked last.

use crate::books;
use coin::{TakeError, store};
use kernel::{
    Cx, Member, Tx,
    jobs::{Job, JobError, Priority},
};
use ledger::{Account, JournalKind, templates};
use model::{
    Currency, Money, Page,
    ids::{AccountId, OrderGroupId, OrderId},
    order::OrderState,
    views::coin::{CoinPage, CoinPurse, CoinRow},
};
use order::{NewGroup, NewOrder, Order};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use views::ViewError;

/// Changes of a member's coins on a page.
pub const PAGE: u16 = 20;

/// What a member can spend now.
pub async fn balance(cx: &Cx, db: &mut PgConnection, member: &Member) -> Result<u64, sqlx::Error> {
    let there = views::coins::balance(db, member.account, cx.now()).await?;
    Ok(u64::try_from(there).unwrap_or_default())
}

/// What a member has, and how that came about from `after` on, the latest first.
pub async fn page(cx: &Cx, member: &Member, after: Option<&str>, limit: u16) -> Result<CoinPage, ViewError> {
    let mut db = cx.db().acquire().await?;
    let purse = views::coins::purse(&mut db, member.account, cx.now()).await?;
    let history = views::coins::history(&mut db, member.account, after, limit).await?;
    Ok(CoinPage { purse, history })
}

/// What a member has, alone.
pub async fn purse(cx: &Cx, member: &Member) -> Result<CoinPurse, sqlx::Error> {
    views::coins::purse(&mut *cx.db().acquire().await?, member.account, cx.now()).await
}

/// The changes alone.
pub async fn history(
    cx: &Cx,
    member: &Member,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<CoinRow>, ViewError> {
    views::coins::history(&mut *cx.db().acquire().await?, member.account, after, limit).await
}

/// A member's order is complete: they have coins for what they paid for its goods and did not get back. Once for each order.
pub(crate) async fn earn(cx: &Cx, tx: &mut Tx, order: &Order) -> Result<(), sqlx::Error> {
    let Some(account) = order.account.filter(|_| order.sums.goods.currency() == Currency::Idr) else {
        return Ok(());
    };
    let policy = store::policy(tx).await?;
    let paid = order.sums.goods.amount() - books::given_back(tx, order).await?;
    let amount = policy.earned(paid);
    let (lot, now) = (cx.ids().uuid(), cx.now());
    if amount == 0 || !store::insert_lot(tx, lot, account, order.id, amount, (now, now + policy.hold)).await?
    {
        return Ok(());
    }
    let entries = templates::coins_earned(account, Money::idr(amount)).map_err(books::unsound)?;
    let key = format!("coins_earned:{}", order.id);
    books::post(cx, tx, JournalKind::CoinsEarned, order.id.uuid(), key, entries).await
}

/// What coins take off an order that is placed.
fn taken_off(order: &NewOrder) -> i64 {
    order.adjustments.iter().filter(|step| step.source == "coins").map(|step| step.amount.amount()).sum()
}

/// Spends what the quote takes off a group's orders.
pub(crate) async fn spend(cx: &Cx, tx: &mut Tx, group: &NewGroup) -> Result<(), TakeError> {
    let wanted: Vec<(OrderId, i64)> = group
        .orders
        .iter()
        .map(|order| (order.id, taken_off(order)))
        .filter(|(_, amount)| *amount > 0)
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let account = group.buyer.account().ok_or(TakeError::Short)?;
    store::take(tx, account, &wanted, cx.now()).await?;
    for (order, amount) in wanted {
        let entries = templates::coins_spent(account, Money::idr(amount)).map_err(books::unsound)?;
        let key = format!("coins_spent:{order}");
        books::post(cx, tx, JournalKind::CoinsSpent, order.uuid(), key, entries).await?;
    }
    Ok(())
}

/// A group comes to nothing before it was paid; it is locked.
pub(crate) async fn give_back_group(cx: &Cx, tx: &mut Tx, group: OrderGroupId) -> Result<(), sqlx::Error> {
    for order in order::store::orders_of(tx, group).await? {
        give_back_all(cx, tx, order.id).await?;
    }
    Ok(())
}

/// An order is cancelled; its group is locked. Whatever it took and has not given back comes back.
pub(crate) async fn give_back_all(cx: &Cx, tx: &mut Tx, id: OrderId) -> Result<(), sqlx::Error> {
    let Some(used) = store::find_use(tx, id).await? else { return Ok(()) };
    give_back(cx, tx, id, Account::PlatformPromotion, &used, used.spent).await
}

/// A part of an order's money was given back, its group is locked: the same part of its coins follows, and all of them
/// with all of what was paid for goods. Said again it changes nothing.
pub(crate) async fn give_back_part(cx: &Cx, tx: &mut Tx, order: &Order) -> Result<(), sqlx::Error> {
    let Some(used) = store::find_use(tx, order.id).await? else { return Ok(()) };
    let back = share(used.spent, books::given_back(tx, order).await?, order.sums.goods.amount());
    // What had been let go already, coins among it, is the shop's to give back.
    let from = match order.state {
        OrderState::Completed => Account::Seller(order.shop),
        _ => Account::PlatformPromotion,
    };
    give_back(cx, tx, order.id, from, &used, back).await
}

/// Of `coins`, as much as `refunded` is of `goods`: rounded down, and all for all.
fn share(coins: i64, refunded: i64, goods: i64) -> i64 {
    if refunded >= goods {
        return coins;
    }
    let part = i128::from(coins) * i128::from(refunded.max(0)) / i128::from(goods);
    i64::try_from(part).unwrap_or_default()
}

/// `in_all` have come back afterwards, unless more had before.
async fn give_back(
    cx: &Cx,
    tx: &mut Tx,
    id: OrderId,
    from: Account,
    used: &coin::Use,
    in_all: i64,
) -> Result<(), sqlx::Error> {
    let amount = store::give_back(tx, id, in_all - used.returned, cx.now()).await?;
    let entries =
        templates::coins_returned(from, used.account, Money::idr(amount)).map_err(books::unsound)?;
    let key = format!("coins_returned:{id}:{in_all}");
    books::post(cx, tx, JournalKind::CoinsReturned, id.uuid(), key, entries).await
}

/// Of a part of an order's platform discounts, what is not its coins, which come back by themselves.
pub(crate) async fn without(tx: &mut Tx, order: &Order, discount: i64) -> Result<i64, sqlx::Error> {
    let spent = store::find_use(tx, order.id).await?.map_or(0, |used| used.spent);
    let all = order.sums.platform_discount.amount();
    Ok(share(discount, (all - spent).max(0), all))
}

/// Of an order's coins, those that came back: its shop is not given them.
pub(crate) async fn returned(tx: &mut Tx, id: OrderId) -> Result<Money, sqlx::Error> {
    Ok(Money::idr(store::find_use(tx, id).await?.map_or(0, |used| used.returned)))
}

/// Takes away what a member did not spend until `by`.
async fn expire(
    cx: &Cx,
    tx: &mut Tx,
    account: AccountId,
    by: kernel::OffsetDateTime,
) -> Result<(), sqlx::Error> {
    for expired in store::expire(tx, account, by).await? {
        let amount = Money::idr(expired.amount);
        let entries = templates::coins_expired(account, amount).map_err(books::unsound)?;
        // Coins that come back later expire again.
        let key = format!("coins_expired:{}:{}", expired.lot, cx.ids().uuid());
        books::post(cx, tx, JournalKind::CoinsExpired, expired.lot, key, entries).await?;
    }
    Ok(())
}

/// An account is erased, and nobody is left to spend its coins.
pub(crate) async fn forfeit(cx: &Cx, tx: &mut Tx, account: AccountId) -> Result<(), sqlx::Error> {
    let longest = cx.now() + time::Duration::days(365 * 1_000);
    expire(cx, tx, account, longest).await
}

/// Takes coins away whose time is over, each member's in a transaction of its own.
#[derive(Serialize, Deserialize)]
pub struct ExpireCoins {}

impl Job for ExpireCoins {
    const NAME: &'static str = "coins.expire";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        loop {
            let due = store::list_overdue(&mut *cx.db().acquire().await?, cx.now(), 100).await?;
            if due.is_empty() {
                return Ok(());
            }
            for account in due {
                let mut tx = cx.begin().await?;
                expire(cx, &mut tx, account, cx.now()).await?;
                tx.commit().await?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn as_much_of_the_coins_comes_back_as_of_the_money() {
        for (coins, refunded, goods, back) in [
            (100, 0, 300, 0),
            (100, 1, 300, 0),
            (100, 150, 300, 50),
            (100, 299, 300, 99),
            (100, 300, 300, 100),
        ] {
            assert_eq!(share(coins, refunded, goods), back, "{refunded} of {goods}");
        }
        assert_eq!(share(100, 400, 300), 100, "shipping was given back as well");
        assert_eq!(share(100, 0, 0), 100, "nothing was paid for goods");
    }

    proptest! {
        #[test]
        fn in_however_many_parts_no_more_comes_back_than_was_spent(
            coins in 0i64..100_000,
            goods in 1i64..100_000,
            parts in prop::collection::vec(1i64..50_000, 1..6),
        ) {
            let (mut refunded, mut back) = (0, 0);
            for part in parts {
                refunded += part;
                let in_all = share(coins, refunded, goods);
                prop_assert!(in_all >= back && in_all <= coins);
                back = in_all;
            }
            prop_assert_eq!(share(coins, goods, goods), coins);
        }
    }
}
