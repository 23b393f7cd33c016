//! Prices that hold for a time, set by the people of a shop. Nothing is switched at their ends: whoever reads a price
//! finds the one of that moment.

use super::AtShop;
use crate::dated;
use access::audit::{Entry, Subject, record};
use kernel::Cx;
use model::{
    AppError, Code, FieldError, Money, Page, Permission,
    audit::Action,
    ids::{ShopId, VariantId},
    shop::{PriceStanding, TimedPrice, TimedPriceInput, limits},
    typed::{self, Problems},
    views::sales::SaleGood,
};
use pricing::{ScheduleError, ScheduledPrice, store, terms::moment};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use views::ViewError;

#[derive(Debug, thiserror::Error)]
pub enum PriceError {
    /// Or it is another shop's, or not their work.
    #[error("the shop has no such goods or price")]
    NotFound,
    #[error("what was typed is not right")]
    Invalid(Problems),
    /// It is over, or was taken back.
    #[error("there is no such price any more")]
    Gone,
    #[error(transparent)]
    View(#[from] ViewError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<PriceError> for AppError {
    fn from(error: PriceError) -> Self {
        match error {
            PriceError::NotFound => Self::not_found(),
            PriceError::Invalid(problems) => problems.into(),
            PriceError::Gone => Code::Conflict.into(),
            PriceError::View(error) => error.into(),
            PriceError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

fn promoting(at: &AtShop) -> Result<ShopId, PriceError> {
    if at.permissions().has(Permission::Promotions) { Ok(at.shop()) } else { Err(PriceError::NotFound) }
}

/// Of one standing, those that begin last first.
pub async fn list(
    cx: &Cx,
    at: &AtShop,
    standing: PriceStanding,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<TimedPrice>, PriceError> {
    let shop = promoting(at)?;
    let mut db = cx.db().acquire().await?;
    Ok(views::prices::list(&mut db, shop, standing, after, cx.now(), limit).await?)
}

/// What the shop sells that has `q` in its name or SKU.
pub async fn find_goods(cx: &Cx, at: &AtShop, q: &str) -> Result<Vec<SaleGood>, PriceError> {
    let shop = promoting(at)?;
    Ok(views::sales::find_goods(&mut *cx.db().acquire().await?, None, shop, q, cx.now()).await?)
}

/// One variant of the shop.
pub async fn find_good(cx: &Cx, at: &AtShop, variant: VariantId) -> Result<SaleGood, PriceError> {
    let shop = promoting(at)?;
    let mut db = cx.db().acquire().await?;
    let good = views::sales::find_good(&mut db, None, (shop, variant), cx.now()).await?;
    good.ok_or(PriceError::NotFound)
}

/// Sets a price for a time. Again, it changes nothing.
pub async fn schedule(
    cx: &Cx,
    at: &AtShop,
    variant: VariantId,
    input: &TimedPriceInput,
) -> Result<(), PriceError> {
    let shop = promoting(at)?;
    let mut tx = cx.begin().await?;
    let good = views::sales::find_good(&mut tx, None, (shop, variant), cx.now()).await?;
    let good = good.ok_or(PriceError::NotFound)?;
    let new = read(input, good.price, cx.now()).map_err(PriceError::Invalid)?;
    if store::is_scheduled(&mut tx, variant, &new).await? {
        return Ok(());
    }
    store::insert_scheduled_price(&mut tx, variant, &new, cx.now()).await.map_err(|error| match error {
        ScheduleError::Overlaps => wrong("from", FieldError::Taken),
        ScheduleError::OutOfRange => wrong("until", FieldError::OutOfRange),
        ScheduleError::Database(error) => PriceError::Database(error),
    })?;
    dated::turns(cx, &mut tx, variant, [new.starts_at, new.ends_at]).await?;
    let entry = Entry::of(Action::PriceScheduled, Subject::Shop(shop));
    let usual = json!({"variant": variant, "price": good.price.amount()});
    record(&mut tx, cx, &entry.before(usual).after(facts(variant, &new))).await?;
    Ok(tx.commit().await?)
}

/// Takes a price back that is to come, and lets one that holds end now. `key` names it among those of its variant.
pub async fn cancel(cx: &Cx, at: &AtShop, variant: VariantId, key: i64) -> Result<(), PriceError> {
    let shop = promoting(at)?;
    let starts_at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(key) * 1_000);
    let starts_at = starts_at.map_err(|_| PriceError::NotFound)?;
    let mut tx = cx.begin().await?;
    let good = views::sales::find_good(&mut tx, None, (shop, variant), cx.now()).await?;
    let good = good.ok_or(PriceError::NotFound)?;
    let before = store::cancel_scheduled_price(&mut tx, variant, starts_at, cx.now()).await?;
    let before = before.ok_or(PriceError::Gone)?;
    dated::turns(cx, &mut tx, variant, [cx.now()]).await?;
    let entry = Entry::of(Action::PriceUnscheduled, Subject::Shop(shop));
    let usual = json!({"variant": variant, "price": good.price.amount()});
    record(&mut tx, cx, &entry.before(facts(variant, &before)).after(usual)).await?;
    Ok(tx.commit().await?)
}

/// Lower than what it costs otherwise: a higher one would never hold.
fn read(input: &TimedPriceInput, otherwise: Money, now: OffsetDateTime) -> Result<ScheduledPrice, Problems> {
    let mut problems = Problems::default();
    let price = problems.take("price", typed::required_whole(&input.price, 1, otherwise.amount() - 1));
    let from = if input.from.trim().is_empty() { Ok(now) } else { moment(&input.from) };
    let starts_at = problems.take("from", from);
    let ends_at = problems.take("until", moment(&input.until));
    if starts_at.is_some_and(|at| at > now + Duration::days(limits::PRICE_AHEAD_DAYS)) {
        problems.note("from", FieldError::OutOfRange);
    }
    if let (Some(starts_at), Some(ends_at)) = (starts_at, ends_at)
        && (ends_at <= starts_at.max(now) || ends_at - starts_at > Duration::days(limits::PRICE_DAYS))
    {
        problems.note("until", FieldError::OutOfRange);
    }
    match (price, starts_at, ends_at) {
        (Some(price), Some(starts_at), Some(ends_at)) if problems.is_empty() => {
            Ok(ScheduledPrice { price: Money::new(price, otherwise.currency()), starts_at, ends_at })
        }
        _ => Err(problems),
    }
}

fn wrong(field: &'static str, error: FieldError) -> PriceError {
    let mut problems = Problems::default();
    problems.note(field, error);
    PriceError::Invalid(problems)
}

fn facts(variant: VariantId, price: &ScheduledPrice) -> Value {
    json!({"variant": variant, "price": price.price.amount(), "from": price.starts_at.unix_timestamp(),
        "until": price.ends_at.unix_timestamp()})
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_price_for_a_time_is_lower_and_lies_ahead() {
        let now = datetime!(2026-11-22 08:00 UTC);
        let typed = |price: &str, from: &str, until: &str| TimedPriceInput {
            price: price.to_owned(),
            from: from.to_owned(),
            until: until.to_owned(),
        };
        let read = |input| read(&input, Money::idr(50_000), now);
        let set = read(typed("45.000", "", "2026-11-23T20:00")).unwrap();
        assert_eq!((set.price, set.starts_at), (Money::idr(45_000), now));
        assert_eq!(set.ends_at, datetime!(2026-11-23 13:00 UTC));
        for (input, field) in [
            (typed("50.000", "", "2026-11-23T20:00"), "price"),
            (typed("45.000", "2027-11-23T20:00", "2027-11-24T20:00"), "from"),
            (typed("45.000", "", "2026-11-22T15:00"), "until"),
            (typed("45.000", "2026-11-24T20:00", "2026-11-24T20:00"), "until"),
            (typed("45.000", "", "2027-03-22T15:00"), "until"),
        ] {
            assert_eq!(read(input).unwrap_err().of(field), Some(FieldError::OutOfRange), "{field}");
        }
    }
}
