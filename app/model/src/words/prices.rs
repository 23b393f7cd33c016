//! Prices that hold for a time, for those who promote.

use crate::{Lang, shop::PriceStanding};

crate::messages! {
    title: "Harga berjangka" / "Prices for a time";
    about: "Turunkan harga satu varian selama waktu tertentu. Harga biasanya tampil dicoret, dan kembali sendiri setelahnya." / "Lower the price of a variant for a time. Its usual price is shown struck through, and comes back by itself afterwards.";
    tabs: "Harga menurut keadaan" / "Prices by how they stand";
    none: "Belum ada harga di sini" / "No prices here";
    none_text: "Pilih barang di bawah untuk membuat satu." / "Choose goods below to make one.";
    more: "Harga berikutnya" / "More prices";
    newest: "Ke yang terbaru" / "Back to the newest";
    price_of(price, otherwise): "{price}, biasanya {otherwise}" / "{price} instead of {otherwise}";
    from_until(from, until): "{from} sampai {until}" / "{from} until {until}";
    cancel: "Batalkan" / "Cancel";
    end: "Akhiri sekarang" / "End it now";
    choose: "Pilih barang" / "Choose goods";
    set_for: "Atur harga" / "Set a price";
    new: "Harga untuk waktu tertentu" / "A price for a time";
    price: "Harga" / "Price";
    price_hint(usual): "Di bawah harga biasa, {usual}." / "Below the usual price, {usual}.";
    from: "Mulai (WIB)" / "From (WIB)";
    from_hint: "Kosongkan untuk mulai sekarang." / "Leave it empty to begin now.";
    from_wrong: "Sudah ada harga lain di waktu itu, atau mulainya terlalu jauh." / "There is another price for that time, or it begins too far ahead.";
    until: "Sampai (WIB)" / "Until (WIB)";
    until_wrong: "Selesainya setelah sekarang dan setelah mulai, paling lama 90 hari kemudian." / "It ends after now and after it begins, within 90 days.";
    save: "Simpan harga" / "Save the price";
    saved: "Harganya sudah disimpan." / "The price is saved.";
    stale: "Harga ini sudah selesai atau dibatalkan. Muat ulang halamannya." / "This price is over or was cancelled. Load the page again.";
}

pub const fn standing(lang: Lang, standing: PriceStanding) -> &'static str {
    match (standing, lang) {
        (PriceStanding::Running, Lang::Id) => "Berlaku",
        (PriceStanding::Running, Lang::En) => "In force",
        (PriceStanding::Coming, Lang::Id) => "Akan datang",
        (PriceStanding::Coming, Lang::En) => "Coming",
        (PriceStanding::Over, Lang::Id) => "Selesai",
        (PriceStanding::Over, Lang::En) => "Over",
    }
}
