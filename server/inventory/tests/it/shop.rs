//! What a shop sets: warehouses, stock, policies, bundles.

use crate::support::{
    FOREIGN, JAKARTA, NOW, OTHER_SHOP, SHOP, SURABAYA, asking, assert_books_agree, counts, hold, id, qty,
    sellable, shop, stocked, variant,
};
use inventory::{
    AdjustError, AdjustReason, CloseWarehouseError, HoldError, MovementKind, NewWarehouse,
    OpenWarehouseError, PolicyError, ReceiveError, SetBundleError, StockChanged, StockPolicy, WarehouseName,
    store,
};
use model::{
    geo::Position,
    ids::{AccountId, ShopId, WarehouseId},
};
use sqlx::{Acquire as _, PgPool};

fn new(n: u128, shop: ShopId, region: &str, name: &str) -> NewWarehouse {
    let name = WarehouseName::try_from(name).unwrap();
    NewWarehouse { id: WarehouseId::new(id(n)), shop, name, region: region.to_owned(), pin: None }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_first_warehouse_is_the_main_one_and_stays_open(db: PgPool) {
    let db = &mut shop(&db).await;
    let mut pinned = new(13, SHOP, "35.78", "Cadangan");
    pinned.pin = Some(Position::new(-7.1, 112.6));
    store::open_warehouse(db, &pinned, NOW).await.unwrap();
    let listed = store::list_warehouses(db, SHOP).await.unwrap();
    let seen: Vec<_> = listed.iter().map(|w| (w.id, w.is_main)).collect();
    assert_eq!(seen, [(JAKARTA, true), (SURABAYA, false), (pinned.id, false)]);
    let places: Vec<_> = listed.iter().map(|w| w.place).collect();
    let regions = [Position::new(-6.17, 106.76), Position::new(-7.26, 112.75)].map(Some);
    assert_eq!(places, [regions[0], regions[1], pinned.pin]);

    for (bad, n, shop, region, name) in [
        ("shop", 14, ShopId::new(id(404)), "31.73", "Lain"),
        ("region", 14, SHOP, "99", "Lain"),
        ("name", 14, SHOP, "31.73", "Jakarta"),
    ] {
        let mut tx = db.begin().await.unwrap();
        let refused = store::open_warehouse(&mut tx, &new(n, shop, region, name), NOW).await.unwrap_err();
        let right = match refused {
            OpenWarehouseError::UnknownShop => bad == "shop",
            OpenWarehouseError::UnknownRegion => bad == "region",
            OpenWarehouseError::NameTaken => bad == "name",
            _ => false,
        };
        assert!(right, "{bad}: {refused}");
        tx.rollback().await.unwrap();
    }
    let main = store::close_warehouse(db, SHOP, JAKARTA).await;
    assert!(matches!(main, Err(CloseWarehouseError::Main)));
    let not_theirs = store::close_warehouse(db, OTHER_SHOP, SURABAYA).await;
    assert!(matches!(not_theirs, Err(CloseWarehouseError::Unknown)));

    stocked(db, variant(1), SURABAYA, 5).await;
    let full = store::close_warehouse(db, SHOP, SURABAYA).await;
    assert!(matches!(full, Err(CloseWarehouseError::NotEmpty)));
    assert_eq!(sellable(db, variant(1)).await, 5);
    store::adjust(db, variant(1), SURABAYA, -5, AdjustReason::Lost, None, NOW).await.unwrap();
    store::close_warehouse(db, SHOP, SURABAYA).await.unwrap();
    store::close_warehouse(db, SHOP, SURABAYA).await.unwrap();
    // What comes back there later does not count until it is opened again.
    stocked(db, variant(1), SURABAYA, 2).await;
    assert_eq!(sellable(db, variant(1)).await, 0);
    let refused = hold(db, &asking(1, &[(1, variant(1), 1)])).await;
    assert!(matches!(refused, Err(HoldError::SoldOut(short)) if short[0].left == 0));
    assert!(!store::list_warehouses(db, SHOP).await.unwrap()[1].is_active);
    assert_eq!(store::reopen_warehouse(db, OTHER_SHOP, SURABAYA).await.unwrap(), None);
    assert_eq!(store::reopen_warehouse(db, SHOP, SURABAYA).await.unwrap(), Some(vec![variant(1)]));
    assert_eq!(sellable(db, variant(1)).await, 2);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn shops_without_a_warehouse_get_one(db: PgPool) {
    let db = &mut shop(&db).await;
    assert_eq!(store::main_warehouse(db, OTHER_SHOP).await.unwrap(), None);
    let wanted = [(21, SHOP), (22, OTHER_SHOP), (23, OTHER_SHOP)]
        .map(|(n, shop)| (WarehouseId::new(id(n)), shop, "31.73".to_owned()));
    assert_eq!(store::ensure_warehouses(db, &wanted, NOW).await.unwrap(), 1);
    assert_eq!(store::ensure_warehouses(db, &wanted, NOW).await.unwrap(), 0);
    assert_eq!(store::main_warehouse(db, SHOP).await.unwrap(), Some(JAKARTA));
    assert!(store::main_warehouse(db, OTHER_SHOP).await.unwrap().is_some());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_feed_sets_many_at_once_and_writes_down_what_differs(db: PgPool) {
    let db = &mut shop(&db).await;
    let (one, two, three) = (variant(1), variant(2), variant(3));
    stocked(db, one, JAKARTA, 5).await;
    hold(db, &asking(1, &[(1, one, 4)])).await.unwrap();
    // Told twice, the last counts; what has no warehouse yet is left out.
    let told = [(one, 9), (two, 2), (three, 0), (FOREIGN, 3), (two, 7)];
    assert_eq!(store::set_on_hand_many(db, &told, None, NOW).await.unwrap(), [one, two]);
    assert_eq!(store::set_on_hand_many(db, &told, None, NOW).await.unwrap(), []);
    assert_eq!((counts(db, one).await, counts(db, two).await), ((9, 4), (7, 0)));
    assert_eq!(store::list_stock(db, &[three]).await.unwrap().len(), 1);
    // What is promised stays there.
    store::set_on_hand_many(db, &[(one, 0)], None, NOW).await.unwrap();
    assert_eq!(counts(db, one).await, (4, 4));
    let moved = store::list_movements(db, one, None, 10).await.unwrap();
    let counted = moved.iter().filter(|m| m.kind == MovementKind::Counted);
    assert_eq!(counted.map(|m| m.on_hand_delta).collect::<Vec<_>>(), [-5, 4]);
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn stock_is_changed_by_hand_within_what_is_promised(db: PgPool) {
    let db = &mut shop(&db).await;
    let (it, who) = (variant(1), Some(AccountId::new(id(77))));
    stocked(db, it, JAKARTA, 5).await;
    hold(db, &asking(1, &[(1, it, 4)])).await.unwrap();
    store::adjust(db, it, JAKARTA, -1, AdjustReason::Damaged, who, NOW).await.unwrap();
    assert!(store::set_on_hand(db, it, SURABAYA, 2, who, NOW).await.unwrap());
    assert!(!store::set_on_hand(db, it, SURABAYA, 2, who, NOW).await.unwrap());
    let moved = store::list_movements(db, it, None, 2).await.unwrap();
    assert_eq!((moved[0].kind, moved[0].reason, moved[0].actor), (MovementKind::Counted, None, who));
    assert_eq!((moved[1].on_hand_delta, moved[1].reason), (-1, Some(AdjustReason::Damaged)));

    for (what, variant, delta) in
        [("promised", it, -1), ("range", it, -5), ("range", it, i32::MAX), ("unknown", FOREIGN, 1)]
    {
        let mut tx = db.begin().await.unwrap();
        let refused = store::adjust(&mut tx, variant, JAKARTA, delta, AdjustReason::Lost, who, NOW).await;
        let right = match refused.unwrap_err() {
            AdjustError::Promised => what == "promised",
            AdjustError::OutOfRange => what == "range",
            AdjustError::Unknown => what == "unknown",
            AdjustError::Database(_) => false,
        };
        assert!(right, "{what} {delta}");
        tx.rollback().await.unwrap();
    }
    let foreign = store::receive(db, FOREIGN, JAKARTA, qty(1), None, who, NOW).await;
    assert!(matches!(foreign, Err(ReceiveError::Unknown)));
    assert_eq!(counts(db, it).await, (6, 4));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_policy_keeps_the_promises_of_the_one_before(db: PgPool) {
    let db = &mut shop(&db).await;
    let it = variant(1);
    let owing = |n| StockPolicy::tracked(0, n).unwrap();
    store::set_policy(db, it, owing(5), NOW).await.unwrap();
    hold(db, &asking(1, &[(1, it, 4)])).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let refused = store::set_policy(&mut tx, it, owing(3), NOW).await;
    assert!(matches!(refused, Err(PolicyError::Promised)));
    tx.rollback().await.unwrap();
    assert_eq!((sellable(db, it).await, store::find_policies(db, &[it]).await.unwrap()[&it]), (1, owing(5)));
    store::set_policy(db, it, owing(4), NOW).await.unwrap();
    assert_eq!(sellable(db, it).await, 0);
    let no_warehouse = store::set_policy(db, FOREIGN, owing(1), NOW).await;
    assert!(matches!(no_warehouse, Err(PolicyError::Unknown)));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn bundles_are_flat_and_of_one_shop(db: PgPool) {
    let db = &mut shop(&db).await;
    let (bundle, part, box_of) = (variant(9), variant(1), variant(8));
    store::set_bundle(db, bundle, &[(part, qty(2)), (part, qty(1))]).await.unwrap();
    assert_eq!(store::list_components(db, &[bundle, part]).await.unwrap()[&bundle], [(part, 3)]);
    for (what, of, component, quantity) in [
        ("nested", box_of, bundle, 1),
        ("nested", part, variant(2), 1),
        ("nested", bundle, bundle, 1),
        ("unknown", bundle, FOREIGN, 1),
        ("quantity", bundle, part, 10_001),
    ] {
        let mut tx = db.begin().await.unwrap();
        let refused = store::set_bundle(&mut tx, of, &[(component, qty(quantity))]).await.unwrap_err();
        let right = match refused {
            SetBundleError::Nested => what == "nested",
            SetBundleError::Unknown => what == "unknown",
            SetBundleError::Quantity => what == "quantity",
            SetBundleError::Database(_) => false,
        };
        assert!(right, "{what}: {refused}");
        tx.rollback().await.unwrap();
    }
    let changes = store::changes(db, &[FOREIGN, part]).await.unwrap();
    let ours = StockChanged { shop: SHOP, variants: vec![part, bundle] };
    assert_eq!(changes, [ours, StockChanged { shop: OTHER_SHOP, variants: vec![FOREIGN] }]);
    store::set_bundle(db, bundle, &[]).await.unwrap();
    assert!(store::list_components(db, &[bundle]).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_database_guards_what_the_verbs_promise(db: PgPool) {
    let db = &mut shop(&db).await;
    stocked(db, variant(1), JAKARTA, 5).await;
    hold(db, &asking(1, &[(1, variant(1), 2)])).await.unwrap();
    for (sql, constraint) in [
        ("update stock set reserved = 6", "stock_reserved_within"),
        ("update stock set reserved = -1", "stock_reserved_not_negative"),
        ("update stock set on_hand = -1, backorder = 3", "stock_on_hand_range"),
        ("update stock set shop_id = '00000000-0000-0000-0000-000000000002'", "stock_warehouse_of_shop"),
        ("update reservation set released = 2", "reservation_open_by_state"),
        ("update reservation set released = 3", "reservation_not_more_than_all"),
        ("update reservation set deadline = null", "reservation_deadline_by_state"),
        ("update reservation set returned = 1", "reservation_returned_range"),
        ("delete from variant", "reservation_of_stock"),
        ("update stock_movement set on_hand_delta = 1", "stock_movement_is_append_only"),
        ("delete from stock_movement", "stock_movement_is_append_only"),
        ("truncate stock_movement", "stock_movement_is_append_only"),
    ] {
        let refused = sqlx::query(sql).execute(&mut **db).await.unwrap_err();
        assert_eq!(refused.as_database_error().and_then(|e| e.constraint()), Some(constraint), "{sql}");
    }
    assert_books_agree(db).await;
}
