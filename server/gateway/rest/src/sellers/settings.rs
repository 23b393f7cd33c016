//! What its people decide about a shop.

use crate::{
    ApiError,
    addresses::refused,
    extract::{Json, Path, Signed},
    regions::RegionBody,
};
use flows::seller::{AtShop, at_shop, settings as flow};
use http::StatusCode;
use kernel::Cx;
use model::{
    Permission,
    address::AddressInput,
    shipping::Courier,
    shop::{HolidayInput, OpenHours, OutsideCourier, SettingsInput, ShopSettings},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Days and hours at which a shop answers and sends.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoursBody {
    /// Monday is 1.
    #[schema(example = json!([1, 2, 3, 4, 5]))]
    days: Vec<u8>,
    #[schema(example = "09:00")]
    opens: String,
    #[schema(example = "17:00")]
    closes: String,
}

impl From<OpenHours> for HoursBody {
    fn from(hours: OpenHours) -> Self {
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let days = (1..=7u8).filter(|day| hours.days[usize::from(day - 1)]);
        Self { days: days.collect(), opens: clock(hours.opens), closes: clock(hours.closes) }
    }
}

/// First and last day of a holiday, in Jakarta, and what shoppers are told.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HolidayBody {
    #[schema(format = Date, example = "2026-12-24")]
    from: String,
    #[schema(format = Date, example = "2026-12-31")]
    until: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300)]
    message: Option<String>,
}

/// Where couriers fetch a shop's parcels.
#[derive(Serialize, ToSchema)]
pub(crate) struct SenderBody {
    region: RegionBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<String>,
    /// E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postcode: Option<String>,
}

/// What its people decide about a shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct SettingsBody {
    name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<HoursBody>,
    /// Those it sends with.
    couriers: Vec<String>,
    /// All it can send with, where the operator has set others up beside our own.
    couriers_offered: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holiday: Option<HolidayBody>,
    /// Paths of its pictures on this site.
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    banner: Option<String>,
    sender: SenderBody,
    /// Grows with every change; a change names the one it was made from.
    version: i32,
}

fn own(couriers: &[Courier]) -> impl Iterator<Item = String> {
    couriers.iter().map(|courier| courier.as_str().to_owned())
}

fn code(courier: &OutsideCourier) -> String {
    courier.code.to_string()
}

impl From<ShopSettings> for SettingsBody {
    fn from(settings: ShopSettings) -> Self {
        let holiday = |HolidayInput { from, until, message }| HolidayBody {
            from,
            until,
            message: Some(message).filter(|message| !message.is_empty()),
        };
        let address = settings.sender.address;
        Self {
            name: settings.name,
            description: settings.description,
            hours: settings.hours.map(HoursBody::from),
            couriers_offered: own(Courier::ALL).chain(settings.outside.iter().map(code)).collect(),
            couriers: own(&settings.couriers)
                .chain(settings.outside.iter().filter(|courier| courier.ticked).map(code))
                .collect(),
            holiday: settings.holiday.map(holiday),
            logo: settings.logo.map(|picture| picture.src()),
            banner: settings.banner.map(|picture| picture.src()),
            sender: SenderBody {
                region: settings.sender.region.into(),
                contact: address.as_ref().map(|address| address.contact.clone()),
                phone: address.as_ref().map(|address| address.phone.to_string()),
                street: address.as_ref().map(|address| address.street.clone()),
                postcode: address.map(|address| address.postcode),
            },
            version: settings.version,
        }
    }
}

async fn at(cx: &Cx, slug: &str) -> Result<AtShop, ApiError> {
    Ok(at_shop(cx, slug, Permission::Settings).await?)
}

async fn here(cx: &Cx, at: &AtShop) -> Result<axum::Json<SettingsBody>, ApiError> {
    Ok(axum::Json(flow::shown(cx, at).await.map_err(refused)?.into()))
}

/// A shop's settings
#[utoipa::path(get, path = "/api/v1/seller/shops/{shop}/settings", tag = "selling",
    params(("shop" = String, Path, description = "Its address")),
    responses((status = 200, description = "The settings", body = SettingsBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
) -> Result<axum::Json<SettingsBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    here(&cx, &at).await
}

/// Settings as they are written. What is left out is not said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteSettingsBody {
    #[schema(min_length = 3, max_length = 60)]
    name: String,
    #[serde(default)]
    #[schema(max_length = 2000)]
    description: Option<String>,
    #[serde(default)]
    hours: Option<HoursBody>,
    /// Some of `couriers_offered`; all of them where it is left out.
    #[serde(default)]
    couriers: Vec<String>,
    /// The version the change was made from.
    version: i32,
}

/// Change a shop's settings
///
/// 409 where they have been changed since `version`.
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/settings", tag = "selling",
    params(("shop" = String, Path, description = "Its address")), request_body = WriteSettingsBody,
    responses((status = 200, description = "The settings as they are now", body = SettingsBody), ApiError))]
pub(crate) async fn change(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    Json(body): Json<WriteSettingsBody>,
) -> Result<axum::Json<SettingsBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    let (days, opens, closes) = match body.hours {
        Some(hours) => (hours.days.iter().map(u8::to_string).collect(), hours.opens, hours.closes),
        None => (Vec::new(), String::new(), String::new()),
    };
    let input = SettingsInput {
        name: body.name,
        description: body.description.unwrap_or_default(),
        days,
        opens,
        closes,
        couriers: body.couriers,
    };
    flow::save(&cx, &at, body.version, &input).await.map_err(refused)?;
    here(&cx, &at).await
}

/// Plan a shop's holiday
///
/// In place of the one that was planned. While it lasts the shop can be looked at, and nothing bought.
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/holiday", tag = "selling",
    params(("shop" = String, Path, description = "Its address")), request_body = HolidayBody,
    responses((status = 200, description = "The settings as they are now", body = SettingsBody), ApiError))]
pub(crate) async fn plan_holiday(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    Json(body): Json<HolidayBody>,
) -> Result<axum::Json<SettingsBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    let HolidayBody { from, until, message } = body;
    let input = HolidayInput { from, until, message: message.unwrap_or_default() };
    flow::plan_holiday(&cx, &at, &input).await.map_err(refused)?;
    here(&cx, &at).await
}

/// End a shop's holiday
///
/// Or take back the one that was planned.
#[utoipa::path(delete, path = "/api/v1/seller/shops/{shop}/holiday", tag = "selling",
    params(("shop" = String, Path, description = "Its address")),
    responses((status = 204, description = "There is none"), ApiError))]
pub(crate) async fn end_holiday(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
) -> Result<StatusCode, ApiError> {
    flow::end_holiday(&cx, &at(&cx, &slug).await?).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where a shop sends from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteSenderBody {
    /// Who hands parcels over.
    #[schema(max_length = 60)]
    contact: String,
    #[schema(example = "0812-3456-7890", max_length = 30)]
    phone: String,
    /// Code of the district.
    #[schema(example = "31.74.07")]
    district: String,
    /// One of the district's.
    #[schema(example = "12110")]
    postcode: String,
    #[schema(min_length = 5, max_length = 200)]
    street: String,
}

/// Say where a shop sends from
#[utoipa::path(put, path = "/api/v1/seller/shops/{shop}/address", tag = "selling",
    params(("shop" = String, Path, description = "Its address")), request_body = WriteSenderBody,
    responses((status = 200, description = "The settings as they are now", body = SettingsBody), ApiError))]
pub(crate) async fn move_to(
    Signed(cx, _): Signed,
    Path(slug): Path<String>,
    Json(body): Json<WriteSenderBody>,
) -> Result<axum::Json<SettingsBody>, ApiError> {
    let at = at(&cx, &slug).await?;
    let input = AddressInput {
        recipient: body.contact,
        phone: body.phone,
        district: body.district,
        postcode: body.postcode,
        street: body.street,
        ..AddressInput::default()
    };
    flow::move_to(&cx, &at, &input).await.map_err(refused)?;
    here(&cx, &at).await
}
