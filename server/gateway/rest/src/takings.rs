//! A shop's money: what it has, how that came about, and taking it out.

use crate::{
    ApiError,
    body::{Limit, MoneyBody, PageBody, text_of},
    buying::{refused, said},
    extract::{Json, Path, Query, RequiredKey, Signed},
    goods::instant,
};
use flows::{
    account::STEP_UP,
    seller::{AtShop, at_shop},
    withdraw,
};
use kernel::Cx;
use model::{
    Permission,
    ids::PayoutAccountId,
    payout::{Bank, PayoutFailure, WithdrawalState},
    views::takings::{AccountView, EntryKind, StatementRow, Takings, WithdrawalView},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::schema::Object};

fn banks() -> Object {
    text_of(Bank::ALL.iter().map(|it| it.as_str())).build()
}

fn withdrawal_states() -> Object {
    text_of(WithdrawalState::ALL.iter().map(|it| it.as_str())).build()
}

fn failures() -> Object {
    text_of(PayoutFailure::ALL.iter().map(|it| it.as_str())).build()
}

fn entry_kinds() -> Object {
    text_of(EntryKind::ALL.iter().map(|it| it.as_str())).build()
}

/// A bank account that money goes to.
#[derive(Serialize, ToSchema)]
pub(crate) struct PayoutAccountBody {
    id: String,
    #[schema(schema_with = banks)]
    bank: Bank,
    /// Its last four digits.
    #[schema(example = "•••• 7890")]
    number: String,
    holder: String,
}

impl From<AccountView> for PayoutAccountBody {
    fn from(it: AccountView) -> Self {
        Self { id: it.id.to_string(), bank: it.bank, number: it.number, holder: it.holder }
    }
}

/// Money that was taken out, or is to be.
#[derive(Serialize, ToSchema)]
pub(crate) struct WithdrawalBody {
    id: String,
    amount: MoneyBody,
    #[schema(schema_with = withdrawal_states)]
    state: WithdrawalState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = failures, required = false)]
    failure: Option<PayoutFailure>,
    #[schema(schema_with = banks)]
    bank: Bank,
    number: String,
    #[schema(format = DateTime)]
    requested_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    ended_at: Option<String>,
}

impl From<WithdrawalView> for WithdrawalBody {
    fn from(it: WithdrawalView) -> Self {
        Self {
            id: it.id.to_string(),
            amount: it.amount.into(),
            state: it.state,
            failure: it.failure,
            bank: it.bank,
            number: it.number,
            requested_at: instant(it.requested_at),
            ended_at: it.ended_at.map(instant),
        }
    }
}

/// What a shop has.
#[derive(Serialize, ToSchema)]
pub(crate) struct BalanceBody {
    /// What can be taken out; below nothing where more was refunded than there was.
    available: MoneyBody,
    /// Of orders that are not complete.
    coming: MoneyBody,
    /// On its way to the bank.
    leaving: MoneyBody,
    payout_accounts: Vec<PayoutAccountBody>,
    /// The latest first.
    withdrawals: Vec<WithdrawalBody>,
}

impl From<Takings> for BalanceBody {
    fn from(takings: Takings) -> Self {
        Self {
            available: takings.available.into(),
            coming: takings.coming.into(),
            leaving: takings.leaving.into(),
            payout_accounts: takings.accounts.into_iter().map(PayoutAccountBody::from).collect(),
            withdrawals: takings.withdrawals.into_iter().map(WithdrawalBody::from).collect(),
        }
    }
}

/// A part of what a sale came to.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartBody {
    /// `goods`, `shipping_discount`, a kind of fee, or `refunded`.
    #[schema(example = "commission")]
    kind: String,
    amount: MoneyBody,
}

/// One change of the balance.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryBody {
    #[schema(format = DateTime)]
    at: String,
    #[schema(schema_with = entry_kinds)]
    kind: EntryKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_number: Option<String>,
    amount: MoneyBody,
    /// After it.
    balance: MoneyBody,
    /// Of a sale; their sum is the amount.
    parts: Vec<PartBody>,
}

impl From<StatementRow> for EntryBody {
    fn from(row: StatementRow) -> Self {
        let part = |kind: &str, amount: Option<model::Money>| {
            amount.map(|amount| PartBody { kind: kind.to_owned(), amount: amount.into() })
        };
        let parts =
            part("goods", row.goods).into_iter().chain(part("shipping_discount", row.shipping_discount));
        let fees = row.fees.into_iter().map(|fee| PartBody { kind: fee.kind, amount: fee.amount.into() });
        let parts = parts.chain(fees).chain(part("refunded", row.refunded)).collect();
        let (order, number) = row.order.map_or((None, None), |(id, number)| (Some(id), Some(number)));
        Self {
            at: instant(row.at),
            kind: row.kind,
            order_id: order.map(|id| id.to_string()),
            order_number: number.and_then(said),
            amount: row.amount.into(),
            balance: row.balance.into(),
            parts,
        }
    }
}

async fn enter(cx: &Cx, shop: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, shop, Permission::Money).await?)
}

/// A shop's balance
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/balance", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address")),
    responses((status = 200, description = "What it has", body = BalanceBody), ApiError))]
pub(crate) async fn balance(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
) -> Result<axum::Json<BalanceBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    Ok(axum::Json(withdraw::takings(&cx, &at).await?.into()))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StatementQuery {
    /// How many, from 1 to 100.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 24, required = false)]
    limit: Limit,
    /// Where to go on: `next` of the part before.
    after: Option<String>,
}

/// A shop's statement
///
/// Every change of its balance, the latest first.
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/statement", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), StatementQuery),
    responses((status = 200, description = "A part of it", body = PageBody<EntryBody>), ApiError))]
pub(crate) async fn statement(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Query(query): Query<StatementQuery>,
) -> Result<axum::Json<PageBody<EntryBody>>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let limit = u16::try_from(query.limit.get()).unwrap_or(24);
    let page = withdraw::statement(&cx, &at, query.after.as_deref(), limit).await.map_err(refused)?;
    let items = page.items.into_iter().map(EntryBody::from).collect();
    Ok(axum::Json(PageBody { items, next: page.next, total: page.total }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAccountBody {
    #[schema(schema_with = banks)]
    bank: Bank,
    /// 6 to 20 digits.
    #[schema(example = "1234567890")]
    number: String,
    /// As the bank writes it.
    holder: String,
}

/// Made, or there before.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeBody {
    id: String,
}

/// Add a bank account
///
/// Whoever adds one has given proof of who they are in the last ten minutes. One that is there already is that one.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/payout-accounts", tag = "selling", request_body = NewAccountBody,
    params(("shop" = String, Path, description = "The shop's address")),
    responses((status = 200, description = "Its id", body = MadeBody), ApiError))]
pub(crate) async fn add_account(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    Json(body): Json<NewAccountBody>,
) -> Result<axum::Json<MadeBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let proved = cx.proved(STEP_UP)?;
    let added = withdraw::add_account(&cx, &at, &proved, body.bank, &body.number, &body.holder).await;
    Ok(axum::Json(MadeBody { id: added.map_err(refused)?.to_string() }))
}

/// Remove a bank account
///
/// Removing it again changes nothing.
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/payout-accounts/{account}", tag = "selling",
    params(("shop" = String, Path, description = "The shop's address"), ("account" = String, Path, description = "Its id")),
    responses((status = 204, description = "It is gone"), ApiError))]
pub(crate) async fn remove_account(
    Signed(cx, _): Signed,
    Path((shop, account)): Path<(String, PayoutAccountId)>,
) -> Result<http::StatusCode, ApiError> {
    let at = enter(&cx, &shop).await?;
    let proved = cx.proved(STEP_UP)?;
    withdraw::remove_account(&cx, &at, &proved, account).await.map_err(refused)?;
    Ok(http::StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawBody {
    #[schema(value_type = String)]
    account_id: PayoutAccountId,
    amount: MoneyBody,
}

/// Withdraw
///
/// Whoever asks has given proof of who they are in the last ten minutes. 422 where the balance is smaller, or today's
/// withdrawals are used up.
#[utoipa::path(post, path = "/api/v1/seller/shops/{shop}/withdrawals", tag = "selling", request_body = WithdrawBody,
    params(("shop" = String, Path, description = "The shop's address"), RequiredKey),
    responses((status = 200, description = "Its id", body = MadeBody), ApiError))]
pub(crate) async fn request(
    Signed(cx, _): Signed,
    Path(shop): Path<String>,
    RequiredKey(key): RequiredKey,
    Json(body): Json<WithdrawBody>,
) -> Result<axum::Json<MadeBody>, ApiError> {
    let at = enter(&cx, &shop).await?;
    let proved = cx.proved(STEP_UP)?;
    let asked = withdraw::request(&cx, &at, &proved, body.account_id, body.amount.into(), &key).await;
    Ok(axum::Json(MadeBody { id: asked.map_err(refused)?.to_string() }))
}
