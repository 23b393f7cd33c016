//! All SQL of counting.

use model::{
    ids::{ShopId, Uuid},
    views::health::Record,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use views::jakarta::span;

/// Keeps everybody else from counting this day of a shop until the transaction ends.
pub(super) async fn lock_day(
    db: &mut PgConnection,
    shop: ShopId,
    day: Date,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into shop_sales_day (shop_id, day, counted_at) values ($1, $2, $3)
         on conflict (shop_id, day) do update set counted_at = excluded.counted_at",
        shop.uuid(),
        day,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The orders that count against the shop. What once was one stays one: neither cancelling nor lateness is undone.
pub(super) async fn note_faults(db: &mut PgConnection, shop: ShopId, day: Date) -> Result<(), sqlx::Error> {
    let (from, until) = span(day);
    sqlx::query!(
        "insert into shop_fault (order_id, shop_id, kind, cleared_at)
         select sold.id, sold.shop_id, case when ended.actor = 'shop' then 'dropped' else 'late' end, sold.cleared_at
         from shop_order as sold
         left join lateral (
           select actor from order_transition
           where order_id = sold.id and to_state = 'cancelled' order by id desc limit 1) as ended on true
         where sold.shop_id = $1 and sold.cleared_at >= $2 and sold.cleared_at < $3
           and (ended.actor in ('shop', 'clock') or sold.shipped_at > sold.ship_by)
         on conflict (order_id) do nothing",
        shop.uuid(),
        from,
        until
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The sums of a day, whose faults are noted. What is left of them is what the shop gets for its orders in the end: what went back
/// to buyers is off, what was left out with what it came to, and parts of what was sent with the commission that came back for
/// them and the coins that had paid for them.
pub(super) async fn count_orders(db: &mut PgConnection, shop: ShopId, day: Date) -> Result<(), sqlx::Error> {
    let (from, until) = span(day);
    sqlx::query!(
        "with sold as (
           select o.state = 'cancelled' as gone, kept.sales, kept.by_shop as shop_discount, o.shipping_discount_by_shop,
             o.commission - unsent.commission - back.commission as commission, o.shipped_at, fault.kind, kept.pieces,
             back.amount - unsent.refund + coins.returned - (o.platform_discount - kept.by_platform - unsent.discount) as given_back
           from shop_order as o left join shop_fault as fault on fault.order_id = o.id
           cross join lateral (
             select sum(kept.pieces) as pieces, sum(kept.sales) as sales, sum(kept.by_shop) as by_shop,
               sum(kept.by_platform) as by_platform
             from order_line as line cross join lateral line_kept(line) as kept where line.order_id = o.id
           ) as kept
           cross join lateral (
             select coalesce(sum(refund), 0) as refund, coalesce(sum(discount_back), 0) as discount,
               coalesce(sum(commission_back), 0) as commission
             from left_out where order_id = o.id
           ) as unsent
           cross join lateral (
             select coalesce(sum(entry.amount) filter (where account.kind = 'buyer_clearing'), 0) as amount,
               coalesce(-sum(entry.amount) filter (where account.kind = 'platform_revenue'), 0) as commission
             from ledger_journal as journal
             join ledger_entry as entry on entry.journal_id = journal.id
             join ledger_account as account on account.id = entry.account_id
             where journal.reference = o.id and journal.kind = 'refunded'
           ) as back
           cross join lateral (
             select coalesce(sum(returned), 0) as returned from coin_use where order_id = o.id
           ) as coins
           where o.shop_id = $1 and o.cleared_at >= $3 and o.cleared_at < $4
         ), sums as (
           select count(*) filter (where not gone) as orders, count(*) filter (where gone) as cancelled,
             coalesce(sum(pieces) filter (where not gone), 0)::bigint as pieces,
             coalesce(sum(sales) filter (where not gone), 0)::bigint as sales,
             coalesce(sum(shop_discount) filter (where not gone), 0)::bigint as vouchers,
             coalesce(sum(shipping_discount_by_shop) filter (where not gone), 0)::bigint as shipping,
             coalesce(sum(commission) filter (where not gone), 0)::bigint as fees,
             coalesce(sum(given_back) filter (where not gone), 0)::bigint as given_back,
             count(*) filter (where kind is null and shipped_at is not null) as in_time,
             count(*) filter (where kind = 'dropped') as dropped, count(*) filter (where kind = 'late') as late
           from sold
         )
         update shop_sales_day as counted
         set orders = sums.orders, cancelled = sums.cancelled, pieces = sums.pieces, sales = sums.sales,
           vouchers = sums.vouchers, shipping = sums.shipping, fees = sums.fees, given_back = sums.given_back, in_time = sums.in_time,
           dropped = sums.dropped, late = sums.late
         from sums where counted.shop_id = $1 and counted.day = $2",
        shop.uuid(),
        day,
        from,
        until
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn count_variants(
    db: &mut PgConnection,
    shop: ShopId,
    day: Date,
) -> Result<(), sqlx::Error> {
    let (from, until) = span(day);
    sqlx::query!("delete from variant_sales_day where shop_id = $1 and day = $2", shop.uuid(), day)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into variant_sales_day (shop_id, day, variant_id, product_id, pieces, sales)
         select o.shop_id, $2, line.variant_id, line.product_id, sum(kept.pieces), sum(kept.sales)::bigint
         from shop_order as o join order_line as line on line.order_id = o.id
         cross join lateral line_kept(line) as kept
         where o.shop_id = $1 and o.cleared_at >= $3 and o.cleared_at < $4 and o.state <> 'cancelled' and kept.pieces > 0
         group by o.shop_id, line.variant_id, line.product_id",
        shop.uuid(),
        day,
        from,
        until
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of a place the city is the first five characters of its code.
pub(super) async fn count_cities(db: &mut PgConnection, shop: ShopId, day: Date) -> Result<(), sqlx::Error> {
    let (from, until) = span(day);
    sqlx::query!("delete from city_sales_day where shop_id = $1 and day = $2", shop.uuid(), day)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into city_sales_day (shop_id, day, city_code, orders, sales)
         select shop_id, $2, left(region_code, 5), count(*), sum(kept.sales)::bigint
         from shop_order
         cross join lateral (
           select sum(kept.sales) as sales from order_line as line cross join lateral line_kept(line) as kept
           where line.order_id = shop_order.id
         ) as kept
         where shop_id = $1 and cleared_at >= $3 and cleared_at < $4 and state <> 'cancelled'
         group by shop_id, left(region_code, 5)",
        shop.uuid(),
        day,
        from,
        until
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Looks of a day, of all shops. Where somebody had theirs forgotten, there are fewer than before.
pub(super) async fn count_looks(
    db: &mut PgConnection,
    day: Date,
    from: OffsetDateTime,
    until: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with counted as (
           select product.shop_id, event.product_id, event.source, count(*) as n
           from product_view_event as event join product on product.id = event.product_id
           where event.at >= $2 and event.at < $3
           group by product.shop_id, event.product_id, event.source
         ), gone as (
           delete from product_looks_day as before
           where before.day = $1 and not exists (
             select from counted where counted.shop_id = before.shop_id and counted.product_id = before.product_id
               and counted.source = before.source)
         )
         insert into product_looks_day (shop_id, day, product_id, source, looks)
         select shop_id, $1, product_id, source, n from counted
         on conflict (shop_id, day, product_id, source) do update set looks = excluded.looks
           where product_looks_day.looks <> excluded.looks",
        day,
        from,
        until
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn count_carts(
    db: &mut PgConnection,
    day: Date,
    from: OffsetDateTime,
    until: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into product_carts_day (shop_id, day, product_id, additions)
         select product.shop_id, $1, added.product_id, count(*)
         from cart_addition as added join product on product.id = added.product_id
         where added.at >= $2 and added.at < $3
         group by product.shop_id, added.product_id
         on conflict (shop_id, day, product_id) do update set additions = excluded.additions
           where product_carts_day.additions <> excluded.additions",
        day,
        from,
        until
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn count_leads(
    db: &mut PgConnection,
    day: Date,
    from: OffsetDateTime,
    until: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into shop_lead_day (shop_id, day, query, looks, hours)
         select product.shop_id, $1, led.query, count(*), count(distinct led.at)::int
         from search_lead as led join product on product.id = led.product_id
         where led.at >= $2 and led.at < $3
         group by product.shop_id, led.query
         on conflict (shop_id, day, query) do update set looks = excluded.looks, hours = excluded.hours
           where shop_lead_day.looks <> excluded.looks or shop_lead_day.hours <> excluded.hours",
        day,
        from,
        until
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn sweep_carts(db: &mut PgConnection, before: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from cart_addition where at < $1", before).execute(db).await?;
    Ok(())
}

pub(super) async fn sweep_leads(db: &mut PgConnection, before: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from search_lead where at < $1", before).execute(db).await?;
    Ok(())
}

/// Texts from before that day that have not led to the same shop in so many different hours.
pub(super) async fn forget_rare_leads(
    db: &mut PgConnection,
    before: Date,
    many: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from shop_lead_day as old
         using (select shop_id, query from shop_lead_day group by shop_id, query having sum(hours) < $2) as rare
         where old.day < $1 and old.shop_id = rare.shop_id and old.query = rare.query",
        before,
        many
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn forget_leads(db: &mut PgConnection, before: Date) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from shop_lead_day where day < $1", before).execute(db).await?;
    Ok(())
}

/// Shops that were to send something between these days, or were judged before, with what became of it.
pub(super) async fn list_records(
    db: &mut PgConnection,
    since: Date,
    until: Date,
    after: Option<ShopId>,
    limit: i64,
) -> Result<Vec<(ShopId, Record)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with due as (
             select shop_id from shop_sales_day where day between $1 and $2 and shop_id > $3
             union
             select shop_id from shop_health where shop_id > $3
             order by shop_id limit $4
           )
           select due.shop_id as "shop_id!", coalesce(sum(in_time + dropped + late), 0)::bigint as "orders!",
             coalesce(sum(dropped), 0)::bigint as "dropped!", coalesce(sum(late), 0)::bigint as "late!"
           from due left join shop_sales_day as counted
             on counted.shop_id = due.shop_id and counted.day between $1 and $2
           group by due.shop_id order by due.shop_id"#,
        since,
        until,
        after.map_or(Uuid::nil(), ShopId::uuid),
        limit
    )
    .fetch_all(db)
    .await?;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    let record =
        |orders, dropped, late| Record { orders: count(orders), dropped: count(dropped), late: count(late) };
    Ok(rows.into_iter().map(|row| (row.shop_id.into(), record(row.orders, row.dropped, row.late))).collect())
}

pub(super) async fn put_health(
    db: &mut PgConnection,
    records: &[(ShopId, Record)],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let shops: Vec<Uuid> = records.iter().map(|(shop, _)| shop.uuid()).collect();
    let orders: Vec<i64> = records.iter().map(|(_, record)| count(record.orders)).collect();
    let dropped: Vec<i64> = records.iter().map(|(_, record)| count(record.dropped)).collect();
    let late: Vec<i64> = records.iter().map(|(_, record)| count(record.late)).collect();
    let points: Vec<i16> = records.iter().map(|(_, record)| i16::from(record.points())).collect();
    let reliable: Vec<bool> = records.iter().map(|(_, record)| record.is_reliable()).collect();
    sqlx::query!(
        "insert into shop_health (shop_id, orders, dropped, late, points, reliable, judged_at)
         select shop_id, orders, dropped, late, points, reliable, $7
         from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::smallint[], $6::boolean[])
           as judged (shop_id, orders, dropped, late, points, reliable)
         on conflict (shop_id) do update set orders = excluded.orders, dropped = excluded.dropped,
           late = excluded.late, points = excluded.points, reliable = excluded.reliable, judged_at = excluded.judged_at",
        &shops,
        &orders,
        &dropped,
        &late,
        &points,
        &reliable,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Shops read their badge with themselves; only those are written whose badge comes or goes.
pub(super) async fn put_badges(
    db: &mut PgConnection,
    records: &[(ShopId, Record)],
) -> Result<(), sqlx::Error> {
    let shops: Vec<Uuid> = records.iter().map(|(shop, _)| shop.uuid()).collect();
    let reliable: Vec<bool> = records.iter().map(|(_, record)| record.is_reliable()).collect();
    sqlx::query!(
        "update shop set reliable = judged.reliable
         from unnest($1::uuid[], $2::boolean[]) as judged (shop_id, reliable)
         where shop.id = judged.shop_id and shop.reliable <> judged.reliable",
        &shops,
        &reliable
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Shops that ever sold something, in the order of their ids.
pub(super) async fn list_selling(
    db: &mut PgConnection,
    after: Option<ShopId>,
    limit: i64,
) -> Result<Vec<ShopId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from shop
         where id > $1 and exists (select from shop_order where shop_id = shop.id and cleared_at is not null)
         order by id limit $2",
        after.map_or(Uuid::nil(), ShopId::uuid),
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ShopId::new).collect())
}

/// The days on which a shop had something to send, and those that were counted before.
pub(super) async fn list_days(db: &mut PgConnection, shop: ShopId) -> Result<Vec<Date>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select ((cleared_at at time zone 'UTC') + interval '7 hours')::date as "day!" from shop_order
           where shop_id = $1 and cleared_at is not null
           union
           select day from shop_sales_day where shop_id = $1
           order by 1"#,
        shop.uuid()
    )
    .fetch_all(db)
    .await
}
