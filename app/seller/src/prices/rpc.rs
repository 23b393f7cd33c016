use leptos::prelude::*;
use model::{
    AppError, Page,
    ids::VariantId,
    shop::{PriceStanding, TimedPrice, TimedPriceInput},
    views::sales::SaleGood,
};
use serde::{Deserialize, Serialize};

/// Prices on a page of the list.
pub const PAGE: u16 = 20;

/// The name under which what was typed is remembered.
pub const FORM: &str = "timed-price";

/// The prices there are of one standing, and what could have one.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PriceDesk {
    pub prices: Page<TimedPrice>,
    pub found: Vec<SaleGood>,
}

/// A variant, and what stands in the form of its new price.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PriceForm {
    pub good: SaleGood,
    pub input: TimedPriceInput,
}

#[server(protocol = model::Call)]
pub async fn prices(
    shop: String,
    standing: PriceStanding,
    after: Option<String>,
    q: String,
) -> Result<PriceDesk, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let prices = flows::seller::prices::list(&cx, &at, standing, after.as_deref(), PAGE).await;
    let prices = prices.map_err(web::refused)?;
    let found = flows::seller::prices::find_goods(&cx, &at, &q).await.map_err(web::refused)?;
    Ok(PriceDesk { prices, found })
}

#[server(protocol = model::Call)]
pub async fn new_price(shop: String, variant: String) -> Result<PriceForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let variant: VariantId = variant.parse().map_err(|_| web::not_found())?;
    let good = flows::seller::prices::find_good(&cx, &at, variant).await.map_err(web::refused)?;
    Ok(PriceForm { good, input: web::draft(FORM, variant.uuid()).unwrap_or_default() })
}

#[server]
pub async fn schedule_price(
    shop: String,
    variant: VariantId,
    timed: TimedPriceInput,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let done = flows::seller::prices::schedule(&cx, &at, variant, &timed).await;
    done.map_err(web::refused).inspect_err(|_| web::keep_draft(FORM, variant.uuid(), &timed))?;
    web::go_to(&format!("/seller/{shop}/promotions/prices?saved=1"));
    Ok(())
}

#[server]
pub async fn cancel_price(shop: String, variant: VariantId, key: i64) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    flows::seller::prices::cancel(&cx, &at, variant, key).await.map_err(web::refused)
}
