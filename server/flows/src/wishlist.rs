//! What people keep for later.

mod lists;
mod watch;

pub use lists::{ListError, delete, make, rename, share, unshare};
pub use watch::{LookAgain, LookAtMany};

use catalog::store::find_shelved;
use identity::wishlist::{Looks, store};
use kernel::{
    Cx, Member,
    idempotency::{self, Claim, Key},
};
use model::{
    AppError, FieldError,
    ids::{ProductId, VariantId, WishId, WishlistId},
};

/// Where something is to be put.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Onto {
    /// Where a heart puts things.
    #[default]
    Default,
    List(WishlistId),
}

#[derive(Debug, thiserror::Error)]
pub enum WishError {
    #[error("there is no such list or wish")]
    NotFound,
    #[error("there is no such product on sale")]
    NotOnSale,
    #[error("the list is full")]
    Full,
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<WishError> for AppError {
    fn from(error: WishError) -> Self {
        match error {
            WishError::NotFound => Self::not_found(),
            WishError::NotOnSale => Self::field("product_id", FieldError::NotAllowed),
            WishError::Full => Self::field("list", FieldError::OutOfRange),
            WishError::KeyReused => Self::field("idempotency_key", FieldError::Taken),
            WishError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Puts a product, or one variant of it, onto a list. What is there already stays as it was.
pub async fn add(
    cx: &Cx,
    member: &Member,
    onto: Onto,
    (product, variant): (ProductId, Option<VariantId>),
    key: Option<&Key>,
) -> Result<(WishlistId, WishId), WishError> {
    let (owner, now) = (member.account, cx.now());
    let mut tx = cx.begin().await?;
    store::lock(&mut tx, owner).await?;
    let list = match onto {
        Onto::Default => store::ensure_default(&mut tx, owner, cx.id(), now).await?,
        Onto::List(id) => store::find(&mut tx, owner, id).await?.ok_or(WishError::NotFound)?.id,
    };
    let id: WishId = cx.id();
    if let Some(key) = key {
        let claim = (owner.uuid(), "wish.add", key);
        match idempotency::claim(&mut tx, cx, claim, &(list, product, variant), id.uuid()).await? {
            Claim::First => {}
            Claim::Again(made) => return Ok((list, made.into())),
            Claim::Other => return Err(WishError::KeyReused),
        }
    }
    let shelved = find_shelved(&mut tx, product, cx.now()).await?.ok_or(WishError::NotOnSale)?;
    let (price, in_stock) = shelved.of(variant).ok_or(WishError::NotOnSale)?;
    let looks = Looks { product, variant, name: shelved.name, price, in_stock };
    let id = store::insert_wish(&mut tx, list, id, &looks, now).await?.ok_or(WishError::Full)?;
    tx.commit().await?;
    Ok((list, id))
}

/// Takes a wish off its list.
pub async fn remove(cx: &Cx, member: &Member, id: WishId) -> Result<(), WishError> {
    let mut tx = cx.begin().await?;
    if !store::delete_wish(&mut tx, member.account, id).await? {
        return Err(WishError::NotFound);
    }
    Ok(tx.commit().await?)
}

/// What a heart does: puts the product onto the default list, or takes it and its variants off all lists. Whether it
/// is on one afterwards.
pub async fn toggle(
    cx: &Cx,
    member: &Member,
    (product, variant): (ProductId, Option<VariantId>),
    wanted: bool,
) -> Result<bool, WishError> {
    if wanted {
        add(cx, member, Onto::Default, (product, variant), None).await?;
    } else {
        let mut tx = cx.begin().await?;
        store::delete_product(&mut tx, member.account, product).await?;
        tx.commit().await?;
    }
    Ok(wanted)
}

/// Moves a wish to another list of its owner.
pub async fn move_to(cx: &Cx, member: &Member, id: WishId, to: WishlistId) -> Result<(), WishError> {
    let mut tx = cx.begin().await?;
    store::lock(&mut tx, member.account).await?;
    match store::move_wish(&mut tx, member.account, id, to).await? {
        store::Put::Done => Ok(tx.commit().await?),
        store::Put::Full => Err(WishError::Full),
        store::Put::Not => Err(WishError::NotFound),
    }
}
