//! What tiers of members take, and who has reached which.

use crate::MemberPolicy;
use model::{
    ids::{AccountId, Uuid},
    pricing::MemberTier,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub async fn member_policy(db: &mut PgConnection) -> Result<MemberPolicy, sqlx::Error> {
    let row = sqlx::query!("select months, silver, gold, platinum from member_policy").fetch_one(db).await?;
    Ok(MemberPolicy {
        months: u8::try_from(row.months).unwrap_or(u8::MAX),
        silver: row.silver,
        gold: row.gold,
        platinum: row.platinum,
    })
}

/// Changes it; who is of which tier is to be counted anew then.
pub async fn set_member_policy(
    db: &mut PgConnection,
    to: &MemberPolicy,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update member_policy set months = $1, silver = $2, gold = $3, platinum = $4, updated_at = $5",
        i32::from(to.months),
        to.silver,
        to.gold,
        to.platinum,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of which tier a member was when last counted, and what they had spent, in rupiah.
pub async fn standing_of(
    db: &mut PgConnection,
    account: AccountId,
) -> Result<(MemberTier, i64), sqlx::Error> {
    let row = sqlx::query!("select tier, spent from member_standing where account_id = $1", account.uuid())
        .fetch_optional(db)
        .await?;
    let spent = row.as_ref().map_or(0, |row| row.spent);
    Ok((row.and_then(|row| MemberTier::from_name(&row.tier)).unwrap_or(MemberTier::Regular), spent))
}

/// Writes what was counted at this moment, the tier and what it comes from, unless it was counted later than that.
pub async fn set_standings(
    db: &mut PgConnection,
    counted: &[(AccountId, MemberTier, i64)],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let accounts: Vec<Uuid> = counted.iter().map(|(account, ..)| account.uuid()).collect();
    let tiers: Vec<String> = counted.iter().map(|(_, tier, _)| tier.as_str().to_owned()).collect();
    let spent: Vec<i64> = counted.iter().map(|(.., spent)| *spent).collect();
    sqlx::query!(
        "insert into member_standing (account_id, tier, spent, counted_at)
         select account_id, tier, spent, $4
         from unnest($1::uuid[], $2::text[], $3::bigint[]) as t (account_id, tier, spent)
         order by account_id
         on conflict (account_id) do update
           set tier = excluded.tier, spent = excluded.spent, counted_at = excluded.counted_at
           where member_standing.counted_at <= excluded.counted_at",
        &accounts,
        &tiers,
        &spent,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
