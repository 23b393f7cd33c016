//! Provinces, cities and districts: what an address names.

use crate::{ApiError, extract::Query};
use axum::Json;
use model::{Code, FieldError, views::region::Region};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use views::region;

/// A region and what it lies in.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegionBody {
    /// The official code.
    #[schema(example = "31.74.07")]
    pub code: String,
    /// `province`, `city` (a city or regency) or `district`.
    #[schema(example = "district")]
    pub level: &'static str,
    #[schema(example = "Kebayoran Baru")]
    pub name: String,
    /// From near to far: the city and the province of a district.
    #[schema(example = json!(["Jakarta Selatan", "Daerah Khusus Ibukota Jakarta"]))]
    pub within: Vec<String>,
    /// Of a district, ascending; empty for the others.
    pub postcodes: Vec<String>,
}

impl From<Region> for RegionBody {
    fn from(region: Region) -> Self {
        let Region { code, level, name, within, postcodes } = region;
        Self { code, level: level.as_str(), name, within, postcodes }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChildrenQuery {
    /// Code of the region to look into; without it the provinces are listed.
    parent: Option<String>,
}

/// What lies in a region
///
/// Its cities, districts, or the country's provinces, by name.
#[utoipa::path(get, path = "/api/v1/regions", tag = "regions", params(ChildrenQuery),
    responses((status = 200, description = "The regions", body = Vec<RegionBody>), ApiError))]
pub(crate) async fn regions(Query(query): Query<ChildrenQuery>) -> Result<Json<Vec<RegionBody>>, ApiError> {
    let children = region::children(query.parent.as_deref());
    let children =
        children.ok_or_else(|| ApiError::field(Code::NotFound, "parent", FieldError::NotAllowed))?;
    Ok(Json(children.into_iter().map(RegionBody::from).collect()))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FindQuery {
    /// What has been typed so far: names of any level, short names, parts of words, a postcode.
    #[param(max_length = 200)]
    q: String,
    #[serde(default = "ten")]
    #[param(value_type = u32, minimum = 1, maximum = 50, default = 10, required = false)]
    limit: u16,
}

const fn ten() -> u16 {
    10
}

/// Search regions while typing
///
/// Best first; a slip of the finger is forgiven. The districts of a city that was named follow it.
#[utoipa::path(get, path = "/api/v1/regions/search", tag = "regions", params(FindQuery),
    responses((status = 200, description = "What was found", body = Vec<RegionBody>), ApiError))]
pub(crate) async fn find(Query(query): Query<FindQuery>) -> Result<Json<Vec<RegionBody>>, ApiError> {
    if query.q.chars().count() > 200 {
        return Err(ApiError::field(Code::Malformed, "q", FieldError::TooLong));
    }
    if !(1..=50).contains(&query.limit) {
        return Err(ApiError::field(Code::Malformed, "limit", FieldError::OutOfRange));
    }
    Ok(Json(region::search(&query.q, query.limit).into_iter().map(RegionBody::from).collect()))
}
