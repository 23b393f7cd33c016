//! Whatever becomes of an order, in whatever order it is told and however often, the books fit.

use crate::{
    bank::told,
    sums::{Chance, Seed, fresh},
    support::{Market, fixed, guest},
};
use flows::{cart, orders, pay};
use kernel::Buyer;
use model::{
    ids::{OrderGroupId, PaymentId},
    order::{CancelReason, GroupState},
    payment::Method,
};
use payment::{EventKind, ProviderEvent};
use pricing::Scope;
use sqlx::PgPool;
use time::Duration;

/// One order group, and all that was told about it.
struct Fate {
    buyer: Buyer,
    group: OrderGroupId,
    total: i64,
    payments: Vec<PaymentId>,
    told: Vec<ProviderEvent>,
}

impl Fate {
    async fn tell(&mut self, market: &Market, event: ProviderEvent) {
        self.told.push(event.clone());
        market.hear(event).await;
    }

    /// Something happens. Now and then it is told after what happened later.
    async fn step(&mut self, market: &Market, chance: &mut Chance) {
        let cx = market.cx();
        let payment = chance.one(&self.payments);
        let at = cx.now() - Duration::seconds(i64::from(chance.small(90)));
        let reference = format!("money-{}", self.told.len());
        let paid = |amount| told(payment, EventKind::Captured, &reference, amount, at);
        match chance.below(11) {
            0 | 1 => self.tell(market, paid(self.total)).await,
            2 => self.tell(market, paid(self.total / 3)).await,
            3 => self.tell(market, paid(self.total + 777)).await,
            4 => {
                if let Some(again) = self.told.get(usize::from(chance.small(9))).cloned() {
                    market.hear(again).await;
                }
            }
            5 => market.settle_refunds(payment).await,
            // What does not go back of an order that was never paid is an operator's, as `pasar reconcile` says.
            6 if market.group(self.group).await.0.state == GroupState::Paid => {
                let asked: Vec<_> = market.bank.desk().refunds.clone();
                if let Some(refund) = asked.iter().rev().find(|it| it.payment == payment) {
                    let (key, amount) = (&refund.key, refund.amount.amount());
                    self.tell(market, told(payment, EventKind::RefundFailed, key, amount, at)).await;
                    // A bank does not pay back what it has said it cannot: that is asked for anew.
                    market.bank.desk().refunds.retain(|it| it.key != *key);
                }
            }
            6 | 7 => {
                let (_, placed) = market.group(self.group).await;
                let order = placed[usize::from(chance.small(2)) % placed.len()].id;
                // Too late for some.
                _ = orders::cancel(&cx, &self.buyer, order, CancelReason::Other).await;
            }
            8 => {
                let other = chance.one(&[Method::VaBca, Method::VaMandiri, Method::Alfamart]);
                if let Ok(new) = pay::change_method(&cx, &self.buyer, payment, other).await {
                    self.payments.push(new);
                }
            }
            9 => drop(market.app.advance(Duration::hours(i64::from(chance.small(30)))).await),
            _ => {
                let there = market.payment(payment).await;
                let left = there.captured.amount() - there.charged_back.amount();
                if left > 0 {
                    let amount = 1 + i64::try_from(chance.below(left.unsigned_abs())).unwrap();
                    self.tell(market, told(payment, EventKind::ChargedBack, &reference, amount, at)).await;
                }
            }
        }
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whatever_becomes_of_forty_orders_the_books_fit(db: PgPool) {
    let market = forty_orders(db, 20_261_129).await;
    for state in ["paid", "expired", "cancelled"] {
        let there: i64 = sqlx::query_scalar("select count(*) from order_group where state = $1")
            .bind(state)
            .fetch_one(market.cx().db())
            .await
            .unwrap();
        assert!(there > 0, "some are {state}");
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whatever_becomes_of_forty_others_they_fit_too(db: PgPool) {
    forty_orders(db, fresh()).await;
}

async fn forty_orders(db: PgPool, seed: u64) -> Market {
    let _told = Seed(seed);
    let market = Market::open(db).await;
    let mut goods = vec![];
    for (n, price) in [(1, 40_000), (2, 10_001), (3, 25_555)] {
        goods.push(market.goods(n, usize::from(n) - 1, price, 500).await);
    }
    market.voucher(1, "HEMAT", Scope::Platform, fixed(5_003), None).await;
    let mut chance = Chance(seed);
    for n in 1..=40 {
        let buyer = guest(n);
        let first = usize::from(chance.small(3));
        let lines = [(goods[first], 1 + i32::from(chance.small(3))), (goods[(first + 1) % 3], 1)];
        market.fill(&buyer, &lines[..=usize::from(chance.small(2))], Method::VaBca).await;
        if chance.yes() {
            cart::add_code(&market.cx(), &buyer, "HEMAT").await.unwrap();
        }
        let shown = market.view(&buyer).await;
        let placed = market.place(&buyer, &shown).await.unwrap();
        let mut fate = Fate {
            buyer,
            group: placed.group,
            total: shown.summary.total.amount(),
            payments: vec![placed.payment.unwrap()],
            told: vec![],
        };
        for _ in 0..9 {
            market.app.clock().advance(Duration::seconds(1));
            fate.step(&market, &mut chance).await;
            market.app.run_jobs().await;
        }
        market.adds_up().await;
        for (what, sql) in [
            (
                "no more goes back than came in",
                "select count(*) from payment where refunding + refunded_elsewhere > captured",
            ),
            (
                "what is cancelled or has expired keeps nothing",
                "select count(*) from reservation join order_line as bought on bought.id = line
                   join shop_order as o on o.id = bought.order_id
                 where o.state = 'cancelled' and reservation.state in ('held', 'committed')",
            ),
            (
                "and what is paid for keeps everything",
                "select count(*) from order_line as bought join shop_order as o on o.id = order_id
                 where o.state = 'paid' and quantity is distinct from (
                   select sum(quantity - released)::int from reservation where line = bought.id)",
            ),
            (
                "one payment at most is waited for",
                "select count(*) from (select from payment where closed_at is null group by group_id having count(*) > 1) as two",
            ),
            (
                "money that nobody owes and nobody has is in no account",
                "select count(*) from (select from ledger_entry having sum(amount) <> 0) as off",
            ),
        ] {
            assert_eq!(market.number(sql).await, 0, "order {n}: {what}");
        }
    }
    // In the end all of them have run out, or are on their way.
    market.app.advance(Duration::days(2)).await;
    market.adds_up().await;
    assert_eq!(market.number("select count(*) from order_group where state = 'awaiting_payment'").await, 0);
    market
}
