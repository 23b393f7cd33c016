//! Prices that begin or end. Whoever shows or charges one finds it by the moment of reading; what keeps a copy, as the index
//! does to sort and filter by it, is told when there is another.

use catalog::ProductChanged;
use kernel::{
    Cx, OffsetDateTime, Tx,
    jobs::{Job, JobError, NewJob},
    outbox,
};
use model::ids::{FlashSaleId, VariantId};
use serde::{Deserialize, Serialize};

/// A variant costs something else from these moments on. Of what is past, or now, it is told at once.
pub(crate) async fn turns(
    cx: &Cx,
    tx: &mut Tx,
    variant: VariantId,
    at: impl IntoIterator<Item = OffsetDateTime>,
) -> Result<(), sqlx::Error> {
    for at in at {
        NewJob::of(&TellPrice { variant }).at(at).enqueue(tx, cx).await?;
    }
    Ok(())
}

/// These cost something else from now on: a flash sale has no pieces left of them, or has some again.
pub(crate) async fn turned(cx: &Cx, tx: &mut Tx, variants: &[VariantId]) -> Result<(), sqlx::Error> {
    for variant in variants {
        turns(cx, tx, *variant, [cx.now()]).await?;
    }
    Ok(())
}

/// Says that a variant's product costs something else.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TellPrice {
    pub variant: VariantId,
}

impl Job for TellPrice {
    const NAME: &'static str = "price.tell";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        tell(cx, &[self.variant]).await
    }
}

/// Says that what is in a flash sale costs something else: it has begun, or is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TellSale {
    pub sale: FlashSaleId,
}

impl Job for TellSale {
    const NAME: &'static str = "flash_sale.tell";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let items = pricing::store::list_flash(&mut *cx.db().acquire().await?, self.sale).await?;
        let variants: Vec<VariantId> = items.into_iter().map(|item| item.variant).collect();
        tell(cx, &variants).await
    }
}

async fn tell(cx: &Cx, variants: &[VariantId]) -> Result<(), JobError> {
    let mut tx = cx.begin().await?;
    let products = views::prices::products_of(&mut tx, variants).await?;
    outbox::publish_many(&mut tx, cx, products.into_iter().map(|product| ProductChanged { product })).await?;
    Ok(tx.commit().await?)
}
