//! Whom to ask what sending a parcel costs.

use crate::{Offer, Parcel, quote};
use async_trait::async_trait;

/// Somebody who makes offers: our own tables, or an aggregator over the network. Never asked inside a transaction.
#[async_trait]
pub trait Carrier: Send + Sync {
    /// The cheapest first, no two with the same key; empty where nobody goes.
    async fn offers(&self, parcel: &Parcel) -> Result<Vec<Offer>, CarrierError>;
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CarrierError {
    /// Neither postcode nor position is known of where it comes from or goes to.
    #[error("the places are not known well enough to ask")]
    PlaceUnknown,
    #[error("the aggregator cannot be reached")]
    Unreachable,
    #[error("the aggregator did not answer in time")]
    TimedOut,
    #[error("the aggregator does not take our key")]
    Unauthorised,
    #[error("the aggregator was asked too often")]
    Throttled,
    /// It does not take the question; `code` is its own number for why.
    #[error("the aggregator refuses the question (code {code:?}, HTTP {status})")]
    Refused { status: u16, code: Option<i64> },
    #[error("the aggregator is out of order (HTTP {status})")]
    Broken { status: u16 },
    #[error("the aggregator's answer cannot be read")]
    Unreadable,
}

impl CarrierError {
    /// Whether asking again a little later may help.
    pub const fn is_passing(self) -> bool {
        matches!(self, Self::Unreachable | Self::TimedOut | Self::Throttled | Self::Broken { .. })
    }
}

/// Why a carrier cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// It cannot be sent in a header.
    #[error("the aggregator's key is not one line of plain characters")]
    Key,
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    #[error(transparent)]
    Client(#[from] reqwest::Error),
}

/// The built-in rate tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltIn;

#[async_trait]
impl Carrier for BuiltIn {
    async fn offers(&self, parcel: &Parcel) -> Result<Vec<Offer>, CarrierError> {
        Ok(quote(parcel))
    }
}
