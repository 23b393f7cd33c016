//! Coins: earned, spent, given back, expired.

use crate::support::{Bought, Market, fixed, guest, refused};
use coin::{Policy, TakeError};
use flows::{cart, checkout, coins, fulfil, orders, place_order};
use kernel::{Buyer, Member};
use ledger::Account;
use model::{
    BasisPoints, Code, Duties, Permission,
    ids::{AccountId, SessionId, Uuid, VariantId},
    order::{CancelReason, GroupState, OrderState},
    payment::Method,
    shipping::ShipmentState,
    views::{CheckoutView, SummaryPart, coin::CoinKind},
};
use pricing::Scope;
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRunner},
};
use sqlx::PgPool;
use time::Duration;
use tokio::task::JoinSet;

impl Market {
    async fn coin_policy(&self, earn: u16, most: i64) {
        let rate = |points: u16| BasisPoints::try_from(points).unwrap();
        let policy = Policy {
            earn_rate: rate(earn),
            earn_most: most,
            hold: Duration::days(365),
            spend_share: rate(5_000),
        };
        let cx = self.cx();
        let mut db = cx.db().acquire().await.unwrap();
        coin::store::set_policy(&mut db, &policy, cx.now()).await.unwrap();
    }

    async fn coins(&self, buyer: &Buyer) -> i64 {
        let cx = self.cx();
        let mut db = cx.db().acquire().await.unwrap();
        let account = buyer.account().unwrap();
        let there = coin::store::purse(&mut db, account, cx.now()).await.unwrap().spendable;
        assert_eq!(self.balance(Account::Coins(account)).await, there, "the ledger says the same");
        there
    }

    async fn coin_history(&self, buyer: &Buyer) -> Vec<(CoinKind, i64)> {
        let member = Member {
            account: buyer.account().unwrap(),
            session: SessionId::new(Uuid::nil()),
            duties: Duties::NONE,
            proved_at: self.cx().now(),
        };
        let page = coins::history(&self.cx(), &member, None, 100).await.unwrap();
        page.items.into_iter().map(|row| (row.kind, row.amount)).collect()
    }

    /// Buys, gets it, and is content.
    async fn content(&self, buyer: &Buyer, goods: &[(VariantId, i32)]) -> Bought {
        let bought = self.paid(buyer, goods).await;
        let order = self.delivered(bought.group()).await;
        orders::receive(&self.cx(), buyer, order.id).await.unwrap();
        self.app.run_jobs().await;
        bought
    }

    /// A checkout that spends coins.
    async fn fill_with_coins(&self, buyer: &Buyer, goods: &[(VariantId, i32)]) -> CheckoutView {
        self.fill(buyer, goods, Method::VaBca).await;
        checkout::use_coins(&self.cx(), buyer, true).await.unwrap();
        self.view(buyer).await
    }

    async fn ordered_with_coins(&self, buyer: &Buyer, goods: &[(VariantId, i32)]) -> Bought {
        let shown = self.fill_with_coins(buyer, goods).await;
        let placed = self.place(buyer, &shown).await.unwrap();
        Bought { placed, total: shown.summary.total.amount() }
    }

    async fn paid_with_coins(&self, buyer: &Buyer, goods: &[(VariantId, i32)]) -> Bought {
        let bought = self.ordered_with_coins(buyer, goods).await;
        self.later();
        self.pay(bought.payment(), &format!("t{}", bought.payment()), bought.total).await;
        self.app.run_jobs().await;
        bought
    }
}

fn taken_off(view: &CheckoutView) -> i64 {
    let rows = view.summary.rows.iter().filter(|row| row.of == SummaryPart::Coins);
    rows.map(|row| -row.amount.amount()).sum()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn coins_come_once_with_a_complete_order_and_take_off_the_next(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 99).await;
    let buyer = market.member(1).await;
    let bought = market.paid(&buyer, &[(coffee, 2)]).await;
    assert_eq!(market.view(&buyer).await.coins, None, "there are none yet");
    let order = market.delivered(bought.group()).await;
    assert_eq!(market.coins(&buyer).await, 0, "it is not complete");
    for _ in 0..2 {
        orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    }
    market.app.run_jobs().await;
    market.app.advance(Duration::days(20)).await;
    assert_eq!(market.coins(&buyer).await, 800);
    market.adds_up().await;

    let plain = market.fill(&buyer, &[(coffee, 2)], Method::VaBca).await;
    assert_eq!(
        (taken_off(&plain), plain.coins.map(|it| (it.there, it.most, it.on))),
        (0, Some((800, 800, false)))
    );
    checkout::use_coins(&market.cx(), &buyer, true).await.unwrap();
    let stale = market.place(&buyer, &plain).await;
    assert_eq!(refused(stale), Code::Changed, "another total was shown");
    assert_eq!(market.coins(&buyer).await, 800);
    let shown = market.view(&buyer).await;
    assert_eq!(taken_off(&shown), 800);
    assert_eq!(shown.summary.total.amount(), plain.summary.total.amount() - 800);
    let placed = market.place(&buyer, &shown).await.unwrap();
    let again = market.place(&buyer, &shown).await.unwrap();
    assert_eq!(placed, again);
    assert_eq!(market.coins(&buyer).await, 0);
    let order = market.only(placed.group).await;
    assert_eq!(order.sums.platform_discount.amount(), 800);
    assert_eq!(order.sums.commission.amount(), 2_000 + 500, "coins lower no commission");
    market.adds_up().await;

    market.later();
    market.pay(placed.payment.unwrap(), "b", shown.summary.total.amount()).await;
    market.app.run_jobs().await;
    let before = market.seller().await;
    let order = market.delivered(placed.group).await;
    orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    assert_eq!(
        market.seller().await - before,
        80_000 - order.sums.commission.amount(),
        "its shop loses nothing"
    );
    // 1 % of what was paid in money.
    assert_eq!(market.coins(&buyer).await, 792);
    assert_eq!(market.balance(Account::PlatformPromotion).await, -800 - 792);
    let kinds = [(CoinKind::Earned, 792), (CoinKind::Spent, -800), (CoinKind::Earned, 800)];
    assert_eq!(market.coin_history(&buyer).await, kinds);
    let next = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    assert!(!next.coins.unwrap().on, "it is asked for anew with each order");
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn coins_are_for_members_and_half_of_the_goods(db: PgPool) {
    let market = Market::open(db).await;
    market.coin_policy(5_000, 1_000_000).await;
    let (coffee, tea) = (market.goods(1, 0, 40_001, 99).await, market.goods(2, 1, 30_000, 99).await);
    market.voucher(1, "HEMAT", Scope::Platform, fixed(10_000), None).await;
    let buyer = market.member(1).await;
    market.content(&buyer, &[(coffee, 4)]).await;
    assert_eq!(market.coins(&buyer).await, 80_002);
    market.fill_with_coins(&buyer, &[(coffee, 1), (tea, 1)]).await;
    cart::add_code(&market.cx(), &buyer, "HEMAT").await.unwrap();
    let shown = market.view(&buyer).await;
    // After the voucher the goods cost 60.001.
    assert_eq!(taken_off(&shown), 30_000);
    let placed = market.place(&buyer, &shown).await.unwrap();
    assert_eq!(market.coins(&buyer).await, 50_002);
    let spent = "select sum(amount)::bigint from coin_use";
    assert_eq!((market.number(spent).await, market.group(placed.group).await.1.len()), (30_000, 2));
    market.adds_up().await;

    market.fill(&guest(1), &[(coffee, 1)], Method::VaBca).await;
    let refusal = checkout::use_coins(&market.cx(), &guest(1), true).await;
    assert_eq!(refused(refusal), Code::NotFound);
    assert_eq!(market.view(&guest(1)).await.coins, None);
    let bought = market.paid(&guest(2), &[(coffee, 1)]).await;
    let order = market.delivered(bought.group()).await;
    orders::receive(&market.cx(), &guest(2), order.id).await.unwrap();
    assert_eq!(market.number("select count(*) from coin_lot").await, 1);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_comes_to_nothing_gives_its_coins_back(db: PgPool) {
    let market = Market::open(db).await;
    market.coin_policy(1_000, 1_000_000).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 99).await, market.goods(2, 1, 10_000, 99).await);
    let buyer = market.member(1).await;
    market.content(&buyer, &[(coffee, 2)]).await;
    assert_eq!(market.coins(&buyer).await, 8_000);

    let bought = market.ordered_with_coins(&buyer, &[(coffee, 1)]).await;
    assert_eq!(market.coins(&buyer).await, 0);
    let order = market.only(bought.group()).await;
    orders::cancel(&market.cx(), &buyer, order.id, CancelReason::ChangedMind).await.unwrap();
    assert_eq!(
        refused(orders::cancel(&market.cx(), &buyer, order.id, CancelReason::ChangedMind).await),
        Code::Conflict
    );
    assert_eq!(market.coins(&buyer).await, 8_000);

    let bought = market.ordered_with_coins(&buyer, &[(coffee, 1)]).await;
    market.app.run_jobs().await;
    market.app.advance(Duration::DAY).await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Expired);
    assert_eq!(market.coins(&buyer).await, 8_000);
    market.adds_up().await;

    // Of two shops one does not have it: its share of the coins comes back, and the other's when that is taken back too.
    let bought = market.paid_with_coins(&buyer, &[(coffee, 1), (tea, 1)]).await;
    let (_, placed) = market.group(bought.group()).await;
    let of = |shop: usize| placed.iter().find(|order| order.shop == crate::support::SHOPS[shop]).unwrap();
    let (first, second) = (of(0), of(1));
    let share = second.sums.platform_discount.amount();
    assert_eq!(first.sums.platform_discount.amount() + share, 8_000);
    let at = market.at_shop(1, Permission::Orders).await;
    fulfil::reject(&market.cx(), &at, second.id, CancelReason::OutOfStock).await.unwrap();
    assert_eq!(market.coins(&buyer).await, share);
    orders::cancel(&market.cx(), &buyer, first.id, CancelReason::TooSlow).await.unwrap();
    assert_eq!(market.coins(&buyer).await, 8_000);
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()).iter().sum::<i64>(), bought.total);
    market.settle_refunds(bought.payment()).await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn as_large_a_part_of_the_coins_goes_back_as_of_the_money(db: PgPool) {
    let market = Market::open(db).await;
    market.coin_policy(1_000, 1_000_000).await;
    let coffee = market.goods(1, 0, 100_000, 99).await;
    let buyer = market.member(1).await;
    market.content(&buyer, &[(coffee, 1)]).await;
    let bought = market.paid_with_coins(&buyer, &[(coffee, 1)]).await;
    let order = market.delivered(bought.group()).await;
    assert_eq!((order.sums.goods.amount(), market.coins(&buyer).await), (90_000, 0));
    let before = market.seller().await;
    for _ in 0..2 {
        market.give_back(order.id, 30_000, "first").await.unwrap();
        assert_eq!(market.coins(&buyer).await, 3_333);
    }
    market.adds_up().await;
    orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    let commission = order.sums.commission.amount();
    assert_eq!(market.seller().await - before, 100_000 - commission - 30_000 - 3_333);
    // A tenth of the 60.000 that stayed paid.
    assert_eq!(market.coins(&buyer).await, 3_333 + 6_000);
    market.give_back(order.id, 60_000, "rest").await.unwrap();
    assert_eq!(market.coins(&buyer).await, 10_000 + 6_000, "all of the goods' money, all of the coins");
    market.give_back(order.id, 1_000, "shipping").await.unwrap();
    assert_eq!(market.coins(&buyer).await, 16_000);
    market.app.run_jobs().await;
    market.settle_refunds(bought.payment()).await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn coins_hold_for_a_year_and_those_that_expire_first_go_first(db: PgPool) {
    let market = Market::open(db).await;
    market.coin_policy(1_000, 1_000_000).await;
    let coffee = market.goods(1, 0, 40_000, 99).await;
    let buyer = market.member(1).await;
    market.content(&buyer, &[(coffee, 1)]).await;
    market.app.advance(Duration::days(100)).await;
    market.content(&buyer, &[(coffee, 2)]).await;
    assert_eq!(market.coins(&buyer).await, 12_000);
    // So little that only the older ones are needed.
    let tea = market.goods(2, 0, 6_000, 99).await;
    let bought = market.paid_with_coins(&buyer, &[(tea, 1)]).await;
    let order = market.delivered(bought.group()).await;
    orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    let oldest = "select remaining from coin_lot order by earned_at limit 1";
    // 3.000 of it were paid in money.
    assert_eq!((market.coins(&buyer).await, market.number(oldest).await), (9_300, 1_000));
    market.app.advance(Duration::days(270)).await;
    assert_eq!((market.coins(&buyer).await, market.number(oldest).await), (8_300, 0));
    assert_eq!(market.coin_history(&buyer).await[0], (CoinKind::Expired, -1_000));
    market.adds_up().await;

    // Spent in time, but the order comes to nothing when their time is over.
    market.app.advance(Duration::days(94)).await;
    assert_eq!(market.coins(&buyer).await, 8_300);
    let bought = market.ordered_with_coins(&buyer, &[(coffee, 1)]).await;
    market.app.run_jobs().await;
    market.app.advance(Duration::DAY).await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Expired);
    assert_eq!(market.coins(&buyer).await, 8_300);
    market.adds_up().await;
    market.app.advance(Duration::days(9)).await;
    assert_eq!(market.coins(&buyer).await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_ten_who_spend_the_same_coins_one_does(db: PgPool) {
    let market = Market::open_wide(db).await;
    market.coin_policy(1_000, 1_000_000).await;
    let coffee = market.goods(1, 0, 40_000, 99).await;
    let buyer = market.member(1).await;
    for _ in 0..2 {
        market.content(&buyer, &[(coffee, 1)]).await;
    }
    let mut placed = vec![];
    for _ in 0..10 {
        placed.push(market.order(&buyer, &[(coffee, 1)], Method::VaBca).await);
    }
    let account: AccountId = buyer.account().unwrap();
    let mut rush = JoinSet::new();
    for bought in &placed {
        let (cx, order) = (market.cx(), market.only(bought.group()).await.id);
        rush.spawn(async move {
            let mut tx = cx.begin().await.unwrap();
            let done = coin::store::take(&mut tx, account, &[(order, 5_000)], cx.now()).await;
            if done.is_ok() {
                tx.commit().await.unwrap();
            }
            done
        });
    }
    let done = rush.join_all().await;
    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
    assert!(done.iter().filter_map(|done| done.as_ref().err()).all(|why| matches!(why, TakeError::Short)));
    assert_eq!(market.number("select sum(remaining)::bigint from coin_lot").await, 3_000);
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn in_two_tabs_coins_are_spent_once(db: PgPool) {
    let market = Market::open_wide(db).await;
    market.coin_policy(1_000, 1_000_000).await;
    let coffee = market.goods(1, 0, 40_000, 99).await;
    let buyer = market.member(1).await;
    market.content(&buyer, &[(coffee, 1)]).await;
    let (one, other) = (market.fill_with_coins(&buyer, &[(coffee, 1)]).await, market.view(&buyer).await);
    let (cx, method) = (market.cx(), Method::VaBca);
    let (one, other) = tokio::join!(
        place_order::place(&cx, &buyer, &one.key, one.summary.total, method),
        place_order::place(&cx, &buyer, &other.key, other.summary.total, method),
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
    assert_eq!(market.coins(&buyer).await, 0);
    market.app.run_jobs().await;
    market.adds_up().await;
}

/// Whatever is bought with coins, given back and cancelled, no coin is lost and none is made.
#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whatever_happens_the_coins_fit(db: PgPool) {
    let market = Market::open(db).await;
    market.coin_policy(2_000, 30_000).await;
    let goods = [market.goods(1, 0, 40_000, 999).await, market.goods(2, 0, 77_777, 999).await];
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let cases = prop::collection::vec((0usize..2, 1i32..4, 0u8..8, 1i64..120_000, any::<bool>()), 24);
    let buyer = market.member(1).await;
    market.content(&buyer, &[(goods[0], 3)]).await;
    for (which, quantity, fate, part, coins) in cases.new_tree(&mut runner).unwrap().current() {
        let wanted = [(goods[which], quantity)];
        let bought = if coins {
            market.paid_with_coins(&buyer, &wanted).await
        } else {
            market.paid(&buyer, &wanted).await
        };
        let order = market.only(bought.group()).await;
        let at = market.at_shop(0, Permission::Orders).await;
        match fate {
            0 => {}
            1 => fulfil::reject(&market.cx(), &at, order.id, CancelReason::WrongPrice).await.unwrap(),
            2 => orders::cancel(&market.cx(), &buyer, order.id, CancelReason::TooSlow).await.unwrap(),
            3 => {
                market.packed(&at, order.id).await;
                market.seen(&order, ShipmentState::ReturnedToSender).await;
            }
            _ => {
                market.delivered(bought.group()).await;
                if fate > 4 {
                    let _ = market.give_back(order.id, part, "before").await;
                }
                orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
                if fate > 5 {
                    let _ = market.give_back(order.id, part / 2 + 1, "after").await;
                }
            }
        }
        market.app.run_jobs().await;
        market.settle_refunds(bought.payment()).await;
        market.adds_up().await;
        let changes: i64 = market.coin_history(&buyer).await.iter().map(|(_, amount)| amount).sum();
        assert_eq!(market.coins(&buyer).await, changes);
        if market.only(bought.group()).await.state == OrderState::Cancelled {
            let out = "select coalesce(sum(amount - returned), 0)::bigint from coin_use
                       join shop_order on shop_order.id = order_id where state = 'cancelled'";
            assert_eq!(market.number(out).await, 0);
        }
    }
}
