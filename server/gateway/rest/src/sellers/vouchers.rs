//! A shop's vouchers, for those who give them out.

use crate::{
    ApiError,
    addresses::refused,
    body::{Limit, MoneyBody, PageBody, text_of},
    buying::DealBody,
    extract::{IdempotencyKey, Json, Path, Query, Signed},
    goods::instant,
};
use axum::response::IntoResponse;
use flows::seller::{AtShop, at_shop, vouchers as flow};
use http::StatusCode;
use kernel::Cx;
use model::{
    Code, Currency, FieldError, Permission,
    ids::VoucherId,
    shop::{ShopVoucher, VoucherCost, VoucherInput, VoucherKind, VoucherStanding},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::schema::Object};

fn standings() -> Object {
    text_of(VoucherStanding::ALL.iter().map(|it| it.as_str())).build()
}

fn kinds() -> Object {
    text_of(VoucherKind::ALL.iter().map(|it| it.as_str())).build()
}

/// A voucher, as its shop sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShopVoucherBody {
    id: String,
    /// Absent where it applies by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    name: String,
    deal: DealBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_spend: Option<MoneyBody>,
    /// How many products and categories it is for; none of either where it is for all.
    products: u32,
    categories: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota: Option<i32>,
    used: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<MoneyBody>,
    /// What it has given away so far.
    spent: MoneyBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_person: Option<i32>,
    #[schema(format = DateTime)]
    from: String,
    /// It ends just before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    until: Option<String>,
    /// Shown on the shop's page.
    public: bool,
    #[schema(schema_with = standings)]
    standing: VoucherStanding,
    /// Somebody has used it once: its terms stay as they are, but for its end, a larger quota, and switching it off.
    is_frozen: bool,
    /// Grows with every change; a change names the one it was made from.
    version: i32,
}

impl From<ShopVoucher> for ShopVoucherBody {
    fn from(it: ShopVoucher) -> Self {
        Self {
            id: it.id.to_string(),
            code: it.code,
            name: it.name,
            deal: it.deal.into(),
            min_spend: it.min_spend.map(MoneyBody::from),
            products: it.products,
            categories: it.categories,
            quota: it.quota,
            used: it.used,
            budget: it.budget.map(MoneyBody::from),
            spent: it.spent.into(),
            per_person: it.per_person,
            from: instant(it.from),
            until: it.until.map(instant),
            public: it.public,
            standing: it.standing,
            is_frozen: it.is_frozen,
            version: it.version,
        }
    }
}

/// What a voucher costs its shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct CostBody {
    /// The most one use gives; absent where that has no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    most_each: Option<MoneyBody>,
    /// The most that all uses together give; absent where that has no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    worst: Option<MoneyBody>,
    /// Absent for a shop that sells nothing yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<ExampleBody>,
}

/// The middle order of a shop, and what it gets.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExampleBody {
    /// Before discounts.
    goods: MoneyBody,
    pieces: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipping: Option<MoneyBody>,
    /// So many orders say so; without any it is one piece at the shop's middle price.
    orders: u64,
    /// Nothing where it does not reach the voucher's conditions.
    off: MoneyBody,
}

impl From<VoucherCost> for CostBody {
    fn from(cost: VoucherCost) -> Self {
        Self {
            most_each: cost.most_each.map(MoneyBody::from),
            worst: cost.worst.map(MoneyBody::from),
            example: cost.usual.map(|usual| ExampleBody {
                goods: usual.goods.into(),
                pieces: usual.pieces,
                shipping: usual.shipping.map(MoneyBody::from),
                orders: usual.orders,
                off: cost.off.into(),
            }),
        }
    }
}

/// A voucher with what it is for and what it costs.
#[derive(Serialize, ToSchema)]
pub(crate) struct WholeVoucherBody {
    #[serde(flatten)]
    voucher: ShopVoucherBody,
    /// One of each product it is for.
    skus: Vec<String>,
    category_ids: Vec<String>,
    cost: CostBody,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct VouchersQuery {
    /// `running` where it is left out.
    #[serde(default)]
    #[param(schema_with = standings, required = false)]
    standing: Option<VoucherStanding>,
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

async fn enter(cx: &Cx, shop: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, shop, Permission::Promotions).await?)
}

async fn here(cx: &Cx, at: &AtShop, id: VoucherId) -> Result<axum::Json<WholeVoucherBody>, ApiError> {
    let found = flow::find(cx, at, id).await.map_err(refused)?;
    let (found, cost) = found.ok_or_else(|| ApiError::from(Code::NotFound))?;
    let categories = &found.voucher.conditions.categories;
    Ok(axum::Json(WholeVoucherBody {
        category_ids: categories.iter().map(ToString::to_string).collect(),
        voucher: found.shown.into(),
        skus: found.skus,
        cost: cost.into(),
    }))
}

/// A shop's vouchers
///
/// Those of one standing, the latest first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/vouchers", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), VouchersQuery),
    responses((status = 200, description = "A part of them", body = PageBody<ShopVoucherBody>), ApiError))]
pub(crate) async fn list(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<VouchersQuery>,
) -> Result<axum::Json<PageBody<ShopVoucherBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let standing = query.standing.unwrap_or(VoucherStanding::Running);
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let found = flow::list(&cx, &at, standing, query.after.as_deref(), limit).await.map_err(refused)?;
    let total = found.counts.iter().find(|(of, _)| *of == standing).map_or(0, |(_, n)| *n);
    let page = found.page.map(ShopVoucherBody::from);
    Ok(axum::Json(PageBody { total: Some(total), ..page.into() }))
}

/// One of a shop's vouchers
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/vouchers/{voucher}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("voucher" = String, Path, description = "Its id")),
    responses((status = 200, description = "The voucher", body = WholeVoucherBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, VoucherId)>,
) -> Result<axum::Json<WholeVoucherBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    here(&cx, &at, id).await
}

/// A voucher as it is written. Which of the amounts are needed follows from its kind. What is left out is not limited.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteVoucherBody {
    #[schema(schema_with = kinds)]
    kind: VoucherKind,
    /// 3 to 24 letters, digits, hyphens or underscores.
    #[schema(example = "SENJA10")]
    code: String,
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// Off the goods (`fixed`), or off the shipping at most (`shipping`).
    #[serde(default)]
    amount: Option<MoneyBody>,
    /// Of the goods (`percent`), and at most so much.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10_000)]
    basis_points: Option<u16>,
    #[serde(default)]
    at_most: Option<MoneyBody>,
    /// So many pieces bought, and so many free (`buy_get`).
    #[serde(default)]
    buy: Option<u16>,
    #[serde(default)]
    get: Option<u16>,
    #[serde(default)]
    min_spend: Option<MoneyBody>,
    /// Of any variant of the products it is for.
    #[serde(default)]
    #[schema(max_items = 50)]
    skus: Vec<String>,
    #[serde(default)]
    category_ids: Vec<String>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000)]
    quota: Option<u32>,
    #[serde(default)]
    budget: Option<MoneyBody>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000)]
    per_person: Option<u32>,
    /// First and last day, in Jakarta.
    #[serde(default)]
    #[schema(format = Date, example = "2026-12-01")]
    from: Option<String>,
    #[serde(default)]
    #[schema(format = Date, example = "2026-12-31")]
    until: Option<String>,
    /// Shown on the shop's page.
    #[serde(default)]
    public: bool,
    /// The version the change was made from; needed for a change only.
    #[serde(default)]
    version: Option<i32>,
}

impl WriteVoucherBody {
    /// Shops give in rupiah.
    fn input(self) -> Result<VoucherInput, ApiError> {
        let money = |field: &str, money: Option<MoneyBody>| match money {
            Some(money) if money.currency != Currency::Idr => {
                Err(ApiError::field(Code::Invalid, field, FieldError::NotAllowed))
            }
            money => Ok(money.map(|money| money.amount.to_string()).unwrap_or_default()),
        };
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let percent = self.basis_points.map(|rate| format!("{},{:02}", rate / 100, rate % 100));
        Ok(VoucherInput {
            kind: self.kind.as_str().to_owned(),
            code: self.code,
            name: self.name,
            amount: money("amount", self.amount)?,
            percent: percent.unwrap_or_default(),
            cap: money("at_most", self.at_most)?,
            buy: number(self.buy.map(u32::from)),
            get: number(self.get.map(u32::from)),
            min_spend: money("min_spend", self.min_spend)?,
            // Tiers of members are the platform's.
            tier: String::new(),
            skus: self.skus.join("\n"),
            categories: self.category_ids,
            quota: number(self.quota),
            budget: money("budget", self.budget)?,
            per_person: number(self.per_person),
            from: self.from.unwrap_or_default(),
            until: self.until.unwrap_or_default(),
            public: if self.public { "1".to_owned() } else { String::new() },
        })
    }
}

/// Make a voucher
///
/// The shop pays for what it gives. With an `Idempotency-Key`, asking again answers with the voucher made the first time.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/vouchers", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), IdempotencyKey), request_body = WriteVoucherBody,
    responses((status = 201, description = "The voucher", body = WholeVoucherBody), ApiError))]
pub(crate) async fn make(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    key: IdempotencyKey,
    Json(body): Json<WriteVoucherBody>,
) -> Result<impl IntoResponse, ApiError> {
    let at = enter(&cx, &shop).await?;
    let id = flow::make(&cx, &at, &body.input()?, key.get()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, here(&cx, &at, id).await?))
}

/// What a voucher would cost
///
/// The most it can give away, and what an order as most of the shop's are would get. Nothing is made.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/vouchers/preview", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address")), request_body = WriteVoucherBody,
    responses((status = 200, description = "The cost", body = CostBody), ApiError))]
pub(crate) async fn preview(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Json(body): Json<WriteVoucherBody>,
) -> Result<axum::Json<CostBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let cost = flow::cost_of(&cx, &at, &body.input()?).await.map_err(refused)?;
    Ok(axum::Json(cost.into()))
}

/// Write a voucher's terms anew
///
/// 409 where somebody has used it, or it was changed since `version`.
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/vouchers/{voucher}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("voucher" = String, Path, description = "Its id")),
    request_body = WriteVoucherBody,
    responses((status = 200, description = "The voucher as it is now", body = WholeVoucherBody), ApiError))]
pub(crate) async fn change(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, VoucherId)>,
    Json(body): Json<WriteVoucherBody>,
) -> Result<axum::Json<WholeVoucherBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let needed = || ApiError::field(Code::Invalid, "version", FieldError::Required);
    let version = body.version.ok_or_else(needed)?;
    flow::change(&cx, &at, (id, version), &body.input()?).await.map_err(refused)?;
    here(&cx, &at, id).await
}

/// What may always be changed of a voucher. What is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtendVoucherBody {
    /// No smaller than it is.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 1_000_000)]
    quota: Option<u32>,
    /// Last day, in Jakarta.
    #[serde(default)]
    #[schema(format = Date, example = "2026-12-31")]
    until: Option<String>,
    /// False switches it off.
    #[serde(default)]
    is_on: Option<bool>,
    /// The version the change was made from; needed with `quota` or `until`.
    #[serde(default)]
    version: Option<i32>,
}

/// Extend a voucher, or switch it off
///
/// Also one that was used. 409 where it was changed since `version`.
#[utoipa::path(patch, path = "/api/v1/seller/shops/{shop}/vouchers/{voucher}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("voucher" = String, Path, description = "Its id")),
    request_body = ExtendVoucherBody,
    responses((status = 200, description = "The voucher as it is now", body = WholeVoucherBody), ApiError))]
pub(crate) async fn extend(
    Signed(cx, _): Signed,
    Path((shop, id)): Path<(String, VoucherId)>,
    Json(body): Json<ExtendVoucherBody>,
) -> Result<axum::Json<WholeVoucherBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let quota = body.quota.map(|quota| quota.to_string());
    if quota.is_some() || body.until.is_some() {
        let needed = || ApiError::field(Code::Invalid, "version", FieldError::Required);
        let of = (id, body.version.ok_or_else(needed)?);
        flow::extend(&cx, &at, of, quota.as_deref(), body.until.as_deref()).await.map_err(refused)?;
    }
    if let Some(on) = body.is_on {
        flow::switch(&cx, &at, id, on).await.map_err(refused)?;
    }
    here(&cx, &at, id).await
}
