//! Vouchers, whoever gives them out: made, changed while nobody has used them, and switched off. A shop's are for its own
//! goods alone, the platform's for everybody's; each pays for its own. Who may give for whom is asked by
//! [`seller::vouchers`](crate::seller::vouchers) and [`platform`].

pub mod platform;

use access::audit::{Entry, Subject, record};
use kernel::{
    Cx, Tx,
    idempotency::{self, Claim, Key},
};
use model::{
    AppError, Code, FieldError, Lang, Money, Qty,
    audit::Action,
    ids::{ProductId, ShopId, Uuid, VoucherId},
    pricing::VoucherState,
    shop::{UsualOrder, VoucherCost, VoucherInput, VoucherList, VoucherStanding},
    typed::Problems,
    views::Deal,
};
use pricing::{
    InsertVoucherError, NewVoucher, Voucher,
    cost::{self, Usual},
    store::{self, Held},
    terms::{self, Terms},
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;
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

/// Who gives a voucher out, and pays for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Giver {
    Shop(ShopId),
    House,
}

impl Giver {
    const fn shop(self) -> Option<ShopId> {
        match self {
            Self::Shop(shop) => Some(shop),
            Self::House => None,
        }
    }

    fn subject(self) -> Subject {
        self.shop().map_or(Subject::House, Subject::Shop)
    }

    /// Under which keys of requests are taken.
    fn uuid(self) -> Uuid {
        self.shop().map_or(Uuid::nil(), ShopId::uuid)
    }

    async fn usual(self, db: &mut PgConnection) -> Result<Option<UsualOrder>, sqlx::Error> {
        match self {
            Self::Shop(shop) => vouchers::usual(db, shop).await,
            Self::House => vouchers::usual_anywhere(db).await,
        }
    }
}

/// A part of them of one standing, the latest first.
pub(crate) async fn list(
    cx: &Cx,
    giver: Giver,
    standing: VoucherStanding,
    after: Option<&str>,
    limit: u16,
) -> Result<VoucherList, ViewError> {
    let mut db = cx.db().acquire().await?;
    vouchers::list(&mut db, giver.shop(), standing, after, cx.now(), limit).await
}

/// One of them, and what it costs.
pub(crate) async fn find(
    cx: &Cx,
    giver: Giver,
    voucher: VoucherId,
) -> Result<Option<(Found, VoucherCost)>, VoucherError> {
    let mut db = cx.db().acquire().await?;
    let Some(found) = vouchers::find(&mut db, giver.shop(), voucher, cx.now()).await? else {
        return Ok(None);
    };
    let usual = giver.usual(&mut db).await?;
    let limits = (found.shown.quota, found.shown.budget);
    let cost = reckon(&found.voucher, giver, limits, usual)?;
    Ok(Some((found, cost)))
}

/// Gives a voucher out. Under a key, asking again answers with the one made the first time.
pub(crate) async fn make(
    cx: &Cx,
    giver: Giver,
    input: &VoucherInput,
    key: Option<&Key>,
) -> Result<VoucherId, VoucherError> {
    let mut tx = cx.begin().await?;
    let id = cx.id::<VoucherId>();
    let new = read(&mut tx, cx, giver, id, input).await?;
    if new.until.is_some_and(|until| until <= cx.now()) {
        return Err(wrong("until", FieldError::OutOfRange));
    }
    if let Some(key) = key {
        let claim = (giver.uuid(), "voucher.make", key);
        match idempotency::claim(&mut tx, cx, claim, input, id.uuid()).await? {
            Claim::First => {}
            Claim::Again(made) => return Ok(made.into()),
            Claim::Other => return Err(VoucherError::KeyReused),
        }
    }
    store::insert_voucher(&mut tx, &new, cx.now()).await?;
    note(&mut tx, cx, (giver, Action::VoucherMade, "made"), id, None).await?;
    tx.commit().await?;
    Ok(id)
}

/// Writes a voucher's terms anew, if they are still of the version the edit began with and nobody has used it.
pub(crate) async fn change(
    cx: &Cx,
    giver: Giver,
    (id, version): (VoucherId, i32),
    input: &VoucherInput,
) -> Result<(), VoucherError> {
    let mut tx = cx.begin().await?;
    // Whose it is comes before what is wrong with it.
    let held = hold(&mut tx, giver, (id, version)).await?;
    if held.is_used {
        return Err(VoucherError::Used);
    }
    let mut new = read(&mut tx, cx, giver, id, input).await?;
    if input.from.trim().is_empty() {
        new.from = held.from;
    }
    not_over(cx, held, new.until)?;
    let before = facts(&mut tx, id).await?;
    if !store::rewrite_voucher(&mut tx, &new).await? {
        return Err(VoucherError::Used);
    }
    note(&mut tx, cx, (giver, Action::VoucherChanged, "terms"), id, before).await?;
    Ok(tx.commit().await?)
}

/// Says anew when a voucher ends and how often it may be used, which may only grow; also of one that was used. What is
/// not said stays.
pub(crate) async fn extend(
    cx: &Cx,
    giver: Giver,
    (id, version): (VoucherId, i32),
    quota: Option<&str>,
    until: Option<&str>,
) -> Result<(), VoucherError> {
    let mut tx = cx.begin().await?;
    let held = hold(&mut tx, giver, (id, version)).await?;
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
    let before = facts(&mut tx, id).await?;
    if !store::extend_voucher(&mut tx, giver.shop(), id, quota, until).await? {
        return Err(wrong("quota", FieldError::OutOfRange));
    }
    note(&mut tx, cx, (giver, Action::VoucherChanged, "extended"), id, before).await?;
    Ok(tx.commit().await?)
}

/// Switches a voucher off, or on again. Again, it changes nothing.
pub(crate) async fn switch(cx: &Cx, giver: Giver, id: VoucherId, on: bool) -> Result<(), VoucherError> {
    let mut tx = cx.begin().await?;
    let state = if on { VoucherState::Active } else { VoucherState::Paused };
    let before = facts(&mut tx, id).await?;
    if !store::mark_voucher(&mut tx, giver.shop(), id, state).await? {
        return Err(VoucherError::NotFound);
    }
    let what = if on { "on" } else { "off" };
    note(&mut tx, cx, (giver, Action::VoucherChanged, what), id, before).await?;
    Ok(tx.commit().await?)
}

/// Lets a voucher that holds end now. One that is over stays as it is.
pub(crate) async fn end(cx: &Cx, giver: Giver, id: VoucherId) -> Result<(), VoucherError> {
    let mut tx = cx.begin().await?;
    store::lock_voucher(&mut tx, giver.shop(), id).await?.ok_or(VoucherError::NotFound)?;
    let before = facts(&mut tx, id).await?;
    if !store::end_voucher(&mut tx, giver.shop(), id, cx.now()).await? {
        return Ok(());
    }
    note(&mut tx, cx, (giver, Action::VoucherChanged, "ended"), id, before).await?;
    Ok(tx.commit().await?)
}

/// What a voucher that is typed would cost.
pub(crate) async fn cost_of(
    cx: &Cx,
    giver: Giver,
    input: &VoucherInput,
) -> Result<VoucherCost, VoucherError> {
    let mut db = cx.db().acquire().await?;
    let new = read(&mut db, cx, giver, cx.id(), input).await?;
    let usual = giver.usual(&mut db).await?;
    reckon(&new.given(), giver, (new.quota, new.budget), usual)
}

/// Reads what was typed. A shop's products and categories are its own, and it asks for no tier of members; the platform names
/// no products, since a SKU is one shop's, and the categories at the top of the tree.
async fn read(
    db: &mut PgConnection,
    cx: &Cx,
    giver: Giver,
    id: VoucherId,
    input: &VoucherInput,
) -> Result<NewVoucher, VoucherError> {
    let terms = Terms::parse(input, cx.now()).map_err(VoucherError::Invalid)?;
    let mut products: Vec<ProductId> = Vec::new();
    let known = match giver {
        Giver::Shop(_) if terms.tier.is_some() => return Err(wrong("tier", FieldError::NotAllowed)),
        Giver::Shop(shop) => {
            for product in vouchers::products_of(db, shop, &terms.skus).await? {
                let product = product.ok_or_else(|| wrong("skus", FieldError::NotAllowed))?;
                if !products.contains(&product) {
                    products.push(product);
                }
            }
            if terms.categories.is_empty() {
                vec![]
            } else {
                vouchers::categories(db, shop, Lang::Id).await?
            }
        }
        Giver::House if !terms.skus.is_empty() => return Err(wrong("skus", FieldError::NotAllowed)),
        Giver::House => vouchers::top_categories(db, Lang::Id).await?,
    };
    if !terms.categories.iter().all(|id| known.iter().any(|it| it.id == *id)) {
        return Err(wrong("categories", FieldError::NotAllowed));
    }
    Ok(terms.given(id, giver.shop(), products))
}

async fn hold(tx: &mut Tx, giver: Giver, (id, version): (VoucherId, i32)) -> Result<Held, VoucherError> {
    let held = store::lock_voucher(tx, giver.shop(), id).await?.ok_or(VoucherError::NotFound)?;
    if held.version == version { Ok(held) } else { Err(VoucherError::Stale) }
}

/// What is said of its end is not over already, unless it was said before.
fn not_over(cx: &Cx, held: Held, until: Option<OffsetDateTime>) -> Result<(), VoucherError> {
    let over = until.is_some_and(|until| until <= cx.now()) && until != held.until;
    if over { Err(wrong("until", FieldError::OutOfRange)) } else { Ok(()) }
}

fn reckon(
    voucher: &Voucher,
    giver: Giver,
    (quota, budget): (Option<i32>, Option<Money>),
    usual: Option<UsualOrder>,
) -> Result<VoucherCost, VoucherError> {
    let off = match usual {
        Some(order) => {
            let pieces = Qty::try_from(order.pieces).unwrap_or(Qty::ONE);
            let usual = Usual { goods: order.goods, pieces, shipping: order.shipping };
            cost::example(voucher, giver.shop().unwrap_or(ShopId::new(Uuid::nil())), &usual)?
        }
        None => Money::idr(0),
    };
    Ok(VoucherCost {
        most_each: cost::most_each(&voucher.kind),
        worst: cost::worst(&voucher.kind, quota, budget),
        usual,
        off,
    })
}

/// Writes down what was done, and the voucher as it was and is.
async fn note(
    tx: &mut Tx,
    cx: &Cx,
    (giver, action, what): (Giver, Action, &str),
    voucher: VoucherId,
    before: Option<Value>,
) -> Result<(), sqlx::Error> {
    let is = facts(tx, voucher).await?;
    let entry = Entry::of(action, giver.subject()).after(json!({"voucher": voucher, "what": what, "is": is}));
    let entry = match before {
        Some(before) => entry.before(json!({"voucher": voucher, "was": before})),
        None => entry,
    };
    record(tx, cx, &entry).await.map(drop)
}

/// What the audit log keeps of a voucher.
async fn facts(tx: &mut Tx, voucher: VoucherId) -> Result<Option<Value>, sqlx::Error> {
    let found = store::load(tx, &[voucher], None).await?.pop();
    Ok(found.map(|it| {
        json!({"typed": it.code, "name": it.name, "gives": Deal::from(it.kind),
            "min_spend": it.conditions.min_spend.map(Money::amount), "tier": it.conditions.member_tier,
            "products": it.conditions.products.len(), "categories": it.conditions.categories, "from": it.from.unix_timestamp(),
            "until": it.until.map(OffsetDateTime::unix_timestamp), "state": it.state, "public": it.public,
            "uses_left": it.left.quota, "budget_left": it.left.budget.map(Money::amount),
            "each": it.left.per_person})
    }))
}
