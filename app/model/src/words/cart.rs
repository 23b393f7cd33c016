//! Putting goods in the cart, and what a purchase comes to.

use super::{checkout, members};
use crate::{
    Lang, Money,
    pricing::MemberTier,
    views::{CodeReason, CodeRefusal, Deal, SummaryPart, Supply},
};

crate::messages! {
    title: "Keranjang" / "Cart";
    in_cart(n): "Isi keranjang: {n}" / "In the cart: {n}";
    add: "+ Keranjang" / "Add to cart";
    buy_now: "Beli langsung" / "Buy now";
    added: "Sudah masuk keranjang." / "It is in your cart.";
    view_cart: "Lihat keranjang" / "View cart";
    choose_first: "Pilih varian dulu, lalu masukkan ke keranjang." / "Choose a variant first, then add it to your cart.";
    sold_out_now: "Stoknya sedang habis." / "It is out of stock for now.";
    too_few_left(min): "Stoknya kurang dari pembelian minimal {min}." / "Fewer are left than the minimum of {min}.";
    pieces_of(n): "{n} buah" / "Qty {n}";
    note: "Catatan untuk penjual" / "Note for the seller";
    note_add: "Tulis catatan" / "Add a note";
    note_said(note): "Catatan: {note}" / "Note: {note}";
    note_save: "Simpan catatan" / "Save note";
    change: "Ubah" / "Change";
    take_left(n): "Ambil {n} saja" / "Take {n} instead";
    remove: "Hapus" / "Remove";
    remove_what(name): "Hapus: {name}" / "Remove: {name}";
    removed: "Barangnya sudah dihapus." / "Removed from your cart.";
    undo: "Urungkan" / "Undo";
    keep: "Simpan untuk nanti" / "Save for later";
    keep_what(name): "Simpan untuk nanti: {name}" / "Save for later: {name}";
    bring_back: "Masukkan lagi" / "Move to cart";
    bring_back_what(name): "Masukkan lagi: {name}" / "Move to cart: {name}";
    kept: "Disimpan untuk nanti" / "Saved for later";
    tick_what(name): "Pilih {name}" / "Select {name}";
    tick_shop(shop): "Pilih semua dari {shop}" / "Select everything from {shop}";
    tick_all: "Pilih semua" / "Select all";
    dearer_than(was): "Naik dari {was}" / "Up from {was}";
    cheaper_than(was): "Turun dari {was}" / "Down from {was}";
    news_title: "Ada yang berubah di keranjang" / "Something in your cart has changed";
    news_prices: "Harga yang ditandai di bawah sudah berubah sejak terakhir Anda lihat." / "The prices marked below have changed since you last saw them.";
    news_left_out(n): "{n} barang tidak muat saat kedua keranjang digabung." / "{n} of your items did not fit when your two carts became one.";
    news_reduced(n): "{n} barang melebihi batas pembelian setelah digabung: jumlahnya dikurangi, atau disimpan untuk nanti." / "{n} of your items came to more than may be bought at once: there are fewer now, or they are saved for later.";
    news_seen: "Oke, mengerti" / "OK, got it";
    flash_until(time): "Harga flash sale sampai {time}" / "Flash sale price until {time}";
    goods: "Barang di keranjang" / "Goods in the cart";
    empty: "Keranjang masih kosong" / "Your cart is empty";
    empty_text: "Yuk, cari yang Anda suka. Yang dimasukkan ke sini tetap tersimpan sampai Anda kembali." / "Find something you like. What you put here waits until you come back.";
    empty_kept: "Semua barang sedang disimpan untuk nanti." / "Everything is saved for later.";
    start: "Mulai belanja" / "Start shopping";
    vouchers: "Voucher tersedia" / "Vouchers you can use";
    voucher: "Voucher" / "Vouchers";
    code: "Kode voucher" / "Voucher code";
    use_code: "Pakai" / "Use";
    use_best(amount): "Pakai kombinasi terbaik, hemat {amount} lagi" / "Use the best combination, save {amount} more";
    use_what(code): "Pakai voucher {code}" / "Use voucher {code}";
    drop_what(code): "Lepas voucher {code}" / "Take off voucher {code}";
    takes_off(amount): "Hemat {amount}" / "{amount} off";
    takes_nothing: "Terpasang. Potongannya dihitung saat barangnya dipilih." / "Noted. It counts once its goods are selected.";
    of_shop(shop): "dari {shop}" / "from {shop}";
    of_platform: "dari Pasar" / "from Pasar";
    min_spend(amount): "min. belanja {amount}" / "min. spend {amount}";
    until(date): "sampai {date}" / "until {date}";
    deal_off(amount): "Potongan {amount}" / "{amount} off";
    deal_percent(percent): "Diskon {percent}%" / "{percent}% off";
    deal_percent_most(percent, most): "Diskon {percent}%, maks. {most}" / "{percent}% off, up to {most}";
    deal_shipping(most): "Gratis ongkir s.d. {most}" / "Free shipping up to {most}";
    deal_buy_get(buy, get): "Beli {buy} gratis {get}" / "Buy {buy}, get {get} free";
    summary: "Ringkasan belanja" / "Summary";
    total: "Total" / "Total";
    why: "Kenapa harganya begini?" / "Why this price?";
    you_pay: "Anda bayar" / "You pay";
    you_save(amount): "Anda hemat {amount}" / "You save {amount}";
    before_shipping: "Ongkir dihitung di langkah berikutnya, sebelum Anda membayar." / "Shipping is worked out in the next step, before you pay.";
    buy(n): "Beli ({n})" / "Buy ({n})";
    missing_pieces(n): "Tambah {n} lagi dari barang yang sama untuk memakai voucher ini." / "Take {n} more of the same item to use this voucher.";
    other_methods(names): "Voucher ini untuk pembayaran dengan {names}." / "This voucher is for paying by {names}.";
    for_tier(tier): "Voucher ini untuk anggota {tier}." / "This voucher is for {tier} members.";
    nothing_ticked: "Pilih dulu barang yang mau dibeli." / "Select what you want to buy.";
    not_enough: "Stok salah satu barang pilihan tidak cukup. Kurangi jumlahnya atau batalkan pilihannya." / "One of the selected goods is short of stock. Take fewer, or deselect it.";
    not_so_many: "Jumlah salah satu barang pilihan tidak sesuai batas pembeliannya." / "One of the selected goods is not sold in that quantity.";
    missing(amount): "Belanja {amount} lagi untuk memakai voucher ini." / "Spend {amount} more to use this voucher.";
    part_goods: "Harga barang" / "Goods";
    part_wholesale: "Harga grosir" / "Wholesale price";
    part_scheduled: "Diskon toko" / "Shop discount";
    part_flash: "Flash sale" / "Flash sale";
    part_promotion: "Promo" / "Promotion";
    part_shop_voucher(code): "Voucher toko {code}" / "Shop voucher {code}";
    part_platform_voucher(code): "Voucher Pasar {code}" / "Pasar voucher {code}";
    part_shipping: "Ongkos kirim" / "Shipping";
    part_shipping_voucher(code): "Voucher ongkir {code}" / "Shipping voucher {code}";
    part_insurance: "Asuransi pengiriman" / "Shipping insurance";
    part_fee: "Biaya pembayaran" / "Payment fee";
    part_coins: "Koin" / "Coins";
    part_tax: "Pajak" / "Tax";
}

/// What is to be known about stock; nothing where all is well.
pub fn supply(lang: Lang, supply: Supply) -> Option<String> {
    let text = match (lang, supply) {
        (_, Supply::Enough) => return None,
        (Lang::Id, Supply::Last(n)) => format!("Tinggal {n}"),
        (Lang::En, Supply::Last(n)) => format!("Only {n} left"),
        (Lang::Id, Supply::Short(n)) => format!("Stok tidak cukup, tinggal {n}"),
        (Lang::En, Supply::Short(n)) => format!("Not enough in stock, only {n} left"),
        (Lang::Id, Supply::SoldOut) => "Stok habis".to_owned(),
        (Lang::En, Supply::SoldOut) => "Sold out".to_owned(),
        (Lang::Id, Supply::Gone) => "Sudah tidak dijual".to_owned(),
        (Lang::En, Supply::Gone) => "No longer sold".to_owned(),
        (Lang::Id, Supply::Over(n)) => format!("Pembelian maksimal {n}"),
        (Lang::En, Supply::Over(n)) => format!("At most {n} may be bought at once"),
        (Lang::Id, Supply::Under(n)) => format!("Pembelian minimal {n}"),
        (Lang::En, Supply::Under(n)) => format!("At least {n} are to be bought at once"),
    };
    Some(text)
}

/// A row of a summary.
pub fn part(lang: Lang, part: &SummaryPart) -> String {
    match part {
        SummaryPart::Goods => part_goods(lang).to_owned(),
        SummaryPart::Wholesale => part_wholesale(lang).to_owned(),
        SummaryPart::Scheduled => part_scheduled(lang).to_owned(),
        SummaryPart::FlashSale => part_flash(lang).to_owned(),
        SummaryPart::Promotion => part_promotion(lang).to_owned(),
        SummaryPart::ShopVoucher(code) => part_shop_voucher(lang, code),
        SummaryPart::PlatformVoucher(code) => part_platform_voucher(lang, code),
        SummaryPart::Shipping => part_shipping(lang).to_owned(),
        SummaryPart::ShippingVoucher(code) => part_shipping_voucher(lang, code),
        SummaryPart::Insurance => part_insurance(lang).to_owned(),
        SummaryPart::Fee => part_fee(lang).to_owned(),
        SummaryPart::Coins => part_coins(lang).to_owned(),
        SummaryPart::Tax => part_tax(lang).to_owned(),
    }
}

/// What a voucher gives.
pub fn deal(lang: Lang, deal: &Deal) -> String {
    match deal {
        Deal::Off(amount) => deal_off(lang, amount),
        Deal::Percent(rate, None) => deal_percent(lang, percent(lang, *rate)),
        Deal::Percent(rate, Some(most)) => deal_percent_most(lang, percent(lang, *rate), most),
        Deal::Shipping(most) => deal_shipping(lang, most),
        Deal::BuyGet(buy, get) => deal_buy_get(lang, buy, get),
    }
}

/// Basis points as percent: 1250 is `12,5` or `12.5`.
pub fn percent(lang: Lang, rate: u16) -> String {
    let point = if lang == Lang::Id { ',' } else { '.' };
    match (rate / 100, rate % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) if rest % 10 == 0 => format!("{whole}{point}{}", rest / 10),
        (whole, rest) => format!("{whole}{point}{rest:02}"),
    }
}

/// Why a voucher takes nothing off, and where that helps, what would change it.
pub fn code_reason(lang: Lang, refusal: &CodeRefusal) -> String {
    match (refusal.reason, refusal.missing, refusal.pieces, refusal.least) {
        (CodeReason::MinSpend, Some(amount), _, _) => missing(lang, amount),
        (CodeReason::MinQuantity, _, Some(pieces), _) => missing_pieces(lang, pieces),
        (CodeReason::WrongMethod, ..) if !refusal.methods.is_empty() => {
            let names: Vec<&str> =
                refusal.methods.iter().map(|method| checkout::method_name(lang, *method)).collect();
            other_methods(lang, names.join(", "))
        }
        (CodeReason::MembersOnly, _, _, Some(least)) if least != MemberTier::Regular => {
            for_tier(lang, members::name(least))
        }
        (reason, ..) => reason_name(lang, reason).to_owned(),
    }
}

/// Why a voucher takes nothing off.
pub const fn reason_name(lang: Lang, reason: CodeReason) -> &'static str {
    match (lang, reason) {
        (Lang::Id, CodeReason::Unknown) => "Kode ini tidak dikenal. Periksa lagi ejaannya.",
        (Lang::En, CodeReason::Unknown) => "There is no such code. Check how it is spelled.",
        (Lang::Id, CodeReason::NotYet) => "Voucher ini belum berlaku.",
        (Lang::En, CodeReason::NotYet) => "This voucher is not valid yet.",
        (Lang::Id, CodeReason::Expired) => "Voucher ini sudah berakhir.",
        (Lang::En, CodeReason::Expired) => "This voucher has ended.",
        (Lang::Id, CodeReason::UsedUp) => "Voucher ini sudah habis dipakai.",
        (Lang::En, CodeReason::UsedUp) => "This voucher is used up.",
        (Lang::Id, CodeReason::BudgetSpent) => "Dana untuk voucher ini sudah habis.",
        (Lang::En, CodeReason::BudgetSpent) => "The money set aside for this voucher is spent.",
        (Lang::Id, CodeReason::LimitReached) => "Anda sudah memakai voucher ini sebanyak yang boleh.",
        (Lang::En, CodeReason::LimitReached) => "You have used this voucher as often as anyone may.",
        (Lang::Id, CodeReason::MinSpend) => "Belanjaan belum mencapai batas voucher ini.",
        (Lang::En, CodeReason::MinSpend) => "This cart comes to too little for the voucher.",
        (Lang::Id, CodeReason::MinQuantity) => "Jumlah barangnya belum cukup untuk voucher ini.",
        (Lang::En, CodeReason::MinQuantity) => "There are too few pieces for this voucher.",
        (Lang::Id, CodeReason::WrongShop) => "Pilih dulu barang dari toko yang memberi voucher ini.",
        (Lang::En, CodeReason::WrongShop) => "Select something from the shop that gives this voucher.",
        (Lang::Id, CodeReason::NoMatchingGoods) => "Voucher ini tidak berlaku untuk barang yang dipilih.",
        (Lang::En, CodeReason::NoMatchingGoods) => "This voucher is not for the goods you selected.",
        (Lang::Id, CodeReason::FirstOrderOnly) => "Voucher ini hanya untuk pesanan pertama.",
        (Lang::En, CodeReason::FirstOrderOnly) => "This voucher is for a first order only.",
        (Lang::Id, CodeReason::WrongMethod) => "Voucher ini untuk cara bayar yang lain.",
        (Lang::En, CodeReason::WrongMethod) => "This voucher is for another way to pay.",
        (Lang::Id, CodeReason::MembersOnly) => "Masuk dulu untuk memakai voucher ini.",
        (Lang::En, CodeReason::MembersOnly) => "Sign in to use this voucher.",
        (Lang::Id, CodeReason::DoesNotStack) => "Voucher ini tidak bisa digabung dengan yang sudah dipakai.",
        (Lang::En, CodeReason::DoesNotStack) => {
            "This voucher cannot be used together with the one already applied."
        }
    }
}

/// What else is asked for and until when it holds: `min. belanja Rp 50.000 · sampai 5 Des 2026`.
pub fn terms(lang: Lang, spend: Option<Money>, date: Option<String>) -> String {
    let parts = [spend.map(|amount| min_spend(lang, amount)), date.map(|date| until(lang, date))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::Method;

    #[test]
    fn a_rate_is_written_with_no_more_digits_than_it_has() {
        for (rate, id, en) in
            [(1_000, "10", "10"), (1_250, "12,5", "12.5"), (1_205, "12,05", "12.05"), (50, "0,5", "0.5")]
        {
            assert_eq!((percent(Lang::Id, rate).as_str(), percent(Lang::En, rate).as_str()), (id, en));
        }
    }

    #[test]
    fn a_voucher_short_of_its_minimum_says_how_much_more_it_takes() {
        let refusal =
            CodeRefusal { missing: Some(Money::idr(15_000)), ..CodeRefusal::from(CodeReason::MinSpend) };
        assert_eq!(code_reason(Lang::En, &refusal), "Spend Rp\u{a0}15.000 more to use this voucher.");
        let refusal = CodeRefusal { missing: None, ..refusal };
        assert_eq!(code_reason(Lang::Id, &refusal), reason_name(Lang::Id, CodeReason::MinSpend));
    }

    #[test]
    fn a_refused_voucher_says_what_would_change_it() {
        let told = |refusal: &CodeRefusal| code_reason(Lang::En, refusal);
        let few = CodeRefusal { pieces: Some(2), ..CodeReason::MinQuantity.into() };
        assert_eq!(told(&few), "Take 2 more of the same item to use this voucher.");
        let paid = CodeRefusal {
            methods: vec![Method::VaBca, Method::Gopay],
            ..CodeRefusal::from(CodeReason::WrongMethod)
        };
        assert_eq!(told(&paid), "This voucher is for paying by BCA Virtual Account, GoPay.");
        let gold = CodeRefusal { least: Some(MemberTier::Gold), ..CodeReason::MembersOnly.into() };
        assert_eq!(told(&gold), "This voucher is for Gold members.");
        let guest = CodeRefusal { least: Some(MemberTier::Regular), ..gold };
        assert_eq!(told(&guest), "Sign in to use this voucher.");
    }
}
