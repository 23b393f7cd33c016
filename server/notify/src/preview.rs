//! Every message with made-up facts, for the preview page and the tests. A name and a product that try to break out are
//! among them, so that whoever looks sees that they do not.

use crate::{Code, Letter, Link, Message, Origin, RefusedGood, SecurityChange, StaffChange};
use kernel::OffsetDateTime;
use model::{Lang, LocalPath, Money, ShopRole};
use time::macros::datetime;

const AT: OffsetDateTime = datetime!(2026-11-22 07:05 UTC);

/// One of each, in the order of the enum. The compiler does not force a sample; the test below does.
pub fn samples() -> Vec<Message> {
    let link = |path: &str| Link::to(path.parse().unwrap_or_else(|_| LocalPath::home()));
    let code = || Code::new("482913");
    let origin =
        || Origin { device: Some("Chrome, Windows".to_owned()), place: Some("203.0.113.x".to_owned()) };
    let shop = || "Toko <b>Senja</b> & \"Kopi\"".to_owned();
    let product = || "Tas <b>Selempang</b> \"Kanvas\" & Kulit".to_owned();
    let number = || "INV/20261122/000123".to_owned();
    vec![
        Message::VerifyEmail { code: code(), link: link("/verify?token=contoh"), minutes: 30 },
        Message::VerifyPhone { code: code(), minutes: 10 },
        Message::ResetPassword { link: link("/reset?token=contoh"), minutes: 30 },
        Message::PasswordChanged { at: AT, origin: origin(), link: link("/account/security") },
        Message::SecurityChanged {
            change: SecurityChange::TwoStepOn,
            at: AT,
            origin: origin(),
            link: link("/account/security"),
        },
        Message::NewDevice { at: AT, origin: origin(), link: link("/account/security") },
        Message::EmailChangeNew { code: code(), link: link("/verify?token=contoh"), minutes: 30 },
        Message::EmailChangeOld {
            new: "b•••@contoh.example".to_owned(),
            code: code(),
            confirm: link("/verify?token=contoh"),
            stop: link("/verify?token=berhenti"),
            minutes: 30,
        },
        Message::AccountExists { sign_in: link("/sign-in"), reset: link("/forgot") },
        Message::DeletionScheduled { on: AT, cancel: link("/account/privacy") },
        Message::DeletionCancelled { link: link("/account") },
        Message::ExportReady { link: link("/account/privacy"), days: 7 },
        Message::Welcome { link: link("/") },
        Message::PriceDrop {
            product: product(),
            before: Money::idr(250_000),
            now: Money::idr(199_000),
            link: link("/p/tas"),
        },
        Message::BackInStock { product: product(), price: Money::idr(199_000), link: link("/p/tas") },
        Message::OrderToPay { total: Money::idr(349_500), due: AT, link: link("/pay/contoh") },
        Message::OrderPaid {
            total: Money::idr(349_500),
            numbers: vec![number(), "INV/20261122/000124".to_owned()],
            cash: false,
            link: link("/orders/contoh"),
        },
        Message::OrderExpired { total: Money::idr(349_500), link: link("/orders/contoh") },
        Message::OrderCancelled {
            number: number(),
            shop: shop(),
            back: Some(Money::idr(129_500)),
            link: link("/account/orders/contoh"),
        },
        Message::OrderShipped {
            number: number(),
            shop: shop(),
            from: AT,
            to: AT + time::Duration::days(2),
            link: link("/account/orders/contoh"),
        },
        Message::OrderPartShipped {
            number: number(),
            shop: shop(),
            pieces: "2 × Kopi Arabika".to_owned(),
            link: link("/account/orders/contoh"),
        },
        Message::PiecesLeftOut {
            number: number(),
            shop: shop(),
            pieces: "1 × Teh Melati".to_owned(),
            back: Some(Money::idr(29_500)),
            link: link("/account/orders/contoh"),
        },
        Message::OrderDelivered {
            number: number(),
            shop: shop(),
            settles: AT,
            link: link("/account/orders/contoh"),
        },
        Message::MoneyBack { amount: Money::idr(349_500), link: link("/orders/contoh") },
        Message::StaffInvited {
            shop: shop(),
            role: ShopRole::Fulfilment,
            link: link("/seller/join?token=contoh"),
            days: 7,
        },
        Message::StaffChanged {
            shop: shop(),
            change: StaffChange::Joined { who: "b•••@contoh.example".to_owned() },
            link: link("/seller/toko/staff"),
        },
        Message::ShopApproved { shop: shop(), link: link("/seller/toko") },
        Message::ShopRejected {
            shop: shop(),
            reason: "Foto <i>KTP</i> buram. Kirim foto yang lebih terang.".to_owned(),
            link: link("/seller/toko"),
        },
        Message::ProductRejected {
            product: "Kaos <b>Polos</b>".to_owned(),
            reason: "Foto memuat nomor telepon. Ganti fotonya.".to_owned(),
            link: link("/seller/toko/products"),
        },
        Message::StockLow {
            shop: shop(),
            out: vec![product()],
            low: vec!["Kaos <b>Polos</b> · Hitam, XL".to_owned()],
            more: 3,
            link: link("/seller/toko/stock"),
        },
        Message::NominationsDecided {
            shop: shop(),
            sale: "Kilat <b>Akhir Pekan</b>".to_owned(),
            accepted: vec![product()],
            refused: vec![RefusedGood {
                name: "Kaos <b>Polos</b> · Hitam, XL".to_owned(),
                reason: "Fotonya buram. Ganti, lalu daftarkan lagi.".to_owned(),
            }],
            more: 2,
            link: link("/seller/toko/promotions/flash/contoh"),
        },
    ]
}

/// The sample of this kind in this language.
pub fn sample(kind: &str, lang: Lang) -> Option<(Message, Letter)> {
    let message = samples().into_iter().find(|message| message.kind() == kind)?;
    let letter = Letter::of(&message, lang, Some("Budi Santoso"));
    Some((message, letter))
}
