//! Whatever is in a cart, its rows, its orders and its payment come to one sum.

use crate::support::{Market, SHOPS, fixed, guest, percent};
use flows::{cart, checkout, orders};
use model::{BasisPoints, Money, Qty, ids::ShopId, payment::Method, views::CartItem};
use pricing::{Kind, Scope, ShippingOff};
use sqlx::PgPool;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// The same chance each time for the same seed.
pub struct Chance(pub u64);

/// Another seed each time, or the one that `PASAR_SEED` names, as a failure prints it.
pub fn fresh() -> u64 {
    match std::env::var("PASAR_SEED") {
        Ok(seed) => seed.parse().expect("PASAR_SEED is a number"),
        Err(_) => RandomState::new().build_hasher().finish(),
    }
}

/// Says while a test fails which seed it was.
pub struct Seed(pub u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("It was seed {0}: try it again with PASAR_SEED={0}", self.0);
        }
    }
}

impl Chance {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    pub fn small(&mut self, n: u8) -> u8 {
        u8::try_from(self.below(n.into())).unwrap()
    }

    pub fn yes(&mut self) -> bool {
        self.below(2) == 0
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn thirty_carts_of_all_kinds_add_up(db: PgPool) {
    thirty_carts(db, 20_260_105).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn thirty_others_add_up_too(db: PgPool) {
    thirty_carts(db, fresh()).await;
}

async fn thirty_carts(db: PgPool, seed: u64) {
    let _told = Seed(seed);
    let market = Market::open(db).await;
    let mut chance = Chance(seed);
    let mut goods = vec![];
    for n in 0..9_u16 {
        let price = 100 + i64::try_from(chance.below(333_333)).unwrap();
        goods.push(market.goods(n + 1, usize::from(n) / 3, price, 60_000).await);
    }
    market.flash_sale(goods[0], 99, 60_000).await;
    let shop = |n: usize| Scope::Shop(SHOPS[n]);
    let off = ShippingOff::UpTo(Money::idr(7_777));
    let half =
        ShippingOff::Percent { rate: BasisPoints::try_from(5_000).unwrap(), cap: Some(Money::idr(9_999)) };
    let two = Kind::BuyXGetY { buy: Qty::try_from(2).unwrap(), get: Qty::try_from(1).unwrap() };
    let vouchers = [
        ("HEMAT", Scope::Platform, fixed(50_001)),
        ("SEMUA", Scope::Platform, percent(10_000)),
        ("SEPERTIGA", Scope::Platform, percent(3_333)),
        ("ONGKIR", Scope::Platform, Kind::Shipping(off)),
        ("TOKO-A", shop(0), percent(777)),
        ("TOKO-B", shop(1), two),
        ("TOKO-C", shop(2), fixed(12_345)),
        ("KIRIM-C", shop(2), Kind::Shipping(half)),
    ];
    for (n, (code, scope, kind)) in vouchers.iter().enumerate() {
        market.voucher(n as u128, code, *scope, *kind, None).await;
    }
    let methods = [Method::VaBca, Method::Qris, Method::Alfamart, Method::Cod];

    for case in 1..=30 {
        let cx = market.cx();
        let buyer = guest(case);
        let lines: Vec<_> =
            (0..=chance.small(5)).map(|_| (chance.one(&goods), 1 + i32::from(chance.small(7)))).collect();
        market.fill(&buyer, &[(lines[0].0, 1)], Method::VaBca).await;
        for (variant, quantity) in &lines {
            let note = if chance.yes() { "giling kasar" } else { "" };
            cart::add(&cx, &buyer, *variant, *quantity, note).await.unwrap();
        }
        for (code, ..) in &vouchers {
            if chance.below(3) == 0 {
                cart::add_code(&cx, &buyer, code).await.unwrap();
            }
        }
        let seen = cart::view(&cx, Some(&buyer)).await.unwrap();
        let paid = |item: &CartItem| match item.why.as_slice() {
            [] => item.gross.amount(),
            steps => steps.iter().map(|step| step.amount.amount()).sum(),
        };
        let items = seen.shops.iter().flat_map(|shop| &shop.items).filter(|item| item.ticked);
        assert_eq!(
            items.map(paid).sum::<i64>(),
            seen.summary.total.amount(),
            "case {case}: why each costs that"
        );
        for parcel in market.view(&buyer).await.shops {
            let offer = &parcel.offers[usize::try_from(chance.below(parcel.offers.len() as u64)).unwrap()];
            let (shop, insured): (ShopId, bool) = (parcel.id, chance.yes());
            checkout::set_shipping(&cx, &buyer, shop, (&offer.courier, offer.service, None), insured, "")
                .await
                .unwrap();
        }
        let method = chance.one(&methods);
        checkout::set_method(&cx, &buyer, method).await.unwrap();
        let mut shown = market.view(&buyer).await;
        if !shown.missing.is_empty() {
            // Too much for the counter, or a courier that takes no cash.
            checkout::set_method(&cx, &buyer, Method::VaMandiri).await.unwrap();
            shown = market.view(&buyer).await;
        }
        let method = shown.method.unwrap();
        let placed =
            market.place(&buyer, &shown).await.unwrap_or_else(|error| panic!("case {case}: {error:?}"));
        let total = shown.summary.total;
        let (group, all) = market.group(placed.group).await;
        assert_eq!(group.total, total, "case {case}");
        assert_eq!(all.len(), shown.shops.len(), "case {case}");
        let sum: i64 = all.iter().map(|order| order.sums.total.amount()).sum();
        assert_eq!(sum, total.amount(), "case {case}");
        match placed.payment {
            Some(payment) => assert_eq!(market.payment(payment).await.amount, total, "case {case}"),
            None => assert_eq!(method, Method::Cod, "case {case}"),
        }
        for order in &all {
            let page = orders::order(&cx, &buyer, order.id).await.unwrap().unwrap();
            let rows: i64 = page.summary.rows.iter().map(|row| row.amount.amount()).sum();
            assert_eq!(rows, order.sums.total.amount(), "case {case}: {:?}", page.summary);
        }
        let page = orders::group(&cx, &buyer, placed.group).await.unwrap().unwrap();
        let rows: i64 = page.summary.rows.iter().map(|row| row.amount.amount()).sum();
        assert_eq!((rows, page.summary.total), (total.amount(), total), "case {case}");
    }
    market.app.run_jobs().await;
    market.adds_up().await;
}
