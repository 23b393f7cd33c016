//! What messages are about, which is what people choose by.

use model::named;

named!(
    /// What a message is about. The order is that of the preferences page.
    Topic {
        /// Codes, and whatever touches the safety of an account. Always sent.
        Security = "security",
        /// What someone asked for or must know about their account. Always sent.
        Account = "account",
        /// A product someone wished for costs less.
        PriceDrop = "price_drop",
        /// A product someone wished for is there again.
        BackInStock = "back_in_stock",
        /// What someone bought. Always sent.
        Orders = "orders",
        /// A shop someone works in runs out of something.
        Stock = "stock",
    }
);

impl Topic {
    /// Whether people may switch it off. The same set stands in the check on `notification_preference`.
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::PriceDrop | Self::BackInStock | Self::Stock)
    }

    /// One byte of a signed link; never changed.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Security => 0,
            Self::Account => 1,
            Self::PriceDrop => 2,
            Self::BackInStock => 3,
            Self::Orders => 4,
            Self::Stock => 5,
        }
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|topic| topic.number() == number)
    }
}
