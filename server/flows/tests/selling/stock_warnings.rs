//! What the people of a shop hear of goods that run out, and what they are to order.

use crate::{
    stock::{Shelf, shelf},
    support::{letters, person},
};
use flows::seller::stock::sell_by;
use model::{
    AppError, FieldError, ShopRole,
    shop::{ReorderRow, StockPolicyInput},
};
use notify::{Channel, Preference, Topic};
use sqlx::PgPool;
use time::Duration;

impl Shelf {
    async fn to_order(&self) -> Vec<ReorderRow> {
        let cx = &self.market.cx;
        let today = views::jakarta::day_of(cx.now());
        let mut db = cx.db().acquire().await.unwrap();
        views::reorder::list(&mut db, self.at.shop(), None, 100, today).await.unwrap().items
    }

    /// How many messages about stock went to this address, once all that is due is done.
    async fn told(&self, to: &str) -> usize {
        self.market.house.app.run_jobs().await;
        self.market.house.app.advance(Duration::minutes(6)).await;
        letters(&self.market.cx, to).await.iter().filter(|kind| *kind == "stock_low").count()
    }
}

fn said(low_at: &str, reorder_at: &str, reorder_quantity: &str) -> StockPolicyInput {
    StockPolicyInput {
        low_at: low_at.to_owned(),
        reorder_at: reorder_at.to_owned(),
        reorder_quantity: reorder_quantity.to_owned(),
        ..StockPolicyInput::default()
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn those_who_keep_the_stock_hear_once_that_something_runs_out(db: PgPool) {
    let shelf = shelf(db).await;
    let app = &shelf.market.house.app;
    let (budi, dewi) = (person(app, 3, "budi@mail.example").await, person(app, 4, "dewi@mail.example").await);
    let mut db = shelf.market.cx.db().acquire().await.unwrap();
    for (who, role) in [(&budi, ShopRole::Fulfilment), (&dewi, ShopRole::Finance)] {
        let now = shelf.market.cx.now();
        shop::store::staff::appoint(&mut db, shelf.at.shop(), who.account, role, now).await.unwrap();
    }
    drop(db);
    shelf.change("count", "20").await.unwrap();
    assert_eq!(shelf.told("sari@mail.example").await, 0);
    shelf.change("count", "5").await.unwrap();
    assert_eq!(shelf.told("sari@mail.example").await, 1);
    shelf.change("count", "4").await.unwrap();
    assert_eq!(shelf.told("sari@mail.example").await, 1, "she knows");
    shelf.change("count", "0").await.unwrap();
    assert_eq!(shelf.told("sari@mail.example").await, 2, "nothing is left");
    shelf.change("count", "3").await.unwrap();
    shelf.change("count", "0").await.unwrap();
    assert_eq!(shelf.told("sari@mail.example").await, 2);
    shelf.change("count", "20").await.unwrap();
    assert_eq!(shelf.told("sari@mail.example").await, 2);
    shelf.change("count", "2").await.unwrap();
    assert_eq!(shelf.told("sari@mail.example").await, 3, "it has fallen anew");
    assert_eq!((shelf.told("budi@mail.example").await, shelf.told("dewi@mail.example").await), (3, 0));

    let mut db = shelf.market.cx.db().acquire().await.unwrap();
    let low = views::stock::count_low(&mut db, shelf.at.shop()).await.unwrap();
    let filter = model::shop::StockFilter { low: true, ..Default::default() };
    let listed = views::stock::list(&mut db, shelf.at.shop(), &filter, 100).await.unwrap();
    assert_eq!(usize::try_from(low).unwrap(), listed.items.len(), "as many are counted as are listed");
    // Until inventory has noted that there is more again, the list and the number beside it say the same.
    shelf.change("count", "20").await.unwrap();
    let still = views::stock::list(&mut db, shelf.at.shop(), &filter, 100).await.unwrap();
    assert_eq!(views::stock::count_low(&mut db, shelf.at.shop()).await.unwrap(), low);
    assert_eq!(still.items.len(), listed.items.len());
    shelf.market.house.app.run_jobs().await;
    let fewer = views::stock::list(&mut db, shelf.at.shop(), &filter, 100).await.unwrap();
    assert_eq!(fewer.items.len() + 1, listed.items.len());
    assert_eq!(views::stock::count_low(&mut db, shelf.at.shop()).await.unwrap(), low - 1);
    let off = Preference { topic: Topic::Stock, channel: Channel::Email, wanted: false };
    assert!(notify::set_preference(&mut db, budi.account, off, shelf.market.cx.now()).await.unwrap());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_has_fallen_to_its_point_is_to_be_ordered(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    shelf.change("count", "8").await.unwrap();
    sell_by(cx, at, shelf.variant, &said("3", "7", "12")).await.unwrap();
    assert!(shelf.to_order().await.is_empty());
    shelf.change("count", "7").await.unwrap();
    let rows = shelf.to_order().await;
    let row = &rows[0];
    assert_eq!((rows.len(), row.variant, row.available, row.on_way), (1, shelf.variant, 7, 0));
    assert_eq!((row.reorder_quantity, row.suggested()), (Some(12), 12));
    let stock = shelf.stock().await;
    assert_eq!((stock.low_at, stock.reorder_at, stock.reorder_quantity), (3, Some(7), Some(12)));
    for (policy, field) in [(said("", "-1", ""), "reorder_at"), (said("", "1", "0"), "reorder_quantity")] {
        let refused = AppError::from(sell_by(cx, at, shelf.variant, &policy).await.unwrap_err());
        assert_eq!(refused.of(field), Some(FieldError::OutOfRange));
    }
    sell_by(cx, at, shelf.variant, &said("", "", "")).await.unwrap();
    assert!(shelf.to_order().await.is_empty());
    shelf.market.house.app.run_jobs().await;
}
