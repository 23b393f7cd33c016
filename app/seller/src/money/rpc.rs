use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::PayoutAccountId,
    payout::Bank,
    views::takings::{StatementRow, Takings},
};
use serde::{Deserialize, Serialize};

/// Rows on a page of the statement.
pub const PAGE: u16 = 30;

/// What a shop has, and whether who looks may take it out without proving again who they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Purse {
    pub takings: Takings,
    pub fresh: bool,
    /// Names the next withdrawal, so that it happens once.
    pub key: String,
}

#[server(protocol = model::Call)]
pub async fn purse_of(shop: String) -> Result<Purse, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Money).await.map_err(web::refused)?;
    let takings = flows::withdraw::takings(&cx, &at).await.map_err(web::database)?;
    let fresh = cx.proved(flows::account::STEP_UP).is_ok();
    Ok(Purse { takings, fresh, key: cx.ids().uuid().to_string() })
}

#[server(protocol = model::Call)]
pub async fn statement(shop: String, after: Option<String>) -> Result<Page<StatementRow>, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Money).await.map_err(web::refused)?;
    flows::withdraw::statement(&cx, &at, after.as_deref(), PAGE).await.map_err(web::refused)
}

/// `amount` is in rupiah.
#[server]
pub async fn withdraw(
    shop: String,
    account: PayoutAccountId,
    amount: i64,
    key: String,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Money).await.map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    let key = key.parse().map_err(|_| web::refused(model::Code::Malformed))?;
    flows::withdraw::request(&cx, &at, &proved, account, model::Money::idr(amount), &key)
        .await
        .map_err(web::refused)?;
    web::go_to(&format!("/seller/{shop}/money?asked=1"));
    Ok(())
}

#[server]
pub async fn add_account(
    shop: String,
    bank: Bank,
    #[server(default)] number: String,
    #[server(default)] holder: String,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Money).await.map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::withdraw::add_account(&cx, &at, &proved, bank, &number, &holder).await.map_err(web::refused)?;
    Ok(())
}

#[server]
pub async fn remove_account(shop: String, account: PayoutAccountId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Money).await.map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::withdraw::remove_account(&cx, &at, &proved, account).await.map_err(web::refused)
}
