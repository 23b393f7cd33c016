//! What is placed, how it is divided, and that it adds up.

use crate::fixtures::{NOW, SARI, constraint, group, market, on_delivery, order, paid, placed, rich, shop};
use model::{
    Money,
    ids::{OrderGroupId, Uuid},
    order::{Actor, GroupState, OrderState},
};
use order::{Buyer, PlaceError, Unbalanced, store};
use sqlx::PgPool;
use std::collections::BTreeSet;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_placed_is_read_back_as_it_was(pool: PgPool) {
    market(&pool).await;
    let new = group(1000, vec![rich(7, 1), order(8, 2, 60)]);
    let ids = placed(&pool, &new).await;
    let mut db = pool.acquire().await.unwrap();

    let kept = store::find_group(&mut db, new.id).await.unwrap().unwrap();
    assert_eq!((kept.state, kept.total, kept.due_at), (GroupState::AwaitingPayment, new.total, new.due_at));
    assert_eq!((kept.buyer, &kept.contact, kept.paid_at), (new.buyer, &new.contact, None));
    let orders = store::orders_of(&mut db, new.id).await.unwrap();
    assert_eq!(orders.len(), 2);
    for (kept, new) in orders.iter().zip(&new.orders) {
        assert_eq!((kept.id, kept.shop, kept.sums), (new.id, new.shop, new.sums));
        assert_eq!((&kept.delivery, kept.destination.as_ref()), (&new.delivery, Some(&new.destination)));
        assert_eq!((kept.state, kept.accept_by, &kept.note), (OrderState::AwaitingPayment, None, &new.note));
        let lines = store::lines_of(&mut db, &[new.id]).await.unwrap();
        assert_eq!(lines.into_iter().map(|it| it.line).collect::<Vec<_>>(), new.lines);
        assert_eq!(store::adjustments_of(&mut db, new.id).await.unwrap(), new.adjustments);
        assert_eq!(store::fees_of(&mut db, new.id).await.unwrap(), new.fees);
    }
    assert!(orders[0].number.as_str().starts_with("INV/20261130/"), "the day is Jakarta's");
    let found = store::find_by_number(&mut db, &orders[1].number).await.unwrap().unwrap();
    assert_eq!(found.id, ids[1]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn each_shop_has_one_order_and_each_line_is_in_one(pool: PgPool) {
    market(&pool).await;
    placed(&pool, &group(1000, vec![order(1, 1, 40)])).await;
    placed(&pool, &group(1001, vec![order(2, 1, 40), order(3, 2, 60)])).await;
    let mut db = pool.acquire().await.unwrap();
    for (id, n) in [(1000, 1), (1001, 2)] {
        let orders = store::orders_of(&mut db, OrderGroupId::new(Uuid::from_u128(id))).await.unwrap();
        let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
        assert_eq!((ids.len(), store::lines_of(&mut db, &ids).await.unwrap().len()), (n, n));
    }

    let mut twice = pool.begin().await.unwrap();
    let refused = store::insert_group(&mut twice, &group(1002, vec![order(4, 1, 1), order(5, 1, 1)])).await;
    assert!(matches!(refused, Err(PlaceError::TwoOrdersOfAShop(id)) if id == shop(1)));
}

type Spoil = fn(&mut order::NewGroup);

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn sums_that_do_not_fit_are_refused_before_and_by_the_database(pool: PgPool) {
    market(&pool).await;
    let spoilt: [(Spoil, Unbalanced); 5] = [
        (|g| g.total = Money::idr(1), Unbalanced::Group),
        (|g| g.orders[0].sums.fee = Money::idr(5), Unbalanced::Order(rich(7, 1).id)),
        (|g| g.orders[0].sums.shop_discount = Money::idr(21), Unbalanced::Goods(rich(7, 1).id)),
        (|g| g.orders[0].fees[0].amount = Money::idr(11), Unbalanced::Commission(rich(7, 1).id)),
        (|g| g.orders[0].lines[0].tax = Money::idr(27), Unbalanced::Line(rich(7, 1).lines[0].id)),
    ];
    for (spoil, what) in spoilt {
        let mut new = group(1000, vec![rich(7, 1)]);
        spoil(&mut new);
        let refused = store::insert_group(&mut pool.acquire().await.unwrap(), &new).await.unwrap_err();
        assert!(matches!(refused, PlaceError::DoesNotAddUp(it) if it == what), "{refused:?}");
    }
    let groups: i64 = sqlx::query_scalar("select count(*) from order_group").fetch_one(&pool).await.unwrap();
    assert_eq!(groups, 0);

    placed(&pool, &group(1000, vec![rich(7, 1), order(8, 2, 60)])).await;
    for (sql, name) in [
        ("update order_group set total = total + 1", "group_is_sum_of_orders"),
        ("update shop_order set total = total + 1 where goods = 60", "shop_order_adds_up"),
        (
            "update shop_order set total = total + 1, goods = goods + 1 where goods = 60",
            "order_is_sum_of_lines",
        ),
        ("update shop_order set platform_discount = 1 where goods = 60", "order_is_sum_of_lines"),
        ("update shop_order set commission = 1 where goods = 60", "order_commission_is_sum_of_fees"),
        (
            "update shop_order set state = 'cancelled', cancelled_at = now() where goods = 60",
            "group_in_step_with_orders",
        ),
        ("update order_group set state = 'expired', ended_at = now()", "group_in_step_with_orders"),
        ("update order_group set state = 'paid', cleared_at = now()", "order_group_paid"),
        ("update order_line set gross = gross + 1, net = net + 1", "order_facts_are_final"),
        ("delete from order_line", "order_facts_are_final"),
        ("delete from order_transition", "order_facts_are_final"),
        ("update order_fee set amount = 0", "order_facts_are_final"),
        ("update order_adjustment set amount = 0", "order_facts_are_final"),
    ] {
        let error = sqlx::query(sql).execute(&pool).await.unwrap_err();
        assert_eq!(constraint(&error), name, "{sql}");
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_group_without_contact_or_orders_or_with_a_wrong_deadline_is_refused(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let mut new = group(1, vec![]);
    assert!(matches!(store::insert_group(&mut db, &new).await, Err(PlaceError::Empty)));
    new = group(1, vec![order(1, 1, 40)]);
    new.due_at = None;
    assert!(matches!(store::insert_group(&mut db, &new).await, Err(PlaceError::Due)));
    new.due_at = Some(NOW);
    assert!(matches!(store::insert_group(&mut db, &new).await, Err(PlaceError::Due)));
    new = group(1, vec![order(1, 1, 40)]);
    (new.contact.email, new.contact.phone) = (None, None);
    assert!(matches!(store::insert_group(&mut db, &new).await, Err(PlaceError::NoContact)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_product_is_not_deleted_from_under_an_order(pool: PgPool) {
    market(&pool).await;
    placed(&pool, &group(1000, vec![order(1, 1, 40)])).await;
    for sql in ["delete from variant where sku = 'K-1'", "delete from product where slug = 'kaos-1'"] {
        let error = sqlx::query(sql).execute(&pool).await.unwrap_err();
        assert!(constraint(&error).starts_with("order_line_"), "{error}");
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn fifty_at_once_have_fifty_numbers(pool: PgPool) {
    market(&pool).await;
    let tasks: Vec<_> = (0..50)
        .map(|n| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let new = group(1000 + n, vec![order(2 * n + 1, 1, 40), order(2 * n + 2, 2, 60)]);
                let mut tx = pool.begin().await.unwrap();
                let numbers = store::insert_group(&mut tx, &new).await.unwrap();
                tx.commit().await.unwrap();
                numbers.into_iter().map(|(_, number)| number)
            })
        })
        .collect();
    let mut numbers = BTreeSet::new();
    for task in tasks {
        numbers.extend(task.await.unwrap());
    }
    assert_eq!(numbers.len(), 100);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn numbers_grow_past_six_digits_and_begin_again(pool: PgPool) {
    let number = async |after: i32| {
        sqlx::query("select setval('order_number_of_day', $1, false)")
            .bind(after)
            .execute(&pool)
            .await
            .unwrap();
        sqlx::query_scalar::<_, String>("select next_order_number('2026-11-29')")
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    assert_eq!(number(7).await, "INV/20261129/000007");
    assert_eq!(number(999_999).await, "INV/20261129/999999");
    assert_eq!(number(1_000_000).await, "INV/20261129/1000000");
    number(9_999_999).await;
    let next: String =
        sqlx::query_scalar("select next_order_number('2026-11-29')").fetch_one(&pool).await.unwrap();
    assert_eq!(next, "INV/20261129/000001");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn cash_on_delivery_is_cleared_at_once_and_paid_with_the_last_collection(pool: PgPool) {
    market(&pool).await;
    let new = on_delivery(group(1000, vec![order(1, 1, 40), order(2, 2, 60)]));
    let ids = placed(&pool, &new).await;
    let mut db = pool.acquire().await.unwrap();
    let kept = store::find_group(&mut db, new.id).await.unwrap().unwrap();
    assert_eq!((kept.state, kept.cleared_at, kept.paid_at), (GroupState::Paid, Some(NOW), None));
    let steps = store::timeline(&mut db, ids[0]).await.unwrap();
    let steps: Vec<_> = steps.iter().map(|step| (step.from, step.to, step.actor)).collect();
    let waiting = OrderState::AwaitingPayment;
    assert_eq!(steps, [(None, waiting, Actor::Buyer), (Some(waiting), OrderState::Paid, Actor::Buyer)]);

    assert!(!store::mark_collected(&mut db, ids[0], NOW).await.unwrap(), "nobody has sent it yet");
    for id in &ids {
        store::accept(&mut db, *id, Actor::Shop, NOW).await.unwrap();
        store::pack(&mut db, *id, Actor::Shop, NOW).await.unwrap();
        store::ship(&mut db, *id, Actor::Courier, NOW).await.unwrap();
    }
    assert!(store::mark_collected(&mut db, ids[0], NOW).await.unwrap());
    assert!(!store::mark_collected(&mut db, ids[0], NOW).await.unwrap(), "once");
    assert_eq!(store::find_group(&mut db, new.id).await.unwrap().unwrap().paid_at, None);
    assert!(store::mark_collected(&mut db, ids[1], NOW).await.unwrap());
    assert_eq!(store::find_group(&mut db, new.id).await.unwrap().unwrap().paid_at, Some(NOW));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn somebody_elses_order_is_not_there(pool: PgPool) {
    let (sold, a, _) = paid(&pool).await;
    let mut guests = group(2000, vec![order(50, 1, 40)]);
    guests.buyer = Buyer::Guest([7; 32]);
    let theirs = placed(&pool, &guests).await[0];
    let mut db = pool.acquire().await.unwrap();
    for (buyer, sees_a, sees_theirs) in [
        (Buyer::Account(SARI), true, false),
        (Buyer::Guest([7; 32]), false, true),
        (Buyer::Guest([8; 32]), false, false),
    ] {
        assert_eq!(store::find_group_of(&mut db, sold, &buyer).await.unwrap().is_some(), sees_a);
        assert_eq!(store::find_order_of(&mut db, a, &buyer).await.unwrap().is_some(), sees_a);
        assert_eq!(store::find_order_of(&mut db, theirs, &buyer).await.unwrap().is_some(), sees_theirs);
    }
    assert!(store::find_order_of_shop(&mut db, a, shop(1)).await.unwrap().is_some());
    assert!(store::find_order_of_shop(&mut db, a, shop(2)).await.unwrap().is_none());
}
