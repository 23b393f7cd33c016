//! A member's addresses.

use crate::{
    ApiError,
    body::PageBody,
    extract::{IdempotencyKey, Json, Path, Signed},
    regions::RegionBody,
};
use axum::response::IntoResponse;
use flows::address as flow;
use http::StatusCode;
use kernel::{Cx, Member};
use model::{
    AppError, Code, FieldError,
    address::{Address, AddressInput},
    ids::AddressId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use views::addresses;

/// Degrees north and east.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PinBody {
    #[schema(example = -6.243_612)]
    latitude: f64,
    #[schema(example = 106.8001)]
    longitude: f64,
}

/// An address as it is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteAddressBody {
    #[schema(example = "Sari Wulandari", max_length = 60)]
    recipient: String,
    /// As people type it, or in E.164.
    #[schema(example = "0812-3456-7890", max_length = 30)]
    phone: String,
    /// Code of the district.
    #[schema(example = "31.74.07")]
    district: String,
    /// One of the district's.
    #[schema(example = "12110")]
    postcode: String,
    #[schema(example = "Jl. Melati No. 5, RT 03/RW 04", min_length = 5, max_length = 200)]
    street: String,
    /// Floor, block, building.
    #[serde(default)]
    #[schema(max_length = 100)]
    detail: Option<String>,
    /// `home`, `office`, or its owner's own words.
    #[serde(default)]
    #[schema(example = "home", max_length = 30)]
    label: Option<String>,
    /// For the courier.
    #[serde(default)]
    #[schema(max_length = 200)]
    notes: Option<String>,
    /// Within Indonesia, and not far from the district.
    #[serde(default)]
    pin: Option<PinBody>,
    /// Makes it the default. The first address always is.
    #[serde(default)]
    is_default: bool,
    /// The version the change was made from; needed for a change only.
    #[serde(default)]
    version: Option<i32>,
}

impl WriteAddressBody {
    fn input(self) -> AddressInput {
        let degrees = |of: fn(PinBody) -> f64| self.pin.map(|pin| of(pin).to_string()).unwrap_or_default();
        AddressInput {
            latitude: degrees(|pin| pin.latitude),
            longitude: degrees(|pin| pin.longitude),
            recipient: self.recipient,
            phone: self.phone,
            district: self.district,
            postcode: self.postcode,
            street: self.street,
            detail: self.detail.unwrap_or_default(),
            label: self.label.unwrap_or_default(),
            notes: self.notes.unwrap_or_default(),
        }
    }
}

/// Where somebody's parcels go.
#[derive(Serialize, ToSchema)]
pub(crate) struct AddressBody {
    id: String,
    /// Grows with every change; a change names the one it was made from.
    version: i32,
    is_default: bool,
    /// `home`, `office`, or its owner's own words.
    label: String,
    recipient: String,
    /// E.164.
    #[schema(example = "+6281234567890")]
    phone: String,
    district: RegionBody,
    postcode: String,
    street: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pin: Option<PinBody>,
}

impl From<Address> for AddressBody {
    fn from(address: Address) -> Self {
        Self {
            id: address.id.to_string(),
            version: address.version,
            is_default: address.is_default,
            label: address.label.to_string(),
            recipient: address.recipient,
            phone: address.phone.to_string(),
            district: address.district.into(),
            postcode: address.postcode,
            street: address.street,
            detail: address.detail,
            notes: address.notes,
            pin: address.pin.map(|pin| PinBody { latitude: pin.latitude, longitude: pin.longitude }),
        }
    }
}

/// My addresses
///
/// The default first; at most thirty.
#[utoipa::path(get, path = "/api/v1/addresses", tag = "account",
    responses((status = 200, description = "All of them", body = PageBody<AddressBody>), ApiError))]
pub(crate) async fn list(Signed(cx, member): Signed) -> Result<axum::Json<PageBody<AddressBody>>, ApiError> {
    let mut db = cx.db().acquire().await?;
    let items: Vec<AddressBody> =
        addresses::list(&mut db, member.account).await?.into_iter().map(AddressBody::from).collect();
    let total = u64::try_from(items.len()).ok();
    Ok(axum::Json(PageBody { items, next: None, total }))
}

/// Add an address
///
/// With an `Idempotency-Key`, asking again answers with the address made the first time.
#[utoipa::path(post, path = "/api/v1/addresses", tag = "account", params(IdempotencyKey),
    request_body = WriteAddressBody,
    responses((status = 201, description = "The address", body = AddressBody), ApiError))]
pub(crate) async fn add(
    Signed(cx, member): Signed,
    key: IdempotencyKey,
    Json(body): Json<WriteAddressBody>,
) -> Result<impl IntoResponse, ApiError> {
    let is_default = body.is_default;
    let id = flow::add(&cx, &member, &body.input(), is_default, key.get()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, here(&cx, &member, id).await?))
}

/// One of my addresses
#[utoipa::path(get, path = "/api/v1/addresses/{address}", tag = "account",
    params(("address" = String, Path, description = "Its id")),
    responses((status = 200, description = "The address", body = AddressBody), ApiError))]
pub(crate) async fn one(
    Signed(cx, member): Signed,
    Path(id): Path<AddressId>,
) -> Result<axum::Json<AddressBody>, ApiError> {
    here(&cx, &member, id).await
}

/// Change an address
///
/// `version` is the one the change was made from; 409 where the address has been changed since.
#[utoipa::path(put, path = "/api/v1/addresses/{address}", tag = "account",
    params(("address" = String, Path, description = "Its id")), request_body = WriteAddressBody,
    responses((status = 200, description = "The address as it is now", body = AddressBody), ApiError))]
pub(crate) async fn change(
    Signed(cx, member): Signed,
    Path(id): Path<AddressId>,
    Json(body): Json<WriteAddressBody>,
) -> Result<axum::Json<AddressBody>, ApiError> {
    let version =
        body.version.ok_or_else(|| ApiError::field(Code::Invalid, "version", FieldError::Required))?;
    let is_default = body.is_default;
    flow::change(&cx, &member, (id, version), &body.input(), is_default).await.map_err(refused)?;
    here(&cx, &member, id).await
}

/// Make an address the default
#[utoipa::path(put, path = "/api/v1/addresses/{address}/default", tag = "account",
    params(("address" = String, Path, description = "Its id")),
    responses((status = 200, description = "The address as it is now", body = AddressBody), ApiError))]
pub(crate) async fn choose_default(
    Signed(cx, member): Signed,
    Path(id): Path<AddressId>,
) -> Result<axum::Json<AddressBody>, ApiError> {
    flow::choose_default(&cx, &member, id).await.map_err(refused)?;
    here(&cx, &member, id).await
}

/// Remove an address
///
/// Where it was the default, the oldest of the others takes its place.
#[utoipa::path(delete, path = "/api/v1/addresses/{address}", tag = "account",
    params(("address" = String, Path, description = "Its id")),
    responses((status = 204, description = "It is gone"), ApiError))]
pub(crate) async fn remove(
    Signed(cx, member): Signed,
    Path(id): Path<AddressId>,
) -> Result<StatusCode, ApiError> {
    flow::remove(&cx, &member, id).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn here(cx: &Cx, member: &Member, id: AddressId) -> Result<axum::Json<AddressBody>, ApiError> {
    let mut db = cx.db().acquire().await?;
    let address = addresses::one(&mut db, member.account, id).await?;
    address.map(|address| axum::Json(address.into())).ok_or_else(|| ApiError::from(Code::NotFound))
}

/// A refusal of a flow, as the problem its caller may know.
pub(crate) fn refused(error: impl Into<AppError> + std::fmt::Display) -> ApiError {
    let cause = error.to_string();
    web::Problem::new(error).because(cause).into()
}
