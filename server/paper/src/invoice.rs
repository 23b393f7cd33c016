//! The invoice of one order, as its page shows it.

use crate::{Ink, PaperError, Sheet, Weight, sheet::LEADING};
use kernel::when;
use model::{
    Lang, Money,
    views::{OrderItem, OrderPage},
    words::{cart, checkout, orders as words},
};
use time::OffsetDateTime;

use Weight::{Bold, Regular};

const SMALL: f32 = 8.5;
const BODY: f32 = 9.5;
/// Right edges of the columns of figures, from the left: pieces, price of one, amount.
const PIECES: f32 = 360.0;
const EACH: f32 = 450.0;
const AMOUNT: f32 = Sheet::RIGHT;

/// A PDF of one page or more. `site` is the public URL, printed at the end.
pub fn invoice(order: &OrderPage, lang: Lang, site: &str) -> Result<Vec<u8>, PaperError> {
    let mut sheet = Sheet::new(words::invoice_of(lang, &order.number), lang);
    head(&mut sheet, order, lang);
    parties(&mut sheet, order, lang);
    goods(&mut sheet, &order.items, lang);
    sums(&mut sheet, order, lang);
    sheet.down(24.0);
    sheet.paragraph(Sheet::MARGIN, 400.0, SMALL, Regular, Ink::Grey, site);
    sheet.finish()
}

fn head(sheet: &mut Sheet, order: &OrderPage, lang: Lang) {
    sheet.text(Sheet::MARGIN, 20.0, Bold, Ink::Leaf, "Pasar");
    sheet.text_to(Sheet::RIGHT, 14.0, Bold, Ink::Black, words::invoice(lang));
    sheet.down(20.0);
    sheet.text_to(Sheet::RIGHT, BODY, Regular, Ink::Black, &order.number);
    sheet.down(14.0);
    sheet.text_to(Sheet::RIGHT, SMALL, Regular, Ink::Grey, words::state(lang, order.state));
    sheet.down(22.0);
    sheet.rule();
    sheet.down(14.0);
}

/// Two columns of names and what they name.
fn parties(sheet: &mut Sheet, order: &OrderPage, lang: Lang) {
    let to = &order.ship_to;
    let placed = OffsetDateTime::from_unix_timestamp(order.placed_at).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let courier = format!("{} · {}", order.courier, checkout::service_name(lang, order.service));
    let left = [
        (words::seller(lang), vec![order.shop.clone()]),
        (words::invoice_date(lang), vec![when::date(lang, placed)]),
        (words::delivery(lang), vec![courier]),
        (words::payment(lang), vec![checkout::method_name(lang, order.method).to_owned()]),
    ];
    let place = format!("{} {}", to.place, to.postcode);
    let street = [to.street.as_str(), to.detail.as_str()].into_iter().filter(|it| !it.is_empty());
    let street = street.collect::<Vec<_>>().join(", ");
    let right = [(words::buyer(lang), vec![to.recipient.clone(), to.phone_shown(), street, place])];
    let top = sheet.y();
    let middle = Sheet::MARGIN + 260.0;
    facts(sheet, Sheet::MARGIN, 236.0, &left);
    let left_end = sheet.y();
    sheet.go_to(top);
    facts(sheet, middle, Sheet::RIGHT - middle, &right);
    let end = left_end.max(sheet.y());
    sheet.go_to(end + 10.0);
}

fn facts(sheet: &mut Sheet, x: f32, width: f32, facts: &[(&str, Vec<String>)]) {
    for (name, values) in facts {
        sheet.text(x, SMALL, Regular, Ink::Grey, name);
        sheet.down(SMALL * LEADING);
        for (i, value) in values.iter().filter(|value| !value.trim().is_empty()).enumerate() {
            let weight = if i == 0 { Bold } else { Regular };
            sheet.paragraph(x, width, BODY, weight, Ink::Black, value);
        }
        sheet.down(6.0);
    }
}

fn columns(sheet: &mut Sheet, lang: Lang) {
    sheet.text(Sheet::MARGIN, SMALL, Regular, Ink::Grey, words::thing(lang));
    sheet.text_to(PIECES, SMALL, Regular, Ink::Grey, words::quantity(lang));
    sheet.text_to(EACH, SMALL, Regular, Ink::Grey, words::unit(lang));
    sheet.text_to(AMOUNT, SMALL, Regular, Ink::Grey, words::amount(lang));
    sheet.down(14.0);
    sheet.rule();
    sheet.down(6.0);
}

fn goods(sheet: &mut Sheet, items: &[OrderItem], lang: Lang) {
    columns(sheet, lang);
    for item in items {
        let name = if item.label.is_empty() {
            item.name.clone()
        } else {
            format!("{} · {}", item.name, item.label)
        };
        let lines = Regular.wrap(&Regular.printable(&name), BODY, PIECES - Sheet::MARGIN - 60.0);
        let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        if sheet.keep_together(f32::from(rows) * BODY * LEADING + SMALL * LEADING) {
            columns(sheet, lang);
        }
        sheet.text_to(PIECES, BODY, Regular, Ink::Black, &item.quantity.to_string());
        sheet.text_to(EACH, BODY, Regular, Ink::Black, &item.unit.to_string());
        sheet.text_to(AMOUNT, BODY, Regular, Ink::Black, &item.gross.to_string());
        for line in lines {
            sheet.text(Sheet::MARGIN, BODY, Regular, Ink::Black, &line);
            sheet.down(BODY * LEADING);
        }
        sheet.text(Sheet::MARGIN, SMALL, Regular, Ink::Grey, &item.sku);
        sheet.down(SMALL * LEADING + 6.0);
    }
    sheet.rule();
    sheet.down(10.0);
}

/// Lines are written at what they were sold for, so what lowered that is in them already; the other rows follow.
fn sums(sheet: &mut Sheet, order: &OrderPage, lang: Lang) {
    let total = order.summary.total;
    let (lines, rest): (Vec<_>, Vec<_>) = order.summary.rows.iter().partition(|row| row.of.is_in_lines());
    let subtotal = Money::new(lines.iter().map(|row| row.amount.amount()).sum(), total.currency());
    let mut rows = vec![(words::subtotal(lang).to_owned(), subtotal)];
    rows.extend(rest.iter().map(|row| (cart::part(lang, &row.of), row.amount)));
    for (name, amount) in rows {
        row(sheet, Regular, &name, amount);
    }
    sheet.down(2.0);
    row(sheet, Bold, cart::total(lang), total);
    if order.refunded.amount() > 0 {
        row(sheet, Regular, words::refunded(lang), order.refunded);
    }
}

fn row(sheet: &mut Sheet, weight: Weight, name: &str, amount: Money) {
    sheet.keep_together(BODY * LEADING);
    sheet.text(PIECES - 60.0, BODY, weight, Ink::Black, name);
    sheet.text_to(AMOUNT, BODY, weight, Ink::Black, &amount.to_string());
    sheet.down(BODY * LEADING + 3.0);
}
