//! Orders in the seller centre.

use crate::{
    Lang,
    order::{OrderState, SellerFilter},
    shipping::{Collection, ShipmentState},
};

crate::messages! {
    title: "Pesanan masuk" / "Orders";
    tabs: "Pesanan menurut tahap" / "Orders by stage";
    find: "Cari pesanan" / "Find an order";
    find_hint: "Nomor pesanan atau nama penerima" / "Order number or recipient";
    find_go: "Cari" / "Search";
    none: "Tidak ada pesanan di sini" / "No orders here";
    none_text: "Pesanan baru muncul di tab pertama begitu dibayar." / "New orders appear in the first tab as soon as they are paid.";
    none_found: "Tidak ada pesanan yang cocok" / "No orders match";
    older: "Pesanan yang lebih lama" / "Older orders";
    newest: "Ke yang terbaru" / "To the newest";
    choose(number): "Pilih pesanan {number}" / "Choose order {number}";
    accept_chosen: "Terima yang dipilih" / "Accept those chosen";
    accepted_some(n): "{n} pesanan diterima." / "{n} orders accepted.";
    accepted_not(n): "{n} pesanan tidak bisa diterima; lihat tahapnya." / "{n} orders could not be accepted; see where they stand.";
    accept_by(when): "Terima sebelum {when}" / "Accept before {when}";
    hand_over_by(when): "Serahkan sebelum {when}" / "Hand over before {when}";
    pressing: "Segera" / "Pressing";
    details: "Buka" / "Open";
    details_of(number): "Buka pesanan {number}" / "Open order {number}";
    to(name, place): "{name}, {place}" / "{name}, {place}";
    waybill_is(number): "Resi {number}" / "Waybill {number}";

    order_of(number): "Pesanan {number}" / "Order {number}";
    next: "Langkah berikutnya" / "What to do next";
    accept: "Terima pesanan" / "Accept the order";
    reject: "Tolak" / "Reject";
    reject_title: "Tolak pesanan ini?" / "Reject this order?";
    reject_text: "Pembeli menerima kembali seluruh uangnya, dan penolakan terlihat olehnya." / "The buyer gets all of their money back, and sees that you rejected it.";
    reject_why: "Alasannya" / "Why";
    reject_yes: "Ya, tolak" / "Yes, reject it";
    reject_no: "Tidak jadi" / "Keep it";
    pack: "Selesai dikemas" / "It is packed";
    weight: "Berat paket" / "Weight of the parcel";
    weight_hint(grams): "Dalam gram. Ongkos kirim dihitung untuk {grams} g." / "In grams. Shipping was charged for {grams} g.";
    hand_over: "Sudah diserahkan ke kurir" / "The courier has it";
    book_again: "Pesan kurir lagi" / "Book the courier again";
    label: "Label pengiriman" / "Shipping label";
    slip: "Daftar isi paket" / "Packing slip";
    stale: "Tahap pesanan ini sudah berubah. Lihat di bawah." / "This order has moved on. See below.";
    no_courier_yet: "Kurir sedang dipesan. Nomor resinya muncul di sini." / "The courier is being booked. Its waybill number appears here.";
    parcel: "Paket" / "Parcel";
    parcel_of(n, all): "Paket {n} dari {all}" / "Parcel {n} of {all}";
    piece(n, name): "{n} × {name}" / "{n} × {name}";
    partly: "Dikirim sebagian" / "Partly sent";
    partly_todo: "Sebagian sudah dikirim. Serahkan sisanya sebelum batas waktu, atau nyatakan tidak dikirim." / "A part of it is on its way. Hand the rest over in time, or say that it does not come.";
    how_many(name): "Jumlah {name}" / "How many of {name}";
    of_waiting(n): "Dari {n} yang belum dikemas." / "Of {n} that wait to be packed.";
    pack_some: "Isi jumlah untuk paket ini. Sisanya bisa menyusul dalam paket lain." / "Say how many go into this parcel. The rest can follow in another.";
    cash_whole: "Pesanan COD dikirim dalam satu paket." / "An order that is paid at the door goes in one parcel.";
    weight_part: "Kosongkan untuk memakai berat barangnya." / "Leave it empty to go by what the goods weigh.";
    collection_label: "Penjemputan" / "Collection";
    drop_off: "Diantar sendiri ke loket kurir" / "Brought to the courier's counter";
    pick_up: "Dijemput kurir secepatnya" / "Fetched as soon as the courier can";
    slot(day, from, until): "Dijemput {day}, {from}–{until} WIB" / "Fetched {day}, {from}–{until} WIB";
    collection_change: "Ubah penjemputan" / "Change the collection";
    collection_hint: "Kurir dipesan ulang, jadi nomor resi dan labelnya berganti." / "The courier is booked anew, so the waybill and the label change.";
    collection_gone: "Kurir tidak bisa datang pada waktu itu lagi. Pilih yang lain." / "The courier cannot come then any more. Choose another way.";
    collection_save: "Pesan ulang kurir" / "Book the courier anew";
    unpack: "Buka kemasan" / "Unpack it";
    unpack_text: "Isinya menunggu dikemas lagi. Kurir yang sudah dipesan diberi tahu agar tidak datang." / "What is in it waits to be packed again. A courier that was booked is told not to come.";
    unpack_yes(n): "Buka kemasan paket {n}" / "Unpack parcel {n}";
    hand_over_parcel(n): "Paket {n} sudah diserahkan" / "The courier has parcel {n}";
    label_of_parcel(n): "Label paket {n}" / "Label of parcel {n}";
    slip_of_parcel(n): "Isi paket {n}" / "Slip of parcel {n}";
    leave_out: "Ada yang tidak bisa dikirim" / "Some of it cannot be sent";
    leave_out_title: "Barang yang tidak dikirim" / "What is not sent";
    leave_out_text: "Pembeli menerima kembali uang untuk barang ini. Sisa pesanan tetap berjalan." / "The buyer gets the money for these back. The rest of the order goes on.";
    leave_out_how_many(name): "{name} yang tidak dikirim" / "{name} that is not sent";
    leave_out_yes: "Ya, tidak dikirim" / "Yes, leave these out";
    left_out: "Tidak dikirim" / "Not sent";
    left_out_back(amount): "{amount} kembali ke pembeli" / "{amount} goes back to the buyer";
    left_out_sum: "Barang yang tidak dikirim" / "Goods that were not sent";
    waybill: "Nomor resi" / "Waybill number";
    tracking: "Perjalanan paket" / "Where the parcel is";
    goods: "Barang" / "Goods";
    deliver_to: "Dikirim ke" / "To";
    buyer_note(note): "Catatan pembeli: {note}" / "The buyer's note: {note}";
    cash: "Bayar di tempat (COD)" / "Cash on delivery";
    cash_to_collect(amount): "Kurir menagih {amount}" / "The courier collects {amount}";
    money: "Uangnya" / "The money";
    buyer_pays: "Dibayar pembeli" / "What the buyer pays";
    earnings: "Yang Anda terima" / "What you get";
    goods_sum: "Barang" / "Goods";
    shipping_discount: "Bagian Anda dari gratis ongkir" / "Your part of free shipping";
    total: "Masuk ke saldo" / "Goes to your balance";
    settles(when): "Masuk ke saldo paling lambat {when}, kecuali pembeli mengadu." / "Goes to your balance by {when}, unless the buyer objects.";
    progress: "Riwayat" / "History";
    back: "Kembali ke pesanan" / "Back to the order";
    as_pdf: "Unduh PDF" / "Download PDF";
    print: "Cetak" / "Print";
    print_hint: "Atau simpan sebagai PDF lewat menu cetak peramban (Ctrl+P)." / "Or keep it as a PDF by your browser's print menu (Ctrl+P).";
    label_of(waybill): "Label {waybill}" / "Label {waybill}";
    slip_of(number): "Isi paket {number}" / "Packing slip {number}";
    from: "Pengirim" / "From";
    receiver: "Penerima" / "To";
    no_label: "Label tersedia setelah paket dikemas dan kurir dipesan." / "There is a label once it is packed and its courier is booked.";
    grams(n): "{n} g" / "{n} g";
    sku: "SKU" / "SKU";
    quantity: "Jumlah" / "Quantity";
    item: "Barang" / "Item";
    barcode(waybill): "Kode batang nomor resi {waybill}" / "Bar code of waybill {waybill}";
    qr(waybill): "Kode QR nomor resi {waybill}" / "QR code of waybill {waybill}";

    received: "Sudah saya terima" / "I have received it";
    received_title: "Barangnya sudah Anda terima?" / "Have you received it?";
    received_text: "Uangnya diteruskan ke penjual. Periksa dulu isinya." / "Its money goes on to the seller. Look at what is in it first.";
    received_yes: "Ya, sudah lengkap" / "Yes, all of it";
    received_no: "Belum" / "Not yet";
    not_yet: "Pesanan ini belum bisa diselesaikan. Lihat statusnya di bawah." / "This order cannot be completed yet. See below where it stands.";
}

const fn pick(lang: Lang, id: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Id => id,
        Lang::En => en,
    }
}

pub const fn filter(lang: Lang, filter: SellerFilter) -> &'static str {
    match filter {
        SellerFilter::New => pick(lang, "Baru", "New"),
        SellerFilter::ToPack => pick(lang, "Perlu dikemas", "To pack"),
        SellerFilter::ToShip => pick(lang, "Perlu diserahkan", "To hand over"),
        SellerFilter::Shipped => pick(lang, "Dikirim", "On the way"),
        SellerFilter::Delivered => pick(lang, "Sampai", "Delivered"),
        SellerFilter::Done => pick(lang, "Selesai", "Completed"),
        SellerFilter::Cancelled => pick(lang, "Dibatalkan", "Cancelled"),
        SellerFilter::All => pick(lang, "Semua", "All"),
    }
}

/// Where an order stands, for its shop.
pub const fn state(lang: Lang, state: OrderState) -> &'static str {
    match state {
        OrderState::AwaitingPayment => pick(lang, "Belum dibayar", "Not paid"),
        OrderState::Paid => pick(lang, "Baru", "New"),
        OrderState::Accepted => pick(lang, "Diterima", "Accepted"),
        OrderState::Packed => pick(lang, "Dikemas", "Packed"),
        OrderState::Shipped => pick(lang, "Dikirim", "On its way"),
        OrderState::Delivered => pick(lang, "Sampai", "Delivered"),
        OrderState::Completed => pick(lang, "Selesai", "Completed"),
        OrderState::Cancelled => pick(lang, "Dibatalkan", "Cancelled"),
    }
}

/// What the shop is to do about it.
pub const fn todo(lang: Lang, state: OrderState) -> &'static str {
    match state {
        OrderState::AwaitingPayment => pick(lang, "Tunggu pembayaran.", "Wait for the payment."),
        OrderState::Paid => pick(
            lang,
            "Periksa stoknya, lalu terima atau tolak.",
            "Look at your stock, then accept or reject.",
        ),
        OrderState::Accepted => pick(
            lang,
            "Kemas barangnya dan timbang. Kurir dipesan begitu selesai.",
            "Pack the goods and weigh them. The courier is booked when you are done.",
        ),
        OrderState::Packed => pick(
            lang,
            "Tempelkan label, lalu serahkan ke kurir.",
            "Put the label on it, then hand it to the courier.",
        ),
        OrderState::Shipped => pick(lang, "Kurir sedang mengantarnya.", "The courier is bringing it."),
        OrderState::Delivered => pick(
            lang,
            "Sudah sampai. Tunggu pembeli menyelesaikannya.",
            "It has arrived. Wait for the buyer to complete it.",
        ),
        OrderState::Completed => {
            pick(lang, "Uangnya sudah masuk ke saldo Anda.", "Its money is in your balance.")
        }
        OrderState::Cancelled => pick(lang, "Pesanan ini tidak dilanjutkan.", "This order does not go on."),
    }
}

/// Where a parcel is.
pub const fn parcel_state(lang: Lang, state: ShipmentState) -> &'static str {
    match state {
        ShipmentState::Booked => pick(lang, "Menunggu kurir", "Waiting for the courier"),
        ShipmentState::PickedUp => pick(lang, "Diambil kurir", "Picked up"),
        ShipmentState::InTransit => pick(lang, "Dalam perjalanan", "In transit"),
        ShipmentState::OutForDelivery => pick(lang, "Sedang diantar", "Out for delivery"),
        ShipmentState::FailedAttempt => pick(lang, "Belum berhasil diantar", "Not delivered yet"),
        ShipmentState::Delivered => pick(lang, "Diterima", "Delivered"),
        ShipmentState::ReturnedToSender => pick(lang, "Kembali ke penjual", "Returned to the seller"),
        ShipmentState::Lost => pick(lang, "Hilang", "Lost"),
        ShipmentState::Cancelled => pick(lang, "Penjemputan batal", "Pick-up cancelled"),
    }
}

/// How a parcel comes to its courier. `day` writes the day of an instant in Unix seconds.
pub fn collection(lang: Lang, collection: Collection, day: impl FnOnce(i64) -> String) -> String {
    match collection {
        Collection::DropOff => drop_off(lang).to_owned(),
        Collection::PickUp => pick_up(lang).to_owned(),
        Collection::Slot { from, until } => slot(lang, day(from), clock(lang, from), clock(lang, until)),
    }
}

/// The time of day in Jakarta: `09.00` or `09:00`.
fn clock(lang: Lang, unix: i64) -> String {
    let second = (unix + 7 * 3_600).rem_euclid(86_400);
    let colon = pick(lang, ".", ":");
    format!("{:02}{colon}{:02}", second / 3_600, second / 60 % 60)
}

/// A kind of fee, by its stored name.
pub fn fee(lang: Lang, kind: &str) -> &'static str {
    match kind {
        "commission" => pick(lang, "Komisi", "Commission"),
        "dynamic" => pick(lang, "Biaya program", "Programme fee"),
        "mall" => pick(lang, "Biaya toko resmi", "Official shop fee"),
        "order" => pick(lang, "Biaya pemrosesan pesanan", "Order processing fee"),
        _ => pick(lang, "Biaya lain", "Another fee"),
    }
}
