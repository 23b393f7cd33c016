//! Asking somebody to work in a shop.

use model::{
    Email, ShopRole,
    ids::{AccountId, InvitationId, ShopId},
    shop::limits,
};
use time::{Duration, OffsetDateTime};

/// An invitation holds so long.
pub const LASTS: Duration = Duration::days(limits::INVITATION_DAYS as i64);
/// So long after it is over it is forgotten.
pub const KEEP: Duration = Duration::days(30);

/// `link` is the digest of what the mail carries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewInvitation {
    pub id: InvitationId,
    pub shop: ShopId,
    pub email: Email,
    pub role: ShopRole,
    pub link: [u8; 32],
    pub by: AccountId,
}

/// One that holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenInvitation {
    pub id: InvitationId,
    pub shop: ShopId,
    pub email: String,
    pub role: ShopRole,
    pub by: AccountId,
    pub expires_at: OffsetDateTime,
}
