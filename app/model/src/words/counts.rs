//! Counting what lies in a shop's warehouses.

use crate::{
    Lang,
    shop::{CountShow, CountState},
};

crate::messages! {
    title: "Hitung stok" / "Count the stock";
    about: "Tulis berapa yang ada di rak. Setiap angka dibandingkan dengan stok saat ditulis, jadi penjualan selama menghitung tidak mengganggu." / "Write down how many lie on the shelf. Each number is compared with the stock at the moment it is written, so sales meanwhile do no harm.";
    begin: "Mulai menghitung" / "Begin to count";
    warehouse: "Gudang" / "Warehouse";
    only: "Hanya nama barang atau SKU ini" / "Only this name or SKU";
    only_hint: "Kosongkan untuk menghitung semuanya." / "Leave it empty to count everything.";
    running: "Di gudang ini sudah ada yang menghitung. Selesaikan dulu yang itu." / "Somebody counts in this warehouse already. Finish that first.";
    none: "Belum pernah dihitung" / "Nothing has been counted yet";
    everything: "Semua barang" / "Everything";
    some(q): "Yang memuat “{q}”" / "What has “{q}” in it";
    begun(at): "Dimulai {at}" / "Begun {at}";
    ended(at): "Selesai {at}" / "Ended {at}";
    counted(n): "{n} dihitung" / "{n} counted";
    different(n): "{n} berbeda" / "{n} different";
    open: "Buka" / "Open";
    older: "Yang lebih lama" / "Older";
    newest: "Ke yang terbaru" / "Back to the newest";
    back: "Ke daftar hitungan" / "Back to the counts";
}

crate::messages! {
    find: "Nama barang atau SKU" / "Name or SKU";
    show: "Tampilkan" / "Show";
    filter: "Saring" / "Filter";
    no_match: "Tidak ada yang cocok" / "Nothing matches";
    there_of(name): "Ada berapa: {name}" / "How many are there: {name}";
    there_hint: "Termasuk yang sudah dipesan dan belum dikirim. Kosong berarti belum dihitung." / "Those promised and not sent yet among them. Empty means not counted yet.";
    save: "Simpan angka" / "Save the numbers";
    saved: "Angka sudah disimpan." / "The numbers have been saved.";
    more: "Barang berikutnya" / "More goods";
    first: "Ke awal daftar" / "Back to the start";
    expected(n): "Seharusnya {n}" / "Expected {n}";
    right: "Cocok" / "As expected";
    too_few: "Lebih sedikit daripada yang dijanjikan" / "Fewer than are promised";
    result: "Hasil" / "Result";
    result_text(n, more, fewer): "{n} barang berbeda: {more} lebih, {fewer} kurang." / "{n} are different: {more} more, {fewer} fewer.";
    result_same: "Sejauh ini semua angka cocok." / "So far all numbers are as expected.";
    see_different: "Lihat yang berbeda" / "See what is different";
    post: "Catat selisihnya" / "Book the differences";
    post_hint: "Stok diubah sebesar selisihnya, dan hitungan ini selesai." / "The stock changes by the differences, and the count is over.";
    discard: "Buang hitungan" / "Discard the count";
    discard_hint: "Tidak ada yang diubah." / "Nothing is changed.";
    posted: "Selisihnya sudah dicatat." / "The differences have been booked.";
    discarded: "Hitungan sudah dibuang." / "The count has been discarded.";
    wrong: "Tulis angka saja, dari 0 sampai 1.000.000." / "Write digits only, from 0 to 1,000,000.";
    promised: "Tidak ada yang dicatat: ada barang yang sisanya akan kurang dari yang dijanjikan kepada pembeli. Hitung lagi yang ditandai." / "Nothing has been booked: of some goods fewer would be left than are promised to buyers. Count those that are marked again.";
    moved_on: "Hitungan ini sudah selesai. Muat ulang halaman ini." / "This count is over. Load this page again.";
}

/// How far a count has come.
pub const fn state(lang: Lang, state: CountState) -> &'static str {
    match (state, lang) {
        (CountState::Open, Lang::Id) => "Berjalan",
        (CountState::Open, Lang::En) => "Under way",
        (CountState::Posted, Lang::Id) => "Dicatat",
        (CountState::Posted, Lang::En) => "Booked",
        (CountState::Discarded, Lang::Id) => "Dibuang",
        (CountState::Discarded, Lang::En) => "Discarded",
    }
}

/// Which goods are listed.
pub const fn shown(lang: Lang, show: CountShow) -> &'static str {
    match (show, lang) {
        (CountShow::All, Lang::Id) => "Semua",
        (CountShow::All, Lang::En) => "All",
        (CountShow::Open, Lang::Id) => "Belum dihitung",
        (CountShow::Open, Lang::En) => "Not counted yet",
        (CountShow::Different, Lang::Id) => "Yang berbeda",
        (CountShow::Different, Lang::En) => "Different",
    }
}
