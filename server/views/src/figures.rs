//! How a shop sells, from what was counted by day. Four queries, each along the key of a shop and its days.

use crate::{
    cards::slug,
    error::unsound,
    forecast::{PACE_DAYS, days_left},
    jakarta::{day_of, first_of, start_of},
};
use model::{
    ids::{ShopId, Uuid},
    views::figures::{
        CityTally, DayTally, Figures, LEAD_HOURS, LeadTally, Period, ProductTally, RunningOut, Tally,
        VisitSource,
    },
};
use sqlx::{PgConnection, types::Json};
use time::{Date, OffsetDateTime};

/// Rows of each list.
const ROWS: i64 = 10;
// What the page says of it is what the log of searches goes by.
const _: () = assert!(LEAD_HOURS as i64 == inquiry::MANY);

/// What lasts longer does not run out.
const SOON_DAYS: i64 = 30;

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}

/// The figures of a period that ends with the day it is now.
pub async fn figures(
    db: &mut PgConnection,
    shop: ShopId,
    period: Period,
    now: OffsetDateTime,
) -> Result<Figures, sqlx::Error> {
    let today = day_of(now);
    let first = first_of(today, period.days());
    let mut days = days(db, shop, first_of(today, period.days() * 2), today).await?;
    let shown = days.split_off(usize::from(period.days()));
    let sum = |days: &[DayTally]| days.iter().fold(Tally::default(), |sum, day| sum.plus(&day.tally));
    let shares = shares(db, shop, first, today).await?;
    Ok(Figures {
        period,
        now: sum(&shown),
        before: sum(&days),
        days: shown,
        products: products(db, shop, first, today).await?,
        cities: shares.cities,
        sources: shares.sources,
        leads: shares.leads,
        running_out: running_out(db, shop, today).await?,
    })
}

/// Every day of these, whether anything happened on it or not.
pub(crate) async fn days(
    db: &mut PgConnection,
    shop: ShopId,
    first: Date,
    last: Date,
) -> Result<Vec<DayTally>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with looked as (
             select day, sum(looks)::bigint as n from product_looks_day
             where shop_id = $1 and day between $2 and $3 group by day
           ), added as (
             select day, sum(additions)::bigint as n from product_carts_day
             where shop_id = $1 and day between $2 and $3 group by day
           ), sold as (
             select day, orders, cancelled, pieces, sales, vouchers, shipping, fees, given_back from shop_sales_day
             where shop_id = $1 and day between $2 and $3
           )
           select $2::date + place as "day!", coalesce(looked.n, 0) as "looks!", coalesce(added.n, 0) as "carts!",
             coalesce(orders, 0) as "orders!", coalesce(cancelled, 0) as "cancelled!", coalesce(pieces, 0) as "pieces!",
             coalesce(sales, 0) as "sales!", coalesce(vouchers, 0) as "vouchers!",
             coalesce(shipping, 0) as "shipping!", coalesce(fees, 0) as "fees!",
             coalesce(given_back, 0) as "given_back!"
           from generate_series(0, $3::date - $2::date) as place
           left join looked on looked.day = $2::date + place
           left join added on added.day = $2::date + place
           left join sold on sold.day = $2::date + place
           order by place"#,
        shop.uuid(),
        first,
        last
    )
    .fetch_all(db)
    .await?;
    let tallies = rows.into_iter().map(|row| DayTally {
        day: start_of(row.day).unix_timestamp(),
        tally: Tally {
            looks: count(row.looks),
            carts: count(row.carts),
            orders: count(row.orders),
            cancelled: count(row.cancelled),
            pieces: count(row.pieces),
            sales: row.sales,
            vouchers: row.vouchers,
            shipping: row.shipping,
            fees: row.fees,
            given_back: row.given_back,
        },
    });
    Ok(tallies.collect())
}

async fn products(
    db: &mut PgConnection,
    shop: ShopId,
    first: Date,
    last: Date,
) -> Result<Vec<ProductTally>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with sold as (
             select product_id, sum(pieces)::bigint as pieces, sum(sales)::bigint as sales from variant_sales_day
             where shop_id = $1 and day between $2 and $3 group by product_id
           ), looked as (
             select product_id, sum(looks)::bigint as looks from product_looks_day
             where shop_id = $1 and day between $2 and $3 group by product_id
           ), best as (
             select product_id, coalesce(looks, 0) as looks, coalesce(pieces, 0) as pieces, coalesce(sales, 0) as sales
             from sold full join looked using (product_id)
             order by coalesce(sales, 0) desc, coalesce(looks, 0) desc, product_id limit $4
           )
           select product.id, product.slug, product.name, looks as "looks!", pieces as "pieces!", sales as "sales!"
           from best join product on product.id = best.product_id
           order by sales desc, looks desc, product.id"#,
        shop.uuid(),
        first,
        last,
        ROWS
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ProductTally {
                id: row.id.into(),
                slug: slug(row.slug)?,
                name: row.name,
                looks: count(row.looks),
                pieces: count(row.pieces),
                sales: row.sales,
            })
        })
        .collect()
}

struct Shares {
    cities: Vec<CityTally>,
    sources: Vec<(VisitSource, u64)>,
    leads: Vec<LeadTally>,
}

/// What orders and looks are made of: where buyers live, which way people came, and what they had searched for. A text is
/// among these only if it led here in many hours.
async fn shares(db: &mut PgConnection, shop: ShopId, first: Date, last: Date) -> Result<Shares, sqlx::Error> {
    let rows = sqlx::query!(
        r#"(select 'city' as "of!", region.short_name as "name!", sum(orders)::bigint as "n!", sum(sales)::bigint as "sales!"
            from city_sales_day join region on region.code = city_code
            where shop_id = $1 and day between $2 and $3
            group by region.code order by 4 desc, 3 desc, region.code limit $4)
           union all
           (select 'source', source, sum(looks)::bigint, 0
            from product_looks_day where shop_id = $1 and day between $2 and $3
            group by source order by 3 desc, source)
           union all
           (select 'lead', query, sum(looks)::bigint, 0
            from shop_lead_day where shop_id = $1 and day between $2 and $3
            group by query having sum(hours) >= $5 order by 3 desc, query limit $4)"#,
        shop.uuid(),
        first,
        last,
        ROWS,
        inquiry::MANY
    )
    .fetch_all(db)
    .await?;
    let mut shares = Shares { cities: vec![], sources: vec![], leads: vec![] };
    for row in rows {
        match row.of.as_str() {
            "city" => {
                shares.cities.push(CityTally { name: row.name, orders: count(row.n), sales: row.sales });
            }
            "source" => {
                let source = VisitSource::from_name(&row.name);
                let source = source.ok_or_else(|| unsound("the source of a look", &row.name))?;
                shares.sources.push((source, count(row.n)));
            }
            _ => shares.leads.push(LeadTally { query: row.name, looks: count(row.n) }),
        }
    }
    Ok(shares)
}

/// What is sold out or will be soon, the scarcest first. Where nothing is counted, nothing runs out.
async fn running_out(
    db: &mut PgConnection,
    shop: ShopId,
    today: Date,
) -> Result<Vec<RunningOut>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with sold as (
             select variant_id, sum(pieces)::bigint as pieces from variant_sales_day
             where shop_id = $1 and day between $2 and $3 group by variant_id
           ), left_over as (
             select variant.id, variant.product_id, variant.choices, sold.pieces, greatest(coalesce((
                 select sum(stock.on_hand - stock.reserved)
                 from stock join warehouse on warehouse.id = stock.warehouse_id
                 where stock.variant_id = variant.id and warehouse.is_active), 0)::bigint
                 - coalesce(policy.threshold, 0), 0) as available
             from sold join variant on variant.id = sold.variant_id and variant.retired_at is null
             left join stock_policy as policy on policy.variant_id = variant.id
             where coalesce(policy.tracked, true)
               and not exists (select from bundle_component where bundle_variant = variant.id)
           )
           select left_over.id as "id!", left_over.choices as "choices!", left_over.pieces as "pieces!",
             left_over.available as "available!", product.name,
             (select jsonb_agg("values" order by position) from product_option where product_id = product.id)
               as "options?: Json<Vec<Vec<String>>>"
           from left_over
           join product on product.id = left_over.product_id and product.state in ('active', 'hidden')
           where left_over.available * $4 <= left_over.pieces * $5
           order by left_over.available::numeric / left_over.pieces, left_over.pieces desc, left_over.id limit $6"#,
        shop.uuid(),
        first_of(today, PACE_DAYS),
        today,
        i64::from(PACE_DAYS),
        SOON_DAYS,
        ROWS
    )
    .fetch_all(db)
    .await?;
    let row = |id: Uuid,
               name: String,
               choices: Vec<i16>,
               options: Option<Json<Vec<Vec<String>>>>,
               available: i64,
               pieces: i64| {
        let (available, sold) = (count(available), count(pieces));
        Some(RunningOut {
            variant: id.into(),
            name,
            label: label(&choices, &options.map(|options| options.0).unwrap_or_default()),
            available,
            sold,
            days_left: days_left(available, sold)?,
        })
    };
    Ok(rows
        .into_iter()
        .filter_map(|it| row(it.id, it.name, it.choices, it.options, it.available, it.pieces))
        .collect())
}

/// What was chosen, in words.
fn label(choices: &[i16], options: &[Vec<String>]) -> String {
    let chosen = options.iter().zip(choices);
    let chosen = chosen.filter_map(|(values, i)| values.get(usize::try_from(*i).ok()?).map(String::as_str));
    chosen.collect::<Vec<_>>().join(", ")
}
