//! Saving what was typed, all of it or nothing.

use super::{AtShop, EditError, begin::address, keeping, states::submit};
use crate::product::{Move, step};
use catalog::{
    Actor, ProductChanged,
    edit::{Absent, Edit, EditedVariant, field_of, regrid},
    store::{edit, list_skus_elsewhere, put_slug, typing},
};
use kernel::{Cx, Tx, outbox};
use model::{
    FieldError, Permission,
    ids::{ProductId, ShopId, VariantId},
    shop::{EditAct, ProductInput},
    typed::Problems,
    views::ProductState,
};

/// Writes the product anew, if it is still of the version the edit began with. `absent` is what a combination of options
/// is that has no row.
pub async fn save(
    cx: &Cx,
    at: &AtShop,
    product: ProductId,
    version: i32,
    input: &ProductInput,
    absent: Absent,
) -> Result<ProductState, EditError> {
    write(cx, at, (keeping(at)?, product), version, &regrid(input, absent)).await
}

/// What a form asks for; what is refused is kept as it was typed. `version` is that of the product the edit began with, `now` the one its page showed.
pub async fn send(
    cx: &Cx,
    at: &AtShop,
    product: ProductId,
    (version, now): (i32, i32),
    act: EditAct,
    input: &ProductInput,
) -> Result<ProductState, EditError> {
    let own = (keeping(at)?, product);
    let input = regrid(input, Absent::Blank);
    if act == EditAct::Arrange {
        return keep(cx, at, own, version, &input).await;
    }
    let from = if act == EditAct::SaveOver { now } else { version };
    let saved = write(cx, at, own, from, &input).await;
    if let Err(EditError::Invalid(_) | EditError::Stale) = &saved {
        keep(cx, at, own, version, &input).await?;
    }
    if act == EditAct::Sell && saved.is_ok() {
        return submit(cx, at, product).await;
    }
    saved
}

/// Forgets what they typed and did not save.
pub async fn let_go(cx: &Cx, at: &AtShop, product: ProductId) -> Result<(), EditError> {
    keeping(at)?;
    typing::delete(&mut *cx.db().acquire().await?, product, at.member().account).await?;
    Ok(())
}

async fn keep(
    cx: &Cx,
    at: &AtShop,
    (shop, product): (ShopId, ProductId),
    version: i32,
    input: &ProductInput,
) -> Result<ProductState, EditError> {
    let mut tx = cx.begin().await?;
    let own = edit::find_own(&mut tx, shop, product).await?.ok_or(EditError::NotFound)?;
    typing::put(&mut tx, (shop, product), at.member().account, version, input, cx.now()).await?;
    tx.commit().await?;
    Ok(own.stage.state())
}

async fn write(
    cx: &Cx,
    at: &AtShop,
    (shop, id): (ShopId, ProductId),
    version: i32,
    input: &ProductInput,
) -> Result<ProductState, EditError> {
    let mut tx = cx.begin().await?;
    let product = edit::find_own(&mut tx, shop, id).await?.ok_or(EditError::NotFound)?;
    let mut state = product.stage.state();
    if state == ProductState::Archived {
        return Err(EditError::Forbidden);
    }
    if product.version != version {
        return Err(EditError::Stale);
    }
    let known = edit::get_known(&mut tx, id, input).await?;
    let edited = Edit::parse(input, &known).map_err(EditError::Invalid)?;
    let written = edit::write(&mut tx, (shop, id), &edited, || cx.id(), cx.now()).await;
    let variants = match written {
        Ok(variants) => variants,
        Err(error) if is_taken(&error) => {
            drop(tx);
            return Err(whose_sku(cx, (shop, id), &edited.variants, error).await);
        }
        Err(error) => return Err(error.into()),
    };
    if at.permissions().has(Permission::Stock) {
        count(&mut tx, cx, at, &edited.variants, &variants).await?;
    }
    put_slug(&mut tx, id, &address(edited.name.as_str(), id)).await?;
    typing::delete(&mut tx, id, at.member().account).await?;
    match state {
        // Its seller has changed it, so it may be asked for again.
        ProductState::Rejected => state = step(&mut tx, cx, id, Move::Revise, Actor::Seller).await?,
        ProductState::Active => {
            outbox::publish(&mut tx, cx, &ProductChanged { product: id }).await?;
            crate::totals::refresh(&mut tx, cx, &[shop]).await?;
        }
        _ => {}
    }
    tx.commit().await?;
    Ok(state)
}

fn is_taken(error: &sqlx::Error) -> bool {
    let error = error.as_database_error();
    error.and_then(|error| error.constraint()) == Some("variant_sku_unique")
}

/// Beside which rows to say so.
async fn whose_sku(
    cx: &Cx,
    (shop, product): (ShopId, ProductId),
    variants: &[EditedVariant],
    error: sqlx::Error,
) -> EditError {
    let skus: Vec<String> = variants.iter().filter_map(|variant| variant.sku.clone()).collect();
    let taken = async {
        let mut db = cx.db().acquire().await?;
        list_skus_elsewhere(&mut db, shop, product, &skus).await
    };
    let taken = match taken.await {
        Ok(taken) => taken,
        Err(error) => return error.into(),
    };
    let mut problems = Problems::default();
    for variant in variants {
        if variant.sku.as_ref().is_some_and(|sku| taken.contains(sku)) {
            problems.note(field_of(variant.row, "sku"), FieldError::Taken);
        }
    }
    // Somebody took it and let it go meanwhile.
    if problems.is_empty() { error.into() } else { EditError::Invalid(problems) }
}

/// So many were counted in the main warehouse, those promised to buyers among them.
async fn count(
    tx: &mut Tx,
    cx: &Cx,
    at: &AtShop,
    edited: &[EditedVariant],
    ids: &[VariantId],
) -> Result<(), EditError> {
    let main = inventory::store::main_warehouse(tx, at.shop()).await?.ok_or(EditError::NotFound)?;
    let there = inventory::store::list_stock(tx, ids).await?;
    let mut problems = Problems::default();
    let mut told: Vec<(VariantId, i32)> = Vec::new();
    for (variant, id) in edited.iter().zip(ids) {
        let Some(pieces) = variant.counted else { continue };
        let row = there.iter().find(|row| row.variant == *id && row.warehouse == main);
        if row.is_some_and(|row| pieces < row.reserved - row.backorder) {
            problems.note(field_of(variant.row, "stock"), FieldError::NotAllowed);
        }
        told.push((*id, pieces));
    }
    if !problems.is_empty() {
        return Err(EditError::Invalid(problems));
    }
    let by = Some(at.member().account);
    let changed = inventory::store::set_on_hand_many(tx, &told, by, cx.now()).await?;
    if !changed.is_empty() {
        crate::stock::changed(cx, tx, &changed).await?;
    }
    Ok(())
}
