//! Writing many products as their sellers have changed them, or made them, in a file: a handful of statements however many
//! there are.

use super::{bulk, product::insert_attributes, variant::made_sku};
use crate::{
    AttributeValue, Moved,
    edit::{AttributeKind, AttributeRule, Edit, EditedVariant},
};
use model::{
    Slug,
    ids::{CategoryId, MediaId, ProductId, ShopId, Uuid, VariantId},
    views::ProductState,
};
use serde_json::json;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// A product as it is to be.
#[derive(Clone, Debug)]
pub struct SheetEdit {
    pub id: ProductId,
    pub edit: Edit,
    /// Of its variants, in the order of the edit; those that are new have theirs already.
    pub variants: Vec<VariantId>,
    /// Where it is shown, unless it was on sale before under another address.
    pub slug: Slug,
    /// None where it is there already.
    pub new: Option<NewSheet>,
    /// What of it differs from what is there.
    pub options: bool,
    pub tiers: bool,
    pub attributes: bool,
    /// Its photographs in their order, where they differ.
    pub gallery: Option<Vec<MediaId>>,
}

#[derive(Clone, Debug)]
pub struct NewSheet {
    pub state: ProductState,
    /// What is drawn where there is no photograph.
    pub motif: String,
    pub seed: i32,
}

impl SheetEdit {
    pub(super) fn parts(&self) -> impl Iterator<Item = (VariantId, i16, &EditedVariant)> {
        self.variants.iter().zip(0i16..).zip(&self.edit.variants).map(|((id, place), of)| (*id, place, of))
    }

    /// The variant shown on its card.
    pub(super) fn cheapest(&self) -> Option<&EditedVariant> {
        self.edit.variants.iter().min_by_key(|variant| variant.offer.price())
    }

    pub(super) fn dearest(&self) -> Option<i64> {
        self.edit.variants.iter().map(|variant| variant.offer.price().get()).max()
    }

    /// What one of its variants is known by: the seller's own, or one made up.
    pub(super) fn sku(id: VariantId, of: &EditedVariant) -> String {
        of.sku.clone().unwrap_or_else(|| made_sku(id))
    }
}

/// Keeps others from changing these of a shop's products until the transaction ends. Those who order them are not kept
/// waiting.
pub async fn lock(db: &mut PgConnection, shop: ShopId, products: &[ProductId]) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = products.iter().map(|product| product.uuid()).collect();
    sqlx::query!(
        "select id from product where id = any($2) and shop_id = $1 order by id for no key update",
        shop.uuid(),
        &ids
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// The product each of a shop's stock-keeping units is of. Looked up one by one: a plan that was made while there were few
/// would compare each row with each unit.
pub async fn find_skus(
    db: &mut PgConnection,
    shop: ShopId,
    skus: &[String],
) -> Result<HashMap<String, ProductId>, sqlx::Error> {
    let rows = sqlx::query!(
        "select variant.sku, variant.product_id
         from unnest($2::text[]) as wanted (sku)
         join variant on variant.shop_id = $1 and variant.sku = wanted.sku and variant.retired_at is null",
        shop.uuid(),
        skus
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.sku, row.product_id.into())).collect())
}

/// Those of these products that are the shop's.
pub async fn list_own(
    db: &mut PgConnection,
    shop: ShopId,
    products: &[ProductId],
) -> Result<Vec<ProductId>, sqlx::Error> {
    let ids: Vec<Uuid> = products.iter().map(|product| product.uuid()).collect();
    let own =
        sqlx::query_scalar!("select id from product where id = any($2) and shop_id = $1", shop.uuid(), &ids);
    Ok(own.fetch_all(db).await?.into_iter().map(ProductId::new).collect())
}

/// Those of these photographs that are the shop's.
pub async fn list_own_pictures(
    db: &mut PgConnection,
    shop: ShopId,
    pictures: &[MediaId],
) -> Result<Vec<MediaId>, sqlx::Error> {
    let ids: Vec<Uuid> = pictures.iter().map(|picture| picture.uuid()).collect();
    let own = sqlx::query_scalar!(
        "select id from media where id = any($2) and owner_id = $1 and state <> 'failed'",
        shop.uuid(),
        &ids
    );
    Ok(own.fetch_all(db).await?.into_iter().map(MediaId::new).collect())
}

/// An attribute of a category by its key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyedRule {
    pub category: CategoryId,
    pub key: String,
    pub rule: AttributeRule,
}

/// All attributes there are.
pub async fn list_rules(db: &mut PgConnection) -> Result<Vec<KeyedRule>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, category_id, key, kind,
             array(select c ->> 'key' from jsonb_array_elements(choices) as c) as "choices!: Vec<String>"
           from category_attribute order by sort, key"#
    );
    let rules = rows.fetch_all(db).await?.into_iter().map(|row| KeyedRule {
        category: row.category_id.into(),
        key: row.key,
        rule: AttributeRule { id: row.id, kind: AttributeKind::of(&row.kind, row.choices) },
    });
    Ok(rules.collect())
}

/// Writes all of them. `line` makes the ids of the timelines of new ones.
pub async fn write_many(
    db: &mut PgConnection,
    shop: ShopId,
    products: &[SheetEdit],
    line: impl Fn() -> Uuid,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    if products.is_empty() {
        return Ok(());
    }
    let (new, there): (Vec<&SheetEdit>, Vec<&SheetEdit>) = products.iter().partition(|p| p.new.is_some());
    bulk::copy_sheet_heads(db, shop, &new, now).await?;
    update_heads(db, &there, now).await?;
    begin_timelines(db, products, line, now).await?;
    put_galleries(db, products).await?;
    put_options(db, products).await?;
    bulk::copy_sheet_variants(db, shop, &new, now).await?;
    put_variants(db, shop, &there, now).await?;
    put_tiers(db, products).await?;
    put_attributes(db, products).await?;
    mark_in_stock(db, products, now).await
}

async fn update_heads(
    db: &mut PgConnection,
    products: &[&SheetEdit],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    if products.is_empty() {
        return Ok(());
    }
    let column = Column(products);
    let size = |of: fn(crate::Dimensions) -> i32| column.of(|p| p.edit.dimensions.map(of));
    sqlx::query!(
        "update product
         set category_id = t.category_id, name = t.name, description = t.description,
           brand = t.brand, condition = t.condition, min_qty = t.min_qty, max_qty = t.max_qty,
           weight_g = t.weight_g, length_mm = t.length_mm, width_mm = t.width_mm,
           height_mm = t.height_mm, preorder_days = t.preorder_days, video_url = t.video_url,
           price_min = t.price_min, price_max = t.price_max, list_price = t.list_price,
           slug = case when product.published_at is null then t.slug else product.slug end,
           updated_at = $19, version = product.version + 1
         from unnest(
           $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
           $8::int[], $9::int[], $10::int[], $11::int[], $12::int[], $13::int[], $14::smallint[], $15::text[],
           $16::bigint[], $17::bigint[], $18::bigint[])
         as t (
           id, category_id, slug, name, description, brand, condition, min_qty, max_qty, weight_g,
           length_mm, width_mm, height_mm, preorder_days, video_url, price_min, price_max, list_price)
         where product.id = t.id",
        &column.of(|p| p.id.uuid()),
        &column.of(|p| p.edit.category.uuid()),
        &column.of(|p| p.slug.to_string()),
        &column.of(|p| p.edit.name.to_string()),
        &column.of(|p| p.edit.description.clone()),
        &column.of(|p| p.edit.brand.clone()) as &[Option<String>],
        &column.of(|p| p.edit.condition.as_str().to_owned()),
        &column.of(|p| p.edit.qty.min()),
        &column.of(|p| p.edit.qty.max()) as &[Option<i32>],
        &column.of(|p| p.edit.weight.get()),
        &size(|size| size.length_mm) as &[Option<i32>],
        &size(|size| size.width_mm) as &[Option<i32>],
        &size(|size| size.height_mm) as &[Option<i32>],
        &column.of(|p| p.edit.preorder_days) as &[Option<i16>],
        &column.of(|p| p.edit.video_url.clone()) as &[Option<String>],
        &column.of(|p| p.cheapest().map(|v| v.offer.price().get())) as &[Option<i64>],
        &column.of(|p| p.dearest()) as &[Option<i64>],
        &column.of(|p| p.cheapest().and_then(|v| v.offer.list()).map(crate::Price::get)) as &[Option<i64>],
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn begin_timelines(
    db: &mut PgConnection,
    products: &[SheetEdit],
    line: impl Fn() -> Uuid,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let new: Vec<(Uuid, Uuid, &str)> = products
        .iter()
        .filter_map(|p| p.new.as_ref().map(|new| (line(), p.id.uuid(), new.state.as_str())))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let column = Column(&new);
    sqlx::query!(
        "insert into product_transition (id, product_id, to_state, actor, at)
         select id, product_id, state, $4, $5 from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (id, product_id, state)",
        &column.of(|(line, ..)| *line),
        &column.of(|(_, product, _)| *product),
        &column.of(|(.., state)| (*state).to_owned()),
        crate::Actor::Import.to_string(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Before variants, which may show one of them.
async fn put_galleries(db: &mut PgConnection, products: &[SheetEdit]) -> Result<(), sqlx::Error> {
    let changed: Vec<(Uuid, &[MediaId])> =
        products.iter().filter_map(|p| Some((p.id.uuid(), p.gallery.as_deref()?))).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let ids = Column(&changed).of(|(product, _)| *product);
    let rows: Vec<(Uuid, Uuid, i16)> = changed
        .iter()
        .flat_map(|(product, gallery)| {
            gallery.iter().zip(0i16..).map(|(media, n)| (*product, media.uuid(), n))
        })
        .collect();
    let column = Column(&rows);
    let described = sqlx::query!(
        "delete from product_picture where product_id = any($1) returning product_id, media_id, alt",
        &ids
    );
    // What describes a photograph stays with it.
    let described: HashMap<(Uuid, Uuid), String> = described
        .fetch_all(&mut *db)
        .await?
        .into_iter()
        .map(|row| ((row.product_id, row.media_id), row.alt))
        .collect();
    sqlx::query!(
        "insert into product_picture (product_id, media_id, sort, alt)
         select product_id, media_id, sort, alt
         from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::text[]) as t (product_id, media_id, sort, alt)",
        &column.of(|(product, ..)| *product),
        &column.of(|(_, media, _)| *media),
        &column.of(|(.., sort)| *sort),
        &column.of(|(product, media, _)| described.get(&(*product, *media)).cloned().unwrap_or_default())
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Those that have rows to put others in place of.
fn ids_there(products: &[&SheetEdit]) -> Vec<Uuid> {
    products.iter().filter(|p| p.new.is_none()).map(|p| p.id.uuid()).collect()
}

async fn put_options(db: &mut PgConnection, products: &[SheetEdit]) -> Result<(), sqlx::Error> {
    let changed: Vec<&SheetEdit> = products.iter().filter(|p| p.options).collect();
    let there = ids_there(&changed);
    if !there.is_empty() {
        sqlx::query!("delete from product_option where product_id = any($1)", &there)
            .execute(&mut *db)
            .await?;
    }
    if changed.iter().all(|p| p.edit.options.is_empty()) {
        return Ok(());
    }
    let rows = changed.iter().flat_map(|p| {
        p.edit.options.iter().enumerate().map(|(position, option)| {
            json!({
                "product_id": p.id, "position": position, "key": option.key, "name": option.name,
                "values": option.values,
            })
        })
    });
    // Lists within lists have no array form that `unnest` opens as wanted.
    sqlx::query!(
        r#"insert into product_option (product_id, position, key, name, "values")
           select product_id, position, key, name, "values"
           from jsonb_to_recordset($1)
             as t (product_id uuid, position smallint, key text, name text, "values" text[])"#,
        serde_json::Value::Array(rows.collect())
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn put_variants(
    db: &mut PgConnection,
    shop: ShopId,
    products: &[&SheetEdit],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    if products.is_empty() {
        return Ok(());
    }
    let there: Vec<Uuid> = products
        .iter()
        .filter(|p| p.options)
        .flat_map(|p| p.edit.variants.iter().filter_map(|variant| variant.id.map(VariantId::uuid)))
        .collect();
    if !there.is_empty() {
        // Two that change places would meet on the way.
        sqlx::query!(
            "update variant set choices = array[-1, t.n]::smallint[]
             from unnest($1::uuid[]) with ordinality as t (id, n) where variant.id = t.id",
            &there
        )
        .execute(&mut *db)
        .await?;
    }
    let rows: Vec<_> =
        products.iter().flat_map(|p| p.parts().map(move |(id, place, of)| (p.id, id, place, of))).collect();
    let column = Column(&rows);
    sqlx::query!(
        "insert into variant (
           id, product_id, shop_id, position, sku, choices, price, list_price, on_hand, weight_g, media_id, created_at,
           updated_at)
         select id, product_id, $3, position, sku, string_to_array(choices, ',')::smallint[], price, list_price, on_hand,
           weight_g, media_id, $12, $12
         from unnest($1::uuid[], $2::uuid[], $4::smallint[], $5::text[], $6::text[], $7::bigint[], $8::bigint[],
             $9::int[], $10::int[], $11::uuid[])
           as t (id, product_id, position, sku, choices, price, list_price, on_hand, weight_g, media_id)
         on conflict (id) do update
         set position = excluded.position, sku = excluded.sku, choices = excluded.choices, price = excluded.price,
           list_price = excluded.list_price, weight_g = excluded.weight_g, media_id = excluded.media_id,
           updated_at = excluded.updated_at",
        &column.of(|(_, id, ..)| id.uuid()),
        &column.of(|(product, ..)| product.uuid()),
        shop.uuid(),
        &column.of(|(_, _, place, _)| *place),
        &column.of(|(_, id, _, of)| SheetEdit::sku(*id, of)),
        &column.of(|(.., of)| of.choices.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")),
        &column.of(|(.., of)| of.offer.price().get()),
        &column.of(|(.., of)| of.offer.list().map(crate::Price::get)) as &[Option<i64>],
        &column.of(|(.., of)| of.counted.unwrap_or(0)),
        &column.of(|(.., of)| of.weight.map(crate::Grams::get)) as &[Option<i32>],
        &column.of(|(.., of)| of.picture.map(MediaId::uuid)) as &[Option<Uuid>],
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn put_tiers(db: &mut PgConnection, products: &[SheetEdit]) -> Result<(), sqlx::Error> {
    let changed: Vec<&SheetEdit> = products.iter().filter(|p| p.tiers).collect();
    let there = ids_there(&changed);
    if !there.is_empty() {
        sqlx::query!("delete from price_tier where product_id = any($1)", &there).execute(&mut *db).await?;
    }
    let rows: Vec<(Uuid, i32, i64)> = changed
        .iter()
        .flat_map(|p| p.edit.tiers.steps().iter().map(|(from, price)| (p.id.uuid(), *from, price.get())))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let column = Column(&rows);
    sqlx::query!(
        "insert into price_tier (product_id, min_qty, price)
         select product_id, min_qty, price from unnest($1::uuid[], $2::int[], $3::bigint[]) as t (product_id, min_qty, price)",
        &column.of(|(product, ..)| *product),
        &column.of(|(_, from, _)| *from),
        &column.of(|(.., price)| *price)
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn put_attributes(db: &mut PgConnection, products: &[SheetEdit]) -> Result<(), sqlx::Error> {
    let changed: Vec<(ProductId, &[(Uuid, AttributeValue)])> =
        products.iter().filter(|p| p.attributes).map(|p| (p.id, p.edit.attributes.as_slice())).collect();
    let ids: Vec<Uuid> =
        products.iter().filter(|p| p.attributes && p.new.is_none()).map(|p| p.id.uuid()).collect();
    if !ids.is_empty() {
        sqlx::query!("delete from product_attribute where product_id = any($1)", &ids)
            .execute(&mut *db)
            .await?;
    }
    insert_attributes(db, changed.into_iter()).await
}

/// What was there already may have got variants of which there is something.
async fn mark_in_stock(
    db: &mut PgConnection,
    products: &[SheetEdit],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let grown: Vec<Uuid> = products
        .iter()
        .filter(|p| p.new.is_none() && p.edit.variants.iter().any(|variant| variant.id.is_none()))
        .map(|p| p.id.uuid())
        .collect();
    if grown.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update product set in_stock = there.any, updated_at = $2
         from (select product_id, bool_or(on_hand > 0) as any from variant
               where product_id = any($1) and retired_at is null group by product_id) as there
         where product.id = there.product_id and product.in_stock <> there.any",
        &grown,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes where products have moved to, one step after the other, with the lines of their timelines. `line` makes their
/// ids.
pub async fn save_moves(
    db: &mut PgConnection,
    moves: &[Vec<Moved>],
    line: impl Fn() -> Uuid,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let steps: Vec<(Uuid, &Moved)> = moves.iter().flatten().map(|moved| (line(), moved)).collect();
    if steps.is_empty() {
        return Ok(());
    }
    let column = Column(&steps);
    sqlx::query!(
        "insert into product_transition (id, product_id, from_state, to_state, actor, at)
         select id, product_id, from_state, to_state, actor, $6
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) as t (id, product_id, from_state, to_state, actor)",
        &column.of(|(line, _)| *line),
        &column.of(|(_, moved)| moved.product.uuid()),
        &column.of(|(_, moved)| moved.from.as_str().to_owned()),
        &column.of(|(_, moved)| moved.to.as_str().to_owned()),
        &column.of(|(_, moved)| moved.actor.to_string()),
        now
    )
    .execute(&mut *db)
    .await?;
    let ends: Vec<&Moved> = moves.iter().filter_map(|steps| steps.last()).collect();
    let column = Column(&ends);
    sqlx::query!(
        "update product
         set state = t.state, state_reason = null, updated_at = $3, version = version + 1,
           published_at = case when t.state = 'active' then coalesce(published_at, $3) else published_at end
         from unnest($1::uuid[], $2::text[]) as t (id, state)
         where product.id = t.id",
        &column.of(|moved| moved.product.uuid()),
        &column.of(|moved| moved.to.as_str().to_owned()),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Rows turned into columns, as `unnest` wants them.
struct Column<'a, T>(&'a [T]);

impl<T> Column<'_, T> {
    fn of<C>(&self, value: impl Fn(&T) -> C) -> Vec<C> {
        self.0.iter().map(value).collect()
    }
}
