//! Every message there is. A new one is a variant here; the compiler then asks for its topic, its words in both
//! languages, and a sample for the preview.

use crate::{Code, Link, Origin, Topic};
use kernel::OffsetDateTime;
use model::{Money, ShopRole};
use serde::{Deserialize, Serialize};
use time::Duration;

/// What is told. The serde names are in the database: a variant may gain optional fields, never change its name.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// To an address that someone says is theirs.
    VerifyEmail {
        code: Code,
        link: Link,
        minutes: u16,
    },
    VerifyPhone {
        code: Code,
        minutes: u16,
    },
    ResetPassword {
        link: Link,
        minutes: u16,
    },
    PasswordChanged {
        #[serde(with = "time::serde::rfc3339")]
        at: OffsetDateTime,
        origin: Origin,
        /// Where to go if it was someone else.
        link: Link,
    },
    /// Another change of how an account is entered.
    SecurityChanged {
        change: SecurityChange,
        #[serde(with = "time::serde::rfc3339")]
        at: OffsetDateTime,
        origin: Origin,
        link: Link,
    },
    NewDevice {
        #[serde(with = "time::serde::rfc3339")]
        at: OffsetDateTime,
        origin: Origin,
        link: Link,
    },
    /// To the new address: confirm that it is yours.
    EmailChangeNew {
        code: Code,
        link: Link,
        minutes: u16,
    },
    /// To the old address: confirm, or stop it. `new` is masked: `b•••@mail.example`.
    EmailChangeOld {
        new: String,
        code: Code,
        confirm: Link,
        stop: Link,
        minutes: u16,
    },
    /// Someone tried to register with an address that has an account. Only its owner is told.
    AccountExists {
        sign_in: Link,
        reset: Link,
    },
    DeletionScheduled {
        #[serde(with = "time::serde::rfc3339")]
        on: OffsetDateTime,
        cancel: Link,
    },
    DeletionCancelled {
        link: Link,
    },
    ExportReady {
        link: Link,
        /// For how many days it can be fetched.
        days: u16,
    },
    Welcome {
        link: Link,
    },
    PriceDrop {
        product: String,
        before: Money,
        now: Money,
        link: Link,
    },
    BackInStock {
        product: String,
        price: Money,
        link: Link,
    },
    /// Ordered, and to be paid by `due`.
    OrderToPay {
        total: Money,
        #[serde(with = "time::serde::rfc3339")]
        due: OffsetDateTime,
        link: Link,
    },
    /// The shops may begin. `cash`: it is paid at the door.
    OrderPaid {
        total: Money,
        numbers: Vec<String>,
        cash: bool,
        link: Link,
    },
    /// It was not paid in time.
    OrderExpired {
        total: Money,
        link: Link,
    },
    /// `back` is what goes back to whoever paid.
    OrderCancelled {
        number: String,
        shop: String,
        back: Option<Money>,
        link: Link,
    },
    /// `from` and `to`: the days on which it is expected.
    OrderShipped {
        number: String,
        shop: String,
        #[serde(with = "time::serde::rfc3339")]
        from: OffsetDateTime,
        #[serde(with = "time::serde::rfc3339")]
        to: OffsetDateTime,
        link: Link,
    },
    /// One parcel of it, with these pieces; more is to follow.
    OrderPartShipped {
        number: String,
        shop: String,
        pieces: String,
        link: Link,
    },
    /// Some of its pieces do not come; `back` is what goes back to whoever paid.
    PiecesLeftOut {
        number: String,
        shop: String,
        pieces: String,
        back: Option<Money>,
        link: Link,
    },
    /// From `settles` on the money is the seller's.
    OrderDelivered {
        number: String,
        shop: String,
        #[serde(with = "time::serde::rfc3339")]
        settles: OffsetDateTime,
        link: Link,
    },
    /// What came too late, twice or beyond what was due.
    MoneyBack {
        amount: Money,
        link: Link,
    },
    /// To its owner: shoppers see the shop now.
    ShopApproved {
        shop: String,
        link: Link,
    },
    /// To somebody who is asked to work in a shop.
    StaffInvited {
        shop: String,
        role: ShopRole,
        link: Link,
        days: u16,
    },
    /// To whoever it is about, or to the owner.
    StaffChanged {
        shop: String,
        change: StaffChange,
        link: Link,
    },
    /// To its owner: what an operator wants corrected.
    ShopRejected {
        shop: String,
        reason: String,
        link: Link,
    },
    /// To its shop's owner: goods were sent back or taken down.
    ProductRejected {
        product: String,
        reason: String,
        link: Link,
    },
    /// To those who keep a shop's stock: of these nothing, or little, is left, and of `more` besides.
    StockLow {
        shop: String,
        out: Vec<String>,
        low: Vec<String>,
        more: u32,
        link: Link,
    },
    /// To those who look after a shop's promotions: what was decided of what it would sell in a flash sale, and of `more`
    /// besides.
    NominationsDecided {
        shop: String,
        sale: String,
        accepted: Vec<String>,
        refused: Vec<RefusedGood>,
        more: u32,
        link: Link,
    },
}

/// What was not taken into a flash sale, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RefusedGood {
    pub name: String,
    pub reason: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityChange {
    TwoStepOn,
    TwoStepOff,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    PasswordRemoved,
    EmailChanged,
    PhoneChanged,
    ProviderLinked,
    ProviderUnlinked,
}

impl SecurityChange {
    pub const ALL: [Self; 11] = [
        Self::TwoStepOn,
        Self::TwoStepOff,
        Self::RecoveryCodesMade,
        Self::RecoveryCodeUsed,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::PasswordRemoved,
        Self::EmailChanged,
        Self::PhoneChanged,
        Self::ProviderLinked,
        Self::ProviderUnlinked,
    ];
}

/// What became of somebody in a shop. `who` is masked: `b•••@mail.example`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffChange {
    /// To the owner.
    Joined {
        who: String,
    },
    Left {
        who: String,
    },
    /// To themselves.
    Role {
        role: ShopRole,
    },
    Removed,
}

impl Message {
    /// Its name in the database and in filters.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::VerifyEmail { .. } => "verify_email",
            Self::VerifyPhone { .. } => "verify_phone",
            Self::ResetPassword { .. } => "reset_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::SecurityChanged { .. } => "security_changed",
            Self::NewDevice { .. } => "new_device",
            Self::EmailChangeNew { .. } => "email_change_new",
            Self::EmailChangeOld { .. } => "email_change_old",
            Self::AccountExists { .. } => "account_exists",
            Self::DeletionScheduled { .. } => "deletion_scheduled",
            Self::DeletionCancelled { .. } => "deletion_cancelled",
            Self::ExportReady { .. } => "export_ready",
            Self::Welcome { .. } => "welcome",
            Self::PriceDrop { .. } => "price_drop",
            Self::BackInStock { .. } => "back_in_stock",
            Self::OrderToPay { .. } => "order_to_pay",
            Self::OrderPaid { .. } => "order_paid",
            Self::OrderExpired { .. } => "order_expired",
            Self::OrderCancelled { .. } => "order_cancelled",
            Self::OrderShipped { .. } => "order_shipped",
            Self::OrderPartShipped { .. } => "order_part_shipped",
            Self::PiecesLeftOut { .. } => "pieces_left_out",
            Self::OrderDelivered { .. } => "order_delivered",
            Self::MoneyBack { .. } => "money_back",
            Self::ShopApproved { .. } => "shop_approved",
            Self::ShopRejected { .. } => "shop_rejected",
            Self::ProductRejected { .. } => "product_rejected",
            Self::StaffInvited { .. } => "staff_invited",
            Self::StaffChanged { .. } => "staff_changed",
            Self::StockLow { .. } => "stock_low",
            Self::NominationsDecided { .. } => "nominations_decided",
        }
    }

    pub const fn topic(&self) -> Topic {
        match self {
            Self::VerifyEmail { .. }
            | Self::VerifyPhone { .. }
            | Self::ResetPassword { .. }
            | Self::PasswordChanged { .. }
            | Self::SecurityChanged { .. }
            | Self::NewDevice { .. }
            | Self::EmailChangeNew { .. }
            | Self::EmailChangeOld { .. }
            | Self::AccountExists { .. }
            | Self::DeletionScheduled { .. }
            | Self::DeletionCancelled { .. } => Topic::Security,
            Self::ExportReady { .. }
            | Self::Welcome { .. }
            | Self::ShopApproved { .. }
            | Self::ShopRejected { .. }
            | Self::ProductRejected { .. }
            | Self::StaffInvited { .. }
            | Self::StaffChanged { .. }
            | Self::NominationsDecided { .. } => Topic::Account,
            Self::PriceDrop { .. } => Topic::PriceDrop,
            Self::BackInStock { .. } => Topic::BackInStock,
            Self::StockLow { .. } => Topic::Stock,
            Self::OrderToPay { .. }
            | Self::OrderPaid { .. }
            | Self::OrderExpired { .. }
            | Self::OrderCancelled { .. }
            | Self::OrderShipped { .. }
            | Self::OrderPartShipped { .. }
            | Self::PiecesLeftOut { .. }
            | Self::OrderDelivered { .. }
            | Self::MoneyBack { .. } => Topic::Orders,
        }
    }

    /// For how long it is worth sending: what it carries is invalid, or stale, after that.
    pub fn good_for(&self) -> Duration {
        match self {
            Self::VerifyEmail { minutes, .. }
            | Self::VerifyPhone { minutes, .. }
            | Self::ResetPassword { minutes, .. }
            | Self::EmailChangeNew { minutes, .. }
            | Self::EmailChangeOld { minutes, .. } => Duration::minutes((*minutes).into()),
            Self::ExportReady { days, .. } | Self::StaffInvited { days, .. } => {
                Duration::days((*days).into())
            }
            Self::PriceDrop { .. }
            | Self::BackInStock { .. }
            | Self::OrderToPay { .. }
            | Self::StockLow { .. } => Duration::days(1),
            _ => Duration::days(3),
        }
    }

    /// The same without what opens doors: codes blanked, links leading to the front page. Links to products stay.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        let mut plain = self.clone();
        match &mut plain {
            Self::VerifyEmail { code, link, .. } | Self::EmailChangeNew { code, link, .. } => {
                (*code, *link) = (Code::blank(), Link::blank());
            }
            Self::VerifyPhone { code, .. } => *code = Code::blank(),
            Self::EmailChangeOld { code, confirm, stop, .. } => {
                (*code, *confirm, *stop) = (Code::blank(), Link::blank(), Link::blank());
            }
            Self::AccountExists { sign_in, reset } => (*sign_in, *reset) = (Link::blank(), Link::blank()),
            Self::DeletionScheduled { cancel, .. } => *cancel = Link::blank(),
            Self::ResetPassword { link, .. }
            | Self::PasswordChanged { link, .. }
            | Self::SecurityChanged { link, .. }
            | Self::NewDevice { link, .. }
            | Self::DeletionCancelled { link }
            | Self::ExportReady { link, .. }
            | Self::StaffInvited { link, .. } => *link = Link::blank(),
            // Pages of goods, of shops, and of orders, which show themselves only to whoever bought.
            Self::Welcome { .. }
            | Self::PriceDrop { .. }
            | Self::BackInStock { .. }
            | Self::ShopApproved { .. }
            | Self::ShopRejected { .. }
            | Self::ProductRejected { .. }
            | Self::StaffChanged { .. }
            | Self::StockLow { .. }
            | Self::NominationsDecided { .. }
            | Self::OrderToPay { .. }
            | Self::OrderPaid { .. }
            | Self::OrderExpired { .. }
            | Self::OrderCancelled { .. }
            | Self::OrderShipped { .. }
            | Self::OrderPartShipped { .. }
            | Self::PiecesLeftOut { .. }
            | Self::OrderDelivered { .. }
            | Self::MoneyBack { .. } => {}
        }
        plain
    }

    /// Whether someone is waiting for it now.
    pub(crate) const fn is_urgent(&self) -> bool {
        matches!(self.topic(), Topic::Security)
    }
}
