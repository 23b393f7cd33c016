//! Counting what lies in a shop's warehouses, by its people.

use crate::stock::{Shelf, shelf};
use flows::seller::{
    counts::{discard, post, start, write},
    stock::StockError,
};
use kernel::idempotency::Key;
use model::{
    AppError, Code, FieldError,
    ids::StockCountId,
    shop::{CountInput, CountShow, CountState, MovementKind, PiecesInput, StockCount},
};
use sqlx::PgPool;

impl Shelf {
    async fn count(&self, q: &str) -> StockCountId {
        let input = CountInput { q: q.to_owned(), ..CountInput::default() };
        start(&self.market.cx, &self.at, &input, None).await.unwrap()
    }

    async fn write(&self, count: StockCountId, counted: &str) -> Result<(), StockError> {
        let line = PiecesInput { variant: self.variant.to_string(), pieces: counted.to_owned() };
        write(&self.market.cx, &self.at, count, &[line]).await
    }

    async fn seen(&self, count: StockCountId, show: CountShow) -> StockCount {
        let mut db = self.market.cx.db().acquire().await.unwrap();
        let found = views::counts::find(&mut db, self.at.shop(), count, (show, ""), None, 100).await;
        found.unwrap().unwrap()
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_counted_is_compared_with_the_stock_of_its_moment_and_booked_once(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    shelf.change("count", "10").await.unwrap();
    let sku = shelf.stock().await.sku;
    let key: Key = "count-1".parse().unwrap();
    let input = CountInput { q: sku, ..CountInput::default() };
    let id = start(cx, at, &input, Some(&key)).await.unwrap();
    assert_eq!(start(cx, at, &input, Some(&key)).await.unwrap(), id);
    let another = start(cx, at, &CountInput::default(), None).await.unwrap_err();
    assert_eq!(AppError::from(another).of("warehouse"), Some(FieldError::Taken));

    let blind = shelf.seen(id, CountShow::All).await;
    assert!(blind.lines.iter().any(|line| line.variant == shelf.variant));
    assert!(blind.lines.iter().all(|line| line.expected.is_none()), "nobody writes it off the page");
    for (counted, error) in [("-1", FieldError::OutOfRange), ("banyak", FieldError::Malformed)] {
        let refused = AppError::from(shelf.write(id, counted).await.unwrap_err());
        assert_eq!(refused.of("pieces"), Some(error));
    }
    shelf.write(id, "8").await.unwrap();
    // Something comes in while people count.
    shelf.change("received", "5").await.unwrap();
    shelf.write(id, "8").await.unwrap();
    let seen = shelf.seen(id, CountShow::Different).await;
    assert_eq!((seen.row.counted, seen.row.different, seen.more, seen.fewer), (1, 1, 0, 2));
    assert_eq!(
        (seen.lines.len(), seen.lines[0].expected, seen.lines[0].difference()),
        (1, Some(10), Some(-2))
    );
    for _ in 0..2 {
        post(cx, at, id).await.unwrap();
    }
    assert_eq!(shelf.on_hand().await, [13]);
    let moved = shelf.movements().await;
    assert_eq!((moved[0].kind, moved[0].on_hand), (MovementKind::Counted, -2));
    assert_eq!(moved[0].who.as_deref(), Some("s•••@mail.example"));
    let late = AppError::from(shelf.write(id, "1").await.unwrap_err());
    assert_eq!(late.code, Code::Conflict);
    assert_eq!(shelf.seen(id, CountShow::All).await.row.state, CountState::Posted);
    assert_eq!(shelf.seen(id, CountShow::All).await.lines.len(), 1, "of one that is over, what was counted");
    shelf.adds_up().await;
    shelf.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_count_that_leaves_fewer_than_are_promised_books_nothing_and_may_be_discarded(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    shelf.change("count", "10").await.unwrap();
    let id = shelf.count("").await;
    shelf.write(id, "3").await.unwrap();
    assert!(!shelf.seen(id, CountShow::Different).await.lines[0].is_short);
    shelf.promise(6).await;
    assert!(shelf.seen(id, CountShow::Different).await.lines[0].is_short);
    let refused = AppError::from(post(cx, at, id).await.unwrap_err());
    assert_eq!(refused.of("pieces"), Some(FieldError::NotAllowed));
    assert_eq!(
        (shelf.on_hand().await, shelf.seen(id, CountShow::All).await.row.state),
        (vec![10], CountState::Open)
    );
    shelf.write(id, "").await.unwrap();
    assert_eq!(shelf.seen(id, CountShow::All).await.row.counted, 0);
    for _ in 0..2 {
        discard(cx, at, id).await.unwrap();
    }
    let gone = AppError::from(post(cx, at, id).await.unwrap_err());
    assert_eq!(gone.code, Code::Conflict);
    let next = shelf.count("").await;
    discard(cx, at, next).await.unwrap();
    let mut db = cx.db().acquire().await.unwrap();
    let list = views::counts::list(&mut db, at.shop(), None, 1).await.unwrap();
    let rest = views::counts::list(&mut db, at.shop(), list.next.as_deref(), 1).await.unwrap();
    drop(db);
    assert_eq!((list.items[0].id, rest.items[0].id, rest.next), (next, id, None), "the latest first");
    shelf.adds_up().await;
    shelf.market.house.app.run_jobs().await;
}
