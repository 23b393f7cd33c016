//! All SQL about consents.

use model::{
    ids::{AccountId, Uuid},
    person::{Consent, Purpose},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Writes down that somebody agreed to today's text, or took it back.
pub async fn insert(
    db: &mut PgConnection,
    id: Uuid,
    account: AccountId,
    purpose: Purpose,
    given: bool,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into consent (id, account_id, purpose, text_version, given, at) values ($1, $2, $3, $4, $5, $6)",
        id,
        account.uuid(),
        purpose.as_str(),
        purpose.text_version(),
        given,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What holds at present, for each purpose there is.
pub async fn list_present(db: &mut PgConnection, account: AccountId) -> Result<Vec<Consent>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select distinct on (purpose) purpose, text_version, given, extract(epoch from at)::bigint as "at!"
           from consent where account_id = $1 order by purpose, at desc, id desc"#,
        account.uuid()
    )
    .fetch_all(db)
    .await?;
    let latest = |purpose: Purpose| rows.iter().find(|row| row.purpose == purpose.as_str());
    let present = Purpose::ALL.iter().map(|purpose| {
        let row = latest(*purpose);
        Consent {
            purpose: *purpose,
            given: row.is_some_and(|row| row.given),
            text_version: row.map(|row| row.text_version.clone()),
            at: row.map(|row| row.at),
        }
    });
    Ok(present.collect())
}

/// Whether somebody agrees to this at present; nobody does who was never asked.
pub async fn is_given(
    db: &mut PgConnection,
    account: AccountId,
    purpose: Purpose,
) -> Result<bool, sqlx::Error> {
    let given = sqlx::query_scalar!(
        "select given from consent where account_id = $1 and purpose = $2 order by at desc, id desc limit 1",
        account.uuid(),
        purpose.as_str()
    );
    Ok(given.fetch_optional(db).await?.unwrap_or(false))
}
