use crate::Policy;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How long everybody has, for orders that are placed now.
pub async fn policy(db: &mut PgConnection) -> Result<Policy, sqlx::Error> {
    let row = sqlx::query!(
        "select accept_within, hand_over_within, settle_trusted, settle_regular, settle_new, new_for from order_policy"
    )
    .fetch_one(db)
    .await?;
    let long = |seconds: i32| Duration::seconds(seconds.into());
    Ok(Policy {
        accept: long(row.accept_within),
        hand_over: long(row.hand_over_within),
        settle_trusted: long(row.settle_trusted),
        settle_regular: long(row.settle_regular),
        settle_new: long(row.settle_new),
        new_for: long(row.new_for),
    })
}

/// Changes it; orders that were placed keep what they were promised.
pub async fn set_policy(db: &mut PgConnection, to: &Policy, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    let seconds = |long: Duration| i32::try_from(long.whole_seconds()).unwrap_or(i32::MAX);
    sqlx::query!(
        "update order_policy set accept_within = $1, hand_over_within = $2, settle_trusted = $3, settle_regular = $4,
           settle_new = $5, new_for = $6, updated_at = $7",
        seconds(to.accept),
        seconds(to.hand_over),
        seconds(to.settle_trusted),
        seconds(to.settle_regular),
        seconds(to.settle_new),
        seconds(to.new_for),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
