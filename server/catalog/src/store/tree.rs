//! Categories and their attributes.

use crate::attribute::Attribute;
use model::ids::{CategoryId, ShopId, Uuid};
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

/// Counts these shops' products on sale in each category.
pub async fn recount_shop_categories(db: &mut PgConnection, shops: &[ShopId]) -> Result<(), sqlx::Error> {
    let shops: Vec<Uuid> = shops.iter().map(|shop| shop.uuid()).collect();
    // One after the other for each shop: whoever counts later counts what was committed meanwhile.
    sqlx::query!("select id from shop where id = any($1) order by id for no key update", &shops)
        .fetch_all(&mut *db)
        .await?;
    sqlx::query!(
        "with counted as (
           select shop_id, category_id, count(*)::int as products from product
           where shop_id = any($1) and state = 'active' group by shop_id, category_id
         ), gone as (
           delete from shop_category as kept
           where shop_id = any($1) and not exists (
             select from counted where (counted.shop_id, counted.category_id) = (kept.shop_id, kept.category_id))
         )
         insert into shop_category (shop_id, category_id, product_count)
         select shop_id, category_id, products from counted
         on conflict (shop_id, category_id) do update set product_count = excluded.product_count
         where shop_category.product_count <> excluded.product_count",
        &shops
    )
    .execute(db)
    .await?;
    Ok(())
}
