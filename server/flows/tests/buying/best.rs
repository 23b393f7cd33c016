//! The vouchers that save the most together, at one press.

use crate::support::{Market, SHOPS, fixed, guest, refused};
use flows::{cart, checkout};
use kernel::Buyer;
use model::{Code, Money, payment::Method};
use pricing::{Kind, Scope, ShippingOff};
use sqlx::PgPool;

/// Anybody may have these.
async fn open_to_all(market: &Market, codes: &[&str]) {
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    sqlx::query("update voucher set public = true where code = any($1)")
        .bind(codes)
        .execute(market.cx().db())
        .await
        .unwrap();
}

async fn codes(market: &Market, buyer: &Buyer) -> Vec<String> {
    let view = cart::view(&market.cx(), Some(buyer)).await.unwrap();
    let mut codes: Vec<String> = view.codes.into_iter().map(|code| code.code).collect();
    codes.sort();
    codes
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_best_combination_takes_the_place_of_what_saves_less(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let (cx, buyer) = (market.cx(), guest(1));
    market.voucher(1, "SEDIKIT", Scope::Platform, fixed(1_000), None).await;
    market.voucher(2, "BANYAK", Scope::Platform, fixed(5_000), None).await;
    market.voucher(3, "TOKO", Scope::Shop(SHOPS[0]), fixed(2_000), None).await;
    market.voucher(4, "LAIN", Scope::Shop(SHOPS[1]), fixed(9_000), None).await;
    market.voucher(5, "RAHASIA", Scope::Platform, fixed(8_000), None).await;
    open_to_all(&market, &["SEDIKIT", "BANYAK", "TOKO", "LAIN"]).await;
    assert_eq!(refused(cart::use_best(&cx, &buyer).await), Code::NotFound, "there is no cart");
    cart::add(&cx, &buyer, coffee, 1, "").await.unwrap();
    cart::add_code(&cx, &buyer, "SEDIKIT").await.unwrap();
    cart::add_code(&cx, &buyer, "BELUMADA").await.unwrap();
    let view = cart::view(&cx, Some(&buyer)).await.unwrap();
    assert_eq!(view.best, Some(Money::idr(6_000)), "beside what is taken off already");

    cart::use_best(&cx, &buyer).await.unwrap();
    assert_eq!(codes(&market, &buyer).await, ["BANYAK", "BELUMADA", "TOKO"]);
    let view = cart::view(&cx, Some(&buyer)).await.unwrap();
    assert_eq!((view.summary.total, view.best), (Money::idr(33_000), None));
    cart::use_best(&cx, &buyer).await.unwrap();
    assert_eq!(codes(&market, &buyer).await, ["BANYAK", "BELUMADA", "TOKO"], "again changes nothing");

    // Who knows a better one keeps it.
    cart::remove_code(&cx, &buyer, "BANYAK").await.unwrap();
    cart::add_code(&cx, &buyer, "RAHASIA").await.unwrap();
    let view = cart::view(&cx, Some(&buyer)).await.unwrap();
    assert_eq!((view.summary.total, view.best), (Money::idr(30_000), None));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn at_checkout_the_best_looks_at_shipping_too_and_the_cart_leaves_it_alone(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let (cx, buyer) = (market.cx(), guest(1));
    let shipping = Kind::Shipping(ShippingOff::UpTo(Money::idr(3_000)));
    market.voucher(1, "ONGKIR", Scope::Platform, shipping, None).await;
    market.voucher(2, "BARANG", Scope::Platform, fixed(2_000), None).await;
    open_to_all(&market, &["ONGKIR", "BARANG"]).await;
    let view = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    assert_eq!(view.best, Some(Money::idr(5_000)));
    checkout::use_best_vouchers(&cx, &buyer).await.unwrap();
    assert_eq!(codes(&market, &buyer).await, ["BARANG", "ONGKIR"]);
    assert_eq!(market.view(&buyer).await.summary.total, view.summary.total.minus(Money::idr(5_000)).unwrap());
    cart::use_best(&cx, &buyer).await.unwrap();
    assert_eq!(codes(&market, &buyer).await, ["BARANG", "ONGKIR"], "there is no shipping in a cart yet");
}
