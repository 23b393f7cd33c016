//! How a shop sells, and how reliable it is.

use crate::{
    ApiError,
    body::{Limit, MoneyBody, PageBody, text_of},
    buying::refused,
    extract::{Path, Query, Signed},
    goods::instant,
};
use flows::{
    figures as flow,
    seller::{AtShop, at_shop},
};
use kernel::Cx;
use model::{
    Permission,
    views::{
        figures::{DayTally, Figures, Period, Tally, VisitSource, rupiah},
        health::{Fault, FaultRow, Health, Judged},
    },
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema, openapi::schema::Object};
use views::jakarta::day_of;

fn periods() -> Object {
    text_of(Period::ALL.iter().map(|it| it.as_str())).build()
}

fn sources() -> Object {
    text_of(VisitSource::ALL.iter().map(|it| it.as_str())).build()
}

fn faults() -> Object {
    text_of(Fault::ALL.iter().map(|it| it.as_str())).build()
}

async fn enter(cx: &Cx, shop: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, shop, Permission::Insights).await?)
}

/// What is added up, of a day or of a period.
#[derive(Serialize, ToSchema)]
pub(crate) struct TallyBody {
    /// By people who do not ask not to be followed; another within the hour is the same.
    looks: u64,
    /// How often something was put into a cart.
    carts: u64,
    /// Paid, or to be paid at the door, and not cancelled since.
    orders: u64,
    cancelled: u64,
    /// Without those that were left out.
    pieces: u64,
    /// Of the goods, at the price they were sold at.
    sales: MoneyBody,
    /// What the shop's own vouchers took off.
    vouchers: MoneyBody,
    /// What the shop pays of the buyers' shipping.
    shipping: MoneyBody,
    /// What the platform takes.
    fees: MoneyBody,
    /// What went back to buyers for what was sent to them.
    given_back: MoneyBody,
    /// The sales without these.
    left: MoneyBody,
}

impl From<Tally> for TallyBody {
    fn from(it: Tally) -> Self {
        Self {
            looks: it.looks,
            carts: it.carts,
            orders: it.orders,
            cancelled: it.cancelled,
            pieces: it.pieces,
            sales: rupiah(it.sales).into(),
            vouchers: rupiah(it.vouchers).into(),
            shipping: rupiah(it.shipping).into(),
            fees: rupiah(it.fees).into(),
            given_back: rupiah(it.given_back).into(),
            left: rupiah(it.left()).into(),
        }
    }
}

/// A day in Jakarta.
#[derive(Serialize, ToSchema)]
pub(crate) struct DayBody {
    #[schema(format = Date, example = "2026-11-30")]
    day: String,
    /// Today is not.
    complete: bool,
    #[serde(flatten)]
    tally: TallyBody,
}

fn day(it: &DayTally, complete: bool) -> DayBody {
    let at = OffsetDateTime::from_unix_timestamp(it.day).map(day_of);
    DayBody { day: at.map(|day| day.to_string()).unwrap_or_default(), complete, tally: it.tally.into() }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ProductFiguresBody {
    product_id: String,
    slug: String,
    name: String,
    looks: u64,
    pieces: u64,
    sales: MoneyBody,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct CityFiguresBody {
    #[schema(example = "Jakarta Selatan")]
    city: String,
    orders: u64,
    sales: MoneyBody,
}

/// By which way people came.
#[derive(Serialize, ToSchema)]
pub(crate) struct SourceFiguresBody {
    #[schema(schema_with = sources)]
    source: VisitSource,
    looks: u64,
}

/// A search that led to the shop's goods, in many different hours.
#[derive(Serialize, ToSchema)]
pub(crate) struct LeadFiguresBody {
    query: String,
    looks: u64,
}

/// Something that is sold out within thirty days at the pace of the last thirty.
#[derive(Serialize, ToSchema)]
pub(crate) struct RunningOutBody {
    variant_id: String,
    name: String,
    /// What was chosen; empty for the only one.
    label: String,
    available: u64,
    /// In the last thirty days.
    sold: u64,
    days_left: u32,
}

/// How a shop sold.
#[derive(Serialize, ToSchema)]
pub(crate) struct AnalyticsBody {
    #[schema(example = 30)]
    days: u16,
    /// Of all these days.
    total: TallyBody,
    /// Of as many days before.
    before: TallyBody,
    /// From the earliest to today.
    by_day: Vec<DayBody>,
    /// What sold for most, at most ten.
    products: Vec<ProductFiguresBody>,
    /// Where most was sold to, at most ten.
    cities: Vec<CityFiguresBody>,
    sources: Vec<SourceFiguresBody>,
    searches: Vec<LeadFiguresBody>,
    running_out: Vec<RunningOutBody>,
}

impl From<Figures> for AnalyticsBody {
    fn from(it: Figures) -> Self {
        let last = it.days.len();
        let products = it.products.into_iter().map(|it| ProductFiguresBody {
            product_id: it.id.to_string(),
            slug: it.slug.to_string(),
            name: it.name,
            looks: it.looks,
            pieces: it.pieces,
            sales: rupiah(it.sales).into(),
        });
        let cities = it.cities.into_iter().map(|it| CityFiguresBody {
            city: it.name,
            orders: it.orders,
            sales: rupiah(it.sales).into(),
        });
        let running_out = it.running_out.into_iter().map(|it| RunningOutBody {
            variant_id: it.variant.to_string(),
            name: it.name,
            label: it.label,
            available: it.available,
            sold: it.sold,
            days_left: it.days_left,
        });
        let sources = it.sources.into_iter().map(|(source, looks)| SourceFiguresBody { source, looks });
        let searches = it.leads.into_iter().map(|it| LeadFiguresBody { query: it.query, looks: it.looks });
        Self {
            days: it.period.days(),
            total: it.now.into(),
            before: it.before.into(),
            by_day: it.days.iter().enumerate().map(|(n, it)| day(it, n + 1 < last)).collect(),
            products: products.collect(),
            cities: cities.collect(),
            sources: sources.collect(),
            searches: searches.collect(),
            running_out: running_out.collect(),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AnalyticsQuery {
    /// How many days, today among them.
    #[serde(default)]
    #[param(schema_with = periods, required = false)]
    days: Option<Period>,
}

/// How a shop sells
///
/// Of the last 30 days unless `days` says otherwise, beside as many days before. Days are Jakarta's; orders count on the day
/// on which the shop could begin with them, and some minutes later.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/analytics", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), AnalyticsQuery),
    responses((status = 200, description = "Its figures", body = AnalyticsBody), ApiError))]
pub(crate) async fn analytics(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<AnalyticsQuery>,
) -> Result<axum::Json<AnalyticsBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let figures = flow::figures(&cx, &at, query.days.unwrap_or(Period::Month)).await?;
    Ok(axum::Json(figures.into()))
}

/// What a shop was found to be.
#[derive(Serialize, ToSchema)]
pub(crate) struct JudgedBody {
    /// Of the last sixty days, that were handed over, or cancelled by the shop or for its sake.
    orders: u64,
    /// Cancelled by the shop.
    dropped: u64,
    /// Not handed over in time.
    late: u64,
    /// From 0 to 100.
    points: u8,
    /// Whether it wears the badge.
    reliable: bool,
    #[schema(format = DateTime)]
    judged_at: String,
}

impl From<Judged> for JudgedBody {
    fn from(it: Judged) -> Self {
        Self {
            orders: it.record.orders,
            dropped: it.record.dropped,
            late: it.record.late,
            points: it.points,
            reliable: it.reliable,
            judged_at: instant(it.at),
        }
    }
}

/// An order that counts against its shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct FaultBody {
    order_id: String,
    order_number: String,
    #[schema(schema_with = faults)]
    fault: Fault,
    /// When the shop could begin with it.
    #[schema(format = DateTime)]
    cleared_at: String,
}

impl From<FaultRow> for FaultBody {
    fn from(it: FaultRow) -> Self {
        Self {
            order_id: it.order.to_string(),
            order_number: it.number,
            fault: it.fault,
            cleared_at: instant(it.cleared_at),
        }
    }
}

/// How reliable a shop is.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthBody {
    /// Left out before its first night.
    #[serde(skip_serializing_if = "Option::is_none")]
    judged: Option<JudgedBody>,
    /// What counts against it, the latest first.
    faults: PageBody<FaultBody>,
}

impl From<Health> for HealthBody {
    fn from(it: Health) -> Self {
        let page = it.faults.map(FaultBody::from);
        Self {
            judged: it.judged.map(JudgedBody::from),
            faults: PageBody { items: page.items, next: page.next, total: page.total },
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HealthQuery {
    /// How many orders, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

/// How reliable a shop is
///
/// Found out every night. Each percent of orders that the shop cancelled costs 4 points of 100, each percent that was late 2;
/// from 80 points and ten orders on it wears a badge.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/health", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), HealthQuery),
    responses((status = 200, description = "What it was found to be, and why", body = HealthBody), ApiError))]
pub(crate) async fn health(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<HealthQuery>,
) -> Result<axum::Json<HealthBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let health = flow::health(&cx, &at, query.after.as_deref(), limit).await.map_err(refused)?;
    Ok(axum::Json(health.into()))
}
