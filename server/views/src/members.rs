//! Members who buy much: what they have spent, which tier that is, and how many there are of each.

use model::{
    Currency, Money,
    ids::{AccountId, Uuid},
    pricing::MemberTier,
    views::member::{NextTier, Standing, TierRow},
};
use order::{MemberPolicy, store};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// What a member had reached when it was last counted, and what is missing to the next tier.
pub async fn standing(db: &mut PgConnection, account: AccountId) -> Result<Standing, sqlx::Error> {
    let policy = store::member_policy(db).await?;
    let (tier, spent) = store::standing_of(db, account).await?;
    let next = policy.next(spent).map(|(tier, missing)| NextTier {
        tier,
        least: Money::idr(policy.least(tier)),
        missing: Money::idr(missing),
    });
    Ok(Standing { tier, spent: Money::idr(spent), months: policy.months, next })
}

/// All tiers, the lowest first, and how many members are of each. Regular are those who have completed an order and not spent
/// enough for another tier.
pub async fn tiers(db: &mut PgConnection, policy: &MemberPolicy) -> Result<Vec<TierRow>, sqlx::Error> {
    let rows = sqlx::query!(r#"select tier, count(*) as "members!" from member_standing group by tier"#)
        .fetch_all(db)
        .await?;
    let members: HashMap<String, i64> = rows.into_iter().map(|row| (row.tier, row.members)).collect();
    let row = |tier: &MemberTier| TierRow {
        tier: *tier,
        least: Money::idr(policy.least(*tier)),
        members: members.get(tier.as_str()).copied().unwrap_or_default(),
    };
    Ok(MemberTier::ALL.iter().map(row).collect())
}

/// Who has completed orders, in the order of their ids; of those that were erased nothing is counted.
pub async fn list_buyers(
    db: &mut PgConnection,
    after: Option<AccountId>,
    limit: i64,
) -> Result<Vec<AccountId>, sqlx::Error> {
    let accounts = sqlx::query_scalar!(
        r#"select distinct account_id as "id!" from shop_order
           where state = 'completed' and account_id > $1 and erased_at is null order by account_id limit $2"#,
        after.map_or(Uuid::nil(), AccountId::uuid),
        limit
    );
    Ok(accounts.fetch_all(db).await?.into_iter().map(AccountId::from).collect())
}

/// What each of these has spent on goods within so many months: of what was completed and is not going back.
pub async fn spent(
    db: &mut PgConnection,
    accounts: &[AccountId],
    months: u8,
    now: OffsetDateTime,
) -> Result<Vec<(AccountId, i64)>, sqlx::Error> {
    let ids: Vec<Uuid> = accounts.iter().map(|account| account.uuid()).collect();
    let rows = sqlx::query!(
        r#"select wanted.id as "id!", coalesce(sum(greatest(bought.goods - coalesce(back.amount, 0), 0)), 0)::bigint as "spent!"
           from unnest($1::uuid[]) as wanted (id)
           left join shop_order as bought on bought.account_id = wanted.id and bought.state = 'completed'
             and bought.currency = $4 and bought.completed_at > $2::timestamptz - make_interval(months => $3)
           left join lateral (
             select sum(amount) as amount from refund where refund.order_id = bought.id and refund.state <> 'failed'
           ) as back on true
           group by wanted.id"#,
        &ids,
        now,
        i32::from(months),
        Currency::Idr.code()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.spent)).collect())
}
