//! Photographs of products, from a seller's file to the gallery, and out again when nothing shows them any more.

mod store;

use bytes::Bytes;
use catalog::{
    ProductChanged,
    store::{MOST_PICTURES, PutPicture},
};
use kernel::{
    Cx, Uuid,
    jobs::{self, Job, JobError, Priority},
    outbox,
};
use media::{DropFiles, Files, ReceiveError};
use model::{
    AppError, Code,
    ids::{MediaId, ProductId},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;

/// A picture that nothing shows is kept for so long after it was last sent: what somebody began to fill in can still
/// be finished.
pub const KEEP_UNUSED: Duration = Duration::days(7);
/// Pictures deleted in one transaction.
const SWEEP: i64 = 200;
/// Characters of a description, as in the database.
const LONGEST_ALT: usize = 300;

#[derive(Debug, thiserror::Error)]
pub enum AddError {
    #[error("there is no such product")]
    NotFound,
    #[error("the product has {MOST_PICTURES} pictures already, and no more are shown")]
    Full,
    #[error("a description has at most {LONGEST_ALT} characters")]
    AltTooLong,
    #[error("the product has no variant of this SKU")]
    NoVariant,
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<AddError> for AppError {
    fn from(error: AddError) -> Self {
        Self::new(match error {
            AddError::NotFound | AddError::NoVariant => Code::NotFound,
            AddError::Full => Code::Conflict,
            AddError::AltTooLong => Code::Invalid,
            AddError::Receive(error) => return error.into(),
            AddError::Database(_) => Code::Internal,
        })
    }
}

/// What became of a photograph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Added {
    pub media: MediaId,
    /// It was not in the gallery before.
    pub new: bool,
}

/// Takes a photograph in and puts it at the end of a product's gallery; `sku` names the variant it shows. It can be
/// seen once its forms are made ([`media::MediaReady`]). The same photograph added again stays where it is.
///
/// Without `alt` the product's name describes it.
pub async fn add(
    cx: &Cx,
    files: &Files,
    product: ProductId,
    photo: Bytes,
    alt: Option<&str>,
    sku: Option<&str>,
) -> Result<Added, AddError> {
    if alt.is_some_and(|alt| alt.chars().count() > LONGEST_ALT) {
        return Err(AddError::AltTooLong);
    }
    let shops = catalog::store::list_shops_of(&mut *cx.db().acquire().await?, &[product]).await?;
    let shop = shops.first().ok_or(AddError::NotFound)?;
    let media = media::receive(cx, files, shop.uuid(), photo).await?;

    let mut tx = cx.begin().await?;
    let put = catalog::store::put_picture(&mut tx, product, media, alt, cx.now()).await?;
    match put {
        PutPicture::NoProduct => return Err(AddError::NotFound),
        PutPicture::Full => return Err(AddError::Full),
        PutPicture::New | PutPicture::Changed | PutPicture::Same => {}
    }
    if let Some(sku) = sku
        && !catalog::store::set_variant_picture(&mut tx, product, sku, media, cx.now()).await?
    {
        return Err(AddError::NoVariant);
    }
    if put != PutPicture::Same || sku.is_some() {
        outbox::publish(&mut tx, cx, &ProductChanged { product }).await?;
    }
    tx.commit().await?;
    Ok(Added { media, new: put == PutPicture::New })
}

/// Deletes all pictures of an owner who leaves, and their files after the commit. Whatever named them is gone before.
pub(crate) async fn forget(tx: &mut PgConnection, cx: &Cx, owner: Uuid) -> Result<(), sqlx::Error> {
    for media in store::delete_of(tx, owner).await? {
        jobs::enqueue(tx, cx, &DropFiles { media }).await?;
    }
    Ok(())
}

/// Deletes pictures that nothing names and nobody has sent for [`KEEP_UNUSED`], and then their files. Run by the clock.
/// Whatever uses pictures names them by a foreign key, which keeps them; a table that names many is also asked in
/// `store`.
#[derive(Serialize, Deserialize)]
pub struct SweepPhotos {}

impl Job for SweepPhotos {
    const NAME: &'static str = "photos.sweep";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let before = cx.now() - KEEP_UNUSED;
        let (mut last, mut gone) = (Uuid::nil(), 0);
        loop {
            let mut tx = cx.begin().await?;
            let unused = store::list_unused(&mut tx, before, last, SWEEP).await?;
            let Some(end) = unused.last() else { break };
            last = end.uuid();
            for media in unused {
                if store::delete(&mut tx, media, before).await? {
                    jobs::enqueue(&mut tx, cx, &DropFiles { media }).await?;
                    gone += 1;
                }
            }
            tx.commit().await?;
        }
        if gone > 0 {
            tracing::info!("{gone} unused pictures deleted");
        }
        Ok(())
    }
}
