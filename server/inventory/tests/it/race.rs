//! Many at once, each on a connection of its own.

use crate::{
    support::{
        JAKARTA, NOW, SHOP, SURABAYA, asking, assert_books_agree, counts, hold, id, pieces, qty, sell, shop,
        stocked, variant,
    },
    transfers::{draft, transfer},
};
use inventory::{HoldError, NewCount, NewHold, Short, StockPolicy, WriteOffReason, store};
use model::ids::StockCountId;
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::future::Future;
use tokio::task::JoinSet;

/// More connections than a test gets by itself.
async fn wide(pool: &PgPool) -> PgPool {
    let options = (*pool.connect_options()).clone();
    PgPoolOptions::new().max_connections(24).connect_with(options).await.unwrap()
}

async fn all<F>(tasks: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    JoinSet::from_iter(tasks).join_all().await
}

async fn checkout(pool: PgPool, new: NewHold) -> Result<(), HoldError> {
    let mut tx = pool.begin().await.unwrap();
    let held = hold(&mut tx, &new).await;
    if held.is_ok() {
        tx.commit().await.unwrap();
    }
    held.map(|_| ())
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_a_hundred_who_want_the_last_one_one_gets_it(pool: PgPool) {
    let db = &mut shop(&pool).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 1).await;
    let pool = wide(&pool).await;
    let ended = all((1..=100).map(|n| checkout(pool.clone(), asking(n, &[(n, it, 1)])))).await;
    assert_eq!(ended.iter().filter(|end| end.is_ok()).count(), 1);
    for error in ended.into_iter().filter_map(Result::err) {
        let HoldError::SoldOut(short) = error else { panic!("{error}") };
        assert_eq!(short, [Short { variant: it, wanted: 1, left: 0 }]);
    }
    assert_eq!(counts(db, it).await, (1, 1));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn twenty_in_two_warehouses_are_sold_twenty_times(pool: PgPool) {
    let db = &mut shop(&pool).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 7).await;
    stocked(db, it, SURABAYA, 13).await;
    let pool = wide(&pool).await;
    let ended = all((1..=60).map(|n| checkout(pool.clone(), asking(n, &[(n, it, 1)])))).await;
    assert_eq!(ended.iter().filter(|end| end.is_ok()).count(), 20);
    assert!(ended.iter().all(|end| matches!(end, Ok(()) | Err(HoldError::SoldOut(_)))));
    assert_eq!(counts(db, it).await, (20, 20));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_kept_back_or_owed_is_so_under_a_race_as_well(pool: PgPool) {
    let db = &mut shop(&pool).await;
    let (kept, owed) = (variant(1), variant(2));
    for it in [kept, owed] {
        stocked(db, it, JAKARTA, 4).await;
        stocked(db, it, SURABAYA, 4).await;
    }
    store::set_policy(db, kept, StockPolicy::tracked(3, 0).unwrap(), NOW).await.unwrap();
    store::set_policy(db, owed, StockPolicy::tracked(0, 3).unwrap(), NOW).await.unwrap();
    let pool = wide(&pool).await;
    let tasks = (1..=40).map(|n| {
        let it = if n % 2 == 0 { kept } else { owed };
        checkout(pool.clone(), asking(n, &[(n, it, 1)]))
    });
    all(tasks).await;
    assert_eq!((counts(db, kept).await, counts(db, owed).await), ((8, 5), (8, 11)));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn baskets_in_opposite_order_do_not_block_one_another(pool: PgPool) {
    let db = &mut shop(&pool).await;
    let bundle = variant(9);
    for n in 1..=6 {
        stocked(db, variant(n), JAKARTA, 40).await;
        stocked(db, variant(n), SURABAYA, 40).await;
    }
    store::set_bundle(db, bundle, &[(variant(6), qty(1)), (variant(1), qty(1))]).await.unwrap();
    let pool = wide(&pool).await;
    let tasks = (1..=40).map(|n| {
        let mut lines: Vec<_> = (1..=5).map(|of| (n * 100 + of, variant(of), 1)).collect();
        lines.push((n * 100, bundle, 1));
        if n % 2 == 0 {
            lines.reverse();
        }
        let pool = pool.clone();
        async move {
            checkout(pool.clone(), asking(n, &lines)).await.unwrap();
            // Some are paid and sent, others given up, while the next ones buy.
            let mut tx = pool.begin().await.unwrap();
            if n % 3 == 0 {
                store::release(&mut tx, id(n), None, NOW).await.unwrap();
                tx.commit().await.unwrap();
                return;
            }
            store::commit(&mut tx, id(n), NOW).await.unwrap();
            tx.commit().await.unwrap();
            let mut tx = pool.begin().await.unwrap();
            let parcel: Vec<_> = lines.iter().map(|(line, ..)| pieces(*line, 1)).collect();
            store::ship(&mut tx, &parcel, NOW).await.unwrap();
            tx.commit().await.unwrap();
        }
    });
    all(tasks).await;
    // 27 of 40 were sent; of the first variant one more in each bundle.
    assert_eq!(counts(db, variant(1)).await, (80 - 54, 0));
    assert_eq!(counts(db, variant(2)).await, (80 - 27, 0));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn one_line_is_released_or_paid_or_sent_only_once(pool: PgPool) {
    let db = &mut shop(&pool).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 30).await;
    sell(db, 1, it, 2).await;
    hold(db, &asking(2, &[(2, it, 3)])).await.unwrap();
    let pool = wide(&pool).await;
    let shipped = all((0..10).map(|_| {
        let pool = pool.clone();
        async move {
            let mut tx = pool.begin().await.unwrap();
            let shipped = store::ship(&mut tx, &[pieces(1, 2)], NOW).await;
            tx.commit().await.unwrap();
            shipped.is_ok()
        }
    }));
    let late = NOW + time::Duration::HOUR;
    let ended = all((0..20).map(|n| {
        let pool = pool.clone();
        async move {
            let mut tx = pool.begin().await.unwrap();
            let paid = n % 2 == 0 && store::commit(&mut tx, id(2), late).await.unwrap() > 0;
            let released =
                n % 2 == 1 && !store::release_expired(&mut tx, id(2), late).await.unwrap().is_empty();
            tx.commit().await.unwrap();
            usize::from(paid) + usize::from(released)
        }
    }));
    let (shipped, ended) = (shipped.await, ended.await);
    assert_eq!(shipped.into_iter().filter(|done| *done).count(), 1);
    assert_eq!(ended.into_iter().sum::<usize>(), 1, "paid or expired, not both");
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_feed_and_buyers_at_once_leave_the_books_right(pool: PgPool) {
    let db = &mut shop(&pool).await;
    for n in 1..=5 {
        stocked(db, variant(n), JAKARTA, 10).await;
    }
    let pool = wide(&pool).await;
    let feeds = (0..10).map(|round| {
        let pool = pool.clone();
        async move {
            let told: Vec<_> = (1..=5).rev().map(|n| (variant(n), 5 + round)).collect();
            let mut tx = pool.begin().await.unwrap();
            store::set_on_hand_many(&mut tx, &told, None, NOW).await.unwrap();
            tx.commit().await.unwrap();
        }
    });
    let buyers = (1..=30).map(|n| {
        let pool = pool.clone();
        let lines: Vec<_> = (1..=5).map(|of| (n * 10 + of, variant(of), 1)).collect();
        async move {
            let end = checkout(pool, asking(n, &lines)).await;
            assert!(matches!(end, Ok(()) | Err(HoldError::SoldOut(_))));
        }
    });
    tokio::join!(all(feeds), all(buyers));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_on_the_way_arrives_or_is_written_off_or_goes_back_once(pool: PgPool) {
    let db = &mut shop(&pool).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 10).await;
    let mut tx = pool.begin().await.unwrap();
    draft(&mut tx, 1, JAKARTA, SURABAYA, &[(it, 10)]).await;
    tx.commit().await.unwrap();
    let pool = wide(&pool).await;
    let sent = all((0..8).map(|_| {
        let pool = pool.clone();
        async move {
            let mut tx = pool.begin().await.unwrap();
            let sent = store::send_transfer(&mut tx, SHOP, transfer(1), None, NOW).await.unwrap();
            tx.commit().await.unwrap();
            sent.len()
        }
    }));
    assert_eq!(sent.await.into_iter().sum::<usize>(), 1);
    assert_eq!(counts(db, it).await, (0, 0));
    let ends = all((0..24).map(|n| {
        let pool = pool.clone();
        async move {
            let mut tx = pool.begin().await.unwrap();
            let load = [(it, qty(6))];
            let done = if n % 2 == 0 {
                store::receive_transfer(&mut tx, SHOP, transfer(1), &load, None, NOW).await.is_ok()
            } else {
                let why = WriteOffReason::Lost;
                store::write_off_transfer(&mut tx, SHOP, transfer(1), &load, why, None, NOW).await.is_ok()
            };
            if done {
                tx.commit().await.unwrap();
            }
            usize::from(done)
        }
    }));
    assert_eq!(ends.await.into_iter().sum::<usize>(), 1, "six of ten, once");
    let back = all((0..8).map(|_| {
        let pool = pool.clone();
        async move {
            let mut tx = pool.begin().await.unwrap();
            let back = store::cancel_transfer(&mut tx, SHOP, transfer(1), None, NOW).await.unwrap();
            tx.commit().await.unwrap();
            back.len()
        }
    }));
    assert_eq!(back.await.into_iter().sum::<usize>(), 1);
    let (there, lost): (i64, i64) = sqlx::query_as(
        "select (select sum(on_hand) from stock), (select sum(written_off) from stock_transfer_line)",
    )
    .fetch_one(&mut **db)
    .await
    .unwrap();
    assert_eq!(there + lost, 10);
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_count_is_booked_once_while_its_goods_are_sold(pool: PgPool) {
    let db = &mut shop(&pool).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 40).await;
    let count = StockCountId::new(id(1));
    let new = NewCount { id: count, shop: SHOP, warehouse: JAKARTA, query: String::new() };
    store::start_count(db, &new, None, NOW).await.unwrap();
    store::write_count(db, SHOP, count, &[(it, Some(37))], None, NOW).await.unwrap();
    let pool = wide(&pool).await;
    let posts = (0..8).map(|_| {
        let pool = pool.clone();
        async move {
            let mut tx = pool.begin().await.unwrap();
            let posted = store::post_count(&mut tx, SHOP, count, None, NOW).await.unwrap();
            tx.commit().await.unwrap();
            posted.len()
        }
    });
    let sales = (1..=20).map(|n| {
        let pool = pool.clone();
        async move { checkout(pool, asking(n, &[(n, it, 1)])).await.unwrap() }
    });
    let (posted, _) = tokio::join!(all(posts), all(sales));
    assert_eq!(posted.into_iter().sum::<usize>(), 1);
    assert_eq!(counts(db, it).await, (37, 20));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn goods_are_not_sent_to_a_warehouse_that_closes_meanwhile(pool: PgPool) {
    let db = &mut shop(&pool).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 40).await;
    let pool = wide(&pool).await;
    for n in 1..=10 {
        let mut tx = pool.begin().await.unwrap();
        draft(&mut tx, n, JAKARTA, SURABAYA, &[(it, 1)]).await;
        tx.commit().await.unwrap();
        let (sender, closer) = (pool.clone(), pool.clone());
        let send = tokio::spawn(async move {
            let mut tx = sender.begin().await.unwrap();
            let sent = store::send_transfer(&mut tx, SHOP, transfer(n), None, NOW).await.is_ok();
            if sent {
                tx.commit().await.unwrap();
            }
            sent
        });
        let close = tokio::spawn(async move {
            let mut tx = closer.begin().await.unwrap();
            let closed = store::close_warehouse(&mut tx, SHOP, SURABAYA).await.is_ok();
            if closed {
                tx.commit().await.unwrap();
            }
            closed
        });
        let (sent, closed) = (send.await.unwrap(), close.await.unwrap());
        assert!(sent != closed, "one of them came first");
        if sent {
            let mut tx = pool.begin().await.unwrap();
            store::cancel_transfer(&mut tx, SHOP, transfer(n), None, NOW).await.unwrap();
            tx.commit().await.unwrap();
        }
        store::reopen_warehouse(db, SHOP, SURABAYA).await.unwrap();
    }
    assert_eq!(counts(db, it).await, (40, 0));
    assert_books_agree(db).await;
}
