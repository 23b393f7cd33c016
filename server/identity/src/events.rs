//! What happened to people and what they keep.

use kernel::{Uuid, outbox::Event};
use model::{
    Money,
    ids::{AccountId, ProductId, WishId},
};
use serde::{Deserialize, Serialize};

/// Something on a wishlist became cheaper, or can be had again; the owner has not been told of it yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WishCameCloser {
    pub account: AccountId,
    pub wish: WishId,
    pub product: ProductId,
    /// What it costs now.
    pub price: Money,
    /// By so much it is cheaper than what its owner last saw or was told.
    pub drop: Option<Money>,
    pub back_in_stock: bool,
}

impl Event for WishCameCloser {
    const NAME: &'static str = "wish.came_closer";
    fn key(&self) -> Uuid {
        self.wish.uuid()
    }
}

/// An archive of a person's data can be fetched.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExportReady {
    pub account: AccountId,
    pub export: model::ids::ExportId,
}

impl Event for ExportReady {
    const NAME: &'static str = "account.export_ready";
    fn key(&self) -> Uuid {
        self.export.uuid()
    }
}

/// A person asked for their account to be erased, at this instant (seconds since 1970).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClosingRequested {
    pub account: AccountId,
    pub due: i64,
}

impl Event for ClosingRequested {
    const NAME: &'static str = "account.closing_requested";
    fn key(&self) -> Uuid {
        self.account.uuid()
    }
}

/// They thought again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClosingCancelled {
    pub account: AccountId,
}

impl Event for ClosingCancelled {
    const NAME: &'static str = "account.closing_cancelled";
    fn key(&self) -> Uuid {
        self.account.uuid()
    }
}

/// Nothing personal is left of an account. Whoever keeps copies removes them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AccountErased {
    pub account: AccountId,
}

impl Event for AccountErased {
    const NAME: &'static str = "account.erased";
    fn key(&self) -> Uuid {
        self.account.uuid()
    }
}
