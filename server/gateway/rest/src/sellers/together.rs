//! Many of a shop's goods changed at once, and put back.

use crate::{
    ApiError,
    addresses::refused,
    body::{MoneyBody, PageBody, PageQuery, text_of},
    extract::{Json, Path, Query, RequiredKey, Signed},
    goods::instant,
};
use axum::response::IntoResponse;
use flows::seller::{AtShop, at_shop, together as flow};
use http::StatusCode;
use kernel::Cx;
use model::{
    AppError, Permission,
    ids::{GoodsEditId, ProductId},
    shop::{
        BulkChosen, BulkEdit, BulkFate, BulkInput, BulkKind, BulkPage, BulkProblem, BulkRow, BulkShown,
        BulkState, BulkTold, StallFilter,
    },
    views::ProductState,
};
use serde::{Deserialize, Serialize};
use utoipa::{ToSchema, openapi::schema::Object};

fn kinds() -> Object {
    text_of(BulkKind::ALL.iter().map(|it| it.as_str())).build()
}

fn states() -> Object {
    text_of(BulkState::ALL.iter().map(|it| it.as_str())).build()
}

fn fates() -> Object {
    text_of(BulkFate::ALL.iter().map(|it| it.as_str())).build()
}

fn problems() -> Object {
    text_of(BulkProblem::ALL.iter().map(|it| it.as_str())).build()
}

fn product_states() -> Object {
    text_of(ProductState::ALL.map(ProductState::as_str)).build()
}

/// Goods as the shop's list shows them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MatchingBody {
    /// Part of a name or SKU.
    #[serde(default)]
    q: String,
    /// Only goods in this state; archived ones only where they are asked for.
    #[serde(default)]
    #[schema(schema_with = product_states, required = false)]
    state: Option<ProductState>,
    /// Only what is about to run out.
    #[serde(default)]
    low: bool,
}

/// Which goods are to change, and what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeGoodsBody {
    /// These; what is not the shop's is left out.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 10_000, required = false)]
    product_ids: Vec<ProductId>,
    /// Or all that match.
    #[serde(default)]
    matching: Option<MatchingBody>,
    #[schema(schema_with = kinds)]
    kind: BulkKind,
    /// Rupiah for `price` and `price_amount`, percent from -90 to 900 for `price_percent`, pieces for `stock` and `stock_add`,
    /// grams for `weight`; nothing for the others.
    #[serde(default)]
    #[schema(example = -10)]
    value: Option<i64>,
    /// Prices by percent or amount are rounded up to a multiple of 1, 100, 500 or 1000.
    #[serde(default)]
    #[schema(example = 500)]
    round: Option<i64>,
    /// Where stock is changed; the main warehouse where it is left out.
    #[serde(default)]
    warehouse_id: Option<String>,
    /// Where goods go with `category`.
    #[serde(default)]
    category_id: Option<String>,
    /// Only says what would change.
    #[serde(default)]
    dry_run: bool,
}

impl ChangeGoodsBody {
    fn chosen(&self) -> BulkChosen {
        match &self.matching {
            Some(of) => BulkChosen::Matching(StallFilter {
                q: of.q.clone(),
                state: of.state,
                low: of.low,
                after: None,
            }),
            None => BulkChosen::These(self.product_ids.clone()),
        }
    }

    fn input(&self) -> BulkInput {
        let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        BulkInput {
            kind: self.kind.as_str().to_owned(),
            value: number(self.value),
            round: number(self.round),
            warehouse: self.warehouse_id.clone().unwrap_or_default(),
            category: self.category_id.clone().unwrap_or_default(),
        }
    }
}

/// The same error with the fields as they are called here.
fn named(error: AppError) -> AppError {
    let own = |field: String| match field.as_str() {
        "products" => "product_ids".to_owned(),
        "warehouse" => "warehouse_id".to_owned(),
        "category" => "category_id".to_owned(),
        _ => field,
    };
    let fields = error.fields.into_iter().map(|(field, wrong)| (own(field), wrong)).collect();
    AppError { fields, ..error }
}

/// A change of many goods.
#[derive(Serialize, ToSchema)]
pub(crate) struct BulkEditBody {
    id: String,
    /// `planned` was only asked about; `applying` and `undoing` go on by themselves.
    #[schema(schema_with = states)]
    state: BulkState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = kinds, required = false)]
    kind: Option<BulkKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<i64>,
    /// Goods that were chosen.
    products: u32,
    /// Rows, of variants or products, that are to change, have changed, are so already, are left alone, are put back, or are
    /// not put back.
    waiting: u32,
    changed: u32,
    same: u32,
    left: u32,
    undone: u32,
    kept: u32,
    #[schema(format = DateTime)]
    created_at: String,
    /// Until when it can be put back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    undo_until: Option<String>,
}

impl From<BulkEdit> for BulkEditBody {
    fn from(edit: BulkEdit) -> Self {
        let change = edit.change;
        Self {
            id: edit.id.to_string(),
            state: edit.state,
            kind: change.map(|change| change.kind),
            value: change.filter(|change| change.kind.has_value()).map(|change| change.value),
            products: edit.products,
            waiting: edit.counts.waiting,
            changed: edit.counts.changed,
            same: edit.counts.same,
            left: edit.counts.left,
            undone: edit.counts.undone,
            kept: edit.counts.kept,
            created_at: instant(edit.created_at),
            undo_until: edit.undo_until.map(instant),
        }
    }
}

/// What a row has; one of these.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct BulkValueBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<MoneyBody>,
    /// Struck through beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    list_price: Option<MoneyBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pieces: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = product_states, required = false)]
    state: Option<ProductState>,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight_g: Option<i32>,
}

impl From<BulkShown> for BulkValueBody {
    fn from(shown: BulkShown) -> Self {
        let none = Self::default();
        match shown {
            BulkShown::Price(price, list) => {
                Self { price: Some(price.into()), list_price: list.map(MoneyBody::from), ..none }
            }
            BulkShown::Pieces(pieces) => Self { pieces: Some(pieces), ..none },
            BulkShown::State(state) => Self { state: Some(state), ..none },
            BulkShown::Category(name) => Self { category: Some(name), ..none },
            BulkShown::Weight(grams) => Self { weight_g: Some(grams), ..none },
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct BulkRowBody {
    name: String,
    /// Of a variant; absent where it is about the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<String>,
    #[schema(schema_with = fates)]
    fate: BulkFate,
    /// Why it is left alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = problems, required = false)]
    problem: Option<BulkProblem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<BulkValueBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<BulkValueBody>,
}

impl From<BulkRow> for BulkRowBody {
    fn from(row: BulkRow) -> Self {
        Self {
            name: row.name,
            sku: Some(row.sku).filter(|sku| !sku.is_empty()),
            fate: row.fate,
            problem: row.problem,
            before: row.before.map(BulkValueBody::from),
            after: row.after.map(BulkValueBody::from),
        }
    }
}

/// Why rows are left alone, and how many.
#[derive(Serialize, ToSchema)]
pub(crate) struct BulkToldBody {
    #[schema(schema_with = problems)]
    problem: BulkProblem,
    rows: u32,
}

impl From<BulkTold> for BulkToldBody {
    fn from(told: BulkTold) -> Self {
        Self { problem: told.problem, rows: told.rows }
    }
}

/// A change of many goods with what becomes of its rows.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneBulkEditBody {
    #[serde(flatten)]
    edit: BulkEditBody,
    /// The first that change, have changed, or were put back.
    rows: Vec<BulkRowBody>,
    reasons: Vec<BulkToldBody>,
    /// The first that are left alone, or not put back.
    left_rows: Vec<BulkRowBody>,
}

impl From<BulkPage> for OneBulkEditBody {
    fn from(page: BulkPage) -> Self {
        Self {
            edit: page.edit.into(),
            rows: page.rows.into_iter().map(BulkRowBody::from).collect(),
            reasons: page.reasons.into_iter().map(BulkToldBody::from).collect(),
            left_rows: page.left.into_iter().map(BulkRowBody::from).collect(),
        }
    }
}

async fn at(cx: &Cx, slug: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, slug, Permission::Products).await?)
}

async fn here(cx: &Cx, at: &AtShop, id: GoodsEditId) -> Result<axum::Json<OneBulkEditBody>, ApiError> {
    let mut db = cx.db().acquire().await?;
    let found = views::goods_edit::page(&mut db, at.shop(), id, cx.lang()).await?;
    Ok(axum::Json(found.ok_or_else(AppError::not_found)?.into()))
}

/// Change many goods
///
/// At most 10,000 variants. Up to 100 rows are changed at once, more by themselves: `GET` says how far it is. What cannot be
/// changed is left alone and told. With `dry_run` nothing changes until `apply`.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/bulk-edits", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), RequiredKey), request_body = ChangeGoodsBody,
    responses((status = 202, description = "What has changed until now, or would", body = OneBulkEditBody), ApiError))]
pub(crate) async fn change(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    RequiredKey(key): RequiredKey,
    Json(body): Json<ChangeGoodsBody>,
) -> Result<impl IntoResponse, ApiError> {
    let at = at(&cx, &slug).await?;
    let changed = flow::change(&cx, &at, &body.chosen(), &body.input(), body.dry_run, &key).await;
    let id = changed.map_err(|error| {
        let cause = error.to_string();
        ApiError::from(web::Problem::new(named(error.into())).because(cause))
    })?;
    Ok((StatusCode::ACCEPTED, here(&cx, &at, id).await?))
}

/// Changes of many goods
///
/// The latest first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/products/bulk-edits", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), PageQuery),
    responses((status = 200, description = "A part of them", body = PageBody<BulkEditBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<PageBody<BulkEditBody>>, ApiError> {
    let at = at(&cx, &slug).await?;
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let mut db = cx.db().acquire().await?;
    let page = views::goods_edit::list(&mut db, at.shop(), query.after.as_deref(), limit).await;
    Ok(axum::Json(page.map_err(refused)?.map(BulkEditBody::from).into()))
}

/// One change of many goods
///
/// How far it is, and what becomes of its rows.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/products/bulk-edits/{edit}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("edit" = String, Path, description = "Its id")),
    responses((status = 200, description = "The change", body = OneBulkEditBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((slug, id)): Path<(String, GoodsEditId)>,
) -> Result<axum::Json<OneBulkEditBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    here(&cx, &at, id).await
}

/// Make a change that was only asked about
///
/// Asked again, it goes on as it does. A price that is no longer what was told is left alone.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/bulk-edits/{edit}/apply", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("edit" = String, Path, description = "Its id")),
    responses((status = 202, description = "The change as it is now", body = OneBulkEditBody), ApiError))]
pub(crate) async fn apply(
    Signed(cx, _): Signed,
    Path((slug, id)): Path<(String, GoodsEditId)>,
) -> Result<impl IntoResponse, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::apply(&cx, &at, id).await.map_err(refused)?;
    Ok((StatusCode::ACCEPTED, here(&cx, &at, id).await?))
}

/// Put a change of many goods back
///
/// For 24 hours. What was changed again since is left alone and told. Asked again, it goes on as it does.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/products/bulk-edits/{edit}/undo", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("edit" = String, Path, description = "Its id")),
    responses((status = 202, description = "The change as it is now", body = OneBulkEditBody), ApiError))]
pub(crate) async fn undo(
    Signed(cx, _): Signed,
    Path((slug, id)): Path<(String, GoodsEditId)>,
) -> Result<impl IntoResponse, ApiError> {
    let at = at(&cx, &slug).await?;
    flow::undo(&cx, &at, id).await.map_err(refused)?;
    Ok((StatusCode::ACCEPTED, here(&cx, &at, id).await?))
}
