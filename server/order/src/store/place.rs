use super::group::clear;
use crate::{NewGroup, NewOrder, Number, PlaceError};
use model::{
    Money,
    ids::{OrderId, Uuid},
    order::Actor,
    payment::Method,
};
use sqlx::PgConnection;
use time::macros::offset;

/// Places a group: its orders wait for the payment, or, for cash on delivery, are cleared at once. Says which number
/// each order has, in the order in which they were given. As many statements for one order as for twenty.
pub async fn insert_group(
    db: &mut PgConnection,
    new: &NewGroup,
) -> Result<Vec<(OrderId, Number)>, PlaceError> {
    new.check()?;
    insert_head(db, new).await?;
    let numbers = insert_orders(db, new).await?;
    insert_lines(db, new).await?;
    insert_adjustments(db, new).await?;
    insert_fees(db, new).await?;
    if new.method == Method::Cod {
        clear(db, new.id, Actor::Buyer, new.placed_at).await?;
    }
    Ok(numbers)
}

async fn insert_head(db: &mut PgConnection, new: &NewGroup) -> Result<(), sqlx::Error> {
    // Cash on delivery is cleared from the start; its orders follow once they are there.
    let cleared = (new.method == Method::Cod).then_some(new.placed_at);
    sqlx::query!(
        "insert into order_group (id, account_id, guest_token_hash, email, phone, lang, state, method, currency, total,
           placed_at, due_at, cleared_at)
         values ($1, $2, $3, $4, $5, $6, case when $12::timestamptz is null then 'awaiting_payment' else 'paid' end,
           $7, $8, $9, $10, $11, $12)",
        new.id.uuid(),
        new.buyer.account().map(Uuid::from),
        new.buyer.token_hash().map(<[u8; 32]>::as_slice),
        new.contact.email.as_ref().map(model::Email::as_str),
        new.contact.phone.as_ref().map(model::Phone::as_str),
        new.lang.tag(),
        new.method.as_str(),
        new.total.currency().code(),
        new.total.amount(),
        new.placed_at,
        new.due_at,
        cleared
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn insert_orders(db: &mut PgConnection, new: &NewGroup) -> Result<Vec<(OrderId, Number)>, PlaceError> {
    let orders = &new.orders;
    let day = new.placed_at.to_offset(offset!(+7)).date();
    let rows = sqlx::query!(
        r#"with new as (
           insert into shop_order (number, group_id, account_id, state, currency, placed_at,
             id, shop_id, goods, shop_discount, platform_discount, shipping, shipping_discount, shipping_discount_by_shop,
             insurance, fee, total, commission, courier, service, weight_g, arrives_from, arrives_to, insured, note,
             recipient, phone, region_code, postcode, street, detail, address_notes, latitude, longitude, pickup_point,
             accept_within, ship_within, settle_within, service_code)
           select next_order_number($1), $2, $3, 'awaiting_payment', $4, $5, t.*
           from unnest($6::uuid[], $7::uuid[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
             $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[], $18::text[], $19::text[],
             $20::int[], $21::date[], $22::date[], $23::bool[], $24::text[], $25::text[], $26::text[], $27::text[],
             $28::text[], $29::text[], $30::text[], $31::text[], $32::float8[], $33::float8[], $34::uuid[], $35::int[],
             $36::int[], $37::int[], $38::text[]) as t
           returning id, number, placed_at),
         told as (
           insert into order_transition (order_id, to_state, actor, at)
           select id, 'awaiting_payment', 'buyer', placed_at from new)
         select number as "number!" from new join unnest($6::uuid[]) with ordinality as given (id, place) using (id)
         order by place"#,
        day,
        new.id.uuid(),
        new.buyer.account().map(Uuid::from),
        new.total.currency().code(),
        new.placed_at,
        &column(orders, |o| o.id.uuid()),
        &column(orders, |o| o.shop.uuid()),
        &amounts(orders, |o| o.sums.goods),
        &amounts(orders, |o| o.sums.shop_discount),
        &amounts(orders, |o| o.sums.platform_discount),
        &amounts(orders, |o| o.sums.shipping),
        &amounts(orders, |o| o.sums.shipping_discount),
        &amounts(orders, |o| o.sums.shipping_discount_by_shop),
        &amounts(orders, |o| o.sums.insurance),
        &amounts(orders, |o| o.sums.fee),
        &amounts(orders, |o| o.sums.total),
        &amounts(orders, |o| o.sums.commission),
        &column(orders, |o| o.delivery.courier.clone()),
        &column(orders, |o| o.delivery.service.clone()),
        &column(orders, |o| o.delivery.weight),
        &column(orders, |o| o.delivery.arrives_from),
        &column(orders, |o| o.delivery.arrives_to),
        &column(orders, |o| o.delivery.insured),
        &column(orders, |o| o.note.clone()) as &[Option<String>],
        &column(orders, |o| o.destination.recipient.clone()),
        &column(orders, |o| o.destination.phone.as_str().to_owned()),
        &column(orders, |o| o.destination.region.clone()),
        &column(orders, |o| o.destination.postcode.clone()),
        &column(orders, |o| o.destination.street.clone()),
        &column(orders, |o| o.destination.detail.clone()) as &[Option<String>],
        &column(orders, |o| o.destination.notes.clone()) as &[Option<String>],
        &column(orders, |o| o.destination.pin.map(|pin| pin.latitude)) as &[Option<f64>],
        &column(orders, |o| o.destination.pin.map(|pin| pin.longitude)) as &[Option<f64>],
        &column(orders, |o| o.delivery.pickup_point) as &[Option<Uuid>],
        &column(orders, |o| seconds(o.clocks.accept)),
        &column(orders, |o| seconds(o.clocks.ship)),
        &column(orders, |o| seconds(o.clocks.settle)),
        &column(orders, |o| o.delivery.service_code.clone()) as &[Option<String>]
    )
    .fetch_all(db)
    .await?;
    let number = |text: String| text.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)));
    let numbers = rows.into_iter().map(|row| number(row.number)).collect::<Result<Vec<Number>, _>>()?;
    Ok(orders.iter().map(|order| order.id).zip(numbers).collect())
}

async fn insert_lines(db: &mut PgConnection, new: &NewGroup) -> Result<(), sqlx::Error> {
    let lines: Vec<_> = new
        .orders
        .iter()
        .flat_map(|order| order.lines.iter().enumerate().map(move |it| (order, it)))
        .collect();
    let orders = column(&lines, |(order, _)| order.id.uuid());
    let places = column(&lines, |(_, (place, _))| small(*place));
    let lines = column(&lines, |(_, (_, line))| *line);
    sqlx::query!(
        "insert into order_line (order_id, position, id, product_id, variant_id, product_name, variant_label, sku, slug,
           media_id, quantity, unit_price, list_price, shop_discount, platform_discount, net, tax, gross, flash_sale_id,
           weight_g, note)
         select * from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],
           $8::text[], $9::text[], $10::uuid[], $11::int[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[],
           $16::bigint[], $17::bigint[], $18::bigint[], $19::uuid[], $20::int[], $21::text[])",
        &orders,
        &places,
        &column(&lines, |l| l.id.uuid()),
        &column(&lines, |l| l.product.uuid()),
        &column(&lines, |l| l.variant.uuid()),
        &column(&lines, |l| l.product_name.clone()),
        &column(&lines, |l| l.variant_label.clone()),
        &column(&lines, |l| l.sku.clone()),
        &column(&lines, |l| l.slug.clone()),
        &column(&lines, |l| l.media.map(Uuid::from)) as &[Option<Uuid>],
        &column(&lines, |l| l.quantity.get()),
        &amounts(&lines, |l| l.unit_price),
        &amounts(&lines, |l| l.list_price),
        &amounts(&lines, |l| l.shop_discount),
        &amounts(&lines, |l| l.platform_discount),
        &amounts(&lines, |l| l.net),
        &amounts(&lines, |l| l.tax),
        &amounts(&lines, |l| l.gross),
        &column(&lines, |l| l.flash_sale.map(Uuid::from)) as &[Option<Uuid>],
        &column(&lines, |l| l.weight),
        &column(&lines, |l| l.note.clone()) as &[Option<String>]
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn insert_adjustments(db: &mut PgConnection, new: &NewGroup) -> Result<(), sqlx::Error> {
    let all = placed(new, |order| &order.adjustments);
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into order_adjustment (order_id, position, line_id, source, label, amount, funder, voucher_id)
         select * from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[],
           $8::uuid[])",
        &column(&all, |(order, _, _)| *order),
        &column(&all, |(_, place, _)| *place),
        &column(&all, |(_, _, it)| it.line.map(Uuid::from)) as &[Option<Uuid>],
        &column(&all, |(_, _, it)| it.source.clone()),
        &column(&all, |(_, _, it)| it.label.clone()),
        &amounts(&all, |(_, _, it)| it.amount),
        &column(&all, |(_, _, it)| it.funder.as_str().to_owned()),
        &column(&all, |(_, _, it)| it.voucher.map(Uuid::from)) as &[Option<Uuid>]
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn insert_fees(db: &mut PgConnection, new: &NewGroup) -> Result<(), sqlx::Error> {
    let all = placed(new, |order| &order.fees);
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into order_fee (order_id, position, line_id, kind, base, rate, amount)
         select * from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::text[], $5::bigint[], $6::int[], $7::bigint[])",
        &column(&all, |(order, _, _)| *order),
        &column(&all, |(_, place, _)| *place),
        &column(&all, |(_, _, fee)| fee.line.map(Uuid::from)) as &[Option<Uuid>],
        &column(&all, |(_, _, fee)| fee.kind.clone()),
        &amounts(&all, |(_, _, fee)| fee.base),
        &column(&all, |(_, _, fee)| i32::from(fee.rate.get())),
        &amounts(&all, |(_, _, fee)| fee.amount)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The rows of all orders, each with its order and its place there.
fn placed<T>(new: &NewGroup, of: impl Fn(&NewOrder) -> &[T]) -> Vec<(Uuid, i16, &T)> {
    let mut all = vec![];
    for order in &new.orders {
        all.extend(of(order).iter().enumerate().map(|(place, it)| (order.id.uuid(), small(place), it)));
    }
    all
}

fn column<T, C>(rows: &[T], of: impl Fn(&T) -> C) -> Vec<C> {
    rows.iter().map(of).collect()
}

fn amounts<T>(rows: &[T], of: impl Fn(&T) -> Money) -> Vec<i64> {
    rows.iter().map(|row| of(row).amount()).collect()
}

fn small(place: usize) -> i16 {
    i16::try_from(place).unwrap_or(i16::MAX)
}

fn seconds(period: time::Duration) -> i32 {
    i32::try_from(period.whole_seconds()).unwrap_or(i32::MAX)
}
