//! Bringing in very many products at once. `copy` is the one statement the compiler cannot check; the columns stand
//! beside the values they take, and a test compares with what `insert_many` writes.

use super::sheet::SheetEdit;
use crate::NewProduct;
use model::{
    ids::{ProductId, ShopId, Uuid},
    views::ProductState,
};
use sqlx::PgConnection;
use std::fmt::{Display, Write};
use time::OffsetDateTime;

/// Puts new products on sale like [`super::insert_many`], but without timelines and dimensions.
pub async fn copy_many(
    db: &mut PgConnection,
    products: &[NewProduct],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let now = instant(now);
    let mut heads = Rows::default();
    let (mut options, mut variants, mut tiers, mut attributes) =
        (Rows::default(), Rows::default(), Rows::default(), Rows::default());
    for p in products {
        let cheapest = p.assortment.cheapest();
        heads
            .put(p.id)
            .put(p.shop)
            .put(p.category)
            .put(&p.slug)
            .text(p.name.as_str())
            .text(&p.description)
            .maybe(p.brand.as_deref())
            .put(p.condition.as_str())
            .put("active")
            .put(p.qty.min())
            .maybe(p.qty.max())
            .put(p.weight.get())
            .maybe(p.preorder_days)
            .maybe(p.video_url.as_deref())
            .put(p.free_shipping)
            .put(cheapest.price().get())
            .put(p.assortment.dearest().get())
            .maybe(cheapest.list().map(crate::Price::get))
            .put(p.assortment.in_stock())
            .put(p.totals.sold)
            .put(p.totals.rating_count)
            .put(p.totals.rating_sum)
            .put(&p.art.motif)
            .put(p.art.seed)
            .put(instant(p.published_at))
            .put(&now)
            .put(&now)
            .end();
        for (position, option) in p.assortment.options().iter().enumerate() {
            options.put(p.id).put(position).text(&option.key).text(&option.name).list(&option.values).end();
        }
        for (position, v) in p.assortment.variants().iter().enumerate() {
            variants
                .put(v.id)
                .put(p.id)
                .put(p.shop)
                .put(position)
                .text(&v.sku)
                .list(&v.choices)
                .put(v.offer.price().get())
                .maybe(v.offer.list().map(crate::Price::get))
                .put(v.on_hand)
                .maybe(v.weight.map(crate::Grams::get))
                .put(&now)
                .put(&now)
                .end();
        }
        for (qty, price) in p.assortment.tiers() {
            tiers.put(p.id).put(qty).put(price.get()).end();
        }
        for (id, value) in &p.attributes {
            use crate::AttributeValue::{Choice, Flag, Number, Text};
            attributes
                .put(p.id)
                .put(id)
                .maybe(if let Text(text) = value { Some(text.as_str()) } else { None })
                .maybe(if let Number(number) = value { Some(number.as_str()) } else { None })
                .maybe(if let Choice(key) = value { Some(key.as_str()) } else { None })
                .maybe(if let Flag(flag) = value { Some(*flag) } else { None })
                .end();
        }
    }
    heads
        .copy(
            db,
            "copy product (id, shop_id, category_id, slug, name, description, brand, condition, state, min_qty, max_qty, \
             weight_g, preorder_days, video_url, free_shipping, price_min, price_max, list_price, in_stock, sold_count, \
             rating_count, rating_sum, art_motif, art_seed, published_at, created_at, updated_at) from stdin",
        )
        .await?;
    options.copy(db, r#"copy product_option (product_id, position, key, name, "values") from stdin"#).await?;
    variants
        .copy(
            db,
            "copy variant (id, product_id, shop_id, position, sku, choices, price, list_price, on_hand, weight_g, \
             created_at, updated_at) from stdin",
        )
        .await?;
    tiers.copy(db, "copy price_tier (product_id, min_qty, price) from stdin").await?;
    attributes
        .copy(
            db,
            "copy product_attribute (product_id, attribute_id, text_value, number_value, choice_key, flag_value) from stdin",
        )
        .await
}

/// Writes new goods of a shop's own file; the rest of what they are stands in [`super::sheet`].
pub(super) async fn copy_sheet_heads(
    db: &mut PgConnection,
    shop: ShopId,
    products: &[&SheetEdit],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let now = instant(now);
    let mut heads = Rows::default();
    for p in products {
        let Some(new) = &p.new else { continue };
        let (edit, size) = (&p.edit, p.edit.dimensions);
        heads
            .put(p.id)
            .put(shop)
            .put(edit.category)
            .put(&p.slug)
            .text(edit.name.as_str())
            .text(&edit.description)
            .maybe(edit.brand.as_deref())
            .put(edit.condition.as_str())
            .put(new.state.as_str())
            .put(edit.qty.min())
            .maybe(edit.qty.max())
            .put(edit.weight.get())
            .maybe(size.map(|size| size.length_mm))
            .maybe(size.map(|size| size.width_mm))
            .maybe(size.map(|size| size.height_mm))
            .maybe(edit.preorder_days)
            .maybe(edit.video_url.as_deref())
            .maybe(p.cheapest().map(|v| v.offer.price().get()))
            .maybe(p.dearest())
            .maybe(p.cheapest().and_then(|v| v.offer.list()).map(crate::Price::get))
            .put(edit.variants.iter().any(|v| v.counted.unwrap_or(0) > 0))
            .put(&new.motif)
            .put(new.seed)
            .maybe((new.state == ProductState::Active).then_some(&now))
            .put(&now)
            .put(&now)
            .end();
    }
    heads
        .copy(
            db,
            "copy product (id, shop_id, category_id, slug, name, description, brand, condition, state, min_qty, max_qty, \
             weight_g, length_mm, width_mm, height_mm, preorder_days, video_url, price_min, price_max, list_price, in_stock, \
             art_motif, art_seed, published_at, created_at, updated_at) from stdin",
        )
        .await
}

/// Their variants.
pub(super) async fn copy_sheet_variants(
    db: &mut PgConnection,
    shop: ShopId,
    products: &[&SheetEdit],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let now = instant(now);
    let mut variants = Rows::default();
    for p in products {
        for (id, position, of) in p.parts() {
            variants
                .put(id)
                .put(p.id)
                .put(shop)
                .put(position)
                .text(&SheetEdit::sku(id, of))
                .list(&of.choices)
                .put(of.offer.price().get())
                .maybe(of.offer.list().map(crate::Price::get))
                .put(of.counted.unwrap_or(0))
                .maybe(of.weight.map(crate::Grams::get))
                .maybe(of.picture)
                .put(&now)
                .put(&now)
                .end();
        }
    }
    variants
        .copy(
            db,
            "copy variant (id, product_id, shop_id, position, sku, choices, price, list_price, on_hand, weight_g, media_id, \
             created_at, updated_at) from stdin",
        )
        .await
}

/// Those of these products that are there.
pub async fn list_present(db: &mut PgConnection, ids: &[ProductId]) -> Result<Vec<ProductId>, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let there = sqlx::query_scalar!("select id from product where id = any($1)", &ids).fetch_all(db).await?;
    Ok(there.into_iter().map(ProductId::from).collect())
}

/// After much has come in at once: what the planner knows is brought up to date.
pub async fn analyze(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("analyze product, variant, product_option, product_attribute, shop").execute(db).await?;
    Ok(())
}

/// To the microsecond, as PostgreSQL reads it.
fn instant(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    let (date, clock) = (at.date(), at.time());
    format!(
        "{date} {:02}:{:02}:{:02}.{:06}+00",
        clock.hour(),
        clock.minute(),
        clock.second(),
        clock.microsecond()
    )
}

/// Rows in PostgreSQL's text format. Writing to a string cannot fail.
#[derive(Default)]
struct Rows {
    out: String,
    begun: bool,
}

impl Rows {
    fn column(&mut self) -> &mut String {
        if self.begun {
            self.out.push('\t');
        }
        self.begun = true;
        &mut self.out
    }

    /// What needs no escapes: numbers, ids, words of a closed set.
    fn put(&mut self, value: impl Display) -> &mut Self {
        let _ = write!(self.column(), "{value}");
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        let out = self.column();
        escape(out, text);
        self
    }

    fn maybe(&mut self, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.text(&value.to_string()),
            None => self.put("\\N"),
        }
    }

    /// An array: each element quoted for the array, the whole escaped for the row.
    fn list(&mut self, values: &[impl Display]) -> &mut Self {
        let mut array = String::from("{");
        for (i, value) in values.iter().enumerate() {
            let value = value.to_string().replace('\\', r"\\").replace('"', "\\\"");
            let _ = write!(array, "{}\"{value}\"", if i > 0 { "," } else { "" });
        }
        array.push('}');
        self.text(&array)
    }

    fn end(&mut self) {
        self.out.push('\n');
        self.begun = false;
    }

    async fn copy(self, db: &mut PgConnection, statement: &str) -> Result<(), sqlx::Error> {
        if self.out.is_empty() {
            return Ok(());
        }
        let mut copy = db.copy_in_raw(statement).await?;
        copy.send(self.out.as_bytes()).await?;
        copy.finish().await?;
        Ok(())
    }
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' => out.push_str(r"\\"),
            '\t' => out.push_str(r"\t"),
            '\n' => out.push_str(r"\n"),
            '\r' => out.push_str(r"\r"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_escaped_for_copy() {
        let mut rows = Rows::default();
        rows.put(1)
            .text("a\tb\\c\nd")
            .maybe(None::<i32>)
            .maybe(Some("x"))
            .list(&["plain", "with \"quote\"", "a,b"])
            .end();
        assert_eq!(rows.out, "1\ta\\tb\\\\c\\nd\t\\N\tx\t{\"plain\",\"with \\\\\"quote\\\\\"\",\"a,b\"}\n");
    }

    #[test]
    fn instants_are_written_to_the_microsecond() {
        let at = time::macros::datetime!(2026-03-01 08:05:09.000_012 UTC);
        assert_eq!(instant(at), "2026-03-01 08:05:09.000012+00");
    }
}
