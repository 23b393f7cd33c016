//! Products as cards. One query shape for all of them: `card_query!` takes the part that says which products, in
//! which list and order. What they cost is what a cart would charge for one piece at that moment.

use crate::error::unsound;
use model::{
    Currency, Money, Slug,
    ids::{MediaId, ProductId, Uuid},
    views::{Condition, Picture, PictureSource, ProductCard, Tier, discount_percent},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Rows `(list, place, id)` become cards; whatever is not on sale falls out. `$1` is the moment, the arguments are `$2` and on.
macro_rules! card_query {
    ($wanted:tt, $now:expr $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            $crate::cards::CardRow,
            r#"select wanted.list as "list!", product.id, product.slug, product.name, product.currency,
                 product.price_min as "usual!", coalesce(dated.least, product.price_min) as "price_min!",
                 coalesce(dated.most, product.price_max) as "price_max!", product.list_price,
                 product.rating_count, product.rating_sum, product.sold_count, product.free_shipping,
                 product.condition, product.in_stock, product.art_motif, product.art_seed,
                 shop.id as shop_id, shop.slug as shop_slug, shop.name as shop_name, shop.tier,
                 city.short_name as city, photo.id as "media_id?", photo.widths as "media_widths?",
                 photo.width as "media_width?", photo.height as "media_height?", photo.placeholder,
                 photo.alt as "media_alt?"
               from ("# + $wanted + r#") as wanted (list, place, id)
               join product on product.id = wanted.id and product.state = 'active'
               join shop on shop.id = product.shop_id
               join region as city on city.code = shop.city_code
               left join lateral (
                 select min(price) as least, max(price) as most
                 from (
                   select price_at(variant.id, variant.price, $1) as price
                   from variant
                   where product.dated_until > $1::timestamptz and variant.product_id = product.id
                     and variant.retired_at is null
                   offset 0
                 ) as priced
               ) as dated on true
               left join lateral (
                 select media.id, media.widths, media.width, media.height, media.placeholder, picture.alt
                 from product_picture as picture join media on media.id = picture.media_id and media.state = 'ready'
                 where picture.product_id = product.id
                 order by picture.sort limit 1
               ) as photo on true
               order by wanted.list, wanted.place"#
            , $now $(, $argument)*
        )
    };
}
pub(crate) use card_query;

/// The cards of these products, in this order. Products that are gone are left out.
pub async fn cards(
    db: &mut PgConnection,
    ids: &[ProductId],
    now: OffsetDateTime,
) -> Result<Vec<ProductCard>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = card_query!(
        "select '', place, id from unnest($2::uuid[]) with ordinality as t (id, place)",
        now,
        &ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(CardRow::card).collect()
}

pub(crate) struct CardRow {
    pub list: String,
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub currency: String,
    /// The lowest price that it has without end.
    pub usual: i64,
    pub price_min: i64,
    pub price_max: i64,
    pub list_price: Option<i64>,
    pub rating_count: i32,
    pub rating_sum: i64,
    pub sold_count: i32,
    pub free_shipping: bool,
    pub condition: String,
    pub in_stock: bool,
    pub art_motif: String,
    pub art_seed: i32,
    pub shop_id: Uuid,
    pub shop_slug: String,
    pub shop_name: String,
    pub tier: String,
    pub city: String,
    pub media_id: Option<Uuid>,
    pub media_widths: Option<Vec<i16>>,
    pub media_width: Option<i32>,
    pub media_height: Option<i32>,
    pub placeholder: Option<String>,
    pub media_alt: Option<String>,
}

impl CardRow {
    pub fn card(self) -> Result<ProductCard, sqlx::Error> {
        let currency = currency(&self.currency)?;
        let price_min = Money::new(self.price_min, currency);
        let dated = (self.price_min < self.usual).then_some(self.usual);
        let list_price = self.list_price.or(dated).map(|amount| Money::new(amount, currency));
        let image = match (self.media_id, self.media_widths, self.media_width, self.media_height) {
            (Some(id), Some(widths), Some(width), Some(height)) => Picture {
                alt: self.media_alt.filter(|alt| !alt.is_empty()).unwrap_or_else(|| self.name.clone()),
                ..stored(id.into(), &widths, width, height, self.placeholder)
            },
            _ => Picture::drawn(self.art_motif, unsigned(self.art_seed), self.name.clone()),
        };
        Ok(ProductCard {
            id: self.id.into(),
            slug: slug(self.slug)?,
            name: self.name,
            price_min,
            price_max: Money::new(self.price_max, currency),
            list_price,
            discount_percent: list_price.and_then(|list| discount_percent(price_min, list)),
            rating_x100: average(self.rating_sum, self.rating_count.into()),
            review_count: unsigned(self.rating_count),
            sold: unsigned(self.sold_count),
            city: self.city,
            shop_id: self.shop_id.into(),
            shop_name: self.shop_name,
            shop_slug: slug(self.shop_slug)?,
            tier: tier(&self.tier)?,
            free_shipping: self.free_shipping,
            condition: condition(&self.condition)?,
            in_stock: self.in_stock,
            image,
            wished: None,
        })
    }
}

pub(crate) fn stored(
    media: MediaId,
    widths: &[i16],
    width: i32,
    height: i32,
    placeholder: Option<String>,
) -> Picture {
    let source = PictureSource::Stored { media, widths: widths.iter().map(|w| w.unsigned_abs()).collect() };
    let pixels = |n: i32| u16::try_from(n).unwrap_or(u16::MAX);
    Picture { alt: String::new(), width: pixels(width), height: pixels(height), placeholder, source }
}

pub(crate) fn currency(code: &str) -> Result<Currency, sqlx::Error> {
    [Currency::Idr, Currency::Usd, Currency::Sgd]
        .into_iter()
        .find(|currency| currency.code() == code)
        .ok_or_else(|| unsound("a currency", code))
}

pub(crate) fn slug(text: String) -> Result<Slug, sqlx::Error> {
    text.parse().map_err(|_| unsound("a slug", text))
}

pub(crate) fn tier(text: &str) -> Result<Tier, sqlx::Error> {
    Tier::parse(text).ok_or_else(|| unsound("a tier", text))
}

pub(crate) fn condition(text: &str) -> Result<Condition, sqlx::Error> {
    Condition::parse(text).ok_or_else(|| unsound("a condition", text))
}

/// Counters are never negative in the database.
pub(crate) fn unsigned(n: i32) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

/// Hundredths of a star, to the nearest; 0 where nobody rated.
pub(crate) fn average(sum: i64, count: i64) -> u16 {
    if count <= 0 {
        return 0;
    }
    u16::try_from((2 * sum + count) / (2 * count)).unwrap_or(500).min(500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_is_rounded_to_the_nearest_hundredth() {
        for (sum, count, x100) in
            [(0, 0, 0), (490 * 2369, 2369, 490), (500, 1, 500), (100 + 200, 2, 150), (1000 + 1, 3, 334)]
        {
            assert_eq!(average(sum, count), x100);
        }
    }
}
