use super::rows::{GroupRow, OrderRow, currency, order_state, unknown};
use crate::{Adjustment, Buyer, Fee, Group, Line, NewLine, Number, Order, Step};
use model::{
    BasisPoints, Money, Qty,
    ids::{OrderGroupId, OrderId, ShopId, Uuid},
    order::{Actor, CancelReason, Funder},
};
use sqlx::PgConnection;

/// Orders; which of them follows.
macro_rules! orders {
    ($which:tt $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            OrderRow,
            "select o.id, o.number, o.group_id, o.shop_id, o.account_id, g.method, o.state, o.currency, o.goods,
               o.shop_discount, o.platform_discount, o.shipping, o.shipping_discount, o.shipping_discount_by_shop,
               o.insurance, o.fee, o.total, o.commission, o.courier, o.service, o.service_code, o.weight_g, o.arrives_from,
               o.arrives_to, o.insured, o.note, o.recipient, o.phone, o.region_code, o.postcode, o.street, o.detail, o.address_notes,
               o.latitude, o.longitude, o.pickup_point, o.placed_at, o.cleared_at, o.accept_by, o.ship_by, o.settle_by,
               o.settle_held_at, o.shipped_at, o.delivered_at, o.completed_at, o.cancelled_at, o.collected_at, o.version
             from shop_order as o join order_group as g on g.id = o.group_id " + $which
            $(, $argument)*
        )
    };
}

pub async fn find_group(db: &mut PgConnection, group: OrderGroupId) -> Result<Option<Group>, sqlx::Error> {
    let row = sqlx::query_as!(
        GroupRow,
        "select id, account_id, guest_token_hash, email, phone, lang, state, method, currency, total, placed_at, due_at,
           cleared_at, paid_at, ended_at, version
         from order_group where id = $1",
        group.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(GroupRow::group).transpose()
}

/// A group of this buyer's; somebody else's is not there.
pub async fn find_group_of(
    db: &mut PgConnection,
    group: OrderGroupId,
    buyer: &Buyer,
) -> Result<Option<Group>, sqlx::Error> {
    Ok(find_group(db, group).await?.filter(|group| group.belongs_to(buyer)))
}

/// As [`find_group`], and keeps everybody else from moving it until the transaction ends.
pub async fn lock_group(db: &mut PgConnection, group: OrderGroupId) -> Result<Option<Group>, sqlx::Error> {
    let row = sqlx::query_as!(
        GroupRow,
        "select id, account_id, guest_token_hash, email, phone, lang, state, method, currency, total, placed_at, due_at,
           cleared_at, paid_at, ended_at, version
         from order_group where id = $1 for no key update",
        group.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(GroupRow::group).transpose()
}

/// A group's orders, by id.
pub async fn orders_of(db: &mut PgConnection, group: OrderGroupId) -> Result<Vec<Order>, sqlx::Error> {
    let orders = orders!("where o.group_id = $1 order by o.id", group.uuid());
    orders.fetch_all(db).await?.into_iter().map(OrderRow::order).collect()
}

pub async fn find_order(db: &mut PgConnection, order: OrderId) -> Result<Option<Order>, sqlx::Error> {
    orders!("where o.id = $1", order.uuid()).fetch_optional(db).await?.map(OrderRow::order).transpose()
}

/// An order of this buyer's; somebody else's is not there.
pub async fn find_order_of(
    db: &mut PgConnection,
    order: OrderId,
    buyer: &Buyer,
) -> Result<Option<Order>, sqlx::Error> {
    let Some(order) = find_order(db, order).await? else { return Ok(None) };
    let theirs = find_group_of(db, order.group, buyer).await?.is_some();
    Ok(theirs.then_some(order))
}

/// An order of this shop's; another's is not there.
pub async fn find_order_of_shop(
    db: &mut PgConnection,
    order: OrderId,
    shop: ShopId,
) -> Result<Option<Order>, sqlx::Error> {
    Ok(find_order(db, order).await?.filter(|order| order.shop == shop))
}

pub async fn find_by_number(db: &mut PgConnection, number: &Number) -> Result<Option<Order>, sqlx::Error> {
    orders!("where o.number = $1", number.as_str()).fetch_optional(db).await?.map(OrderRow::order).transpose()
}

/// The lines of these orders, each order's in the order in which they were placed.
pub async fn lines_of(db: &mut PgConnection, orders: &[OrderId]) -> Result<Vec<Line>, sqlx::Error> {
    let orders: Vec<Uuid> = orders.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(
        "select l.id, l.order_id, l.product_id, l.variant_id, l.product_name, l.variant_label, l.sku, l.slug, l.media_id,
           l.quantity, l.unit_price, l.list_price, l.shop_discount, l.platform_discount, l.net, l.tax, l.gross,
           l.flash_sale_id, l.weight_g, l.note, o.currency
         from order_line as l join shop_order as o on o.id = l.order_id
         where l.order_id = any($1) order by l.order_id, l.position",
        &orders
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let currency = currency(&row.currency)?;
            let money = |amount| Money::new(amount, currency);
            let line = NewLine {
                id: row.id.into(),
                product: row.product_id.into(),
                variant: row.variant_id.into(),
                product_name: row.product_name,
                variant_label: row.variant_label,
                sku: row.sku,
                slug: row.slug,
                media: row.media_id.map(Into::into),
                quantity: Qty::try_from(row.quantity)
                    .map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
                unit_price: money(row.unit_price),
                list_price: money(row.list_price),
                shop_discount: money(row.shop_discount),
                platform_discount: money(row.platform_discount),
                net: money(row.net),
                tax: money(row.tax),
                gross: money(row.gross),
                flash_sale: row.flash_sale_id.map(Into::into),
                weight: row.weight_g,
                note: row.note,
            };
            Ok(Line { order: row.order_id.into(), line })
        })
        .collect()
}

/// What became of an order, from its placing on.
pub async fn timeline(db: &mut PgConnection, order: OrderId) -> Result<Vec<Step>, sqlx::Error> {
    let rows = sqlx::query!(
        "select from_state, to_state, actor, reason, at from order_transition where order_id = $1 order by id",
        order.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Step {
                from: row.from_state.as_deref().map(order_state).transpose()?,
                to: order_state(&row.to_state)?,
                actor: Actor::from_name(&row.actor).ok_or_else(unknown)?,
                reason: match row.reason {
                    None => None,
                    Some(name) => Some(CancelReason::from_name(&name).ok_or_else(unknown)?),
                },
                at: row.at,
            })
        })
        .collect()
}

/// How an order's price came about.
pub async fn adjustments_of(db: &mut PgConnection, order: OrderId) -> Result<Vec<Adjustment>, sqlx::Error> {
    let rows = sqlx::query!(
        "select a.line_id, a.source, a.label, a.amount, a.funder, a.voucher_id, o.currency
         from order_adjustment as a join shop_order as o on o.id = a.order_id
         where a.order_id = $1 order by a.position",
        order.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Adjustment {
                line: row.line_id.map(Into::into),
                source: row.source,
                label: row.label,
                amount: Money::new(row.amount, currency(&row.currency)?),
                funder: Funder::from_name(&row.funder).ok_or_else(unknown)?,
                voucher: row.voucher_id.map(Into::into),
            })
        })
        .collect()
}

/// What the platform takes from the shop for an order.
pub async fn fees_of(db: &mut PgConnection, order: OrderId) -> Result<Vec<Fee>, sqlx::Error> {
    let rows = sqlx::query!(
        "select f.line_id, f.kind, f.base, f.rate, f.amount, o.currency
         from order_fee as f join shop_order as o on o.id = f.order_id
         where f.order_id = $1 order by f.position",
        order.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let currency = currency(&row.currency)?;
            let rate = u16::try_from(row.rate).ok().and_then(|rate| BasisPoints::try_from(rate).ok());
            Ok(Fee {
                line: row.line_id.map(Into::into),
                kind: row.kind,
                base: Money::new(row.base, currency),
                rate: rate.ok_or_else(unknown)?,
                amount: Money::new(row.amount, currency),
            })
        })
        .collect()
}
