use crate::parts::rpc::{Asked, Place};
use leptos::prelude::*;
use model::{
    AppError,
    address::AddressInput,
    shop::{HolidayInput, SettingsInput, ShopPicture, ShopSettings},
};
use serde::{Deserialize, Serialize};

/// The settings, and what stands in their form.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Form {
    pub settings: ShopSettings,
    /// What was typed and refused.
    pub typed: Option<SettingsInput>,
    pub typed_holiday: Option<HolidayInput>,
    pub typed_sender: Option<AddressInput>,
}

/// The names under which what was typed is remembered.
pub const FORM: &str = "shop-settings";
pub const HOLIDAY: &str = "shop-holiday";
pub const SENDER: &str = "shop-sender";

/// Its guard, like that of what changes them: the shop's people who decide about it.
#[server(protocol = model::Call)]
pub async fn settings_form(shop: String) -> Result<Form, AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Settings).await.map_err(web::refused)?;
    let settings = flows::seller::settings::shown(&cx, &at).await.map_err(web::refused)?;
    let of = at.shop().uuid();
    Ok(Form {
        settings,
        typed: web::draft(FORM, of),
        typed_holiday: web::draft(HOLIDAY, of),
        typed_sender: web::draft(SENDER, of),
    })
}

/// The district parcels are sent from, or another that is about to be chosen.
#[server(protocol = model::Call)]
pub async fn sender_place(shop: String, asked: Asked) -> Result<Place, AppError> {
    let form = settings_form(shop).await?;
    let typed = form.typed_sender.map(|typed| typed.district).filter(|code| !code.is_empty());
    let there = typed.unwrap_or(form.settings.sender.region.code);
    let district = if asked.district.is_empty() { there } else { asked.district };
    crate::parts::rpc::place_of(Asked { district, ..asked }).await
}

#[server]
pub async fn save_settings(shop: String, version: i32, settings: SettingsInput) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Settings).await.map_err(web::refused)?;
    let saved = flows::seller::settings::save(&cx, &at, version, &settings).await.map_err(web::refused);
    saved.inspect_err(|_| web::keep_draft(FORM, at.shop().uuid(), &settings))
}

#[server]
pub async fn plan_holiday(shop: String, holiday: HolidayInput) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Settings).await.map_err(web::refused)?;
    let planned = flows::seller::settings::plan_holiday(&cx, &at, &holiday).await.map_err(web::refused);
    planned.inspect_err(|_| web::keep_draft(HOLIDAY, at.shop().uuid(), &holiday))
}

#[server]
pub async fn end_holiday(shop: String) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Settings).await.map_err(web::refused)?;
    flows::seller::settings::end_holiday(&cx, &at).await.map_err(web::refused)
}

#[server]
pub async fn move_shop(shop: String, address: AddressInput) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Settings).await.map_err(web::refused)?;
    let moved = flows::seller::settings::move_to(&cx, &at, &address).await.map_err(web::refused);
    moved.inspect_err(|_| web::keep_draft(SENDER, at.shop().uuid(), &address))?;
    web::go_to(&format!("/seller/{shop}/settings"));
    Ok(())
}

#[server]
pub async fn remove_shop_picture(shop: String, which: ShopPicture) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let at = flows::seller::at_shop(&cx, &shop, model::Permission::Settings).await.map_err(web::refused)?;
    flows::seller::settings::remove_picture(&cx, &at, which).await.map_err(web::refused)
}
