//! What waits for operators.

use model::{Duties, Duty, views::desk::Waiting};
use sqlx::PgConnection;

/// Of what these duties are for. Each count ends one beyond what is written out, so it costs the same however much waits.
pub async fn waiting(db: &mut PgConnection, duties: Duties) -> Result<Waiting, sqlx::Error> {
    let most = |duty| if duties.has(duty) { i64::from(Waiting::MOST) + 1 } else { 0 };
    let row = sqlx::query!(
        r#"select
             (select count(*) from (select from product where state = 'in_review' limit $1) as few) as "goods!",
             (select count(*) from (select from shop_verification where decided_at is null limit $2) as few) as "shops!",
             (select count(*) from (select from withdrawal where state = 'requested' limit $3) as few) as "withdrawals!",
             (select least(misfits, $3) from books_check where found is not null order by asked_at desc limit 1) as misfits"#,
        most(Duty::Moderation),
        most(Duty::Shops),
        most(Duty::Money),
    )
    .fetch_one(db)
    .await?;
    let count = |n| u32::try_from(n).unwrap_or_default();
    Ok(Waiting {
        goods: count(row.goods),
        shops: count(row.shops),
        withdrawals: count(row.withdrawals),
        misfits: count(row.misfits.unwrap_or_default()),
    })
}
