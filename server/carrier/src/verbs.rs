//! What can be done with a parcel. Each verb writes what happened in the caller's transaction, where the job that tells of
//! it is queued as well.

use crate::{
    DeliverNews, NewParcel, Parcel, ParcelEvent, ParcelId, ParcelState, Travel,
    store::{self, Key},
};
use kernel::{Cx, jobs::enqueue};
use sqlx::PgConnection;
use time::Duration;

/// So long is one step of a parcel that travels by itself.
pub const STEP: Duration = Duration::MINUTE;

/// Why no courier was booked.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    #[error("the reference is another parcel's")]
    Conflict,
    #[error("there is no such parcel to be sent")]
    Invalid,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why a parcel was not moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error("there is no such parcel")]
    NoSuchParcel,
    /// It has moved since the page was shown, or does not go there from where it is.
    #[error("the parcel is somewhere else")]
    Changed,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The parcel of a reference. Asked for again, it is the same.
pub async fn book(db: &mut PgConnection, cx: &Cx, new: &NewParcel) -> Result<Parcel, BookError> {
    let fits = |text: &str, most: usize| (1..=most).contains(&text.chars().count());
    if !fits(&new.reference, 100) || !fits(&new.courier, 40) || !fits(&new.service, 40) || new.weight_g < 1 {
        return Err(BookError::Invalid);
    }
    let fresh = store::insert_parcel(db, cx.id(), new, &new.waybill(cx.ids()), cx.now()).await?;
    let parcel = store::find_parcel(db, Key::Reference(&new.reference)).await?;
    let parcel = parcel.ok_or(sqlx::Error::RowNotFound)?;
    if (&parcel.courier, parcel.weight_g) != (&new.courier, new.weight_g) {
        return Err(BookError::Conflict);
    }
    if fresh {
        announce(db, cx, &parcel, ParcelState::Confirmed).await?;
    }
    Ok(parcel)
}

/// Nobody comes for it. Cancelling twice is cancelling.
pub async fn cancel(db: &mut PgConnection, cx: &Cx, id: ParcelId) -> Result<Parcel, MoveError> {
    let parcel = store::find_parcel(db, Key::Id(id)).await?.ok_or(MoveError::NoSuchParcel)?;
    if parcel.state != ParcelState::Cancelled {
        go(db, cx, id, parcel.version, ParcelState::Cancelled).await?;
    }
    store::find_parcel(db, Key::Id(id)).await?.ok_or(MoveError::NoSuchParcel)
}

/// Moves a parcel, if it is still of the version that was shown.
pub async fn go(
    db: &mut PgConnection,
    cx: &Cx,
    id: ParcelId,
    version: i32,
    to: ParcelState,
) -> Result<(), MoveError> {
    let parcel = store::find_parcel(db, Key::Id(id)).await?.ok_or(MoveError::NoSuchParcel)?;
    if !parcel.state.next().contains(&to) || !store::move_parcel(db, id, version, to).await? {
        return Err(MoveError::Changed);
    }
    Ok(announce(db, cx, &parcel, to).await?)
}

/// Lets it travel by itself, a step every minute, or not any more.
pub async fn travel(db: &mut PgConnection, cx: &Cx, id: ParcelId, travels: bool) -> Result<(), MoveError> {
    store::find_parcel(db, Key::Id(id)).await?.ok_or(MoveError::NoSuchParcel)?;
    store::set_travels(db, id, travels).await?;
    if travels {
        enqueue(db, cx, &Travel { parcel: id }).unique(id).at(cx.now() + STEP).await?;
    }
    Ok(())
}

/// The next step of one that travels by itself.
pub(crate) async fn step(db: &mut PgConnection, cx: &Cx, id: ParcelId) -> Result<(), MoveError> {
    let parcel = store::find_parcel(db, Key::Id(id)).await?.ok_or(MoveError::NoSuchParcel)?;
    let Some(to) = parcel.state.next().first().filter(|_| parcel.travels) else { return Ok(()) };
    go(db, cx, id, parcel.version, *to).await?;
    if !to.next().is_empty() {
        enqueue(db, cx, &Travel { parcel: id }).unique(id).at(cx.now() + STEP).await?;
    }
    Ok(())
}

async fn announce(
    db: &mut PgConnection,
    cx: &Cx,
    parcel: &Parcel,
    state: ParcelState,
) -> Result<(), sqlx::Error> {
    let note = state.note().to_owned();
    let event = ParcelEvent {
        id: cx.id(),
        parcel: parcel.id,
        state,
        note,
        occurred_at: cx.now(),
        delivered_at: None,
    };
    store::insert_event(db, &event).await?;
    if parcel.notify_url.is_some() {
        enqueue(db, cx, &DeliverNews { event: event.id }).unique(event.id).await?;
    }
    Ok(())
}
