//! Whatever is done in whatever order, the books agree.

use crate::support::{
    JAKARTA, NOW, SURABAYA, asking, assert_books_agree, counts, hold, id, pieces, qty, sellable, shop,
    variant,
};
use inventory::{AdjustReason, StockPolicy, store};
use model::ids::WarehouseId;
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sqlx::{Acquire as _, PgConnection, PgPool};
use std::{collections::HashSet, mem::discriminant};
use time::Duration;

#[derive(Clone, Debug)]
enum Step {
    Receive { of: u128, far: bool, quantity: i32 },
    Adjust { of: u128, far: bool, delta: i32 },
    Count { of: u128, far: bool, to: i32 },
    Feed { of: u128, to: i32 },
    Policy { of: u128, threshold: i32, backorder: i32, tracked: bool },
    Hold { lines: Vec<(u128, i32)> },
    Commit { nth: u128 },
    Release { nth: u128 },
    ReleasePart { nth: u128, quantity: i32 },
    Expire,
    Ship { nth: u128, quantity: i32 },
    Unship { nth: u128 },
    Return { nth: u128, quantity: i32 },
}

/// Two variants and, as the third, a bundle of both.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (of, nth, n) = (1..=2u128, 0..20u128, 1..4i32);
    let sold = prop::collection::vec((1..=3u128, 1..4i32), 1..3);
    let step = prop_oneof![
        3 => (of.clone(), any::<bool>(), 1..9i32).prop_map(|(of, far, quantity)| Step::Receive { of, far, quantity }),
        1 => (of.clone(), any::<bool>(), -4..4i32).prop_map(|(of, far, delta)| Step::Adjust { of, far, delta }),
        1 => (of.clone(), any::<bool>(), 0..8i32).prop_map(|(of, far, to)| Step::Count { of, far, to }),
        1 => (of.clone(), 0..8i32).prop_map(|(of, to)| Step::Feed { of, to }),
        1 => (of, 0..3i32, 0..3i32, prop::bool::weighted(0.8))
            .prop_map(|(of, threshold, backorder, tracked)| Step::Policy { of, threshold, backorder, tracked }),
        4 => sold.prop_map(|lines| Step::Hold { lines }),
        3 => nth.clone().prop_map(|nth| Step::Commit { nth }),
        1 => nth.clone().prop_map(|nth| Step::Release { nth }),
        1 => (nth.clone(), n.clone()).prop_map(|(nth, quantity)| Step::ReleasePart { nth, quantity }),
        1 => Just(Step::Expire),
        3 => (nth.clone(), n.clone()).prop_map(|(nth, quantity)| Step::Ship { nth, quantity }),
        1 => nth.clone().prop_map(|nth| Step::Unship { nth }),
        2 => (nth, n).prop_map(|(nth, quantity)| Step::Return { nth, quantity }),
    ];
    prop::collection::vec(step, 10..50)
}

fn place(far: bool) -> WarehouseId {
    if far { SURABAYA } else { JAKARTA }
}

/// Takes a step behind a savepoint, as a refusal of the database ends a transaction. Whether it was taken. So many holds
/// there were before; a step is about one of these.
async fn take(db: &mut PgConnection, step: &Step, holds: u128) -> bool {
    let mut tx = db.begin().await.unwrap();
    let reference = |nth: &u128| id(nth % holds.max(1) + 1);
    let line = |nth: &u128| (nth % holds.max(1) + 1) * 10;
    let done = match step {
        Step::Receive { of, far, quantity } => {
            store::receive(&mut tx, variant(*of), place(*far), qty(*quantity), None, None, NOW).await.is_ok()
        }
        Step::Adjust { of, far, delta } => {
            let why = AdjustReason::Correction;
            store::adjust(&mut tx, variant(*of), place(*far), *delta, why, None, NOW).await.is_ok()
        }
        Step::Count { of, far, to } => {
            store::set_on_hand(&mut tx, variant(*of), place(*far), *to, None, NOW).await.is_ok()
        }
        Step::Feed { of, to } => {
            store::set_on_hand_many(&mut tx, &[(variant(*of), *to)], None, NOW).await.is_ok()
        }
        Step::Policy { of, threshold, backorder, tracked } => {
            let policy = StockPolicy::tracked(*threshold, *backorder).unwrap();
            let policy = if *tracked { policy } else { StockPolicy::UNTRACKED };
            store::set_policy(&mut tx, variant(*of), policy, NOW).await.is_ok()
        }
        Step::Hold { lines } => {
            let lines: Vec<_> = lines
                .iter()
                .zip((holds + 1) * 10..)
                .map(|((of, n), line)| (line, variant(*of), *n))
                .collect();
            hold(&mut tx, &asking(holds + 1, &lines)).await.is_ok()
        }
        Step::Commit { nth } => store::commit(&mut tx, reference(nth), NOW).await.unwrap() > 0,
        Step::Release { nth } => {
            !store::release(&mut tx, reference(nth), None, NOW).await.unwrap().is_empty()
        }
        Step::ReleasePart { nth, quantity } => {
            store::release_part(&mut tx, &[pieces(line(nth), *quantity)], NOW).await.is_ok()
        }
        Step::Expire => {
            let late = NOW + Duration::HOUR;
            let mut any = false;
            for reference in store::expired(&mut tx, late, 2).await.unwrap() {
                any |= !store::release_expired(&mut tx, reference, late).await.unwrap().is_empty();
            }
            any
        }
        Step::Ship { nth, quantity } => {
            store::ship(&mut tx, &[pieces(line(nth), *quantity)], NOW).await.is_ok()
        }
        Step::Unship { nth } => store::unship(&mut tx, &[id(line(nth))], NOW).await.is_ok(),
        Step::Return { nth, quantity } => {
            store::return_to_stock(&mut tx, &[pieces(line(nth), *quantity)], NOW).await.is_ok()
        }
    };
    if done {
        tx.commit().await.unwrap();
    } else {
        tx.rollback().await.unwrap();
    }
    done
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whatever_happens_stock_is_the_sum_of_its_movements(pool: PgPool) {
    let db = &mut *shop(&pool).await;
    store::set_bundle(db, variant(3), &[(variant(1), qty(1)), (variant(2), qty(2))]).await.unwrap();
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut taken = HashSet::new();
    for _ in 0..50 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        let mut tx = db.begin().await.unwrap();
        let mut holds = 0;
        for (n, step) in steps.iter().enumerate() {
            let before = (counts(&mut tx, variant(1)).await, counts(&mut tx, variant(2)).await);
            let done = take(&mut tx, step, holds).await;
            holds += u128::from(done && matches!(step, Step::Hold { .. }));
            let after = (counts(&mut tx, variant(1)).await, counts(&mut tx, variant(2)).await);
            assert!(done || before == after, "step {n} of {steps:#?} was refused and changed something");
            assert_books_agree(&mut tx).await;
            for of in 1..=3 {
                assert!(sellable(&mut tx, variant(of)).await >= 0, "after step {n} of {steps:#?}");
            }
            if done {
                taken.insert(discriminant(step));
            }
        }
        tx.rollback().await.unwrap();
    }
    assert_eq!(taken.len(), 13, "every kind of step was taken");
}
