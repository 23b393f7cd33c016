//! Telling a shop what became of what it would sell in a flash sale.

use crate::account::{link, tell};
use kernel::{
    Cx, Tx,
    jobs::{Job, JobError, NewJob, Priority},
};
use model::{
    Permission,
    ids::{FlashSaleId, ShopId, VariantId},
};
use notify::{Message, RefusedGood};
use pricing::store;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::Duration;

/// So long after something was decided its shop is told, and of whatever else was decided until then in the same message.
const GATHER: Duration = Duration::minutes(5);

/// So many things are named in one message.
const NAMED: usize = 10;

/// Tells those who look after a shop's promotions what was accepted and what was refused of what it asked for in a sale. What was
/// told is noted in the same transaction, so each decision is told once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TellNominated {
    pub sale: FlashSaleId,
    pub shop: ShopId,
}

/// In the transaction of the decision.
pub(super) async fn later(tx: &mut Tx, cx: &Cx, news: TellNominated) -> Result<(), sqlx::Error> {
    let job = NewJob::of(&news).unique(format!("{}:{}", news.sale, news.shop)).at(cx.now() + GATHER);
    job.enqueue(tx, cx).await.map(drop)
}

impl Job for TellNominated {
    const NAME: &'static str = "flash_sale.tell_nominated";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let Some(sale) = store::lock_sale(&mut tx, self.sale).await? else {
            return Err(JobError::discard("the sale is gone"));
        };
        let decided = store::take_untold(&mut tx, (self.sale, self.shop)).await?;
        // Of a sale that was called off meanwhile there is nothing to be glad or sorry about.
        if !decided.is_empty() && !sale.is_cancelled {
            let message = self.letter(&mut tx, sale.name, decided).await?;
            for promoter in
                shop::store::staff::list_allowed(&mut tx, self.shop, Permission::Promotions).await?
            {
                tell(&mut tx, cx, promoter, &message).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

impl TellNominated {
    /// What needs something done comes first; beyond some, only how many more there are.
    async fn letter(
        self,
        db: &mut PgConnection,
        sale: String,
        mut decided: Vec<(VariantId, Option<String>)>,
    ) -> Result<Message, sqlx::Error> {
        decided.sort_by_key(|(variant, reason)| (reason.is_none(), *variant));
        let more = u32::try_from(decided.len().saturating_sub(NAMED)).unwrap_or(u32::MAX);
        decided.truncate(NAMED);
        let ids: Vec<VariantId> = decided.iter().map(|(variant, _)| *variant).collect();
        let mut names: HashMap<VariantId, String> =
            views::stock::names(db, &ids).await?.into_iter().collect();
        let (mut accepted, mut refused) = (vec![], vec![]);
        for (variant, reason) in decided {
            let Some(name) = names.remove(&variant) else { continue };
            match reason {
                Some(reason) => refused.push(RefusedGood { name, reason }),
                None => accepted.push(name),
            }
        }
        let shop = shop::store::get_named(db, self.shop).await?;
        Ok(Message::NominationsDecided {
            shop: shop.name,
            sale,
            accepted,
            refused,
            more,
            link: link(&format!("/seller/{}/promotions/flash/{}", shop.slug, self.sale)),
        })
    }
}
