//! Why a line of the cart costs what it does.

use super::{price::Priced, show::part};
use cart::Line;
use model::{
    Money,
    views::{SummaryPart, SummaryRow},
};

/// From the list price of all its pieces to what is paid for them, step by step; nothing where the price is all there is to
/// it, or the line is not checked out.
pub(super) fn why(priced: &Priced, line: &Line) -> Vec<SummaryRow> {
    let Some(quoted) = priced.quote.lines.iter().find(|quoted| quoted.id == line.id.uuid()) else {
        return Vec::new();
    };
    if quoted.discounts.is_empty() {
        return Vec::new();
    }
    let currency = quoted.gross.currency();
    let mut rows = vec![(SummaryPart::Goods, quoted.gross_before.amount())];
    for step in pricing::why(quoted) {
        let of = part(&step.source, step.funder);
        match rows.iter_mut().find(|(there, _)| *there == of) {
            Some((_, amount)) => *amount -= step.amount.amount(),
            None => rows.push((of, -step.amount.amount())),
        }
    }
    let sum: i64 = rows.iter().map(|(_, amount)| amount).sum();
    // What the steps do not explain is a tax that prices do not include.
    rows.push((SummaryPart::Tax, quoted.gross.amount() - sum));
    let shown = rows.into_iter().filter(|(of, amount)| *of == SummaryPart::Goods || *amount != 0);
    shown.map(|(of, amount)| SummaryRow { of, amount: Money::new(amount, currency) }).collect()
}
