//! A guest who signs in.

use super::holder;
use cart::{MergeError, store};
use kernel::{Buyer, Cx, GuestKey};
use model::ids::AccountId;

/// The guest's cart goes into the account's, and what the guest ordered is the account's from now on. Again, or for a
/// guest who never had anything, it does nothing.
pub async fn come_in(cx: &Cx, guest: GuestKey, account: AccountId) -> Result<(), sqlx::Error> {
    let mut tx = cx.begin().await?;
    if let Some(from) = store::find_of(&mut tx, &holder(&Buyer::Guest(guest))).await? {
        let into = store::open(&mut tx, &holder(&Buyer::Member(account)), cx.id(), cx.now()).await?;
        match store::merge(&mut tx, from.id, into.id, cx.now()).await {
            // In two currencies both stay; one who came first in another tab has taken it along.
            Ok(_) | Err(MergeError::NoSuchCart | MergeError::TwoCurrencies) => {}
            Err(MergeError::Database(error)) => return Err(error),
        }
    }
    order::store::adopt(&mut tx, guest.as_bytes(), account).await?;
    tx.commit().await
}
