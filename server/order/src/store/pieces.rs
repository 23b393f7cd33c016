//! The pieces of an order's lines. How many are packed or left out is counted by the database, which refuses more than were
//! sold.

use super::rows::unknown;
use crate::{LeftOut, LeftOutSums, Progress};
use model::ids::{OrderId, Uuid};
use sqlx::PgConnection;

/// Of each line, as they were placed.
pub async fn progress_of(db: &mut PgConnection, order: OrderId) -> Result<Vec<Progress>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, quantity, packed, left_out from order_line where order_id = $1 order by position",
        order.uuid()
    )
    .fetch_all(db)
    .await?;
    let progress = rows.into_iter().map(|row| Progress {
        line: row.id.into(),
        quantity: row.quantity,
        packed: row.packed,
        left_out: row.left_out,
    });
    Ok(progress.collect())
}

/// Writes what is left out, and counts it on the lines.
pub async fn insert_left_out(db: &mut PgConnection, new: &LeftOut) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into left_out (id, order_id, actor, reason, refund, discount_back, commission_back, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id.uuid(),
        new.order.uuid(),
        new.actor.as_str(),
        new.reason.as_str(),
        new.refund.amount(),
        new.discount_back.amount(),
        new.commission_back.amount(),
        new.at
    )
    .execute(&mut *db)
    .await?;
    let lines: Vec<Uuid> = new.pieces.iter().map(|it| it.line.uuid()).collect();
    let quantities: Vec<i32> = new.pieces.iter().map(|it| it.quantity).collect();
    let done = sqlx::query!(
        "insert into left_out_line (left_out_id, line_id, quantity)
         select $1, line, quantity from unnest($2::uuid[], $3::int[]) as t (line, quantity)",
        new.id.uuid(),
        &lines,
        &quantities
    )
    .execute(db)
    .await?;
    if done.rows_affected() == 0 { Err(unknown()) } else { Ok(()) }
}

/// What all that was left out of an order comes to; nothing where all of it was or is to be sent.
pub async fn left_out_of(db: &mut PgConnection, order: OrderId) -> Result<LeftOutSums, sqlx::Error> {
    let row = sqlx::query!(
        r#"select coalesce(sum(refund), 0)::bigint as "refund!", coalesce(sum(discount_back), 0)::bigint as "discount!",
             coalesce(sum(commission_back), 0)::bigint as "commission!"
           from left_out where order_id = $1"#,
        order.uuid()
    )
    .fetch_one(db)
    .await?;
    Ok(LeftOutSums { refund: row.refund, discount_back: row.discount, commission_back: row.commission })
}
