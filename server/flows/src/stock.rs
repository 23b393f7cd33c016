//! Telling the catalogue what inventory knows: pages and the index show `on_hand` of a variant as what can be bought now.

use catalog::events::ProductChanged;
use inventory::StockChanged;
use kernel::{
    Cx,
    jobs::{Job, JobError, NewJob},
    outbox,
};
use model::ids::VariantId;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// Says in the transaction of the change that there are more or fewer of these.
pub(crate) async fn changed(
    cx: &Cx,
    db: &mut PgConnection,
    variants: &[VariantId],
) -> Result<(), sqlx::Error> {
    let changes = inventory::store::changes(db, variants).await?;
    outbox::publish_many(db, cx, changes).await
}

/// Copies what can be sold of these variants to where it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TellStock {
    pub variants: Vec<VariantId>,
}

impl Job for TellStock {
    const NAME: &'static str = "stock.tell";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        // First of all: what is read before would be told after newer news of somebody else.
        catalog::store::stock::lock_stock(&mut tx, &self.variants).await?;
        let there = inventory::store::available(&mut tx, &self.variants).await?;
        let mut shown: Vec<(VariantId, i32)> =
            there.into_iter().map(|(variant, there)| (variant, there.sellable.max(0))).collect();
        shown.sort_unstable();
        let products = catalog::store::stock::mark_stock(&mut tx, &shown, cx.now()).await?;
        outbox::publish_many(&mut tx, cx, products.into_iter().map(|product| ProductChanged { product }))
            .await?;
        Ok(tx.commit().await?)
    }
}

/// So many variants fit into the key of a job.
const MOST_IN_KEY: usize = 32;

/// What is read when the job runs is the latest, so order does not matter, and one that waits is enough for all who buy
/// the same meanwhile.
pub(crate) fn follow(changed: StockChanged) -> NewJob {
    let mut ids: Vec<String> =
        changed.variants.iter().map(|variant| variant.uuid().simple().to_string()).collect();
    ids.sort_unstable();
    let job = NewJob::of(&TellStock { variants: changed.variants });
    if ids.len() <= MOST_IN_KEY { job.unique(ids.concat()) } else { job }
}
