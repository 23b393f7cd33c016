//! Which payment a message is about.

use super::{event::locate, find};
use crate::{About, Payment};
use sqlx::PgConnection;

/// None where no payment of that provider is meant.
pub async fn find_about(
    db: &mut PgConnection,
    provider: &str,
    about: &About,
) -> Result<Option<Payment>, sqlx::Error> {
    match locate(db, provider, about).await? {
        Some(id) => find(db, id).await,
        None => Ok(None),
    }
}
