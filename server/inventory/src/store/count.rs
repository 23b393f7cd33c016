//! Counting what lies in a warehouse. A count's own row is locked first, then stock.

use super::{
    movement::{Cause, Step, shift},
    refused_by,
    stock::{is_out_of_range, open_stocks},
};
use crate::{
    MovementKind,
    count::{CountState, NewCount},
    error::{PostCountError, StartCountError, WriteCountError},
};
use model::ids::{AccountId, ShopId, StockCountId, Uuid, VariantId, WarehouseId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Begins to count in a warehouse that is open and where nobody counts already.
pub async fn start_count(
    db: &mut PgConnection,
    new: &NewCount,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), StartCountError> {
    // The lock keeps it from being closed meanwhile.
    let open = sqlx::query_scalar!(
        "select is_active from warehouse where id = $1 and shop_id = $2 for share",
        new.warehouse.uuid(),
        new.shop.uuid()
    )
    .fetch_optional(&mut *db)
    .await?;
    if open != Some(true) {
        return Err(StartCountError::Unknown);
    }
    let started = sqlx::query!(
        "insert into stock_count (id, shop_id, warehouse_id, query, started_by, started_at)
         values ($1, $2, $3, $4, $5, $6)",
        new.id.uuid(),
        new.shop.uuid(),
        new.warehouse.uuid(),
        new.query,
        by.map(AccountId::uuid),
        now
    )
    .execute(db)
    .await;
    started.map(|_| ()).map_err(|error| match refused_by(&error) {
        Some("stock_count_one_open") => StartCountError::Running,
        _ => error.into(),
    })
}

struct Locked {
    warehouse: WarehouseId,
    state: CountState,
}

async fn lock(
    db: &mut PgConnection,
    shop: ShopId,
    count: StockCountId,
) -> Result<Option<Locked>, sqlx::Error> {
    let row = sqlx::query!(
        "select warehouse_id, state from stock_count where id = $1 and shop_id = $2 for update",
        count.uuid(),
        shop.uuid()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let state = CountState::from_name(&row.state)
        .ok_or_else(|| sqlx::Error::Decode(format!("{} is no state of a count", row.state).into()))?;
    Ok(Some(Locked { warehouse: row.warehouse_id.into(), state }))
}

/// Writes down what was counted, each with what is on hand at this moment; of none, the number is forgotten. A number that
/// stands there already stays as it was, so that saving a page again does not take what was sold since for found.
pub async fn write_count(
    db: &mut PgConnection,
    shop: ShopId,
    count: StockCountId,
    told: &[(VariantId, Option<i32>)],
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), WriteCountError> {
    let locked = lock(db, shop, count).await?.ok_or(WriteCountError::Unknown)?;
    if locked.state != CountState::Open {
        return Err(WriteCountError::Ended);
    }
    let forgotten: Vec<Uuid> =
        told.iter().filter(|(_, counted)| counted.is_none()).map(|(variant, _)| variant.uuid()).collect();
    sqlx::query!(
        "delete from stock_count_line where count_id = $1 and variant_id = any($2)",
        count.uuid(),
        &forgotten
    )
    .execute(&mut *db)
    .await?;
    let (variants, counted): (Vec<Uuid>, Vec<i32>) =
        told.iter().filter_map(|(variant, counted)| counted.map(|counted| (variant.uuid(), counted))).unzip();
    sqlx::query!(
        "insert into stock_count_line (count_id, variant_id, expected, counted, counted_by, counted_at)
         select $1, variant.id, coalesce(stock.on_hand, 0), told.counted, $4, $5
         from (select distinct on (variant_id) variant_id, counted
               from unnest($2::uuid[], $3::int[]) with ordinality as t (variant_id, counted, n)
               order by variant_id, n desc) as told
         join variant on variant.id = told.variant_id and variant.shop_id = $6
         left join stock on stock.variant_id = variant.id and stock.warehouse_id = $7
         order by variant.id
         on conflict (count_id, variant_id) do update set expected = excluded.expected, counted = excluded.counted,
           counted_by = excluded.counted_by, counted_at = excluded.counted_at
         where stock_count_line.counted <> excluded.counted",
        count.uuid(),
        &variants,
        &counted,
        by.map(AccountId::uuid),
        now,
        shop.uuid(),
        locked.warehouse.uuid()
    )
    .execute(db)
    .await
    .map_err(|error| match refused_by(&error) {
        Some("stock_count_line_counted_range") => WriteCountError::OutOfRange,
        _ => error.into(),
    })?;
    Ok(())
}

/// Books all differences and ends the count. Says whose stock changed; nothing where it was booked before.
pub async fn post_count(
    db: &mut PgConnection,
    shop: ShopId,
    count: StockCountId,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, PostCountError> {
    let locked = lock(db, shop, count).await?.ok_or(PostCountError::Unknown)?;
    match locked.state {
        CountState::Open => {}
        CountState::Posted => return Ok(vec![]),
        CountState::Discarded => return Err(PostCountError::Ended),
    }
    let lines = sqlx::query!(
        r#"select variant_id, counted - expected as "delta!" from stock_count_line
           where count_id = $1 and counted <> expected order by variant_id"#,
        count.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    let variants: Vec<VariantId> = lines.iter().map(|line| line.variant_id.into()).collect();
    open_stocks(db, &variants, locked.warehouse, now).await?;
    let short = short(db, count, locked.warehouse).await?;
    if !short.is_empty() {
        return Err(PostCountError::Promised(short));
    }
    let step = |variant, delta| Step {
        variant,
        warehouse: locked.warehouse.uuid(),
        on_hand: delta,
        reserved: 0,
        reference: Some(count.uuid()),
        line: None,
    };
    let steps: Vec<Step> = lines.iter().map(|line| step(line.variant_id, line.delta)).collect();
    let cause = Cause { kind: MovementKind::Counted, reason: None, actor };
    let shifted = shift(db, cause, &steps, now).await;
    shifted.map_err(
        |error| {
            if is_out_of_range(&error) { PostCountError::Promised(vec![]) } else { error.into() }
        },
    )?;
    end(db, count, CountState::Posted, actor, now).await?;
    Ok(variants)
}

/// Of which fewer would be left than are promised, or than nothing. Their stock is locked from here on.
async fn short(
    db: &mut PgConnection,
    count: StockCountId,
    warehouse: WarehouseId,
) -> Result<Vec<VariantId>, sqlx::Error> {
    let rows = sqlx::query!(
        "select stock.variant_id, on_hand, reserved, backorder, counted - expected as delta
         from stock_count_line as line join stock on stock.variant_id = line.variant_id and stock.warehouse_id = $2
         where line.count_id = $1 and line.counted <> line.expected
         order by stock.variant_id for no key update of stock",
        count.uuid(),
        warehouse.uuid()
    )
    .fetch_all(db)
    .await?;
    let short = rows.into_iter().filter(|row| {
        let left = i64::from(row.on_hand) + i64::from(row.delta.unwrap_or_default());
        left < 0 || left + i64::from(row.backorder) < i64::from(row.reserved)
    });
    Ok(short.map(|row| row.variant_id.into()).collect())
}

/// Ends a count of which nothing is booked. It may be said again.
pub async fn discard_count(
    db: &mut PgConnection,
    shop: ShopId,
    count: StockCountId,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), WriteCountError> {
    let locked = lock(db, shop, count).await?.ok_or(WriteCountError::Unknown)?;
    match locked.state {
        CountState::Open => Ok(end(db, count, CountState::Discarded, actor, now).await?),
        CountState::Discarded => Ok(()),
        CountState::Posted => Err(WriteCountError::Ended),
    }
}

async fn end(
    db: &mut PgConnection,
    count: StockCountId,
    state: CountState,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update stock_count set state = $2, ended_by = $3, ended_at = $4 where id = $1",
        count.uuid(),
        state.as_str(),
        actor.map(AccountId::uuid),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
