//! A guest who signs in.

use super::{holder, price};
use cart::{LineError, MergeError, News, store};
use kernel::{Buyer, Cx, GuestKey, Tx};
use model::{
    Qty,
    ids::{AccountId, CartId, ProductId, Uuid, VariantId},
};
use std::collections::HashMap;

/// The guest's cart goes into the account's, and what the guest ordered is the account's from now on, also where it is
/// counted how much of something one person may have. Again, or for a guest who never had anything, it does nothing.
pub async fn come_in(cx: &Cx, guest: GuestKey, account: AccountId) -> Result<(), sqlx::Error> {
    let mut tx = cx.begin().await?;
    if let Some(from) = store::find_of(&mut tx, &holder(&Buyer::Guest(guest))).await? {
        let into = store::open(&mut tx, &holder(&Buyer::Member(account)), cx.id(), cx.now()).await?;
        match store::merge(&mut tx, from.id, into.id, cx.now()).await {
            Ok(merged) => {
                let left_out = i32::try_from(merged.left_out.len()).unwrap_or(i32::MAX);
                let reduced = keep_within_limits(cx, &mut tx, into.id).await?;
                if left_out > 0 || reduced > 0 {
                    store::note_news(&mut tx, into.id, News { left_out, reduced }).await?;
                }
            }
            // In two currencies both stay; one who came first in another tab has taken it along.
            Err(MergeError::NoSuchCart | MergeError::TwoCurrencies) => {}
            Err(MergeError::Database(error)) => return Err(error),
        }
    }
    let groups = order::store::adopt(&mut tx, guest.as_bytes(), account).await?;
    if !groups.is_empty() {
        let groups: Vec<Uuid> = groups.into_iter().map(Uuid::from).collect();
        pricing::store::adopt(&mut tx, &groups, &price::member_key(account)).await?;
    }
    tx.commit().await
}

/// Of what may only be bought in so many pieces at once, what was chosen last stays as it is; of the rest there are fewer
/// pieces, or it is put aside. How many lines that were.
async fn keep_within_limits(cx: &Cx, tx: &mut Tx, cart: CartId) -> Result<i32, sqlx::Error> {
    let mut lines = store::lines(tx, cart).await?;
    lines.retain(|line| !line.saved_for_later);
    lines.sort_by_key(|line| std::cmp::Reverse((line.added_at, line.id)));
    let variants: Vec<VariantId> = lines.iter().map(|line| line.variant).collect();
    let goods = views::goods::goods(tx, &variants).await?;
    let mut room: HashMap<ProductId, i32> = HashMap::new();
    let mut reduced = 0;
    for line in lines {
        let Some((good, most)) = goods.get(&line.variant).and_then(|good| Some((good, good.max_qty?))) else {
            continue;
        };
        let room = room.entry(good.product).or_insert(most);
        if line.quantity.get() <= *room {
            *room -= line.quantity.get();
            continue;
        }
        reduced += 1;
        match Qty::try_from(std::mem::take(room)) {
            Ok(fewer) => match store::set_quantity(tx, cart, line.id, fewer, cx.now()).await {
                Ok(()) | Err(LineError::NoSuchLine | LineError::TooMany) => {}
                Err(LineError::Database(error)) => return Err(error),
            },
            Err(_) => {
                store::save_for_later(tx, cart, &[line.id], true, cx.now()).await?;
            }
        }
    }
    Ok(reduced)
}
