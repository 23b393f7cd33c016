//! Vouchers in the database: given out, found, used and given back.

use crate::{
    baskets::*,
    fixtures::{checkout, counts, with_shop},
};
use model::{
    ids::VoucherId,
    order::Funder,
    payment::Method,
    pricing::{MemberTier, VoucherCode, VoucherState},
};
use pricing::{
    Conditions, InsertVoucherError, Kind, Left, NewVoucher, ShippingOff, UseError, Voucher,
    store::{self, GivenBack, Usage},
};
use sqlx::{PgConnection, PgPool};
use time::Duration;

/// As [`voucher`] has it, with limits.
fn new(of: Voucher, quota: Option<i32>, budget: Option<i64>, per_person: Option<i32>) -> NewVoucher {
    NewVoucher {
        id: of.id,
        code: of.code,
        name: of.name,
        scope: of.scope,
        kind: of.kind,
        conditions: of.conditions,
        funder: of.funder,
        from: of.from,
        until: of.until,
        public: of.public,
        quota,
        budget: budget.map(rp),
        per_person,
    }
}

async fn give_out(db: &mut PgConnection, new: &NewVoucher) -> VoucherId {
    store::insert_voucher(db, new, NOW).await.unwrap();
    new.id
}

async fn used(db: &mut PgConnection, id: VoucherId) -> (i32, i64) {
    let Usage { used, spent } = store::usage(db, id).await.unwrap().unwrap();
    (used, spent)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_voucher_is_read_as_it_was_given_out(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let everything = Conditions {
        min_spend: Some(rp(50_000)),
        min_qty: Some(pieces(2)),
        products: vec![product(4)],
        categories: vec![uuid(5).into()],
        shops: vec![shop(1), shop(6)],
        first_order_only: true,
        member_tier: Some(MemberTier::Gold),
        methods: vec![Method::Qris, Method::VaBca],
    };
    let rate = bps(1250);
    let kinds = [
        off(500),
        Kind::FixedPerLine(rp(5)),
        Kind::Percent { rate, cap: Some(rp(9)) },
        Kind::PercentPerLine { rate },
        Kind::BuyXGetY { buy: pieces(3), get: pieces(1) },
        Kind::Shipping(ShippingOff::UpTo(rp(20_000))),
        Kind::Shipping(ShippingOff::Percent { rate, cap: None }),
    ];
    for (n, kind) in kinds.into_iter().enumerate() {
        let n = n as u128 + 1;
        let plain = if n == 1 { of_shop(n, 1, kind) } else { voucher(n, kind) };
        let until = Some(NOW + Duration::DAY);
        let left = Left { quota: Some(7), budget: Some(rp(90)), per_person: Some(2) };
        let given = Voucher { conditions: everything.clone(), until, left, ..plain };
        let id = give_out(&mut db, &new(given.clone(), Some(7), Some(90), Some(2))).await;
        let read = store::load(&mut db, &[id], Some("someone")).await.unwrap();
        assert_eq!(read, std::slice::from_ref(&given));
        let code = given.code.clone().unwrap();
        assert_eq!(store::find_by_code(&mut db, &code, None).await.unwrap(), Some(given));
    }
    let unknown = VoucherCode::try_from("NONE").unwrap();
    assert_eq!(store::find_by_code(&mut db, &unknown, None).await.unwrap(), None);
}

fn uuid(n: u128) -> model::ids::Uuid {
    model::ids::Uuid::from_u128(n)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_voucher_that_makes_no_sense_is_refused(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let plain = |n| new(voucher(n, off(10)), None, None, None);
    give_out(&mut db, &plain(1)).await;
    let before = counts(&mut db).await;
    let mut refused = async |new: NewVoucher| store::insert_voucher(&mut db, &new, NOW).await.unwrap_err();
    let taken = NewVoucher { id: VoucherId::new(uuid(2)), ..plain(1) };
    assert!(matches!(refused(taken).await, InsertVoucherError::CodeTaken));
    let backwards = NewVoucher { until: Some(NOW), ..plain(2) };
    assert!(matches!(refused(backwards).await, InsertVoucherError::EndsBeforeItBegins));
    for wrong in [
        NewVoucher { kind: off(0), ..plain(2) },
        NewVoucher { kind: Kind::PercentPerLine { rate: bps(0) }, ..plain(2) },
        NewVoucher { quota: Some(0), ..plain(2) },
        NewVoucher { funder: Funder::Shop, ..plain(2) },
        NewVoucher { code: None, ..plain(2) },
        NewVoucher { name: " ".into(), ..plain(2) },
        NewVoucher { budget: Some(model::Money::new(1, model::Currency::Usd)), ..plain(2) },
    ] {
        assert!(matches!(refused(wrong.clone()).await, InsertVoucherError::OutOfRange), "{wrong:?}");
    }
    assert_eq!(counts(&mut db).await, before);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn pages_show_what_can_be_had_now(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let hour = Duration::HOUR;
    for of in [
        Voucher { until: Some(NOW + hour * 2), ..voucher(1, off(10)) },
        Voucher { until: Some(NOW + hour), ..voucher(2, off(10)) },
        Voucher { from: NOW - hour, until: Some(NOW), ..voucher(3, off(10)) },
        Voucher { from: NOW + hour, ..voucher(4, off(10)) },
        Voucher { public: false, ..voucher(5, off(10)) },
        of_shop(6, 1, off(10)),
        voucher(7, off(10)),
        Voucher { public: false, ..promotion(8, off(10)) },
        Voucher { public: false, code: None, ..of_shop(9, 1, off(10)) },
    ] {
        give_out(&mut db, &new(of, Some(1), None, None)).await;
    }
    let ids = |of: Vec<Voucher>| of.iter().map(|one| one.id.uuid().as_u128()).collect::<Vec<_>>();
    store::use_voucher(&mut db, VoucherId::new(uuid(7)), checkout(1), "x", rp(1), NOW).await.unwrap();
    assert_eq!(ids(store::list_public(&mut db, None, NOW).await.unwrap()), [2, 1]);
    assert_eq!(ids(store::list_public(&mut db, Some(shop(1)), NOW).await.unwrap()), [6]);
    assert_eq!(ids(store::list_automatic(&mut db, &[shop(1)], None, NOW).await.unwrap()), [8, 9]);
    assert_eq!(ids(store::list_automatic(&mut db, &[shop(2)], None, NOW).await.unwrap()), [8]);

    let paused = VoucherState::Paused;
    assert!(!store::mark_voucher(&mut db, Some(shop(1)), VoucherId::new(uuid(1)), paused).await.unwrap());
    assert!(store::mark_voucher(&mut db, None, VoucherId::new(uuid(1)), paused).await.unwrap());
    assert_eq!(ids(store::list_public(&mut db, None, NOW).await.unwrap()), [2]);
    let mine = store::list_of_owner(&mut db, Some(shop(1)), None, 10).await.unwrap();
    assert_eq!(ids(mine), [9, 6]);
    let next = store::list_of_owner(&mut db, None, Some(VoucherId::new(uuid(3))), 10).await.unwrap();
    assert_eq!(ids(next), [2, 1]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_use_is_counted_once_for_a_checkout_and_given_back_once(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let id = give_out(&mut db, &new(voucher(1, off(10)), Some(5), Some(100), Some(1))).await;
    for _ in 0..2 {
        store::use_voucher(&mut db, id, checkout(1), "ana", rp(10), NOW).await.unwrap();
        assert_eq!(used(&mut db, id).await, (1, 10));
    }
    let left = |of: Vec<Voucher>| of[0].left;
    let expected = Left { quota: Some(4), budget: Some(rp(90)), per_person: Some(0) };
    assert_eq!(left(store::load(&mut db, &[id], Some("ana")).await.unwrap()), expected);
    let expected = Left { per_person: Some(1), ..expected };
    assert_eq!(left(store::load(&mut db, &[id], Some("budi")).await.unwrap()), expected);

    let back = store::give_back(&mut db, checkout(1), NOW).await.unwrap();
    assert_eq!(back, GivenBack { vouchers: 1, flash: 0, again: vec![] });
    let after = counts(&mut db).await;
    let again = store::give_back(&mut db, checkout(1), NOW).await.unwrap();
    assert_eq!((again, counts(&mut db).await), (GivenBack::default(), after));
    assert_eq!(used(&mut db, id).await, (0, 0));
    // Its buyer may use it again, even for the same checkout.
    store::use_voucher(&mut db, id, checkout(1), "ana", rp(20), NOW).await.unwrap();
    assert_eq!(used(&mut db, id).await, (1, 20));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_use_that_is_refused_says_why_and_counts_nothing(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let until = NOW + Duration::HOUR;
    let limited = Voucher { until: Some(until), ..voucher(1, off(10)) };
    let id = give_out(&mut db, &new(limited, Some(2), Some(100), Some(1))).await;
    let other = give_out(&mut db, &new(voucher(2, off(10)), None, None, None)).await;
    store::use_voucher(&mut db, id, checkout(1), "ana", rp(60), NOW).await.unwrap();
    let before = counts(&mut db).await;
    let mut attempt = async |id, buyer: &str, amount, now| {
        let refused = store::use_voucher(&mut db, id, checkout(2), buyer, rp(amount), now).await;
        assert_eq!(counts(&mut db).await, before);
        refused.unwrap_err()
    };
    assert!(matches!(attempt(id, "ana", 10, NOW).await, UseError::LimitReached));
    assert!(matches!(attempt(id, "budi", 41, NOW).await, UseError::BudgetSpent));
    assert!(matches!(attempt(id, "budi", 10, until).await, UseError::Unknown));
    assert!(matches!(attempt(VoucherId::new(uuid(9)), "budi", 10, NOW).await, UseError::Unknown));

    // Of several all or none.
    let both = [(other, rp(5)), (id, rp(41))];
    let (whose, error) = store::use_vouchers(&mut db, &both, checkout(3), "budi", NOW).await.unwrap_err();
    assert!(whose == id && matches!(error, UseError::BudgetSpent));
    assert_eq!(counts(&mut db).await, before);
    let both = [(other, rp(5)), (id, rp(40))];
    store::use_vouchers(&mut db, &both, checkout(3), "budi", NOW).await.unwrap();
    assert_eq!((used(&mut db, id).await, used(&mut db, other).await), ((2, 100), (1, 5)));
    let full = store::use_voucher(&mut db, id, checkout(4), "citra", rp(0), NOW).await;
    assert!(matches!(full, Err(UseError::UsedUp)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_refusal_leaves_the_transaction_around_it_usable(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let id = give_out(&mut db, &new(voucher(1, off(10)), Some(1), None, None)).await;
    let mut tx = pool.begin().await.unwrap();
    store::use_voucher(&mut tx, id, checkout(1), "ana", rp(10), NOW).await.unwrap();
    assert!(store::use_voucher(&mut tx, id, checkout(2), "budi", rp(10), NOW).await.is_err());
    tx.commit().await.unwrap();
    assert_eq!(used(&mut db, id).await, (1, 10));
}

/// Sixty checkouts at once, each by the buyer `of` says; how many got it.
async fn race(pool: &PgPool, id: VoucherId, amount: i64, of: fn(u128) -> String) -> usize {
    let tasks: Vec<_> = (0..60)
        .map(|n| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut tx = pool.begin().await.unwrap();
                let used = store::use_voucher(&mut tx, id, checkout(n), &of(n), rp(amount), NOW).await;
                tx.commit().await.unwrap();
                match used {
                    Ok(()) => 1,
                    Err(UseError::Database(error)) => panic!("{error}"),
                    Err(_) => 0,
                }
            })
        })
        .collect();
    let mut all = 0;
    for task in tasks {
        all += task.await.unwrap();
    }
    all
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_sixty_at_once_as_many_get_it_as_may(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let own = |n: u128| format!("buyer {n}");
    let quota = give_out(&mut db, &new(voucher(1, off(10)), Some(10), None, None)).await;
    assert_eq!(race(&pool, quota, 10, own).await, 10);
    assert_eq!(used(&mut db, quota).await, (10, 100));

    let budget = give_out(&mut db, &new(voucher(2, off(10)), None, Some(100), None)).await;
    assert_eq!(race(&pool, budget, 30, own).await, 3);
    assert_eq!(used(&mut db, budget).await, (3, 90));

    let person = give_out(&mut db, &new(voucher(3, off(10)), None, None, Some(2))).await;
    assert_eq!(race(&pool, person, 10, |n| format!("buyer {}", n % 3)).await, 6);
    assert_eq!(used(&mut db, person).await, (6, 60));
}
