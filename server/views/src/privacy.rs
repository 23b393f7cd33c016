//! What somebody agreed to, their archive, and whether their account is to be erased. Three queries.

use identity::consent::{closing, export, store};
use model::{ids::AccountId, person::PrivacyPage};
use sqlx::PgConnection;

pub async fn page(db: &mut PgConnection, account: AccountId) -> Result<PrivacyPage, sqlx::Error> {
    Ok(PrivacyPage {
        consents: store::list_present(db, account).await?,
        export: export::find_latest(db, account).await?,
        erased_at: erased_at(db, account).await?,
    })
}

/// When the account will be erased, where that was asked for; seconds since 1970. One query.
pub async fn erased_at(db: &mut PgConnection, account: AccountId) -> Result<Option<i64>, sqlx::Error> {
    Ok(closing::find_due(db, account).await?.map(time::OffsetDateTime::unix_timestamp))
}
