//! A product's photographs. They are changed at once, whatever else of the product is being typed.

use super::{AtShop, EditError, keeping};
use bytes::Bytes;
use catalog::{
    ProductChanged,
    store::{PutPicture, edit, list_gallery, put_picture, shift_picture},
};
use kernel::{Cx, Tx, outbox};
use media::Files;
use model::{
    ids::{MediaId, ProductId, ShopId},
    shop::{PictureAct, most},
    views::ProductState,
};

/// Takes a photograph in and puts it at the end of the gallery; it can be seen once its forms are made. The same
/// photograph sent again stays where it is.
pub async fn attach(cx: &Cx, at: &AtShop, product: ProductId, bytes: Bytes) -> Result<MediaId, EditError> {
    let shop = keeping(at)?;
    let files = cx.part::<Files>().ok_or(EditError::NoStore)?;
    editable(&mut cx.begin().await?, shop, product).await?;
    let media = media::receive(cx, &files, shop.uuid(), bytes).await?;
    let mut tx = cx.begin().await?;
    let state = editable(&mut tx, shop, product).await?;
    let there = list_gallery(&mut tx, product).await?;
    if there.contains(&media) {
        return Ok(media);
    }
    if there.len() >= most::PHOTOGRAPHS {
        return Err(EditError::GalleryFull);
    }
    match put_picture(&mut tx, product, media, None, cx.now()).await? {
        PutPicture::NoProduct => return Err(EditError::NotFound),
        PutPicture::Full => return Err(EditError::GalleryFull),
        PutPicture::New | PutPicture::Changed | PutPicture::Same => {}
    }
    changed(tx, cx, product, state).await?;
    Ok(media)
}

/// Moves a photograph within the gallery, the first of which stands on the product's card, or takes it out. Where nothing
/// else shows it, it is swept with all such.
pub async fn shift(
    cx: &Cx,
    at: &AtShop,
    product: ProductId,
    media: MediaId,
    to: PictureAct,
) -> Result<(), EditError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let state = editable(&mut tx, shop, product).await?;
    if !shift_picture(&mut tx, product, media, to, cx.now()).await? {
        return Err(EditError::NotFound);
    }
    changed(tx, cx, product, state).await
}

async fn editable(tx: &mut Tx, shop: ShopId, product: ProductId) -> Result<ProductState, EditError> {
    let product = edit::find_own(tx, shop, product).await?.ok_or(EditError::NotFound)?;
    match product.stage.state() {
        ProductState::Archived => Err(EditError::Forbidden),
        state => Ok(state),
    }
}

async fn changed(mut tx: Tx, cx: &Cx, product: ProductId, state: ProductState) -> Result<(), EditError> {
    if state == ProductState::Active {
        outbox::publish(&mut tx, cx, &ProductChanged { product }).await?;
    }
    Ok(tx.commit().await?)
}
