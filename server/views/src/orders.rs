//! Orders as their buyer sees them: a list, one order, and all that was paid at once.

use crate::{
    ViewError,
    cards::{currency, slug, stored, unsigned},
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use kernel::Buyer;
use model::{
    Email, Money, Page,
    ids::{OrderGroupId, OrderId, ProductId, Uuid, VariantId},
    order::{Actor, CancelReason, GroupState, OrderFilter, OrderState},
    payment::{Method, PaymentState},
    shipping::Service,
    views::{
        GroupPage, MoneyBack, OrderCard, OrderItem, OrderPage, Picture, ShipTo, Summary, SummaryPart,
        SummaryRow, TimelineStep,
    },
};
use shipping::courier_name;
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use time::OffsetDateTime;

/// Longest text that is looked for, in characters.
const LONGEST_QUERY: usize = 100;

pub(crate) fn state(name: &str) -> Result<OrderState, sqlx::Error> {
    OrderState::from_name(name).ok_or_else(|| unsound("an order's state", name))
}

fn group_state(name: &str) -> Result<GroupState, sqlx::Error> {
    GroupState::from_name(name).ok_or_else(|| unsound("an order group's state", name))
}

pub(crate) fn method(name: &str) -> Result<Method, sqlx::Error> {
    Method::from_name(name).ok_or_else(|| unsound("a way to pay", name))
}

/// The stages a filter stands for.
const fn stages(filter: OrderFilter) -> &'static [OrderState] {
    match filter {
        OrderFilter::All => OrderState::ALL,
        OrderFilter::ToPay => &[OrderState::AwaitingPayment],
        OrderFilter::InProgress => &[OrderState::Paid, OrderState::Accepted, OrderState::Packed],
        OrderFilter::Shipped => &[OrderState::Shipped, OrderState::Delivered],
        OrderFilter::Done => &[OrderState::Completed],
        OrderFilter::Cancelled => &[OrderState::Cancelled],
    }
}

pub(crate) fn names(stages: &[OrderState]) -> Vec<String> {
    stages.iter().map(|stage| stage.as_str().to_owned()).collect()
}

/// A text that is looked for, as long as it may be.
pub(crate) fn sought(query: &str) -> String {
    query.trim().chars().take(LONGEST_QUERY).collect()
}

/// The same as a part of something.
pub(crate) fn pattern(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// Whose orders: an account's, or a guest's.
fn whose(buyer: &Buyer) -> (Option<Uuid>, Option<Vec<u8>>) {
    (buyer.account().map(model::ids::AccountId::uuid), buyer.guest().map(|it| it.as_bytes().to_vec()))
}

/// The latest first. `query` is part of a number or of the name of something bought. Each stage is read by itself along its
/// index, so that one which few are in costs no more.
pub async fn list(
    db: &mut PgConnection,
    buyer: &Buyer,
    filter: OrderFilter,
    query: &str,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<OrderCard>, ViewError> {
    let (account, guest) = whose(buyer);
    let (before, id) = place(after)?;
    let pattern = pattern(&sought(query));
    let stages = names(stages(filter));
    let rows = match account {
        Some(account) => {
            sqlx::query_as!(
                Found,
                r#"select of_stage.id as "id!", of_stage.placed_at as "placed_at!"
                   from unnest($2::text[]) as stage (state)
                   cross join lateral (
                     select id, placed_at from shop_order
                     where account_id = $1 and state = stage.state and (placed_at, id) < ($3, $4)
                       and ($5 = '%%' or number ilike $5 or exists (
                         select from order_line where order_line.order_id = shop_order.id and order_line.product_name ilike $5))
                     order by placed_at desc, id desc limit $6
                   ) as of_stage
                   order by of_stage.placed_at desc, of_stage.id desc limit $6"#,
                account,
                &stages,
                before,
                id,
                pattern,
                one_more(limit)
            )
            .fetch_all(&mut *db)
            .await?
        }
        None => {
            sqlx::query_as!(
                Found,
                r#"select shop_order.id, shop_order.placed_at
                   from order_group join shop_order on shop_order.group_id = order_group.id
                   where order_group.guest_token_hash = $1 and shop_order.account_id is null
                     and shop_order.state = any($2) and (shop_order.placed_at, shop_order.id) < ($3, $4)
                     and ($5 = '%%' or shop_order.number ilike $5 or exists (
                       select from order_line where order_line.order_id = shop_order.id and order_line.product_name ilike $5))
                   order by shop_order.placed_at desc, shop_order.id desc limit $6"#,
                guest,
                &stages,
                before,
                id,
                pattern,
                one_more(limit)
            )
            .fetch_all(&mut *db)
            .await?
        }
    };
    let (shown, next) = cut(rows, limit, |row| Cursor { key: micros(row.placed_at), id: row.id });
    let ids: Vec<Uuid> = shown.iter().map(|row| row.id).collect();
    Ok(Page { items: cards(db, &ids).await?, next, total: None })
}

pub(crate) struct Found {
    pub id: Uuid,
    pub placed_at: OffsetDateTime,
}

/// After every order there will be.
const END: OffsetDateTime = time::macros::datetime!(9999-01-01 00:00 UTC);

/// Where a list that falls goes on. Without a cursor that is a place too, so that the statement is the same and always goes
/// by its index.
pub(crate) fn place(after: Option<&str>) -> Result<(OffsetDateTime, Uuid), ViewError> {
    match Cursor::read(after)? {
        Some(after) => Ok((at_micros(after.key)?, after.id)),
        None => Ok((END, Uuid::max())),
    }
}

pub(crate) fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or_default()
}

pub(crate) fn at_micros(micros: i64) -> Result<OffsetDateTime, ViewError> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).map_err(|_| ViewError::Cursor)
}

/// In this order.
async fn cards(db: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<OrderCard>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let rows = sqlx::query!(
        r#"select shop_order.id, shop_order.group_id, shop_order.number, shop_order.state, shop_order.placed_at,
             shop_order.currency, shop_order.total, shop.name as shop, shop.slug as shop_slug, paying.id as "payment?"
           from unnest($1::uuid[]) with ordinality as wanted (id, place)
           join shop_order on shop_order.id = wanted.id
           join shop on shop.id = shop_order.shop_id
           join order_group on order_group.id = shop_order.group_id
           left join lateral (
             select payment.id from payment
             where payment.group_id = order_group.id and order_group.state = 'awaiting_payment'
             order by payment.created_at desc, payment.id desc limit 1
           ) as paying on true
           order by wanted.place"#,
        ids
    )
    .fetch_all(&mut *db)
    .await?;
    let mut items = items(db, ids).await?;
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        let mut of_order = items.remove(&row.id).unwrap_or_default().into_iter();
        let first = of_order.next().ok_or_else(|| unsound("an order without lines", row.id))?;
        cards.push(OrderCard {
            id: row.id.into(),
            group: row.group_id.into(),
            number: row.number,
            state: state(&row.state)?,
            shop: row.shop,
            shop_slug: slug(row.shop_slug)?,
            placed_at: row.placed_at.unix_timestamp(),
            first,
            more: u32::try_from(of_order.len()).unwrap_or(u32::MAX),
            total: Money::new(row.total, currency(&row.currency)?),
            payment: row.payment.map(Into::into),
        });
    }
    Ok(cards)
}

/// The lines of these orders, as they were sold.
pub(crate) async fn items(
    db: &mut PgConnection,
    orders: &[Uuid],
) -> Result<HashMap<Uuid, Vec<OrderItem>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select line.id, line.order_id, line.product_id, line.variant_id, line.slug, line.sku, line.product_name,
             line.variant_label, line.quantity, line.unit_price, line.note, shop_order.currency,
             product.art_motif, product.art_seed, media.id as "media_id?", media.widths as "media_widths?",
             media.width as "media_width?", media.height as "media_height?", media.placeholder
           from order_line as line
           join shop_order on shop_order.id = line.order_id
           join product on product.id = line.product_id
           left join media on media.id = line.media_id and media.state = 'ready'
           where line.order_id = any($1)
           order by line.order_id, line.position"#,
        orders
    )
    .fetch_all(db)
    .await?;
    let mut items: HashMap<Uuid, Vec<OrderItem>> = HashMap::new();
    for row in rows {
        let unit = Money::new(row.unit_price, currency(&row.currency)?);
        let picture = match (row.media_id, row.media_widths, row.media_width, row.media_height) {
            (Some(id), Some(widths), Some(width), Some(height)) => Picture {
                alt: row.product_name.clone(),
                ..stored(id.into(), &widths, width, height, row.placeholder)
            },
            _ => Picture::drawn(row.art_motif, unsigned(row.art_seed), row.product_name.clone()),
        };
        items.entry(row.order_id).or_default().push(OrderItem {
            id: row.id.into(),
            product: ProductId::new(row.product_id),
            variant: VariantId::new(row.variant_id),
            slug: slug(row.slug)?,
            sku: row.sku,
            name: row.product_name,
            label: row.variant_label,
            picture,
            quantity: row.quantity,
            unit,
            gross: Money::new(row.unit_price.saturating_mul(row.quantity.into()), unit.currency()),
            note: row.note.unwrap_or_default(),
        });
    }
    Ok(items)
}

/// The ids of what was bought, to be bought again.
pub async fn bought(
    db: &mut PgConnection,
    buyer: &Buyer,
    id: OrderId,
) -> Result<Option<Vec<(VariantId, i32)>>, sqlx::Error> {
    let (account, guest) = whose(buyer);
    let rows = sqlx::query!(
        r#"select line.variant_id, line.quantity
           from shop_order
           join order_group on order_group.id = shop_order.group_id
           join order_line as line on line.order_id = shop_order.id
           where shop_order.id = $1
             and (shop_order.account_id = $2 or (order_group.guest_token_hash = $3 and shop_order.account_id is null))
           order by line.position"#,
        id.uuid(),
        account,
        guest
    )
    .fetch_all(db)
    .await?;
    let bought: Vec<_> = rows.into_iter().map(|row| (row.variant_id.into(), row.quantity)).collect();
    Ok((!bought.is_empty()).then_some(bought))
}

/// One order; somebody else's is not there.
pub async fn order(
    db: &mut PgConnection,
    buyer: &Buyer,
    id: OrderId,
) -> Result<Option<OrderPage>, sqlx::Error> {
    let (account, guest) = whose(buyer);
    let Some(row) = sqlx::query!(
        r#"select shop_order.id, shop_order.group_id, shop_order.number, shop_order.state, shop_order.shop_id,
             shop_order.placed_at, shop_order.currency, shop_order.recipient, shop_order.phone, shop_order.street,
             shop_order.detail, shop_order.postcode, shop_order.address_notes,
             shop_order.pickup_point is not null as "at_counter!", shop_order.courier, shop_order.service,
             shop_order.insured, shop_order.arrives_from, shop_order.arrives_to, shop_order.note, order_group.method, shop.name as shop,
             shop.slug as shop_slug, place.name as place, city.short_name as "city?", province.name as "province?",
             (select jsonb_agg(jsonb_build_object('from', from_state, 'to', to_state, 'actor', actor, 'reason', reason,
                 'at', extract(epoch from at)::bigint) order by order_transition.id)
              from order_transition where order_transition.order_id = shop_order.id)
               as "timeline?: Json<Vec<Transition>>",
             paying.id as "payment?", paying.state as "payment_state?",
             coalesce((select sum(amount) from refund where refund.order_id = shop_order.id and refund.state <> 'failed'), 0)::bigint
               as "refunded!",
             (select coalesce(jsonb_agg(jsonb_build_array(refund.amount, extract(epoch from refund.requested_at)::bigint)
                order by refund.requested_at, refund.id), '[]')
              from refund join payment on payment.id = refund.payment_id
              where payment.group_id = order_group.id and refund.order_id is null and refund.state <> 'failed')
               as "money_back!: Json<Vec<(i64, i64)>>"
           from shop_order
           join order_group on order_group.id = shop_order.group_id
           join shop on shop.id = shop_order.shop_id
           join region as place on place.code = shop_order.region_code
           left join region as city on city.code = place.parent_code
           left join region as province on province.code = city.parent_code
           left join lateral (
             select payment.id, payment.state from payment where payment.group_id = order_group.id
             order by payment.created_at desc, payment.id desc limit 1
           ) as paying on true
           where shop_order.id = $1
             and (shop_order.account_id = $2 or (order_group.guest_token_hash = $3 and shop_order.account_id is null))"#,
        id.uuid(),
        account,
        guest
    )
    .fetch_optional(&mut *db)
    .await?
    else {
        return Ok(None);
    };
    let ids = [row.id];
    let items = items(db, &ids).await?.remove(&row.id).unwrap_or_default();
    let summary = summary(db, &ids).await?;
    let parcels = crate::parcels::of(db, id).await?;
    let left_out = crate::parcels::left_out(db, id).await?;
    let state = state(&row.state)?;
    let currency = currency(&row.currency)?;
    let back = |(amount, at)| MoneyBack { amount: Money::new(amount, currency), at };
    let mut timeline = Vec::new();
    for step in row.timeline.map(|steps| steps.0).unwrap_or_default() {
        timeline.push(step.step()?);
    }
    let place: Vec<String> = [Some(row.place), row.city, row.province].into_iter().flatten().collect();
    Ok(Some(OrderPage {
        id: row.id.into(),
        group: row.group_id.into(),
        number: row.number,
        state,
        shop_id: row.shop_id.into(),
        shop: row.shop,
        shop_slug: slug(row.shop_slug)?,
        placed_at: row.placed_at.unix_timestamp(),
        items,
        ship_to: ShipTo {
            recipient: row.recipient.unwrap_or_default(),
            phone: row.phone.unwrap_or_default(),
            street: row.street.unwrap_or_default(),
            detail: row.detail.unwrap_or_default(),
            place: place.join(", "),
            postcode: row.postcode.unwrap_or_default(),
            notes: row.address_notes.unwrap_or_default(),
            at_counter: row.at_counter,
        },
        courier: courier_name(&row.courier),
        service: Service::from_name(&row.service).ok_or_else(|| unsound("a service", row.service))?,
        insured: row.insured,
        arrives_from: row.arrives_from.to_string(),
        arrives_until: row.arrives_to.to_string(),
        note: row.note.unwrap_or_default(),
        summary,
        method: method(&row.method)?,
        payment_state: row.payment_state.as_deref().and_then(PaymentState::from_name),
        payment: row.payment.map(Into::into),
        timeline,
        can_cancel: matches!(state, OrderState::AwaitingPayment | OrderState::Paid),
        can_receive: matches!(state, OrderState::Shipped | OrderState::Delivered),
        parcels,
        left_out,
        refunded: Money::new(row.refunded, currency),
        money_back: row.money_back.0.into_iter().map(back).collect(),
    }))
}

#[derive(Debug, serde::Deserialize)]
pub(crate) struct Transition {
    from: Option<String>,
    to: String,
    actor: String,
    reason: Option<String>,
    at: i64,
}

impl Transition {
    pub(crate) fn step(self) -> Result<TimelineStep, sqlx::Error> {
        Ok(TimelineStep {
            from: self.from.as_deref().map(state).transpose()?,
            state: state(&self.to)?,
            actor: Actor::from_name(&self.actor).ok_or_else(|| unsound("an actor", &self.actor))?,
            reason: self.reason.as_deref().and_then(CancelReason::from_name),
            at: self.at,
        })
    }
}

/// What was paid at once; somebody else's is not there.
pub async fn group(
    db: &mut PgConnection,
    buyer: &Buyer,
    id: OrderGroupId,
) -> Result<Option<GroupPage>, sqlx::Error> {
    let (account, guest) = whose(buyer);
    let Some(row) = sqlx::query!(
        r#"select order_group.id, order_group.state, order_group.placed_at, order_group.due_at, order_group.method,
             order_group.email, array(select shop_order.id from shop_order where shop_order.group_id = order_group.id
               order by shop_order.number) as "orders!",
             (select payment.id from payment where payment.group_id = order_group.id
              order by payment.created_at desc, payment.id desc limit 1) as payment
           from order_group
           where order_group.id = $1
             and (order_group.account_id = $2 or (order_group.guest_token_hash = $3 and order_group.account_id is null))"#,
        id.uuid(),
        account,
        guest
    )
    .fetch_optional(&mut *db)
    .await?
    else {
        return Ok(None);
    };
    Ok(Some(GroupPage {
        id: row.id.into(),
        state: group_state(&row.state)?,
        placed_at: row.placed_at.unix_timestamp(),
        due_at: row.due_at.map(OffsetDateTime::unix_timestamp),
        method: method(&row.method)?,
        email: row.email.unwrap_or_default(),
        orders: cards(db, &row.orders).await?,
        summary: summary(db, &row.orders).await?,
        payment: row.payment.map(Into::into),
    }))
}

/// What orders come to together, and what that is made of.
pub(crate) async fn summary(db: &mut PgConnection, orders: &[Uuid]) -> Result<Summary, sqlx::Error> {
    let sums = sqlx::query!(
        r#"select min(currency) as "currency!", sum(shipping)::bigint as "shipping!", sum(insurance)::bigint as "insurance!",
             sum(fee)::bigint as "fee!", sum(total)::bigint as "total!"
           from shop_order where id = any($1)"#,
        orders
    )
    .fetch_one(&mut *db)
    .await?;
    let lines = sqlx::query!(
        r#"select coalesce(sum(list_price * quantity), 0)::bigint as "goods!", coalesce(sum(quantity), 0)::bigint as "pieces!",
             coalesce(sum(gross - (unit_price * quantity - shop_discount - platform_discount)), 0)::bigint as "tax!"
           from order_line where order_id = any($1)"#,
        orders
    )
    .fetch_one(&mut *db)
    .await?;
    let steps = sqlx::query!(
        r#"select source, label, bool_and(funder = 'shop') as "by_shop!", sum(amount)::bigint as "amount!", min(position) as "place!"
           from order_adjustment where order_id = any($1)
           group by source, label order by 5, source, label"#,
        orders
    )
    .fetch_all(db)
    .await?;
    let currency = currency(&sums.currency)?;
    let mut rows = vec![(SummaryPart::Goods, lines.goods)];
    let mut shipping_off = Vec::new();
    let mut saved = 0;
    for step in steps {
        saved += step.amount;
        let part = match step.source.as_str() {
            "tier" => SummaryPart::Wholesale,
            "schedule" => SummaryPart::Scheduled,
            "flash" => SummaryPart::FlashSale,
            "coins" => SummaryPart::Coins,
            "shipping_voucher" => {
                shipping_off.push((SummaryPart::ShippingVoucher(step.label), -step.amount));
                continue;
            }
            "voucher" if step.by_shop => SummaryPart::ShopVoucher(step.label),
            "voucher" => SummaryPart::PlatformVoucher(step.label),
            _ => SummaryPart::Promotion,
        };
        rows.push((part, -step.amount));
    }
    rows.push((SummaryPart::Tax, lines.tax));
    rows.push((SummaryPart::Shipping, sums.shipping));
    rows.append(&mut shipping_off);
    rows.push((SummaryPart::Insurance, sums.insurance));
    rows.push((SummaryPart::Fee, sums.fee));
    let kept = |(of, amount): (SummaryPart, i64)| {
        let always = matches!(of, SummaryPart::Goods | SummaryPart::Shipping);
        (always || amount != 0).then(|| SummaryRow { of, amount: Money::new(amount, currency) })
    };
    Ok(Summary {
        rows: rows.into_iter().filter_map(kept).collect(),
        total: Money::new(sums.total, currency),
        pieces: u32::try_from(lines.pieces).unwrap_or(u32::MAX),
        saved: Money::new(saved, currency),
    })
}

/// Whether this buyer has ordered anything that was not cancelled, and so is not new. A guest comes back under another
/// token, but not so easily under another e-mail address; whether it is a member's is nobody's business.
pub async fn has_ordered(
    db: &mut PgConnection,
    buyer: &Buyer,
    email: Option<&Email>,
) -> Result<bool, sqlx::Error> {
    let (account, guest) = whose(buyer);
    // Members are who they are, wherever they are written to.
    let email = email.filter(|_| account.is_none()).map(Email::as_str);
    sqlx::query_scalar!(
        r#"select exists (
             select from order_group
             where (account_id = $1 or guest_token_hash = $2 or (account_id is null and email = $3))
               and state in ('awaiting_payment', 'paid')
           ) as "ordered!""#,
        account,
        guest,
        email
    )
    .fetch_one(db)
    .await
}

/// The orders of a group, with their numbers and shops.
pub async fn refs(
    db: &mut PgConnection,
    group: OrderGroupId,
) -> Result<Vec<(OrderId, String, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select shop_order.id, shop_order.number, shop.name from shop_order join shop on shop.id = shop_order.shop_id
         where shop_order.group_id = $1 order by shop_order.number",
        group.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.number, row.name)).collect())
}
