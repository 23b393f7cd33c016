//! A shop's page: one query for its head, two for a page of its goods.

use crate::{
    ViewError,
    cards::{average, cards, slug, tier, unsigned},
    category::CountRow,
    listing::{self, Scope},
    settings::{PictureRow, hours},
};
use model::{
    Lang, Page, Slug,
    ids::ShopId,
    shop::HolidayNote,
    views::{CategoryCount, ListingSort, ProductCard, ShopCard, ShopPage},
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// What stands at an address.
#[derive(Clone, PartialEq, Debug)]
pub enum Lookup {
    Found(Box<ShopPage>),
    /// It has another address now: 301.
    Moved(Slug),
    /// It was here once: 410.
    Gone,
    Unknown,
}

pub async fn page(db: &mut PgConnection, address: &Slug, lang: Lang) -> Result<Lookup, sqlx::Error> {
    let row = sqlx::query!(
        r#"select shop.id, shop.slug, shop.name, shop.description, shop.tier, shop.state, city.short_name as city,
             province.name as province, shop.rating_count, shop.rating_sum, shop.product_count, shop.sold_count, shop.reliable,
             extract(epoch from shop.joined_at)::bigint as "joined_at!", shop.open_days, shop.opens, shop.closes,
             extract(epoch from shop.holiday_until)::bigint as holiday_until, shop.holiday_message,
             (select to_jsonb(media) from media where media.id = shop.logo_id and media.state = 'ready') as "logo?: Json<PictureRow>",
             (select to_jsonb(media) from media where media.id = shop.banner_id and media.state = 'ready') as "banner?: Json<PictureRow>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'icon', c.icon,
                'name', case when $2 = 'en' then c.name_en else c.name_id end, 'products', counted.product_count)
                order by counted.product_count desc, c.slug), '[]')
              from shop_category as counted join category as c on c.id = counted.category_id
              where counted.shop_id = shop.id) as "categories!: Json<Vec<CountRow>>"
           from shop
           join region as city on city.code = shop.city_code
           join region as province on province.code = city.parent_code
           where shop.id = coalesce(
             (select id from shop where slug = $1), (select shop_id from shop_former_slug where slug = $1))"#,
        address.as_str(),
        lang.tag()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(Lookup::Unknown) };
    match row.state.as_str() {
        "closed" => return Ok(Lookup::Gone),
        "in_review" | "rejected" | "suspended" => return Ok(Lookup::Unknown),
        _ if row.slug != address.as_str() => return Ok(Lookup::Moved(slug(row.slug)?)),
        _ => {}
    }
    let categories = row.categories.0.into_iter().map(|count| {
        Ok::<_, sqlx::Error>(CategoryCount {
            products: unsigned(count.products),
            category: count.link.link()?,
        })
    });
    Ok(Lookup::Found(Box::new(ShopPage {
        categories: categories.collect::<Result<_, _>>()?,
        description: row.description,
        logo: row.logo.map(|logo| logo.0.picture("")),
        banner: row.banner.map(|banner| banner.0.picture("")),
        hours: hours(row.open_days, row.opens, row.closes),
        holiday: (row.state == "on_holiday")
            .then(|| Some(HolidayNote { until: row.holiday_until?, message: row.holiday_message.clone() }))
            .flatten(),
        province: row.province,
        shop: ShopCard {
            id: row.id.into(),
            slug: slug(row.slug)?,
            name: row.name,
            tier: tier(&row.tier)?,
            city: row.city,
            rating_x100: average(row.rating_sum, row.rating_count),
            review_count: u32::try_from(row.rating_count).unwrap_or(u32::MAX),
            products: unsigned(row.product_count),
            sold: u64::try_from(row.sold_count).unwrap_or_default(),
            joined_at: row.joined_at,
            reliable: row.reliable,
        },
    })))
}

/// A page of a shop's goods. Two queries.
pub async fn products(
    db: &mut PgConnection,
    shop: ShopId,
    sort: ListingSort,
    after: Option<&str>,
    limit: u16,
    now: OffsetDateTime,
) -> Result<Page<ProductCard>, ViewError> {
    let (ids, next) = listing::ids(db, Scope::Shop(shop), sort, after, limit).await?;
    let mut items = cards(db, &ids, now).await?;
    listing::by_shown_price(sort, &mut items);
    Ok(Page { items, next, total: None })
}
