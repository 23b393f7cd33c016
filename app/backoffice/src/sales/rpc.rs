use leptos::prelude::*;
use model::{
    AppError, Call, Page,
    ids::{FlashSaleId, VariantId},
    views::sales::{NominationState, SaleInput, SalePage, SaleRow},
};
use serde::{Deserialize, Serialize};

/// Rows on a page.
pub const PAGE: u16 = 20;

/// The name under which what was typed is remembered.
pub const FORM: &str = "flash-sale";

/// What the form of a new sale starts with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SaleForm {
    pub input: SaleInput,
    /// Names this form, so that sending it twice makes one sale.
    pub key: String,
}

/// Its guard, like that of the others here: operators who look after campaigns; to everybody else nothing is here.
#[server(protocol = Call)]
pub async fn sales(after: Option<String>) -> Result<Page<SaleRow>, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Catalogue).map_err(web::refused)?;
    flows::sales::list(&cx, &operator, after.as_deref(), PAGE).await.map_err(web::refused)
}

#[server(protocol = Call)]
pub async fn new_sale() -> Result<SaleForm, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Catalogue).map_err(web::refused)?;
    let input = web::draft(FORM, operator.member().account.uuid()).unwrap_or_default();
    Ok(SaleForm { input, key: cx.id::<FlashSaleId>().to_string() })
}

#[server(protocol = Call)]
pub async fn sale(id: String, state: NominationState, after: Option<String>) -> Result<SalePage, AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Catalogue).map_err(web::refused)?;
    let id = id.parse().map_err(|_| web::not_found())?;
    flows::sales::find(&cx, &operator, id, state, after.as_deref(), PAGE).await.map_err(web::refused)
}

#[server]
pub async fn make_sale(key: String, sale: SaleInput) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Catalogue).map_err(web::refused)?;
    let keep = |_: &AppError| web::keep_draft(FORM, operator.member().account.uuid(), &sale);
    let made = flows::sales::make(&cx, &operator, &sale, key.parse().ok().as_ref()).await;
    let id = made.map_err(web::refused).inspect_err(keep)?;
    web::go_to(&format!("/backoffice/flash/{id}?made=1"));
    Ok(())
}

#[server]
pub async fn cancel_sale(id: FlashSaleId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Catalogue).map_err(web::refused)?;
    flows::sales::cancel(&cx, &operator, id).await.map_err(web::refused)
}

#[server]
pub async fn accept_nomination(id: FlashSaleId, variant: VariantId) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Catalogue).map_err(web::refused)?;
    flows::sales::accept(&cx, &operator, (id, variant)).await.map_err(web::refused)
}

#[server]
pub async fn refuse_nomination(
    id: FlashSaleId,
    variant: VariantId,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let operator = cx.operator(model::Duty::Catalogue).map_err(web::refused)?;
    flows::sales::refuse(&cx, &operator, (id, variant), &reason).await.map_err(web::refused)
}
