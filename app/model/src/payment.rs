//! Ways to pay, and where a payment stands.

crate::named!(
    /// A way to pay, as a shopper chooses it.
    Method {
        VaBca = "va_bca",
        VaMandiri = "va_mandiri",
        VaBni = "va_bni",
        VaBri = "va_bri",
        VaPermata = "va_permata",
        Qris = "qris",
        Gopay = "gopay",
        Ovo = "ovo",
        Dana = "dana",
        Shopeepay = "shopeepay",
        Card = "card",
        Alfamart = "alfamart",
        Indomaret = "indomaret",
        /// Cash on delivery: nobody is paid beforehand.
        Cod = "cod",
        /// What a shop of the buyer's own has earned.
        Balance = "balance",
    }
);

/// What somebody does who pays this way.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MethodKind {
    VirtualAccount,
    Qris,
    Ewallet,
    Card,
    /// A code that is shown at the counter of a convenience store.
    RetailCode,
    CashOnDelivery,
    ShopBalance,
}

impl Method {
    pub const fn kind(self) -> MethodKind {
        match self {
            Self::VaBca | Self::VaMandiri | Self::VaBni | Self::VaBri | Self::VaPermata => {
                MethodKind::VirtualAccount
            }
            Self::Qris => MethodKind::Qris,
            Self::Gopay | Self::Ovo | Self::Dana | Self::Shopeepay => MethodKind::Ewallet,
            Self::Card => MethodKind::Card,
            Self::Alfamart | Self::Indomaret => MethodKind::RetailCode,
            Self::Cod => MethodKind::CashOnDelivery,
            Self::Balance => MethodKind::ShopBalance,
        }
    }

    /// What people call it; the same in every language but for the ways of our own, which have words.
    pub const fn brand(self) -> &'static str {
        match self {
            Self::VaBca => "BCA Virtual Account",
            Self::VaMandiri => "Mandiri Virtual Account",
            Self::VaBni => "BNI Virtual Account",
            Self::VaBri => "BRI Virtual Account",
            Self::VaPermata => "Permata Virtual Account",
            Self::Qris => "QRIS",
            Self::Gopay => "GoPay",
            Self::Ovo => "OVO",
            Self::Dana => "DANA",
            Self::Shopeepay => "ShopeePay",
            Self::Card => "Visa / Mastercard",
            Self::Alfamart => "Alfamart",
            Self::Indomaret => "Indomaret",
            Self::Cod => "COD",
            Self::Balance => "Saldo",
        }
    }
}

crate::named!(
    /// Where a payment stands: what all events of its provider come to.
    PaymentState {
        Pending = "pending",
        Authorised = "authorised",
        Captured = "captured",
        PartiallyRefunded = "partially_refunded",
        Refunded = "refunded",
        Failed = "failed",
        Expired = "expired",
        ChargedBack = "charged_back",
    }
);
