//! Many of a shop's goods changed at once.

use crate::{
    Lang,
    shop::{BulkKind, BulkProblem, BulkState},
};

crate::messages! {
    tick(name): "Pilih {name}" / "Choose {name}";
    all_matching: "Semua yang cocok, di semua halaman" / "All that match, on all pages";
    change_chosen: "Ubah yang dipilih" / "Change those chosen";
    none_chosen: "Centang dulu barang yang mau diubah." / "Tick the goods to change first.";
    too_many(n): "Paling banyak {n} varian sekaligus. Persempit dulu daftarnya." / "At most {n} variants at once. Narrow the list first.";

    title: "Ubah banyak barang" / "Change many goods";
    edits: "Perubahan massal" / "Changes of many";
    no_edits: "Belum ada perubahan massal" / "No such changes yet";
    no_edits_text: "Centang barang di daftar, lalu pilih yang mau diubah." / "Tick goods in the list, then say what is to change.";
    more: "Berikutnya" / "Next";
    to_goods: "Ke daftar barang" / "Back to the goods";
    products(n): "{n} barang dipilih" / "{n} goods chosen";
    begun(when): "Dimulai {when}" / "Begun {when}";

    kind: "Yang diubah" / "What changes";
    value: "Angka" / "Number";
    value_hint: "Harga dan selisih dalam rupiah, persen seperti 10 atau -15, stok dalam buah, berat dalam gram. Selisih boleh dengan minus." / "Prices and differences in rupiah, percent like 10 or -15, stock in pieces, weight in grams. A difference may have a minus.";
    value_wrong: "Tulis angka bulat yang masuk akal untuk perubahan ini." / "Write a whole number that makes sense for this change.";
    round: "Bulatkan harga ke atas" / "Round prices up";
    round_none: "Ke rupiah penuh" / "To whole rupiah";
    round_to(n): "Ke kelipatan Rp {n}" / "To multiples of Rp {n}";
    warehouse: "Gudang" / "Warehouse";
    category: "Kategori baru" / "New category";
    category_hint: "Spesifikasi yang tidak ada di kategori baru dilepas." / "Specifications the new category does not ask for are dropped.";
    preview: "Lihat dulu" / "See first";
    preview_again: "Ubah rencananya" / "Change the plan";

    planned_title: "Belum ada yang berubah" / "Nothing has changed yet";
    planned(n): "{n} baris akan berubah." / "{n} rows would change.";
    planned_none: "Tidak ada baris yang bisa berubah begini." / "No row can change like this.";
    same(n): "{n} baris sudah begitu." / "{n} rows are so already.";
    left(n): "{n} baris dibiarkan." / "{n} rows are left alone.";
    apply(n): "Ubah {n} baris" / "Change {n} rows";
    applying: "Sedang diubah. Anda boleh menutup halaman ini; pekerjaannya berjalan terus." / "Being changed. You may leave this page; it goes on.";
    undoing: "Sedang dikembalikan. Anda boleh menutup halaman ini; pekerjaannya berjalan terus." / "Being put back. You may leave this page; it goes on.";
    rows_of(n, all): "{n} dari {all} baris" / "{n} of {all} rows";
    refresh: "Lihat lagi" / "Look again";
    done_title: "Selesai" / "Done";
    done(n): "{n} baris diubah." / "{n} rows were changed.";
    undo: "Urungkan" / "Undo";
    undo_until(when): "Bisa diurungkan sampai {when}. Yang sejak itu diubah lagi dibiarkan." / "Can be undone until {when}. What was changed again since is left alone.";
    undo_over: "Waktu untuk mengurungkan sudah lewat." / "The time to undo this is over.";
    undone_title: "Dikembalikan" / "Put back";
    undone(n): "{n} baris dikembalikan seperti semula." / "{n} rows are as they were.";
    undone_drafts: "Draf yang sempat dijual sekarang disembunyikan." / "Drafts that had gone on sale are hidden now.";
    kept(n): "{n} baris tidak dikembalikan." / "{n} rows were not put back.";
    stale: "Ini tidak bisa lagi dalam keadaannya sekarang. Muat ulang halamannya." / "As it stands now this is no longer possible. Load the page anew.";

    rows: "Perubahan" / "Changes";
    first(n, all): "{n} yang pertama dari {all}." / "The first {n} of {all}.";
    left_title: "Yang dibiarkan" / "Left alone";
    kept_title: "Yang tidak dikembalikan" / "Not put back";
    why: "Alasan" / "Why";
    how_many: "Baris" / "Rows";
    goods: "Barang" / "Goods";
    before: "Sebelumnya" / "Before";
    after: "Sesudahnya" / "After";
    now: "Sekarang" / "Now";
    grams(n): "{n} g" / "{n} g";
    list_price(price): "harga coret {price}" / "before {price}";
}

pub const fn kind_of(lang: Lang, kind: BulkKind) -> &'static str {
    match (kind, lang) {
        (BulkKind::Price, Lang::Id) => "Harga: jadikan",
        (BulkKind::Price, Lang::En) => "Price: set to",
        (BulkKind::PricePercent, Lang::Id) => "Harga: naik atau turun persen",
        (BulkKind::PricePercent, Lang::En) => "Price: up or down by percent",
        (BulkKind::PriceAmount, Lang::Id) => "Harga: naik atau turun rupiah",
        (BulkKind::PriceAmount, Lang::En) => "Price: up or down by rupiah",
        (BulkKind::Stock, Lang::Id) => "Stok: jadikan",
        (BulkKind::Stock, Lang::En) => "Stock: set to",
        (BulkKind::StockAdd, Lang::Id) => "Stok: tambah atau kurangi",
        (BulkKind::StockAdd, Lang::En) => "Stock: add or take away",
        (BulkKind::Show, Lang::Id) => "Jual atau tampilkan",
        (BulkKind::Show, Lang::En) => "Offer or show",
        (BulkKind::Hide, Lang::Id) => "Sembunyikan",
        (BulkKind::Hide, Lang::En) => "Hide",
        (BulkKind::Archive, Lang::Id) => "Arsipkan",
        (BulkKind::Archive, Lang::En) => "Archive",
        (BulkKind::Category, Lang::Id) => "Kategori",
        (BulkKind::Category, Lang::En) => "Category",
        (BulkKind::Weight, Lang::Id) => "Berat: jadikan",
        (BulkKind::Weight, Lang::En) => "Weight: set to",
    }
}

pub const fn state(lang: Lang, state: BulkState) -> &'static str {
    match (state, lang) {
        (BulkState::Chosen, Lang::Id) => "Dipilih",
        (BulkState::Chosen, Lang::En) => "Chosen",
        (BulkState::Planned, Lang::Id) => "Menunggu persetujuan",
        (BulkState::Planned, Lang::En) => "Waits for you",
        (BulkState::Applying, Lang::Id) => "Sedang diubah",
        (BulkState::Applying, Lang::En) => "Being changed",
        (BulkState::Done, Lang::Id) => "Selesai",
        (BulkState::Done, Lang::En) => "Done",
        (BulkState::Undoing, Lang::Id) => "Sedang dikembalikan",
        (BulkState::Undoing, Lang::En) => "Being put back",
        (BulkState::Undone, Lang::Id) => "Dikembalikan",
        (BulkState::Undone, Lang::En) => "Put back",
    }
}

/// Why a row is left alone.
pub const fn problem_of(lang: Lang, problem: BulkProblem) -> &'static str {
    match (problem, lang) {
        (BulkProblem::Changed, Lang::Id) => "Sudah diubah lagi",
        (BulkProblem::Changed, Lang::En) => "Was changed meanwhile",
        (BulkProblem::OutOfRange, Lang::Id) => "Hasilnya di luar batas",
        (BulkProblem::OutOfRange, Lang::En) => "Would be out of range",
        (BulkProblem::ListPrice, Lang::Id) => "Harga coretnya tidak lebih tinggi lagi",
        (BulkProblem::ListPrice, Lang::En) => "The struck-through price would not be higher",
        (BulkProblem::Wholesale, Lang::Id) => "Harga grosirnya akan lebih mahal dari satuan",
        (BulkProblem::Wholesale, Lang::En) => "Wholesale would cost more than a single piece",
        (BulkProblem::Promised, Lang::Id) => "Lebih banyak yang sudah dijanjikan kepada pembeli",
        (BulkProblem::Promised, Lang::En) => "More of them are promised to buyers",
        (BulkProblem::State, Lang::Id) => "Tidak bisa dalam statusnya sekarang",
        (BulkProblem::State, Lang::En) => "Not possible in its present state",
        (BulkProblem::Unfinished, Lang::Id) => "Drafnya belum lengkap",
        (BulkProblem::Unfinished, Lang::En) => "The draft is not complete yet",
        (BulkProblem::Unapproved, Lang::Id) => "Toko belum disetujui",
        (BulkProblem::Unapproved, Lang::En) => "The shop is not approved",
        (BulkProblem::Gone, Lang::Id) => "Tidak dijual lagi",
        (BulkProblem::Gone, Lang::En) => "Is not offered any more",
    }
}
