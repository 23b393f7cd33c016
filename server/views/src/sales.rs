//! Flash sales that shops take part in: for operators, who put them together, and for shops, which nominate.

use crate::{
    ViewError,
    cards::{currency, slug, stored, unsigned},
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    BasisPoints, Money, Page,
    ids::{FlashSaleId, MediaId, ShopId, Uuid, VariantId},
    views::{
        Picture,
        sales::{Asked, NominationState, SaleGood, SaleRow, SaleStanding},
    },
};
use pricing::sale::{LOOK_BACK, most};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// Sales a shop may still take part in or has taken part in, at most.
const COMING: i64 = 50;
/// Variants that are found at once.
const FOUND: i64 = 20;

struct Row {
    id: Uuid,
    name: String,
    starts_at: OffsetDateTime,
    ends_at: OffsetDateTime,
    nominate_until: Option<OffsetDateTime>,
    least_discount: i32,
    most_per_shop: Option<i32>,
    is_cancelled: bool,
    waiting: i64,
    accepted: i64,
    key: i64,
}

/// Sales with how much is asked for in each: by the shop of `$1`, or by all. Which of them follows.
macro_rules! sales {
    ($wanted:tt, $shop:expr $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select sale.id, sale.name, sale.starts_at, sale.ends_at, sale.nominate_until, sale.least_discount,
                 sale.most_per_shop, sale.cancelled_at is not null as "is_cancelled!",
                 (extract(epoch from sale.starts_at) * 1000000)::bigint as "key!",
                 (select count(*) from flash_nomination as it where it.sale_id = sale.id and it.state = 'waiting'
                    and ($1::uuid is null or it.shop_id = $1)) as "waiting!",
                 (select count(*) from flash_nomination as it where it.sale_id = sale.id and it.state = 'accepted'
                    and ($1::uuid is null or it.shop_id = $1)) as "accepted!"
               from flash_sale as sale "# + $wanted,
            $shop.map(ShopId::uuid)
            $(, $argument)*
        )
    };
}

impl Row {
    fn shown(self, now: OffsetDateTime) -> Result<SaleRow, sqlx::Error> {
        let standing = if self.is_cancelled {
            SaleStanding::Cancelled
        } else if self.ends_at <= now {
            SaleStanding::Over
        } else if self.starts_at <= now {
            SaleStanding::Running
        } else if self.nominate_until.is_some_and(|until| until > now) {
            SaleStanding::Open
        } else {
            SaleStanding::Closed
        };
        let many = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(SaleRow {
            id: self.id.into(),
            name: self.name,
            starts_at: self.starts_at.unix_timestamp(),
            ends_at: self.ends_at.unix_timestamp(),
            nominate_until: self.nominate_until.map(OffsetDateTime::unix_timestamp),
            least_discount: u16::try_from(self.least_discount)
                .map_err(|_| unsound("a least discount", self.least_discount))?,
            most_per_shop: self.most_per_shop,
            standing,
            waiting: many(self.waiting),
            accepted: many(self.accepted),
        })
    }
}

/// All of them, those that begin last first.
pub async fn list(
    db: &mut PgConnection,
    after: Option<&str>,
    now: OffsetDateTime,
    limit: u16,
) -> Result<Page<SaleRow>, ViewError> {
    // The year 3000.
    let before = Cursor::read(after)?.unwrap_or(Cursor { key: 32_503_680_000_000_000, id: Uuid::max() });
    let rows = sales!(
        "where (sale.starts_at, sale.id) < (to_timestamp($2::bigint / 1000000.0), $3)
         order by sale.starts_at desc, sale.id desc limit $4",
        None::<ShopId>,
        before.key,
        before.id,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.key, id: row.id });
    let items = rows.into_iter().map(|row| row.shown(now)).collect::<Result<_, _>>()?;
    Ok(Page { items, next, total: None })
}

/// Those that a shop may take part in, or that are not over yet, the next first; with what it asks for itself.
pub async fn coming(
    db: &mut PgConnection,
    shop: ShopId,
    now: OffsetDateTime,
) -> Result<Vec<SaleRow>, sqlx::Error> {
    let rows = sales!(
        "where sale.ends_at > $2 and sale.nominate_until is not null and sale.cancelled_at is null
         order by sale.starts_at, sale.id limit $3",
        Some(shop),
        now,
        COMING
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| row.shown(now)).collect()
}

/// One of them; what is asked for in it by a shop, or by all.
pub async fn find(
    db: &mut PgConnection,
    sale: FlashSaleId,
    shop: Option<ShopId>,
    now: OffsetDateTime,
) -> Result<Option<SaleRow>, sqlx::Error> {
    let row = sales!("where sale.id = $2", shop, sale.uuid()).fetch_optional(db).await?;
    row.map(|row| row.shown(now)).transpose()
}

struct GoodRow {
    variant_id: Uuid,
    sku: String,
    choices: Vec<i16>,
    price: i64,
    currency: String,
    slug: String,
    name: String,
    art_motif: String,
    art_seed: i32,
    shop_id: Uuid,
    shop_slug: String,
    shop_name: String,
    on_sale: bool,
    elsewhere: Option<String>,
    lowest: i64,
    options: Option<Json<Vec<Vec<String>>>>,
    media_id: Option<Uuid>,
    media_widths: Option<Vec<i16>>,
    media_width: Option<i32>,
    media_height: Option<i32>,
    placeholder: Option<String>,
    asked: Option<i64>,
    quota: Option<i32>,
    per_buyer: Option<i32>,
    state: Option<String>,
    reason: Option<String>,
    key: Option<i64>,
    sold: Option<i32>,
}

/// Variants, and what is asked for with them in the sale of `$1`; their lowest price is that since `$2`. Prices that held
/// for a time count, those of flash sales do not: few had them. Which variants follows.
macro_rules! goods {
    ($wanted:tt, $sale:expr, $now:expr $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            GoodRow,
            r#"select variant.id as "variant_id!", variant.sku as "sku!", variant.choices as "choices!",
                 variant.price as "price!", product.currency as "currency!", product.slug as "slug!",
                 product.name as "name!", product.art_motif as "art_motif!", product.art_seed as "art_seed!",
                 shop.id as "shop_id!", shop.slug as "shop_slug!", shop.name as "shop_name!",
                 (product.state = 'active' and variant.retired_at is null and shop.state = 'open') as "on_sale!",
                 (select other.name from flash_item as held
                  join flash_sale as other on other.id = held.sale_id and other.cancelled_at is null
                  join flash_sale as this on this.id = $1
                  where held.variant_id = variant.id and held.sale_id <> $1
                    and other.starts_at < this.ends_at and this.starts_at < other.ends_at
                  order by other.starts_at limit 1) as "elsewhere?",
                 least(variant.price,
                   (select min(before.price) from price_history as before
                    where before.variant_id = variant.id and before.until > $2),
                   (select min(timed.price) from scheduled_price as timed
                    where timed.variant_id = variant.id and timed.ends_at > $2 and timed.starts_at <= $3)) as "lowest!",
                 (select jsonb_agg("values" order by position) from product_option where product_id = product.id)
                   as "options?: Json<Vec<Vec<String>>>",
                 photo.id as "media_id?", photo.widths as "media_widths?", photo.width as "media_width?",
                 photo.height as "media_height?", photo.placeholder as "placeholder?",
                 it.price as "asked?", it.quota as "quota?", it.per_buyer as "per_buyer?", it.state as "state?",
                 it.reason as "reason?", (extract(epoch from it.nominated_at) * 1000000)::bigint as "key?",
                 item.sold as "sold?"
               from variant
               join product on product.id = variant.product_id
               join shop on shop.id = product.shop_id
               left join flash_nomination as it on it.sale_id = $1 and it.variant_id = variant.id
               left join flash_item as item on item.sale_id = $1 and item.variant_id = variant.id
               left join lateral (
                 select media.id, media.widths, media.width, media.height, media.placeholder
                 from product_picture as picture join media on media.id = picture.media_id and media.state = 'ready'
                 where picture.product_id = product.id
                 order by picture.media_id is distinct from variant.media_id, picture.sort limit 1
               ) as photo on true "# + $wanted,
            $sale.uuid(),
            $now - LOOK_BACK,
            $now
            $(, $argument)*
        )
    };
}

/// What is asked for in a sale, of one state, the longest asked first.
pub async fn nominations(
    db: &mut PgConnection,
    (sale, state): (&SaleRow, NominationState),
    after: Option<&str>,
    now: OffsetDateTime,
    limit: u16,
) -> Result<Page<SaleGood>, ViewError> {
    // Before there was a market.
    let after = Cursor::read(after)?.unwrap_or(Cursor { key: 0, id: Uuid::nil() });
    let rows = goods!(
        "where it.state = $4 and (it.nominated_at, it.variant_id) > (to_timestamp($5::bigint / 1000000.0), $6)
         order by it.nominated_at, it.variant_id limit $7",
        sale.id,
        now,
        state.as_str(),
        after.key,
        after.id,
        one_more(limit)
    )
    .fetch_all(&mut *db)
    .await?;
    let key = |row: &GoodRow| row.key.unwrap_or_default();
    let (rows, next) = cut(rows, limit, |row| Cursor { key: key(row), id: row.variant_id });
    Ok(Page { items: shown(db, least(sale), rows).await?, next, total: None })
}

/// All that a shop has asked for in a sale, in the order it did; it is bounded by the variants it has ever named.
pub async fn own(
    db: &mut PgConnection,
    sale: &SaleRow,
    shop: ShopId,
    now: OffsetDateTime,
) -> Result<Vec<SaleGood>, sqlx::Error> {
    let rows = goods!(
        "where it.shop_id = $4 order by it.nominated_at, it.variant_id limit 200",
        sale.id,
        now,
        shop.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    shown(db, least(sale), rows).await
}

/// What a shop sells that has `q` in its name or SKU, with what is asked for in a sale where there is one; at most 20.
pub async fn find_goods(
    db: &mut PgConnection,
    sale: Option<&SaleRow>,
    shop: ShopId,
    q: &str,
    now: OffsetDateTime,
) -> Result<Vec<SaleGood>, sqlx::Error> {
    let pattern = format!("%{}%", q.trim().replace(['\\', '%', '_'], ""));
    let rows = goods!(
        "where product.shop_id = $4 and product.state = 'active' and product.currency = 'IDR' and variant.retired_at is null
           and ($5 = '%%' or product.name ilike $5 or variant.sku ilike $5)
         order by product.name, variant.position, variant.sku limit $6",
        sale_id(sale),
        now,
        shop.uuid(),
        pattern,
        FOUND
    )
    .fetch_all(&mut *db)
    .await?;
    shown(db, sale.map_or(BasisPoints::default(), least), rows).await
}

/// One variant of a shop.
pub async fn find_good(
    db: &mut PgConnection,
    sale: Option<&SaleRow>,
    (shop, variant): (ShopId, VariantId),
    now: OffsetDateTime,
) -> Result<Option<SaleGood>, sqlx::Error> {
    let rows = goods!(
        "where variant.id = $4 and product.shop_id = $5 and product.currency = 'IDR'",
        sale_id(sale),
        now,
        variant.uuid(),
        shop.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    Ok(shown(db, sale.map_or(BasisPoints::default(), least), rows).await?.pop())
}

/// Nobody's where there is no sale.
fn sale_id(sale: Option<&SaleRow>) -> FlashSaleId {
    sale.map_or(FlashSaleId::new(Uuid::nil()), |sale| sale.id)
}

fn least(sale: &SaleRow) -> BasisPoints {
    BasisPoints::try_from(sale.least_discount).unwrap_or_default()
}

async fn shown(
    db: &mut PgConnection,
    least: BasisPoints,
    rows: Vec<GoodRow>,
) -> Result<Vec<SaleGood>, sqlx::Error> {
    let ids: Vec<VariantId> = rows.iter().map(|row| row.variant_id.into()).collect();
    let there = inventory::store::available(db, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let it = there.get(&row.variant_id.into());
            // Without a row nothing lies anywhere.
            let stock = match it {
                Some(it) if !it.tracked => None,
                it => Some(it.map_or(0, |it| it.sellable.max(0))),
            };
            row.good(least, stock)
        })
        .collect()
}

impl GoodRow {
    fn good(self, least: BasisPoints, stock: Option<i32>) -> Result<SaleGood, sqlx::Error> {
        let asked = self.asked()?;
        let currency = currency(&self.currency)?;
        let options = self.options.map(|options| options.0).unwrap_or_default();
        let chosen = options.iter().zip(&self.choices);
        let label: Vec<&str> = chosen
            .filter_map(|(values, i)| values.get(usize::try_from(*i).ok()?).map(String::as_str))
            .collect();
        let picture = match (self.media_id, self.media_widths, self.media_width, self.media_height) {
            (Some(id), Some(widths), Some(width), Some(height)) => {
                stored(MediaId::new(id), &widths, width, height, self.placeholder)
            }
            _ => Picture::drawn(self.art_motif, unsigned(self.art_seed), String::new()),
        };
        let lowest = Money::new(self.lowest, currency);
        Ok(SaleGood {
            variant: self.variant_id.into(),
            slug: slug(self.slug)?,
            name: self.name,
            label: label.join(", "),
            sku: self.sku,
            picture,
            shop: self.shop_id.into(),
            shop_slug: slug(self.shop_slug)?,
            shop_name: self.shop_name,
            price: Money::new(self.price, currency),
            lowest,
            most: most(lowest, least),
            stock,
            on_sale: self.on_sale,
            elsewhere: self.elsewhere,
            asked,
        })
    }

    fn asked(&self) -> Result<Option<Asked>, sqlx::Error> {
        let (Some(price), Some(quota), Some(state), Some(key)) =
            (self.asked, self.quota, &self.state, self.key)
        else {
            return Ok(None);
        };
        Ok(Some(Asked {
            price: Money::new(price, currency(&self.currency)?),
            quota,
            per_buyer: self.per_buyer,
            state: NominationState::from_name(state).ok_or_else(|| unsound("a nomination's state", state))?,
            reason: self.reason.clone(),
            at: key / 1_000_000,
            sold: self.sold.unwrap_or_default(),
        }))
    }
}
