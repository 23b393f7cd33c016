//! The log of searches and the synonyms, for operators.

use kernel::Cx;
use model::views::operator::{SearchDay, SearchLog, Searched, SynonymRow};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Queries in each list.
const LISTED: i64 = 30;
/// Days of the curve.
const DAYS: Duration = Duration::days(28);

/// What was searched for in the last seven days against the seven before, and how many searches there were by day.
pub async fn search_log(cx: &Cx) -> Result<SearchLog, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    let now = cx.now();
    let week = now - Duration::days(7);
    Ok(SearchLog {
        days: days(&mut db, now - DAYS).await?,
        top: list(&mut db, week, "top").await?,
        nothing: list(&mut db, week, "nothing").await?,
        rising: list(&mut db, week, "rising").await?,
    })
}

async fn list(
    db: &mut PgConnection,
    week: OffsetDateTime,
    which: &str,
) -> Result<Vec<Searched>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select query, searches as "searches!", before as "before!", without_results as "without!"
           from (
             select query, count(*) filter (where at >= $1) as searches, count(*) filter (where at < $1) as before,
               count(*) filter (where at >= $1 and results = 0) as without_results
             from search_log where at >= $2 group by query) as counted
           where searches > 0 and case $3
             when 'nothing' then without_results > 0
             when 'rising' then searches > before
             else true end
           order by case $3
             when 'nothing' then without_results
             when 'rising' then searches - before
             else searches end desc, query
           limit $4"#,
        week,
        week - Duration::days(7),
        which,
        LISTED,
    )
    .fetch_all(db)
    .await?;
    let number = |n: i64| n.unsigned_abs();
    Ok(rows
        .into_iter()
        .map(|row| Searched {
            query: row.query,
            searches: number(row.searches),
            before: number(row.before),
            without_results: number(row.without),
        })
        .collect())
}

async fn days(db: &mut PgConnection, since: OffsetDateTime) -> Result<Vec<SearchDay>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select to_char(day, 'YYYY-MM-DD') as "day!", sum(searches)::bigint as "searches!",
             sum(without_results)::bigint as "without!", (sum(took_ms) / greatest(sum(searches), 1))::bigint as "took!"
           from (
             select day, searches, without_results, took_ms from search_day
             union all
             select (at at time zone 'UTC')::date, count(*), count(*) filter (where results = 0), sum(took_ms)
             from search_log group by 1) as counted
           where day >= $1 group by day order by day"#,
        since.date(),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SearchDay {
            day: row.day,
            searches: row.searches.unsigned_abs(),
            without_results: row.without.unsigned_abs(),
            took_ms: row.took.unsigned_abs(),
        })
        .collect())
}

/// All synonyms operators added.
pub async fn synonyms(cx: &Cx) -> Result<Vec<SynonymRow>, sqlx::Error> {
    let listed = inquiry::store::list_synonyms(&mut *cx.db().acquire().await?).await?;
    let row = |s: inquiry::Synonym| SynonymRow { id: s.id, lang: s.lang, phrases: s.phrases, shown: s.shown };
    Ok(listed.into_iter().map(row).collect())
}
