use leptos::prelude::*;
use model::{
    AppError,
    ids::VoucherId,
    shop::{ShopVoucher, VoucherCategory, VoucherCost, VoucherInput, VoucherList, VoucherStanding},
};
use serde::{Deserialize, Serialize};

/// Vouchers on a page of the list.
pub const PAGE: u16 = 20;

/// The name under which what was typed is remembered.
pub const FORM: &str = "shop-voucher";

/// What the form of a new voucher starts with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NewForm {
    pub input: VoucherInput,
    /// Of what was asked about; none where nothing was, or it is not right.
    pub cost: Option<VoucherCost>,
    pub categories: Vec<VoucherCategory>,
    /// Names this form, so that sending it twice makes one voucher.
    pub key: String,
}

/// A voucher with its form.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct VoucherForm {
    pub voucher: ShopVoucher,
    /// None for one whose terms are not typed.
    pub input: Option<VoucherInput>,
    /// Of what was asked about, else as it is.
    pub cost: VoucherCost,
    pub categories: Vec<VoucherCategory>,
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

#[server(protocol = model::Call)]
pub async fn vouchers(
    shop: String,
    standing: VoucherStanding,
    after: Option<String>,
) -> Result<VoucherList, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    flows::seller::vouchers::list(&cx, &at, standing, after.as_deref(), PAGE).await.map_err(web::refused)
}

#[server(protocol = model::Call)]
pub async fn new_voucher(shop: String, asked: Option<VoucherInput>) -> Result<NewForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let categories =
        views::vouchers::categories(&mut db, at.shop(), cx.lang()).await.map_err(web::database)?;
    drop(db);
    let cost = match &asked {
        Some(asked) => flows::seller::vouchers::cost_of(&cx, &at, asked).await.ok(),
        None => None,
    };
    let input = web::draft(FORM, at.shop().uuid()).or(asked).unwrap_or_default();
    Ok(NewForm { input, cost, categories, key: cx.id::<VoucherId>().to_string() })
}

#[server(protocol = model::Call)]
pub async fn voucher(shop: String, id: String, asked: Option<VoucherInput>) -> Result<VoucherForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let id = id.parse().map_err(|_| web::not_found())?;
    let found = flows::seller::vouchers::find(&cx, &at, id).await.map_err(web::refused)?;
    let (found, as_it_is) = found.ok_or_else(web::not_found)?;
    let asked = asked.filter(|_| !found.shown.is_frozen);
    let cost = match &asked {
        Some(asked) => flows::seller::vouchers::cost_of(&cx, &at, asked).await.unwrap_or(as_it_is),
        None => as_it_is,
    };
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let categories =
        views::vouchers::categories(&mut db, at.shop(), cx.lang()).await.map_err(web::database)?;
    let typed = web::draft(FORM, found.shown.id.uuid()).or(asked);
    let input = found.input.map(|input| typed.unwrap_or(input));
    Ok(VoucherForm { voucher: found.shown, input, cost, categories })
}

/// Makes a voucher and shows it; or only tells what it would cost, at an address that says what was typed.
#[server]
pub async fn make_voucher(
    shop: String,
    key: String,
    #[server(default)] act: Act,
    voucher: VoucherInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let keep = |_: &AppError| web::keep_draft(FORM, at.shop().uuid(), &voucher);
    if act == Act::Preview {
        flows::seller::vouchers::cost_of(&cx, &at, &voucher).await.map_err(web::refused).inspect_err(keep)?;
        web::go_to(&voucher.href(&format!("/seller/{shop}/promotions/new")));
        return Ok(());
    }
    let made = flows::seller::vouchers::make(&cx, &at, &voucher, key.parse().ok().as_ref()).await;
    let id = made.map_err(web::refused).inspect_err(keep)?;
    web::go_to(&format!("/seller/{shop}/promotions/{id}?made=1"));
    Ok(())
}

/// Changes the terms of a voucher that nobody has used; or only tells what they would cost.
#[server]
pub async fn change_voucher(
    shop: String,
    id: VoucherId,
    version: i32,
    #[server(default)] act: Act,
    voucher: VoucherInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let keep = |_: &AppError| web::keep_draft(FORM, id.uuid(), &voucher);
    if act == Act::Preview {
        flows::seller::vouchers::cost_of(&cx, &at, &voucher).await.map_err(web::refused).inspect_err(keep)?;
        web::go_to(&voucher.href(&format!("/seller/{shop}/promotions/{id}")));
        return Ok(());
    }
    let changed = flows::seller::vouchers::change(&cx, &at, (id, version), &voucher).await;
    changed.map_err(web::refused).inspect_err(keep)?;
    web::go_to(&format!("/seller/{shop}/promotions/{id}?saved={version}"));
    Ok(())
}

/// A later last day and a larger quota, also of a voucher that was used.
#[server]
pub async fn extend_voucher(
    shop: String,
    id: VoucherId,
    version: i32,
    #[server(default)] quota: String,
    #[server(default)] until: String,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let extended = flows::seller::vouchers::extend(&cx, &at, (id, version), Some(&quota), Some(&until)).await;
    extended.map_err(web::refused)?;
    web::go_to(&format!("/seller/{shop}/promotions/{id}?saved={version}"));
    Ok(())
}

#[server]
pub async fn switch_voucher(shop: String, id: VoucherId, on: bool) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    flows::seller::vouchers::switch(&cx, &at, id, on).await.map_err(web::refused)
}
