//! Which payment a message is about.

use super::{Row, find_by_ref};
use crate::{About, Payment};
use sqlx::PgConnection;

/// None where no payment of that provider is meant.
pub async fn find_about(
    db: &mut PgConnection,
    provider: &str,
    about: &About,
) -> Result<Option<Payment>, sqlx::Error> {
    let row = match about {
        About::ProviderRef(name) => return find_by_ref(db, provider, name).await,
        About::Payment(id) => {
            payments!("where provider = $1 and id = $2", provider, id.uuid()).fetch_optional(db).await?
        }
        About::Reference(reference) => {
            let told = payments!(
                "where id = (select payment_id from payment_event where provider = $1 and reference = $2 limit 1)",
                provider,
                reference
            );
            told.fetch_optional(db).await?
        }
    };
    row.map(Row::payment).transpose()
}
