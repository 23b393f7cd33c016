//! The books, checked by a job and shown to operators.

use crate::support::{Market, guest, refused};
use flows::reconcile;
use kernel::{Cx, Member, Operator, Viewer};
use model::{
    Code, Duties, Duty,
    ids::{AccountId, SessionId, Uuid},
    views::desk::Waiting,
};
use sqlx::PgPool;

fn desk(market: &Market) -> (Cx, Operator, Operator) {
    let member = Member {
        account: AccountId::new(Uuid::from_u128(4_000_010)),
        session: SessionId::new(Uuid::from_u128(4_000_011)),
        duties: [Duty::Money, Duty::Orders].into_iter().collect::<Duties>(),
        proved_at: market.cx().now(),
    };
    let cx = market.cx().as_viewer(Viewer::Member(member));
    let (money, orders) = (cx.operator(Duty::Money).unwrap(), cx.operator(Duty::Orders).unwrap());
    (cx, money, orders)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_check_is_made_once_and_what_it_found_is_kept(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    market.paid(&guest(1), &[(coffee, 2)]).await;
    let (cx, operator, other) = desk(&market);
    assert_eq!(refused(reconcile::ask(&cx, &other).await), Code::NotFound);
    assert_eq!(refused(reconcile::desk(&cx, &other).await), Code::NotFound);
    let before = reconcile::desk(&cx, &operator).await.unwrap();
    assert_eq!((before.since, before.latest), (None, None));

    for _ in 0..3 {
        reconcile::ask(&cx, &operator).await.unwrap();
    }
    assert_eq!(reconcile::desk(&cx, &operator).await.unwrap().since, Some(cx.now().unix_timestamp()));
    assert_eq!(market.number("select count(*) from books_check").await, 1);
    market.app.run_jobs().await;
    let after = reconcile::desk(&cx, &operator).await.unwrap();
    let latest = after.latest.unwrap();
    assert_eq!((after.since, latest.misfits.len()), (None, 0));
    assert!(latest.rows.iter().any(|row| row.kind == "escrow" && row.sum.amount() != 0));

    // Somebody has written into the books by hand: that waits for whoever looks after money.
    sqlx::query("update stock set reserved = reserved + 1").execute(cx.db()).await.unwrap();
    market.later();
    let (cx, operator, _) = desk(&market);
    reconcile::ask(&cx, &operator).await.unwrap();
    market.app.run_jobs().await;
    let found = reconcile::desk(&cx, &operator).await.unwrap().latest.unwrap();
    assert_eq!(found.misfits.len(), 1);
    let waits = async |duty: Duty| -> Waiting {
        let duties = [duty].into_iter().collect();
        views::desk::waiting(&mut cx.db().acquire().await.unwrap(), duties).await.unwrap()
    };
    assert_eq!((waits(Duty::Money).await.misfits, waits(Duty::Orders).await.misfits), (1, 0));
}
