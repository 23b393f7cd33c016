//! Money that shops take out.

use crate::Money;

crate::named!(
    /// Banks that money is sent to.
    Bank {
        Bca = "bca",
        Mandiri = "mandiri",
        Bni = "bni",
        Bri = "bri",
        Bsi = "bsi",
        Permata = "permata",
        Cimb = "cimb",
        Danamon = "danamon",
        Jago = "jago",
        Seabank = "seabank",
    }
);

impl Bank {
    /// What people call it, in every language.
    pub const fn brand(self) -> &'static str {
        match self {
            Self::Bca => "BCA",
            Self::Mandiri => "Bank Mandiri",
            Self::Bni => "BNI",
            Self::Bri => "BRI",
            Self::Bsi => "Bank Syariah Indonesia",
            Self::Permata => "Bank Permata",
            Self::Cimb => "CIMB Niaga",
            Self::Danamon => "Bank Danamon",
            Self::Jago => "Bank Jago",
            Self::Seabank => "SeaBank",
        }
    }
}

crate::named!(
    /// Where a withdrawal stands.
    WithdrawalState {
        Requested = "requested",
        /// It will be sent.
        Approved = "approved",
        /// The bank has it.
        Sent = "sent",
        /// It arrived.
        Settled = "settled",
        /// It did not, and is the shop's again.
        Failed = "failed",
    }
);

impl WithdrawalState {
    pub const fn may_become(self, to: Self) -> bool {
        matches!(
            (self, to),
            (Self::Requested, Self::Approved | Self::Failed)
                | (Self::Approved, Self::Sent | Self::Settled | Self::Failed)
                | (Self::Sent, Self::Settled | Self::Failed)
        )
    }
}

crate::named!(
    /// Why money did not arrive.
    PayoutFailure {
        /// The bank knows no such account.
        UnknownAccount = "unknown_account",
        /// An operator said no.
        Refused = "refused",
        /// The bank sent it back.
        Returned = "returned",
    }
);

/// What limits withdrawals.
pub mod limits {
    use super::Money;

    /// Less is not worth a transfer.
    pub const LEAST: Money = Money::idr(10_000);
    /// More is sent in parts.
    pub const MOST: Money = Money::idr(500_000_000);
    /// More than this is looked at by an operator.
    pub const BY_ITSELF: Money = Money::idr(50_000_000);
    /// In a day, by Western Indonesian Time.
    pub const A_DAY: u32 = 3;
    /// Bank accounts of a shop.
    pub const ACCOUNTS: u32 = 5;
}

/// The last four digits, which tell somebody's accounts apart and nobody else anything: `•••• 1234`.
pub fn masked(number: &str) -> String {
    let last: String = number.chars().skip(number.chars().count().saturating_sub(4)).collect();
    format!("•••• {last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_does_not_move_again() {
        for end in [WithdrawalState::Settled, WithdrawalState::Failed] {
            assert!(WithdrawalState::ALL.iter().all(|to| !end.may_become(*to)));
        }
        for state in WithdrawalState::ALL {
            assert!(!state.may_become(*state) && !state.may_become(WithdrawalState::Requested));
        }
        assert!(!WithdrawalState::Requested.may_become(WithdrawalState::Sent), "nobody approved it");
    }

    #[test]
    fn of_a_number_only_the_end_is_shown() {
        assert_eq!(masked("1234567890"), "•••• 7890");
        assert_eq!(masked("12"), "•••• 12");
    }
}
