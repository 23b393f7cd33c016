//! Whatever is posted, all of it fits.

use crate::{GROUP, PROVIDER, balance, idr, journal};
use ledger::{Account, JournalKind, PostError, store, templates};
use model::ids::{OrderId, Uuid};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::PgPool;
use std::collections::HashMap;

#[derive(Clone, Copy, Debug)]
enum Move {
    Pay { order: u128, amount: i64 },
    Refund { order: u128, amount: i64 },
    Withdraw { amount: i64 },
    Sell { order: u128, amount: i64 },
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let (order, amount) = (|| 1u128..6, || 1i64..1000);
    prop::collection::vec(
        prop_oneof![
            (order(), amount()).prop_map(|(order, amount)| Move::Pay { order, amount }),
            (order(), amount()).prop_map(|(order, amount)| Move::Refund { order, amount }),
            (order(), amount()).prop_map(|(order, amount)| Move::Sell { order, amount }),
            amount().prop_map(|amount| Move::Withdraw { amount }),
        ],
        300,
    )
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn random_journals_keep_every_balance_and_sum_to_zero(pool: PgPool) {
    let moves = moves().new_tree(&mut TestRunner::deterministic()).unwrap().current();
    let mut db = pool.acquire().await.unwrap();
    let mut expected: HashMap<Account, i64> = HashMap::new();
    for (n, step) in (1u128..).zip(moves) {
        let order = |order| OrderId::new(Uuid::from_u128(order));
        let seller = Account::Seller(crate::SHOP);
        let (kind, entries) = match step {
            Move::Pay { order: it, amount } => {
                let shares = [(order(it), idr(amount))];
                (
                    JournalKind::Paid,
                    templates::paid(&PROVIDER.parse().unwrap(), idr(amount), &shares).unwrap(),
                )
            }
            Move::Refund { order: it, amount } => (
                JournalKind::Refunded,
                templates::refunded_from_escrow(order(it), GROUP, idr(amount)).unwrap(),
            ),
            Move::Sell { order: it, amount } => (
                JournalKind::Released,
                vec![(Account::Escrow(order(it)), idr(-amount)), (seller, idr(amount))],
            ),
            Move::Withdraw { amount } => {
                (JournalKind::Withdrawn, templates::withdrawn(crate::SHOP, idr(amount)).unwrap())
            }
        };
        let fits = entries.iter().all(|(account, amount)| {
            !account.is_kept() || expected.get(account).copied().unwrap_or_default() + amount.amount() >= 0
        });
        let done = store::post(&mut db, &journal(n, kind, entries.clone())).await;
        assert_eq!(done.is_ok(), fits, "{step:?}");
        match done {
            Ok(_) => {
                for (account, amount) in entries {
                    *expected.entry(account).or_default() += amount.amount();
                }
            }
            Err(error) => assert!(matches!(error, PostError::Insufficient { .. }), "{error:?}"),
        }
    }
    for (account, amount) in &expected {
        assert_eq!(balance(&mut db, account).await, *amount, "{account}");
    }
    assert_eq!(expected.values().sum::<i64>(), 0);
    assert!(store::reconcile(&mut db).await.unwrap().is_good());
}
