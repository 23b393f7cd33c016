//! A shop's stock, for those who keep it.

use crate::{
    Lang,
    shop::{AdjustReason, MovementKind, StockReason},
};

crate::messages! {
    title: "Stok" / "Stock";
    find: "Nama barang atau SKU" / "Name or SKU";
    low_first: "Hanya yang hampir habis" / "Only what is about to run out";
    filter: "Saring" / "Filter";
    none: "Belum ada barang" / "No goods yet";
    no_match: "Tidak ada yang cocok" / "Nothing matches";
    none_low: "Tidak ada yang hampir habis" / "Nothing is about to run out";
    more: "Stok berikutnya" / "More stock";
    first: "Ke awal daftar" / "Back to the start";
    warehouse: "Gudang" / "Warehouse";
    on_hand: "Ada" / "On hand";
    reserved: "Dipesan" / "Promised";
    available: "Tersedia" / "Available";
    on_way: "Di jalan" / "On the way";
    coming(n): "{n} datang" / "{n} coming";
    leaving(n): "{n} pergi" / "{n} leaving";
    on_way_link: "Lihat pengiriman" / "See the transfer";
    low: "Hampir habis" / "About to run out";
    closed: "Tutup" / "Closed";
    low_at_is(n): "Peringatan pada {n}" / "Warning at {n}";
    kept_back(n): "{n} tidak dijual" / "{n} kept back from sale";
    details: "Ubah dan riwayat" / "Change and history";
    warehouses: "Gudang" / "Warehouses";
    back: "Ke daftar stok" / "Back to the stock";
}

crate::messages! {
    change: "Ubah stok" / "Change the stock";
    reason: "Alasan" / "Reason";
    pieces: "Jumlah" / "Pieces";
    pieces_hint: "Hitung ulang: jumlah yang ada, termasuk yang sudah dipesan. Lainnya: selisihnya. Koreksi boleh dengan minus." / "A count: how many are there, those promised among them. Others: the difference. A correction may have a minus.";
    pieces_wrong: "Tulis angka saja." / "Write digits only.";
    promised_wrong: "Sebanyak ini tidak bisa: lebih banyak yang sudah dijanjikan kepada pembeli." / "So few cannot be: more are promised to buyers.";
    save: "Simpan" / "Save";
    changed: "Stok sudah diubah." / "The stock has been changed.";
    low_at: "Beri tahu pada" / "Warn at";
    low_at_hint(n): "Barang ditandai hampir habis bila yang tersedia tidak lebih dari ini. Kosongkan untuk {n}." / "Goods are marked as about to run out when no more than this are available. Leave it empty for {n}.";
    sold_by: "Cara dijual" / "How it is sold";
    uncounted: "Tidak dihitung" / "Not counted";
    uncounted_hint: "Selalu bisa dibeli, misalnya barang digital atau yang dibuat saat dipesan. Angka di bawah tidak dipakai." / "It can always be bought, as digital goods or what is made to order. The numbers below do not count.";
    not_counted: "tidak dihitung" / "not counted";
    keep_back: "Simpan, jangan dijual" / "Keep back from sale";
    keep_back_hint: "Sebanyak ini dari stok tidak ditawarkan kepada pembeli." / "So many of what is there are not offered to shoppers.";
    backorder: "Boleh dijual melebihi stok" / "May be sold beyond the stock";
    backorder_hint: "Sebanyak ini boleh dipesan meskipun belum ada. Isi juga lama pre-order di halaman barang, supaya pembeli tahu kapan dikirim." / "So many may be ordered though they are not there yet. Say on the page of the goods how long a pre-order takes, so that buyers know when it is sent.";
    reorder_at: "Pesan lagi pada" / "Order again at";
    reorder_at_hint: "Masuk daftar pesan lagi bila yang tersedia dan yang di jalan tidak lebih dari ini." / "It is on the list of what to order when no more than this are available and on the way.";
    reorder_quantity: "Sekali pesan" / "Ordered at a time";
    reorder_quantity_hint: "Misalnya isi satu dus. Saran pesanan dibulatkan ke kelipatan ini." / "A carton's worth, for example. What is suggested is a whole number of these.";
    backordered(n): "{n} boleh melebihi stok" / "{n} beyond the stock";
    owed_wrong: "Sudah lebih banyak yang dijanjikan kepada pembeli daripada batas ini." / "More is promised to buyers already than this allows.";
    transfer: "Pindahkan antar gudang" / "Move between warehouses";
    transfer_hint: "Dicatat langsung di kedua gudang. Yang perlu waktu di jalan, kirim lewat Antar gudang." / "Booked in both warehouses at once. What takes a while to arrive is sent from Between warehouses.";
    from: "Dari" / "From";
    to: "Ke" / "To";
    to_wrong: "Pilih gudang lain yang buka." / "Choose another warehouse that is open.";
    transfer_go: "Pindahkan" / "Move";
    movements: "Riwayat" / "History";
    movements_none: "Belum ada yang berubah" / "Nothing has changed yet";
    when: "Waktu" / "When";
    what: "Apa" / "What";
    who: "Siapa" / "Who";
    by_itself: "Otomatis" / "By itself";
    older: "Yang lebih lama" / "Older";
    newest: "Ke yang terbaru" / "Back to the newest";
}

crate::messages! {
    add_warehouse: "Tambah gudang" / "Add a warehouse";
    main: "Utama" / "Main";
    name: "Nama gudang" / "Name of the warehouse";
    name_taken: "Toko ini sudah punya gudang bernama sama." / "The shop has a warehouse of this name.";
    name_of(name): "Nama {name}" / "Name of {name}";
    rename: "Ganti nama" / "Rename";
    pieces_there(n): "{n} barang di sini" / "{n} pieces here";
    address_missing: "Alamatnya belum lengkap" / "Its address is not complete";
    full(n): "Sebuah toko punya paling banyak {n} gudang." / "A shop has at most {n} warehouses.";
    added: "Gudang sudah ditambah." / "The warehouse has been added.";
    move_to: "Pindah alamat" / "Move";
    moved: "Alamat gudang sudah diubah." / "The warehouse has moved.";
    move_title(name): "Alamat {name}" / "Where {name} is";
    close: "Tutup gudang" / "Close";
    close_hint: "Gudang bisa ditutup bila kosong dan tidak ada barang di jalan." / "A warehouse can be closed when it is empty and nothing is on its way.";
    reopen: "Buka lagi" / "Open again";
    close_main: "Gudang utama tetap buka." / "The main warehouse stays open.";
    close_not_empty: "Gudang ini belum kosong. Pindahkan dulu barangnya." / "This warehouse is not empty. Move its goods first.";
    close_on_way: "Masih ada barang di jalan dari atau ke gudang ini." / "Goods are still on their way from or to this warehouse.";
    close_counting: "Di gudang ini masih ada yang menghitung." / "Somebody still counts in this warehouse.";
}

crate::messages! {
    reorder: "Pesan lagi" / "To order";
    reorder_about: "Barang yang sudah sampai pada batas pesannya. Batasnya diatur di halaman setiap barang." / "Goods that have fallen to the point at which you order again, which is set on the page of each.";
    goods: "Barang" / "Goods";
    reorder_none: "Tidak ada yang perlu dipesan" / "Nothing has to be ordered";
    reorder_point: "Batas" / "Point";
    sold_per_day: "Terjual per hari" / "Sold per day";
    suggested: "Saran pesanan" / "Suggested";
    csv: "Unduh CSV" / "Download CSV";
}

/// What somebody says who changes a stock by hand.
pub const fn stock_reason(lang: Lang, reason: StockReason) -> &'static str {
    match (reason, lang) {
        (StockReason::Count, Lang::Id) => "Hitung ulang (jumlah yang ada)",
        (StockReason::Count, Lang::En) => "Counted (how many are there)",
        (StockReason::Received, Lang::Id) => "Barang masuk (tambah)",
        (StockReason::Received, Lang::En) => "Came in (more)",
        (StockReason::Found, Lang::Id) => "Ditemukan (tambah)",
        (StockReason::Found, Lang::En) => "Found (more)",
        (StockReason::Damaged, Lang::Id) => "Rusak (kurang)",
        (StockReason::Damaged, Lang::En) => "Damaged (fewer)",
        (StockReason::Lost, Lang::Id) => "Hilang (kurang)",
        (StockReason::Lost, Lang::En) => "Lost (fewer)",
        (StockReason::Sample, Lang::Id) => "Contoh (kurang)",
        (StockReason::Sample, Lang::En) => "Sample (fewer)",
        (StockReason::Correction, Lang::Id) => "Koreksi (selisih)",
        (StockReason::Correction, Lang::En) => "Correction (difference)",
    }
}

/// What was changed by hand, and why.
pub const fn adjusted(lang: Lang, reason: AdjustReason) -> &'static str {
    match (reason, lang) {
        (AdjustReason::Damaged, Lang::Id) => "Rusak",
        (AdjustReason::Damaged, Lang::En) => "Damaged",
        (AdjustReason::Lost, Lang::Id) => "Hilang",
        (AdjustReason::Lost, Lang::En) => "Lost",
        (AdjustReason::Found, Lang::Id) => "Ditemukan",
        (AdjustReason::Found, Lang::En) => "Found",
        (AdjustReason::Correction, Lang::Id) => "Koreksi",
        (AdjustReason::Correction, Lang::En) => "Correction",
        (AdjustReason::Sample, Lang::Id) => "Contoh",
        (AdjustReason::Sample, Lang::En) => "Sample",
        (AdjustReason::Other, Lang::Id) => "Lainnya",
        (AdjustReason::Other, Lang::En) => "Other",
    }
}

/// What moved.
pub const fn movement(lang: Lang, kind: MovementKind) -> &'static str {
    match (kind, lang) {
        (MovementKind::Received, Lang::Id) => "Barang masuk",
        (MovementKind::Received, Lang::En) => "Came in",
        (MovementKind::Adjusted, Lang::Id) => "Diubah",
        (MovementKind::Adjusted, Lang::En) => "Changed",
        (MovementKind::Counted, Lang::Id) => "Dihitung",
        (MovementKind::Counted, Lang::En) => "Counted",
        (MovementKind::Moved, Lang::Id) => "Dipindahkan",
        (MovementKind::Moved, Lang::En) => "Moved",
        (MovementKind::Reserved, Lang::Id) => "Dijanjikan kepada pembeli",
        (MovementKind::Reserved, Lang::En) => "Promised to a buyer",
        (MovementKind::Released, Lang::Id) => "Dilepas dari pesanan",
        (MovementKind::Released, Lang::En) => "Released from an order",
        (MovementKind::Shipped, Lang::Id) => "Dikirim",
        (MovementKind::Shipped, Lang::En) => "Sent",
        (MovementKind::Unshipped, Lang::Id) => "Batal dikirim",
        (MovementKind::Unshipped, Lang::En) => "Not sent after all",
        (MovementKind::Returned, Lang::Id) => "Kembali dari pembeli",
        (MovementKind::Returned, Lang::En) => "Came back from a buyer",
    }
}
