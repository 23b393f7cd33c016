//! The end of an order, and where its money goes.

use crate::support::{Market, SHOPS, fixed, guest, percent, refused};
use flows::{
    cart,
    fulfil::{self, RefundError},
    orders,
};
use ledger::Account;
use model::{
    BasisPoints, Code, Money, Permission,
    ids::{AccountId, OrderId, Uuid},
    order::{CancelReason, OrderState},
    payment::Method,
    shipping::ShipmentState,
};
use order::Order;
use pricing::{Applies, Fee, FeeAmount, FeeRule, Scope};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRunner},
};
use sqlx::PgPool;

impl Market {
    pub async fn seller(&self) -> i64 {
        self.balance(Account::Seller(SHOPS[0])).await
    }

    /// Rules as of the acceptance cases, for everybody.
    pub async fn case_e(&self) {
        let cx = self.cx();
        let by = AccountId::new(Uuid::from_u128(6_000_000));
        self.at_shop(0, Permission::Orders).await;
        let rate = |points: u16, cap: Option<i64>| FeeAmount::Rate {
            rate: BasisPoints::try_from(points).unwrap(),
            cap: cap.map(Money::idr),
            floor: None,
        };
        for (fee, amount) in [
            (Fee::Commission, rate(650, None)),
            (Fee::Dynamic, rate(550, Some(40_000))),
            (Fee::Mall, rate(150, Some(5_000))),
            (Fee::Order, FeeAmount::PerOrder(Money::idr(500))),
        ] {
            let rule = FeeRule { fee, applies: Applies::Everywhere, amount };
            let mut db = cx.db().acquire().await.unwrap();
            pricing::store::insert_rule(&mut db, cx.id(), &rule, by, cx.now()).await.unwrap();
        }
    }

    pub async fn delivered(&self, group: model::ids::OrderGroupId) -> Order {
        let order = self.only(group).await;
        self.packed(&self.at_shop(0, Permission::Orders).await, order.id).await;
        self.later();
        self.seen(&order, ShipmentState::Delivered).await;
        self.only(group).await
    }

    pub async fn give_back(&self, order: OrderId, amount: i64, key: &str) -> Result<(), RefundError> {
        let cx = self.cx();
        let mut tx = cx.begin().await.unwrap();
        fulfil::give_back(&cx, &mut tx, order, Money::idr(amount), key).await?;
        tx.commit().await.unwrap();
        Ok(())
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_buyer_says_it_is_there_and_everybody_gets_their_part_once(db: PgPool) {
    let market = Market::open(db).await;
    market.case_e().await;
    let coffee = market.goods(1, 0, 50_000, 9).await;
    market.voucher(1, "TOKO10", Scope::Shop(SHOPS[0]), percent(1_000), None).await;
    market.voucher(2, "HEMAT", Scope::Platform, fixed(7_000), None).await;
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 2)], Method::VaBca).await;
    for code in ["TOKO10", "HEMAT"] {
        cart::add_code(&market.cx(), &buyer, code).await.unwrap();
    }
    let shown = market.view(&buyer).await;
    let placed = market.place(&buyer, &shown).await.unwrap();
    market.later();
    market.pay(placed.payment.unwrap(), "a", shown.summary.total.amount()).await;
    market.app.run_jobs().await;
    let order = market.only(placed.group).await;
    // 100.000 with 10.000 of the shop's own off it; the platform's voucher lowers no commission.
    assert_eq!(
        (order.sums.shop_discount, order.sums.platform_discount),
        (Money::idr(10_000), Money::idr(7_000))
    );
    assert_eq!(order.sums.commission, Money::idr(12_650));
    let fees = order::store::fees_of(&mut market.cx().db().acquire().await.unwrap(), order.id).await.unwrap();
    let fees: Vec<_> = fees.iter().map(|fee| (fee.kind.as_str(), fee.amount.amount())).collect();
    assert_eq!(fees, [("commission", 5_850), ("dynamic", 4_950), ("mall", 1_350), ("order", 500)]);

    assert_eq!(
        refused(orders::receive(&market.cx(), &buyer, order.id).await),
        Code::Conflict,
        "not sent yet"
    );
    market.delivered(placed.group).await;
    assert_eq!(refused(orders::receive(&market.cx(), &guest(2), order.id).await), Code::NotFound);
    assert_eq!(market.seller().await, 0);
    for _ in 0..2 {
        orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    }
    market.app.run_jobs().await;
    market.app.advance(time::Duration::days(30)).await;
    assert_eq!(market.only(placed.group).await.state, OrderState::Completed);
    assert_eq!(market.escrow(order.id).await, 0);
    assert_eq!(market.seller().await, 90_000 - 12_650);
    assert_eq!(market.balance(Account::PlatformPromotion).await, -7_000);
    let revenue = market.balance(Account::PlatformRevenue).await;
    assert_eq!(revenue, 12_650 + order.sums.fee.amount());
    let courier = Account::Courier(order.delivery.courier.parse().unwrap());
    assert_eq!(market.balance(courier).await, order.sums.shipping.amount() + order.sums.insurance.amount());
    assert_eq!(market.number("select count(*) from ledger_journal where kind = 'released'").await, 1);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn fees_are_those_of_the_day_of_sale(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 100_000, 9).await;
    let before = market.paid(&guest(1), &[(coffee, 1)]).await;
    market.later();
    market.case_e().await;
    let after = market.paid(&guest(2), &[(coffee, 1)]).await;
    assert_eq!(market.only(before.group()).await.sums.commission, Money::idr(2_500 + 500));
    assert_eq!(market.only(after.group()).await.sums.commission, Money::idr(6_500 + 5_500 + 1_500 + 500));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn cash_is_divided_when_the_courier_has_it(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 50_000, 9).await;
    let buyer = guest(1);
    let bought = market.order(&buyer, &[(coffee, 1)], Method::Cod).await;
    market.app.run_jobs().await;
    let order = market.only(bought.group()).await;
    market.packed(&market.at_shop(0, Permission::Orders).await, order.id).await;
    assert_eq!(market.carrier.depot().booked[0].cash, Some(order.sums.total));
    market.later();
    market.seen(&order, ShipmentState::OutForDelivery).await;
    // The buyer is quicker than the courier.
    for _ in 0..2 {
        orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    }
    market.app.advance(time::Duration::days(40)).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Delivered, "the money is not there");
    assert_eq!(market.seller().await, 0);
    market.seen(&order, ShipmentState::Delivered).await;
    assert_eq!(market.escrow(order.id).await, order.sums.total.amount());
    let (group, _) = market.group(bought.group()).await;
    assert!(group.paid_at.is_some());
    market.app.advance(time::Duration::minutes(15)).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Completed);
    assert_eq!(market.seller().await, 50_000 - order.sums.commission.amount());
    let refused = market.give_back(order.id, 1, "x").await;
    assert!(matches!(refused, Err(RefundError::NoPayment)), "{refused:?}");
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_given_back_comes_from_the_escrow_before_and_from_the_shop_after(db: PgPool) {
    let market = Market::open(db).await;
    market.case_e().await;
    let coffee = market.goods(1, 0, 100_000, 9).await;
    let buyer = guest(1);
    let bought = market.paid(&buyer, &[(coffee, 1)]).await;
    let order = market.delivered(bought.group()).await;
    let (total, commission) = (order.sums.total.amount(), order.sums.commission.amount());
    for _ in 0..2 {
        market.give_back(order.id, 10_000, "first").await.unwrap();
    }
    assert_eq!(market.escrow(order.id).await, total - 10_000);
    orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    assert_eq!(market.seller().await, 100_000 - commission - 10_000);
    market.give_back(order.id, 40_000, "second").await.unwrap();
    let (held, back) = (market.seller().await, commission * 50 / 100 - commission * 10 / 100);
    assert_eq!(held, 100_000 - commission - 50_000 + back);
    let too_much = market.give_back(order.id, total, "third").await;
    assert!(matches!(too_much, Err(RefundError::TooMuch)), "{too_much:?}");
    market.give_back(order.id, total - 50_000, "all").await.unwrap();
    let expected = 100_000 - total + commission - (commission - (commission - commission * 10 / 100));
    assert_eq!(market.seller().await, expected - commission, "which may be less than nothing");
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()).iter().sum::<i64>(), total);
    market.settle_refunds(bought.payment()).await;
    assert_eq!(market.owed(bought.group()).await, 0);
    market.adds_up().await;
}

/// Whatever is sold, given back and cancelled, nothing is lost and nothing is made.
#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whatever_happens_the_books_fit(db: PgPool) {
    let market = Market::open(db).await;
    let goods = [market.goods(1, 0, 40_000, 999).await, market.goods(2, 0, 77_777, 999).await];
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let cases = prop::collection::vec((0usize..2, 1i32..4, 0u8..7, 1i64..120_000), 1..3);
    let mut lots = Vec::new();
    for _ in 0..12 {
        lots.push(cases.new_tree(&mut runner).unwrap().current());
    }
    let mut n = 0;
    for lot in lots {
        for (which, quantity, fate, part) in lot {
            n += 1;
            let buyer = guest(n);
            let bought = market.paid(&buyer, &[(goods[which], quantity)]).await;
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
                        let _ = market.give_back(order.id, part, "after").await;
                    }
                }
            }
            market.app.run_jobs().await;
            market.settle_refunds(bought.payment()).await;
        }
        market.adds_up().await;
    }
    let all = market.number("select coalesce(sum(amount), 0)::bigint from ledger_entry").await;
    assert_eq!(all, 0);
}
