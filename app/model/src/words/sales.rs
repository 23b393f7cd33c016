//! Flash sales, for operators who put them together and shops that take part.

use crate::{
    Lang,
    views::sales::{NominationState, SaleStanding},
};

crate::messages! {
    title: "Flash sale" / "Flash sales";
    about: "Atur flash sale, lalu pilih barang yang didaftarkan toko. Waktu memakai WIB." / "Announce flash sales, then choose among what shops nominate. Times are Jakarta's (WIB).";
    desk_about: "Flash sale dan barang yang didaftarkan toko" / "Flash sales, and what shops nominate for them";
    none: "Belum ada flash sale" / "There are no flash sales yet";
    make: "Buat flash sale" / "Make a flash sale";
    new: "Flash sale baru" / "A new flash sale";
    name: "Judul" / "Title";
    starts: "Mulai (WIB)" / "Begins (WIB)";
    starts_wrong: "Mulainya harus di depan, paling lama setahun lagi." / "It has to begin in the future, within a year.";
    ends: "Selesai (WIB)" / "Ends (WIB)";
    ends_wrong: "Selesainya setelah mulai, paling lama 14 hari kemudian." / "It ends after it begins, within 14 days.";
    least: "Diskon paling sedikit" / "Least discount";
    least_hint: "Dari harga terendah 30 hari terakhir." / "Below the lowest price of the last 30 days.";
    least_wrong: "Tulis angka dari 0,01 sampai 90." / "Write a number from 0.01 to 90.";
    per_shop: "Barang per toko" / "Items a shop";
    per_shop_hint: "Paling banyak varian satu toko. Kosongkan untuk tanpa batas." / "The most variants of one shop. Leave it empty for no limit.";
    nominate_until: "Batas pendaftaran (WIB)" / "Nominations until (WIB)";
    nominate_until_wrong: "Batasnya setelah sekarang dan tidak setelah mulai." / "It lies ahead, and not after the sale begins.";
    save: "Umumkan" / "Announce it";
    made: "Flash sale sudah diumumkan; toko bisa mendaftarkan barang." / "The flash sale is announced; shops can nominate.";
    when: "Waktu" / "When";
    state: "Keadaan" / "State";
    asked: "Pendaftaran" / "Nominations";
    waiting_accepted(waiting, accepted): "{waiting} menunggu, {accepted} diterima" / "{waiting} waiting, {accepted} accepted";
    from_until(from, until): "{from} sampai {until}" / "{from} until {until}";
    rule_least(percent): "Paling sedikit {percent}% di bawah harga terendah 30 hari" / "At least {percent}% below the lowest price of 30 days";
    rule_most(n): "Paling banyak {n} barang per toko" / "At most {n} items a shop";
    rule_until(when): "Daftar sampai {when}" / "Nominate until {when}";
    house_made: "Tanpa pendaftaran toko" / "Shops do not take part";
    cancel: "Batalkan flash sale" / "Call the sale off";
    cancel_about: "Semua pendaftaran gugur. Setelah mulai, flash sale tidak bisa dibatalkan." / "All nominations lapse. Once it has begun, a sale cannot be called off.";
    states: "Pendaftaran menurut keadaan" / "Nominations by state";
    none_asked: "Tidak ada barang di sini" / "Nothing here";
    settled: "Ini sudah diputuskan, atau flash sale sudah mulai atau dibatalkan. Muat ulang halamannya." / "This has been decided already, or the sale has begun or was called off. Load the page again.";
    price_of(price, before): "{price}, biasanya {before}" / "{price} instead of {before}";
    lowest_of(lowest): "Terendah 30 hari: {lowest}" / "Lowest of 30 days: {lowest}";
    pieces_of(quota, stock): "{quota} dari stok {stock}" / "{quota} of {stock} in stock";
    pieces_without(quota): "{quota}, stok tidak dihitung" / "{quota}, stock is not counted";
    each_buyer(n): "paling banyak {n} per pembeli" / "at most {n} a buyer";
    too_dear: "Tidak lagi cukup murah" / "Not low enough any more";
    too_few: "Stok kurang dari kuota" / "Less in stock than the quota";
    elsewhere(sale): "Sudah ikut {sale} pada waktu itu" / "In {sale} at that time";
    in_another: "Barang ini sudah diterima di flash sale lain pada waktu yang sama. Satu barang hanya ikut satu flash sale sekaligus." / "This was accepted into another flash sale at the same time. A thing is in one flash sale at a time.";
    not_on_sale: "Sedang tidak dijual" / "Not on sale now";
    accept: "Terima" / "Accept";
    refuse: "Tolak" / "Refuse";
    reason_of(name): "Alasan menolak {name}" / "Reason to refuse {name}";
}

crate::messages! {
    sections: "Jenis promosi" / "Kinds of promotion";
    vouchers: "Voucher" / "Vouchers";
    coming_about: "Daftarkan barang dengan harga khusus dan jumlah terbatas. Pasar memilih yang ikut." / "Nominate goods at a special price in a limited number. Pasar chooses what takes part.";
    coming_none: "Tidak ada flash sale yang akan datang" / "No flash sale is coming";
    coming_none_text: "Begitu diumumkan, flash sale baru tampil di sini." / "New flash sales show up here once they are announced.";
    open_it: "Lihat dan daftarkan" / "Look and nominate";
    mine(waiting, accepted): "Barang Anda: {waiting} menunggu, {accepted} diterima" / "Yours: {waiting} waiting, {accepted} accepted";
    own: "Barang Anda" / "Your goods";
    own_none: "Belum ada barang yang didaftarkan." / "Nothing is nominated yet.";
    choose: "Pilih barang" / "Choose goods";
    find: "Nama atau SKU" / "Name or SKU";
    find_go: "Cari" / "Find";
    find_none: "Tidak ada barang yang cocok" / "Nothing matches";
    nominate_it: "Daftarkan" / "Nominate";
    change_it: "Ubah" / "Change";
    no_room: "Tempat toko Anda di flash sale ini sudah habis." / "Your shop has no place left in this sale.";
    form: "Harga dan jumlah" / "Price and number";
    price_now(price): "Harga sekarang {price}" / "It costs {price} now";
    sale_price: "Harga flash sale" / "Price in the sale";
    at_most(most): "Paling banyak {most}." / "At most {most}.";
    at_most_of(most, lowest): "Paling banyak {most}, karena terendahnya {lowest} dalam 30 hari." / "At most {most}, since the lowest was {lowest} in 30 days.";
    is_elsewhere(sale): "Barang ini ikut {sale} pada waktu yang sama. Pilih barang lain, atau tarik dari sana dulu." / "This is in {sale} at the same time. Choose something else, or take it back there first.";
    no_price: "Barang ini terlalu murah untuk diskon itu." / "This is too cheap for that discount.";
    quota: "Kuota" / "Quota";
    in_stock(n): "Stok {n}." / "{n} in stock.";
    not_counted: "Stoknya tidak dihitung." / "Its stock is not counted.";
    quota_wrong: "Antara 1 dan stok yang ada." / "Between 1 and what is in stock.";
    per_buyer: "Batas per pembeli" / "Most a buyer";
    per_buyer_wrong: "Antara 1 dan kuota." / "Between 1 and the quota.";
    preview: "Hitung biayanya" / "See what it costs";
    send: "Kirim pendaftaran" / "Nominate it";
    sent: "Pendaftaran sudah dikirim." / "It is nominated.";
    withdraw: "Tarik kembali" / "Take it back";
    refused_for(reason): "Ditolak: {reason}" / "Refused: {reason}";
    sold_of(sold, quota): "Terjual {sold} dari {quota}" / "{sold} of {quota} sold";
    cost: "Biaya ikut flash sale" / "What taking part costs";
    cost_each: "Satu barang" / "One piece";
    cost_keeps(keeps): "Toko menerima {keeps}" / "The shop gets {keeps}";
    cost_parts(price, fees): "{price} dikurangi biaya {fees}, menurut aturan biaya sekarang." / "{price} less {fees} of fees, by the rules of today.";
    cost_otherwise(keeps): "Tanpa flash sale: {keeps}." / "Outside the sale: {keeps}.";
    cost_all(n): "Kalau {n} terjual semua" / "If all {n} are sold";
    cost_less: "lebih sedikit daripada di luar flash sale" / "less than outside the sale";
    too_late: "Batas pendaftaran sudah lewat, atau barang ini sudah diterima. Muat ulang halamannya." / "Nominations are over, or this was accepted already. Load the page again.";
}

pub const fn standing(lang: Lang, standing: SaleStanding) -> &'static str {
    match (standing, lang) {
        (SaleStanding::Open, Lang::Id) => "Pendaftaran dibuka",
        (SaleStanding::Open, Lang::En) => "Open for nominations",
        (SaleStanding::Closed, Lang::Id) => "Pendaftaran ditutup",
        (SaleStanding::Closed, Lang::En) => "Nominations closed",
        (SaleStanding::Running, Lang::Id) => "Berlangsung",
        (SaleStanding::Running, Lang::En) => "On now",
        (SaleStanding::Over, Lang::Id) => "Selesai",
        (SaleStanding::Over, Lang::En) => "Over",
        (SaleStanding::Cancelled, Lang::Id) => "Dibatalkan",
        (SaleStanding::Cancelled, Lang::En) => "Called off",
    }
}

pub const fn nomination(lang: Lang, state: NominationState) -> &'static str {
    match (state, lang) {
        (NominationState::Waiting, Lang::Id) => "Menunggu",
        (NominationState::Waiting, Lang::En) => "Waiting",
        (NominationState::Accepted, Lang::Id) => "Diterima",
        (NominationState::Accepted, Lang::En) => "Accepted",
        (NominationState::Refused, Lang::Id) => "Ditolak",
        (NominationState::Refused, Lang::En) => "Refused",
        (NominationState::Withdrawn, Lang::Id) => "Ditarik",
        (NominationState::Withdrawn, Lang::En) => "Taken back",
    }
}
