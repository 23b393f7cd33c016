//! Flash sales as operators put them together: announced with their rules, filled with what shops nominate, and called
//! off before they begin. What has begun goes on to its end: shoppers were promised it. A variant is in one sale at a time,
//! or one of its prices would be kept from shoppers. Shops are [told](TellNominated) what was decided.

mod tell;

pub use tell::TellNominated;

use crate::dated::TellSale;
use access::audit::{Entry, Subject, record};
use kernel::{
    Cx, Operator, Tx,
    idempotency::{self, Claim, Key},
    jobs::NewJob,
};
use model::{
    AppError, Code, Duty, FieldError, Page,
    audit::Action,
    ids::{FlashSaleId, VariantId},
    typed::{self, Problems},
    views::sales::{NominationState, SaleInput, SalePage, SaleRow, limits},
};
use pricing::{
    AcceptError,
    sale::SaleTerms,
    store::{self, HeldSale, Nomination},
};
use serde_json::{Value, json};
use time::OffsetDateTime;
use views::ViewError;

#[derive(Debug, thiserror::Error)]
pub enum SaleError {
    /// Or it is not this operator's duty.
    #[error("there is no such sale or nomination")]
    NotFound,
    #[error("what was typed is not right")]
    Invalid(Problems),
    /// It has begun, was called off, or somebody else has decided.
    #[error("it is not to be decided any more")]
    Settled,
    /// The variant was accepted into another sale for a part of that time.
    #[error("it is in another sale at that time")]
    Elsewhere,
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error(transparent)]
    View(#[from] ViewError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SaleError> for AppError {
    fn from(error: SaleError) -> Self {
        match error {
            SaleError::NotFound => Self::not_found(),
            SaleError::Invalid(problems) => problems.into(),
            SaleError::Settled => Code::Conflict.into(),
            SaleError::Elsewhere => Self::field("variant", FieldError::Taken),
            SaleError::KeyReused => Code::KeyReused.into(),
            SaleError::View(error) => error.into(),
            SaleError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<AcceptError> for SaleError {
    fn from(error: AcceptError) -> Self {
        match error {
            AcceptError::Elsewhere => Self::Elsewhere,
            AcceptError::Database(error) => Self::Database(error),
        }
    }
}

/// Campaigns are the work of those who look after the catalogue.
fn campaigning(operator: &Operator) -> Result<(), SaleError> {
    if operator.duty() == Duty::Catalogue { Ok(()) } else { Err(SaleError::NotFound) }
}

/// All sales, those that begin last first.
pub async fn list(
    cx: &Cx,
    operator: &Operator,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<SaleRow>, SaleError> {
    campaigning(operator)?;
    let mut db = cx.db().acquire().await?;
    Ok(views::sales::list(&mut db, after, cx.now(), limit).await?)
}

/// One of them, and what is asked for in it of one state.
pub async fn find(
    cx: &Cx,
    operator: &Operator,
    sale: FlashSaleId,
    state: NominationState,
    after: Option<&str>,
    limit: u16,
) -> Result<SalePage, SaleError> {
    campaigning(operator)?;
    let mut db = cx.db().acquire().await?;
    let sale = views::sales::find(&mut db, sale, None, cx.now()).await?.ok_or(SaleError::NotFound)?;
    let goods = views::sales::nominations(&mut db, (&sale, state), after, cx.now(), limit).await?;
    Ok(SalePage { sale, goods })
}

/// Announces a sale. Under a key, asking again answers with the one made the first time.
pub async fn make(
    cx: &Cx,
    operator: &Operator,
    input: &SaleInput,
    key: Option<&Key>,
) -> Result<FlashSaleId, SaleError> {
    campaigning(operator)?;
    let terms = SaleTerms::parse(input, cx.now()).map_err(SaleError::Invalid)?;
    let mut tx = cx.begin().await?;
    let id = cx.id::<FlashSaleId>();
    if let Some(key) = key {
        let claim = (operator.member().account.uuid(), "flash_sale.make", key);
        match idempotency::claim(&mut tx, cx, claim, input, id.uuid()).await? {
            Claim::First => {}
            Claim::Again(made) => return Ok(made.into()),
            Claim::Other => return Err(SaleError::KeyReused),
        }
    }
    store::insert_sale(&mut tx, id, &terms, cx.now()).await?;
    for at in [terms.starts_at, terms.ends_at] {
        NewJob::of(&TellSale { sale: id }).at(at).enqueue(&mut tx, cx).await?;
    }
    let held = HeldSale {
        name: terms.name,
        starts_at: terms.starts_at,
        ends_at: terms.ends_at,
        least_discount: terms.least_discount,
        most_per_shop: terms.most_per_shop,
        nominate_until: Some(terms.nominate_until),
        is_cancelled: false,
    };
    record(&mut tx, cx, &Entry::of(Action::FlashSaleMade, Subject::House).after(facts(id, &held))).await?;
    tx.commit().await?;
    Ok(id)
}

/// Calls a sale off before it begins. Again, it changes nothing.
pub async fn cancel(cx: &Cx, operator: &Operator, id: FlashSaleId) -> Result<(), SaleError> {
    campaigning(operator)?;
    let mut tx = cx.begin().await?;
    let held = store::lock_sale(&mut tx, id).await?.ok_or(SaleError::NotFound)?;
    if held.is_cancelled {
        return Ok(());
    }
    if !store::cancel_sale(&mut tx, id, cx.now()).await? {
        return Err(SaleError::Settled);
    }
    let after = HeldSale { is_cancelled: true, ..held.clone() };
    let entry = Entry::of(Action::FlashSaleCancelled, Subject::House);
    record(&mut tx, cx, &entry.before(facts(id, &held)).after(facts(id, &after))).await?;
    Ok(tx.commit().await?)
}

/// Takes into a sale what a shop would sell in it, unless another sale of that time has it. Again, it changes nothing.
pub async fn accept(cx: &Cx, operator: &Operator, of: (FlashSaleId, VariantId)) -> Result<(), SaleError> {
    campaigning(operator)?;
    let mut tx = cx.begin().await?;
    let before = held(&mut tx, of).await?;
    if before.state == NominationState::Accepted {
        return Ok(());
    }
    if !store::accept_nomination(&mut tx, of, cx.now()).await? {
        return Err(SaleError::Settled);
    }
    note(&mut tx, cx, Action::NominationAccepted, of, &before).await?;
    Ok(tx.commit().await?)
}

/// Says no, before the sale begins also to what was accepted. `reason` is for its shop to read, 1 to 500 characters.
pub async fn refuse(
    cx: &Cx,
    operator: &Operator,
    of: (FlashSaleId, VariantId),
    reason: &str,
) -> Result<(), SaleError> {
    campaigning(operator)?;
    let mut problems = Problems::default();
    let reason = problems.take("reason", typed::required_line(reason, 1, limits::REASON));
    let Some(reason) = reason else { return Err(SaleError::Invalid(problems)) };
    let mut tx = cx.begin().await?;
    let before = held(&mut tx, of).await?;
    if !store::refuse_nomination(&mut tx, of, &reason, cx.now()).await? {
        return Err(SaleError::Settled);
    }
    note(&mut tx, cx, Action::NominationRefused, of, &before).await?;
    Ok(tx.commit().await?)
}

/// What is asked for, while nobody else decides about it.
async fn held(tx: &mut Tx, (sale, variant): (FlashSaleId, VariantId)) -> Result<Nomination, SaleError> {
    store::lock_sale(tx, sale).await?.ok_or(SaleError::NotFound)?;
    store::find_nomination(tx, sale, variant).await?.ok_or(SaleError::NotFound)
}

/// Writes down what became of a nomination, as it was and as it is, and has its shop told.
async fn note(
    tx: &mut Tx,
    cx: &Cx,
    action: Action,
    of: (FlashSaleId, VariantId),
    before: &Nomination,
) -> Result<(), SaleError> {
    let after = store::find_nomination(tx, of.0, of.1).await?.ok_or(SaleError::NotFound)?;
    let entry = Entry::of(action, Subject::Shop(before.shop)).before(bid(of, before)).after(bid(of, &after));
    record(tx, cx, &entry).await?;
    tell::later(tx, cx, TellNominated { sale: of.0, shop: before.shop }).await?;
    Ok(())
}

fn facts(id: FlashSaleId, sale: &HeldSale) -> Value {
    let at = |at: OffsetDateTime| at.unix_timestamp();
    json!({"sale": id, "name": sale.name, "starts_at": at(sale.starts_at), "ends_at": at(sale.ends_at),
        "least_discount": sale.least_discount.get(), "most_per_shop": sale.most_per_shop,
        "nominate_until": sale.nominate_until.map(at), "cancelled": sale.is_cancelled})
}

/// A nomination as the audit log keeps it.
pub(crate) fn bid((sale, variant): (FlashSaleId, VariantId), it: &Nomination) -> Value {
    json!({"sale": sale, "variant": variant, "price": it.price.amount(), "quota": it.quota,
        "per_buyer": it.per_buyer, "state": it.state, "reason": it.reason})
}
