//! What the people of a shop are told. Names of shops are typed by their owners: cut short in subjects.

use super::Letter;
use crate::{Link, RefusedGood, StaffChange, facts::line};
use model::{Lang, ShopRole, words::seller};

model::messages! {
    approved_subject(shop): "{shop} sudah buka" / "{shop} is open";
    approved_title: "Toko Anda disetujui" / "Your shop is approved";
    approved_text(shop): "{shop} kini dilihat pembeli. Tambahkan barang, lalu mulai berjualan." / "Shoppers see {shop} now. Add goods and start selling.";
    approved_short(shop): "{shop} disetujui dan sudah buka:" / "{shop} is approved and open:";

    rejected_subject(shop): "{shop} belum disetujui" / "{shop} has not been approved";
    rejected_title: "Ada yang perlu diperbaiki" / "Something has to be corrected";
    rejected_text(shop): "Kami memeriksa dokumen {shop} dan belum bisa menyetujuinya:" / "We looked at the documents of {shop} and cannot approve it yet:";
    rejected_again: "Perbaiki, lalu kirim lagi." / "Correct that, then send them again.";
    rejected_short(shop): "{shop} belum disetujui. Lihat alasannya:" / "{shop} has not been approved. See why:";

    product_rejected_subject(product): "{product} tidak dijual lagi" / "{product} is off sale";
    product_rejected_title: "Barang perlu diperbaiki" / "A product has to be corrected";
    product_rejected_text(product): "Kami memeriksa {product} dan belum bisa menjualnya di Pasar:" / "We looked at {product} and cannot have it on sale on Pasar:";
    product_rejected_again: "Perbaiki, lalu ajukan lagi." / "Correct that, then ask for it to be put on sale again.";
    product_rejected_short(product): "{product} perlu diperbaiki:" / "{product} has to be corrected:";
    to_product: "Perbaiki barang" / "Correct the product";

    stock_low_subject(shop): "Stok {shop} menipis" / "{shop} is running out of goods";
    stock_low_title: "Saatnya menambah stok" / "Time to fill the shelves";
    stock_low_text(shop): "Stok {shop} sudah sampai pada batas yang Anda tentukan." / "The stock of {shop} has fallen as low as you wanted to hear of.";
    stock_out_names(names): "Habis: {names}." / "Sold out: {names}.";
    stock_low_names(names): "Hampir habis: {names}." / "About to run out: {names}.";
    stock_low_more(n): "Dan {n} lainnya." / "And {n} more.";
    stock_low_short(shop): "Stok {shop} menipis:" / "{shop} is running out of goods:";
    to_stock: "Lihat stok" / "See the stock";

    decided_subject(sale): "Barang Anda di {sale}" / "Your goods in {sale}";
    decided_title: "Pendaftaran flash sale sudah diputuskan" / "Your nominations were decided";
    decided_text(shop, sale): "Kami melihat barang yang didaftarkan {shop} untuk {sale}." / "We looked at what {shop} nominated for {sale}.";
    accepted_names(names): "Diterima: {names}." / "Accepted: {names}.";
    refused_name(name, reason): "Ditolak: {name}. Alasannya: {reason}" / "Refused: {name}. The reason: {reason}";
    decided_short(sale): "Pendaftaran Anda di {sale} sudah diputuskan:" / "Your nominations for {sale} were decided:";
    to_sale: "Lihat flash sale" / "See the flash sale";

    invited_subject(shop): "Undangan bekerja di {shop}" / "You are asked to work in {shop}";
    invited_title: "Anda diundang" / "You are invited";
    invited_text(shop, role): "{shop} mengundang Anda bekerja di pusat penjualnya sebagai {role}." / "{shop} asks you to work in its seller centre as {role}.";
    invited_days(days): "Undangan ini berlaku {days} hari dan hanya sekali, untuk akun dengan alamat email ini." / "The invitation holds for {days} days and works once, for the account with this email address.";
    invited_button: "Lihat undangan" / "See the invitation";
    invited_short(shop): "{shop} mengundang Anda:" / "{shop} invites you:";
    not_expected: "Tidak mengenal toko ini? Abaikan saja surat ini." / "You do not know this shop? Then ignore this message.";

    staff_subject(shop): "Perubahan staf {shop}" / "A change of staff in {shop}";
    joined_text(who, shop): "{who} kini bekerja di {shop}." / "{who} works in {shop} now.";
    left_text(who, shop): "{who} keluar dari {shop}." / "{who} left {shop}.";
    role_text(shop, role): "Peran Anda di {shop} sekarang: {role}." / "Your role in {shop} is now: {role}.";
    removed_text(shop): "Anda tidak lagi bekerja di {shop}." / "You no longer work in {shop}.";

    to_shop: "Ke pusat penjual" / "To the seller centre";
}

const IN_SUBJECT: usize = 60;

pub fn approved(lang: Lang, shop: &str, link: &Link) -> Letter {
    let shop = line(shop, IN_SUBJECT);
    Letter::new(lang, approved_subject(lang, &shop), approved_title(lang))
        .text(approved_text(lang, &shop))
        .button(to_shop(lang), link)
        .short_to(approved_short(lang, &shop), link)
}

pub fn rejected(lang: Lang, shop: &str, reason: &str, link: &Link) -> Letter {
    let shop = line(shop, IN_SUBJECT);
    Letter::new(lang, rejected_subject(lang, &shop), rejected_title(lang))
        .text(rejected_text(lang, &shop))
        .text(reason)
        .text(rejected_again(lang))
        .button(to_shop(lang), link)
        .short_to(rejected_short(lang, &shop), link)
}

pub fn product_rejected(lang: Lang, product: &str, reason: &str, link: &Link) -> Letter {
    let product = line(product, IN_SUBJECT);
    Letter::new(lang, product_rejected_subject(lang, &product), product_rejected_title(lang))
        .text(product_rejected_text(lang, &product))
        .text(reason)
        .text(product_rejected_again(lang))
        .button(to_product(lang), link)
        .short_to(product_rejected_short(lang, &product), link)
}

/// What is gone comes before what is about to be.
pub fn stock_low(
    lang: Lang,
    shop: &str,
    (out, low, more): (&[String], &[String], u32),
    link: &Link,
) -> Letter {
    let shop = line(shop, IN_SUBJECT);
    let list =
        |names: &[String]| names.iter().map(|name| line(name, IN_SUBJECT)).collect::<Vec<_>>().join(", ");
    let mut letter = Letter::new(lang, stock_low_subject(lang, &shop), stock_low_title(lang))
        .text(stock_low_text(lang, &shop));
    if !out.is_empty() {
        letter = letter.text(stock_out_names(lang, list(out)));
    }
    if !low.is_empty() {
        letter = letter.text(stock_low_names(lang, list(low)));
    }
    if more > 0 {
        letter = letter.text(stock_low_more(lang, more));
    }
    letter.button(to_stock(lang), link).short_to(stock_low_short(lang, &shop), link)
}

/// What was accepted, then each refusal with its reason.
pub fn nominations_decided(
    lang: Lang,
    (shop, sale): (&str, &str),
    (accepted, refused, more): (&[String], &[RefusedGood], u32),
    link: &Link,
) -> Letter {
    let (shop, sale) = (line(shop, IN_SUBJECT), line(sale, IN_SUBJECT));
    let mut letter = Letter::new(lang, decided_subject(lang, &sale), decided_title(lang))
        .text(decided_text(lang, shop, &sale));
    if !accepted.is_empty() {
        let names: Vec<String> = accepted.iter().map(|name| line(name, IN_SUBJECT)).collect();
        letter = letter.text(accepted_names(lang, names.join(", ")));
    }
    for one in refused {
        letter = letter.text(refused_name(lang, line(&one.name, IN_SUBJECT), &one.reason));
    }
    if more > 0 {
        letter = letter.text(stock_low_more(lang, more));
    }
    letter.button(to_sale(lang), link).short_to(decided_short(lang, &sale), link)
}

pub fn invited(lang: Lang, shop: &str, role: ShopRole, link: &Link, days: u16) -> Letter {
    let shop = line(shop, IN_SUBJECT);
    Letter::new(lang, invited_subject(lang, &shop), invited_title(lang))
        .text(invited_text(lang, &shop, seller::role(lang, role)))
        .text(invited_days(lang, days))
        .button(invited_button(lang), link)
        .note(not_expected(lang))
        .short_to(invited_short(lang, &shop), link)
}

pub fn staff_changed(lang: Lang, shop: &str, change: &StaffChange, link: &Link) -> Letter {
    let shop = line(shop, IN_SUBJECT);
    let text = match change {
        StaffChange::Joined { who } => joined_text(lang, line(who, IN_SUBJECT), &shop),
        StaffChange::Left { who } => left_text(lang, line(who, IN_SUBJECT), &shop),
        StaffChange::Role { role } => role_text(lang, &shop, seller::role(lang, *role)),
        StaffChange::Removed => removed_text(lang, &shop),
    };
    Letter::new(lang, staff_subject(lang, &shop), staff_subject(lang, &shop))
        .text(text.clone())
        .button(to_shop(lang), link)
        .short_to(text, link)
}
