//! The product page: one query for the product and all that belongs to it, one for its reviews ([`crate::reviews`]),
//! one for the goods beside it ([`related`]).

use crate::{
    bundles::PartRow,
    cards::{average, card_query, condition, currency, slug, stored, tier, unsigned},
    category::LinkRow,
    error::unsound,
};
use model::{
    Currency, Lang, Money, Slug,
    ids::{MediaId, ProductId, Uuid, VariantId},
    shop::{BundlePart, HolidayNote},
    views::{
        FlashOffer, Histogram, PartOf, Picture, PriceTier, ProductOption, ProductPage, ProductState, Rating,
        Related, ShopCard, SlugLookup, Spec, SpecValue, Variant, discount_percent,
    },
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// What stands at an address.
#[derive(Clone, PartialEq, Debug)]
pub enum Lookup {
    Found(Box<ProductPage>),
    /// It has another address now: 301.
    Moved(Slug),
    /// It was sold here once: 410.
    Gone(ProductId),
    Unknown,
}

/// One query for a product on sale; a second one for an address that names none.
pub async fn page(
    db: &mut PgConnection,
    address: &Slug,
    lang: Lang,
    now: OffsetDateTime,
) -> Result<Lookup, sqlx::Error> {
    if let Some(page) = by(db, Some(address.as_str()), None, lang, now).await? {
        return Ok(Lookup::Found(Box::new(page)));
    }
    Ok(match lookup(db, address).await? {
        SlugLookup::Moved(to) => Lookup::Moved(to),
        SlugLookup::Gone(id) => Lookup::Gone(id),
        // Hidden or taken off between the two queries.
        SlugLookup::Found(_) | SlugLookup::Unknown => Lookup::Unknown,
    })
}

/// The same by id, for the API.
pub async fn by_id(
    db: &mut PgConnection,
    id: ProductId,
    lang: Lang,
    now: OffsetDateTime,
) -> Result<Option<ProductPage>, sqlx::Error> {
    by(db, None, Some(id.uuid()), lang, now).await
}

/// What a slug leads to. A product hidden for a while reads as unknown: it may come back.
pub async fn lookup(db: &mut PgConnection, address: &Slug) -> Result<SlugLookup, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id as "id!", slug as "slug!", state as "state!" from product where slug = $1
           union all
           select product.id, product.slug, product.state
           from product_former_slug as former join product on product.id = former.product_id
           where former.slug = $1
           limit 1"#,
        address.as_str()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(SlugLookup::Unknown) };
    Ok(match ProductState::parse(&row.state) {
        Some(ProductState::Active) if row.slug == address.as_str() => SlugLookup::Found(row.id.into()),
        Some(ProductState::Active) => SlugLookup::Moved(slug(row.slug)?),
        Some(ProductState::Archived) => SlugLookup::Gone(row.id.into()),
        _ => SlugLookup::Unknown,
    })
}

async fn by(
    db: &mut PgConnection,
    address: Option<&str>,
    id: Option<Uuid>,
    lang: Lang,
    now: OffsetDateTime,
) -> Result<Option<ProductPage>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select product.id, product.slug, product.name, product.description, product.brand, product.condition,
             product.state, product.currency, product.price_min as "price_min!", product.price_max as "price_max!",
             product.list_price, product.min_qty, product.max_qty, product.weight_g, product.preorder_days,
             product.video_url, product.free_shipping, product.sold_count, product.rating_count, product.rating_sum,
             product.stars_1, product.stars_2, product.stars_3, product.stars_4, product.stars_5,
             product.art_motif, product.art_seed, product.version,
             extract(epoch from product.created_at)::bigint as "created_at!",
             extract(epoch from product.updated_at)::bigint as "updated_at!",
             shop.id as shop_id, shop.slug as shop_slug, shop.name as shop_name, shop.tier, city.short_name as city,
             shop.rating_count as shop_rating_count, shop.rating_sum as shop_rating_sum,
             shop.product_count as shop_products, shop.sold_count as shop_sold, shop.reliable,
             extract(epoch from shop.joined_at)::bigint as "shop_joined_at!", shop.state as shop_state,
             extract(epoch from shop.holiday_until)::bigint as holiday_until, shop.holiday_message,
             (with recursive up (id, parent_id, depth) as (
                select category.id, category.parent_id, 0 from category where category.id = product.category_id
                union all
                select category.id, category.parent_id, depth + 1 from up join category on category.id = up.parent_id
              )
              select jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'icon', c.icon,
                'name', case when $3 = 'en' then c.name_en else c.name_id end) order by up.depth desc)
              from up join category as c on c.id = up.id) as "category!: Json<Vec<LinkRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('media', media.id, 'alt', picture.alt, 'width', media.width,
                'height', media.height, 'widths', media.widths, 'placeholder', media.placeholder) order by picture.sort), '[]')
              from product_picture as picture join media on media.id = picture.media_id and media.state = 'ready'
              where picture.product_id = product.id) as "pictures!: Json<Vec<PictureRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'values', "values") order by position), '[]')
              from product_option where product_id = product.id) as "options!: Json<Vec<ProductOption>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', variant.id, 'sku', sku, 'choices', choices,
                'price', price, 'list_price', variant.list_price, 'stock', on_hand, 'media', media_id,
                'parts', (
                  select jsonb_agg(jsonb_build_object('id', held.id, 'sku', held.sku, 'choices', held.choices,
                    'name', thing.name, 'quantity', part.quantity,
                    'options', (select jsonb_agg("values" order by position) from product_option where product_id = thing.id))
                    order by thing.name, held.sku)
                  from bundle_component as part
                  join variant as held on held.id = part.component_variant
                  join product as thing on thing.id = held.product_id
                  where part.bundle_variant = variant.id),
                'timed', (
                  select timed.price from scheduled_price as timed
                  where timed.variant_id = variant.id and timed.starts_at <= $4 and timed.ends_at > $4),
                'flash', (
                  select jsonb_build_object('price', item.price, 'sold', item.sold, 'quota', item.quota,
                    'ends_at', floor(extract(epoch from sale.ends_at))::bigint,
                    'left', greatest(extract(epoch from sale.ends_at - $4::timestamptz), 0)::bigint)
                  from flash_item as item join flash_sale as sale on sale.id = item.sale_id
                  where item.variant_id = variant.id and item.sold < item.quota and item.price < variant.price
                    and sale.starts_at <= $4 and sale.ends_at > $4
                  order by item.price, item.sale_id limit 1))
                order by position, sku), '[]')
              from variant where variant.product_id = product.id and variant.retired_at is null) as "variants!: Json<Vec<VariantRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('min_qty', tier.min_qty, 'price', tier.price) order by tier.min_qty), '[]')
              from price_tier as tier where tier.product_id = product.id) as "tiers!: Json<Vec<TierRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('key', a.key, 'unit', a.unit,
                'label', case when $3 = 'en' then a.label_en else a.label_id end,
                'text', said.text_value, 'number', trim_scale(said.number_value)::text, 'flag', said.flag_value,
                'choice', (select c ->> $3 from jsonb_array_elements(a.choices) as c where c ->> 'key' = said.choice_key))
                order by a.sort, a.key), '[]')
              from product_attribute as said join category_attribute as a on a.id = said.attribute_id
              where said.product_id = product.id) as "specs!: Json<Vec<SpecRow>>"
           from product
           join shop on shop.id = product.shop_id
           join region as city on city.code = shop.city_code
           where product.id = coalesce($2, (select id from product where slug = $1)) and product.state = 'active'"#,
        address,
        id,
        lang.tag(),
        now
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };

    let currency = currency(&row.currency)?;
    let money = |amount: i64| Money::new(amount, currency);
    let (price_min, list_price) = (money(row.price_min), row.list_price.map(money));
    let media: Vec<MediaId> = row.pictures.iter().map(|picture| picture.media).collect();
    let mut pictures: Vec<Picture> =
        row.pictures.0.into_iter().map(|picture| picture.picture(&row.name)).collect();
    if pictures.is_empty() {
        pictures.push(Picture::drawn(row.art_motif, unsigned(row.art_seed), row.name.clone()));
    }
    let histogram = [row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5].map(unsigned);
    Ok(Some(ProductPage {
        id: row.id.into(),
        slug: slug(row.slug)?,
        name: row.name,
        description: row.description,
        brand: row.brand,
        condition: condition(&row.condition)?,
        state: ProductState::parse(&row.state).ok_or_else(|| unsound("a state", &row.state))?,
        price_min,
        price_max: money(row.price_max),
        list_price,
        discount_percent: list_price.and_then(|list| discount_percent(price_min, list)),
        min_qty: row.min_qty,
        max_qty: row.max_qty,
        weight_g: row.weight_g,
        preorder_days: row.preorder_days.map(i16::unsigned_abs),
        video_url: row.video_url,
        free_shipping: row.free_shipping,
        sold: unsigned(row.sold_count),
        rating: Rating {
            average_x100: average(row.rating_sum, row.rating_count.into()),
            count: unsigned(row.rating_count),
            histogram: Histogram(histogram),
        },
        category: row.category.0.into_iter().map(LinkRow::link).collect::<Result<_, _>>()?,
        pictures,
        options: row.options.0,
        variants: row.variants.0.into_iter().map(|variant| variant.variant(currency, &media)).collect(),
        tiers: row
            .tiers
            .0
            .into_iter()
            .map(|t| PriceTier { min_qty: t.min_qty, price: money(t.price) })
            .collect(),
        specs: row.specs.0.into_iter().filter_map(SpecRow::spec).collect(),
        shop: ShopCard {
            id: row.shop_id.into(),
            slug: slug(row.shop_slug)?,
            name: row.shop_name,
            tier: tier(&row.tier)?,
            city: row.city,
            rating_x100: average(row.shop_rating_sum, row.shop_rating_count),
            review_count: u32::try_from(row.shop_rating_count).unwrap_or(u32::MAX),
            products: unsigned(row.shop_products),
            sold: u64::try_from(row.shop_sold).unwrap_or_default(),
            joined_at: row.shop_joined_at,
            reliable: row.reliable,
        },
        holiday: (row.shop_state == "on_holiday")
            .then(|| Some(HolidayNote { until: row.holiday_until?, message: row.holiday_message.clone() }))
            .flatten(),
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
    }))
}

/// What goes with a product, and what this visitor saw before it. One query, whatever there is.
pub async fn related(
    db: &mut PgConnection,
    id: ProductId,
    visitor: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<Related, sqlx::Error> {
    let rows = card_query!(
        "with this as (select id, shop_id, category_id, price_min from product where id = $2)
         (select 'similar', row_number() over (order by near.sold_count desc, near.id desc), near.id
          from this cross join lateral (
            (select p.id, p.sold_count from product as p
             where p.category_id = this.category_id and p.state = 'active'
               and (p.price_min, p.id) > (this.price_min, this.id)
             order by p.price_min, p.id limit 12)
            union all
            (select p.id, p.sold_count from product as p
             where p.category_id = this.category_id and p.state = 'active'
               and (p.price_min, p.id) < (this.price_min, this.id)
             order by p.price_min desc, p.id desc limit 12)
          ) as near
          limit 12)
         union all
         (select kind, rank, related_id from product_related where product_id = $2 and rank <= 12)
         union all
         (select 'of_shop', row_number() over (order by p.sold_count desc, p.id desc), p.id
          from this cross join lateral (
            select p.id, p.sold_count from product as p
            where p.shop_id = this.shop_id and p.state = 'active' and p.id <> this.id
             order by p.sold_count desc, p.id desc limit 12) as p)
         union all
         (select 'seen', row_number() over (order by max(at) desc), product_id
          from (select product_id, at from product_view_event where visitor = $3 order by at desc limit 100) as viewed
          where product_id <> $2
          group by product_id order by max(at) desc limit 12)",
        now,
        id.uuid(),
        visitor
    )
    .fetch_all(db)
    .await?;
    let mut related = Related::default();
    for row in rows {
        let list = match row.list.as_str() {
            "similar" => &mut related.similar,
            "also_viewed" => &mut related.also_viewed,
            "also_bought" => &mut related.also_bought,
            "seen" => &mut related.recently_seen,
            _ => &mut related.of_shop,
        };
        list.push(row.card()?);
    }
    Ok(related)
}

#[derive(Deserialize, Debug)]
struct PictureRow {
    media: MediaId,
    alt: String,
    width: i32,
    height: i32,
    widths: Vec<i16>,
    placeholder: Option<String>,
}

impl PictureRow {
    fn picture(self, name: &str) -> Picture {
        let alt = if self.alt.is_empty() { name.to_owned() } else { self.alt };
        Picture { alt, ..stored(self.media, &self.widths, self.width, self.height, self.placeholder) }
    }
}

#[derive(Deserialize, Debug)]
struct VariantRow {
    id: VariantId,
    sku: String,
    choices: Vec<u16>,
    price: i64,
    list_price: Option<i64>,
    stock: i32,
    media: Option<MediaId>,
    parts: Option<Vec<PartRow>>,
    /// What it costs for the time being.
    timed: Option<i64>,
    flash: Option<FlashRow>,
}

#[derive(Deserialize, Debug)]
struct FlashRow {
    price: i64,
    sold: i32,
    quota: i32,
    ends_at: i64,
    left: u32,
}

impl VariantRow {
    fn variant(self, currency: Currency, gallery: &[MediaId]) -> Variant {
        let place = self.media.and_then(|media| gallery.iter().position(|there| *there == media));
        // What a cart charges: the lowest of all.
        let timed = self.timed.filter(|timed| *timed < self.price);
        let price = timed.unwrap_or(self.price);
        let list_price = self.list_price.or_else(|| timed.map(|_| self.price));
        Variant {
            id: self.id,
            sku: self.sku,
            choices: self.choices,
            price: Money::new(price, currency),
            list_price: list_price.map(|amount| Money::new(amount, currency)),
            stock: self.stock,
            picture: place.and_then(|place| u16::try_from(place).ok()),
            parts: self.parts.into_iter().flatten().map(PartRow::part).map(part_of).collect(),
            flash: self.flash.filter(|offer| offer.price < price).map(|offer| FlashOffer {
                variant: self.id,
                price: Money::new(offer.price, currency),
                ends_at: offer.ends_at,
                left: offer.left,
                sold: offer.sold,
                quota: offer.quota,
            }),
        }
    }
}

fn part_of(part: BundlePart) -> PartOf {
    PartOf { quantity: part.quantity, name: part.name }
}

#[derive(Deserialize, Debug)]
struct TierRow {
    min_qty: i32,
    price: i64,
}

#[derive(Deserialize, Debug)]
struct SpecRow {
    key: String,
    label: String,
    unit: Option<String>,
    text: Option<String>,
    number: Option<String>,
    choice: Option<String>,
    flag: Option<bool>,
}

impl SpecRow {
    /// None where the attribute has lost the choice that was made.
    fn spec(self) -> Option<Spec> {
        let value = match (self.text, self.number, self.choice, self.flag) {
            (Some(text), ..) => SpecValue::Text(text),
            (_, Some(value), ..) => SpecValue::Number { value, unit: self.unit },
            (_, _, Some(choice), _) => SpecValue::Choice(choice),
            (.., Some(flag)) => SpecValue::Flag(flag),
            _ => return None,
        };
        Some(Spec { key: self.key, label: self.label, value })
    }
}
