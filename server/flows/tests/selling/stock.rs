//! Stock, by the people of a shop.

use crate::{
    products::{Market, market},
    support::{at, person, signed_in},
};
use flows::seller::{
    AtShop, at_shop,
    stock::{StockError, carry, change, sell_by},
    warehouses::{open_warehouse, rename_warehouse},
};
use kernel::idempotency::Key;
use model::{
    AppError, FieldError, Permission, ShopRole,
    address::AddressInput,
    ids::{Uuid, VariantId, WarehouseId},
    shop::{
        AdjustReason, MovementKind, MovementRow, StockChangeInput, StockFilter, StockMoveInput,
        StockPolicyInput, VariantStock,
    },
};
use sqlx::PgPool;

pub struct Shelf {
    pub market: Market,
    pub at: AtShop,
    pub variant: VariantId,
}

pub async fn shelf(db: PgPool) -> Shelf {
    let market = market(db).await;
    let at = at(&market.house.app, &market.sari, &market.slug, Permission::Stock).await;
    let mut db = market.cx.db().acquire().await.unwrap();
    let filter = StockFilter::default();
    let variant = views::stock::list(&mut db, at.shop(), &filter, 1).await.unwrap().items[0].id;
    drop(db);
    Shelf { market, at, variant }
}

fn saying(reason: &str, pieces: &str) -> StockChangeInput {
    StockChangeInput { reason: reason.to_owned(), pieces: pieces.to_owned(), ..StockChangeInput::default() }
}

pub fn an_address() -> AddressInput {
    AddressInput {
        recipient: "Budi".to_owned(),
        phone: "0812-3456-7890".to_owned(),
        district: "31.74.07".to_owned(),
        postcode: "12110".to_owned(),
        street: "Jl. Melati No. 5".to_owned(),
        ..AddressInput::default()
    }
}

impl Shelf {
    pub async fn change(&self, reason: &str, pieces: &str) -> Result<(), StockError> {
        change(&self.market.cx, &self.at, self.variant, &saying(reason, pieces), None).await
    }

    pub async fn stock(&self) -> VariantStock {
        let mut db = self.market.cx.db().acquire().await.unwrap();
        views::stock::find(&mut db, self.at.shop(), self.variant).await.unwrap().unwrap()
    }

    pub async fn on_hand(&self) -> Vec<i32> {
        self.stock().await.places.iter().map(|place| place.on_hand).collect()
    }

    pub async fn movements(&self) -> Vec<MovementRow> {
        let mut db = self.market.cx.db().acquire().await.unwrap();
        views::stock::movements(&mut db, self.at.shop(), self.variant, None, 100).await.unwrap().items
    }

    /// Once it is noted what there is little of.
    async fn list(&self, low: bool, q: &str) -> Vec<VariantId> {
        self.market.house.app.run_jobs().await;
        let mut db = self.market.cx.db().acquire().await.unwrap();
        let filter = StockFilter { low, q: q.to_owned(), after: None };
        let page = views::stock::list(&mut db, self.at.shop(), &filter, 100).await.unwrap();
        page.items.into_iter().map(|it| it.id).collect()
    }

    pub async fn open(&self, name: &str) -> WarehouseId {
        open_warehouse(&self.market.cx, &self.at, name, &an_address(), None).await.unwrap()
    }

    /// So many are promised to buyers, in the main warehouse.
    pub async fn promise(&self, pieces: i32) {
        sqlx::query(
            "with held as (
               update stock set reserved = reserved + $2 where variant_id = $1
                 and warehouse_id = (select id from warehouse where shop_id = stock.shop_id and position = 0)
               returning variant_id, warehouse_id)
             insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, at)
             select variant_id, warehouse_id, 'reserved', 0, $2, now() from held",
        )
        .bind(self.variant.uuid())
        .bind(pieces)
        .execute(self.market.cx.db())
        .await
        .unwrap();
    }

    /// What is on hand and promised is the sum of what moved.
    pub async fn adds_up(&self) {
        let (hand, held) = self
            .movements()
            .await
            .iter()
            .fold((0, 0), |(hand, held), it| (hand + it.on_hand, held + it.reserved));
        let places = self.stock().await.places;
        assert_eq!(places.iter().map(|it| it.on_hand).sum::<i32>(), hand);
        assert_eq!(places.iter().map(|it| it.reserved).sum::<i32>(), held);
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn every_change_by_hand_is_a_movement_with_its_reason(db: PgPool) {
    let shelf = shelf(db).await;
    for (reason, pieces, left) in [
        ("count", "40", 40),
        ("received", "10", 50),
        ("found", "2", 52),
        ("damaged", "5", 47),
        ("lost", "1", 46),
        ("sample", "1", 45),
        ("correction", "-3", 42),
        ("correction", "4", 46),
    ] {
        shelf.change(reason, pieces).await.unwrap();
        assert_eq!(shelf.on_hand().await, [left], "{reason}");
    }
    let moved = shelf.movements().await;
    let latest: Vec<_> = moved.iter().take(3).map(|it| (it.kind, it.reason, it.on_hand)).collect();
    assert_eq!(
        latest,
        [
            (MovementKind::Adjusted, Some(AdjustReason::Correction), 4),
            (MovementKind::Adjusted, Some(AdjustReason::Correction), -3),
            (MovementKind::Adjusted, Some(AdjustReason::Sample), -1),
        ]
    );
    assert_eq!(moved[0].who.as_deref(), Some("s•••@mail.example"));
    shelf.adds_up().await;
    shelf.market.house.app.run_jobs().await;
    let shown: i32 = sqlx::query_scalar("select on_hand from variant where id = $1")
        .bind(shelf.variant.uuid())
        .fetch_one(shelf.market.cx.db())
        .await
        .unwrap();
    assert_eq!(shown, 46, "pages show it");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn no_change_takes_what_is_promised(db: PgPool) {
    let shelf = shelf(db).await;
    shelf.change("count", "10").await.unwrap();
    shelf.promise(4).await;
    let second = shelf.open("Gudang timur").await;
    for (reason, pieces) in [("count", "3"), ("damaged", "7"), ("correction", "-7")] {
        assert!(matches!(shelf.change(reason, pieces).await, Err(StockError::Promised)), "{reason}");
    }
    let main = shelf.stock().await.places[0].warehouse;
    let away = |pieces: &str| StockMoveInput {
        from: main.to_string(),
        to: second.to_string(),
        pieces: pieces.to_owned(),
    };
    let refused = carry(&shelf.market.cx, &shelf.at, shelf.variant, &away("7"), None).await.unwrap_err();
    assert_eq!(AppError::from(refused).of("pieces"), Some(FieldError::NotAllowed));
    for (reason, pieces, field, error) in [
        ("count", "", "pieces", FieldError::Required),
        ("count", "banyak", "pieces", FieldError::Malformed),
        ("received", "0", "pieces", FieldError::OutOfRange),
        ("found", "-2", "pieces", FieldError::OutOfRange),
        ("gift", "1", "reason", FieldError::NotAllowed),
    ] {
        let refused = AppError::from(shelf.change(reason, pieces).await.unwrap_err());
        assert_eq!(refused.of(field), Some(error), "{reason} {pieces}");
    }
    assert_eq!(shelf.on_hand().await, [10, 0], "what was refused changed nothing");
    carry(&shelf.market.cx, &shelf.at, shelf.variant, &away("6"), None).await.unwrap();
    assert_eq!(shelf.on_hand().await, [4, 6]);
    shelf.adds_up().await;
    shelf.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_carried_leaves_one_warehouse_and_comes_into_the_other_once(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    shelf.change("count", "10").await.unwrap();
    let second = shelf.open("Gudang timur").await;
    let main = shelf.stock().await.places[0].warehouse;
    let input = StockMoveInput { from: main.to_string(), to: second.to_string(), pieces: "3".to_owned() };
    let key: Key = "carry-1".parse().unwrap();
    carry(cx, at, shelf.variant, &input, Some(&key)).await.unwrap();
    carry(cx, at, shelf.variant, &input, Some(&key)).await.unwrap();
    assert_eq!(shelf.on_hand().await, [7, 3]);
    let moved = shelf.movements().await;
    let mut deltas = [moved[0].on_hand, moved[1].on_hand];
    deltas.sort_unstable();
    assert_eq!((moved[0].kind, moved[1].kind, deltas), (MovementKind::Moved, MovementKind::Moved, [-3, 3]));
    let more = StockMoveInput { pieces: "8".to_owned(), ..input.clone() };
    assert!(matches!(carry(cx, at, shelf.variant, &more, Some(&key)).await, Err(StockError::KeyReused)));
    let refused = AppError::from(carry(cx, at, shelf.variant, &more, None).await.unwrap_err());
    assert!(refused.of("pieces").is_some(), "fewer are there");
    let same = StockMoveInput { to: main.to_string(), ..input };
    let refused = AppError::from(carry(cx, at, shelf.variant, &same, None).await.unwrap_err());
    assert_eq!(refused.of("to"), Some(FieldError::NotAllowed));
    assert_eq!(shelf.on_hand().await, [7, 3]);
    assert_eq!(shelf.stock().await.available, 10, "as many can be bought as before");
    shelf.adds_up().await;
    shelf.market.house.app.run_jobs().await;
}

fn warning(low_at: &str) -> StockPolicyInput {
    StockPolicyInput { low_at: low_at.to_owned(), ..StockPolicyInput::default() }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn some_is_kept_back_some_is_sold_beyond_what_there_is_or_it_is_not_counted(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    let sellable = async || {
        let mut db = cx.db().acquire().await.unwrap();
        inventory::store::available(&mut db, &[shelf.variant]).await.unwrap()[&shelf.variant].sellable
    };
    shelf.change("count", "8").await.unwrap();
    let policy = |kept_back: &str, backorder: &str, uncounted: &str| StockPolicyInput {
        kept_back: kept_back.to_owned(),
        backorder: backorder.to_owned(),
        uncounted: uncounted.to_owned(),
        ..StockPolicyInput::default()
    };
    sell_by(cx, at, shelf.variant, &policy("3", "", "")).await.unwrap();
    assert_eq!(sellable().await, 5);
    sell_by(cx, at, shelf.variant, &policy("", "4", "")).await.unwrap();
    assert_eq!(sellable().await, 12);
    let said = shelf.stock().await;
    assert_eq!((said.kept_back, said.backorder, said.is_counted), (0, 4, true));
    shelf.change("count", "0").await.unwrap();
    assert!(shelf.stock().await.is_low());
    sell_by(cx, at, shelf.variant, &policy("", "", "1")).await.unwrap();
    assert!(sellable().await > 1_000_000, "without end");
    assert!(!shelf.stock().await.is_low() && !shelf.list(true, "").await.contains(&shelf.variant));
    for (wrong, field) in [(policy("x", "", ""), "kept_back"), (policy("", "1000001", ""), "backorder")] {
        let refused = AppError::from(sell_by(cx, at, shelf.variant, &wrong).await.unwrap_err());
        assert!(refused.of(field).is_some(), "{field}");
    }
    shelf.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn little_is_what_the_shop_calls_little(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    shelf.change("count", "8").await.unwrap();
    assert!(!shelf.list(true, "").await.contains(&shelf.variant));
    sell_by(cx, at, shelf.variant, &warning("8")).await.unwrap();
    assert!(shelf.list(true, "").await.contains(&shelf.variant));
    shelf.change("count", "0").await.unwrap();
    assert_eq!(shelf.list(true, "").await[0], shelf.variant, "the scarcest first");
    sell_by(cx, at, shelf.variant, &warning("")).await.unwrap();
    assert_eq!(shelf.stock().await.low_at, model::shop::LOW_STOCK);
    let refused = AppError::from(sell_by(cx, at, shelf.variant, &warning("-1")).await.unwrap_err());
    assert_eq!(refused.of("low_at"), Some(FieldError::OutOfRange));
    let sku = shelf.stock().await.sku.to_lowercase();
    assert!(shelf.list(false, &sku).await.contains(&shelf.variant), "found by its SKU");
    assert!(shelf.list(false, "tidak ada yang begini").await.is_empty());

    let mut db = cx.db().acquire().await.unwrap();
    let mut seen = vec![];
    let mut filter = StockFilter::default();
    loop {
        let page = views::stock::list(&mut db, at.shop(), &filter, 3).await.unwrap();
        seen.extend(page.items.into_iter().map(|it| it.id));
        filter.after = page.next;
        if filter.after.is_none() {
            break;
        }
    }
    drop(db);
    let first = shelf.list(false, "").await;
    assert_eq!(seen[..first.len()], first, "pages follow one another");
    shelf.market.house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_warehouse_has_a_name_of_its_own_and_an_address(db: PgPool) {
    let shelf = shelf(db).await;
    let (cx, at) = (&shelf.market.cx, &shelf.at);
    let key: Key = "open-1".parse().unwrap();
    let opened = open_warehouse(cx, at, "Gudang timur", &an_address(), Some(&key)).await.unwrap();
    let again = open_warehouse(cx, at, "Gudang timur", &an_address(), Some(&key)).await.unwrap();
    assert_eq!(opened, again);
    let taken = open_warehouse(cx, at, "Gudang timur", &an_address(), None).await.unwrap_err();
    assert_eq!(AppError::from(taken).of("name"), Some(FieldError::Taken));
    let elsewhere = AddressInput { postcode: "99999".to_owned(), ..an_address() };
    let refused = AppError::from(open_warehouse(cx, at, "", &elsewhere, None).await.unwrap_err());
    assert_eq!(
        (refused.of("name"), refused.of("postcode")),
        (Some(FieldError::Required), Some(FieldError::NotAllowed))
    );
    rename_warehouse(cx, at, opened, "Gudang barat").await.unwrap();
    let mut db = cx.db().acquire().await.unwrap();
    let there = views::stock::warehouses(&mut db, at.shop()).await.unwrap();
    drop(db);
    let names: Vec<_> = there.iter().map(|it| (it.name.as_str(), it.is_main, it.address.is_some())).collect();
    assert_eq!(names[1..], [("Gudang barat", false, true)]);
    let taken = rename_warehouse(cx, at, opened, &there[0].name).await.unwrap_err();
    assert_eq!(AppError::from(taken).of("name"), Some(FieldError::Taken));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn other_shops_and_whoever_keeps_the_money_touch_no_stock(db: PgPool) {
    let shelf = shelf(db).await;
    let app = &shelf.market.house.app;
    let wati = person(app, 3, "wati@mail.example").await;
    let dewi = person(app, 4, "dewi@mail.example").await;
    let now = shelf.market.cx.now();
    let mut db = shelf.market.cx.db().acquire().await.unwrap();
    let (rival, slug): (Uuid, String) =
        sqlx::query_as("select id, slug from shop where id <> $1 order by id limit 1")
            .bind(shelf.at.shop().uuid())
            .fetch_one(&mut *db)
            .await
            .unwrap();
    shop::store::staff::appoint(&mut db, rival.into(), wati.account, ShopRole::Owner, now).await.unwrap();
    shop::store::staff::appoint(&mut db, shelf.at.shop(), dewi.account, ShopRole::Finance, now)
        .await
        .unwrap();
    drop(db);
    let before = shelf.stock().await;

    let cx = signed_in(app, &wati);
    let theirs = at_shop(&cx, &slug, Permission::Stock).await.unwrap();
    let counted = change(&cx, &theirs, shelf.variant, &saying("count", "1"), None).await;
    assert!(matches!(counted, Err(StockError::NotFound)));
    let found = change(&cx, &theirs, shelf.variant, &saying("found", "1"), None).await;
    assert!(matches!(found, Err(StockError::NotFound)));
    let mine = StockChangeInput { warehouse: before.places[0].warehouse.to_string(), ..saying("count", "1") };
    let there = AppError::from(change(&cx, &theirs, shelf.variant, &mine, None).await.unwrap_err());
    assert_eq!(there.of("warehouse"), Some(FieldError::NotAllowed));
    assert!(matches!(sell_by(&cx, &theirs, shelf.variant, &warning("1")).await, Err(StockError::NotFound)));
    let named = rename_warehouse(&cx, &theirs, before.places[0].warehouse, "Punya saya").await;
    assert!(matches!(named, Err(StockError::NotFound)));
    let mut db = cx.db().acquire().await.unwrap();
    assert!(views::stock::find(&mut db, theirs.shop(), shelf.variant).await.unwrap().is_none());
    let moved = views::stock::movements(&mut db, theirs.shop(), shelf.variant, None, 9).await.unwrap();
    assert!(moved.items.is_empty());
    drop(db);

    let cx = signed_in(app, &dewi);
    let slug = shelf.market.slug.as_str();
    assert!(at_shop(&cx, slug, Permission::Stock).await.is_err());
    let money = at_shop(&cx, slug, Permission::Money).await.unwrap();
    assert!(matches!(
        change(&cx, &money, shelf.variant, &saying("count", "1"), None).await,
        Err(StockError::NotFound)
    ));
    assert_eq!(shelf.stock().await, before);
}
