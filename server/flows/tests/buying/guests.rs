//! A guest who signs in.

use crate::support::{Market, fixed, guest};
use flows::{cart, checkout, orders, pay};
use kernel::Buyer;
use model::{ids::VariantId, payment::Method, views::CodeReason};
use pricing::Scope;
use sqlx::PgPool;

async fn lines(market: &Market, buyer: &Buyer) -> Vec<(VariantId, i32, String)> {
    let view = cart::view(&market.cx(), Some(buyer)).await.unwrap();
    let mut lines: Vec<_> =
        view.items().map(|item| (item.variant, item.quantity, item.note.clone())).collect();
    lines.sort();
    lines
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn their_cart_and_orders_come_along_at_sign_in(db: PgPool) {
    let market = Market::open(db).await;
    let cx = market.cx();
    let [g101, g102, g103, g202] = [
        market.goods(101, 0, 10_000, 99).await,
        market.goods(102, 0, 20_000, 99).await,
        market.goods(103, 0, 30_000, 99).await,
        market.goods(202, 1, 40_000, 99).await,
    ];
    let (visitor, member) = (guest(1), market.member(1).await);
    let bought = market.order(&visitor, &[(g103, 1)], Method::VaBca).await;
    market.later();
    for (buyer, variant, quantity, note) in [
        (&member, g101, 1, ""),
        (&member, g102, 1, ""),
        (&member, g103, 1, ""),
        (&visitor, g102, 2, ""),
        (&visitor, g202, 1, ""),
        (&visitor, g101, 1, "giling kasar"),
    ] {
        cart::add(&cx, buyer, variant, quantity, note).await.unwrap();
    }
    let line = |variant, quantity, note: &str| (variant, quantity, note.to_owned());
    let account = member.account().unwrap();
    for _ in 0..2 {
        cart::come_in(&cx, visitor.guest().unwrap(), account).await.unwrap();
        assert_eq!(
            lines(&market, &member).await,
            [
                line(g101, 1, ""),
                line(g101, 1, "giling kasar"),
                line(g102, 2, ""),
                line(g103, 1, ""),
                line(g202, 1, ""),
            ]
        );
        assert_eq!(lines(&market, &visitor).await, []);
        assert_eq!(cart::id(&cx, &visitor).await.unwrap(), None, "the guest's cart is gone");
    }
    let (_, placed) = market.group(bought.group()).await;
    assert_eq!(placed[0].account, Some(account));
    assert!(pay::is_of(&cx, &member, bought.payment()).await.unwrap());
    assert!(!pay::is_of(&cx, &visitor, bought.payment()).await.unwrap());
    assert!(orders::order(&cx, &member, placed[0].id).await.unwrap().is_some());
    market.pay(bought.payment(), "a", bought.total).await;
    orders::cancel(&cx, &member, placed[0].id, model::order::CancelReason::Other).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [bought.total]);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_voucher_they_may_not_have_as_a_member_is_dropped_with_a_word(db: PgPool) {
    let market = Market::open(db).await;
    let cx = market.cx();
    let coffee = market.goods(1, 0, 40_000, 99).await;
    let voucher = market.voucher(1, "HEMAT5", Scope::Platform, fixed(5_000), None).await;
    let sql = "update voucher set per_person = 1";
    sqlx::query(sql).execute(cx.db()).await.unwrap();
    let (visitor, member) = (guest(1), market.member(1).await);
    market.fill(&member, &[(coffee, 1)], Method::VaBca).await;
    cart::add_code(&cx, &member, "HEMAT5").await.unwrap();
    let shown = market.view(&member).await;
    market.place(&member, &shown).await.unwrap();
    market.fill(&visitor, &[(coffee, 1)], Method::VaBca).await;
    cart::add_code(&cx, &visitor, "HEMAT5").await.unwrap();
    assert_eq!(market.view(&visitor).await.codes[0].refused, None);
    cart::come_in(&cx, visitor.guest().unwrap(), member.account().unwrap()).await.unwrap();
    let view = checkout::view(&cx, &member, None).await.unwrap();
    assert_eq!(view.codes[0].refused.as_ref().map(|refused| refused.reason), Some(CodeReason::LimitReached));
    assert_eq!(view.codes[0].off, None);
    market.place(&member, &view).await.unwrap();
    assert_eq!(market.used(voucher).await, 1);
    market.app.run_jobs().await;
    market.adds_up().await;
}
