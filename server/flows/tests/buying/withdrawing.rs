//! A shop takes its money out.

use crate::support::{Market, guest, refused};
use flows::{fulfil, orders, seller::AtShop, withdraw};
use kernel::{Cx, Proved, Viewer, idempotency::Key};
use ledger::Account;
use model::{
    Code, Duties, Duty, Money, Permission,
    ids::{PayoutAccountId, WithdrawalId},
    payout::{Bank, PayoutFailure, WithdrawalState, limits},
    shipping::ShipmentState,
    views::takings::{EntryKind, Takings},
};
use payment::{
    ProviderError,
    payout::{Outcome, TransferNews, store},
};
use sqlx::PgPool;
use time::Duration;

const STEP_UP: Duration = Duration::minutes(10);

fn key(name: &str) -> Key {
    name.parse().unwrap()
}

impl Market {
    /// The owner of the first shop, let in for its money, who has just proved who they are.
    async fn purse(&self) -> (Cx, AtShop, Proved) {
        let at = self.at_shop(0, Permission::Money).await;
        let cx = self.cx().as_viewer(Viewer::Member(at.member().clone()));
        let proved = cx.proved(STEP_UP).unwrap();
        (cx, at, proved)
    }

    /// Sells for so much, to the end.
    pub async fn earned(&self, n: u8, price: i64) {
        let goods = self.goods(u16::from(n), 0, price, 9).await;
        let bought = self.paid(&guest(n), &[(goods, 1)]).await;
        let order = self.only(bought.group()).await;
        self.packed(&self.at_shop(0, Permission::Orders).await, order.id).await;
        self.seen(&order, ShipmentState::Delivered).await;
        orders::receive(&self.cx(), &guest(n), order.id).await.unwrap();
        self.app.run_jobs().await;
    }

    async fn account(&self, number: &str) -> PayoutAccountId {
        let (cx, at, proved) = self.purse().await;
        withdraw::add_account(&cx, &at, &proved, Bank::Bca, number, "Toko  Nol").await.unwrap()
    }

    async fn takings(&self) -> Takings {
        let (cx, at, _) = self.purse().await;
        withdraw::takings(&cx, &at).await.unwrap()
    }

    async fn state(&self, id: WithdrawalId) -> WithdrawalState {
        let cx = self.cx();
        let mut db = cx.db().acquire().await.unwrap();
        store::find_withdrawal(&mut db, id).await.unwrap().unwrap().state
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_earned_is_asked_for_sent_and_arrives_once(db: PgPool) {
    let market = Market::open(db).await;
    market.earned(1, 200_000).await;
    let account = market.account("123-456-7890").await;
    assert_eq!(market.account("1234567890").await, account, "the same account is not added twice");
    let before = market.takings().await;
    assert_eq!(before.available, Money::idr(200_000 - 5_000 - 500));
    assert_eq!(before.accounts[0].number, "•••• 7890");

    let (cx, at, proved) = market.purse().await;
    let mut ids = vec![];
    for _ in 0..2 {
        let asked = withdraw::request(&cx, &at, &proved, account, Money::idr(150_000), &key("one")).await;
        ids.push(asked.unwrap());
    }
    assert_eq!(ids[0], ids[1]);
    let reused = withdraw::request(&cx, &at, &proved, account, Money::idr(10_000), &key("one")).await;
    assert_eq!(refused(reused), Code::KeyReused);
    assert_eq!(market.takings().await.available, Money::idr(44_500), "it has left the balance at once");
    market.app.run_jobs().await;
    assert_eq!(market.state(ids[0]).await, WithdrawalState::Sent);
    let sent = market.sender.vault().sent.clone();
    assert_eq!((sent.len(), sent[0].amount, sent[0].number.reveal()), (1, Money::idr(150_000), "1234567890"));
    assert!(!format!("{sent:?}").contains("1234567890"), "numbers are not printed");
    for outcome in [Outcome::Settled, Outcome::Settled, Outcome::Sent] {
        withdraw::heard(&cx, TransferNews { withdrawal: ids[0], outcome }).await.unwrap();
    }
    let late = Outcome::Failed(PayoutFailure::UnknownAccount);
    withdraw::heard(&cx, TransferNews { withdrawal: ids[0], outcome: late }).await.unwrap();
    assert_eq!(market.state(ids[0]).await, WithdrawalState::Settled);
    assert_eq!(market.balance(Account::Bank).await, 150_000);

    let page = withdraw::statement(&cx, &at, None, 10).await.unwrap();
    let rows: Vec<_> =
        page.items.iter().map(|row| (row.kind, row.amount.amount(), row.balance.amount())).collect();
    assert_eq!(rows, [(EntryKind::Withdrawn, -150_000, 44_500), (EntryKind::Released, 194_500, 194_500)]);
    let sale = &page.items[1];
    let fees: i64 = sale.fees.iter().map(|fee| fee.amount.amount()).sum();
    assert_eq!((sale.goods, fees, sale.refunded), (Some(Money::idr(200_000)), -5_500, None));
    let first = withdraw::statement(&cx, &at, None, 1).await.unwrap();
    let second = withdraw::statement(&cx, &at, first.next.as_deref(), 1).await.unwrap();
    assert_eq!([first.items, second.items].concat(), page.items, "part by part it is the same");
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_does_not_arrive_is_put_back_once(db: PgPool) {
    let market = Market::open(db).await;
    market.earned(1, 200_000).await;
    let account = market.account("9990000000").await;
    let (cx, at, proved) = market.purse().await;
    let failed = Outcome::Failed(PayoutFailure::UnknownAccount);
    // Told at once, told later, and refused outright.
    for (n, answer) in [
        Ok(failed),
        Ok(Outcome::Sent),
        Err(ProviderError::Refused(payment::Refusal { status: 422, reason: String::new() })),
    ]
    .into_iter()
    .enumerate()
    {
        market.sender.vault().answer = answer;
        let id = withdraw::request(&cx, &at, &proved, account, Money::idr(100_000), &key(&format!("k{n}")))
            .await
            .unwrap();
        market.app.run_jobs().await;
        for _ in 0..2 {
            withdraw::heard(&cx, TransferNews { withdrawal: id, outcome: failed }).await.unwrap();
        }
        assert_eq!(market.state(id).await, WithdrawalState::Failed, "{n}");
        assert_eq!(market.takings().await.available, Money::idr(194_500), "{n}");
    }
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_not_there_or_not_allowed_is_not_sent(db: PgPool) {
    let market = Market::open(db).await;
    market.earned(1, 200_000).await;
    let account = market.account("1234567890").await;
    let (cx, at, proved) = market.purse().await;
    let ask = async |amount: i64, name: &str| {
        withdraw::request(&cx, &at, &proved, account, Money::idr(amount), &key(name)).await
    };
    let before = market.written().await;
    assert_eq!(refused(ask(194_501, "a").await), Code::InsufficientBalance);
    assert_eq!(refused(ask(limits::LEAST.amount() - 1, "b").await), Code::Invalid);
    assert_eq!(refused(ask(limits::MOST.amount() + 1, "c").await), Code::Invalid);
    assert_eq!(refused(ask(-50_000, "d").await), Code::Invalid);
    // Not for orders, not with somebody else's proof, not to another shop's account, not to one that was taken away.
    let packer = market.at_shop(0, Permission::Orders).await;
    let asked = withdraw::request(&cx, &packer, &proved, account, Money::idr(10_000), &key("e")).await;
    assert_eq!(refused(asked), Code::NotFound);
    let other = market.at_shop(1, Permission::Money).await;
    let asked = withdraw::request(&cx, &other, &proved, account, Money::idr(10_000), &key("f")).await;
    assert_eq!(refused(asked), Code::NotFound, "the proof is another's");
    let theirs = market.cx().as_viewer(Viewer::Member(other.member().clone())).proved(STEP_UP).unwrap();
    let asked = withdraw::request(&cx, &other, &theirs, account, Money::idr(10_000), &key("g")).await;
    assert_eq!(refused(asked), Code::NotFound, "the account is another shop's");
    assert_eq!(market.written().await, before);
    for _ in 0..2 {
        withdraw::remove_account(&cx, &at, &proved, account).await.unwrap();
    }
    assert_eq!(refused(ask(10_000, "h").await), Code::NotFound);
    market.app.clock().advance(STEP_UP + Duration::SECOND);
    let stale = market.cx().as_viewer(Viewer::Member(at.member().clone()));
    assert!(stale.proved(STEP_UP).is_err());
    assert_eq!(market.number("select count(*) from withdrawal").await, 0);
    market.adds_up().await;
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn at_most_three_a_day_and_never_more_than_there_is_however_many_ask_at_once(db: PgPool) {
    let market = Market::open_wide(db).await;
    market.earned(1, 200_000).await;
    let account = market.account("1234567890").await;
    let (cx, at, proved) = market.purse().await;
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let (cx, at, proved) = (cx.clone(), at.clone(), proved.clone());
            tokio::spawn(async move {
                withdraw::request(&cx, &at, &proved, account, Money::idr(90_000), &key(&format!("n{n}")))
                    .await
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        won += i32::from(task.await.unwrap().is_ok());
    }
    assert_eq!((won, market.takings().await.available), (2, Money::idr(14_500)));
    let third = withdraw::request(&cx, &at, &proved, account, Money::idr(10_000), &key("third")).await;
    third.unwrap();
    market.earned(2, 200_000).await;
    let (cx, at, proved) = market.purse().await;
    let fourth = withdraw::request(&cx, &at, &proved, account, Money::idr(10_000), &key("fourth")).await;
    assert_eq!(refused(fourth), Code::WithdrawalLimit);
    market.app.advance(Duration::DAY).await;
    let (cx, at, _) = market.purse().await;
    let mut member = at.member().clone();
    member.proved_at = cx.now();
    let proved = cx.clone().as_viewer(Viewer::Member(member)).proved(STEP_UP).unwrap();
    withdraw::request(&cx, &at, &proved, account, Money::idr(10_000), &key("fourth")).await.unwrap();
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn large_withdrawals_wait_for_an_operator_and_a_balance_below_nothing_refuses(db: PgPool) {
    let market = Market::open(db).await;
    market.earned(1, 90_000_000).await;
    let account = market.account("1234567890").await;
    let (cx, at, proved) = market.purse().await;
    let amount = Money::idr(limits::BY_ITSELF.amount() + 1);
    let (first, second) = (
        withdraw::request(&cx, &at, &proved, account, amount, &key("1")).await.unwrap(),
        withdraw::request(&cx, &at, &proved, account, Money::idr(10_000), &key("2")).await.unwrap(),
    );
    market.app.run_jobs().await;
    assert_eq!(market.state(first).await, WithdrawalState::Requested);
    assert_eq!(market.state(second).await, WithdrawalState::Sent);
    let mut boss = at.member().clone();
    boss.duties = [Duty::Money, Duty::Orders].into_iter().collect::<Duties>();
    let desk = market.cx().as_viewer(Viewer::Member(boss));
    let wrong = desk.operator(Duty::Orders).unwrap();
    let decides = desk.proved(STEP_UP).unwrap();
    assert_eq!(refused(withdraw::approve(&desk, &wrong, &decides, first).await), Code::NotFound);
    let operator = desk.operator(Duty::Money).unwrap();
    assert_eq!(withdraw::waiting(&desk, &operator).await.unwrap().len(), 1);
    for _ in 0..2 {
        withdraw::refuse(&desk, &operator, &decides, first).await.unwrap();
    }
    assert_eq!(refused(withdraw::approve(&desk, &operator, &decides, first).await), Code::Conflict);
    assert_eq!(market.state(first).await, WithdrawalState::Failed);
    let third = withdraw::request(&cx, &at, &proved, account, amount, &key("3")).await.unwrap();
    for _ in 0..2 {
        withdraw::approve(&desk, &operator, &decides, third).await.unwrap();
    }
    market.app.run_jobs().await;
    assert_eq!(market.state(third).await, WithdrawalState::Sent);

    // All of it is given back to the buyer, though half of it is gone.
    let order = market.number_of_only_completed().await;
    let mut tx = cx.begin().await.unwrap();
    fulfil::give_back(&cx, &mut tx, order, Money::idr(90_000_000), "all").await.unwrap();
    tx.commit().await.unwrap();
    market.app.run_jobs().await;
    assert!(market.takings().await.available.amount() < 0);
    market.app.advance(Duration::DAY).await;
    let (cx, at, _) = market.purse().await;
    let mut member = at.member().clone();
    member.proved_at = cx.now();
    let proved = cx.clone().as_viewer(Viewer::Member(member)).proved(STEP_UP).unwrap();
    let more = withdraw::request(&cx, &at, &proved, account, Money::idr(10_000), &key("4")).await;
    assert_eq!(refused(more), Code::InsufficientBalance);
    market.adds_up().await;
}

impl Market {
    async fn number_of_only_completed(&self) -> model::ids::OrderId {
        let id: model::ids::Uuid = sqlx::query_scalar("select id from shop_order where state = 'completed'")
            .fetch_one(self.cx().db())
            .await
            .unwrap();
        id.into()
    }
}
