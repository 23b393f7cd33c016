//! Operators look at goods.

use crate::{
    editor_support::{desk, shirt},
    support::{letters, logged, operator},
};
use flows::{
    moderation::{JudgeError, approve, reject},
    seller::editor::submit,
};
use kernel::{Cx, Member, Viewer};
use model::{
    AppError, Code, Duties, Duty, FieldError,
    views::{ProductState, moderation::Shelf},
};
use sqlx::PgPool;

/// An operator let in for `duty`.
fn for_duty(cx: &Cx, member: &Member, duty: Duty) -> (Cx, kernel::Operator) {
    let duties: Duties = [duty].into_iter().collect();
    let cx = cx.clone().as_viewer(Viewer::Member(Member { duties, ..member.clone() }));
    let operator = cx.operator(duty).unwrap();
    (cx, operator)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_taken_down_is_corrected_and_waits_for_an_operator(db: PgPool) {
    let desk = desk(db, true).await;
    let id = desk.sold(&shirt()).await;
    let (cx, others) = operator(&desk.house.app).await;
    assert!(matches!(reject(&cx, &others, id, "Foto").await, Err(JudgeError::NotFound)), "not their duty");
    let (cx, by) = for_duty(&cx, others.member(), Duty::Moderation);
    for (reason, wrong) in [("  ", FieldError::Required), (&*"x".repeat(501), FieldError::TooLong)] {
        let error = AppError::from(reject(&cx, &by, id, reason).await.unwrap_err());
        assert_eq!(error.of("reason"), Some(wrong));
    }
    assert_eq!(desk.editor(id).await.state, ProductState::Active, "nothing has changed");
    let list = async |shelf: Shelf| {
        let mut db = cx.db().acquire().await.unwrap();
        let page = views::moderation::list(&mut db, shelf, None, 10).await.unwrap();
        page.items.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!((list(Shelf::OnSale).await, list(Shelf::Waiting).await), (vec![id], vec![]));

    reject(&cx, &by, id, "Foto memuat nomor telepon.").await.unwrap();
    let again = reject(&cx, &by, id, "Lagi").await;
    assert_eq!(AppError::from(again.unwrap_err()).code, Code::Conflict);
    let seen = desk.editor(id).await;
    assert_eq!(
        (seen.state, seen.reason.as_deref()),
        (ProductState::Rejected, Some("Foto memuat nomor telepon."))
    );
    desk.house.app.run_jobs().await;
    assert_eq!(letters(&desk.cx, "sari@mail.example").await, ["product_rejected"]);
    assert_eq!(list(Shelf::OnSale).await, []);

    // Its shop was approved, but this one was sent back once.
    assert_eq!(submit(&desk.cx, &desk.at, id).await.unwrap(), ProductState::InReview);
    assert_eq!(list(Shelf::Waiting).await, [id]);
    approve(&cx, &by, id).await.unwrap();
    assert_eq!(AppError::from(approve(&cx, &by, id).await.unwrap_err()).code, Code::Conflict);
    assert_eq!(desk.editor(id).await.state, ProductState::Active);
    assert_eq!(logged(&desk.cx, "product.moderated").await, 2);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shelf_is_read_part_by_part(db: PgPool) {
    let desk = desk(db, true).await;
    let mut made = vec![];
    for _ in 0..3 {
        made.push(desk.sold(&shirt()).await);
    }
    let mut db = desk.cx.db().acquire().await.unwrap();
    let (mut seen, mut after) = (vec![], None::<String>);
    loop {
        let page = views::moderation::list(&mut db, Shelf::OnSale, after.as_deref(), 1).await.unwrap();
        seen.extend(page.items.iter().map(|it| it.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    made.sort();
    seen.sort();
    assert_eq!(seen, made);
}
