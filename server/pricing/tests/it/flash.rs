//! Flash sales and prices that hold for a time.

use crate::{
    baskets::*,
    fixtures::{checkout, counts, with_shop},
};
use model::ids::{FlashSaleId, Uuid};
use pricing::{
    FlashError, InsertFlashError, ScheduleError, ScheduledPrice,
    store::{self, GivenBack, NewFlashItem, NewFlashSale},
};
use sqlx::{PgConnection, PgPool};
use time::Duration;

const SALE: FlashSaleId = FlashSaleId::new(Uuid::from_u128(9));

fn item(n: u128, price: i64, quota: i32, per_buyer: Option<i32>) -> NewFlashItem {
    NewFlashItem {
        variant: variant(n),
        price: rp(price),
        quota: pieces(quota),
        per_buyer: per_buyer.map(pieces),
    }
}

fn sale(items: Vec<NewFlashItem>) -> NewFlashSale {
    NewFlashSale { id: SALE, name: "Serbu".into(), starts_at: NOW, ends_at: NOW + Duration::HOUR, items }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_sale_s_prices_hold_while_it_is_on(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let of = sale(vec![item(2, 50, 10, None), item(1, 60, 5, Some(2))]);
    store::insert_flash_sale(&mut db, &of, NOW).await.unwrap();
    let listed = store::list_flash(&mut db, SALE).await.unwrap();
    assert_eq!(listed.iter().map(|item| item.variant).collect::<Vec<_>>(), [variant(2), variant(1)]);

    let all = [variant(1), variant(2), variant(3)];
    for (at, sales) in [(NOW - Duration::SECOND, 0), (NOW, 1), (of.ends_at, 0)] {
        assert_eq!(store::current_sales(&mut db, at).await.unwrap().len(), sales);
        assert_eq!(store::flash_prices(&mut db, &all, None, at).await.unwrap().len(), 2 * sales);
    }
    let prices = store::flash_prices(&mut db, &all, None, NOW).await.unwrap();
    assert_eq!(prices[&variant(1)].price, rp(60));
    store::claim_flash(&mut db, SALE, variant(1), checkout(2), "ana", pieces(1), NOW).await.unwrap();
    let prices = store::flash_prices(&mut db, &all, Some("ana"), NOW).await.unwrap();
    let price = prices[&variant(1)];
    assert_eq!((price.price, price.sold, price.bought, price.left()), (rp(60), 1, 1, 1));
    assert_eq!(price.ends_at, of.ends_at);
}

/// One that begins so many hours from now and lasts an hour.
fn later(n: u128, hours: i64, variants: &[u128]) -> NewFlashSale {
    let starts_at = NOW + Duration::hours(hours);
    NewFlashSale {
        id: FlashSaleId::new(Uuid::from_u128(n)),
        starts_at,
        ends_at: starts_at + Duration::HOUR,
        ..sale(variants.iter().map(|n| item(*n, 50, 10, None)).collect())
    }
}

async fn moved(db: &mut PgConnection, sale: &NewFlashSale, hours: i64) -> Result<(), InsertFlashError> {
    sqlx::query("update flash_sale set starts_at = $2, ends_at = $2 + interval '1 hour' where id = $1")
        .bind(sale.id.uuid())
        .bind(NOW + Duration::hours(hours))
        .execute(db)
        .await?;
    Ok(())
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_variant_is_in_one_sale_at_a_time(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let (first, next, apart) = (later(20, 1, &[1, 2]), later(21, 2, &[1]), later(22, 1, &[3]));
    for sale in [&first, &next, &apart] {
        store::insert_flash_sale(&mut db, sale, NOW).await.unwrap();
    }
    let overlapping = NewFlashSale { ends_at: NOW + Duration::hours(3), ..later(23, 1, &[3, 2]) };
    let refused = store::insert_flash_sale(&mut db, &overlapping, NOW).await;
    assert!(matches!(refused, Err(InsertFlashError::Elsewhere)));
    assert!(store::list_flash(&mut db, overlapping.id).await.unwrap().is_empty());

    // Nor does one come to that by being moved, unless the other is not held.
    assert!(matches!(moved(&mut db, &next, 1).await, Err(InsertFlashError::Elsewhere)));
    moved(&mut db, &apart, 2).await.unwrap();
    sqlx::query("update flash_sale set cancelled_at = $2 where id = $1")
        .bind(first.id.uuid())
        .bind(NOW)
        .execute(&mut *db)
        .await
        .unwrap();
    moved(&mut db, &next, 1).await.unwrap();
    let again = sqlx::query("update flash_sale set cancelled_at = null where id = $1")
        .bind(first.id.uuid())
        .execute(&mut *db)
        .await
        .map_err(InsertFlashError::from);
    assert!(matches!(again, Err(InsertFlashError::Elsewhere)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_eight_sales_that_take_a_variant_at_once_one_has_it(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut db = pool.acquire().await.unwrap();
                store::insert_flash_sale(&mut db, &later(30 + n, 1, &[1]), NOW).await
            })
        })
        .collect();
    let mut got = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => got += 1,
            Err(InsertFlashError::Elsewhere) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(got, 1);
    let in_sales: i64 =
        sqlx::query_scalar("select count(*) from flash_item").fetch_one(&mut *db).await.unwrap();
    assert_eq!(in_sales, 1);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn pieces_are_claimed_once_for_a_checkout_and_given_back_once(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let of = sale(vec![item(1, 50, 5, Some(3)), item(2, 50, 5, None)]);
    store::insert_flash_sale(&mut db, &of, NOW).await.unwrap();
    for _ in 0..2 {
        store::claim_flash(&mut db, SALE, variant(1), checkout(1), "ana", pieces(2), NOW).await.unwrap();
    }
    store::claim_flash(&mut db, SALE, variant(2), checkout(1), "ana", pieces(4), NOW).await.unwrap();
    let before = counts(&mut db).await;
    let mut attempt = async |n, buyer: &str, quantity, now| {
        let of = pieces(quantity);
        let refused =
            store::claim_flash(&mut db, SALE, variant(n), checkout(2), buyer, of, now).await.unwrap_err();
        assert_eq!(counts(&mut db).await, before);
        refused
    };
    assert!(matches!(attempt(1, "ana", 2, NOW).await, FlashError::LimitReached { left: 1 }));
    assert!(matches!(attempt(2, "budi", 2, NOW).await, FlashError::SoldOut { left: 1 }));
    assert!(matches!(attempt(2, "budi", 1, of.ends_at).await, FlashError::Over));
    assert!(matches!(attempt(3, "budi", 1, NOW).await, FlashError::Over));

    let back = store::give_back(&mut db, checkout(1), NOW).await.unwrap();
    assert_eq!(back, GivenBack { vouchers: 0, flash: 2, again: vec![] }, "none was sold out");
    assert_eq!(store::give_back(&mut db, checkout(1), NOW).await.unwrap(), GivenBack::default());
    let items = store::list_flash(&mut db, SALE).await.unwrap();
    assert!(items.iter().all(|item| item.sold == 0));
    let mut claim = async |n, quantity| {
        store::claim_flash(&mut db, SALE, variant(n), checkout(2), "ana", pieces(quantity), NOW)
            .await
            .unwrap()
    };
    assert!(!claim(1, 3).await);
    assert!(claim(2, 5).await, "these were the last");
    let back = store::give_back(&mut db, checkout(2), NOW).await.unwrap();
    assert_eq!(back, GivenBack { vouchers: 0, flash: 2, again: vec![variant(2)] });
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_sixty_at_once_as_many_get_a_piece_as_there_are(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let of = sale(vec![item(1, 50, 10, None), item(2, 50, 100, Some(2))]);
    store::insert_flash_sale(&mut db, &of, NOW).await.unwrap();
    let mut got = [0, 0];
    for (place, n) in [1, 2].into_iter().enumerate() {
        let tasks: Vec<_> = (0..60)
            .map(|task: u128| {
                let (pool, buyer) = (pool.clone(), format!("buyer {}", if n == 1 { task } else { task % 3 }));
                tokio::spawn(async move {
                    let mut db = pool.acquire().await.unwrap();
                    let one = pieces(1);
                    store::claim_flash(&mut db, SALE, variant(n), checkout(task), &buyer, one, NOW).await
                })
            })
            .collect();
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => got[place] += 1,
                Err(FlashError::SoldOut { left: 0 } | FlashError::LimitReached { left: 0 }) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
    assert_eq!(got, [10, 6]);
    let sold: Vec<i32> = store::list_flash(&mut db, SALE).await.unwrap().iter().map(|it| it.sold).collect();
    assert_eq!(sold, [10, 6]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_sale_that_makes_no_sense_is_refused_whole(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let backwards = NewFlashSale { ends_at: NOW, ..sale(vec![]) };
    let refused = store::insert_flash_sale(&mut db, &backwards, NOW).await;
    assert!(matches!(refused, Err(InsertFlashError::EndsBeforeItBegins)));
    for items in [vec![item(1, 0, 1, None)], vec![item(1, 5, 1, None), item(1, 6, 1, None)]] {
        let refused = store::insert_flash_sale(&mut db, &sale(items), NOW).await;
        assert!(matches!(refused, Err(InsertFlashError::OutOfRange)));
    }
    assert!(store::current_sales(&mut db, NOW).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_variant_has_one_scheduled_price_at_a_time(pool: PgPool) {
    let mut db = with_shop(&pool).await;
    let hours = |from: i64, to: i64, price| ScheduledPrice {
        price: rp(price),
        starts_at: NOW + Duration::hours(from),
        ends_at: NOW + Duration::hours(to),
    };
    let one = variant(1);
    store::insert_scheduled_price(&mut db, one, &hours(2, 4, 70), NOW).await.unwrap();
    store::insert_scheduled_price(&mut db, one, &hours(4, 6, 60), NOW).await.unwrap();
    store::insert_scheduled_price(&mut db, variant(2), &hours(3, 5, 50), NOW).await.unwrap();
    for overlapping in [hours(1, 3, 1), hours(2, 3, 1), hours(3, 5, 1), hours(0, 9, 1)] {
        let refused = store::insert_scheduled_price(&mut db, one, &overlapping, NOW).await;
        assert!(matches!(refused, Err(ScheduleError::Overlaps)));
    }
    let refused = store::insert_scheduled_price(&mut db, one, &hours(9, 8, 1), NOW).await;
    assert!(matches!(refused, Err(ScheduleError::OutOfRange)));
    for (hour, price) in [(1, None), (2, Some(70)), (3, Some(70)), (4, Some(60)), (6, None)] {
        let at = NOW + Duration::hours(hour);
        let prices = store::scheduled_prices(&mut db, &[one, variant(3)], at).await.unwrap();
        assert_eq!(prices.get(&one).map(|it| it.price.amount()), price, "at {hour}");
        assert!(!prices.contains_key(&variant(3)));
    }

    // Two who schedule at once see each other.
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut db = pool.acquire().await.unwrap();
                let new = hours(n, n + 20, 10);
                store::insert_scheduled_price(&mut db, variant(3), &new, NOW).await.is_ok()
            })
        })
        .collect();
    let mut got = 0;
    for task in tasks {
        got += i32::from(task.await.unwrap());
    }
    assert_eq!(got, 1);
}
