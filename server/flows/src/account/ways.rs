//! The ways into an account, counting only those that work in this process.

use identity::{
    account::{self, Ways},
    provider::Provider,
};
use kernel::Cx;
use model::ids::AccountId;
use sqlx::PgConnection;

/// For whoever takes one away: until the transaction ends nobody else changes them.
pub(super) async fn lock_ways(
    cx: &Cx,
    db: &mut PgConnection,
    account: AccountId,
) -> Result<Ways, sqlx::Error> {
    account::store::lock(&mut *db, account).await?;
    ways(cx, db, account).await
}

/// To be shown.
pub(super) async fn ways(cx: &Cx, db: &mut PgConnection, account: AccountId) -> Result<Ways, sqlx::Error> {
    let provider = Provider::here(cx);
    account::store::get_ways(db, account, provider.as_ref().map(|provider| provider.issuer())).await
}
