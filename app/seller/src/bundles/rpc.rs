use leptos::prelude::*;
use model::{AppError, Page, ids::VariantId, shop::Bundle, views::sales::SaleGood};
use serde::{Deserialize, Serialize};

/// Bundles on a page of the list.
pub const PAGE: u16 = 20;

/// The name under which what was typed is remembered.
pub const FORM: &str = "bundle-parts";

/// The bundles there are, and what could become one.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BundleDesk {
    pub bundles: Page<Bundle>,
    pub found: Vec<SaleGood>,
}

/// A variant, and what stands in the form of its parts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BundleForm {
    pub bundle: Bundle,
    pub typed: String,
}

#[server(protocol = model::Call)]
pub async fn bundles(shop: String, after: Option<String>, q: String) -> Result<BundleDesk, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let bundles = flows::seller::bundles::list(&cx, &at, after.as_deref(), PAGE).await;
    let bundles = bundles.map_err(web::refused)?;
    let found = flows::seller::bundles::find_goods(&cx, &at, &q).await.map_err(web::refused)?;
    Ok(BundleDesk { bundles, found })
}

#[server(protocol = model::Call)]
pub async fn bundle_of(shop: String, variant: String) -> Result<BundleForm, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let variant: VariantId = variant.parse().map_err(|_| web::not_found())?;
    let bundle = flows::seller::bundles::find(&cx, &at, variant).await.map_err(web::refused)?;
    let typed = web::draft(FORM, variant.uuid()).unwrap_or_else(|| bundle.typed());
    Ok(BundleForm { bundle, typed })
}

#[server]
pub async fn set_bundle(
    shop: String,
    variant: VariantId,
    #[server(default)] parts: String,
) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Promotions).await.map_err(web::refused)?;
    let done = flows::seller::bundles::set(&cx, &at, variant, &parts).await;
    done.map_err(web::refused).inspect_err(|_| web::keep_draft(FORM, variant.uuid(), &parts))?;
    web::go_to(&format!("/seller/{shop}/promotions/bundles?saved=1"));
    Ok(())
}
