//! What someone wished to be told about goods. Names of products are typed by sellers: cut short in subjects.

use super::Letter;
use crate::{Link, facts::line};
use model::{Lang, Money};

model::messages! {
    drop_subject(product): "Harga turun: {product}" / "Price drop: {product}";
    drop_title: "Harganya turun" / "It costs less now";
    drop_text(product): "{product}, yang Anda simpan, kini lebih murah." / "{product}, which you saved, is cheaper now.";
    drop_before: "Sebelumnya" / "Before";
    drop_now: "Sekarang" / "Now";
    drop_button: "Lihat barangnya" / "See the product";
    drop_note: "Harga dan stok dapat berubah sewaktu-waktu." / "Price and stock can change at any time.";
    drop_short(product, price): "{product} turun menjadi {price}:" / "{product} is down to {price}:";

    back_subject(product): "Tersedia lagi: {product}" / "Back in stock: {product}";
    back_title: "Sudah ada lagi" / "It is back";
    back_text(product): "{product}, yang Anda tunggu, sudah tersedia lagi." / "{product}, which you were waiting for, is in stock again.";
    back_price: "Harga" / "Price";
    back_short(product): "{product} tersedia lagi:" / "{product} is in stock again:";
}

const IN_SUBJECT: usize = 60;
const IN_TEXT: usize = 150;

pub fn price_drop(lang: Lang, product: &str, before: Money, now: Money, link: &Link) -> Letter {
    let name = line(product, IN_SUBJECT);
    Letter::new(lang, drop_subject(lang, &name), drop_title(lang))
        .text(drop_text(lang, line(product, IN_TEXT)))
        .facts([(drop_before(lang), Some(before.to_string())), (drop_now(lang), Some(now.to_string()))])
        .button(drop_button(lang), link)
        .note(drop_note(lang))
        .short_to(drop_short(lang, name, now), link)
}

pub fn back_in_stock(lang: Lang, product: &str, price: Money, link: &Link) -> Letter {
    let name = line(product, IN_SUBJECT);
    Letter::new(lang, back_subject(lang, &name), back_title(lang))
        .text(back_text(lang, line(product, IN_TEXT)))
        .facts([(back_price(lang), Some(price.to_string()))])
        .button(drop_button(lang), link)
        .note(drop_note(lang))
        .short_to(back_short(lang, name), link)
}
