//! What buyers are told about what they ordered. Names of shops are typed by sellers: cut short.

use super::Letter;
use crate::{Link, facts::line};
use kernel::{OffsetDateTime, when};
use model::{Lang, Money};

model::messages! {
    number: "Nomor pesanan" / "Order number";
    numbers: "Nomor pesanan" / "Order numbers";
    shop: "Toko" / "Shop";
    total: "Total" / "Total";
    see: "Lihat pesanan" / "See the order";

    to_pay_subject(total): "Selesaikan pembayaran {total}" / "Please pay {total}";
    to_pay_title: "Pesanan Anda menunggu pembayaran" / "Your order is waiting for its payment";
    to_pay_text(due): "Bayar sebelum {due}. Setelah itu pesanan dibatalkan dan barang kembali dijual." / "Pay by {due}. After that the order is cancelled and the goods go back on sale.";
    to_pay_due: "Bayar sebelum" / "To be paid by";
    to_pay_button: "Bayar sekarang" / "Pay now";
    to_pay_note: "Bayarlah hanya lewat halaman pembayaran Pasar. Kami tidak pernah meminta transfer ke rekening pribadi." / "Pay only as the payment page says. We never ask for a transfer to a private account.";
    to_pay_short(total, due): "bayar {total} sebelum {due}:" / "pay {total} by {due}:";

    paid_subject(total): "Pembayaran {total} diterima" / "We received your payment of {total}";
    paid_title: "Pembayaran diterima" / "Payment received";
    paid_text: "Penjual sudah kami beri tahu dan segera menyiapkan pesanan Anda." / "The sellers know, and are about to prepare your order.";
    paid_note: "Dana kami simpan sampai pesanan Anda terima." / "We keep the money until you have what you ordered.";
    paid_short(total): "pembayaran {total} diterima. Pesanan Anda:" / "we received {total}. Your order:";

    cash_subject: "Pesanan Anda diteruskan ke penjual" / "Your order is with the sellers";
    cash_text(total): "Siapkan {total} tunai untuk kurir saat barang tiba." / "Have {total} ready in cash when the courier comes.";
    cash_short(total): "pesanan diteruskan ke penjual. Siapkan {total} tunai:" / "your order is with the sellers. Have {total} in cash ready:";

    expired_subject: "Pesanan dibatalkan karena belum dibayar" / "Your order was cancelled, as it was not paid";
    expired_text(total): "Pembayaran {total} tidak kami terima sampai batas waktunya. Barang dan voucher sudah dikembalikan." / "We did not receive {total} in time. The goods are back on sale, and your vouchers are yours again.";
    expired_again: "Masih ingin barangnya? Pesan lagi dari halaman pesanan." / "Still want it? Order again from the page of the order.";
    expired_short: "pesanan dibatalkan karena belum dibayar." / "your order was cancelled, as it was not paid.";

    cancelled_subject(number): "Pesanan {number} dibatalkan" / "Order {number} was cancelled";
    cancelled_title: "Pesanan dibatalkan" / "Order cancelled";
    cancelled_text(shop): "Pesanan Anda di {shop} dibatalkan." / "Your order from {shop} was cancelled.";
    cancelled_back: "Uang kembali" / "Money back";
    cancelled_how: "Uang kembali ke cara bayar yang Anda pakai. Lamanya tergantung bank atau dompet digital Anda." / "The money goes back the way it came. How long that takes is up to your bank or wallet.";
    cancelled_short(number): "pesanan {number} dibatalkan:" / "order {number} was cancelled:";

    shipped_subject(number): "Pesanan {number} sedang dikirim" / "Order {number} is on its way";
    shipped_title: "Pesanan sedang dikirim" / "It is on its way";
    shipped_text(shop): "{shop} sudah menyerahkan pesanan Anda ke kurir." / "{shop} has handed your order to the courier.";
    shipped_arrives: "Perkiraan tiba" / "Expected";
    shipped_short(number): "pesanan {number} sedang dikirim:" / "order {number} is on its way:";

    part_subject(number): "Sebagian pesanan {number} sedang dikirim" / "A part of order {number} is on its way";
    part_title: "Sebagian pesanan sedang dikirim" / "A part of it is on its way";
    part_text(shop): "{shop} sudah menyerahkan satu paket dari pesanan Anda ke kurir. Sisanya menyusul." / "{shop} has handed one parcel of your order to the courier. The rest is to follow.";
    part_pieces: "Isi paket" / "In it";
    part_short(number): "sebagian pesanan {number} sedang dikirim:" / "a part of order {number} is on its way:";

    out_subject(number): "Sebagian pesanan {number} tidak bisa dikirim" / "A part of order {number} does not come";
    out_title: "Sebagian pesanan tidak bisa dikirim" / "A part of your order does not come";
    out_text(shop): "Sebagian barang yang Anda pesan di {shop} tidak sampai kepada Anda. Sisa pesanan tetap berjalan." / "Some of what you ordered from {shop} does not reach you. The rest of the order goes on.";
    out_pieces: "Yang tidak dikirim" / "Not coming";
    out_short(number): "sebagian pesanan {number} tidak bisa dikirim:" / "a part of order {number} does not come:";

    delivered_subject(number): "Pesanan {number} sudah tiba" / "Order {number} has arrived";
    delivered_title: "Pesanan sudah tiba" / "It has arrived";
    delivered_text(by): "Periksa isinya. Jika ada yang salah, laporkan sebelum {by}; setelah itu uangnya kami teruskan ke penjual." / "Look it over. If something is wrong, tell us by {by}; after that the money goes to the seller.";
    delivered_button: "Periksa pesanan" / "Check the order";
    delivered_short(number, by): "pesanan {number} sudah tiba. Ada masalah? Laporkan sebelum {by}:" / "order {number} has arrived. Something wrong? Tell us by {by}:";

    back_subject(amount): "{amount} dikembalikan kepada Anda" / "{amount} is going back to you";
    back_title: "Uang Anda kami kembalikan" / "Your money is going back";
    back_text(amount): "Kami menerima {amount} yang tidak bisa dipakai untuk pesanan Anda: terlambat, dua kali, atau lebih dari yang ditagih. Seluruhnya kami kembalikan." / "We received {amount} that your order could not use: too late, twice, or more than was due. All of it goes back.";
    back_short(amount): "{amount} yang terlambat atau lebih dikembalikan kepada Anda." / "{amount} that came too late or was too much is going back to you.";
}

const SHOP: usize = 60;

pub fn to_pay(lang: Lang, total_of: Money, due: OffsetDateTime, link: &Link) -> Letter {
    let due = when::date_time(lang, due);
    Letter::new(lang, to_pay_subject(lang, total_of), to_pay_title(lang))
        .text(to_pay_text(lang, &due))
        .facts([(total(lang), Some(total_of.to_string())), (to_pay_due(lang), Some(due.clone()))])
        .button(to_pay_button(lang), link)
        .note(to_pay_note(lang))
        .short_to(to_pay_short(lang, total_of, due), link)
}

pub fn paid(lang: Lang, of: Money, orders: &[String], cash: bool, link: &Link) -> Letter {
    let (subject, title, text, short) = if cash {
        let subject = cash_subject(lang).to_owned();
        (subject.clone(), subject, cash_text(lang, of), cash_short(lang, of))
    } else {
        (
            paid_subject(lang, of),
            paid_title(lang).to_owned(),
            paid_text(lang).to_owned(),
            paid_short(lang, of),
        )
    };
    let name = if orders.len() > 1 { numbers(lang) } else { number(lang) };
    let letter = Letter::new(lang, subject, title)
        .text(text)
        .facts([(total(lang), Some(of.to_string()))])
        .facts(orders.iter().map(|order| (name, Some(order.clone()))))
        .button(see(lang), link)
        .short_to(short, link);
    if cash { letter } else { letter.note(paid_note(lang)) }
}

pub fn expired(lang: Lang, total_of: Money, link: &Link) -> Letter {
    Letter::new(lang, expired_subject(lang), expired_subject(lang))
        .text(expired_text(lang, total_of))
        .text(expired_again(lang))
        .button(see(lang), link)
        .short(expired_short(lang))
}

pub fn cancelled(lang: Lang, order: &str, from: &str, back: Option<Money>, link: &Link) -> Letter {
    let shop_name = line(from, SHOP);
    let letter = Letter::new(lang, cancelled_subject(lang, order), cancelled_title(lang))
        .text(cancelled_text(lang, shop_name))
        .facts([
            (number(lang), Some(order.to_owned())),
            (cancelled_back(lang), back.map(|back| back.to_string())),
        ])
        .button(see(lang), link)
        .short_to(cancelled_short(lang, order), link);
    if back.is_some() { letter.note(cancelled_how(lang)) } else { letter }
}

pub fn shipped(
    lang: Lang,
    order: &str,
    from: &str,
    days: (OffsetDateTime, OffsetDateTime),
    link: &Link,
) -> Letter {
    let (first, last) = (when::date(lang, days.0), when::date(lang, days.1));
    let arrives = if first == last { first } else { format!("{first} – {last}") };
    Letter::new(lang, shipped_subject(lang, order), shipped_title(lang))
        .text(shipped_text(lang, line(from, SHOP)))
        .facts([(number(lang), Some(order.to_owned())), (shipped_arrives(lang), Some(arrives))])
        .button(see(lang), link)
        .short_to(shipped_short(lang, order), link)
}

pub fn part_shipped(lang: Lang, order: &str, from: &str, pieces: &str, link: &Link) -> Letter {
    Letter::new(lang, part_subject(lang, order), part_title(lang))
        .text(part_text(lang, line(from, SHOP)))
        .facts([(number(lang), Some(order.to_owned())), (part_pieces(lang), Some(pieces.to_owned()))])
        .button(see(lang), link)
        .short_to(part_short(lang, order), link)
}

pub fn left_out(
    lang: Lang,
    order: &str,
    from: &str,
    pieces: &str,
    back: Option<Money>,
    link: &Link,
) -> Letter {
    let letter = Letter::new(lang, out_subject(lang, order), out_title(lang))
        .text(out_text(lang, line(from, SHOP)))
        .facts([
            (number(lang), Some(order.to_owned())),
            (out_pieces(lang), Some(pieces.to_owned())),
            (cancelled_back(lang), back.map(|back| back.to_string())),
        ])
        .button(see(lang), link)
        .short_to(out_short(lang, order), link);
    if back.is_some() { letter.note(cancelled_how(lang)) } else { letter }
}

pub fn delivered(lang: Lang, order: &str, from: &str, settles: OffsetDateTime, link: &Link) -> Letter {
    let by = when::date_time(lang, settles);
    Letter::new(lang, delivered_subject(lang, order), delivered_title(lang))
        .text(delivered_text(lang, &by))
        .facts([(number(lang), Some(order.to_owned())), (shop(lang), Some(line(from, SHOP)))])
        .button(delivered_button(lang), link)
        .short_to(delivered_short(lang, order, by), link)
}

pub fn money_back(lang: Lang, amount: Money, link: &Link) -> Letter {
    Letter::new(lang, back_subject(lang, amount), back_title(lang))
        .text(back_text(lang, amount))
        .button(see(lang), link)
        .note(cancelled_how(lang))
        .short(back_short(lang, amount))
}
