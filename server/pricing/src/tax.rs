//! Net, tax and gross of a sum (MONEY policy, rules 1 to 3).

use crate::{apportion, basket::Tax};
use model::{BasisPoints, MoneyError};

/// In minor units; `net + tax = gross`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Taxed {
    pub net: i64,
    pub tax: i64,
    pub gross: i64,
}

const WHOLE: i128 = 10_000;

impl Tax {
    /// The sum of all rates, in basis points.
    fn rate(&self) -> i128 {
        self.rates.iter().map(|rate| i128::from(rate.get())).sum()
    }

    /// Of a sum as it is priced, which is not negative: the tax is put on top, or is within.
    pub(crate) fn of(&self, sum: i64) -> Result<Taxed, MoneyError> {
        if self.inclusive {
            return Ok(self.within(sum));
        }
        let tax = half_up(i128::from(sum) * self.rate(), WHOLE);
        let gross = i64::try_from(i128::from(sum) + tax).map_err(|_| MoneyError::Overflow)?;
        Ok(Taxed { net: sum, tax: gross - sum, gross })
    }

    /// Of a sum that has the tax within, whatever the price says.
    pub(crate) fn within(&self, gross: i64) -> Taxed {
        let net = half_up(i128::from(gross) * WHOLE, WHOLE + self.rate());
        // A net is never larger than its gross.
        let net = i64::try_from(net).unwrap_or(gross);
        Taxed { net, tax: gross - net, gross }
    }

    /// The tax, split over the rates.
    pub(crate) fn split(&self, tax: i64) -> Vec<(BasisPoints, i64)> {
        let weights: Vec<i64> = self.rates.iter().map(|rate| i64::from(rate.get())).collect();
        self.rates.iter().copied().zip(apportion(tax, &weights)).collect()
    }
}

/// To the nearest whole number, an exact half up; nothing here is negative.
const fn half_up(dividend: i128, divisor: i128) -> i128 {
    (dividend * 2 + divisor) / (divisor * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(rates: &[u16], inclusive: bool) -> Tax {
        Tax { rates: rates.iter().map(|rate| (*rate).try_into().unwrap()).collect(), inclusive }
    }

    #[test]
    fn several_rates_are_one_tax_that_is_then_split() {
        let tax = rates(&[500, 500, 1000], false);
        let of = tax.of(103).unwrap();
        assert_eq!(of, Taxed { net: 103, tax: 21, gross: 124 });
        let split: Vec<i64> = tax.split(of.tax).into_iter().map(|(_, part)| part).collect();
        assert_eq!(split, [5, 5, 11]);
    }

    #[test]
    fn an_exact_half_of_a_tax_rounds_up() {
        assert_eq!(rates(&[1000], false).of(5).unwrap().tax, 1);
        assert_eq!(rates(&[10_000], true).of(1).unwrap(), Taxed { net: 1, tax: 0, gross: 1 });
        assert_eq!(rates(&[10_000], false).of(i64::MAX), Err(MoneyError::Overflow));
    }
}
