//! The bookkeeping of changes of many goods: which there are, how far each has come, and what becomes of its rows.

use super::judge::About;
use model::{
    ids::{AccountId, GoodsEditId, ProductId, ShopId, Uuid, VariantId},
    shop::{BulkChange, BulkCounts, BulkFate, BulkProblem, BulkState, BulkValue},
};
use serde::Serialize;
use serde_json::Value;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// A change, locked until the transaction ends.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    pub id: GoodsEditId,
    pub shop: ShopId,
    pub by: AccountId,
    pub state: BulkState,
    pub change: Option<BulkChange>,
    pub counts: BulkCounts,
    pub applied_at: Option<OffsetDateTime>,
}

impl Run {
    /// Rows that are still to be gone through.
    pub const fn open(&self) -> u32 {
        match self.state {
            BulkState::Undoing => self.counts.changed,
            _ => self.counts.waiting,
        }
    }
}

pub async fn insert(
    db: &mut PgConnection,
    id: GoodsEditId,
    (shop, by): (ShopId, AccountId),
    products: &[ProductId],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let products: Vec<Uuid> = products.iter().map(|product| product.uuid()).collect();
    sqlx::query!(
        "insert into goods_edit (id, shop_id, account_id, products, state, created_at, updated_at)
         values ($1, $2, $3, $4, 'chosen', $5, $5)",
        id.uuid(),
        shop.uuid(),
        by.uuid(),
        &products,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn lock(db: &mut PgConnection, id: GoodsEditId) -> Result<Option<Run>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select shop_id, account_id, state, change as "change: Json<BulkChange>", rows_waiting, rows_changed, rows_same,
             rows_left, rows_undone, rows_kept, applied_at
           from goods_edit where id = $1 for no key update"#,
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let unreadable = || sqlx::Error::Decode(format!("a change of goods is {} here", row.state).into());
    let count = |n: i32| u32::try_from(n).unwrap_or_default();
    Ok(Some(Run {
        id,
        shop: row.shop_id.into(),
        by: row.account_id.into(),
        state: BulkState::from_name(&row.state).ok_or_else(unreadable)?,
        change: row.change.map(|change| change.0),
        counts: BulkCounts {
            waiting: count(row.rows_waiting),
            changed: count(row.rows_changed),
            same: count(row.rows_same),
            left: count(row.rows_left),
            undone: count(row.rows_undone),
            kept: count(row.rows_kept),
        },
        applied_at: row.applied_at,
    }))
}

/// Where it stands now.
pub async fn save(db: &mut PgConnection, run: &Run, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    let count = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let change = run.change.map(json).transpose()?;
    sqlx::query!(
        "update goods_edit
         set state = $2, change = $3, rows_waiting = $4, rows_changed = $5, rows_same = $6, rows_left = $7, rows_undone = $8,
           rows_kept = $9, applied_at = $10, updated_at = $11
         where id = $1",
        run.id.uuid(),
        run.state.as_str(),
        change,
        count(run.counts.waiting),
        count(run.counts.changed),
        count(run.counts.same),
        count(run.counts.left),
        count(run.counts.undone),
        count(run.counts.kept),
        run.applied_at,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

fn json(value: impl Serialize) -> Result<Value, sqlx::Error> {
    serde_json::to_value(value).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// What a change is about, in the order its goods were chosen in.
pub async fn enumerate(
    db: &mut PgConnection,
    run: &Run,
    by_variant: bool,
    most: i64,
) -> Result<Vec<About>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select product.id, variant.id as "variant?"
           from goods_edit
           cross join lateral unnest(goods_edit.products) with ordinality as chosen (id, n)
           join product on product.id = chosen.id and product.shop_id = goods_edit.shop_id
           left join variant on $2 and variant.product_id = product.id and variant.retired_at is null
           where goods_edit.id = $1
           order by chosen.n, variant.position, variant.sku limit $3"#,
        run.id.uuid(),
        by_variant,
        most
    )
    .fetch_all(db)
    .await?;
    let about = |(place, (product, variant)): (i32, (Uuid, Option<Uuid>))| About {
        place,
        product: product.into(),
        variant: variant.map(VariantId::new),
    };
    Ok((0..).zip(rows.into_iter().map(|row| (row.id, row.variant))).map(about).collect())
}

/// What became of a row, or would.
#[derive(Clone, Debug)]
pub struct Marked {
    pub place: i32,
    pub product: ProductId,
    pub variant: Option<VariantId>,
    pub fate: BulkFate,
    pub problem: Option<BulkProblem>,
    pub before: Option<BulkValue>,
    pub after: Option<BulkValue>,
    pub said: Option<Value>,
}

impl Marked {
    pub const fn of(about: &About) -> Self {
        Self {
            place: about.place,
            product: about.product,
            variant: about.variant,
            fate: BulkFate::Same,
            problem: None,
            before: None,
            after: None,
            said: None,
        }
    }
}

/// What all of these hold of something, as a column of the database.
fn values(rows: &[Marked], of: fn(&Marked) -> Option<BulkValue>) -> Result<Vec<Option<Value>>, sqlx::Error> {
    rows.iter().map(|row| of(row).map(json).transpose()).collect()
}

/// In place of an earlier plan.
pub async fn put_plan(
    db: &mut PgConnection,
    run: &Run,
    change: &BulkChange,
    rows: &[Marked],
    counts: BulkCounts,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from goods_edit_row where edit_id = $1", run.id.uuid()).execute(&mut *db).await?;
    let variants: Vec<Option<Uuid>> = rows.iter().map(|row| row.variant.map(VariantId::uuid)).collect();
    let problems: Vec<Option<String>> = rows.iter().map(problem).collect();
    sqlx::query!(
        "insert into goods_edit_row (edit_id, place, product_id, variant_id, fate, problem, before, after)
         select $1, place, product_id, variant_id, fate, problem, before, after
         from unnest($2::int[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[])
           as t (place, product_id, variant_id, fate, problem, before, after)",
        run.id.uuid(),
        &rows.iter().map(|row| row.place).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.product.uuid()).collect::<Vec<_>>(),
        &variants as &[Option<Uuid>],
        &rows.iter().map(|row| row.fate.as_str().to_owned()).collect::<Vec<_>>(),
        &problems as &[Option<String>],
        &values(rows, |row| row.before)? as &[Option<Value>],
        &values(rows, |row| row.after)? as &[Option<Value>]
    )
    .execute(&mut *db)
    .await?;
    let planned = Run { state: BulkState::Planned, change: Some(*change), counts, ..*run };
    save(db, &planned, now).await
}

fn problem(row: &Marked) -> Option<String> {
    row.problem.map(|problem| problem.as_str().to_owned())
}

/// A row as it was planned, or as it was made.
#[derive(Clone, Debug)]
pub struct Planned {
    pub about: About,
    pub before: Option<BulkValue>,
    pub after: Option<BulkValue>,
    pub said: Option<Value>,
}

/// The first rows that are so far.
pub async fn list(
    db: &mut PgConnection,
    id: GoodsEditId,
    fate: BulkFate,
    most: i64,
) -> Result<Vec<Planned>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select place, product_id, variant_id, before as "before: Json<BulkValue>", after as "after: Json<BulkValue>", said
           from goods_edit_row where edit_id = $1 and fate = $2 order by place limit $3"#,
        id.uuid(),
        fate.as_str(),
        most
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| Planned {
        about: About {
            place: row.place,
            product: row.product_id.into(),
            variant: row.variant_id.map(VariantId::new),
        },
        before: row.before.map(|value| value.0),
        after: row.after.map(|value| value.0),
        said: row.said,
    });
    Ok(rows.collect())
}

/// Notes what became of these. What was said before stays where nothing is told of it.
pub async fn mark(db: &mut PgConnection, id: GoodsEditId, rows: &[Marked]) -> Result<(), sqlx::Error> {
    let problems: Vec<Option<String>> = rows.iter().map(problem).collect();
    let said: Vec<Option<Value>> = rows.iter().map(|row| row.said.clone()).collect();
    sqlx::query!(
        "update goods_edit_row as row
         set fate = t.fate, problem = t.problem, before = t.before, after = t.after, said = coalesce(t.said, row.said)
         from unnest($2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::jsonb[])
           as t (place, fate, problem, before, after, said)
         where row.edit_id = $1 and row.place = t.place",
        id.uuid(),
        &rows.iter().map(|row| row.place).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.fate.as_str().to_owned()).collect::<Vec<_>>(),
        &problems as &[Option<String>],
        &values(rows, |row| row.before)? as &[Option<Value>],
        &values(rows, |row| row.after)? as &[Option<Value>],
        &said as &[Option<Value>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// With their rows; how many there were.
pub async fn delete_before(
    db: &mut PgConnection,
    since: OffsetDateTime,
    most: i64,
) -> Result<u64, sqlx::Error> {
    let deleted = sqlx::query!(
        "delete from goods_edit where id in (
           select id from goods_edit where updated_at < $1 and state not in ('applying', 'undoing')
           order by updated_at limit $2)",
        since,
        most
    );
    Ok(deleted.execute(db).await?.rows_affected())
}
