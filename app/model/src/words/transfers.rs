//! Goods on their way between a shop's warehouses.

use crate::{
    Lang,
    shop::{TransferState, TransferStepKind, WriteOffReason},
};

crate::messages! {
    title: "Antar gudang" / "Between warehouses";
    about: "Barang yang dikirim meninggalkan gudang asal dan baru bisa dijual setelah diterima di gudang tujuan." / "Goods that are sent leave the first warehouse, and can be sold once the second has received them.";
    begin: "Mulai daftar" / "Begin a list";
    one_warehouse: "Untuk memindahkan barang, toko perlu paling sedikit dua gudang yang buka." / "To move goods, a shop needs at least two warehouses that are open.";
    from: "Dari gudang" / "From warehouse";
    to: "Ke gudang" / "To warehouse";
    to_wrong: "Pilih gudang lain yang buka." / "Choose another warehouse that is open.";
    none: "Belum ada barang yang dipindahkan" / "Nothing has been moved yet";
    route(from, to): "{from} → {to}" / "{from} → {to}";
    pieces_of(n): "{n} barang" / "{n} pieces";
    on_way_of(n): "{n} di jalan" / "{n} on the way";
    begun(at): "Dibuat {at}" / "Begun {at}";
    sent_at(at): "Dikirim {at}" / "Sent {at}";
    open: "Buka" / "Open";
    older: "Yang lebih lama" / "Older";
    newest: "Ke yang terbaru" / "Back to the newest";
    back: "Ke antar gudang" / "Back to between warehouses";
    thrown: "Daftar sudah dibuang." / "The list has been thrown away.";
}

crate::messages! {
    on_list: "Yang akan dikirim" / "What is to go";
    list_empty: "Daftar masih kosong. Tambahkan dari bawah." / "The list is empty. Add to it from below.";
    offers: "Yang ada di gudang asal" / "What there is in the first warehouse";
    offers_none: "Tidak ada yang bisa dikirim." / "There is nothing that could go.";
    offers_more: "Hanya sebagian ditampilkan; cari nama atau SKU untuk yang lain." / "Only some are shown; look for a name or SKU to find others.";
    free(n): "{n} bisa dikirim" / "{n} could go";
    pieces_for(name): "Jumlah {name}" / "Pieces of {name}";
    save: "Simpan daftar" / "Save the list";
    saved: "Daftar sudah disimpan." / "The list has been saved.";
    send: "Kirim sekarang" / "Send now";
    send_hint: "Barang langsung keluar dari stok gudang asal." / "The goods leave the stock of the first warehouse at once.";
    throw: "Buang daftar" / "Throw the list away";
    sent: "Barang sedang di jalan." / "The goods are on the way.";
    receive: "Terima" / "Receive";
    receive_title: "Apa yang sudah tiba?" / "What has arrived?";
    receive_hint: "Isi yang tiba saja; sisanya tetap di jalan." / "Fill in what arrived; the rest stays on the way.";
    arrived_of(name): "Tiba: {name}" / "Arrived: {name}";
    way_left(n): "{n} masih di jalan" / "{n} still on the way";
    done: "Sudah dicatat." / "That has been noted.";
    write_off: "Hapus dari catatan" / "Write off";
    write_off_title: "Ada yang tidak akan tiba?" / "Will something not arrive?";
    write_off_hint: "Barang yang hilang atau rusak di jalan tidak masuk stok gudang mana pun." / "What was lost or damaged on the way goes into the stock of no warehouse.";
    goods: "Barang" / "Goods";
    pieces: "Jumlah" / "Pieces";
    reason: "Alasan" / "Reason";
    bring_back: "Batalkan dan kembalikan" / "Cancel and bring back";
    bring_back_hint: "Semua yang masih di jalan kembali ke stok gudang asal." / "All that is still on the way goes back into the stock of the first warehouse.";
    history: "Riwayat" / "History";
    received: "Tiba" / "Arrived";
    returned: "Kembali" / "Back";
    written_off: "Dihapus" / "Written off";
    on_way: "Di jalan" / "On the way";
    sent_pieces: "Dikirim" / "Sent";
    when: "Waktu" / "When";
    what: "Apa" / "What";
    who: "Siapa" / "Who";
    short: "Ada yang jumlahnya lebih dari yang bisa dikirim: sisanya tidak ada, atau sudah dijanjikan kepada pembeli." / "Of something more is to go than can: the rest is not there, or is promised to buyers.";
    too_many: "Ada yang jumlahnya lebih dari yang masih di jalan, atau bukan angka." / "Of something there are more than are on the way, or it is no number.";
    nothing: "Isi jumlah paling sedikit satu barang." / "Fill in the pieces of at least one of the goods.";
    too_long(n): "Sekali kirim paling banyak {n} macam barang." / "At most {n} kinds of goods go at once.";
    moved_on: "Sudah ada yang melakukannya. Muat ulang halaman ini." / "Somebody has done that already. Load this page again.";
}

/// How far a transfer has come.
pub const fn state(lang: Lang, state: TransferState) -> &'static str {
    match (state, lang) {
        (TransferState::Draft, Lang::Id) => "Daftar",
        (TransferState::Draft, Lang::En) => "A list",
        (TransferState::Sent, Lang::Id) => "Di jalan",
        (TransferState::Sent, Lang::En) => "On the way",
        (TransferState::Closed, Lang::Id) => "Selesai",
        (TransferState::Closed, Lang::En) => "Done",
        (TransferState::Cancelled, Lang::Id) => "Dibatalkan",
        (TransferState::Cancelled, Lang::En) => "Cancelled",
    }
}

/// What became of pieces.
pub const fn step(lang: Lang, kind: TransferStepKind) -> &'static str {
    match (kind, lang) {
        (TransferStepKind::Sent, Lang::Id) => "Dikirim",
        (TransferStepKind::Sent, Lang::En) => "Sent",
        (TransferStepKind::Received, Lang::Id) => "Tiba",
        (TransferStepKind::Received, Lang::En) => "Arrived",
        (TransferStepKind::Returned, Lang::Id) => "Kembali",
        (TransferStepKind::Returned, Lang::En) => "Went back",
        (TransferStepKind::WrittenOff, Lang::Id) => "Dihapus dari catatan",
        (TransferStepKind::WrittenOff, Lang::En) => "Written off",
    }
}

/// Why pieces will not arrive.
pub const fn why(lang: Lang, reason: WriteOffReason) -> &'static str {
    match (reason, lang) {
        (WriteOffReason::Lost, Lang::Id) => "Hilang",
        (WriteOffReason::Lost, Lang::En) => "Lost",
        (WriteOffReason::Damaged, Lang::Id) => "Rusak",
        (WriteOffReason::Damaged, Lang::En) => "Damaged",
        (WriteOffReason::Other, Lang::Id) => "Lainnya",
        (WriteOffReason::Other, Lang::En) => "Other",
    }
}
