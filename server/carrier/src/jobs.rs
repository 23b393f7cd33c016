//! What the carrier does later: telling, and moving parcels along.

use crate::{
    Carrier, EventId, MoveError, ParcelId, api,
    store::{self, Key},
    verbs,
};
use bank::sim::NotTaken;
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use serde::{Deserialize, Serialize};

/// Tells whoever booked a parcel that there is news of it. Sent again until it is taken.
#[derive(Serialize, Deserialize)]
pub struct DeliverNews {
    pub event: EventId,
}

impl Job for DeliverNews {
    const NAME: &'static str = "carrier.deliver_news";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let carrier = cx.part::<Carrier>().ok_or_else(|| JobError::retry("this process has no carrier"))?;
        let mut db = cx.db().acquire().await?;
        let Some(event) = store::find_event(&mut db, self.event).await? else {
            return Err(JobError::discard("there is no such event"));
        };
        let Some(parcel) = store::find_parcel(&mut db, Key::Id(event.parcel)).await? else {
            return Err(JobError::discard("there is no such parcel"));
        };
        let (None, Some(url)) = (event.delivered_at, &parcel.notify_url) else { return Ok(()) };
        drop(db);
        let told = carrier.teller.tell(url, api::news(&parcel, &event).to_string(), cx.now()).await;
        let mut db = cx.db().acquire().await?;
        match told {
            Ok(answer) => Ok(store::mark_told(&mut db, event.id, &answer, Some(cx.now())).await?),
            Err(NotTaken(answer)) => {
                store::mark_told(&mut db, event.id, &answer, None).await?;
                Err(JobError::retry(answer))
            }
        }
    }
}

/// The next step of a parcel that travels by itself.
#[derive(Serialize, Deserialize)]
pub struct Travel {
    pub parcel: ParcelId,
}

impl Job for Travel {
    const NAME: &'static str = "carrier.travel";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        match verbs::step(&mut tx, cx, self.parcel).await {
            Ok(()) => Ok(tx.commit().await?),
            Err(MoveError::Database(error)) => Err(error.into()),
            // Somebody moves it by hand at this moment.
            Err(MoveError::Changed) => Err(JobError::retry("the parcel has moved")),
            Err(refused) => Err(JobError::discard(refused.to_string())),
        }
    }
}
