use crate::promotions::rpc::Act;
use leptos::prelude::*;
use model::{
    AppError,
    ids::{FlashSaleId, VariantId},
    views::sales::{NominationInput, SaleCost, SaleGood, SalePage, SaleRow},
};
use serde::{Deserialize, Serialize};

/// The name under which what was typed is remembered.
pub const FORM: &str = "flash-nomination";

/// A sale with what the shop has in it, and with what it could add.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OwnSale {
    pub page: SalePage,
    /// Of what was looked for; none where nothing can be added.
    pub found: Option<Vec<SaleGood>>,
}

/// What the form of a nomination starts with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NominationForm {
    pub sale: SaleRow,
    pub good: SaleGood,
    pub input: NominationInput,
    /// Of what was asked about; none where nothing was, or it is not right.
    pub cost: Option<SaleCost>,
}

#[server(protocol = model::Call)]
pub async fn coming_sales(shop: String) -> Result<Vec<SaleRow>, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    flows::seller::flash::coming(&cx, &at).await.map_err(web::refused)
}

#[server(protocol = model::Call)]
pub async fn sale_of(shop: String, id: String, q: String) -> Result<OwnSale, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let id = id.parse().map_err(|_| web::not_found())?;
    let page = flows::seller::flash::find(&cx, &at, id).await.map_err(web::refused)?;
    let found = if page.sale.standing == model::views::sales::SaleStanding::Open {
        Some(flows::seller::flash::find_goods(&cx, &at, id, &q).await.map_err(web::refused)?)
    } else {
        None
    };
    Ok(OwnSale { page, found })
}

#[server(protocol = model::Call)]
pub async fn nomination(
    shop: String,
    id: String,
    variant: String,
    asked: Option<NominationInput>,
) -> Result<NominationForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let of: (FlashSaleId, VariantId) =
        (id.parse().map_err(|_| web::not_found())?, variant.parse().map_err(|_| web::not_found())?);
    let (sale, good) = flows::seller::flash::find_good(&cx, &at, of).await.map_err(web::refused)?;
    let cost = match &asked {
        Some(asked) => flows::seller::flash::cost_of(&cx, &at, of, asked).await.ok(),
        None => None,
    };
    let typed = web::draft(FORM, of.1.uuid()).or(asked);
    let input = typed.unwrap_or_else(|| super::nominate::as_asked(&good));
    Ok(NominationForm { sale, good, input, cost })
}

/// Asks for a place in a sale; or only tells what it would cost, at an address that says what was typed.
#[server]
pub async fn nominate(
    shop: String,
    id: FlashSaleId,
    variant: VariantId,
    #[server(default)] act: Act,
    bid: NominationInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let keep = |_: &AppError| web::keep_draft(FORM, variant.uuid(), &bid);
    let of = (id, variant);
    let path = format!("/seller/{shop}/promotions/flash/{id}");
    if act == Act::Preview {
        let cost = flows::seller::flash::cost_of(&cx, &at, of, &bid).await;
        cost.map_err(web::refused).inspect_err(keep)?;
        web::go_to(&super::nominate::href(&format!("{path}/{variant}"), &bid));
        return Ok(());
    }
    let done = flows::seller::flash::nominate(&cx, &at, of, &bid).await;
    done.map_err(web::refused).inspect_err(keep)?;
    web::go_to(&format!("{path}?sent=1"));
    Ok(())
}

#[server]
pub async fn withdraw_nomination(shop: String, id: FlashSaleId, variant: VariantId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    flows::seller::flash::withdraw(&cx, &at, (id, variant)).await.map_err(web::refused)
}
