//! Typed ids: one type per thing, so that an order is never looked up with a shop's id.

pub use uuid::Uuid;

/// Declares id types over a UUID. They are made on the server (version 7, by the kernel's id source) and are
/// opaque to everyone else; people see numbers like `INV/20261122/000123` instead.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name($crate::ids::Uuid);

        impl $name {
            pub const fn new(id: $crate::ids::Uuid) -> Self { Self(id) }
            pub const fn uuid(self) -> $crate::ids::Uuid { self.0 }
        }
        impl From<$crate::ids::Uuid> for $name { fn from(id: $crate::ids::Uuid) -> Self { Self(id) } }
        impl From<$name> for $crate::ids::Uuid { fn from(id: $name) -> Self { id.0 } }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::ids::NotAnId;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self).map_err(|_| $crate::ids::NotAnId)
            }
        }
    )+};
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

ids!(
    /// One HTTP request; stands in every log line, problem document and error page about it.
    RequestId,
    ShopId,
    CategoryId,
    ProductId,
    VariantId,
    ReviewId,
    MediaId,
    /// One person's account.
    AccountId,
    /// One signed-in device or program.
    SessionId,
    SynonymId,
    /// Someone about to have an account.
    RegistrationId,
    /// A change of an e-mail address or number that is yet to be confirmed.
    ContactChangeId,
    /// Something to be shown, once and soon: a code, a link, a second factor.
    ChallengeId,
    /// One passkey of an account.
    PasskeyId,
    AddressId,
    WishlistId,
    /// One thing on a list.
    WishId,
    /// An archive of a person's data.
    ExportId,
    /// One message on its way to one address.
    DeliveryId,
    /// One line of the audit log.
    AuditId,
    WarehouseId,
    /// Goods that go from one of a shop's warehouses to another.
    StockTransferId,
    /// One count of what lies in a warehouse.
    StockCountId,
    /// A voucher, as its shop or the platform gave it out.
    VoucherId,
    FlashSaleId,
    CartId,
    CartLineId,
    /// What is paid at once: one order for each shop.
    OrderGroupId,
    OrderId,
    OrderLineId,
    /// One attempt to pay an order group.
    PaymentId,
    RefundId,
    /// One rule about what the platform takes from shops.
    FeeRuleId,
    /// One parcel of an order.
    ShipmentId,
    /// Pieces of an order that are not sent after all.
    LeftOutId,
    /// A bank account to which a shop has its money sent.
    PayoutAccountId,
    WithdrawalId,
    /// One balanced set of entries of the ledger.
    JournalId,
    /// One time that a shop's owner showed who they are.
    VerificationId,
    /// One file that was shown then.
    DocumentId,
    /// Somebody asked to work in a shop.
    InvitationId,
    /// One file of a shop's goods.
    GoodsImportId,
    /// One change of many of a shop's goods at once.
    GoodsEditId,
);
