//! What is to change, read from what was typed, and the price it makes of another.

use catalog::Price;
use inventory::Warehouse;
use model::{
    FieldError,
    ids::CategoryId,
    shop::{BulkChange, BulkInput, BulkKind, limits, together},
    typed::{self, Problems},
};

const HEAVIEST: i64 = 1_000_000;

/// `own` are the shop's warehouses, the main one first.
pub fn parse(input: &BulkInput, own: &[Warehouse]) -> Result<BulkChange, Problems> {
    let mut problems = Problems::default();
    let kind = BulkKind::from_name(&input.kind).ok_or(FieldError::Required);
    let Some(kind) = problems.take("kind", kind) else { return Err(problems) };
    let value = if kind.has_value() { value(kind, &input.value) } else { Ok(0) };
    let value = problems.take("value", value);
    let round = problems.take("round", round(kind, &input.round));
    let warehouse = if kind.is_of_stock() {
        let found = match input.warehouse.trim() {
            "" => own.iter().find(|it| it.is_main),
            typed => own.iter().find(|it| it.id.to_string() == typed),
        };
        problems.take("warehouse", found.map(|it| Some(it.id)).ok_or(FieldError::NotAllowed))
    } else {
        Some(None)
    };
    let category = if kind == BulkKind::Category {
        let typed: Result<CategoryId, _> = input.category.trim().parse();
        problems.take("category", typed.map(Some).map_err(|_| FieldError::Required))
    } else {
        Some(None)
    };
    match (value, round, warehouse, category) {
        (Some(value), Some(round), Some(warehouse), Some(category)) => {
            Ok(BulkChange { kind, value, round, warehouse, category })
        }
        _ => Err(problems),
    }
}

fn value(kind: BulkKind, typed: &str) -> Result<i64, FieldError> {
    let (least, most) = match kind {
        BulkKind::Price => (Price::LEAST.get(), Price::MOST.get()),
        BulkKind::PriceAmount => (-Price::MOST.get(), Price::MOST.get()),
        BulkKind::PricePercent => (together::LEAST_PERCENT, together::MOST_PERCENT),
        BulkKind::Stock => (0, limits::PIECES),
        BulkKind::StockAdd => (-limits::PIECES, limits::PIECES),
        _ => (1, HEAVIEST),
    };
    let typed = typed.trim();
    let typed = if kind == BulkKind::PricePercent { typed.trim_end_matches('%') } else { typed };
    // As it stands on our own pages.
    typed::required_whole(&typed.replace('−', "-"), least, most)
}

fn round(kind: BulkKind, typed: &str) -> Result<i64, FieldError> {
    if !matches!(kind, BulkKind::PricePercent | BulkKind::PriceAmount) {
        return Ok(1);
    }
    let round = typed::whole_within(typed, 1, together::ROUND[3])?.unwrap_or(1);
    if together::ROUND.contains(&round) { Ok(round) } else { Err(FieldError::NotAllowed) }
}

/// What something costs afterwards that costs `price` now: the exact half is rounded up to a rupiah, then all of it to the
/// next multiple that was said. None beyond what a price can be.
pub fn priced(change: &BulkChange, price: i64) -> Option<i64> {
    let (price, value) = (i128::from(price), i128::from(change.value));
    let exact = match change.kind {
        BulkKind::Price => value,
        BulkKind::PricePercent => (price * (100 + value) + 50).div_euclid(100),
        BulkKind::PriceAmount => price + value,
        _ => return None,
    };
    let round = i128::from(change.round.max(1));
    let up = (exact + round - 1).div_euclid(round) * round;
    let up = i64::try_from(up).ok().filter(|_| exact > 0)?;
    Price::try_from(up).ok().map(Price::get)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: BulkKind, value: i64, round: i64) -> BulkChange {
        BulkChange { kind, value, round, warehouse: None, category: None }
    }

    #[test]
    fn prices_are_whole_rupiah_and_rounded_up_where_that_was_said() {
        let percent = |value, round, price| priced(&change(BulkKind::PricePercent, value, round), price);
        assert_eq!(percent(10, 1, 12_345), Some(13_580), "13,579.5");
        assert_eq!(percent(10, 100, 12_345), Some(13_600));
        assert_eq!(percent(-15, 500, 12_345), Some(10_500), "10,493.25");
        assert_eq!(percent(-10, 1_000, 10_000), Some(9_000), "what is round stays");
        assert_eq!(percent(0, 500, 12_345), Some(12_500), "only rounded");
        assert_eq!(percent(-90, 1, 4), None, "0.4");
        assert_eq!(percent(900, 1, Price::MOST.get()), None);
        let amount = |value, round, price| priced(&change(BulkKind::PriceAmount, value, round), price);
        assert_eq!(amount(-2_500, 1, 12_500), Some(10_000));
        assert_eq!(amount(1, 1_000, 12_500), Some(13_000));
        assert_eq!(amount(-12_500, 1_000, 12_500), None, "nothing costs nothing");
        assert_eq!(amount(-12_600, 1_000, 12_500), None, "nor less, however it is rounded");
        assert_eq!(priced(&change(BulkKind::Price, 9_900, 1), 1), Some(9_900));
    }

    #[test]
    fn what_is_typed_is_read_as_people_write_it() {
        let typed = |kind: BulkKind, value: &str, round: &str| {
            let (kind, value, round) = (kind.as_str().to_owned(), value.to_owned(), round.to_owned());
            parse(&BulkInput { kind, value, round, ..BulkInput::default() }, &[])
        };
        let read = |kind, value, round| typed(kind, value, round).map(|it| (it.value, it.round)).ok();
        assert_eq!(
            read(BulkKind::Price, " 12.500 ", "500"),
            Some((12_500, 1)),
            "what was typed is not rounded"
        );
        assert_eq!(read(BulkKind::PricePercent, "−15 %", "500"), Some((-15, 500)));
        assert_eq!(read(BulkKind::PriceAmount, "+2.000", ""), Some((2_000, 1)));
        assert_eq!(read(BulkKind::Hide, "", ""), Some((0, 1)));
        for (kind, value, field) in [
            (BulkKind::Price, "", "value"),
            (BulkKind::Price, "0", "value"),
            (BulkKind::PricePercent, "-91", "value"),
            (BulkKind::PricePercent, "1,5", "value"),
            (BulkKind::Weight, "0", "value"),
            (BulkKind::Stock, "5", "warehouse"),
            (BulkKind::Category, "", "category"),
        ] {
            assert!(typed(kind, value, "").unwrap_err().of(field).is_some(), "{kind} {value}");
        }
        assert!(typed(BulkKind::PricePercent, "10", "250").unwrap_err().of("round").is_some());
        assert!(parse(&BulkInput::default(), &[]).unwrap_err().of("kind").is_some());
    }
}
