use model::{
    Money,
    ids::{PayoutAccountId, ShopId, WithdrawalId},
    payout::{Bank, PayoutFailure, WithdrawalState},
};
use std::fmt;
use time::OffsetDateTime;

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAnAccount {
    #[error("a number has 6 to 20 digits")]
    Number,
    #[error("a holder's name has 2 to 60 characters")]
    Holder,
}

/// The number of a bank account: 6 to 20 digits. Its prints do not say which.
#[derive(Clone, PartialEq, Eq)]
pub struct Number(String);

impl Number {
    /// As people type it, with spaces, hyphens and dots.
    pub fn typed(text: &str) -> Result<Self, NotAnAccount> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
        let fits = (6..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if fits { Ok(Self(digits)) } else { Err(NotAnAccount::Number) }
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&model::payout::masked(&self.0))
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PayoutAccount {
    pub id: PayoutAccountId,
    pub shop: ShopId,
    pub bank: Bank,
    pub number: Number,
    pub holder: String,
    pub removed_at: Option<OffsetDateTime>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawal {
    pub id: WithdrawalId,
    pub shop: ShopId,
    pub account: PayoutAccountId,
    pub amount: Money,
    pub state: WithdrawalState,
    pub provider: Option<String>,
    pub provider_ref: Option<String>,
    pub failure: Option<PayoutFailure>,
    pub requested_at: OffsetDateTime,
    pub ended_at: Option<OffsetDateTime>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_as_people_type_it_and_never_printed() {
        let number = Number::typed("123-456 7890.1").unwrap();
        assert_eq!((number.reveal(), format!("{number:?}").as_str()), ("12345678901", "•••• 8901"));
        for text in ["", "12345", "123456789012345678901", "12a456"] {
            assert_eq!(Number::typed(text), Err(NotAnAccount::Number), "{text}");
        }
    }
}
