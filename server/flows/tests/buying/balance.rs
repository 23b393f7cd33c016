//! What a shop has earned pays for what its owner buys.

use crate::support::{Market, guest, refused};
use flows::{
    orders, pay,
    seller::{self, AtShop},
    withdraw,
};
use kernel::{Buyer, Cx, Proved, Viewer};
use ledger::Account;
use model::{
    Code, Money, Permission, ShopRole,
    ids::PaymentId,
    order::{CancelReason, GroupState},
    payment::{Method, PaymentState},
    views::{Instructions, MethodReason, takings::EntryKind},
};
use sqlx::PgPool;
use time::Duration;

const STEP_UP: Duration = Duration::minutes(10);

impl Market {
    /// The owner of the first shop, as somebody who buys.
    async fn owner(&self) -> Buyer {
        let buyer = self.member(2_000_000).await;
        assert_eq!(buyer.account(), Some(self.at_shop(0, Permission::Money).await.member().account));
        buyer
    }

    /// Let in to the shop for its money, having just proved who they are.
    async fn till_of(&self, shop: usize) -> (Cx, AtShop, Proved) {
        let at = self.at_shop(shop, Permission::Money).await;
        let cx = self.cx().as_viewer(Viewer::Member(at.member().clone()));
        let proved = cx.proved(STEP_UP).unwrap();
        (cx, at, proved)
    }

    async fn pays(&self, payment: PaymentId) -> Result<(), pay::PayError> {
        let (cx, at, proved) = self.till_of(0).await;
        pay::from_balance(&cx, &at, &proved, payment).await
    }

    async fn left(&self) -> i64 {
        self.balance(Account::Seller(crate::support::SHOPS[0])).await
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_owner_pays_from_the_balance_and_is_paid_back_into_it(db: PgPool) {
    let market = Market::open(db).await;
    let buyer = market.owner().await;
    market.earned(1, 200_000).await;
    assert_eq!(market.left().await, 194_500);
    let tea = market.goods(7, 1, 60_000, 9).await;
    let bought = market.order(&buyer, &[(tea, 1)], Method::Balance).await;
    market.app.run_jobs().await;
    assert_eq!(market.left().await, 194_500, "nothing is taken before its owner says so");
    let seen = pay::view(&market.till_of(0).await.0, &buyer, bought.payment()).await.unwrap().unwrap();
    let Some(Instructions::Balance(purses)) = seen.instructions else { panic!("{:?}", seen.instructions) };
    assert!(purses.fresh && !seen.unreachable);
    assert_eq!(purses.shops.iter().map(|it| it.available.amount()).collect::<Vec<_>>(), [194_500]);

    market.later();
    market.pays(bought.payment()).await.unwrap();
    let once = market.written().await;
    assert_eq!(refused(market.pays(bought.payment()).await), Code::AlreadyPaid);
    assert_eq!(market.written().await, once);
    assert_eq!(market.left().await, 194_500 - bought.total);
    assert_eq!(market.payment(bought.payment()).await.state, PaymentState::Captured);
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Paid);
    market.app.run_jobs().await;
    market.adds_up().await;

    let order = market.only(bought.group()).await;
    orders::cancel(&market.cx(), &buyer, order.id, CancelReason::ChangedMind).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.left().await, 194_500);
    assert_eq!(market.payment(bought.payment()).await.state, PaymentState::Refunded);
    assert_eq!(market.owed(bought.group()).await, 0);
    assert!(market.bank.asked_back(bought.payment()).is_empty(), "no bank has a part in it");
    let (cx, at, _) = market.till_of(0).await;
    let rows = withdraw::statement(&cx, &at, None, 10).await.unwrap().items;
    let rows: Vec<_> = rows.iter().map(|row| (row.kind, row.amount.amount(), row.balance.amount())).collect();
    assert_eq!(
        rows,
        [
            (EntryKind::SpentBack, bought.total, 194_500),
            (EntryKind::Spent, -bought.total, 194_500 - bought.total),
            (EntryKind::Released, 194_500, 194_500),
        ]
    );
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_balance_is_its_owners_alone_and_never_overdrawn(db: PgPool) {
    let market = Market::open(db).await;
    let buyer = market.owner().await;
    market.earned(1, 200_000).await;
    let tea = market.goods(7, 1, 60_000, 9).await;
    let one = market.order(&buyer, &[(tea, 1)], Method::Balance).await;
    let two = market.order(&buyer, &[(tea, 2)], Method::Balance).await;
    market.later();

    // Not from another shop, not by somebody else's proof, not for who is no owner, not when let in for something else.
    let before = market.written().await;
    let (cx, at, proved) = market.till_of(0).await;
    let (_, other, theirs) = market.till_of(1).await;
    for (at, proved) in [(&other, &theirs), (&other, &proved), (&at, &theirs)] {
        assert_eq!(refused(pay::from_balance(&cx, at, proved, one.payment()).await), Code::NotFound);
    }
    let packer = market.at_shop(0, Permission::Orders).await;
    assert_eq!(refused(pay::from_balance(&cx, &packer, &proved, one.payment()).await), Code::NotFound);
    // Who keeps the shop's money without owning it may send it to the shop's bank, not shop with it.
    let keeper = market.employed(5, ShopRole::Finance).await;
    let theirs = market.cx().as_viewer(Viewer::Member(keeper));
    let let_in = seller::at_shop(&theirs, "toko-0", Permission::Money).await.unwrap();
    let proof = theirs.proved(STEP_UP).unwrap();
    assert_eq!(refused(pay::from_balance(&theirs, &let_in, &proof, one.payment()).await), Code::NotFound);
    assert_eq!(market.written().await, before);

    // The balance is enough for either, not for both, however many press at once.
    let tasks: Vec<_> = [one.payment(), two.payment(), one.payment(), two.payment()]
        .into_iter()
        .map(|payment| {
            let (cx, at, proved) = (cx.clone(), at.clone(), proved.clone());
            tokio::spawn(async move { pay::from_balance(&cx, &at, &proved, payment).await })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        won += i32::from(task.await.unwrap().is_ok());
    }
    assert_eq!(won, 1);
    assert!(market.left().await >= 0);
    market.app.run_jobs().await;
    market.adds_up().await;

    // The one that was not paid runs out, and takes nothing.
    let left = market.left().await;
    market.app.advance(Duration::hours(2)).await;
    let states = [market.group(one.group()).await.0.state, market.group(two.group()).await.0.state];
    assert!(states.contains(&GroupState::Paid) && states.contains(&GroupState::Expired), "{states:?}");
    let late = if states[0] == GroupState::Paid { two.payment() } else { one.payment() };
    let (cx, at, _) = market.till_of(0).await;
    let mut member = at.member().clone();
    member.proved_at = cx.now();
    let proved = cx.clone().as_viewer(Viewer::Member(member)).proved(STEP_UP).unwrap();
    assert_eq!(refused(pay::from_balance(&cx, &at, &proved, late).await), Code::Conflict);
    assert_eq!(market.left().await, left);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn it_is_offered_to_owners_who_have_as_much(db: PgPool) {
    let market = Market::open(db).await;
    let buyer = market.owner().await;
    let tea = market.goods(7, 1, 60_000, 9).await;
    let offered = async |buyer: &Buyer| {
        let methods = market.view(buyer).await.methods;
        methods.into_iter().find(|offer| offer.method == Method::Balance)
    };
    market.fill(&buyer, &[(tea, 1)], Method::VaBca).await;
    let poor = offered(&buyer).await.unwrap();
    assert_eq!((poor.fee, poor.refused), (Money::idr(0), Some(MethodReason::Balance)));
    let shown = market.view(&buyer).await;
    let cx = market.cx();
    let placed =
        flows::place_order::place(&cx, &buyer, &shown.key, shown.summary.total, Method::Balance).await;
    assert_eq!(refused(placed), Code::Invalid, "nothing is in it");
    market.earned(1, 200_000).await;
    assert_eq!(offered(&buyer).await.unwrap().refused, None);

    market.fill(&guest(3), &[(tea, 1)], Method::VaBca).await;
    assert_eq!(offered(&guest(3)).await, None, "who has no shop is not asked");
}
