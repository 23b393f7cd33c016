//! Goods that leave and goods that come back. Each takes all lines of a parcel at once and says whose stock changed.

use super::{
    movement::{Cause, shift},
    promise::{apply, lock, lock_lines, mark, variants},
    refused_by,
};
use crate::{
    MovementKind, Pieces, ReservationState, ReturnError, ShipError, UnshipError,
    reservation::{Reservation, spread},
};
use model::ids::{Uuid, VariantId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Units of paid lines leave: they are no longer on hand, nor reserved.
pub async fn ship(
    db: &mut PgConnection,
    wanted: &[Pieces],
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, ShipError> {
    let mut kept = lock_lines(db, wanted).await?;
    let paid = |r: &Reservation| if r.state == ReservationState::Held { 0 } else { r.open() };
    let spread = spread(&kept, wanted, paid).map_err(|line| ShipError::NotReserved { line })?;
    let steps = apply(&mut kept, &spread, Reservation::ship, |pieces| (-pieces, -pieces));
    mark(db, &kept, now).await?;
    let shipped = shift(db, Cause::order(MovementKind::Shipped), &steps, now).await;
    shipped.map_err(|error| match refused_by(&error) {
        Some("stock_on_hand_range" | "stock_reserved_within") => ShipError::NotOnHand,
        _ => error.into(),
    })?;
    Ok(variants(&steps))
}

/// The parcel never left: all of these lines that is away is on hand again, and promised as before.
pub async fn unship(
    db: &mut PgConnection,
    lines: &[Uuid],
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, UnshipError> {
    let mut kept = lock(db, lines).await?;
    kept.retain(|reservation| reservation.away() > 0);
    if let Some(line) = lines.iter().find(|line| !kept.iter().any(|r| r.line == **line)) {
        return Err(UnshipError::NotShipped { line: *line });
    }
    let away: Vec<(usize, i32)> = kept.iter().map(Reservation::away).enumerate().collect();
    let steps = apply(&mut kept, &away, |r, _| r.unship(), |pieces| (pieces, pieces));
    mark(db, &kept, now).await?;
    shift(db, Cause::order(MovementKind::Unshipped), &steps, now).await?;
    Ok(variants(&steps))
}

/// Units that were sent are back where they came from and can be sold again.
pub async fn return_to_stock(
    db: &mut PgConnection,
    wanted: &[Pieces],
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, ReturnError> {
    let mut kept = lock_lines(db, wanted).await?;
    let spread = spread(&kept, wanted, Reservation::away).map_err(|line| ReturnError::NotShipped { line })?;
    let steps = apply(&mut kept, &spread, |r, pieces| r.returned += pieces, |pieces| (pieces, 0));
    mark(db, &kept, now).await?;
    shift(db, Cause::order(MovementKind::Returned), &steps, now).await?;
    Ok(variants(&steps))
}
