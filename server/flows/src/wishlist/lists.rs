//! The lists themselves: named, shared, removed.

use identity::wishlist::{
    ShareToken, parse_name,
    store::{self, Named},
};
use kernel::{
    Cx, Member,
    idempotency::{self, Claim, Key},
};
use model::{AppError, Code, FieldError, ids::WishlistId};

#[derive(Debug, thiserror::Error)]
pub enum ListError {
    #[error("a list cannot be called so")]
    Name(FieldError),
    #[error("there are as many lists as anyone may have")]
    TooMany,
    #[error("there is no such list")]
    NotFound,
    #[error("it has been changed meanwhile")]
    Stale,
    #[error("the default list stays")]
    Default,
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<ListError> for AppError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Name(error) => Self::field("name", error),
            ListError::TooMany => Self::field("lists", FieldError::OutOfRange),
            ListError::NotFound => Self::not_found(),
            ListError::Stale | ListError::Default => Self::new(Code::Conflict),
            ListError::KeyReused => Self::field("idempotency_key", FieldError::Taken),
            ListError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Makes a list.
pub async fn make(cx: &Cx, member: &Member, name: &str, key: Option<&Key>) -> Result<WishlistId, ListError> {
    let name = parse_name(name).map_err(ListError::Name)?;
    let (owner, id) = (member.account, cx.id::<WishlistId>());
    let mut tx = cx.begin().await?;
    if let Some(key) = key {
        let claim = (owner.uuid(), "wishlist.make", key);
        match idempotency::claim(&mut tx, cx, claim, &name, id.uuid()).await? {
            Claim::First => {}
            Claim::Again(made) => return Ok(made.into()),
            Claim::Other => return Err(ListError::KeyReused),
        }
    }
    store::lock(&mut tx, owner).await?;
    // The default list counts too, and is there before any other.
    store::ensure_default(&mut tx, owner, cx.id(), cx.now()).await?;
    match store::insert(&mut tx, owner, id, &name, cx.now()).await? {
        Named::Done => tx.commit().await?,
        Named::Taken => return Err(ListError::Name(FieldError::Taken)),
        Named::Not => return Err(ListError::TooMany),
    }
    Ok(id)
}

/// Renames a list, if it is still of the version the edit began with.
pub async fn rename(
    cx: &Cx,
    member: &Member,
    (id, version): (WishlistId, i32),
    name: &str,
) -> Result<(), ListError> {
    let mut tx = cx.begin().await?;
    if store::find(&mut tx, member.account, id).await?.is_none() {
        return Err(ListError::NotFound);
    }
    let name = parse_name(name).map_err(ListError::Name)?;
    match store::rename(&mut tx, member.account, (id, version), &name, cx.now()).await? {
        Named::Done => Ok(tx.commit().await?),
        Named::Taken => Err(ListError::Name(FieldError::Taken)),
        Named::Not => Err(ListError::Stale),
    }
}

/// Removes a list with what is on it; the default one stays.
pub async fn delete(cx: &Cx, member: &Member, id: WishlistId) -> Result<(), ListError> {
    let mut tx = cx.begin().await?;
    let list = store::find(&mut tx, member.account, id).await?.ok_or(ListError::NotFound)?;
    if list.is_default {
        return Err(ListError::Default);
    }
    store::delete(&mut tx, member.account, id).await?;
    Ok(tx.commit().await?)
}

/// Opens a list to whoever has its link; the link it has where it is open already.
pub async fn share(cx: &Cx, member: &Member, id: WishlistId) -> Result<ShareToken, ListError> {
    let mut tx = cx.begin().await?;
    store::lock(&mut tx, member.account).await?;
    let list = store::find(&mut tx, member.account, id).await?.ok_or(ListError::NotFound)?;
    if let Some(token) = list.token.and_then(|token| token.parse().ok()) {
        return Ok(token);
    }
    let token = ShareToken::random(cx.ids());
    store::put_token(&mut tx, member.account, id, Some(&token), cx.now()).await?;
    tx.commit().await?;
    Ok(token)
}

/// Closes a list again: its link leads nowhere from now on, and sharing it anew makes another.
pub async fn unshare(cx: &Cx, member: &Member, id: WishlistId) -> Result<(), ListError> {
    let mut tx = cx.begin().await?;
    if !store::put_token(&mut tx, member.account, id, None, cx.now()).await? {
        return Err(ListError::NotFound);
    }
    Ok(tx.commit().await?)
}
