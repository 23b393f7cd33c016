//! The people of a shop, and what each may do there.

use crate::store::staff as store;
use kernel::Member;
pub use model::shop::StaffShop;
use model::{
    AppError, Permission, Permissions, ShopRole, Slug,
    ids::{AccountId, ShopId},
};
use sqlx::PgConnection;

/// Somebody who may do one kind of work in one shop. Made here and nowhere else, for people of that shop whose role has
/// the permission.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AtShop {
    shop: ShopId,
    member: Member,
    role: ShopRole,
    permission: Permission,
}

impl AtShop {
    pub fn shop(&self) -> ShopId {
        self.shop
    }

    pub fn member(&self) -> &Member {
        &self.member
    }

    pub fn role(&self) -> ShopRole {
        self.role
    }

    /// What they were let in for.
    pub fn permission(&self) -> Permission {
        self.permission
    }

    /// All they may do here.
    pub fn permissions(&self) -> Permissions {
        self.role.permissions()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// Or it is not theirs, or not their work: to everybody else what is asked for is not there.
    #[error("there is no such shop")]
    NotFound,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<EnterError> for AppError {
    fn from(error: EnterError) -> Self {
        match error {
            EnterError::NotFound => Self::not_found(),
            EnterError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Lets somebody in to a shop for one kind of work.
pub async fn enter(
    db: &mut PgConnection,
    member: &Member,
    shop: ShopId,
    permission: Permission,
) -> Result<AtShop, EnterError> {
    let role = store::find_role(db, shop, member.account).await?;
    admit(member, role.map(|role| (shop, role)), permission)
}

/// The same for the shop at this address.
pub async fn enter_at(
    db: &mut PgConnection,
    member: &Member,
    slug: &Slug,
    permission: Permission,
) -> Result<AtShop, EnterError> {
    let found = store::find(db, slug, member.account).await?;
    admit(member, found.map(|shop| (shop.id, shop.role)), permission)
}

fn admit(
    member: &Member,
    found: Option<(ShopId, ShopRole)>,
    permission: Permission,
) -> Result<AtShop, EnterError> {
    let (shop, role) = found.ok_or(EnterError::NotFound)?;
    if role.permissions().has(permission) {
        Ok(AtShop { shop, member: member.clone(), role, permission })
    } else {
        Err(EnterError::NotFound)
    }
}

/// The shops somebody works in, their own among them; the longest theirs first.
pub async fn shops_of(db: &mut PgConnection, account: AccountId) -> Result<Vec<StaffShop>, sqlx::Error> {
    store::list(db, account).await
}

/// The shop at this address, if they work there.
pub async fn find_shop(
    db: &mut PgConnection,
    slug: &Slug,
    account: AccountId,
) -> Result<Option<StaffShop>, sqlx::Error> {
    store::find(db, slug, account).await
}
