//! What a member has reached by buying.

use crate::{
    ApiError,
    body::{MoneyBody, text_of},
    extract::Signed,
};
use model::{
    pricing::MemberTier,
    views::member::{NextTier, Standing},
};
use serde::Serialize;
use utoipa::{ToSchema, openapi::schema::Object};

fn tiers() -> Object {
    text_of(MemberTier::ALL.iter().map(|it| it.as_str())).build()
}

/// The tier above, and what it takes.
#[derive(Serialize, ToSchema)]
struct NextTierBody {
    #[schema(schema_with = tiers)]
    tier: MemberTier,
    /// So much has to be spent in all.
    least: MoneyBody,
    missing: MoneyBody,
}

impl From<NextTier> for NextTierBody {
    fn from(it: NextTier) -> Self {
        Self { tier: it.tier, least: it.least.into(), missing: it.missing.into() }
    }
}

/// What a member has reached, as it was last counted: each night, and when an order is complete.
#[derive(Serialize, ToSchema)]
pub(crate) struct MembershipBody {
    #[schema(schema_with = tiers)]
    tier: MemberTier,
    /// On goods of orders that were completed within the last `months`.
    spent: MoneyBody,
    #[schema(minimum = 1, maximum = 36)]
    months: u8,
    /// Absent at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<NextTierBody>,
}

impl From<Standing> for MembershipBody {
    fn from(it: Standing) -> Self {
        let next = it.next.map(NextTierBody::from);
        Self { tier: it.tier, spent: it.spent.into(), months: it.months, next }
    }
}

/// My tier as a member
///
/// Some vouchers of the platform are for members of a tier and above.
#[utoipa::path(get, path = "/api/v1/me/membership", tag = "account",
    responses((status = 200, description = "What was reached, and what is missing", body = MembershipBody), ApiError))]
pub(crate) async fn one(Signed(cx, member): Signed) -> Result<axum::Json<MembershipBody>, ApiError> {
    Ok(axum::Json(flows::members::standing(&cx, &member).await?.into()))
}
