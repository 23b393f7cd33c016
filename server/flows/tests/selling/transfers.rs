//! Goods between a shop's warehouses, and the warehouses themselves, by its people.

use crate::{
    stock::{Shelf, an_address, shelf},
    support::{at, person, signed_in},
};
use flows::seller::{
    AtShop,
    stock::StockError,
    transfers::{cancel, draft, load, receive, send, write_off},
    warehouses::{close_warehouse, move_warehouse, reopen_warehouse},
};
use kernel::idempotency::Key;
use model::{
    AppError, Code, FieldError, Permission, ShopRole,
    ids::{StockTransferId, Uuid, WarehouseId},
    shop::{MovementKind, PiecesInput, StockTransfer, TransferInput, TransferState, WriteOffInput},
};
use sqlx::PgPool;

impl Shelf {
    async fn begin(&self, to: WarehouseId) -> StockTransferId {
        let main = self.stock().await.places[0].warehouse;
        let input = TransferInput { from: main.to_string(), to: to.to_string() };
        draft(&self.market.cx, &self.at, &input, None).await.unwrap()
    }

    fn pieces(&self, pieces: &str) -> Vec<PiecesInput> {
        vec![PiecesInput { variant: self.variant.to_string(), pieces: pieces.to_owned() }]
    }

    async fn transfer(&self, id: StockTransferId) -> StockTransfer {
        let mut db = self.market.cx.db().acquire().await.unwrap();
        views::transfers::find(&mut db, self.at.shop(), id).await.unwrap().unwrap()
    }

    /// Coming and leaving, of each warehouse.
    async fn way(&self) -> Vec<(i32, i32)> {
        self.stock().await.places.iter().map(|place| (place.coming, place.leaving)).collect()
    }
}

fn field(refused: Result<(), StockError>, name: &str) -> Option<FieldError> {
    AppError::from(refused.unwrap_err()).of(name)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_list_is_sent_and_received_in_parts_each_once(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    shelf.change("count", "10").await.unwrap();
    let second = shelf.open("Gudang timur").await;
    let id = shelf.begin(second).await;
    assert_eq!(field(send(cx, at, id).await, "lines"), Some(FieldError::Required));
    let offers = async |transfer: &StockTransfer| {
        let mut db = cx.db().acquire().await.unwrap();
        let offers = views::transfers::offers(&mut db, transfer, "", 100).await.unwrap();
        offers.iter().filter(|it| it.variant == shelf.variant).count()
    };
    assert_eq!(offers(&shelf.transfer(id).await).await, 1);
    load(cx, at, id, &shelf.pieces("7")).await.unwrap();
    assert_eq!(offers(&shelf.transfer(id).await).await, 0, "it is on the list");
    assert_eq!((shelf.on_hand().await, shelf.way().await), (vec![10, 0], vec![(0, 0), (0, 0)]));
    for _ in 0..2 {
        send(cx, at, id).await.unwrap();
    }
    assert_eq!((shelf.on_hand().await, shelf.way().await), (vec![3, 0], vec![(0, 7), (7, 0)]));
    assert_eq!(shelf.stock().await.available, 3, "nobody buys what is on the way");

    let key: Key = "receive-1".parse().unwrap();
    for _ in 0..2 {
        receive(cx, at, id, &shelf.pieces("4"), Some(&key)).await.unwrap();
    }
    assert_eq!((shelf.on_hand().await, shelf.way().await), (vec![3, 4], vec![(0, 3), (3, 0)]));
    let other = receive(cx, at, id, &shelf.pieces("1"), Some(&key)).await;
    assert!(matches!(other, Err(StockError::KeyReused)));
    for (pieces, name, error) in [
        ("4", "pieces", FieldError::OutOfRange),
        ("0", "pieces", FieldError::OutOfRange),
        ("dua", "pieces", FieldError::Malformed),
        ("", "lines", FieldError::Required),
    ] {
        let refused = receive(cx, at, id, &shelf.pieces(pieces), None).await;
        assert_eq!(field(refused, name), Some(error), "{pieces}");
    }
    let off =
        |reason: &str, pieces: &str| WriteOffInput { reason: reason.to_owned(), lines: shelf.pieces(pieces) };
    let refused = write_off(cx, at, id, &off("gift", "1"), None).await;
    assert_eq!(field(refused, "reason"), Some(FieldError::NotAllowed));
    write_off(cx, at, id, &off("lost", "1"), None).await.unwrap();
    let seen = shelf.transfer(id).await;
    let line = &seen.lines[0];
    assert_eq!((line.quantity, line.received, line.written_off, line.on_way), (7, 4, 1, 2));
    assert_eq!(seen.steps.len(), 3);
    cancel(cx, at, id).await.unwrap();
    cancel(cx, at, id).await.unwrap();
    assert_eq!((shelf.on_hand().await, shelf.way().await), (vec![5, 4], vec![(0, 0), (0, 0)]));
    assert_eq!(shelf.transfer(id).await.row.state, TransferState::Cancelled);
    let late = AppError::from(receive(cx, at, id, &shelf.pieces("1"), None).await.unwrap_err());
    assert_eq!(late.code, Code::Conflict);
    let late = AppError::from(load(cx, at, id, &shelf.pieces("1")).await.unwrap_err());
    assert_eq!(late.code, Code::Conflict);
    let moved = shelf.movements().await;
    assert!(moved.iter().take(3).all(|it| it.kind == MovementKind::Moved && it.transfer == Some(id)));
    shelf.adds_up().await;
    shelf.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_promised_stays_and_what_is_chosen_wrong_is_said(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    shelf.change("count", "10").await.unwrap();
    shelf.promise(4).await;
    let second = shelf.open("Gudang timur").await;
    let main = shelf.stock().await.places[0].warehouse.to_string();
    for (from, to, wrong) in [(&main, &main, "to"), (&"x".to_owned(), &second.to_string(), "from")] {
        let input = TransferInput { from: from.clone(), to: to.clone() };
        let refused = draft(cx, at, &input, None).await.unwrap_err();
        assert_eq!(AppError::from(refused).of(wrong), Some(FieldError::NotAllowed));
    }
    let id = shelf.begin(second).await;
    load(cx, at, id, &shelf.pieces("7")).await.unwrap();
    assert_eq!(field(send(cx, at, id).await, "pieces"), Some(FieldError::NotAllowed));
    assert_eq!(
        field(load(cx, at, id, &shelf.pieces("1000001")).await, "pieces"),
        Some(FieldError::OutOfRange)
    );
    load(cx, at, id, &shelf.pieces("6")).await.unwrap();
    send(cx, at, id).await.unwrap();
    assert_eq!(shelf.on_hand().await, [4, 0]);
    let empty = shelf.begin(second).await;
    load(cx, at, empty, &shelf.pieces("1")).await.unwrap();
    load(cx, at, empty, &shelf.pieces("")).await.unwrap();
    assert!(shelf.transfer(empty).await.lines.is_empty());
    cancel(cx, at, empty).await.unwrap();
    let mut db = cx.db().acquire().await.unwrap();
    let list = views::transfers::list(&mut db, at.shop(), None, 10).await.unwrap();
    drop(db);
    let listed: Vec<_> = list.items.iter().map(|row| (row.id, row.pieces, row.on_way)).collect();
    assert_eq!(listed, [(id, 6, 6)], "what was thrown away is gone");
    shelf.adds_up().await;
    shelf.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_warehouse_moves_and_closes_when_it_is_empty(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    shelf.change("count", "3").await.unwrap();
    let second = shelf.open("Gudang timur").await;
    let main = shelf.stock().await.places[0].warehouse;
    let elsewhere = model::address::AddressInput {
        street: "Jl. Kenanga No. 9".to_owned(),
        recipient: "Tini".to_owned(),
        ..an_address()
    };
    for place in [second, main] {
        move_warehouse(cx, at, place, &elsewhere).await.unwrap();
    }
    let there = async || {
        let mut db = cx.db().acquire().await.unwrap();
        views::stock::warehouses(&mut db, at.shop()).await.unwrap()
    };
    let streets = there().await.into_iter().map(|it| it.address.unwrap().street).collect::<Vec<_>>();
    assert_eq!(streets, ["Jl. Kenanga No. 9", "Jl. Kenanga No. 9"]);
    let wrong = model::address::AddressInput { postcode: "99999".to_owned(), ..an_address() };
    let refused = move_warehouse(cx, at, second, &wrong).await;
    assert_eq!(field(refused, "postcode"), Some(FieldError::NotAllowed));

    assert_eq!(field(close_warehouse(cx, at, main).await, "main"), Some(FieldError::NotAllowed));
    let id = shelf.begin(second).await;
    load(cx, at, id, &shelf.pieces("2")).await.unwrap();
    send(cx, at, id).await.unwrap();
    assert_eq!(field(close_warehouse(cx, at, second).await, "on_way"), Some(FieldError::NotAllowed));
    receive(cx, at, id, &shelf.pieces("2"), None).await.unwrap();
    assert_eq!(field(close_warehouse(cx, at, second).await, "pieces"), Some(FieldError::NotAllowed));
    assert!(there().await.iter().all(|it| it.is_active), "what was refused changed nothing");
    let third = shelf.open("Gudang barat").await;
    for _ in 0..2 {
        close_warehouse(cx, at, third).await.unwrap();
    }
    assert!(!there().await[2].is_active);
    let input = TransferInput { from: main.to_string(), to: third.to_string() };
    let refused = draft(cx, at, &input, None).await.unwrap_err();
    assert_eq!(AppError::from(refused).of("to"), Some(FieldError::NotAllowed));
    reopen_warehouse(cx, at, third).await.unwrap();
    assert!(there().await[2].is_active);
    shelf.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn other_shops_and_whoever_keeps_the_money_move_nothing(db: PgPool) {
    let shelf = shelf(db).await;
    let app = &shelf.market.house.app;
    shelf.change("count", "5").await.unwrap();
    let second = shelf.open("Gudang timur").await;
    let id = shelf.begin(second).await;
    load(&shelf.market.cx, &shelf.at, id, &shelf.pieces("5")).await.unwrap();
    let (wati, dewi) = (person(app, 3, "wati@mail.example").await, person(app, 4, "dewi@mail.example").await);
    let mut db = shelf.market.cx.db().acquire().await.unwrap();
    let (rival, slug): (Uuid, String) =
        sqlx::query_as("select id, slug from shop where id <> $1 order by id limit 1")
            .bind(shelf.at.shop().uuid())
            .fetch_one(&mut *db)
            .await
            .unwrap();
    let now = shelf.market.cx.now();
    shop::store::staff::appoint(&mut db, rival.into(), wati.account, ShopRole::Owner, now).await.unwrap();
    shop::store::staff::appoint(&mut db, shelf.at.shop(), dewi.account, ShopRole::Finance, now)
        .await
        .unwrap();
    drop(db);
    let theirs = at(app, &wati, &slug.parse().unwrap(), Permission::Stock).await;
    let money = at(app, &dewi, &shelf.market.slug, Permission::Money).await;
    let before = (shelf.stock().await, shelf.transfer(id).await);
    let tried: [(&AtShop, _); 2] = [(&theirs, signed_in(app, &wati)), (&money, signed_in(app, &dewi))];
    for (at, cx) in tried {
        for refused in [
            send(&cx, at, id).await,
            load(&cx, at, id, &shelf.pieces("1")).await,
            receive(&cx, at, id, &shelf.pieces("1"), None).await,
            cancel(&cx, at, id).await,
            close_warehouse(&cx, at, second).await,
            reopen_warehouse(&cx, at, second).await,
            move_warehouse(&cx, at, second, &an_address()).await,
        ] {
            assert!(matches!(refused, Err(StockError::NotFound)));
        }
    }
    let mut db = shelf.market.cx.db().acquire().await.unwrap();
    assert!(views::transfers::find(&mut db, theirs.shop(), id).await.unwrap().is_none());
    drop(db);
    assert_eq!((shelf.stock().await, shelf.transfer(id).await), before);
    app.run_jobs().await;
}
