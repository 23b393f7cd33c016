//! All SQL about registrations.

use super::Registration;
use model::{
    Lang,
    ids::{ChallengeId, RegistrationId},
};
use sqlx::PgConnection;

pub async fn insert(db: &mut PgConnection, new: &Registration) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into registration (id, challenge_id, kind, address, password_hash, lang)
         values ($1, $2, $3, $4, $5, $6)",
        new.id.uuid(),
        new.challenge.uuid(),
        new.contact.kind().as_str(),
        new.contact.as_str(),
        new.password_hash,
        new.lang.tag()
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, id: RegistrationId) -> Result<Option<Registration>, sqlx::Error> {
    let row = sqlx::query!(
        "select id, challenge_id, address, password_hash, lang from registration where id = $1",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| read(row.id.into(), row.challenge_id.into(), row.address, row.password_hash, &row.lang))
        .transpose()
}

pub async fn find_by_challenge(
    db: &mut PgConnection,
    challenge: ChallengeId,
) -> Result<Option<Registration>, sqlx::Error> {
    let row = sqlx::query!(
        "select id, challenge_id, address, password_hash, lang from registration where challenge_id = $1",
        challenge.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| read(row.id.into(), row.challenge_id.into(), row.address, row.password_hash, &row.lang))
        .transpose()
}

fn read(
    id: RegistrationId,
    challenge: ChallengeId,
    address: String,
    password_hash: String,
    lang: &str,
) -> Result<Registration, sqlx::Error> {
    let contact = address.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    let lang = Lang::from_tag(lang).unwrap_or_default();
    Ok(Registration { id, challenge, contact, password_hash, lang })
}
