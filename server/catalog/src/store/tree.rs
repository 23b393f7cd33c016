//! Categories and their attributes.

use crate::attribute::Attribute;
use model::ids::CategoryId;
use sqlx::PgConnection;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Category {
    pub id: CategoryId,
    pub parent: Option<CategoryId>,
    pub slug: String,
    pub name_id: String,
    pub name_en: String,
    pub icon: String,
}

/// The whole tree; it is small and known to be small.
pub async fn list_categories(db: &mut PgConnection) -> Result<Vec<Category>, sqlx::Error> {
    sqlx::query!("select id, parent_id, slug, name_id, name_en, icon from category order by sort, slug")
        .map(|row| Category {
            id: row.id.into(),
            parent: row.parent_id.map(CategoryId::from),
            slug: row.slug,
            name_id: row.name_id,
            name_en: row.name_en,
            icon: row.icon,
        })
        .fetch_all(db)
        .await
}

pub async fn list_attributes(db: &mut PgConnection) -> Result<Vec<Attribute>, sqlx::Error> {
    sqlx::query!("select id, category_id, key from category_attribute")
        .map(|row| Attribute { id: row.id, category: row.category_id.into(), key: row.key })
        .fetch_all(db)
        .await
}

/// Counts the products on sale in each category and beneath. Reads the whole catalogue: for jobs only.
pub async fn recount_categories(db: &mut PgConnection) -> Result<u64, sqlx::Error> {
    let changed = sqlx::query!(
        "with recursive up (leaf, id) as (
           select id, id from category
           union all
           select up.leaf, category.parent_id from up join category on category.id = up.id
           where category.parent_id is not null
         ), direct as (
           select category_id, count(*) as products from product where state = 'active' group by category_id
         ), counted as (
           select up.id, coalesce(sum(direct.products), 0)::int as products
           from up left join direct on direct.category_id = up.leaf
           group by up.id
         )
         update category set product_count = counted.products
         from counted
         where counted.id = category.id and category.product_count <> counted.products"
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected())
}
