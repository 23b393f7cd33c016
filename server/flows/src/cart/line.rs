//! What shoppers do with what lies in their carts.

use super::{CartError, by_their_own, locked, others, sold_at_once};
use cart::{Line, Note, store};
use kernel::{Buyer, Cx, Tx};
use model::ids::{CartId, CartLineId, ShopId};

/// What is to be different about a line. What is none stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Change {
    pub quantity: Option<i32>,
    /// Whether it is put aside.
    pub saved: Option<bool>,
    /// Whether it is checked out with the others; what is put aside is not.
    pub ticked: Option<bool>,
    /// Empty takes it away. A line that comes to have the same note as another joins it.
    pub note: Option<String>,
}

/// All of it, or nothing.
pub async fn change(cx: &Cx, buyer: &Buyer, line: CartLineId, change: &Change) -> Result<(), CartError> {
    let note = change.note.as_deref().map(Note::typed).transpose().map_err(|_| CartError::Note)?;
    let (mut tx, cart) = locked(cx, buyer).await?;
    let (cart, now) = (cart.id, cx.now());
    let before = store::lines(&mut tx, cart).await?;
    let this = before.iter().find(|it| it.id == line).ok_or(CartError::NotFound)?;
    if let Some(quantity) = change.quantity {
        set_pieces(cx, &mut tx, cart, this, quantity).await?;
    }
    if let Some(saved) = change.saved {
        store::save_for_later(&mut tx, cart, &[line], saved, now).await?;
    }
    if let Some(on) = change.ticked {
        store::tick(&mut tx, cart, &[line], on, now).await?;
    }
    // Last, since the line may join another by it.
    if let Some(note) = note {
        store::set_note(&mut tx, cart, line, &note, now).await?;
    }
    let touched = change.quantity.map(|_| line);
    by_their_own(cx, &mut tx, buyer, cart, &before, touched).await?;
    Ok(tx.commit().await?)
}

/// Undoes nothing by itself: the line has so many pieces afterwards.
pub async fn set_quantity(cx: &Cx, buyer: &Buyer, line: CartLineId, quantity: i32) -> Result<(), CartError> {
    let (mut tx, cart) = locked(cx, buyer).await?;
    let before = store::lines(&mut tx, cart.id).await?;
    let this = before.iter().find(|it| it.id == line).ok_or(CartError::NotFound)?;
    set_pieces(cx, &mut tx, cart.id, this, quantity).await?;
    by_their_own(cx, &mut tx, buyer, cart.id, &before, Some(line)).await?;
    Ok(tx.commit().await?)
}

async fn set_pieces(cx: &Cx, tx: &mut Tx, cart: CartId, line: &Line, quantity: i32) -> Result<(), CartError> {
    let goods = views::goods::goods(tx, &[line.variant]).await?;
    let good = goods.get(&line.variant).ok_or(CartError::NotOnSale)?;
    let others = others(tx, cart, good, Some(line.id)).await?;
    let pieces = sold_at_once(good, quantity, others, Some(line.quantity.get()))?;
    Ok(store::set_quantity(tx, cart, line.id, pieces, cx.now()).await?)
}

pub async fn set_note(cx: &Cx, buyer: &Buyer, line: CartLineId, note: &str) -> Result<(), CartError> {
    let note = Note::typed(note).map_err(|_| CartError::Note)?;
    let (mut tx, cart) = locked(cx, buyer).await?;
    let before = store::lines(&mut tx, cart.id).await?;
    store::set_note(&mut tx, cart.id, line, &note, cx.now()).await?;
    by_their_own(cx, &mut tx, buyer, cart.id, &before, None).await?;
    Ok(tx.commit().await?)
}

/// Which lines a tick is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ticked {
    Line(CartLineId),
    Shop(ShopId),
    All,
}

/// Chooses what is checked out. What is not there any more is left out.
pub async fn tick(cx: &Cx, buyer: &Buyer, which: Ticked, on: bool) -> Result<(), CartError> {
    let (mut tx, cart) = locked(cx, buyer).await?;
    let before = store::lines(&mut tx, cart.id).await?;
    match which {
        Ticked::Line(line) => store::tick(&mut tx, cart.id, &[line], on, cx.now()).await?,
        Ticked::Shop(shop) => store::tick_shop(&mut tx, cart.id, shop, on, cx.now()).await?,
        Ticked::All => store::tick_all(&mut tx, cart.id, on, cx.now()).await?,
    };
    by_their_own(cx, &mut tx, buyer, cart.id, &before, None).await?;
    Ok(tx.commit().await?)
}

/// Puts a line aside, or back into the cart.
pub async fn save_for_later(cx: &Cx, buyer: &Buyer, line: CartLineId, saved: bool) -> Result<(), CartError> {
    let (mut tx, cart) = locked(cx, buyer).await?;
    let before = store::lines(&mut tx, cart.id).await?;
    store::save_for_later(&mut tx, cart.id, &[line], saved, cx.now()).await?;
    by_their_own(cx, &mut tx, buyer, cart.id, &before, None).await?;
    Ok(tx.commit().await?)
}

/// Takes a line out. Once gone, it stays gone: pressing twice is the same as once.
pub async fn remove(cx: &Cx, buyer: &Buyer, line: CartLineId) -> Result<(), CartError> {
    let (mut tx, cart) = locked(cx, buyer).await?;
    let before = store::lines(&mut tx, cart.id).await?;
    store::remove(&mut tx, cart.id, &[line], cx.now()).await?;
    by_their_own(cx, &mut tx, buyer, cart.id, &before, None).await?;
    Ok(tx.commit().await?)
}
