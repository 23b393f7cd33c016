#![allow(clippy::too_many_arguments, reason = "the fields of a form")]

use leptos::prelude::*;
use model::{
    AppError, Call,
    ids::FeeRuleId,
    views::takings::{FeeInput, FeeRuleView},
};
use serde::{Deserialize, Serialize};

/// The name under which what was typed is remembered.
#[cfg(feature = "ssr")]
const FORM: &str = "fee-rule";

/// The rules, what the form for a new one starts with, and whether who looks may change them without proving again who they
/// are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FeeDesk {
    pub rules: Vec<FeeRuleView>,
    pub input: FeeInput,
    pub fresh: bool,
}

/// Its guard, like that of the others here: operators who look after money; to everybody else nothing is here.
#[server(protocol = Call)]
pub async fn rules() -> Result<FeeDesk, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let rules = flows::fees::list(&cx, &operator).await.map_err(web::database)?;
    let typed = web::draft(FORM, operator.member().account.uuid());
    let input = typed.unwrap_or_else(|| FeeInput { fee: "commission".to_owned(), ..FeeInput::default() });
    Ok(FeeDesk { rules, input, fresh: cx.proved(flows::account::STEP_UP).is_ok() })
}

/// A rate is in percent, amounts are in rupiah; one of rate, per piece and per order.
#[server]
pub async fn set_fee(
    fee: String,
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] rate: String,
    #[server(default)] cap: String,
    #[server(default)] floor: String,
    #[server(default)] per_piece: String,
    #[server(default)] per_order: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let typed = FeeInput { fee, kind, target, rate, cap, floor, per_piece, per_order };
    let keep = |_: &AppError| web::keep_draft(FORM, operator.member().account.uuid(), &typed);
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused).inspect_err(keep)?;
    flows::fees::set(&cx, &operator, &proved, &typed).await.map_err(web::refused).inspect_err(keep)?;
    Ok(())
}

#[server]
pub async fn end_fee(id: FeeRuleId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::fees::end(&cx, &operator, &proved, id).await.map_err(web::refused)
}
