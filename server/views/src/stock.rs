//! A shop's stock, for those who keep it: what lies where, and what moved.

use crate::{
    ViewError,
    cards::{slug, stored, unsigned},
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    Contact, Page,
    ids::{MediaId, ShopId, Uuid, VariantId, WarehouseId},
    shop::{
        AdjustReason, LOW_STOCK, MovementKind, MovementRow, SenderAddress, StockFilter, StockPlace,
        VariantStock, WarehouseRow,
    },
    views::Picture,
};
use region::Book;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

#[derive(Debug, Deserialize)]
struct PlaceRow {
    warehouse: Uuid,
    name: String,
    is_active: bool,
    on_hand: i32,
    reserved: i32,
    coming: i32,
    leaving: i32,
}

struct Row {
    id: Uuid,
    sku: String,
    choices: Vec<i16>,
    slug: String,
    name: String,
    art_motif: String,
    art_seed: i32,
    media_id: Option<Uuid>,
    media_widths: Option<Vec<i16>>,
    media_width: Option<i32>,
    media_height: Option<i32>,
    placeholder: Option<String>,
    options: Option<Json<Vec<Vec<String>>>>,
    places: Option<Json<Vec<PlaceRow>>>,
    available: i64,
    kept_back: i32,
    low_at: i32,
    backorder: i32,
    is_counted: bool,
    reorder_at: Option<i32>,
    reorder_quantity: Option<i32>,
}

/// The variants of the shop of `$1` that have `$2` in name or SKU, about to run out below `$3` where nothing else is
/// said. Out of what, and which of them, follows.
macro_rules! stocked {
    ($of:tt, $wanted:tt, $shop:expr, $pattern:expr $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"with own as (
                 select variant.id, variant.sku, variant.choices, product.id as product_id, product.slug, product.name,
                   product.art_motif, product.art_seed, coalesce(policy.threshold, 0) as kept_back,
                   coalesce(policy.low_at, $3) as low_at, coalesce(policy.backorder_limit, 0) as backorder,
                   coalesce(policy.tracked, true) as is_counted, policy.reorder_at, policy.reorder_quantity,
                   coalesce((select sum(stock.on_hand - stock.reserved)
                     from stock join warehouse on warehouse.id = stock.warehouse_id
                     where stock.variant_id = variant.id and warehouse.is_active), 0)::bigint
                     - coalesce(policy.threshold, 0) as available
                 from "# + $of + r#"
                 join product on product.id = variant.product_id
                 left join stock_policy as policy on policy.variant_id = variant.id
                 where product.shop_id = $1 and product.state <> 'archived'
                   and ($2 = '%%' or product.name ilike $2 or variant.sku ilike $2)
               )
               select own.id as "id!", own.sku as "sku!", own.choices as "choices!", own.slug as "slug!",
                 own.name as "name!", own.art_motif as "art_motif!", own.art_seed as "art_seed!",
                 own.available as "available!", own.kept_back as "kept_back!", own.low_at as "low_at!",
                 own.backorder as "backorder!", own.is_counted as "is_counted!",
                 own.reorder_at as "reorder_at?", own.reorder_quantity as "reorder_quantity?",
                 photo.id as "media_id?", photo.widths as "media_widths?", photo.width as "media_width?",
                 photo.height as "media_height?", photo.placeholder as "placeholder?",
                 (select jsonb_agg("values" order by position) from product_option where product_id = own.product_id)
                   as "options?: Json<Vec<Vec<String>>>",
                 (select jsonb_agg(jsonb_build_object('warehouse', warehouse.id, 'name', warehouse.name,
                    'is_active', warehouse.is_active, 'on_hand', coalesce(stock.on_hand, 0),
                    'reserved', coalesce(stock.reserved, 0), 'coming', way.coming, 'leaving', way.leaving)
                    order by warehouse.position)
                  from warehouse
                  left join stock on stock.warehouse_id = warehouse.id and stock.variant_id = own.id
                  cross join lateral (
                    select coalesce(sum(line.on_way) filter (where transfer.to_warehouse = warehouse.id), 0) as coming,
                      coalesce(sum(line.on_way) filter (where transfer.from_warehouse = warehouse.id), 0) as leaving
                    from stock_transfer_line as line join stock_transfer as transfer on transfer.id = line.transfer_id
                    where line.variant_id = own.id and line.on_way > 0
                  ) as way
                  where warehouse.shop_id = $1
                    and (warehouse.is_active or stock.on_hand > 0 or stock.reserved > 0))
                   as "places?: Json<Vec<PlaceRow>>"
               from own
               left join lateral (
                 select media.id, media.widths, media.width, media.height, media.placeholder
                 from product_picture as picture join media on media.id = picture.media_id and media.state = 'ready'
                 where picture.product_id = own.product_id order by picture.sort limit 1
               ) as photo on true "# + $wanted,
            $shop.uuid(),
            $pattern,
            LOW_STOCK
            $(, $argument)*
        )
    };
}

/// What was chosen, in words: `Hitam, XL`.
pub(crate) fn label(options: Option<Json<Vec<Vec<String>>>>, choices: &[i16]) -> String {
    let options = options.map(|options| options.0).unwrap_or_default();
    let chosen = options.iter().zip(choices);
    let chosen = chosen.filter_map(|(values, i)| values.get(usize::try_from(*i).ok()?).map(String::as_str));
    chosen.collect::<Vec<_>>().join(", ")
}

impl Row {
    fn shown(self) -> Result<VariantStock, sqlx::Error> {
        let label = label(self.options, &self.choices);
        let picture = match (self.media_id, self.media_widths, self.media_width, self.media_height) {
            (Some(id), Some(widths), Some(width), Some(height)) => {
                stored(MediaId::new(id), &widths, width, height, self.placeholder)
            }
            _ => Picture::drawn(self.art_motif, unsigned(self.art_seed), String::new()),
        };
        let place = |row: PlaceRow| StockPlace {
            warehouse: WarehouseId::new(row.warehouse),
            name: row.name,
            is_active: row.is_active,
            on_hand: row.on_hand,
            reserved: row.reserved,
            coming: row.coming,
            leaving: row.leaving,
        };
        Ok(VariantStock {
            id: VariantId::new(self.id),
            slug: slug(self.slug)?,
            name: self.name,
            sku: self.sku,
            label,
            picture,
            places: self.places.map(|places| places.0).unwrap_or_default().into_iter().map(place).collect(),
            available: self.available,
            kept_back: self.kept_back,
            low_at: self.low_at,
            backorder: self.backorder,
            is_counted: self.is_counted,
            reorder_at: self.reorder_at,
            reorder_quantity: self.reorder_quantity,
        })
    }
}

/// What is looked for in names and SKUs, as a pattern.
pub(crate) fn pattern(q: &str) -> String {
    format!("%{}%", q.trim().replace(['\\', '%', '_'], ""))
}

/// In the order they came into the catalogue; of those about to run out, which are those that [`count_low`] counts, the scarcest
/// first.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    filter: &StockFilter,
    limit: u16,
) -> Result<Page<VariantStock>, ViewError> {
    let after = Cursor::read(filter.after.as_deref())?.unwrap_or(Cursor::LOWEST);
    let (pattern, fetch) = (pattern(&filter.q), one_more(limit));
    let rows = if filter.low {
        stocked!(
            "stock_low as low join variant
               on variant.id = low.variant_id and low.shop_id = $1 and variant.retired_at is null",
            "where (own.available, own.id) > ($4, $5) order by own.available, own.id limit $6",
            shop,
            pattern,
            after.key,
            after.id,
            fetch
        )
        .fetch_all(db)
        .await?
    } else {
        stocked!("variant", "where own.id > $4 order by own.id limit $5", shop, pattern, after.id, fetch)
            .fetch_all(db)
            .await?
    };
    let key = |row: &Row| if filter.low { row.available } else { 0 };
    let (rows, next) = cut(rows, limit, |row| Cursor { key: key(row), id: row.id });
    let items = rows.into_iter().map(Row::shown).collect::<Result<_, _>>()?;
    Ok(Page { items, next, total: None })
}

/// How many of a shop's variants are about to run out, as inventory last noted.
pub async fn count_low(db: &mut PgConnection, shop: ShopId) -> Result<u32, sqlx::Error> {
    let n = sqlx::query_scalar!(
        r#"select count(*) as "n!" from stock_low as low
           join variant on variant.id = low.variant_id and variant.retired_at is null
           join product on product.id = variant.product_id and product.state <> 'archived'
           where low.shop_id = $1"#,
        shop.uuid()
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(n).unwrap_or(u32::MAX))
}

/// What these are called among all others, in the order of their names.
pub async fn names(
    db: &mut PgConnection,
    variants: &[VariantId],
) -> Result<Vec<(VariantId, String)>, sqlx::Error> {
    let ids: Vec<Uuid> = variants.iter().map(|variant| variant.uuid()).collect();
    let rows = sqlx::query!(
        r#"select variant.id, variant.choices, product.name,
             (select jsonb_agg("values" order by position) from product_option where product_id = product.id)
               as "options?: Json<Vec<Vec<String>>>"
           from variant join product on product.id = variant.product_id
           where variant.id = any($1) order by product.name, variant.id"#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let named = rows.into_iter().map(|row| {
        let label = label(row.options, &row.choices);
        (row.id.into(), if label.is_empty() { row.name } else { format!("{} · {label}", row.name) })
    });
    Ok(named.collect())
}

/// Of one variant; none where the shop has no such one.
pub async fn find(
    db: &mut PgConnection,
    shop: ShopId,
    variant: VariantId,
) -> Result<Option<VariantStock>, sqlx::Error> {
    let row = stocked!("variant", "where own.id = $4", shop, "%%", variant.uuid()).fetch_optional(db).await?;
    row.map(Row::shown).transpose()
}

/// What moved of a shop's variant, the latest first. They add up to what is on hand and promised.
pub async fn movements(
    db: &mut PgConnection,
    shop: ShopId,
    variant: VariantId,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<MovementRow>, ViewError> {
    let before = Cursor::read(after)?.map_or(i64::MAX, |after| after.key);
    let rows = sqlx::query!(
        r#"select movement.id, movement.at, movement.kind, movement.reason, movement.on_hand_delta,
             movement.reserved_delta, warehouse.name as "warehouse?", sold.id as "order_id?", sold.number as "number?",
             transfer.id as "transfer_id?",
             profile.name as "name?",
             (select address from account_contact as contact where contact.account_id = movement.actor
              order by kind limit 1) as contact
           from stock_movement as movement
           left join warehouse on warehouse.id = movement.warehouse_id
           left join order_line as line on line.id = movement.line
           left join shop_order as sold on sold.id = line.order_id
           left join profile on profile.account_id = movement.actor
           left join stock_transfer as transfer on transfer.id = movement.reference and movement.kind = 'moved'
           where movement.variant_id = $1 and movement.id < $3
             and exists (select from variant where variant.id = $1 and variant.shop_id = $2)
           order by movement.id desc limit $4"#,
        variant.uuid(),
        shop.uuid(),
        before,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.id, id: Uuid::nil() });
    let items = rows.into_iter().map(|row| {
        let contact = row.contact.and_then(|address| address.parse::<Contact>().ok());
        Ok(MovementRow {
            id: row.id,
            at: row.at.unix_timestamp(),
            warehouse: row.warehouse.unwrap_or_default(),
            kind: MovementKind::from_name(&row.kind)
                .ok_or_else(|| unsound("a movement's kind", &row.kind))?,
            reason: row.reason.as_deref().and_then(AdjustReason::from_name),
            on_hand: row.on_hand_delta,
            reserved: row.reserved_delta,
            order: row.order_id.map(Into::into).zip(row.number),
            transfer: row.transfer_id.map(Into::into),
            who: row.name.or_else(|| contact.map(|contact| contact.masked())),
        })
    });
    Ok(Page { items: items.collect::<Result<_, sqlx::Error>>()?, next, total: None })
}

/// A shop's warehouses, the main one first, closed ones among them.
pub async fn warehouses(db: &mut PgConnection, shop: ShopId) -> Result<Vec<WarehouseRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, name, region_code, contact, phone, street, postcode, position, is_active,
             coalesce((select sum(on_hand) from stock where stock.warehouse_id = warehouse.id), 0)::bigint as "on_hand!",
             coalesce((select sum(on_way) from stock_transfer where to_warehouse = warehouse.id and state = 'sent'), 0)::bigint
               as "coming!",
             coalesce((select sum(on_way) from stock_transfer where from_warehouse = warehouse.id and state = 'sent'), 0)::bigint
               as "leaving!"
           from warehouse where shop_id = $1 order by position"#,
        shop.uuid()
    )
    .fetch_all(db)
    .await?;
    let book = Book::get();
    let one = rows.into_iter().map(|row| {
        let region = book.find(&row.region_code).ok_or_else(|| unsound("a region", &row.region_code))?;
        let address = match (row.contact, row.phone, row.street, row.postcode) {
            (Some(contact), Some(phone), Some(street), Some(postcode)) => {
                let phone = phone.parse().map_err(|_| unsound("a telephone number", "hidden"))?;
                Some(SenderAddress { contact, phone, street, postcode })
            }
            _ => None,
        };
        Ok(WarehouseRow {
            id: row.id.into(),
            name: row.name,
            region: book.view(region),
            address,
            is_main: row.position == 0,
            is_active: row.is_active,
            on_hand: row.on_hand,
            coming: row.coming,
            leaving: row.leaving,
        })
    });
    one.collect()
}
