//! Orders as their shop sees them: a list by stage, and one order.

use crate::{
    ViewError,
    cards::{currency, slug},
    cursor::{Cursor, cut, one_more},
    error::unsound,
    orders, parcels,
};
use model::{
    Money, Page,
    ids::{OrderId, ShopId, Uuid},
    order::{OrderState, SellerFilter},
    payment::Method,
    shipping::{Courier, Service},
    views::{
        ShipTo,
        sold::{Earnings, FeeRow, SoldCard, SoldList, SoldPage, SoldToday, WaitingOrders},
    },
};
use sqlx::{PgConnection, types::Json};
use time::{Duration, OffsetDateTime};

/// Longest text that is looked for, in characters.
const LONGEST_QUERY: usize = 100;
/// No order is paid later than this after it was placed.
const LONGEST_TO_PAY: Duration = Duration::days(3);
/// A deadline that is nearer is pressing.
const PRESSING: Duration = Duration::hours(12);

fn brand(courier: String) -> String {
    Courier::from_name(&courier).map_or(courier, |courier| courier.brand().to_owned())
}

/// By when the shop has to do something.
fn due(
    state: OrderState,
    accept_by: Option<OffsetDateTime>,
    ship_by: Option<OffsetDateTime>,
) -> Option<OffsetDateTime> {
    match state {
        OrderState::Paid => accept_by,
        OrderState::Accepted | OrderState::Packed => ship_by,
        _ => None,
    }
}

/// The latest first. `query` is part of a number or of the recipient's name. What is not paid yet is not among them.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    filter: SellerFilter,
    query: &str,
    after: Option<&str>,
    limit: u16,
    now: OffsetDateTime,
) -> Result<SoldList, ViewError> {
    let after = Cursor::read(after)?;
    let before = after.map(|after| orders::at_micros(after.key)).transpose()?;
    let text: String = query.trim().chars().take(LONGEST_QUERY).collect();
    let pattern = format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let wanted: Vec<String> = filter.states().iter().map(|state| state.as_str().to_owned()).collect();
    let rows = sqlx::query!(
        r#"select shop_order.id, shop_order.number, shop_order.state, shop_order.placed_at, shop_order.accept_by,
             shop_order.ship_by, shop_order.recipient, shop_order.currency, shop_order.total, shop_order.courier,
             shop_order.service, order_group.method, coalesce(city.short_name, place.name) as "place!",
             parcel.waybill as "waybill?"
           from shop_order
           join order_group on order_group.id = shop_order.group_id
           join region as place on place.code = shop_order.region_code
           left join region as city on city.code = left(shop_order.region_code, 5)
           left join shipment as parcel on parcel.order_id = shop_order.id and parcel.dropped_at is null
           where shop_order.shop_id = $1 and shop_order.cleared_at is not null
             and (cardinality($2::text[]) = 0 or shop_order.state = any($2))
             and ($3 = '' or shop_order.number ilike $4 or shop_order.recipient ilike $4)
             and ($5::timestamptz is null or (shop_order.placed_at, shop_order.id) < ($5, $6))
           order by shop_order.placed_at desc, shop_order.id desc limit $7"#,
        shop.uuid(),
        &wanted,
        text,
        pattern,
        before,
        after.map(|after| after.id),
        one_more(limit)
    )
    .fetch_all(&mut *db)
    .await?;
    let (shown, next) = cut(rows, limit, |row| Cursor { key: orders::micros(row.placed_at), id: row.id });
    let ids: Vec<Uuid> = shown.iter().map(|row| row.id).collect();
    let mut items = orders::items(db, &ids).await?;
    let mut cards = Vec::with_capacity(shown.len());
    for row in shown {
        let mut of_order = items.remove(&row.id).unwrap_or_default().into_iter();
        let first = of_order.next().ok_or_else(|| unsound("an order without lines", row.id))?;
        let state = orders::state(&row.state)?;
        let due_by = due(state, row.accept_by, row.ship_by);
        cards.push(SoldCard {
            id: row.id.into(),
            number: row.number,
            state,
            placed_at: row.placed_at.unix_timestamp(),
            due_by: due_by.map(OffsetDateTime::unix_timestamp),
            pressing: due_by.is_some_and(|due| due - now < PRESSING),
            recipient: row.recipient.unwrap_or_default(),
            place: row.place,
            first,
            more: u32::try_from(of_order.len()).unwrap_or(u32::MAX),
            total: Money::new(row.total, currency(&row.currency)?),
            cash: orders::method(&row.method)? == Method::Cod,
            courier: brand(row.courier),
            service: service(row.service)?,
            waybill: row.waybill,
        });
    }
    let counts = counts(db, shop).await?;
    Ok(SoldList { page: Page { items: cards, next, total: None }, counts })
}

/// What waits for the shop.
pub async fn waiting(
    db: &mut PgConnection,
    shop: ShopId,
    now: OffsetDateTime,
) -> Result<WaitingOrders, sqlx::Error> {
    let row = sqlx::query!(
        r#"select count(*) filter (where state = 'paid') as "new!", count(*) filter (where state = 'accepted') as "to_pack!",
             count(*) filter (where state = 'packed') as "to_ship!", count(*) filter (where due < $2) as "pressing!",
             min(due) as due
           from (
             select state, case state when 'paid' then accept_by else ship_by end as due from shop_order
             where shop_id = $1 and state in ('paid', 'accepted', 'packed')
           ) as open"#,
        shop.uuid(),
        now + PRESSING
    )
    .fetch_one(db)
    .await?;
    let n = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(WaitingOrders {
        new: n(row.new),
        to_pack: n(row.to_pack),
        to_ship: n(row.to_ship),
        pressing: n(row.pressing),
        next_due: row.due.map(OffsetDateTime::unix_timestamp),
    })
}

/// So many new orders as wait, but no more than `most`.
pub async fn new_orders(db: &mut PgConnection, shop: ShopId, most: u16) -> Result<u32, sqlx::Error> {
    let n = sqlx::query_scalar!(
        r#"select count(*) as "n!" from (
             select from shop_order where shop_id = $1 and state = 'paid' limit $2) as new"#,
        shop.uuid(),
        i64::from(most)
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(n).unwrap_or(u32::MAX))
}

/// What the shop sold since `start`; cancelled orders are not among it. Whoever pays takes at most some days to.
pub async fn sold_since(
    db: &mut PgConnection,
    shop: ShopId,
    start: OffsetDateTime,
) -> Result<SoldToday, sqlx::Error> {
    let row = sqlx::query!(
        r#"select count(*) as "orders!", coalesce(sum(goods), 0)::bigint as "goods!" from shop_order
           where shop_id = $1 and placed_at >= $2 and cleared_at >= $3 and state <> 'cancelled'"#,
        shop.uuid(),
        start - LONGEST_TO_PAY,
        start
    )
    .fetch_one(db)
    .await?;
    Ok(SoldToday { orders: u32::try_from(row.orders).unwrap_or(u32::MAX), goods: Money::idr(row.goods) })
}

fn service(name: String) -> Result<Service, sqlx::Error> {
    Service::from_name(&name).ok_or_else(|| unsound("a service", name))
}

/// How many wait in each stage that is not the end.
async fn counts(db: &mut PgConnection, shop: ShopId) -> Result<Vec<(SellerFilter, u64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select state, count(*) as "n!" from shop_order
           where shop_id = $1 and state in ('paid', 'accepted', 'packed', 'shipped', 'delivered') group by state"#,
        shop.uuid()
    )
    .fetch_all(db)
    .await?;
    let of = |filter: SellerFilter| {
        let names = filter.states();
        let n =
            rows.iter().filter(|row| names.iter().any(|state| state.as_str() == row.state)).map(|row| row.n);
        (filter, u64::try_from(n.sum::<i64>()).unwrap_or_default())
    };
    let open = [
        SellerFilter::New,
        SellerFilter::ToPack,
        SellerFilter::ToShip,
        SellerFilter::Shipped,
        SellerFilter::Delivered,
    ];
    Ok(open.map(of).to_vec())
}

/// One order; another shop's, or one that is not paid, is not there.
pub async fn one(db: &mut PgConnection, shop: ShopId, id: OrderId) -> Result<Option<SoldPage>, sqlx::Error> {
    let Some(row) = sqlx::query!(
        r#"select shop_order.id, shop_order.number, shop_order.state, shop_order.placed_at, shop_order.currency,
             shop_order.accept_by, shop_order.ship_by, shop_order.settle_by, shop_order.recipient, shop_order.phone,
             shop_order.street, shop_order.detail, shop_order.postcode, shop_order.address_notes,
             shop_order.pickup_point is not null as "at_counter!", shop_order.courier,
             shop_order.service, shop_order.insured, shop_order.weight_g, shop_order.note, shop_order.goods,
             shop_order.platform_discount, shop_order.shipping_discount_by_shop, shop_order.commission,
             order_group.method, shop.name as shop, shop.slug as shop_slug, place.name as place,
             city.short_name as "city?", province.name as "province?",
             (select jsonb_agg(jsonb_build_object('to', to_state, 'actor', actor, 'reason', reason,
                 'at', extract(epoch from at)::bigint) order by order_transition.id)
              from order_transition where order_transition.order_id = shop_order.id)
               as "timeline?: Json<Vec<orders::Transition>>",
             (select jsonb_agg(jsonb_build_array(kind, amount) order by place) from (
                select kind, sum(amount)::bigint as amount, min(position) as place from order_fee
                where order_fee.order_id = shop_order.id group by kind) as fee)
               as "fees?: Json<Vec<(String, i64)>>"
           from shop_order
           join order_group on order_group.id = shop_order.group_id
           join shop on shop.id = shop_order.shop_id
           join region as place on place.code = shop_order.region_code
           left join region as city on city.code = place.parent_code
           left join region as province on province.code = city.parent_code
           where shop_order.id = $1 and shop_order.shop_id = $2 and shop_order.cleared_at is not null"#,
        id.uuid(),
        shop.uuid()
    )
    .fetch_optional(&mut *db)
    .await?
    else {
        return Ok(None);
    };
    let ids = [row.id];
    let items = orders::items(db, &ids).await?.remove(&row.id).unwrap_or_default();
    let summary = orders::summary(db, &ids).await?;
    let parcel = parcels::of(db, id).await?;
    let state = orders::state(&row.state)?;
    let currency = currency(&row.currency)?;
    let money = |amount: i64| Money::new(amount, currency);
    let mut timeline = Vec::new();
    for step in row.timeline.map(|steps| steps.0).unwrap_or_default() {
        timeline.push(step.step()?);
    }
    // Whoever has nothing more to send need not know where somebody lives.
    let over = matches!(state, OrderState::Completed | OrderState::Cancelled);
    let private = |text: Option<String>| if over { String::new() } else { text.unwrap_or_default() };
    let place: Vec<String> = [Some(row.place), row.city, row.province].into_iter().flatten().collect();
    let fees = row.fees.map(|fees| fees.0).unwrap_or_default().into_iter();
    let due_by = due(state, row.accept_by, row.ship_by);
    Ok(Some(SoldPage {
        id: row.id.into(),
        number: row.number,
        state,
        shop: row.shop,
        shop_slug: slug(row.shop_slug)?,
        placed_at: row.placed_at.unix_timestamp(),
        due_by: due_by.map(OffsetDateTime::unix_timestamp),
        settle_by: row
            .settle_by
            .filter(|_| state == OrderState::Delivered)
            .map(OffsetDateTime::unix_timestamp),
        items,
        ship_to: ShipTo {
            recipient: row.recipient.unwrap_or_default(),
            phone: private(row.phone),
            street: private(row.street),
            detail: private(row.detail),
            place: place.join(", "),
            postcode: row.postcode.unwrap_or_default(),
            notes: private(row.address_notes),
            at_counter: row.at_counter,
        },
        courier: brand(row.courier),
        service: service(row.service)?,
        insured: row.insured,
        weight_g: row.weight_g,
        note: row.note.unwrap_or_default(),
        method: orders::method(&row.method)?,
        summary,
        earnings: Earnings {
            goods: money(row.goods + row.platform_discount),
            shipping_discount: money(-row.shipping_discount_by_shop),
            fees: fees.map(|(kind, amount)| FeeRow { kind, amount: money(-amount) }).collect(),
            total: money(row.goods + row.platform_discount - row.shipping_discount_by_shop - row.commission),
        },
        timeline,
        parcel,
    }))
}
