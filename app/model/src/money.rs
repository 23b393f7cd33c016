//! Exact money. Amounts are integers of minor units, rates integers of basis points, quantities positive
//! integers; intermediates are 128 bits wide. Nothing here rounds without saying how.

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MoneyError {
    #[error("the sum is too large")]
    Overflow,
    #[error("{0} and {1} cannot be added")]
    CurrencyMismatch(Currency, Currency),
    #[error("a quantity is between 1 and {}", i32::MAX)]
    Quantity,
    #[error("a rate is between 0 and 10000 basis points")]
    Rate,
}

/// ISO 4217. The rupiah is used without sen: its exponent here is 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    #[default]
    Idr,
    Usd,
    Sgd,
}

impl Currency {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Idr => "IDR",
            Self::Usd => "USD",
            Self::Sgd => "SGD",
        }
    }

    /// Digits after the decimal sign.
    pub const fn exponent(self) -> u32 {
        match self {
            Self::Idr => 0,
            Self::Usd | Self::Sgd => 2,
        }
    }

    const fn sign(self) -> &'static str {
        match self {
            Self::Idr => "Rp",
            Self::Usd => "US$",
            Self::Sgd => "S$",
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount of minor units in a currency: `Rp 12.500` is 12500, `US$ 12.50` is 1250. May be negative.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    amount: i64,
    currency: Currency,
}

impl Money {
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    pub const fn idr(amount: i64) -> Self {
        Self::new(amount, Currency::Idr)
    }

    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    pub const fn amount(self) -> i64 {
        self.amount
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    pub const fn is_zero(self) -> bool {
        self.amount == 0
    }

    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.with(i128::from(self.amount) + i128::from(other.amount))
    }

    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.with(i128::from(self.amount) - i128::from(other.amount))
    }

    pub fn times(self, qty: Qty) -> Result<Self, MoneyError> {
        self.with(i128::from(self.amount) * i128::from(qty.get()))
    }

    /// A share of the amount in whole minor units; an exact half rounds down (MONEY policy, rule 4).
    #[must_use]
    pub fn percent(self, rate: BasisPoints) -> Self {
        let scaled = i128::from(self.amount) * i128::from(rate.get());
        let (quotient, remainder) = (scaled.div_euclid(10_000), scaled.rem_euclid(10_000));
        let amount = quotient + i128::from(remainder > 5_000);
        // A rate is at most 100 %, so the share is never larger than the whole.
        Self { amount: i64::try_from(amount).unwrap_or(self.amount), currency: self.currency }
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch(self.currency, other.currency))
        }
    }

    fn with(self, amount: i128) -> Result<Self, MoneyError> {
        let amount = i64::try_from(amount).map_err(|_| MoneyError::Overflow)?;
        Ok(Self { amount, currency: self.currency })
    }
}

/// As written on a price tag, with a no-break space: `Rp 1.250.000`, `US$ 12.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (group, point) = if self.currency == Currency::Idr { ('.', ',') } else { (',', '.') };
        let unit = 10u64.pow(self.currency.exponent());
        let whole = self.amount.unsigned_abs() / unit;
        let minus = if self.amount < 0 { "−" } else { "" };
        write!(f, "{minus}{}\u{a0}{}", self.currency.sign(), grouped(whole, group))?;
        if unit > 1 {
            let width = self.currency.exponent() as usize;
            write!(f, "{point}{:0width$}", self.amount.unsigned_abs() % unit)?;
        }
        Ok(())
    }
}

/// `1234567` as `1.234.567`.
pub fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A rate: 1100 is 11 %. Between 0 and 10000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct BasisPoints(u16);

impl BasisPoints {
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for BasisPoints {
    type Error = MoneyError;
    fn try_from(rate: u16) -> Result<Self, MoneyError> {
        if rate <= 10_000 { Ok(Self(rate)) } else { Err(MoneyError::Rate) }
    }
}

impl From<BasisPoints> for u16 {
    fn from(rate: BasisPoints) -> Self {
        rate.0
    }
}

/// How many; always at least one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Qty(i32);

impl Qty {
    pub const ONE: Self = Self(1);

    pub const fn get(self) -> i32 {
        self.0
    }
}

impl TryFrom<i32> for Qty {
    type Error = MoneyError;
    fn try_from(n: i32) -> Result<Self, MoneyError> {
        if n > 0 { Ok(Self(n)) } else { Err(MoneyError::Quantity) }
    }
}

impl From<Qty> for i32 {
    fn from(qty: Qty) -> Self {
        qty.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn prices_are_written_as_on_a_tag() {
        for (money, text) in [
            (Money::idr(0), "Rp\u{a0}0"),
            (Money::idr(999), "Rp\u{a0}999"),
            (Money::idr(1_250_000), "Rp\u{a0}1.250.000"),
            (Money::idr(-12_500), "−Rp\u{a0}12.500"),
            (Money::new(123_405, Currency::Usd), "US$\u{a0}1,234.05"),
        ] {
            assert_eq!(money.to_string(), text);
        }
    }

    #[test]
    fn one_line_may_cost_billions() {
        let three = Qty::try_from(3).unwrap();
        assert_eq!(Money::idr(2_500_000_000).times(three), Ok(Money::idr(7_500_000_000)));
        assert_eq!(Money::idr(i64::MAX).times(three), Err(MoneyError::Overflow));
    }

    #[test]
    fn an_exact_half_of_a_percentage_rounds_down() {
        let half = BasisPoints::try_from(5_000).unwrap();
        assert_eq!(Money::idr(1).percent(half), Money::idr(0));
        assert_eq!(Money::idr(3).percent(half), Money::idr(1));
        assert_eq!(Money::idr(199).percent(BasisPoints::try_from(100).unwrap()), Money::idr(2));
        assert!(BasisPoints::try_from(10_001).is_err());
    }

    #[test]
    fn two_currencies_are_never_added() {
        let err = Money::idr(1).plus(Money::new(1, Currency::Usd));
        assert_eq!(err, Err(MoneyError::CurrencyMismatch(Currency::Idr, Currency::Usd)));
    }

    proptest! {
        #[test]
        fn a_share_is_never_larger_than_the_whole(amount in 0i64.., rate in 0u16..=10_000) {
            let share = Money::idr(amount).percent(BasisPoints::try_from(rate).unwrap()).amount();
            prop_assert!((0..=amount).contains(&share));
        }

        #[test]
        fn adding_then_subtracting_changes_nothing(a in -1i64<<60..1i64<<60, b in -1i64<<60..1i64<<60) {
            let sum = Money::idr(a).plus(Money::idr(b)).unwrap();
            prop_assert_eq!(sum.minus(Money::idr(b)).unwrap(), Money::idr(a));
        }
    }
}
