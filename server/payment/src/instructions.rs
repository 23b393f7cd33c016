//! What a shopper is told to do.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// How a payment is made, as its provider answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Instructions {
    pub how: How,
    /// Until when the provider takes it; the payment's own due time where it did not say.
    #[serde(with = "time::serde::rfc3339::option", default)]
    pub expires_at: Option<OffsetDateTime>,
    /// A page of the provider about this payment, where there is one. Always http or https.
    #[serde(default)]
    pub page: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum How {
    VirtualAccount {
        number: String,
        /// Mandiri's bill payment asks for the biller first, and the number is the bill's.
        #[serde(default)]
        biller: Option<String>,
    },
    /// What the QR picture says.
    Qr { payload: String },
    /// A code for the counter.
    RetailCode { code: String },
    /// A page or app to go to. Always http or https.
    Redirect { url: String },
    /// A question that appears in the shopper's app; there is nothing to show.
    InApp,
}
