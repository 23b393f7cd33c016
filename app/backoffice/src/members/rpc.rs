use leptos::prelude::*;
use model::{
    AppError, Call,
    views::member::{MemberDesk, TierInput},
};
use serde::{Deserialize, Serialize};

/// The name under which what was typed is remembered.
#[cfg(feature = "ssr")]
const FORM: &str = "member-tiers";

/// The tiers, what their form starts with, and whether who looks may change them without proving again who they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TiersForm {
    pub desk: MemberDesk,
    pub input: TierInput,
    pub fresh: bool,
}

/// Its guard, like that of the other one: operators who look after money; to everybody else nothing is here.
#[server(protocol = Call)]
pub async fn tiers() -> Result<TiersForm, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let desk = flows::members::desk(&cx, &operator).await.map_err(web::refused)?;
    let typed = web::draft(FORM, operator.member().account.uuid());
    let input = typed.unwrap_or_else(|| TierInput::of(&desk));
    Ok(TiersForm { desk, input, fresh: cx.proved(flows::account::STEP_UP).is_ok() })
}

/// Amounts are in rupiah.
#[server]
pub async fn set_tiers(
    months: String,
    silver: String,
    gold: String,
    platinum: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let typed = TierInput { months, silver, gold, platinum };
    let keep = |_: &AppError| web::keep_draft(FORM, operator.member().account.uuid(), &typed);
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused).inspect_err(keep)?;
    flows::members::set(&cx, &operator, &proved, &typed).await.map_err(web::refused).inspect_err(keep)
}
