//! The sitemap's parts. Products are parted by id: a part begins at an id and has at most so many behind it, so that a
//! new product changes one part only.

use crate::cards::slug;
use model::{
    Slug,
    ids::{ProductId, Uuid},
};
use sqlx::PgConnection;

/// An address and when what stands there last changed (seconds since 1970).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub slug: Slug,
    pub changed_at: i64,
}

/// The first id of each part of `size` products. Walks the index of all products on sale: keep the answer a while.
pub async fn product_parts(db: &mut PgConnection, size: u16) -> Result<Vec<ProductId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from (
           select id, row_number() over (order by id) as n from product where state = 'active'
         ) as numbered
         where (n - 1) % $1 = 0 order by id",
        i64::from(size.max(1))
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ProductId::from).collect())
}

/// The products of the part that begins at this id and ends before `until`.
pub async fn products(
    db: &mut PgConnection,
    from: ProductId,
    until: Option<ProductId>,
    size: u16,
) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select slug, extract(epoch from updated_at)::bigint as "changed_at!" from product
           where state = 'active' and id >= $1 and id < $2 order by id limit $3"#,
        from.uuid(),
        until.map_or(Uuid::max(), ProductId::uuid),
        i64::from(size)
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok(Entry { slug: slug(row.slug)?, changed_at: row.changed_at })).collect()
}

/// Shops that can be visited, behind this slug.
pub async fn shops(db: &mut PgConnection, after: &str, size: u16) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select slug, extract(epoch from updated_at)::bigint as "changed_at!" from shop
           where state in ('open', 'on_holiday') and slug > $1 order by slug limit $2"#,
        after,
        i64::from(size)
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok(Entry { slug: slug(row.slug)?, changed_at: row.changed_at })).collect()
}
