//! What goes with what: from the events of looking and buying, computed by jobs, read by the pages.

use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use model::{
    ids::{ProductId, Uuid},
    views::figures::VisitSource,
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Views older than this say nothing any more and are swept.
pub const KEEP_VIEWS: Duration = Duration::days(30);
/// Trending looks no further back.
const TRENDING_WINDOW: Duration = Duration::days(7);
/// A view weighs half after this long.
const HALF_LIFE_HOURS: f64 = 36.0;

/// Somebody looked at a product.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct View {
    pub visitor: Uuid,
    pub product: ProductId,
    pub at: OffsetDateTime,
    /// By which way they came.
    pub source: VisitSource,
}

/// Remembers who looked at what, in one statement. Only goods on sale count, and another look within the hour is the
/// same look, at its later time and by the way they first came.
pub async fn record_views(db: &mut PgConnection, views: &[View]) -> Result<(), sqlx::Error> {
    let visitors: Vec<Uuid> = views.iter().map(|view| view.visitor).collect();
    let products: Vec<Uuid> = views.iter().map(|view| view.product.uuid()).collect();
    let times: Vec<OffsetDateTime> = views.iter().map(|view| view.at).collect();
    let sources: Vec<String> = views.iter().map(|view| view.source.as_str().to_owned()).collect();
    sqlx::query!(
        "with looked as (
           select visitor, product_id, max(at) as at, (array_agg(source order by at))[1] as source
           from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[]) as t (visitor, product_id, at, source)
           group by visitor, product_id
         ), again as (
           update product_view_event as earlier set at = greatest(earlier.at, looked.at)
           from looked
           where earlier.visitor = looked.visitor and earlier.product_id = looked.product_id
             and earlier.at > looked.at - interval '1 hour'
           returning earlier.visitor, earlier.product_id
         )
         insert into product_view_event (visitor, product_id, at, source)
         select looked.visitor, looked.product_id, looked.at, looked.source
         from looked join product on product.id = looked.product_id and product.state = 'active'
         where not exists (
           select from again where again.visitor = looked.visitor and again.product_id = looked.product_id)",
        &visitors,
        &products,
        &times,
        &sources
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets all that a visitor looked at.
pub async fn forget_visitor(db: &mut PgConnection, visitor: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from product_view_event where visitor = $1", visitor).execute(db).await?;
    Ok(())
}

/// Computes trending and also-viewed anew, counts the categories, and sweeps old views. Run by the clock.
#[derive(Serialize, Deserialize)]
pub struct RefreshRecommendations {}

impl Job for RefreshRecommendations {
    const NAME: &'static str = "catalog.refresh_recommendations";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        refresh(&mut tx, cx.now()).await?;
        crate::store::recount_categories(&mut tx).await?;
        Ok(tx.commit().await?)
    }
}

pub async fn refresh(db: &mut PgConnection, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from product_view_event where at < $1", now - KEEP_VIEWS).execute(&mut *db).await?;
    refresh_trending(db, now).await?;
    refresh_also_viewed(db).await
}

async fn refresh_trending(db: &mut PgConnection, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from product_trending").execute(&mut *db).await?;
    sqlx::query!(
        "insert into product_trending (rank, product_id, score, computed_at)
         select row_number() over (order by score desc, product_id)::smallint, product_id, score, $1
         from (
           select event.product_id, sum(power(0.5, extract(epoch from $1 - event.at)::float8 / 3600 / $3)) as score
           from product_view_event as event join product on product.id = event.product_id and product.state = 'active'
           where event.at > $2
           group by event.product_id
           order by score desc, event.product_id
           limit 100
         ) as best",
        now,
        now - TRENDING_WINDOW,
        HALF_LIFE_HOURS
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Two products go together if more visitors than chance would have it looked at both: pairs over the root of the
/// product of their views. Of each visitor the latest fifty views count, so that no robot outweighs everyone.
async fn refresh_also_viewed(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from product_related where kind = 'also_viewed'").execute(&mut *db).await?;
    sqlx::query!(
        "with latest as (
           select distinct visitor, product_id
           from (select visitor, product_id, row_number() over (partition by visitor order by at desc) as n
                 from product_view_event) as viewed
           where n <= 50
         ), views as (
           select product_id, count(*)::float8 as n from latest group by product_id
         ), pairs as (
           select a.product_id, b.product_id as related_id, count(*)::float8 as n
           from latest as a join latest as b on a.visitor = b.visitor and a.product_id <> b.product_id
           group by a.product_id, b.product_id
         ), ranked as (
           select pairs.product_id, pairs.related_id, pairs.n / sqrt(x.n * y.n) as score,
             row_number() over (partition by pairs.product_id order by pairs.n / sqrt(x.n * y.n) desc, pairs.related_id) as rank
           from pairs join views as x on x.product_id = pairs.product_id join views as y on y.product_id = pairs.related_id
         )
         insert into product_related (product_id, kind, rank, related_id, score)
         select product_id, 'also_viewed', rank::smallint, related_id, score from ranked where rank <= 24"
    )
    .execute(db)
    .await?;
    Ok(())
}
