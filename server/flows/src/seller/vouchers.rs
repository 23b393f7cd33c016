//! The vouchers of a shop: given out, changed while nobody has used them, and switched off. Their shop always pays for
//! them, and they lower nobody else's prices.

use super::AtShop;
use access::audit::{Entry, Subject, record};
use kernel::{
    Cx, Tx,
    idempotency::{self, Claim, Key},
};
use model::{
    AppError, Code, FieldError, Lang, Permission, Qty,
    audit::Action,
    ids::{ProductId, ShopId, VoucherId},
    pricing::VoucherState,
    shop::{UsualOrder, VoucherCost, VoucherInput, VoucherList, VoucherStanding},
    typed::Problems,
};
use pricing::{
    InsertVoucherError, NewVoucher, Voucher,
    cost::{self, Usual},
    store::{self, Held},
    terms::{self, Terms},
};
use serde_json::json;
use sqlx::PgConnection;
use views::{
    ViewError,
    vouchers::{self, Found},
};

#[derive(Debug, thiserror::Error)]
pub enum VoucherError {
    /// Or it is another shop's, or not their work.
    #[error("the shop has no such voucher")]
    NotFound,
    #[error("what was typed is not right")]
    Invalid(Problems),
    #[error("another voucher has this code")]
    CodeTaken,
    #[error("somebody has used it, so its terms stay as they are")]
    Used,
    #[error("it has been changed meanwhile")]
    Stale,
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error("it cannot be priced: {0}")]
    Price(#[from] pricing::QuoteError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<VoucherError> for AppError {
    fn from(error: VoucherError) -> Self {
        match error {
            VoucherError::NotFound => Self::not_found(),
            VoucherError::Invalid(problems) => problems.into(),
            VoucherError::CodeTaken => Self::field("code", FieldError::Taken),
            VoucherError::Used | VoucherError::Stale => Code::Conflict.into(),
            VoucherError::KeyReused => Self::field("idempotency_key", FieldError::Taken),
            VoucherError::Price(error) => error.into(),
            VoucherError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<InsertVoucherError> for VoucherError {
    fn from(error: InsertVoucherError) -> Self {
        match error {
            InsertVoucherError::CodeTaken => Self::CodeTaken,
            InsertVoucherError::EndsBeforeItBegins => wrong("until", FieldError::OutOfRange),
            InsertVoucherError::OutOfRange => Self::Invalid(Problems::default()),
            InsertVoucherError::Database(error) => Self::Database(error),
        }
    }
}

fn wrong(field: &'static str, error: FieldError) -> VoucherError {
    let mut problems = Problems::default();
    problems.note(field, error);
    VoucherError::Invalid(problems)
}

/// Nobody gives a shop's money away but those whose work that is.
fn promoting(at: &AtShop) -> Result<ShopId, VoucherError> {
    if at.permissions().has(Permission::Promotions) { Ok(at.shop()) } else { Err(VoucherError::NotFound) }
}

/// A part of the shop's vouchers of one standing, the latest first.
pub async fn list(
    cx: &Cx,
    at: &AtShop,
    standing: VoucherStanding,
    after: Option<&str>,
    limit: u16,
) -> Result<VoucherList, ViewError> {
    let mut db = cx.db().acquire().await?;
    vouchers::list(&mut db, at.shop(), standing, after, cx.now(), limit).await
}

/// One of the shop's vouchers, and what it costs.
pub async fn find(
    cx: &Cx,
    at: &AtShop,
    voucher: VoucherId,
) -> Result<Option<(Found, VoucherCost)>, VoucherError> {
    let shop = promoting(at)?;
    let mut db = cx.db().acquire().await?;
    let Some(found) = vouchers::find(&mut db, shop, voucher, cx.now()).await? else { return Ok(None) };
    let usual = vouchers::usual(&mut db, shop).await?;
    let limits = (found.shown.quota, found.shown.budget);
    let cost = reckon(&found.voucher, shop, limits, usual)?;
    Ok(Some((found, cost)))
}

/// Gives a voucher out. Under a key, asking again answers with the one made the first time.
pub async fn make(
    cx: &Cx,
    at: &AtShop,
    input: &VoucherInput,
    key: Option<&Key>,
) -> Result<VoucherId, VoucherError> {
    let shop = promoting(at)?;
    let mut tx = cx.begin().await?;
    let id = cx.id::<VoucherId>();
    let new = read(&mut tx, cx, shop, id, input).await?;
    if new.until.is_some_and(|until| until <= cx.now()) {
        return Err(wrong("until", FieldError::OutOfRange));
    }
    if let Some(key) = key {
        let claim = (shop.uuid(), "voucher.make", key);
        match idempotency::claim(&mut tx, cx, claim, input, id.uuid()).await? {
            Claim::First => {}
            Claim::Again(made) => return Ok(made.into()),
            Claim::Other => return Err(VoucherError::KeyReused),
        }
    }
    store::insert_voucher(&mut tx, &new, cx.now()).await?;
    note(&mut tx, cx, shop, Action::VoucherMade, id, "made").await?;
    tx.commit().await?;
    Ok(id)
}

/// Writes a voucher's terms anew, if they are still of the version the edit began with and nobody has used it.
pub async fn change(
    cx: &Cx,
    at: &AtShop,
    (id, version): (VoucherId, i32),
    input: &VoucherInput,
) -> Result<(), VoucherError> {
    let shop = promoting(at)?;
    let mut tx = cx.begin().await?;
    // Whose it is comes before what is wrong with it.
    let held = hold(&mut tx, shop, (id, version)).await?;
    if held.is_used {
        return Err(VoucherError::Used);
    }
    let mut new = read(&mut tx, cx, shop, id, input).await?;
    if input.from.trim().is_empty() {
        new.from = held.from;
    }
    not_over(cx, held, new.until)?;
    if !store::rewrite_voucher(&mut tx, &new).await? {
        return Err(VoucherError::Used);
    }
    note(&mut tx, cx, shop, Action::VoucherChanged, id, "terms").await?;
    Ok(tx.commit().await?)
}

/// Says anew when a voucher ends and how often it may be used, which may only grow; also of one that was used. What is
/// not said stays.
pub async fn extend(
    cx: &Cx,
    at: &AtShop,
    (id, version): (VoucherId, i32),
    quota: Option<&str>,
    until: Option<&str>,
) -> Result<(), VoucherError> {
    let shop = promoting(at)?;
    let mut tx = cx.begin().await?;
    let held = hold(&mut tx, shop, (id, version)).await?;
    let mut problems = Problems::default();
    let quota = problems.take("quota", quota.map_or(Ok(held.quota), terms::uses));
    let until = problems.take("until", until.map_or(Ok(held.until), terms::last_day));
    let (Some(quota), Some(until)) = (quota, until) else { return Err(VoucherError::Invalid(problems)) };
    let lowered = match (held.quota, quota) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(before), Some(now)) => now < before,
    };
    if lowered {
        return Err(wrong("quota", FieldError::OutOfRange));
    }
    if until.is_some_and(|until| until <= held.from) {
        return Err(wrong("until", FieldError::OutOfRange));
    }
    not_over(cx, held, until)?;
    if !store::extend_voucher(&mut tx, shop, id, quota, until).await? {
        return Err(wrong("quota", FieldError::OutOfRange));
    }
    note(&mut tx, cx, shop, Action::VoucherChanged, id, "extended").await?;
    Ok(tx.commit().await?)
}

/// Switches a voucher off, or on again. Again, it changes nothing.
pub async fn switch(cx: &Cx, at: &AtShop, id: VoucherId, on: bool) -> Result<(), VoucherError> {
    let shop = promoting(at)?;
    let mut tx = cx.begin().await?;
    let state = if on { VoucherState::Active } else { VoucherState::Paused };
    if !store::mark_voucher(&mut tx, Some(shop), id, state).await? {
        return Err(VoucherError::NotFound);
    }
    note(&mut tx, cx, shop, Action::VoucherChanged, id, if on { "on" } else { "off" }).await?;
    Ok(tx.commit().await?)
}

/// What a voucher that is typed would cost.
pub async fn cost_of(cx: &Cx, at: &AtShop, input: &VoucherInput) -> Result<VoucherCost, VoucherError> {
    let shop = promoting(at)?;
    let mut db = cx.db().acquire().await?;
    let new = read(&mut db, cx, shop, cx.id(), input).await?;
    let usual = vouchers::usual(&mut db, shop).await?;
    reckon(&new.given(), shop, (new.quota, new.budget), usual)
}

/// Reads what was typed; products and categories are the shop's own.
async fn read(
    db: &mut PgConnection,
    cx: &Cx,
    shop: ShopId,
    id: VoucherId,
    input: &VoucherInput,
) -> Result<NewVoucher, VoucherError> {
    let terms = Terms::parse(input, cx.now()).map_err(VoucherError::Invalid)?;
    let found = vouchers::products_of(db, shop, &terms.skus).await?;
    let mut products: Vec<ProductId> = Vec::new();
    for product in found {
        let product = product.ok_or_else(|| wrong("skus", FieldError::NotAllowed))?;
        if !products.contains(&product) {
            products.push(product);
        }
    }
    if !terms.categories.is_empty() {
        let own = vouchers::categories(db, shop, Lang::Id).await?;
        if !terms.categories.iter().all(|id| own.iter().any(|own| own.id == *id)) {
            return Err(wrong("categories", FieldError::NotAllowed));
        }
    }
    Ok(terms.of_shop(id, shop, products))
}

async fn hold(tx: &mut Tx, shop: ShopId, (id, version): (VoucherId, i32)) -> Result<Held, VoucherError> {
    let held = store::lock_voucher(tx, shop, id).await?.ok_or(VoucherError::NotFound)?;
    if held.version == version { Ok(held) } else { Err(VoucherError::Stale) }
}

/// What is said of its end is not over already, unless it was said before.
fn not_over(cx: &Cx, held: Held, until: Option<time::OffsetDateTime>) -> Result<(), VoucherError> {
    let over = until.is_some_and(|until| until <= cx.now()) && until != held.until;
    if over { Err(wrong("until", FieldError::OutOfRange)) } else { Ok(()) }
}

fn reckon(
    voucher: &Voucher,
    shop: ShopId,
    (quota, budget): (Option<i32>, Option<model::Money>),
    usual: Option<UsualOrder>,
) -> Result<VoucherCost, VoucherError> {
    let off = match usual {
        Some(order) => {
            let pieces = Qty::try_from(order.pieces).unwrap_or(Qty::ONE);
            let usual = Usual { goods: order.goods, pieces, shipping: order.shipping };
            cost::example(voucher, shop, &usual)?
        }
        None => model::Money::idr(0),
    };
    Ok(VoucherCost {
        most_each: cost::most_each(&voucher.kind),
        worst: cost::worst(&voucher.kind, quota, budget),
        usual,
        off,
    })
}

async fn note(
    tx: &mut Tx,
    cx: &Cx,
    shop: ShopId,
    action: Action,
    voucher: VoucherId,
    what: &str,
) -> Result<(), sqlx::Error> {
    let entry = Entry::of(action, Subject::Shop(shop)).after(json!({"voucher": voucher, "what": what}));
    record(tx, cx, &entry).await.map(drop)
}
