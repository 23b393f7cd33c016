//! Products as the search index wants them: a few statements for thousands at once, because a rebuild reads them all.

use crate::{cards::average, error::unsound};
use model::ids::{ProductId, Uuid};
use search::{Category, Condition, Document, Shop, Value, Variant};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Reads documents; knows the category tree as it was when it was made.
pub struct Documents {
    /// From the root to each category.
    paths: HashMap<Uuid, Vec<Category>>,
}

struct Head {
    id: Uuid,
    name: String,
    category_id: Uuid,
    brand: Option<String>,
    condition: String,
    free_shipping: bool,
    rating_count: i32,
    rating_sum: i64,
    sold_count: i32,
    description: String,
    created_at: i64,
    shop_id: Uuid,
    shop_slug: String,
    shop_name: String,
    tier: String,
    city: String,
}

macro_rules! head_query {
    ($wanted:tt, $($argument:expr),*) => {
        sqlx::query_as!(
            Head,
            r#"select product.id, product.name, product.category_id, product.brand, product.condition,
                 product.free_shipping, product.rating_count, product.rating_sum, product.sold_count,
                 product.description, extract(epoch from product.published_at)::bigint as "created_at!",
                 shop.id as shop_id, shop.slug as shop_slug, shop.name as shop_name, shop.tier, city.short_name as city
               from product
               join shop on shop.id = product.shop_id
               join region as city on city.code = shop.city_code
               where product.state = 'active' and "# + $wanted,
            $($argument),*
        )
    };
}

impl Documents {
    pub async fn new(db: &mut PgConnection) -> Result<Self, sqlx::Error> {
        let rows =
            sqlx::query!("select id, parent_id, slug, name_id, name_en from category").fetch_all(db).await?;
        let tree: HashMap<Uuid, (Option<Uuid>, Category)> = rows
            .into_iter()
            .map(|row| {
                let category = Category { slug: row.slug, indonesian: row.name_id, english: row.name_en };
                (row.id, (row.parent_id, category))
            })
            .collect();
        let path = |id: &Uuid| {
            let mut path = vec![];
            let mut at = Some(*id);
            while let Some((parent, category)) = at.and_then(|id| tree.get(&id)) {
                path.push(category.clone());
                at = *parent;
            }
            path.reverse();
            path
        };
        Ok(Self { paths: tree.keys().map(|id| (*id, path(id))).collect() })
    }

    /// All products on sale, best sellers first: the order in which an index is built, so that searches can begin with
    /// the best. Sixteen bytes each.
    pub async fn best_first(db: &mut PgConnection) -> Result<Vec<ProductId>, sqlx::Error> {
        let ids =
            sqlx::query_scalar!("select id from product where state = 'active' order by sold_count desc, id");
        Ok(ids.fetch_all(db).await?.into_iter().map(ProductId::from).collect())
    }

    /// Those of these products that are on sale, in this order, with the prices of this moment; the others are to be deleted
    /// from the index.
    pub async fn of(
        &self,
        db: &mut PgConnection,
        products: &[ProductId],
        now: OffsetDateTime,
    ) -> Result<Vec<Document>, sqlx::Error> {
        let ids: Vec<Uuid> = products.iter().map(|id| id.uuid()).collect();
        let mut heads = head_query!("product.id = any($1)", &ids).fetch_all(&mut *db).await?;
        let places: HashMap<Uuid, usize> = ids.into_iter().enumerate().map(|(i, id)| (id, i)).collect();
        heads.sort_by_key(|head| places.get(&head.id).copied());
        self.complete(db, heads, now).await
    }

    async fn complete(
        &self,
        db: &mut PgConnection,
        heads: Vec<Head>,
        now: OffsetDateTime,
    ) -> Result<Vec<Document>, sqlx::Error> {
        let ids: Vec<Uuid> = heads.iter().map(|head| head.id).collect();
        let mut variants = variants(db, &ids, now).await?;
        let mut attributes = attributes(db, &ids).await?;
        heads
            .into_iter()
            .map(|head| {
                let variants = variants.remove(&head.id).unwrap_or_default();
                let attributes = attributes.remove(&head.id).unwrap_or_default();
                self.document(head, variants, attributes)
            })
            .collect()
    }

    fn document(
        &self,
        head: Head,
        variants: Vec<Variant>,
        attributes: Vec<(String, Value)>,
    ) -> Result<Document, sqlx::Error> {
        let tier = match head.tier.as_str() {
            "official" => 2,
            "power" => 1,
            _ => 0,
        };
        Ok(Document {
            product: head.id,
            name: head.name,
            categories: self.paths.get(&head.category_id).cloned().unwrap_or_default(),
            shop: Shop {
                id: head.shop_id,
                slug: head.shop_slug,
                name: head.shop_name,
                city: head.city,
                tier,
            },
            brand: head.brand,
            condition: match head.condition.as_str() {
                "new" => Condition::New,
                "used" => Condition::Used,
                other => return Err(unsound("a condition", other)),
            },
            free_shipping: head.free_shipping,
            attributes,
            variants,
            rating: average(head.rating_sum, head.rating_count.into()),
            review_count: head.rating_count.unsigned_abs(),
            sold: head.sold_count.unsigned_abs(),
            created_at: head.created_at,
            description: head.description,
        })
    }
}

async fn variants(
    db: &mut PgConnection,
    products: &[Uuid],
    now: OffsetDateTime,
) -> Result<HashMap<Uuid, Vec<Variant>>, sqlx::Error> {
    let options = sqlx::query!(
        r#"select product_id, key, "values" from product_option where product_id = any($1) order by product_id, position"#,
        products
    )
    .fetch_all(&mut *db)
    .await?;
    let mut asked: HashMap<Uuid, Vec<(String, Vec<String>)>> = HashMap::new();
    for option in options {
        asked.entry(option.product_id).or_default().push((option.key, option.values));
    }
    let rows = sqlx::query!(
        r#"select variant.product_id, on_hand, choices,
             case when product.dated_until > $2::timestamptz then price_at(variant.id, variant.price, $2)
               else variant.price end as "price!"
           from variant join product on product.id = variant.product_id
           where variant.product_id = any($1) and retired_at is null"#,
        products,
        now
    )
    .fetch_all(db)
    .await?;
    let mut of: HashMap<Uuid, Vec<Variant>> = HashMap::with_capacity(products.len());
    for row in rows {
        let asked = asked.get(&row.product_id).map_or(&[][..], Vec::as_slice);
        let chosen = asked.iter().zip(&row.choices).filter_map(|((key, values), choice)| {
            let value = values.get(usize::from(choice.unsigned_abs()))?;
            Some((key.clone(), Value::Choice(value.clone())))
        });
        let options = chosen.collect();
        let variant = Variant { price: row.price.unsigned_abs(), in_stock: row.on_hand > 0, options };
        of.entry(row.product_id).or_default().push(variant);
    }
    Ok(of)
}

async fn attributes(
    db: &mut PgConnection,
    products: &[Uuid],
) -> Result<HashMap<Uuid, Vec<(String, Value)>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select said.product_id, a.key, said.text_value, said.number_value::float8 as number_value, said.choice_key,
             said.flag_value
           from product_attribute as said join category_attribute as a on a.id = said.attribute_id
           where said.product_id = any($1)"#,
        products
    )
    .fetch_all(db)
    .await?;
    let mut of: HashMap<Uuid, Vec<(String, Value)>> = HashMap::new();
    for row in rows {
        let value = match (row.text_value, row.number_value, row.choice_key, row.flag_value) {
            (Some(text), ..) => Value::Text(text),
            (_, Some(number), ..) => Value::Number(number),
            (_, _, Some(choice), _) => Value::Choice(choice),
            (.., Some(flag)) => Value::Flag(flag),
            _ => continue,
        };
        of.entry(row.product_id).or_default().push((row.key, value));
    }
    Ok(of)
}
