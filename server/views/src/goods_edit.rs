//! Changes of many of a shop's goods, for those who keep them: the list of them, and one with what becomes of its rows.

use crate::{
    ViewError,
    cards::{currency, unsigned},
    category,
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    Currency, Lang, Money, Page,
    ids::{GoodsEditId, ShopId, Uuid, WarehouseId},
    shop::{
        BulkChange, BulkCounts, BulkEdit, BulkFate, BulkPage, BulkPlace, BulkProblem, BulkRow, BulkShown,
        BulkState, BulkTold, BulkValue, leaves, together,
    },
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

struct Row {
    id: Uuid,
    products: i32,
    state: String,
    change: Option<Json<BulkChange>>,
    rows_waiting: i32,
    rows_changed: i32,
    rows_same: i32,
    rows_left: i32,
    rows_undone: i32,
    rows_kept: i32,
    key: i64,
    applied_at: Option<i64>,
}

impl Row {
    fn edit(self) -> Result<BulkEdit, sqlx::Error> {
        let state = BulkState::from_name(&self.state)
            .ok_or_else(|| unsound("the state of a change of goods", &self.state))?;
        let until = self.applied_at.filter(|_| state == BulkState::Done);
        Ok(BulkEdit {
            id: self.id.into(),
            state,
            products: unsigned(self.products),
            change: self.change.map(|change| change.0),
            counts: BulkCounts {
                waiting: unsigned(self.rows_waiting),
                changed: unsigned(self.rows_changed),
                same: unsigned(self.rows_same),
                left: unsigned(self.rows_left),
                undone: unsigned(self.rows_undone),
                kept: unsigned(self.rows_kept),
            },
            created_at: self.key / 1_000_000,
            undo_until: until.map(|at| at + 3_600 * i64::from(together::UNDO_HOURS)),
        })
    }
}

/// The latest first.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<BulkEdit>, ViewError> {
    let after = Cursor::read(after)?.unwrap_or(Cursor::HIGHEST);
    let rows = sqlx::query_as!(
        Row,
        r#"select id, cardinality(products) as "products!", state, change as "change: Json<BulkChange>", rows_waiting,
             rows_changed, rows_same, rows_left, rows_undone, rows_kept,
             (extract(epoch from created_at) * 1000000)::bigint as "key!",
             extract(epoch from applied_at)::bigint as applied_at
           from goods_edit
           where shop_id = $1 and ((extract(epoch from created_at) * 1000000)::bigint, id) < ($2, $3)
           order by created_at desc, id desc limit $4"#,
        shop.uuid(),
        after.key,
        after.id,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.key, id: row.id });
    let items = rows.into_iter().map(Row::edit).collect::<Result<_, _>>()?;
    Ok(Page { items, next, total: None })
}

/// None where the shop has no such change.
pub async fn find(
    db: &mut PgConnection,
    shop: ShopId,
    id: GoodsEditId,
) -> Result<Option<BulkEdit>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, cardinality(products) as "products!", state, change as "change: Json<BulkChange>", rows_waiting,
             rows_changed, rows_same, rows_left, rows_undone, rows_kept,
             (extract(epoch from created_at) * 1000000)::bigint as "key!",
             extract(epoch from applied_at)::bigint as applied_at
           from goods_edit where id = $1 and shop_id = $2"#,
        id.uuid(),
        shop.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::edit).transpose()
}

#[derive(Debug, Deserialize)]
struct ToldRow {
    problem: String,
    rows: u32,
}

#[derive(Debug, Deserialize)]
struct PlaceRow {
    id: Uuid,
    name: String,
}

/// With what becomes of its rows, and while it is open with what can be said of it.
pub async fn page(
    db: &mut PgConnection,
    shop: ShopId,
    id: GoodsEditId,
    lang: Lang,
) -> Result<Option<BulkPage>, sqlx::Error> {
    let Some(edit) = find(db, shop, id).await? else { return Ok(None) };
    let (shown, left) = match edit.state {
        BulkState::Chosen | BulkState::Planned => (BulkFate::Waiting, BulkFate::Left),
        BulkState::Applying | BulkState::Done => (BulkFate::Changed, BulkFate::Left),
        BulkState::Undoing | BulkState::Undone => (BulkFate::Undone, BulkFate::Kept),
    };
    let all = rows(db, id, [shown, left], lang).await?;
    let (told, alone) = all.into_iter().partition(|row| row.fate == shown);
    let mut page =
        BulkPage { rows: told, left: alone, reasons: vec![], categories: vec![], warehouses: vec![], edit };
    let beside = sqlx::query!(
        r#"select
             (select coalesce(jsonb_agg(jsonb_build_object('problem', problem, 'rows', n) order by n desc, problem), '[]')
              from (select problem, count(*) as n from goods_edit_row where edit_id = $1 and fate = $3 group by problem)
                as told) as "reasons!: Json<Vec<ToldRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) order by position), '[]')
              from warehouse where shop_id = $2) as "warehouses!: Json<Vec<PlaceRow>>""#,
        id.uuid(),
        shop.uuid(),
        left.as_str()
    )
    .fetch_one(&mut *db)
    .await?;
    let told = |row: ToldRow| {
        let problem = BulkProblem::from_name(&row.problem)
            .ok_or_else(|| unsound("why a row is left alone", &row.problem))?;
        Ok::<_, sqlx::Error>(BulkTold { problem, rows: row.rows })
    };
    page.reasons = beside.reasons.0.into_iter().map(told).collect::<Result<_, _>>()?;
    if page.edit.state.is_open() {
        let place = |row: PlaceRow| BulkPlace { id: WarehouseId::new(row.id), name: row.name };
        page.warehouses = beside.warehouses.0.into_iter().map(place).collect();
        page.categories = leaves(&category::tree(db, lang).await?);
    }
    Ok(Some(page))
}

/// The first of either fate, in their order.
async fn rows(
    db: &mut PgConnection,
    id: GoodsEditId,
    fates: [BulkFate; 2],
    lang: Lang,
) -> Result<Vec<BulkRow>, sqlx::Error> {
    let fates: Vec<String> = fates.iter().map(|fate| fate.as_str().to_owned()).collect();
    let rows = sqlx::query!(
        r#"select product.name, product.currency, variant.sku as "sku?", told.fate, told.problem,
             told.before as "before: Json<BulkValue>", told.after as "after: Json<BulkValue>",
             case when $3 = 'en' then had.name_en else had.name_id end as had,
             case when $3 = 'en' then has.name_en else has.name_id end as has
           from unnest($2::text[]) as wanted (fate)
           cross join lateral (
             select place, product_id, variant_id, fate, problem, before, after from goods_edit_row
             where edit_id = $1 and fate = wanted.fate order by place limit $4
           ) as told
           join product on product.id = told.product_id
           left join variant on variant.id = told.variant_id
           left join category as had on had.id = (told.before ->> 'category')::uuid
           left join category as has on has.id = (told.after ->> 'category')::uuid
           order by told.place"#,
        id.uuid(),
        &fates,
        lang.tag(),
        i64::from(together::TOLD)
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let currency = currency(&row.currency)?;
        let problem = |name: String| {
            BulkProblem::from_name(&name).ok_or_else(|| unsound("why a row is left alone", &name))
        };
        Ok(BulkRow {
            name: row.name,
            sku: row.sku.unwrap_or_default(),
            fate: BulkFate::from_name(&row.fate)
                .ok_or_else(|| unsound("what becomes of a row", &row.fate))?,
            problem: row.problem.map(problem).transpose()?,
            before: row.before.map(|value| shown(value.0, currency, row.had)),
            after: row.after.map(|value| shown(value.0, currency, row.has)),
        })
    });
    rows.collect()
}

fn shown(value: BulkValue, currency: Currency, category: Option<String>) -> BulkShown {
    let money = |amount| Money::new(amount, currency);
    match value {
        BulkValue::Price { price, list } => BulkShown::Price(money(price), list.map(money)),
        BulkValue::Pieces(pieces) => BulkShown::Pieces(pieces),
        BulkValue::State(state) => BulkShown::State(state),
        BulkValue::Category(_) => BulkShown::Category(category.unwrap_or_default()),
        BulkValue::Weight(grams) => BulkShown::Weight(grams),
    }
}
