//! Telling the catalogue what inventory knows: pages and the index show `on_hand` of a variant as what can be bought now.
//! And telling the people of a shop of what is about to run out.

use crate::account::{link, tell};
use catalog::events::ProductChanged;
use inventory::StockChanged;
use kernel::{
    Cx,
    jobs::{Job, JobError, NewJob, Priority},
    outbox,
};
use model::{
    Permission,
    ids::{ShopId, VariantId},
};
use notify::Message;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use std::collections::BTreeSet;
use time::Duration;

/// So long after something fell its shop is told, and of whatever else fell until then in the same message.
const GATHER: Duration = Duration::minutes(5);

/// So many variants are named in one message.
const NAMED: usize = 10;

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
        for shop in inventory::store::mark_low(&mut tx, &self.variants, cx.now()).await? {
            let warn = NewJob::of(&WarnLow { shop }).unique(shop).at(cx.now() + GATHER);
            warn.enqueue(&mut tx, cx).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Tells those who keep a shop's stock of what has fallen as low as they wanted to hear of, or is gone. What was told is
/// noted in the same transaction, so it is told once until there is more again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WarnLow {
    pub shop: ShopId,
}

impl Job for WarnLow {
    const NAME: &'static str = "stock.warn_low";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let fallen = inventory::store::take_untold(&mut tx, self.shop).await?;
        if !fallen.is_empty() {
            let message = self.letter(&mut tx, &fallen).await?;
            for keeper in shop::store::staff::list_allowed(&mut tx, self.shop, Permission::Stock).await? {
                tell(&mut tx, cx, keeper, &message).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

impl WarnLow {
    /// What is gone comes first; beyond some, only how many more there are.
    async fn letter(
        self,
        db: &mut PgConnection,
        fallen: &[(VariantId, bool)],
    ) -> Result<Message, sqlx::Error> {
        let named = shop::store::get_named(db, self.shop).await?;
        let (out, low): (Vec<_>, Vec<_>) = fallen.iter().partition(|(_, is_out)| *is_out);
        let ids: Vec<VariantId> = out.iter().chain(&low).take(NAMED).map(|(variant, _)| *variant).collect();
        let names = views::stock::names(db, &ids).await?;
        let (out, low): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|(variant, _)| out.iter().any(|(gone, _)| gone == variant));
        let said = |rows: Vec<(VariantId, String)>| rows.into_iter().map(|(_, name)| name).collect();
        Ok(Message::StockLow {
            shop: named.name,
            out: said(out),
            low: said(low),
            more: u32::try_from(fallen.len().saturating_sub(NAMED)).unwrap_or(u32::MAX),
            link: link(&format!("/seller/{}/stock?low=1", named.slug)),
        })
    }
}

/// So many variants are told of by one job.
const TOLD: usize = 500;
/// So many fit into the key of one.
const MOST_IN_KEY: usize = 32;

/// What is read when a job runs is the latest, so order does not matter, and one that waits is enough for all who buy
/// the same meanwhile.
pub(crate) fn follow(changed: Vec<StockChanged>) -> Vec<NewJob> {
    let variants: BTreeSet<VariantId> = changed.into_iter().flat_map(|it| it.variants).collect();
    let variants: Vec<VariantId> = variants.into_iter().collect();
    let job = |some: &[VariantId]| {
        let job = NewJob::of(&TellStock { variants: some.to_vec() });
        if some.len() > MOST_IN_KEY {
            return job;
        }
        job.unique(some.iter().map(|variant| variant.uuid().simple().to_string()).collect::<String>())
    };
    variants.chunks(TOLD).map(job).collect()
}
