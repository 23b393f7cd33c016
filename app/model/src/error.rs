//! What can go wrong, as both sides say it: a closed code, the fields concerned, and the request it was.
//! The words people read come from the catalogue (`words::error`).

use crate::ids::RequestId;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)+) => {
        /// The closed set of error codes.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $($(#[$doc])* $name),+ }

        impl Code {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
            /// As it stands in problem documents and in `?__err=`.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$name => $text),+ } }
            /// The HTTP status it is sent with.
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status),+ } }
        }
    };
}

codes! {
    /// The request could not be understood: bad syntax, a missing or ill-typed parameter.
    Malformed = "malformed", 400;
    Unauthenticated = "unauthenticated", 401;
    /// No account has this address and password; which of the two is wrong is not said.
    WrongCredentials = "wrong_credentials", 401;
    Forbidden = "forbidden", 403;
    /// A form or call that came from another site.
    CrossSite = "cross_site", 403;
    /// Known and allowed, but this needs fresh proof of who it is: the password, a code or a passkey again.
    StepUpRequired = "step_up_required", 403;
    /// The account is locked; only said to who knows its password.
    AccountSuspended = "account_suspended", 403;
    /// Not there, or not yours.
    NotFound = "not_found", 404;
    MethodNotAllowed = "method_not_allowed", 405;
    NotAcceptable = "not_acceptable", 406;
    Timeout = "timeout", 408;
    Conflict = "conflict", 409;
    /// A price, a stock level or a voucher is not what was shown; nothing was done.
    Changed = "changed", 409;
    /// Fewer are left than were wanted.
    SoldOut = "sold_out", 409;
    /// It has been paid, so there is nothing left to decide about paying.
    AlreadyPaid = "already_paid", 409;
    /// Without it there would be no way into the account.
    LastWayIn = "last_way_in", 409;
    /// It was here and is not any more.
    Gone = "gone", 410;
    /// A link or code that has been used, has expired, or was guessed at too often.
    Spent = "spent", 410;
    TooLarge = "too_large", 413;
    UnsupportedMediaType = "unsupported_media_type", 415;
    /// Understood and refused; `fields` says what is wrong where.
    Invalid = "invalid", 422;
    /// There is no room for more in the cart.
    CartFull = "cart_full", 422;
    /// There is no such voucher, or it is not for this cart.
    VoucherRefused = "voucher_refused", 422;
    /// There is not so much to be paid out.
    InsufficientBalance = "insufficient_balance", 422;
    /// As much has been asked to be paid out as may be in a day.
    WithdrawalLimit = "withdrawal_limit", 422;
    /// An idempotency key that was used for something else.
    KeyReused = "key_reused", 422;
    /// The code that was typed is not the one that was sent, or shown by the authenticator.
    WrongCode = "wrong_code", 422;
    /// The passkey is not known here, or did not sign what it was asked to.
    PasskeyRefused = "passkey_refused", 422;
    /// The provider through which somebody signs in said no, or something that cannot be believed.
    ProviderRefused = "provider_refused", 422;
    RateLimited = "rate_limited", 429;
    Internal = "internal", 500;
    /// The database or another part is away for the moment; trying again is right.
    Unavailable = "unavailable", 503;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is wrong with one field of a form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldError {
    Required,
    Malformed,
    TooShort,
    TooLong,
    OutOfRange,
    Taken,
    NotAllowed,
    /// A password that attackers try first.
    TooCommon,
}

impl FieldError {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Malformed => "malformed",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::OutOfRange => "out_of_range",
            Self::Taken => "taken",
            Self::NotAllowed => "not_allowed",
            Self::TooCommon => "too_common",
        }
    }
}

/// The one error of the wire: server functions return it, problem documents are made of it, pages render it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppError {
    pub code: Code,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(String, FieldError)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// Whole seconds after which trying again makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

impl AppError {
    pub const fn new(code: Code) -> Self {
        Self { code, fields: Vec::new(), request: None, retry_after: None }
    }

    pub const fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    pub fn field(name: impl Into<String>, error: FieldError) -> Self {
        Self::new(Code::Invalid).and(name, error)
    }

    #[must_use]
    pub fn and(mut self, name: impl Into<String>, error: FieldError) -> Self {
        self.fields.push((name.into(), error));
        self
    }

    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// What is wrong with the named field, if anything.
    pub fn of(&self, name: &str) -> Option<FieldError> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, error)| *error)
    }
}

impl From<Code> for AppError {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        self.fields.iter().try_for_each(|(name, error)| write!(f, " {name}={}", error.as_str()))
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::new(match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Code::Malformed,
            ServerFnErrorErr::Request(_) => Code::Unavailable,
            ServerFnErrorErr::UnsupportedRequestMethod(_) => Code::MethodNotAllowed,
            _ => Code::Internal,
        })
    }
}
