//! What is left of a person's orders.

use crate::fixtures::{NOW, SARI, group, order, paid, placed};
use model::order::{Actor, CancelReason};
use order::{Buyer, Contact, store};
use sqlx::PgPool;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn erasing_a_person_leaves_sums_and_states_and_nothing_else(pool: PgPool) {
    let (sold, a, b) = paid(&pool).await;
    let mut others = group(2000, vec![order(50, 1, 40)]);
    others.buyer = Buyer::Guest([7; 32]);
    let theirs = placed(&pool, &others).await[0];
    let mut db = pool.acquire().await.unwrap();
    assert!(store::has_open_orders(&mut db, SARI).await.unwrap());
    for id in [a, b] {
        store::cancel_order(&mut db, id, Actor::Buyer, CancelReason::Other, NOW).await.unwrap();
    }
    assert!(!store::has_open_orders(&mut db, SARI).await.unwrap());
    let before = store::find_order(&mut db, a).await.unwrap().unwrap();
    let guest = store::find_order(&mut db, theirs).await.unwrap();

    assert_eq!(store::pseudonymise(&mut db, SARI, NOW).await.unwrap(), 1);
    assert_eq!(store::pseudonymise(&mut db, SARI, NOW).await.unwrap(), 0, "nothing the second time");

    let after = store::find_order(&mut db, a).await.unwrap().unwrap();
    assert_eq!((after.sums, after.state, after.account), (before.sums, before.state, Some(SARI)));
    assert_eq!((after.destination, after.note), (None, None));
    let kept = store::find_group(&mut db, sold).await.unwrap().unwrap();
    assert_eq!(
        (kept.contact, kept.total),
        (Contact::default(), before.sums.total.plus(model::Money::idr(60)).unwrap())
    );
    assert_eq!(store::find_order(&mut db, theirs).await.unwrap(), guest, "others keep theirs");
    let left: String = sqlx::query_scalar(
        "select concat((select json_agg(g) from order_group as g where account_id = $1),
           (select json_agg(o) from shop_order as o where account_id = $1),
           (select json_agg(l) from order_line as l where order_id = any($2)))",
    )
    .bind(SARI.uuid())
    .bind([a.uuid(), b.uuid()])
    .fetch_one(&mut *db)
    .await
    .unwrap();
    for personal in [
        "Sari", "sari@", "+62812", "Melati", "11730", "31.73.01", "Lt. 2", "pagar", "rapi", "plastik",
        "106.7",
    ] {
        assert!(!left.contains(personal), "{personal}");
    }
    assert!(left.contains("31.73") && left.contains("Kaos Polos"));
}
