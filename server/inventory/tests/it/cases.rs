//! The acceptance cases of stock.

use crate::support::{
    JAKARTA, NOW, asking, assert_books_agree, counts, hold, id, pieces, qty, sell, sellable, shop, stocked,
    variant,
};
use inventory::{Availability, HoldError, MovementKind, Short, StockPolicy, store};
use sqlx::PgPool;
use time::Duration;

fn short(error: HoldError) -> Vec<Short> {
    match error {
        HoldError::SoldOut(short) => short,
        other => panic!("{other}"),
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_can_be_sold_goes_by_policy(db: PgPool) {
    let db = &mut shop(&db).await;
    let cases = [
        ("as many as there are", StockPolicy::default(), 3, 5),
        ("less what is kept back", StockPolicy::tracked(2, 0).unwrap(), 1, 2),
        ("nothing, if more is kept back", StockPolicy::tracked(4, 0).unwrap(), 0, 1),
        ("plus what may be owed", StockPolicy::tracked(0, 5).unwrap(), 8, 9),
    ];
    for (n, (name, policy, left, too_many)) in (1..).zip(cases) {
        let it = variant(n);
        stocked(db, it, JAKARTA, 3).await;
        store::set_policy(db, it, policy, NOW).await.unwrap();
        assert_eq!(sellable(db, it).await, left, "{name}");
        let refused = hold(db, &asking(n, &[(n, it, too_many)])).await.unwrap_err();
        assert_eq!(short(refused), [Short { variant: it, wanted: too_many, left }], "{name}");
        assert_eq!(counts(db, it).await, (3, 0), "{name}");
        if left > 0 {
            hold(db, &asking(n, &[(n, it, left)])).await.unwrap();
            assert_eq!((counts(db, it).await, sellable(db, it).await), ((3, left), 0), "{name}");
        }
    }
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_untracked_is_sold_without_end_and_without_moving(db: PgPool) {
    let db = &mut shop(&db).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 3).await;
    store::set_policy(db, it, StockPolicy::UNTRACKED, NOW).await.unwrap();
    let all = store::available(db, &[it]).await.unwrap();
    assert_eq!(all[&it], Availability { tracked: false, sellable: i32::MAX });
    let given = hold(db, &asking(1, &[(1, it, 5)])).await.unwrap();
    assert_eq!((given.len(), given[0].quantity), (1, qty(5)));
    store::commit(db, id(1), NOW).await.unwrap();
    // Counted anew meanwhile, what was sold before still does not move.
    store::set_policy(db, it, StockPolicy::default(), NOW).await.unwrap();
    store::ship(db, &[pieces(1, 4)], NOW).await.unwrap();
    assert_eq!(store::release(db, id(1), None, NOW).await.unwrap(), []);
    store::return_to_stock(db, &[pieces(1, 4)], NOW).await.unwrap();
    assert_eq!(counts(db, it).await, (3, 0));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn each_step_of_a_sale_is_one_movement(db: PgPool) {
    let db = &mut shop(&db).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 5).await;
    sell(db, 7, it, 3).await;
    assert_eq!(counts(db, it).await, (5, 3));
    assert_eq!(store::release_part(db, &[pieces(7, 1)], NOW).await.unwrap(), [it]);
    assert_eq!(counts(db, it).await, (5, 2));
    assert_eq!(store::ship(db, &[pieces(7, 2)], NOW).await.unwrap(), [it]);
    assert_eq!(counts(db, it).await, (3, 0));
    assert_eq!(store::return_to_stock(db, &[pieces(7, 2)], NOW).await.unwrap(), [it]);
    assert_eq!(counts(db, it).await, (5, 0));

    let moved = store::list_movements(db, it, None, 10).await.unwrap();
    let steps: Vec<_> = moved.iter().rev().map(|m| (m.kind, m.on_hand_delta, m.reserved_delta)).collect();
    let expected = [
        (MovementKind::Received, 5, 0),
        (MovementKind::Reserved, 0, 3),
        (MovementKind::Released, 0, -1),
        (MovementKind::Shipped, -2, -2),
        (MovementKind::Returned, 2, 0),
    ];
    assert_eq!(steps, expected);
    assert!(moved[..4].iter().all(|m| m.reference == Some(id(7)) && m.line == Some(id(7))));
    let first = store::list_movements(db, it, None, 2).await.unwrap();
    let rest = store::list_movements(db, it, Some(first[1].id), 10).await.unwrap();
    assert_eq!([first, rest].concat(), moved);
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn lines_of_one_variant_count_together(db: PgPool) {
    let db = &mut shop(&db).await;
    let (it, other) = (variant(1), variant(2));
    stocked(db, it, JAKARTA, 5).await;
    stocked(db, other, JAKARTA, 1).await;
    let lines = [(1, it, 3), (2, other, 1), (3, it, 3)];
    let refused = hold(db, &asking(1, &lines)).await.unwrap_err();
    assert_eq!(short(refused), [Short { variant: it, wanted: 6, left: 5 }]);
    assert_eq!((counts(db, it).await, counts(db, other).await), ((5, 0), (1, 0)));
    // Everything that is short is named.
    let lines = [(1, it, 3), (2, other, 2), (3, it, 3)];
    let refused = short(hold(db, &asking(1, &lines)).await.unwrap_err());
    assert_eq!(refused.iter().map(|s| (s.variant, s.left)).collect::<Vec<_>>(), [(it, 5), (other, 1)]);
    hold(db, &asking(1, &[(1, it, 3), (3, it, 2)])).await.unwrap();
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_another_checkout_holds_is_free_after_its_deadline(db: PgPool) {
    let db = &mut shop(&db).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 5).await;
    hold(db, &asking(1, &[(1, it, 4)])).await.unwrap();
    let refused = hold(db, &asking(2, &[(2, it, 3)])).await.unwrap_err();
    assert_eq!(short(refused), [Short { variant: it, wanted: 3, left: 1 }]);

    let early = NOW + Duration::minutes(59);
    assert!(store::expired(db, early, 10).await.unwrap().is_empty());
    assert_eq!(store::release_expired(db, id(1), early).await.unwrap(), []);
    let late = NOW + Duration::HOUR;
    assert_eq!(store::expired(db, late, 10).await.unwrap(), [id(1)]);
    assert_eq!(store::release_expired(db, id(1), late).await.unwrap(), [it]);
    assert_eq!(store::release_expired(db, id(1), late).await.unwrap(), []);
    assert_eq!(store::commit(db, id(1), late).await.unwrap(), 0, "too late to pay");
    hold(db, &asking(2, &[(2, it, 3)])).await.unwrap();
    // Paid for, it has no deadline.
    assert_eq!(store::commit(db, id(2), NOW).await.unwrap(), 1);
    assert_eq!(store::commit(db, id(2), NOW).await.unwrap(), 0);
    assert!(store::expired(db, late, 10).await.unwrap().is_empty());
    assert_eq!(store::release_expired(db, id(2), late).await.unwrap(), []);
    assert_eq!(counts(db, it).await, (5, 3));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_bundle_takes_its_components(db: PgPool) {
    let db = &mut shop(&db).await;
    let (bundle, part) = (variant(9), variant(1));
    stocked(db, part, JAKARTA, 50).await;
    store::set_bundle(db, bundle, &[(part, qty(3))]).await.unwrap();
    assert_eq!(sellable(db, bundle).await, 16);
    sell(db, 7, bundle, 2).await;
    assert_eq!(counts(db, part).await, (50, 6));
    assert_eq!(sellable(db, bundle).await, 14);
    // What was sold stays what it was, whatever the bundle becomes.
    store::set_bundle(db, bundle, &[(part, qty(5))]).await.unwrap();
    store::ship(db, &[pieces(7, 2)], NOW).await.unwrap();
    assert_eq!(counts(db, part).await, (44, 0));
    store::return_to_stock(db, &[pieces(7, 1)], NOW).await.unwrap();
    assert_eq!(counts(db, part).await, (47, 0));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_bundle_is_as_scarce_as_its_scarcest_component(db: PgPool) {
    let db = &mut shop(&db).await;
    let (bundle, one, two, endless) = (variant(9), variant(1), variant(2), variant(3));
    stocked(db, one, JAKARTA, 9).await;
    stocked(db, two, JAKARTA, 4).await;
    store::set_policy(db, two, StockPolicy::tracked(1, 0).unwrap(), NOW).await.unwrap();
    store::set_policy(db, endless, StockPolicy::UNTRACKED, NOW).await.unwrap();
    let parts = [(one, qty(2)), (two, qty(1)), (endless, qty(7))];
    store::set_bundle(db, bundle, &parts).await.unwrap();
    let all = store::available(db, &[bundle, endless, variant(4)]).await.unwrap();
    let shelves = store::shelves(db, &[bundle, endless, variant(4)]).await.unwrap();
    for (asked, there) in &all {
        assert_eq!(shelves.available(*asked), *there, "what is read with where it lies is the same");
    }
    assert_eq!(shelves.available(variant(5)), Availability::NONE, "nobody asked");
    assert_eq!(all[&bundle], Availability { tracked: true, sellable: 3 });
    assert!(!all[&endless].tracked);
    assert_eq!(all[&variant(4)], Availability::NONE);
    let refused = hold(db, &asking(1, &[(1, bundle, 4)])).await.unwrap_err();
    assert_eq!(short(refused), [Short { variant: bundle, wanted: 4, left: 3 }]);
    let given = hold(db, &asking(1, &[(1, bundle, 3)])).await.unwrap();
    assert_eq!(given.iter().map(|a| a.quantity.get()).collect::<Vec<_>>(), [6, 3, 21]);
    assert_eq!((counts(db, one).await, counts(db, two).await), ((9, 6), (4, 3)));
    store::set_bundle(db, bundle, &[(endless, qty(7))]).await.unwrap();
    let all = store::available(db, &[bundle]).await.unwrap();
    assert_eq!(store::shelves(db, &[bundle]).await.unwrap().available(bundle), all[&bundle]);
    assert_eq!(all[&bundle], Availability { tracked: false, sellable: i32::MAX });
    assert_books_agree(db).await;
}
