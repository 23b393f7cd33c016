//! What buyers say about a product, newest first, all or those with so many stars.

use crate::{
    ViewError,
    cards::{average, unsigned},
    cursor::{Cursor, cut, one_more},
    error::unsound,
    listing::instant,
};
use model::{
    Page,
    ids::{ProductId, Uuid},
    views::{Histogram, Rating, ReviewItem, ReviewPage, Stars},
};
use sqlx::PgConnection;

struct Row {
    id: Uuid,
    author: String,
    stars: i16,
    body: String,
    variant: Option<String>,
    micros: i64,
}

macro_rules! review_query {
    ($stars:tt, $($argument:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select review.id, review.author, review.stars, review.body,
                 (extract(epoch from review.created_at) * 1000000)::bigint as "micros!",
                 (select coalesce(variant.retired_label,
                    (select string_agg(o."values"[variant.choices[o.position + 1] + 1], ', ' order by o.position)
                     from product_option as o where o.product_id = variant.product_id))
                  from variant where variant.id = review.variant_id) as variant
               from review
               where review.product_id = $1 and (review.created_at, review.id) < ($2::timestamptz, $3::uuid) "#
               + $stars +
             " order by review.created_at desc, review.id desc limit $4",
            $($argument),*
        )
    };
}

/// One page of reviews. One query; the whole number is not counted here, it stands in the product's rating.
pub async fn list(
    db: &mut PgConnection,
    product: ProductId,
    stars: Option<Stars>,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<ReviewItem>, ViewError> {
    let after = Cursor::read(after)?.unwrap_or(Cursor::HIGHEST);
    let (product, at, fetch) = (product.uuid(), instant(after.key), one_more(limit));
    let rows = match stars {
        None => review_query!("", product, at, after.id, fetch).fetch_all(db).await?,
        Some(stars) => {
            review_query!("and review.stars = $5", product, at, after.id, fetch, i16::from(stars.get()))
                .fetch_all(db)
                .await?
        }
    };
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.micros, id: row.id });
    let items = rows.into_iter().map(Row::item).collect::<Result<_, _>>()?;
    Ok(Page { items, next, total: None })
}

/// The reviews with the rating above them; none where there is no such product on sale. Two queries.
pub async fn page(
    db: &mut PgConnection,
    product: ProductId,
    stars: Option<Stars>,
    after: Option<&str>,
    limit: u16,
) -> Result<Option<ReviewPage>, ViewError> {
    let row = sqlx::query!(
        "select rating_count, rating_sum, stars_1, stars_2, stars_3, stars_4, stars_5
         from product where id = $1 and state = 'active'",
        product.uuid()
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let histogram =
        Histogram([row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5].map(unsigned));
    let rating = Rating {
        average_x100: average(row.rating_sum, row.rating_count.into()),
        count: unsigned(row.rating_count),
        histogram,
    };
    let mut reviews = list(db, product, stars, after, limit).await?;
    reviews.total = Some(stars.map_or(histogram.total(), |stars| histogram.of(stars)).into());
    Ok(Some(ReviewPage { rating, reviews }))
}

impl Row {
    fn item(self) -> Result<ReviewItem, sqlx::Error> {
        let stars = u8::try_from(self.stars).ok().and_then(|n| Stars::try_from(n).ok());
        Ok(ReviewItem {
            id: self.id.into(),
            author: self.author,
            stars: stars.ok_or_else(|| unsound("stars", self.stars))?,
            text: self.body,
            variant: self.variant.filter(|label| !label.is_empty()),
            created_at: self.micros.div_euclid(1_000_000),
        })
    }
}
