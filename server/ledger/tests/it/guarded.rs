//! What may not be overdrawn is not, whoever comes at once.

use crate::{A, B, GROUP, SHOP, balance, escrowed, idr, journal};
use ledger::{Account, JournalKind, PostError, Posted, store, templates};
use sqlx::PgPool;

fn insufficient(refused: &Result<Posted, PostError>, of: &Account) -> bool {
    matches!(refused, Err(PostError::Insufficient { account }) if account == of)
}

/// Shares 40/60 of a payment of 100.
#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_order_is_refunded_its_own_share_and_no_more(pool: PgPool) {
    let mut tx = pool.begin().await.unwrap();
    drop(escrowed(&pool).await);
    let refund = |n, order, amount| {
        journal(n, JournalKind::Refunded, templates::refunded_from_escrow(order, GROUP, idr(amount)).unwrap())
    };
    let a = Account::Escrow(A);
    assert!(insufficient(&store::post(&mut tx, &refund(10, A, 70)).await, &a));
    assert_eq!(store::post(&mut tx, &refund(11, A, 40)).await.unwrap(), Posted::New);
    assert!(insufficient(&store::post(&mut tx, &refund(12, A, 5)).await, &a));
    assert_eq!(store::post(&mut tx, &refund(11, A, 40)).await.unwrap(), Posted::Already);
    // The refusals left the transaction as it was.
    tx.commit().await.unwrap();
    let mut db = pool.acquire().await.unwrap();
    assert_eq!((balance(&mut db, &a).await, balance(&mut db, &Account::Escrow(B)).await), (0, 60));
    assert_eq!(balance(&mut db, &Account::BuyerClearing(GROUP)).await, 40);
    assert!(store::reconcile(&mut db).await.unwrap().is_good());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn sixty_refunds_at_once_never_overdraw_the_escrow(pool: PgPool) {
    drop(escrowed(&pool).await);
    let tasks: Vec<_> = (0..60)
        .map(|n| {
            let pool = pool.clone();
            tokio::spawn(async move {
                // Both escrows in one journal, named in either order, so that a careless one would deadlock.
                let mut entries = templates::refunded_from_escrow(A, GROUP, idr(3)).unwrap();
                entries.extend(templates::refunded_from_escrow(B, GROUP, idr(1)).unwrap());
                if n % 2 == 0 {
                    entries.reverse();
                }
                let mut tx = pool.begin().await.unwrap();
                let done = store::post(&mut tx, &journal(100 + n, JournalKind::Refunded, entries)).await;
                tx.commit().await.unwrap();
                done
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(posted) => {
                assert_eq!(posted, Posted::New);
                done += 1;
            }
            refused => assert!(insufficient(&refused, &Account::Escrow(A)), "{refused:?}"),
        }
    }
    assert_eq!(done, 13);
    let mut db = pool.acquire().await.unwrap();
    assert_eq!(
        (balance(&mut db, &Account::Escrow(A)).await, balance(&mut db, &Account::Escrow(B)).await),
        (1, 47)
    );
    assert!(store::reconcile(&mut db).await.unwrap().is_good());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn ten_senders_of_one_key_post_once(pool: PgPool) {
    drop(escrowed(&pool).await);
    let tasks: Vec<_> = (0..10)
        .map(|n| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut new = journal(
                    50 + n,
                    JournalKind::Refunded,
                    templates::refunded_from_escrow(A, GROUP, idr(30)).unwrap(),
                );
                new.key = "refund".into();
                let mut tx = pool.begin().await.unwrap();
                let done = store::post(&mut tx, &new).await.unwrap();
                tx.commit().await.unwrap();
                done
            })
        })
        .collect();
    let mut new = 0;
    for task in tasks {
        new += i32::from(task.await.unwrap() == Posted::New);
    }
    assert_eq!(new, 1);
    assert_eq!(balance(&mut pool.acquire().await.unwrap(), &Account::Escrow(A)).await, 10);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_seller_is_overdrawn_by_a_refund_but_not_by_a_withdrawal(pool: PgPool) {
    let mut db = escrowed(&pool).await;
    let seller = Account::Seller(SHOP);
    let release = templates::Release {
        order: A,
        shop: SHOP,
        courier: "kirim-cepat".parse().unwrap(),
        goods: idr(40),
        platform_discount: idr(0),
        shipping: idr(0),
        shipping_discount: idr(0),
        shipping_discount_by_shop: idr(0),
        insurance: idr(0),
        fee: idr(0),
        commission: idr(4),
        tax: idr(0),
        refunded: idr(0),
    };
    let released = journal(10, JournalKind::Released, templates::released(&release).unwrap());
    store::post(&mut db, &released).await.unwrap();
    let withdrawal =
        |n, amount| journal(n, JournalKind::Withdrawn, templates::withdrawn(SHOP, idr(amount)).unwrap());
    assert!(insufficient(&store::post(&mut db, &withdrawal(11, 37)).await, &seller));
    assert_eq!(balance(&mut db, &seller).await, 36);
    store::post(&mut db, &withdrawal(12, 36)).await.unwrap();

    let refund = templates::refunded_by_seller(SHOP, GROUP, idr(40), idr(4)).unwrap();
    store::post(&mut db, &journal(13, JournalKind::Refunded, refund)).await.unwrap();
    assert_eq!(balance(&mut db, &seller).await, -36);
    assert!(insufficient(&store::post(&mut db, &withdrawal(14, 1)).await, &seller));
    assert_eq!(balance(&mut db, &seller).await, -36);
    assert!(store::reconcile(&mut db).await.unwrap().is_good());
}
