//! What becomes of a hold before anything is sent.

use super::movement::{Cause, Step, shift};
use crate::{
    Allocation, MovementKind, Pieces, ReleaseError, ReservationState,
    reservation::{Reservation, spread},
};
use model::{
    Qty,
    ids::{Uuid, VariantId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// It is paid for: what is still held of it has no deadline any more. Says how many reservations that were; none where
/// all was committed before, or released.
pub async fn commit(db: &mut PgConnection, reference: Uuid, now: OffsetDateTime) -> Result<u64, sqlx::Error> {
    let committed = sqlx::query!(
        "with kept as (
           select id from reservation where reference = $1 and state = 'held'
           order by line, part for no key update
         )
         update reservation set state = 'committed', deadline = null, updated_at = $2
         from kept where reservation.id = kept.id",
        reference,
        now
    )
    .execute(db)
    .await?;
    Ok(committed.rows_affected())
}

/// Gives back what is reserved and not sent, of these lines or of all, paid or not. Says of which variants more can be
/// sold now; none when it was given back before.
pub async fn release(
    db: &mut PgConnection,
    reference: Uuid,
    lines: Option<&[Uuid]>,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, sqlx::Error> {
    let kept = sqlx::query_as!(
        Row,
        "select id, reference, line, variant_id, warehouse_id, per_unit, quantity, released, shipped, returned,
           counted, state
         from reservation
         where reference = $1 and ($2::uuid[] is null or line = any($2)) and state in ('held', 'committed')
         order by line, part for no key update",
        reference,
        lines
    )
    .fetch_all(&mut *db)
    .await?;
    release_all(db, rows(kept)?, now).await
}

/// Gives back what is held beyond its deadline; what was paid for meanwhile stays. Otherwise like [`release`].
pub async fn release_expired(
    db: &mut PgConnection,
    reference: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, sqlx::Error> {
    let kept = sqlx::query_as!(
        Row,
        "select id, reference, line, variant_id, warehouse_id, per_unit, quantity, released, shipped, returned,
           counted, state
         from reservation where reference = $1 and state = 'held' and deadline <= $2
         order by line, part for no key update",
        reference,
        now
    )
    .fetch_all(&mut *db)
    .await?;
    release_all(db, rows(kept)?, now).await
}

/// Gives back some units of lines: those of the farthest warehouse first. Says like [`release`] what changed.
pub async fn release_part(
    db: &mut PgConnection,
    wanted: &[Pieces],
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, ReleaseError> {
    let mut kept = lock_lines(db, wanted).await?;
    kept.reverse();
    let spread =
        spread(&kept, wanted, Reservation::open).map_err(|line| ReleaseError::NotReserved { line })?;
    let steps = apply(&mut kept, &spread, Reservation::release, |pieces| (0, -pieces));
    mark(db, &kept, now).await?;
    shift(db, Cause::order(MovementKind::Released), &steps, now).await?;
    Ok(variants(&steps))
}

async fn release_all(
    db: &mut PgConnection,
    mut kept: Vec<Reservation>,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, sqlx::Error> {
    let all: Vec<(usize, i32)> = kept.iter().map(Reservation::open).enumerate().collect();
    let steps = apply(&mut kept, &all, Reservation::release, |pieces| (0, -pieces));
    mark(db, &kept, now).await?;
    shift(db, Cause::order(MovementKind::Released), &steps, now).await?;
    Ok(variants(&steps))
}

/// What is paid at once and has holds beyond their deadline, the longest overdue first.
pub async fn expired(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: u16,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "select reference from reservation where state = 'held' and deadline <= $1
         group by reference order by min(deadline), reference limit $2",
        now,
        i64::from(limit)
    )
    .fetch_all(db)
    .await
}

/// Where the goods of each line come from; what was given back is left out.
pub async fn list_allocations(
    db: &mut PgConnection,
    reference: Uuid,
) -> Result<Vec<Allocation>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select line, variant_id, warehouse_id, quantity - released as "quantity!" from reservation
           where reference = $1 and released < quantity order by line, part"#,
        reference
    )
    .fetch_all(db)
    .await?;
    let allocations = rows.into_iter().filter_map(|row| {
        let quantity = Qty::try_from(row.quantity).ok()?;
        Some(Allocation {
            line: row.line,
            variant: row.variant_id.into(),
            warehouse: row.warehouse_id.into(),
            quantity,
        })
    });
    Ok(allocations.collect())
}

struct Row {
    id: Uuid,
    reference: Uuid,
    line: Uuid,
    variant_id: Uuid,
    warehouse_id: Uuid,
    per_unit: i32,
    quantity: i32,
    released: i32,
    shipped: i32,
    returned: i32,
    counted: bool,
    state: String,
}

fn rows(rows: Vec<Row>) -> Result<Vec<Reservation>, sqlx::Error> {
    let parse = |row: Row| {
        let state = ReservationState::from_name(&row.state);
        let state = state.ok_or_else(|| {
            sqlx::Error::Decode(format!("{} is no state of a reservation", row.state).into())
        })?;
        Ok(Reservation {
            id: row.id,
            reference: row.reference,
            line: row.line,
            variant: row.variant_id.into(),
            warehouse: row.warehouse_id.into(),
            per_unit: row.per_unit,
            quantity: row.quantity,
            released: row.released,
            shipped: row.shipped,
            returned: row.returned,
            counted: row.counted,
            state,
        })
    };
    rows.into_iter().map(parse).collect()
}

/// Locks all reservations of these lines, in the order everyone locks them in.
pub(super) async fn lock_lines(
    db: &mut PgConnection,
    wanted: &[Pieces],
) -> Result<Vec<Reservation>, sqlx::Error> {
    let lines: Vec<Uuid> = wanted.iter().map(|pieces| pieces.line).collect();
    lock(db, &lines).await
}

pub(super) async fn lock(db: &mut PgConnection, lines: &[Uuid]) -> Result<Vec<Reservation>, sqlx::Error> {
    let kept = sqlx::query_as!(
        Row,
        "select id, reference, line, variant_id, warehouse_id, per_unit, quantity, released, shipped, returned,
           counted, state
         from reservation where line = any($1) order by line, part for no key update",
        lines
    )
    .fetch_all(db)
    .await?;
    rows(kept)
}

/// Changes reservations, and says what that moves: for so many pieces, on hand and reserved. What is not counted does
/// not move.
pub(super) fn apply(
    kept: &mut [Reservation],
    spread: &[(usize, i32)],
    change: impl Fn(&mut Reservation, i32),
    moves: impl Fn(i32) -> (i32, i32),
) -> Vec<Step> {
    let mut steps = vec![];
    for (index, pieces) in spread {
        let Some(reservation) = kept.get_mut(*index) else { continue };
        change(reservation, *pieces);
        if reservation.counted {
            let (on_hand, reserved) = moves(*pieces);
            steps.push(Step {
                variant: reservation.variant.uuid(),
                warehouse: reservation.warehouse.uuid(),
                on_hand,
                reserved,
                reference: Some(reservation.reference),
                line: Some(reservation.line),
            });
        }
    }
    steps
}

/// Writes where these reservations, which are locked, stand now.
pub(super) async fn mark(
    db: &mut PgConnection,
    kept: &[Reservation],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = kept.iter().map(|r| r.id).collect();
    let released: Vec<i32> = kept.iter().map(|r| r.released).collect();
    let shipped: Vec<i32> = kept.iter().map(|r| r.shipped).collect();
    let returned: Vec<i32> = kept.iter().map(|r| r.returned).collect();
    let states: Vec<String> = kept.iter().map(|r| r.state.as_str().to_owned()).collect();
    sqlx::query!(
        "update reservation set released = t.released, shipped = t.shipped, returned = t.returned, state = t.state,
           deadline = case when t.state = 'held' then deadline end, updated_at = $6
         from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[])
           as t (id, released, shipped, returned, state)
         where reservation.id = t.id",
        &ids,
        &released,
        &shipped,
        &returned,
        &states,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whose stock these steps changed, each once and in order.
pub(super) fn variants(steps: &[Step]) -> Vec<VariantId> {
    let mut variants: Vec<VariantId> = steps.iter().map(|step| step.variant.into()).collect();
    variants.sort_unstable();
    variants.dedup();
    variants
}
