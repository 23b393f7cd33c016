use leptos::prelude::*;
use model::{
    AppError, Call,
    ids::VoucherId,
    shop::{ShopVoucher, VoucherCategory, VoucherCost, VoucherInput, VoucherList, VoucherStanding},
};
use serde::{Deserialize, Serialize};

/// Rows on a page.
pub const PAGE: u16 = 20;

/// The name under which what was typed is remembered.
pub const FORM: &str = "house-voucher";

/// What the form of a new voucher starts with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct VoucherForm {
    pub input: VoucherInput,
    /// Of what was asked about; none where nothing was, or it is not right.
    pub cost: Option<VoucherCost>,
    pub categories: Vec<VoucherCategory>,
    /// Names this form, so that sending it twice makes one voucher.
    pub key: String,
    /// Whether who looks may make one without proving again who they are.
    pub fresh: bool,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OneVoucher {
    pub voucher: ShopVoucher,
    pub cost: VoucherCost,
    pub fresh: bool,
}

/// What was pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    #[default]
    Save,
    /// Only to be told what it costs.
    Preview,
}

/// Its guard, like that of the others here: operators who look after money; to everybody else nothing is here.
#[server(protocol = Call)]
pub async fn vouchers(standing: VoucherStanding, after: Option<String>) -> Result<VoucherList, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let found = flows::vouchers::platform::list(&cx, &operator, standing, after.as_deref(), PAGE).await;
    found.map_err(web::refused)
}

#[server(protocol = Call)]
pub async fn new_voucher(asked: Option<VoucherInput>) -> Result<VoucherForm, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let cost = match &asked {
        Some(asked) => flows::vouchers::platform::cost_of(&cx, &operator, asked).await.ok(),
        None => None,
    };
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let categories = views::vouchers::top_categories(&mut db, cx.lang()).await.map_err(web::database)?;
    let typed = web::draft(FORM, operator.member().account.uuid()).or(asked);
    Ok(VoucherForm {
        input: typed.unwrap_or_default(),
        cost,
        categories,
        key: cx.id::<VoucherId>().to_string(),
        fresh: cx.proved(flows::account::STEP_UP).is_ok(),
    })
}

#[server(protocol = Call)]
pub async fn voucher(id: String) -> Result<OneVoucher, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let id = id.parse().map_err(|_| web::not_found())?;
    let found = flows::vouchers::platform::find(&cx, &operator, id).await.map_err(web::refused)?;
    let (found, cost) = found.ok_or_else(web::not_found)?;
    Ok(OneVoucher { voucher: found.shown, cost, fresh: cx.proved(flows::account::STEP_UP).is_ok() })
}

/// Makes a voucher and shows it; or only tells what it would cost, at an address that says what was typed.
#[server]
pub async fn make_voucher(
    key: String,
    #[server(default)] act: Act,
    voucher: VoucherInput,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let keep = |_: &AppError| web::keep_draft(FORM, operator.member().account.uuid(), &voucher);
    if act == Act::Preview {
        let cost = flows::vouchers::platform::cost_of(&cx, &operator, &voucher).await;
        cost.map_err(web::refused).inspect_err(keep)?;
        web::go_to(&voucher.href("/backoffice/vouchers/new"));
        return Ok(());
    }
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused).inspect_err(keep)?;
    let key = key.parse().ok();
    let made = flows::vouchers::platform::make(&cx, (&operator, &proved), &voucher, key.as_ref()).await;
    let id = made.map_err(web::refused).inspect_err(keep)?;
    web::go_to(&format!("/backoffice/vouchers/{id}?made=1"));
    Ok(())
}

/// A later last day and a larger quota, also of a voucher that was used.
#[server]
pub async fn extend_voucher(
    id: VoucherId,
    version: i32,
    #[server(default)] quota: String,
    #[server(default)] until: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    let by = (&operator, &proved);
    let extended = flows::vouchers::platform::extend(&cx, by, (id, version), &quota, &until).await;
    extended.map_err(web::refused)?;
    web::go_to(&format!("/backoffice/vouchers/{id}?saved={version}"));
    Ok(())
}

#[server]
pub async fn switch_voucher(id: VoucherId, on: bool) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::vouchers::platform::switch(&cx, (&operator, &proved), id, on).await.map_err(web::refused)
}

#[server]
pub async fn end_voucher(id: VoucherId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Money).map_err(web::refused)?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::vouchers::platform::end(&cx, (&operator, &proved), id).await.map_err(web::refused)
}
