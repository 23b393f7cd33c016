//! Orders as their shop sees them: a list by stage, and one order.

use crate::{
    ViewError,
    cards::{currency, slug},
    cursor::{Cursor, cut, one_more},
    error::unsound,
    orders::{self, Found},
    parcels,
};
use model::{
    Money, Page,
    ids::{OrderId, ShopId, Uuid},
    order::{LinePieces, OrderState, SellerFilter},
    payment::Method,
    shipping::Service,
    views::{
        ShipTo,
        sold::{Earnings, FeeRow, SoldCard, SoldList, SoldPage, SoldToday, WaitingOrders},
    },
};
use shipping::courier_name;
use sqlx::{PgConnection, types::Json};
use time::{Duration, OffsetDateTime};

/// No order is paid later than this after it was placed.
const LONGEST_TO_PAY: Duration = Duration::days(3);
/// A deadline that is nearer is pressing.
const PRESSING: Duration = Duration::hours(12);

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

/// How many of the latest are looked through for a text, at first and then. Where many orders have it a page of them is
/// among these; what few have is found by its words.
const LATEST: [i64; 2] = [300, 2_000];

/// The latest of a shop's orders in these stages that come after a place in the list; a text is part of a number or of the
/// recipient's name.
async fn find(
    db: &mut PgConnection,
    shop: ShopId,
    stages: &[String],
    text: &str,
    after: (OffsetDateTime, Uuid),
    limit: i64,
) -> Result<Vec<Found>, sqlx::Error> {
    if text.is_empty() {
        return Ok(find_latest(db, shop, stages, text, after, (limit, limit)).await?.0);
    }
    let mut found = vec![];
    for most in LATEST {
        let seen;
        (found, seen) = find_latest(&mut *db, shop, stages, text, after, (limit, most)).await?;
        if seen < most || i64::try_from(found.len()).is_ok_and(|n| n >= limit) {
            return Ok(found);
        }
    }
    // One letter or two are in most orders, and in no index: of those the latest are enough.
    if text.chars().nth(2).is_none() {
        return Ok(found);
    }
    find_by_words(db, shop, stages, text, after, limit).await
}

/// Looks for `$6` among the latest `$5` orders of the shop `$1` in the stages `$2`, and tells how many these were. Which of
/// them, in words that an index has.
macro_rules! latest {
    ($which:tt, $shop:expr, $stages:expr, $after:expr, $most:expr, $text:expr, $limit:expr) => {
        sqlx::query_as!(
            Looked,
            r#"with latest as materialized (
                 select id, placed_at, number, recipient from shop_order
                 where shop_id = $1 and cleared_at is not null and (placed_at, id) < ($3, $4) and "#
                + $which
                + r#"
                 order by placed_at desc, id desc limit $5
               )
               select whole.seen as "seen!", found.id as "id?", found.placed_at as "placed_at?"
               from (select count(*) as seen from latest) as whole
               left join (
                 select id, placed_at from latest where $6 = '%%' or number ilike $6 or recipient ilike $6
                 order by placed_at desc, id desc limit $7
               ) as found on true
               order by found.placed_at desc, found.id desc"#,
            $shop.uuid(),
            $stages,
            $after.0,
            $after.1,
            $most,
            orders::pattern($text),
            $limit
        )
    };
}

struct Looked {
    seen: i64,
    id: Option<Uuid>,
    placed_at: Option<OffsetDateTime>,
}

/// Among so many of the latest, with how many these were. One stage is read by itself, so that one which few are in costs no
/// more.
async fn find_latest(
    db: &mut PgConnection,
    shop: ShopId,
    stages: &[String],
    text: &str,
    after: (OffsetDateTime, Uuid),
    (limit, most): (i64, i64),
) -> Result<(Vec<Found>, i64), sqlx::Error> {
    let rows = if stages.len() == 1 {
        latest!("state = ($2::text[])[1]", shop, stages, after, most, text, limit).fetch_all(db).await?
    } else {
        latest!("state = any($2::text[])", shop, stages, after, most, text, limit).fetch_all(db).await?
    };
    let seen = rows.first().map_or(0, |row| row.seen);
    let found = |(id, placed_at)| Found { id, placed_at };
    Ok((rows.into_iter().filter_map(|row| row.id.zip(row.placed_at).map(found)).collect(), seen))
}

/// Among all of them. An order has no words before the shop has taken it on.
async fn find_by_words(
    db: &mut PgConnection,
    shop: ShopId,
    stages: &[String],
    text: &str,
    (before, id): (OffsetDateTime, Uuid),
    limit: i64,
) -> Result<Vec<Found>, sqlx::Error> {
    sqlx::query_as!(
        Found,
        r#"with may_have as materialized (
             select order_id from order_words where words @> (array[$1::uuid::text] || threes($2))
             union
             select id from shop_order where shop_id = $1 and state = 'paid' and cleared_at is not null
           )
           select shop_order.id, shop_order.placed_at
           from may_have join shop_order on shop_order.id = may_have.order_id
           where shop_id = $1 and state = any($3::text[]) and cleared_at is not null and (placed_at, id) < ($4, $5)
             and (number ilike $6 or recipient ilike $6)
           order by placed_at desc, id desc limit $7"#,
        shop.uuid(),
        text,
        stages,
        before,
        id,
        orders::pattern(text),
        limit
    )
    .fetch_all(db)
    .await
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
    let after = orders::place(after)?;
    let text = orders::sought(query);
    let stages = orders::names(match filter.states() {
        [] => OrderState::ALL,
        of_tab => of_tab,
    });
    let found = find(&mut *db, shop, &stages, &text, after, one_more(limit)).await?;
    let (shown, next) = cut(found, limit, |row| Cursor { key: orders::micros(row.placed_at), id: row.id });
    let ids: Vec<Uuid> = shown.iter().map(|row| row.id).collect();
    let cards = cards(db, &ids, now).await?;
    let counts = counts(db, shop).await?;
    Ok(SoldList { page: Page { items: cards, next, total: None }, counts })
}

/// In this order.
async fn cards(
    db: &mut PgConnection,
    ids: &[Uuid],
    now: OffsetDateTime,
) -> Result<Vec<SoldCard>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let rows = sqlx::query!(
        r#"select shop_order.id, shop_order.number, shop_order.state, shop_order.placed_at, shop_order.accept_by,
             shop_order.ship_by, shop_order.recipient, shop_order.currency, shop_order.total, shop_order.courier,
             shop_order.service, order_group.method, coalesce(city.short_name, place.name) as "place!",
             parcel.waybill as "waybill?", coalesce(parcel.some_left, false) as "some_left!"
           from unnest($1::uuid[]) with ordinality as wanted (id, place)
           join shop_order on shop_order.id = wanted.id
           join order_group on order_group.id = shop_order.group_id
           join region as place on place.code = shop_order.region_code
           left join region as city on city.code = left(shop_order.region_code, 5)
           left join lateral (
             select (array_agg(waybill order by created_at desc, id desc) filter (where waybill is not null))[1] as waybill,
               bool_or(left_at is not null) as some_left
             from shipment where order_id = shop_order.id and dropped_at is null
           ) as parcel on true
           order by wanted.place"#,
        ids
    )
    .fetch_all(&mut *db)
    .await?;
    let mut items = orders::items(db, ids).await?;
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
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
            courier: courier_name(&row.courier),
            service: service(row.service)?,
            waybill: row.waybill,
            partly: row.some_left && matches!(state, OrderState::Accepted | OrderState::Packed),
        });
    }
    Ok(cards)
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

/// How many wait in each stage that is not the end, one beyond what is written out at most.
async fn counts(db: &mut PgConnection, shop: ShopId) -> Result<Vec<(SellerFilter, u64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select stage.state as "state!", few.n as "n!"
           from (values ('paid'), ('accepted'), ('packed'), ('shipped'), ('delivered')) as stage (state)
           cross join lateral (
             select count(*) as n from (
               select from shop_order where shop_id = $1 and state = stage.state and cleared_at is not null limit $2) as first
           ) as few"#,
        shop.uuid(),
        i64::try_from(SoldList::MOST).unwrap_or(i64::MAX) + 1
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
             (select jsonb_agg(jsonb_build_object('from', from_state, 'to', to_state, 'actor', actor, 'reason', reason,
                 'at', extract(epoch from at)::bigint) order by order_transition.id)
              from order_transition where order_transition.order_id = shop_order.id)
               as "timeline?: Json<Vec<orders::Transition>>",
             (select coalesce(sum(refund + discount_back - commission_back), 0)::bigint from left_out
              where left_out.order_id = shop_order.id) as "unsent!",
             (select jsonb_agg(jsonb_build_object('line', id, 'quantity', quantity - packed - left_out) order by position)
              from order_line where order_line.order_id = shop_order.id and quantity > packed + left_out)
               as "waits?: Json<Vec<LinePieces>>",
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
    let parcels = parcels::of(db, id).await?;
    let left_out = parcels::left_out(db, id).await?;
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
        courier: courier_name(&row.courier),
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
            left_out: money(-row.unsent),
            total: money(
                row.goods + row.platform_discount
                    - row.shipping_discount_by_shop
                    - row.commission
                    - row.unsent,
            ),
        },
        timeline,
        parcels,
        left_out,
        waits: row.waits.filter(|_| state == OrderState::Accepted).map(|waits| waits.0).unwrap_or_default(),
        ways: vec![],
        key: String::new(),
    }))
}
