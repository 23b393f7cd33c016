//! What a flash sale asks of those who take part, as it is typed and as it is told.

use crate::terms::{moment, percent};
use model::{
    BasisPoints, FieldError, Money, Qty,
    typed::{self, Problems},
    views::sales::{NominationInput, SaleInput, limits},
};
use time::{Duration, OffsetDateTime};

/// How long back a price counts that a sale has to undercut.
pub const LOOK_BACK: Duration = Duration::days(30);

/// The highest price that is lower than the lowest by at least so much; none where nothing is left of it.
pub fn most(lowest: Money, least: BasisPoints) -> Option<Money> {
    let part = i128::from(lowest.amount()) * i128::from(10_000 - least.get()) / 10_000;
    let most = i64::try_from(part).ok()?.min(lowest.amount() - 1);
    (most > 0).then(|| Money::new(most, lowest.currency()))
}

/// What an operator says of a sale.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaleTerms {
    pub name: String,
    pub starts_at: OffsetDateTime,
    /// It ends just before.
    pub ends_at: OffsetDateTime,
    pub least_discount: BasisPoints,
    pub most_per_shop: Option<i32>,
    pub nominate_until: OffsetDateTime,
}

impl SaleTerms {
    /// All of it lies ahead of `now`: until the last moment to nominate, and then until it begins.
    pub fn parse(input: &SaleInput, now: OffsetDateTime) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = problems.take("name", typed::required_line(&input.name, 1, limits::NAME));
        let starts_at = problems.take("starts", moment(&input.starts));
        let ends_at = problems.take("ends", moment(&input.ends));
        let least_discount = problems.take("least", least(&input.least));
        let per_shop = typed::whole_within(&input.per_shop, 1, limits::PER_SHOP).map(pieces);
        let most_per_shop = problems.take("per_shop", per_shop);
        let nominate_until = problems.take("nominate_until", moment(&input.nominate_until));
        if starts_at.is_some_and(|at| at <= now || at > now + Duration::days(limits::AHEAD_DAYS)) {
            problems.note("starts", FieldError::OutOfRange);
        }
        if let (Some(starts_at), Some(ends_at)) = (starts_at, ends_at)
            && (ends_at <= starts_at || ends_at - starts_at > Duration::days(limits::LONGEST_DAYS))
        {
            problems.note("ends", FieldError::OutOfRange);
        }
        if let (Some(starts_at), Some(until)) = (starts_at, nominate_until)
            && (until <= now || until > starts_at)
        {
            problems.note("nominate_until", FieldError::OutOfRange);
        }
        let terms = || {
            Some(Self {
                name: name?,
                starts_at: starts_at?,
                ends_at: ends_at?,
                least_discount: least_discount?,
                most_per_shop: most_per_shop?,
                nominate_until: nominate_until?,
            })
        };
        match terms() {
            Some(terms) if problems.is_empty() => Ok(terms),
            _ => Err(problems),
        }
    }
}

/// A discount of nothing would be no sale, and one of nearly all no price.
fn least(typed: &str) -> Result<BasisPoints, FieldError> {
    let rate = percent(typed)?;
    if rate.get() <= 9_000 { Ok(rate) } else { Err(FieldError::OutOfRange) }
}

/// Within what was read.
fn pieces(n: Option<i64>) -> Option<i32> {
    n.and_then(|n| i32::try_from(n).ok())
}

/// What a shop says of something it would sell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bid {
    pub price: Money,
    pub quota: Qty,
    pub per_buyer: Option<Qty>,
}

impl Bid {
    /// At most at `most`, and no more pieces than there are in `stock`, where that is counted.
    pub fn parse(input: &NominationInput, most: Option<Money>, stock: Option<i32>) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let qty = |n: i64| i32::try_from(n).ok().and_then(|n| Qty::try_from(n).ok());
        let price = problems.take("price", typed::required_whole(&input.price, 1, limits::PRICE));
        let price = price.map(Money::idr);
        if price.is_some_and(|price| most.is_none_or(|most| price.amount() > most.amount())) {
            problems.note("price", FieldError::OutOfRange);
        }
        let quota = typed::required_whole(&input.quota, 1, limits::PIECES);
        let quota = problems.take("quota", quota.and_then(|n| qty(n).ok_or(FieldError::OutOfRange)));
        if let (Some(quota), Some(stock)) = (quota, stock)
            && quota.get() > stock
        {
            problems.note("quota", FieldError::OutOfRange);
        }
        let per_buyer = typed::whole_within(&input.per_buyer, 1, limits::PIECES);
        let per_buyer = problems.take("per_buyer", per_buyer.map(|n| n.and_then(qty)));
        if let (Some(quota), Some(Some(each))) = (quota, per_buyer)
            && each.get() > quota.get()
        {
            problems.note("per_buyer", FieldError::OutOfRange);
        }
        match (price, quota, per_buyer) {
            (Some(price), Some(quota), Some(per_buyer)) if problems.is_empty() => {
                Ok(Self { price, quota, per_buyer })
            }
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-22 08:00 UTC);

    fn typed() -> SaleInput {
        SaleInput {
            name: " Kilat  malam ".to_owned(),
            starts: "2026-11-25T20:00".to_owned(),
            ends: "2026-11-25T23:00".to_owned(),
            least: "10".to_owned(),
            per_shop: "3".to_owned(),
            nominate_until: "2026-11-24T12:00".to_owned(),
        }
    }

    #[test]
    fn the_price_that_is_asked_for_is_below_the_lowest() {
        let most = |lowest: i64, least: u16| {
            most(Money::idr(lowest), BasisPoints::try_from(least).unwrap()).map(Money::amount)
        };
        assert_eq!(most(100_000, 1_000), Some(90_000));
        assert_eq!(most(99_999, 1_000), Some(89_999), "in the shopper's favour");
        assert_eq!(most(100_000, 0), Some(99_999), "lower all the same");
        assert_eq!(most(1, 1_000), None);
        assert_eq!(most(i64::MAX, 5_000), Some(i64::MAX / 2));
    }

    #[test]
    fn a_sale_is_read_in_jakarta_s_time() {
        let terms = SaleTerms::parse(&typed(), NOW).unwrap();
        assert_eq!(terms.name, "Kilat malam");
        assert_eq!(terms.starts_at, datetime!(2026-11-25 13:00 UTC));
        assert_eq!(terms.ends_at - terms.starts_at, Duration::hours(3));
        assert_eq!((terms.least_discount.get(), terms.most_per_shop), (1_000, Some(3)));
        let free = SaleInput { per_shop: String::new(), ..typed() };
        assert_eq!(SaleTerms::parse(&free, NOW).unwrap().most_per_shop, None);
    }

    #[test]
    fn a_sale_lies_ahead_and_its_moments_are_in_order() {
        let wrong = |input: SaleInput| SaleTerms::parse(&input, NOW).unwrap_err();
        let begun = SaleInput { starts: "2026-11-22T15:00".to_owned(), ..typed() };
        assert_eq!(wrong(begun).of("starts"), Some(FieldError::OutOfRange));
        let backwards = SaleInput { ends: typed().starts, ..typed() };
        assert_eq!(wrong(backwards).of("ends"), Some(FieldError::OutOfRange));
        let late = SaleInput { nominate_until: "2026-11-25T20:01".to_owned(), ..typed() };
        assert_eq!(wrong(late).of("nominate_until"), Some(FieldError::OutOfRange));
        for least in ["", "0", "90,01", "banyak"] {
            assert!(wrong(SaleInput { least: least.to_owned(), ..typed() }).of("least").is_some(), "{least}");
        }
        let empty = wrong(SaleInput::default());
        for field in ["name", "starts", "ends", "least", "nominate_until"] {
            assert_eq!(empty.of(field), Some(FieldError::Required), "{field}");
        }
    }

    #[test]
    fn a_bid_keeps_to_the_price_and_to_what_there_is() {
        let input = |price: &str, quota: &str, per_buyer: &str| NominationInput {
            price: price.to_owned(),
            quota: quota.to_owned(),
            per_buyer: per_buyer.to_owned(),
        };
        let read = |input: &NominationInput| Bid::parse(input, Some(Money::idr(90_000)), Some(5));
        let bid = read(&input("90.000", "5", "2")).unwrap();
        assert_eq!((bid.price, bid.quota.get()), (Money::idr(90_000), 5));
        assert_eq!(bid.per_buyer.map(Qty::get), Some(2));
        for (wrong, field) in [
            (input("90.001", "5", ""), "price"),
            (input("0", "5", ""), "price"),
            (input("1", "6", ""), "quota"),
            (input("1", "5", "6"), "per_buyer"),
        ] {
            assert_eq!(read(&wrong).unwrap_err().of(field), Some(FieldError::OutOfRange), "{field}");
        }
        assert!(Bid::parse(&input("1", "9", ""), None, None).unwrap_err().of("price").is_some());
        assert!(Bid::parse(&input("1", "9", ""), Some(Money::idr(1)), None).is_ok(), "nobody counts them");
    }
}
