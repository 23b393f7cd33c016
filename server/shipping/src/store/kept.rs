//! All SQL about what couriers outside said.

use crate::{KeptQuote, Offer, QuoteKey};
use serde_json::Value;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Keeps answers, each under its own name, in place of what was kept before. That there was no answer does not replace
/// one that is still good.
pub async fn keep_quotes(
    db: &mut PgConnection,
    mut quotes: Vec<(QuoteKey, KeptQuote)>,
    asked_at: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    // Two who keep several at once take their rows in the same order.
    quotes.sort_by_key(|(key, _)| *key);
    let (mut keys, mut offers, mut good_until) = (Vec::new(), Vec::new(), Vec::new());
    for (key, quote) in &quotes {
        keys.push(key.as_bytes().to_vec());
        let written = quote.offers.as_ref().map(serde_json::to_value).transpose();
        offers.push(written.map_err(|error| sqlx::Error::Encode(error.into()))?);
        good_until.push(quote.good_until);
    }
    sqlx::query!(
        "insert into shipping_quote (key, offers, good_until, asked_at)
         select told.key, told.offers, told.good_until, $4
         from unnest($1::bytea[], $2::jsonb[], $3::timestamptz[]) as told (key, offers, good_until)
         on conflict (key) do update
           set offers = excluded.offers, good_until = excluded.good_until, asked_at = excluded.asked_at
           where excluded.offers is not null or shipping_quote.good_until <= excluded.asked_at",
        &keys,
        &offers as &[Option<Value>],
        &good_until,
        asked_at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is kept under these names, whether it is still good or not. What cannot be read any more is left out.
pub async fn list_quotes(
    db: &mut PgConnection,
    keys: &[QuoteKey],
) -> Result<HashMap<QuoteKey, KeptQuote>, sqlx::Error> {
    let keys: Vec<Vec<u8>> = keys.iter().map(|key| key.as_bytes().to_vec()).collect();
    let rows = sqlx::query!(
        "select key, offers, good_until from shipping_quote where key = any((select $1::bytea[])::bytea[])",
        &keys
    )
    .fetch_all(db)
    .await?;
    let mut kept = HashMap::with_capacity(rows.len());
    for row in rows {
        let key = <[u8; 32]>::try_from(row.key).map_err(|_| sqlx::Error::Decode("not 32 bytes".into()))?;
        let offers: Result<Option<Vec<Offer>>, _> = row.offers.map(serde_json::from_value).transpose();
        if let Ok(offers) = offers {
            kept.insert(QuoteKey::from_bytes(key), KeptQuote { offers, good_until: row.good_until });
        }
    }
    Ok(kept)
}

/// Forgets what was good until before `then`, so many at once. Whether there may be more.
pub async fn forget_quotes(
    db: &mut PgConnection,
    then: OffsetDateTime,
    batch: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from shipping_quote where key in (
           select key from shipping_quote where good_until <= $1 order by good_until limit $2 for update skip locked)",
        then,
        batch
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == batch.unsigned_abs())
}
