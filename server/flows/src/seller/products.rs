//! What the people of a shop do with its goods: their price, how many there are, and whether shoppers see them.

use super::AtShop;
use crate::product::{Move, MoveError, make};
use catalog::{
    Actor, NotAProduct, Offer, Price, ProductChanged,
    store::{SetOffer, list_shops_of, set_offer},
};
use inventory::AdjustError;
use kernel::{Cx, outbox};
use model::{
    AppError, Code, FieldError, Permission,
    ids::{ProductId, VariantId},
    typed::whole,
    views::ProductState,
};

#[derive(Debug, thiserror::Error)]
pub enum StallError {
    /// Or it is another shop's, or not their work.
    #[error("the shop has no such goods")]
    NotFound,
    #[error("that is no price")]
    Price(FieldError),
    #[error("that is no price it could have cost before")]
    ListPrice(FieldError),
    #[error("that is no number of pieces")]
    Stock(FieldError),
    #[error("more of them are promised to buyers")]
    Promised,
    #[error("in its state this is not possible")]
    Forbidden,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<StallError> for AppError {
    fn from(error: StallError) -> Self {
        match error {
            StallError::NotFound => Self::not_found(),
            StallError::Price(error) => Self::field("price", error),
            StallError::ListPrice(error) => Self::field("list_price", error),
            StallError::Stock(error) => Self::field("stock", error),
            StallError::Promised => Self::field("stock", FieldError::NotAllowed),
            StallError::Forbidden => Code::Conflict.into(),
            StallError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// What a variant costs from now on, and what it cost before where that is to be shown; empty for not. What is in carts
/// says so at the next look.
pub async fn set_price(
    cx: &Cx,
    at: &AtShop,
    variant: VariantId,
    price: &str,
    list_price: &str,
) -> Result<(), StallError> {
    if !at.permissions().has(Permission::Products) {
        return Err(StallError::NotFound);
    }
    let read = |typed: &str| {
        whole(typed).and_then(|amount| Price::try_from(amount).map_err(|_| FieldError::OutOfRange))
    };
    let price = read(price).map_err(StallError::Price)?;
    let list = if list_price.trim().is_empty() {
        None
    } else {
        Some(read(list_price).map_err(StallError::ListPrice)?)
    };
    let offer = Offer::new(price, list).map_err(|error| match error {
        NotAProduct::ListPrice => StallError::ListPrice(FieldError::OutOfRange),
        _ => StallError::Price(FieldError::OutOfRange),
    })?;
    let mut tx = cx.begin().await?;
    match set_offer(&mut tx, at.shop(), variant, offer, cx.now()).await? {
        SetOffer::Set(product) => outbox::publish(&mut tx, cx, &ProductChanged { product }).await?,
        SetOffer::Same => {}
        SetOffer::Unknown => return Err(StallError::NotFound),
        SetOffer::AboveTiers => return Err(StallError::Price(FieldError::OutOfRange)),
    }
    Ok(tx.commit().await?)
}

/// So many were counted in the main warehouse, those promised to buyers among them.
pub async fn set_stock(cx: &Cx, at: &AtShop, variant: VariantId, counted: &str) -> Result<(), StallError> {
    if !at.permissions().has(Permission::Stock) {
        return Err(StallError::NotFound);
    }
    let counted = whole(counted).map_err(StallError::Stock)?;
    let counted = i32::try_from(counted).map_err(|_| StallError::Stock(FieldError::OutOfRange))?;
    let mut tx = cx.begin().await?;
    let main = inventory::store::main_warehouse(&mut tx, at.shop()).await?.ok_or(StallError::NotFound)?;
    let by = Some(at.member().account);
    let set = inventory::store::set_on_hand(&mut tx, variant, main, counted, by, cx.now()).await;
    let news = set.map_err(|error| match error {
        AdjustError::Unknown => StallError::NotFound,
        AdjustError::Promised => StallError::Promised,
        AdjustError::OutOfRange => StallError::Stock(FieldError::OutOfRange),
        AdjustError::Database(error) => StallError::Database(error),
    })?;
    if news {
        crate::stock::changed(cx, &mut tx, &[variant]).await?;
    }
    Ok(tx.commit().await?)
}

/// Shows goods to shoppers or hides them. Only what is in a shop that was approved is shown.
pub async fn show(cx: &Cx, at: &AtShop, product: ProductId, shown: bool) -> Result<ProductState, StallError> {
    if !at.permissions().has(Permission::Products) {
        return Err(StallError::NotFound);
    }
    let mut db = cx.db().acquire().await?;
    if list_shops_of(&mut db, &[product]).await?.first() != Some(&at.shop()) {
        return Err(StallError::NotFound);
    }
    if shown && !shop::store::get_state(&mut db, at.shop()).await?.is_verified() {
        return Err(StallError::Forbidden);
    }
    drop(db);
    let wanted = if shown { Move::Show } else { Move::Hide };
    make(cx, product, wanted, Actor::Seller).await.map_err(|error| match error {
        MoveError::NotFound => StallError::NotFound,
        MoveError::Forbidden(_) => StallError::Forbidden,
        MoveError::Database(error) => StallError::Database(error),
    })
}
