//! What is stuck onto a parcel, as its page shows it: one A6.

use crate::{Ink, PaperError, Sheet, Weight, sheet::LEADING};
use kernel::when;
use model::{
    Lang,
    views::sold::Label,
    words::{checkout, orders, sold as words},
};
use time::OffsetDateTime;

use Weight::{Bold, Regular};

const LEFT: f32 = Sheet::LABEL_MARGIN;
const RIGHT: f32 = Sheet::LABEL_RIGHT;
const SMALL: f32 = 8.0;
const BODY: f32 = 9.5;
/// Of the bars: on every label, or a scanner is held wrongly.
const BARS: f32 = 62.0;
/// Units of white that stand on both sides of the bars.
const QUIET: f32 = 10.0;
const QR: f32 = 96.0;

pub fn label(label: &Label, lang: Lang) -> Result<Vec<u8>, PaperError> {
    let order = &label.order;
    let mut sheet = Sheet::label(words::label_of(lang, &label.waybill), lang);
    sheet.text(LEFT, 15.0, Bold, Ink::Leaf, "Pasar");
    let service = format!("{} · {}", order.courier, checkout::service_name(lang, order.service));
    sheet.text_to(RIGHT, BODY, Bold, Ink::Black, &service);
    sheet.down(26.0);

    #[expect(clippy::cast_precision_loss, reason = "some hundred units")]
    let unit = (RIGHT - LEFT) / (label.bars_width as f32 + 2.0 * QUIET);
    sheet.boxes(LEFT + QUIET * unit, (unit, BARS), &label.bars);
    sheet.down(BARS + 5.0);
    let middle = f32::midpoint(LEFT, RIGHT) + Bold.width(&label.waybill, 11.0) / 2.0;
    sheet.text_to(middle, 11.0, Bold, Ink::Black, &label.waybill);
    sheet.down(22.0);

    let to = &order.ship_to;
    let top = sheet.y();
    let unit = QR / f32::from(label.qr.size);
    sheet.boxes(RIGHT - QR, (unit, unit), &label.qr.path);
    let width = RIGHT - QR - LEFT - 6.0;
    let said = if to.at_counter { orders::counter(lang) } else { words::receiver(lang) };
    sheet.text(LEFT, SMALL, Regular, Ink::Grey, said);
    sheet.down(SMALL * LEADING);
    let street = [to.street.as_str(), to.detail.as_str()].into_iter().filter(|it| !it.is_empty());
    let street = street.collect::<Vec<_>>().join(", ");
    let place = format!("{} {}", to.place, to.postcode);
    for (weight, line) in [
        (Bold, &to.recipient),
        (Regular, &to.phone_shown()),
        (Regular, &street),
        (Regular, &place),
        (Regular, &to.notes),
    ] {
        if !line.is_empty() {
            sheet.paragraph(LEFT, width, BODY, weight, Ink::Black, line);
        }
    }
    let end = sheet.y().max(top + QR);
    sheet.go_to(end + 8.0);
    sheet.text(LEFT, SMALL, Regular, Ink::Grey, words::from(lang));
    sheet.down(SMALL * LEADING);
    sheet.text(LEFT, BODY, Bold, Ink::Black, &order.shop);
    sheet.down(BODY * LEADING + 6.0);
    sheet.filled(LEFT, RIGHT - LEFT, 0.75, Ink::Pale);
    sheet.down(8.0);
    sheet.text(LEFT, BODY, Regular, Ink::Black, &order.number);
    let grams = label.parcel.weight_g;
    sheet.text_to(RIGHT, BODY, Regular, Ink::Black, &format!("{grams} g"));
    sheet.down(BODY * LEADING);
    let day = |at| OffsetDateTime::from_unix_timestamp(at).map(|at| when::date(lang, at)).unwrap_or_default();
    let collected = words::collection(lang, label.parcel.collection, day);
    let (n, all) = label.place;
    if all > 1 {
        sheet.text_to(RIGHT, BODY, Regular, Ink::Black, &words::parcel_of(lang, n, all));
    }
    sheet.text(LEFT, BODY, Regular, Ink::Black, &collected);
    sheet.down(BODY * LEADING + 6.0);
    if let Some(cash) = label.cash {
        sheet.text(LEFT, 12.0, Bold, Ink::Black, &words::cash_to_collect(lang, cash));
    }
    sheet.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        Money,
        ids::{OrderId, ShipmentId, Uuid},
        order::OrderState,
        payment::Method,
        shipping::{Collection, Service, ShipmentState},
        views::{
            QrPicture, ShipTo, Summary,
            sold::{Earnings, Parcel, SoldPage},
        },
    };

    #[test]
    fn a_label_is_one_page_and_the_same_each_time() {
        let order = SoldPage {
            id: OrderId::new(Uuid::nil()),
            number: "INV/20261129/000123".to_owned(),
            state: OrderState::Packed,
            shop: "Toko Rempah".to_owned(),
            shop_slug: "toko-rempah".parse().unwrap(),
            placed_at: 0,
            due_by: None,
            settle_by: None,
            items: vec![],
            ship_to: ShipTo {
                recipient: "Sari Wulandari".to_owned(),
                phone: "+6281234567890".to_owned(),
                street: "Jl. Melati No. 5, RT 03/RW 04, Perumahan yang namanya panjang sekali".to_owned(),
                detail: "Lantai 2".to_owned(),
                place: "Kebayoran Baru, Jakarta Selatan, DKI Jakarta".to_owned(),
                postcode: "12110".to_owned(),
                notes: "Pagar hijau".to_owned(),
                at_counter: false,
            },
            courier: "Kirim Cepat".to_owned(),
            service: Service::Regular,
            insured: false,
            weight_g: 900,
            note: String::new(),
            method: Method::Cod,
            summary: Summary::default(),
            earnings: Earnings {
                goods: Money::idr(0),
                shipping_discount: Money::idr(0),
                fees: vec![],
                left_out: Money::idr(0),
                total: Money::idr(0),
            },
            timeline: vec![],
            parcels: vec![],
            left_out: vec![],
            waits: vec![],
            ways: vec![],
            key: String::new(),
        };
        let of = Label {
            order,
            parcel: Parcel {
                id: ShipmentId::new(Uuid::nil()),
                pieces: vec![],
                collection: Collection::Slot { from: 1_764_550_800, until: 1_764_558_000 },
                left: false,
                state: ShipmentState::Booked,
                waybill: Some("KC1234567890".to_owned()),
                weight_g: 900,
                seen: vec![],
            },
            place: (1, 2),
            waybill: "KC1234567890".to_owned(),
            bars_width: 178,
            bars: "M0 0h2v1h-2zM3 0h1v1h-1z".to_owned(),
            qr: QrPicture { payload: "KC1234567890".to_owned(), size: 29, path: "M4 4h1v1h-1z".to_owned() },
            cash: Some(Money::idr(125_000)),
        };
        let first = label(&of, Lang::Id).unwrap();
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(first, label(&of, Lang::Id).unwrap());
        let pages = first
            .windows(11)
            .filter(|part| part == b"/Type /Page" || part.starts_with(b"/Type/Page"))
            .count();
        assert!(pages <= 2, "a page and the tree of pages: {pages}");
    }
}
