//! Goods for operators to look at.

use crate::{
    ViewError,
    cards::{currency, stored, unsigned},
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    Money, Page,
    ids::{MediaId, Uuid},
    views::{
        Picture, ProductState,
        moderation::{JudgedProduct, Shelf},
    },
};
use sqlx::PgConnection;

struct Row {
    id: Uuid,
    slug: String,
    name: String,
    shop: String,
    shop_slug: String,
    category_id: String,
    category_en: String,
    price: i64,
    currency: String,
    about: String,
    state: String,
    key: i64,
    art_motif: String,
    art_seed: i32,
    media_id: Option<Uuid>,
    media_widths: Option<Vec<i16>>,
    media_width: Option<i32>,
    media_height: Option<i32>,
    placeholder: Option<String>,
}

/// Products; which of them, in which order, follows.
macro_rules! judged {
    ($key:tt, $wanted:tt, $($argument:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"select product.id, product.slug, product.name, shop.name as shop, shop.slug as shop_slug,
                 category.name_id as category_id, category.name_en as category_en, coalesce(product.price_min, 0) as "price!",
                 product.currency, left(product.description, 400) as "about!", product.state, "# + $key + r#" as "key!",
                 product.art_motif, product.art_seed, photo.id as "media_id?", photo.widths as "media_widths?",
                 photo.width as "media_width?", photo.height as "media_height?", photo.placeholder as "placeholder?"
               from product
               join shop on shop.id = product.shop_id
               join category on category.id = product.category_id
               left join lateral (
                 select media.id, media.widths, media.width, media.height, media.placeholder
                 from product_picture as picture join media on media.id = picture.media_id and media.state = 'ready'
                 where picture.product_id = product.id order by picture.sort limit 1
               ) as photo on true "# + $wanted,
            $($argument),*
        )
    };
}

/// Of one shelf, part by part.
pub async fn list(
    db: &mut PgConnection,
    shelf: Shelf,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<JudgedProduct>, ViewError> {
    let after = Cursor::read(after)?;
    let rows = match shelf {
        Shelf::Waiting => {
            // Before there was a market.
            let after = after.unwrap_or(Cursor { key: 0, id: Uuid::nil() });
            judged!(
                "(extract(epoch from product.updated_at) * 1000000)::bigint",
                "where product.state = 'in_review'
                   and (product.updated_at, product.id) > (to_timestamp($1::bigint / 1000000.0), $2)
                 order by product.updated_at, product.id limit $3",
                after.key,
                after.id,
                one_more(limit)
            )
            .fetch_all(db)
            .await?
        }
        Shelf::OnSale => {
            // The year 3000.
            let after = after.unwrap_or(Cursor { key: 32_503_680_000_000_000, id: Uuid::max() });
            judged!(
                "(extract(epoch from product.published_at) * 1000000)::bigint",
                "where product.state = 'active'
                   and (product.published_at, product.id) < (to_timestamp($1::bigint / 1000000.0), $2)
                 order by product.published_at desc, product.id desc limit $3",
                after.key,
                after.id,
                one_more(limit)
            )
            .fetch_all(db)
            .await?
        }
    };
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.key, id: row.id });
    let items = rows.into_iter().map(Row::judged).collect::<Result<_, _>>()?;
    Ok(Page { items, next, total: None })
}

impl Row {
    fn judged(self) -> Result<JudgedProduct, sqlx::Error> {
        let picture = match (self.media_id, self.media_widths, self.media_width, self.media_height) {
            (Some(id), Some(widths), Some(width), Some(height)) => {
                stored(MediaId::new(id), &widths, width, height, self.placeholder)
            }
            _ => Picture::drawn(self.art_motif, unsigned(self.art_seed), String::new()),
        };
        Ok(JudgedProduct {
            id: self.id.into(),
            slug: self.slug,
            name: self.name,
            shop: self.shop,
            shop_slug: self.shop_slug,
            category: (self.category_id, self.category_en),
            price: Money::new(self.price, currency(&self.currency)?),
            about: self.about,
            picture,
            state: ProductState::parse(&self.state)
                .ok_or_else(|| unsound("a product's state", &self.state))?,
            since: self.key / 1_000_000,
        })
    }
}
