//! What shoppers do with their carts. A cart is opened by the first thing put into it.

mod best;
mod come_in;
mod line;
pub(crate) mod methods;
pub(crate) mod price;
pub(crate) mod ship;
pub(crate) mod show;
mod view;
mod why;

pub(crate) use best::choose_best;
pub use best::use_best;
pub use come_in::come_in;
pub use line::{Change, Ticked, change, remove, save_for_later, set_note, set_quantity, tick};
pub(crate) use view::{Offers, voucher_offers};
pub use view::{count, view};

use crate::once::{self, OnceError};
use cart::{AddError, Cart, CodeError, Holder, Line, LineError, NewLine, Note, VoucherCode, store};
use kernel::{Buyer, Cx, Tx, idempotency::Key};
use model::{
    AppError, Code, FieldError, Qty,
    ids::{CartId, CartLineId, Uuid, VariantId},
};
use views::goods::Good;

#[derive(Debug, thiserror::Error)]
pub enum CartError {
    #[error("there is no such line or cart")]
    NotFound,
    #[error("it is not on sale")]
    NotOnSale,
    /// So many can be had.
    #[error("{left} are left")]
    SoldOut { left: i32 },
    /// So few or so many are not sold at once.
    #[error("between {least} and {most} are sold at once")]
    Quantity { least: i32, most: i32 },
    #[error("the note is too long")]
    Note,
    #[error("that is no voucher code")]
    Code,
    #[error("the cart has no room for it")]
    Full,
    #[error("the cart is in another currency")]
    Currency,
    #[error(transparent)]
    Once(#[from] OnceError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<CartError> for AppError {
    fn from(error: CartError) -> Self {
        match error {
            CartError::NotFound => Self::not_found(),
            CartError::NotOnSale => Self::field("variant", FieldError::NotAllowed),
            CartError::SoldOut { .. } => Self::new(Code::SoldOut),
            CartError::Quantity { .. } => Self::field("quantity", FieldError::OutOfRange),
            CartError::Note => Self::field("note", FieldError::TooLong),
            CartError::Code => Self::field("code", FieldError::Malformed),
            CartError::Full => Self::new(Code::CartFull),
            CartError::Currency => Self::new(Code::Conflict),
            CartError::Once(error) => error.into(),
            CartError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<AddError> for CartError {
    fn from(error: AddError) -> Self {
        match error {
            AddError::NoSuchCart | AddError::NoSuchVariant => Self::NotFound,
            AddError::Full | AddError::TooMany { .. } => Self::Full,
            AddError::WrongCurrency => Self::Currency,
            AddError::Database(error) => Self::Database(error),
        }
    }
}

impl From<LineError> for CartError {
    fn from(error: LineError) -> Self {
        match error {
            LineError::NoSuchLine => Self::NotFound,
            LineError::TooMany => Self::Full,
            LineError::Database(error) => Self::Database(error),
        }
    }
}

impl From<CodeError> for CartError {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::NoSuchCart => Self::NotFound,
            CodeError::TooMany => Self::Full,
            CodeError::Database(error) => Self::Database(error),
        }
    }
}

pub(crate) fn holder(buyer: &Buyer) -> Holder {
    match buyer {
        Buyer::Member(account) => Holder::Account(*account),
        Buyer::Guest(key) => Holder::Guest(*key.as_bytes()),
    }
}

/// Which cart this buyer has, if any.
pub async fn id(cx: &Cx, buyer: &Buyer) -> Result<Option<CartId>, sqlx::Error> {
    let cart = store::find_of(&mut *cx.db().acquire().await?, &holder(buyer)).await?;
    Ok(cart.map(|cart| cart.id))
}

/// The cart this buyer has, else a new one.
pub async fn open(cx: &Cx, buyer: &Buyer) -> Result<CartId, CartError> {
    let mut tx = cx.begin().await?;
    let cart = store::open(&mut tx, &holder(buyer), cx.id(), cx.now()).await?;
    tx.commit().await?;
    Ok(cart.id)
}

/// The cart of a guest who has come just now.
pub async fn open_new(cx: &Cx, buyer: &Buyer) -> Result<CartId, CartError> {
    let mut db = cx.db().acquire().await?;
    Ok(store::make(&mut db, &holder(buyer), cx.id(), cx.now()).await?.id)
}

/// Puts pieces of a variant into the cart; those of the same note join.
pub async fn add(
    cx: &Cx,
    buyer: &Buyer,
    variant: VariantId,
    quantity: i32,
    note: &str,
) -> Result<(), CartError> {
    let mut tx = cx.begin().await?;
    put(cx, &mut tx, buyer, variant, (quantity, Beside::TheRest), note).await?;
    Ok(tx.commit().await?)
}

/// As [`add`]; again under the same key it adds nothing more.
pub async fn add_once(
    cx: &Cx,
    buyer: &Buyer,
    key: Option<&Key>,
    (variant, quantity): (VariantId, i32),
    note: &str,
) -> Result<(), CartError> {
    let mut tx = cx.begin().await?;
    let claim = (buyer.uuid(), "cart.add", key);
    if once::made_before(cx, &mut tx, claim, &(variant, quantity, note), cx.id()).await?.is_some() {
        return Ok(tx.roll_back().await?);
    }
    put(cx, &mut tx, buyer, variant, (quantity, Beside::TheRest), note).await?;
    Ok(tx.commit().await?)
}

/// Several at once, those that can still be bought and as many of them as there are; how many that were. Again under
/// the same key it adds nothing more and says the same.
pub(crate) async fn add_all(
    cx: &Cx,
    buyer: &Buyer,
    (operation, key, of): (&'static str, Option<&Key>, Uuid),
    wanted: &[(VariantId, i32)],
) -> Result<u32, CartError> {
    let mut tx = cx.begin().await?;
    let mut added = 0;
    for (variant, quantity) in wanted {
        let mut put = put(cx, &mut tx, buyer, *variant, (*quantity, Beside::TheRest), "").await;
        if let Err(CartError::SoldOut { left }) = put
            && left > 0
        {
            put = self::put(cx, &mut tx, buyer, *variant, (left, Beside::TheRest), "").await;
        }
        match put {
            Ok(_) => added += 1,
            // What is gone stays away.
            Err(CartError::NotOnSale | CartError::SoldOut { .. } | CartError::Quantity { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    // How many it were is what is answered again, so the key is taken last; what was put in twice by then is undone.
    let answer = Uuid::from_u128(added.into());
    let claim = (buyer.uuid(), operation, key);
    if let Some(answer) = once::made_before(cx, &mut tx, claim, &of, answer).await? {
        tx.roll_back().await?;
        return Ok(u32::try_from(answer.as_u128()).unwrap_or(u32::MAX));
    }
    tx.commit().await?;
    Ok(added)
}

/// Puts pieces into the cart and ticks only these, to check them out at once. What was there of the same note is set
/// to this number: pressing the button twice does not buy twice as many.
pub async fn buy_now(
    cx: &Cx,
    buyer: &Buyer,
    variant: VariantId,
    quantity: i32,
    note: &str,
) -> Result<(), CartError> {
    let mut tx = cx.begin().await?;
    let (cart, line) = put(cx, &mut tx, buyer, variant, (quantity, Beside::Nothing), note).await?;
    let before = store::lines(&mut tx, cart).await?;
    let pieces = Qty::try_from(quantity).map_err(|_| CartError::Quantity { least: 1, most: 999 })?;
    store::set_quantity(&mut tx, cart, line, pieces, cx.now()).await?;
    store::tick_all(&mut tx, cart, false, cx.now()).await?;
    store::tick(&mut tx, cart, &[line], true, cx.now()).await?;
    by_their_own(cx, &mut tx, buyer, cart, &before, Some(line)).await?;
    Ok(tx.commit().await?)
}

/// What counts when pieces are added, of that of which only so many may be bought at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// They are bought alone.
    Nothing,
    /// They are bought with what is there of the same product.
    TheRest,
}

async fn put(
    cx: &Cx,
    tx: &mut Tx,
    buyer: &Buyer,
    variant: VariantId,
    (quantity, beside): (i32, Beside),
    note: &str,
) -> Result<(CartId, CartLineId), CartError> {
    let goods = views::goods::goods(tx, &[variant]).await?;
    let good = goods.get(&variant).filter(|good| good.on_sale).ok_or(CartError::NotOnSale)?;
    let note = Note::typed(note).map_err(|_| CartError::Note)?;
    let cart = store::hold(tx, &holder(buyer), cx.id(), cx.now()).await?;
    let others = match beside {
        Beside::TheRest => others(tx, cart.id, good, None).await?,
        Beside::Nothing => 0,
    };
    let pieces = sold_at_once(good, quantity, others, None)?;
    let left = inventory::store::available(tx, &[variant]).await?.get(&variant).map_or(0, |it| it.sellable);
    if left < pieces.get() {
        return Err(CartError::SoldOut { left: left.max(0) });
    }
    let before = lines_on_offer(tx, cart.id, good, pieces).await?;
    let line = NewLine { id: cx.id(), variant, quantity: pieces, note, price_seen: good.price };
    let line = store::add(tx, &cart, line, good.product, cx.now()).await?;
    // The line was written with the variant's own price.
    if let Some(before) = before {
        by_their_own(cx, tx, buyer, cart.id, &before, Some(line)).await?;
    }
    Ok((cart.id, line))
}

/// Where a piece may cost anything but the price of its variant: the lines there are.
async fn lines_on_offer(
    tx: &mut Tx,
    cart: CartId,
    good: &Good,
    more: Qty,
) -> Result<Option<Vec<Line>>, sqlx::Error> {
    if let Some((wholesale, _)) = good.tiers.first() {
        let lines = store::lines(tx, cart).await?;
        let pieces: i32 = lines.iter().map(|line| line.quantity.get()).sum();
        if pieces + more.get() >= *wholesale {
            return Ok(Some(lines));
        }
    }
    Ok(if good.scheduled { Some(store::lines(tx, cart).await?) } else { None })
}

/// Whoever changes what they take has seen what one piece of it costs now: with wholesale prices that depends on it, and
/// so does what one piece costs of the other lines, which stood there as `before`. What was not seen of these before is
/// not seen by this.
async fn by_their_own(
    cx: &Cx,
    tx: &mut Tx,
    buyer: &Buyer,
    cart: CartId,
    before: &[Line],
    touched: Option<CartLineId>,
) -> Result<(), sqlx::Error> {
    let Some(priced) = price::load(cx, tx, buyer, price::Reach::Goods, None).await? else { return Ok(()) };
    let (were, are) = (show::units(&priced, before), show::units(&priced, &priced.lines));
    let seen = |line: &Line| {
        let now = *are.get(&line.id)?;
        let knew = touched == Some(line.id) || were.get(&line.id).is_some_and(|was| *was == line.price_seen);
        (knew && now != line.price_seen).then_some((line.id, now))
    };
    let seen: Vec<_> = priced.lines.iter().filter_map(seen).collect();
    if !seen.is_empty() {
        store::accept_prices(tx, cart, &seen, cx.now()).await?;
    }
    Ok(())
}

/// The shopper has seen what is different: prices as they are now, and what sign-in made of two carts.
pub async fn see_changes(cx: &Cx, buyer: &Buyer) -> Result<(), CartError> {
    let (mut tx, cart) = locked(cx, buyer).await?;
    let priced =
        price::load(cx, &mut tx, buyer, price::Reach::Goods, None).await.map_err(sqlx::Error::from)?;
    let Some(priced) = priced else { return Err(CartError::NotFound) };
    let seen: Vec<_> = show::units(&priced, &priced.lines).into_iter().collect();
    store::accept_prices(&mut tx, cart.id, &seen, cx.now()).await?;
    store::see_news(&mut tx, cart.id).await?;
    Ok(tx.commit().await?)
}

/// Pieces of the same product on other lines, where it matters how many are bought at once.
async fn others(tx: &mut Tx, cart: CartId, good: &Good, but: Option<CartLineId>) -> Result<i64, sqlx::Error> {
    if good.min_qty <= 1 && good.max_qty.is_none() {
        return Ok(0);
    }
    store::pieces_of(tx, cart, good.product, but).await
}

/// Whether so many may be bought with so many `others` of the product. From what there were `before`, of which there may
/// have been too many or too few, one may always come nearer to it.
fn sold_at_once(good: &Good, quantity: i32, others: i64, before: Option<i32>) -> Result<Qty, CartError> {
    let most = good.max_qty.unwrap_or(cart::limits::MOST_PIECES);
    let refused = CartError::Quantity { least: good.min_qty, most };
    let Ok(pieces) = Qty::try_from(quantity) else { return Err(refused) };
    let all = others + i64::from(quantity);
    let enough = all >= i64::from(good.min_qty) || before.is_some_and(|before| quantity >= before);
    let few = good.max_qty.is_none_or(|most| all <= i64::from(most))
        || before.is_some_and(|before| quantity <= before);
    if enough && few && quantity <= cart::limits::MOST_PIECES { Ok(pieces) } else { Err(refused) }
}

/// Notes a voucher code, whether it applies now or not: that is said with the price.
pub async fn add_code(cx: &Cx, buyer: &Buyer, code: &str) -> Result<(), CartError> {
    let code: VoucherCode = code.parse().map_err(|_| CartError::Code)?;
    let (mut tx, cart) = locked(cx, buyer).await?;
    store::add_code(&mut tx, cart.id, &code, cx.now()).await?;
    Ok(tx.commit().await?)
}

pub async fn remove_code(cx: &Cx, buyer: &Buyer, code: &str) -> Result<(), CartError> {
    let code: VoucherCode = code.parse().map_err(|_| CartError::Code)?;
    let (mut tx, cart) = locked(cx, buyer).await?;
    store::remove_code(&mut tx, cart.id, &code, cx.now()).await?;
    Ok(tx.commit().await?)
}

/// A transaction in which nobody else changes this cart.
pub(crate) async fn locked(cx: &Cx, buyer: &Buyer) -> Result<(Tx, Cart), CartError> {
    let mut tx = cx.begin().await?;
    let cart = lock(&mut tx, buyer).await?;
    Ok((tx, cart))
}

/// Keeps everybody else from changing this cart until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, buyer: &Buyer) -> Result<Cart, CartError> {
    store::lock_of(tx, &holder(buyer)).await?.ok_or(CartError::NotFound)
}
