//! A shop's variants that are made of others, for those who put them together.

use crate::{
    ViewError,
    cards::slug,
    cursor::{Cursor, cut, one_more},
};
use model::{
    Page,
    ids::{ShopId, Uuid, VariantId},
    shop::{Bundle, BundlePart},
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

/// One thing in a bundle, as pages read it.
#[derive(Debug, Deserialize)]
pub(crate) struct PartRow {
    id: Uuid,
    sku: String,
    choices: Vec<usize>,
    name: String,
    options: Option<Vec<Vec<String>>>,
    quantity: i32,
}

impl PartRow {
    pub fn part(self) -> BundlePart {
        let options = self.options.unwrap_or_default();
        let chosen = options.iter().zip(&self.choices);
        let label: Vec<&str> = chosen.filter_map(|(values, i)| values.get(*i).map(String::as_str)).collect();
        let name =
            if label.is_empty() { self.name } else { format!("{} · {}", self.name, label.join(", ")) };
        BundlePart { variant: self.id.into(), sku: self.sku, name, quantity: self.quantity }
    }
}

struct Row {
    id: Uuid,
    sku: String,
    choices: Vec<i16>,
    slug: String,
    name: String,
    options: Option<Json<Vec<Vec<String>>>>,
    parts: Json<Vec<PartRow>>,
}

/// Variants of the shop of `$1` with what they consist of. Which of them follows.
macro_rules! bundles {
    ($wanted:tt, $shop:expr $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select variant.id, variant.sku, variant.choices, product.slug, product.name,
                 (select jsonb_agg("values" order by position) from product_option where product_id = product.id)
                   as "options?: Json<Vec<Vec<String>>>",
                 (select coalesce(jsonb_agg(jsonb_build_object('id', held.id, 'sku', held.sku,
                    'choices', held.choices, 'name', thing.name, 'quantity', part.quantity,
                    'options', (select jsonb_agg("values" order by position) from product_option where product_id = thing.id))
                    order by thing.name, held.sku), '[]')
                  from bundle_component as part
                  join variant as held on held.id = part.component_variant
                  join product as thing on thing.id = held.product_id
                  where part.bundle_variant = variant.id) as "parts!: Json<Vec<PartRow>>"
               from variant join product on product.id = variant.product_id
               where variant.shop_id = $1 and variant.retired_at is null and product.state <> 'archived' "# + $wanted,
            $shop.uuid()
            $(, $argument)*
        )
    };
}

/// Part by part, in the order they came into the catalogue.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<Bundle>, ViewError> {
    let after = Cursor::read(after)?.unwrap_or(Cursor::LOWEST);
    let rows = bundles!(
        "and variant.id > $2 and exists (select from bundle_component where bundle_variant = variant.id)
         order by variant.id limit $3",
        shop,
        after.id,
        one_more(limit)
    )
    .fetch_all(&mut *db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: 0, id: row.id });
    Ok(Page { items: shown(db, rows).await?, next, total: None })
}

/// One variant, whether it is a bundle yet or not.
pub async fn find(
    db: &mut PgConnection,
    shop: ShopId,
    variant: VariantId,
) -> Result<Option<Bundle>, sqlx::Error> {
    let rows = bundles!("and variant.id = $2", shop, variant.uuid()).fetch_all(&mut *db).await?;
    Ok(shown(db, rows).await?.pop())
}

async fn shown(db: &mut PgConnection, rows: Vec<Row>) -> Result<Vec<Bundle>, sqlx::Error> {
    let ids: Vec<VariantId> = rows.iter().map(|row| row.id.into()).collect();
    let there = inventory::store::available(db, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let it = there.get(&row.id.into());
            let options = row.options.map(|options| options.0).unwrap_or_default();
            let chosen = options.iter().zip(&row.choices);
            let label: Vec<&str> = chosen
                .filter_map(|(values, i)| values.get(usize::try_from(*i).ok()?).map(String::as_str))
                .collect();
            Ok(Bundle {
                variant: row.id.into(),
                slug: slug(row.slug)?,
                name: row.name,
                label: label.join(", "),
                sku: row.sku,
                stock: it.is_none_or(|it| it.tracked).then(|| it.map_or(0, |it| it.sellable.max(0))),
                parts: row.parts.0.into_iter().map(PartRow::part).collect(),
            })
        })
        .collect()
}

/// Which variants of a shop these SKUs are; none for one it has not.
pub async fn variants_of(
    db: &mut PgConnection,
    shop: ShopId,
    skus: &[String],
) -> Result<Vec<Option<VariantId>>, sqlx::Error> {
    let rows = sqlx::query_scalar!(
        r#"select variant.id as "id?"
           from unnest($2::text[]) with ordinality as wanted (sku, place)
           left join variant on variant.shop_id = $1 and variant.sku = wanted.sku and variant.retired_at is null
           order by place"#,
        shop.uuid(),
        skus
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|id| id.map(Into::into)).collect())
}
