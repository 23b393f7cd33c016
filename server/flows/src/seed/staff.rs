//! The people of the demonstration's shops.

use super::{
    SeedError,
    people::{PACKER, SELLER},
    words::SHOPS,
};
use identity::account;
use kernel::Cx;
use model::{Contact, ShopRole, Slug, ids::AccountId};
use shop::store;
use sqlx::PgConnection;

/// Gives the demonstration's shops to its seller, and the first of them somebody who packs. Shops and people who are not
/// there are passed over, and shops that have an owner keep theirs.
pub async fn staff(cx: &Cx) -> Result<(), SeedError> {
    let mut tx = cx.begin().await?;
    let Some(seller) = find(&mut tx, SELLER).await? else { return Ok(()) };
    let slugs: Vec<String> = SHOPS.iter().map(|shop| Slug::of(shop.name, "toko").to_string()).collect();
    let ids = store::find_ids(&mut tx, &slugs).await?;
    let shops: Vec<_> = slugs.iter().filter_map(|slug| ids.get(slug)).copied().collect();
    for shop in &shops {
        store::staff::appoint(&mut tx, *shop, seller, ShopRole::Owner, cx.now()).await?;
    }
    if let (Some(first), Some(packer)) = (shops.first(), find(&mut tx, PACKER).await?) {
        store::staff::appoint(&mut tx, *first, packer, ShopRole::Fulfilment, cx.now()).await?;
    }
    Ok(tx.commit().await?)
}

async fn find(db: &mut PgConnection, email: &str) -> Result<Option<AccountId>, SeedError> {
    let contact: Contact = email.parse().map_err(SeedError::unsound)?;
    Ok(account::store::find_owner(db, &contact).await?)
}
