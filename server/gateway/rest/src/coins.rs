//! A member's coins.

use crate::{
    ApiError,
    body::{Limit, PageBody, text_of},
    buying::refused,
    extract::{Query, Signed},
    goods::instant,
};
use flows::coins as flow;
use model::views::coin::{CoinExpiry, CoinKind, CoinPurse, CoinRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::schema::Object};

fn kinds() -> Object {
    text_of(CoinKind::ALL.iter().map(|it| it.as_str())).build()
}

/// Coins that hold until then.
#[derive(Serialize, ToSchema)]
struct ExpiryBody {
    coins: i64,
    #[schema(format = DateTime)]
    expires_at: String,
}

impl From<CoinExpiry> for ExpiryBody {
    fn from(it: CoinExpiry) -> Self {
        Self { coins: it.amount, expires_at: instant(it.at) }
    }
}

/// What a member has, each coin worth one rupiah, and what holds for it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoinsBody {
    balance: i64,
    /// Those that expire next; at most three.
    expiring: Vec<ExpiryBody>,
    /// Of what was paid for the goods of a completed order, in basis points.
    #[schema(example = 100)]
    earn_rate: u16,
    /// For one order.
    earn_most: i64,
    /// So much of what goods cost can be paid with coins, in basis points.
    #[schema(example = 5000)]
    spend_share: u16,
}

impl From<CoinPurse> for CoinsBody {
    fn from(purse: CoinPurse) -> Self {
        Self {
            balance: purse.balance,
            expiring: purse.expiring.into_iter().map(ExpiryBody::from).collect(),
            earn_rate: purse.earn_rate,
            earn_most: purse.earn_most,
            spend_share: purse.spend_share,
        }
    }
}

/// My coins
#[utoipa::path(get, path = "/api/v1/me/coins", tag = "account",
    responses((status = 200, description = "What there is", body = CoinsBody), ApiError))]
pub(crate) async fn one(Signed(cx, member): Signed) -> Result<axum::Json<CoinsBody>, ApiError> {
    Ok(axum::Json(flow::purse(&cx, &member).await?.into()))
}

/// One change.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoinChangeBody {
    #[schema(format = DateTime)]
    at: String,
    /// `returned`: what an order took came back.
    #[schema(schema_with = kinds)]
    kind: CoinKind,
    /// Negative where they went.
    coins: i64,
    /// The order it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_number: Option<String>,
}

impl From<CoinRow> for CoinChangeBody {
    fn from(row: CoinRow) -> Self {
        let (id, number) = row.order.unzip();
        Self {
            at: instant(row.at),
            kind: row.kind,
            coins: row.amount,
            order_id: id.map(|id| id.to_string()),
            order_number: number,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HistoryQuery {
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

/// How my coins came about
///
/// The latest first.
#[utoipa::path(get, path = "/api/v1/me/coins/history", tag = "account", params(HistoryQuery),
    responses((status = 200, description = "A part of it", body = PageBody<CoinChangeBody>), ApiError))]
pub(crate) async fn history(
    Signed(cx, member): Signed,
    Query(query): Query<HistoryQuery>,
) -> Result<axum::Json<PageBody<CoinChangeBody>>, ApiError> {
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let page = flow::history(&cx, &member, query.after.as_deref(), limit).await.map_err(refused)?;
    let items = page.items.into_iter().map(CoinChangeBody::from).collect();
    Ok(axum::Json(PageBody { items, next: page.next, total: page.total }))
}
