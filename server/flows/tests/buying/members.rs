//! Tiers of members: reached by buying, asked for by vouchers, set by operators.

use crate::support::{Market, fixed, guest, refused};
use flows::{
    cart,
    members::{self, CountMembers},
    orders,
};
use kernel::{Buyer, Cx, Member, Operator, Proved, Viewer, jobs::Job as _};
use model::{
    Code, Duties, Duty, FieldError, Money,
    ids::{AccountId, SessionId, Uuid, VariantId},
    pricing::MemberTier,
    views::{
        CodeReason,
        member::{Standing, TierInput},
    },
};
use pricing::Scope;
use sqlx::PgPool;
use time::Duration;

impl Market {
    async fn reached(&self, buyer: &Buyer) -> Standing {
        members::standing(&self.cx(), &who(self, buyer.account().unwrap())).await.unwrap()
    }

    /// Buys, gets it, and is content.
    async fn kept(&self, buyer: &Buyer, goods: &[(VariantId, i32)]) {
        let bought = self.paid(buyer, goods).await;
        let order = self.delivered(bought.group()).await;
        orders::receive(&self.cx(), buyer, order.id).await.unwrap();
        self.app.run_jobs().await;
    }

    fn moneyed(&self) -> (Cx, Operator, Proved) {
        let mut member = who(self, AccountId::new(Uuid::from_u128(4_000_009)));
        member.duties = [Duty::Money].into_iter().collect();
        let cx = self.cx().as_viewer(Viewer::Member(member));
        let operator = cx.operator(Duty::Money).unwrap();
        let proved = cx.proved(flows::account::STEP_UP).unwrap();
        (cx, operator, proved)
    }
}

fn who(market: &Market, account: AccountId) -> Member {
    let session = SessionId::new(Uuid::nil());
    Member { account, session, duties: Duties::NONE, proved_at: market.cx().now() }
}

fn typed(silver: &str, gold: &str) -> TierInput {
    TierInput {
        months: "12".to_owned(),
        silver: silver.to_owned(),
        gold: gold.to_owned(),
        platinum: "20.000.000".to_owned(),
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_bought_counts_once_it_is_complete_and_for_a_year(db: PgPool) {
    let market = Market::open(db).await;
    let machine = market.goods(1, 0, 600_000, 99).await;
    let buyer = market.member(1).await;
    let fresh = market.reached(&buyer).await;
    assert_eq!((fresh.tier, fresh.spent, fresh.months), (MemberTier::Regular, Money::idr(0), 12));
    assert_eq!(fresh.next.map(|next| next.missing), Some(Money::idr(1_000_000)));
    market.paid(&buyer, &[(machine, 2)]).await;
    assert_eq!(market.reached(&buyer).await.spent, Money::idr(0), "it is not complete");

    market.kept(&buyer, &[(machine, 1)]).await;
    assert_eq!(market.reached(&buyer).await.tier, MemberTier::Regular);
    market.kept(&buyer, &[(machine, 1)]).await;
    let reached = market.reached(&buyer).await;
    assert_eq!((reached.tier, reached.spent), (MemberTier::Silver, Money::idr(1_200_000)));
    let next = reached.next.unwrap();
    assert_eq!((next.tier, next.missing), (MemberTier::Gold, Money::idr(3_800_000)));

    CountMembers {}.run(&market.cx()).await.unwrap();
    assert_eq!(market.reached(&buyer).await, reached, "counting again comes to the same");
    let (cx, operator, _) = market.moneyed();
    let desk = members::desk(&cx, &operator).await.unwrap();
    let of = |tier| desk.tiers.iter().find(|row| row.tier == tier).unwrap().members;
    assert_eq!((of(MemberTier::Regular), of(MemberTier::Silver), of(MemberTier::Gold)), (0, 1, 0));

    market.app.clock().advance(Duration::days(370));
    CountMembers {}.run(&market.cx()).await.unwrap();
    let later = market.reached(&buyer).await;
    assert_eq!((later.tier, later.spent), (MemberTier::Regular, Money::idr(0)));
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_goes_back_does_not_count(db: PgPool) {
    let market = Market::open(db).await;
    let machine = market.goods(1, 0, 600_000, 99).await;
    let buyer = market.member(1).await;
    let bought = market.paid(&buyer, &[(machine, 2)]).await;
    let order = market.delivered(bought.group()).await;
    orders::receive(&market.cx(), &buyer, order.id).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.reached(&buyer).await.tier, MemberTier::Silver);
    market.give_back(order.id, 500_000, "cacat").await.unwrap();
    CountMembers {}.run(&market.cx()).await.unwrap();
    let reached = market.reached(&buyer).await;
    assert_eq!((reached.tier, reached.spent), (MemberTier::Regular, Money::idr(700_000)));
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_voucher_for_members_of_a_tier_is_for_those_who_have_reached_it(db: PgPool) {
    let market = Market::open(db).await;
    let machine = market.goods(1, 0, 600_000, 99).await;
    let voucher = market.voucher(1, "SETIA", Scope::Platform, fixed(50_000), Some(9)).await;
    sqlx::query("update voucher set member_tier = 'silver', public = true where id = $1")
        .bind(voucher.uuid())
        .execute(market.cx().db())
        .await
        .unwrap();
    let (buyer, stranger) = (market.member(1).await, guest(7));
    market.kept(&buyer, &[(machine, 2)]).await;
    for (who, is_for) in [(&buyer, true), (&stranger, false)] {
        cart::add(&market.cx(), who, machine, 1, "").await.unwrap();
        let view = cart::view(&market.cx(), Some(who)).await.unwrap();
        assert_eq!(view.offers.iter().any(|offer| offer.code == "SETIA"), is_for, "{who:?}");
        assert_eq!(view.best, is_for.then(|| Money::idr(50_000)));
        cart::add_code(&market.cx(), who, "SETIA").await.unwrap();
        let view = cart::view(&market.cx(), Some(who)).await.unwrap();
        let (code, refusal) = (&view.codes[0], CodeReason::MembersOnly);
        assert_eq!(code.refused.as_ref().map(|it| it.reason), (!is_for).then_some(refusal));
        assert_eq!(code.off, is_for.then(|| Money::idr(50_000)));
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn operators_say_what_a_tier_takes_and_everybody_is_counted_by_it(db: PgPool) {
    let market = Market::open(db).await;
    let machine = market.goods(1, 0, 600_000, 99).await;
    let buyer = market.member(1).await;
    market.member(9).await;
    market.kept(&buyer, &[(machine, 1)]).await;
    let (cx, operator, proved) = market.moneyed();
    let wrong = members::set(&cx, &operator, &proved, &typed("500.000", "500.000")).await.unwrap_err();
    assert_eq!(model::AppError::from(wrong).of("gold"), Some(FieldError::OutOfRange));
    assert_eq!(market.reached(&buyer).await.tier, MemberTier::Regular, "nothing has changed");
    for _ in 0..2 {
        members::set(&cx, &operator, &proved, &typed("500.000", "5.000.000")).await.unwrap();
    }
    market.app.run_jobs().await;
    assert_eq!(market.reached(&buyer).await.tier, MemberTier::Silver);
    let logged = "select count(*) from audit_entry where action = 'member_tiers.changed'";
    assert_eq!(market.number(logged).await, 1, "saying the same again is no change");

    // It is the work of those who look after money.
    let mut other = who(&market, AccountId::new(Uuid::from_u128(4_000_009)));
    other.duties = [Duty::Search].into_iter().collect();
    let elsewhere = cx.clone().as_viewer(Viewer::Member(other));
    let searching = elsewhere.operator(Duty::Search).unwrap();
    assert_eq!(refused(members::set(&cx, &searching, &proved, &typed("1", "2")).await), Code::NotFound);
    assert!(members::desk(&cx, &searching).await.is_err());
}
