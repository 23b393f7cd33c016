//! All SQL of searches and synonyms.

use crate::{Lead, NewSynonym, Search, Synonym};
use model::{
    Lang,
    ids::{SynonymId, Uuid},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Writes searches of one hour.
pub async fn insert_searches(
    db: &mut PgConnection,
    hour: OffsetDateTime,
    searches: &[Search],
) -> Result<(), sqlx::Error> {
    let texts: Vec<String> = searches.iter().map(|s| s.text.as_str().to_owned()).collect();
    let langs: Vec<String> = searches.iter().map(|s| s.lang.to_owned()).collect();
    let filters: Vec<String> = searches.iter().map(|s| s.filters.join(",")).collect();
    let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let results: Vec<i32> = searches.iter().map(|s| number(s.results)).collect();
    let took: Vec<i32> = searches.iter().map(|s| number(s.took_ms)).collect();
    sqlx::query!(
        "insert into search_log (at, query, lang, filters, results, took_ms)
         select $1, query, lang, filters, results, took_ms
         from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::int[])
           as noted (query, lang, filters, results, took_ms)",
        hour,
        &texts,
        &langs,
        &filters,
        &results,
        &took,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes what searches of one hour led to. What is not sold any more is left out.
pub async fn insert_leads(
    db: &mut PgConnection,
    hour: OffsetDateTime,
    leads: &[Lead],
) -> Result<(), sqlx::Error> {
    let texts: Vec<String> = leads.iter().map(|lead| lead.text.as_str().to_owned()).collect();
    let products: Vec<Uuid> = leads.iter().map(|lead| lead.product.uuid()).collect();
    sqlx::query!(
        "insert into search_lead (at, query, product_id)
         select $1, noted.query, noted.product_id
         from unnest($2::text[], $3::uuid[]) as noted (query, product_id)
         join product on product.id = noted.product_id and product.state = 'active'",
        hour,
        &texts,
        &products
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Turns searches from before then into counts per day; of texts only those that were searched for in at least `many`
/// different hours, as far back as single searches go.
pub async fn fold(db: &mut PgConnection, before: OffsetDateTime, many: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into search_daily (day, lang, query, searches, without_results)
         select (at at time zone 'UTC')::date, lang, query, count(*), count(*) filter (where results = 0)
         from search_log
         where at < $1 and (lang, query) in (
           select lang, query from search_log group by lang, query having count(distinct at) >= $2)
         group by (at at time zone 'UTC')::date, lang, query
         on conflict (day, lang, query) do update set
           searches = search_daily.searches + excluded.searches,
           without_results = search_daily.without_results + excluded.without_results",
        before,
        many,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "with old as (
           delete from search_log where at < $1
           returning (at at time zone 'UTC')::date as day, lang, filters, results, took_ms)
         insert into search_day (day, lang, searches, without_results, filtered, took_ms)
         select day, lang, count(*), count(*) filter (where results = 0), count(*) filter (where filters <> ''),
           sum(took_ms)
         from old group by day, lang
         on conflict (day, lang) do update set
           searches = search_day.searches + excluded.searches,
           without_results = search_day.without_results + excluded.without_results,
           filtered = search_day.filtered + excluded.filtered,
           took_ms = search_day.took_ms + excluded.took_ms",
        before,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_counts(db: &mut PgConnection, before: Date) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from search_daily where day < $1", before).execute(&mut *db).await?;
    sqlx::query!("delete from search_day where day < $1", before).execute(db).await?;
    Ok(())
}

/// Queries that found something and were made in at least `many` different hours since then, most often made first.
pub async fn list_popular(
    db: &mut PgConnection,
    since: OffsetDateTime,
    many: i64,
    limit: i64,
) -> Result<Vec<(String, u32)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select query, count(*) as "searches!" from search_log
           where at >= $1 and results > 0
           group by query having count(distinct at) >= $2
           order by count(*) desc, query limit $3"#,
        since,
        many,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.query, u32::try_from(row.searches).unwrap_or(u32::MAX))).collect())
}

pub async fn insert_synonym(
    db: &mut PgConnection,
    id: SynonymId,
    new: &NewSynonym,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into search_synonym (id, lang, phrases, shown, updated_at) values ($1, $2, $3, $4, $5)",
        id.uuid(),
        new.lang().map(Lang::tag),
        &new.phrases(),
        &new.shown(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there was one to change.
pub async fn update_synonym(
    db: &mut PgConnection,
    id: SynonymId,
    new: &NewSynonym,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update search_synonym set lang = $2, phrases = $3, shown = $4, updated_at = $5 where id = $1",
        id.uuid(),
        new.lang().map(Lang::tag),
        &new.phrases(),
        &new.shown(),
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether there was one to delete.
pub async fn delete_synonym(db: &mut PgConnection, id: SynonymId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!("delete from search_synonym where id = $1", id.uuid()).execute(db).await?;
    Ok(done.rows_affected() > 0)
}

/// All of them, by their first phrase.
pub async fn list_synonyms(db: &mut PgConnection) -> Result<Vec<Synonym>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, lang, phrases, shown, updated_at from search_synonym order by phrases[1], id"
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Synonym {
            id: row.id.into(),
            lang: row.lang.as_deref().and_then(Lang::from_tag),
            phrases: row.phrases,
            shown: row.shown,
            updated_at: row.updated_at,
        })
        .collect())
}
