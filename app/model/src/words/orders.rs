//! What was ordered: the list, one order, what was paid at once, and the invoice.

use crate::{
    Lang,
    order::{Actor, CancelReason, GroupState, OrderFilter, OrderState},
    payment::PaymentState,
    views::TimelineStep,
};

crate::messages! {
    title: "Pesanan" / "Orders";
    about: "Lacak, bayar, dan beli lagi" / "Track, pay and buy again";
    filters: "Saring pesanan" / "Filter orders";
    find: "Cari pesanan" / "Find an order";
    find_hint: "Nomor pesanan atau nama barang" / "Order number or product name";
    find_go: "Cari" / "Search";
    none: "Belum ada pesanan" / "No orders yet";
    none_text: "Yang Anda pesan akan muncul di sini, lengkap dengan kabarnya." / "What you order appears here, with all its news.";
    start: "Mulai belanja" / "Start shopping";
    none_found: "Tidak ada pesanan yang cocok" / "No orders match";
    none_found_text: "Coba kata lain, atau lihat semua pesanan." / "Try other words, or look at all orders.";
    show_all: "Lihat semua pesanan" / "See all orders";
    older: "Pesanan yang lebih lama" / "Older orders";
    latest: "Ke pesanan terbaru" / "To the latest orders";

    order_of(number): "Pesanan {number}" / "Order {number}";
    number: "Nomor pesanan" / "Order number";
    placed(when): "Dipesan {when}" / "Ordered {when}";
    pieces(n, unit): "{n} × {unit}" / "{n} × {unit}";
    more_things(n): "+{n} barang lain" / "+{n} more";
    total: "Total belanja" / "Order total";
    pay_now: "Bayar sekarang" / "Pay now";
    buy_again: "Beli lagi" / "Buy again";
    details: "Lihat detail" / "See details";
    details_of(number): "Lihat detail pesanan {number}" / "See details of order {number}";
    invoice: "Faktur" / "Invoice";
    see_group: "Lihat semua yang dibayar bersama" / "See all that was paid with it";
    guest_note: "Anda berbelanja tanpa akun. Pesanan ini bisa dibuka lagi dari peramban ini." / "You ordered without an account. You can open this order again in this browser.";

    progress: "Perjalanan pesanan" / "How it went";
    cancelled_by(who): "Dibatalkan {who}" / "Cancelled by {who}";
    cancelled_itself: "Dibatalkan otomatis" / "Cancelled automatically";
    goods: "Barang" / "Goods";
    note_said(note): "Catatan: {note}" / "Note: {note}";
    delivery: "Pengiriman" / "Delivery";
    partly_sent: "Sebagian sudah dikirim; sisanya menyusul." / "A part of it is on its way; the rest is to follow.";
    left_out_back(amount): "{amount} kembali kepada Anda" / "{amount} goes back to you";
    courier: "Kurir" / "Courier";
    insured: "Diasuransikan" / "Insured";
    arrives: "Perkiraan tiba" / "Expected";
    address: "Alamat" / "Address";
    counter: "Ambil di loket" / "Collect at the counter";
    counter_text: "Sebutkan nomor resi dan tunjukkan identitas Anda." / "Say the waybill number and show who you are.";
    payment: "Pembayaran" / "Payment";
    method: "Cara membayar" / "Method";
    payment_state_label: "Status" / "Status";
    cash_state: "Dibayar ke kurir saat barang tiba" / "Paid to the courier on arrival";
    refunded: "Dikembalikan" / "Refunded";
    money_back: "Terlambat atau berlebih" / "Late or too much";
    money_back_on(amount, when): "{amount}, dikembalikan {when}" / "{amount}, given back {when}";
    costs: "Rincian biaya" / "What it comes to";

    cancel: "Batalkan pesanan" / "Cancel the order";
    cancel_title: "Batalkan pesanan ini?" / "Cancel this order?";
    cancel_unpaid: "Belum ada yang dibayar. Pesanan lain yang dibayar bersama ini ikut dibatalkan." / "Nothing has been paid. Other orders to be paid together with it are cancelled as well.";
    cancel_cash: "Tidak ada yang perlu dibayar." / "There is nothing to pay then.";
    cancel_paid: "Uangnya dikembalikan seluruhnya ke cara membayar yang Anda pakai." / "All of its money goes back the way it was paid.";
    cancel_why: "Alasannya" / "Why";
    cancel_yes: "Ya, batalkan" / "Yes, cancel it";
    cancel_no: "Tidak jadi" / "Keep it";
    too_late: "Pesanan ini sudah tidak bisa dibatalkan. Lihat statusnya di bawah." / "This order can no longer be cancelled. See below where it stands.";

    group_waiting: "Menunggu pembayaran Anda" / "Waiting for your payment";
    group_due(when): "Bayar sebelum {when}." / "Pay before {when}.";
    group_paid: "Terima kasih, pesanan Anda sudah dibayar" / "Thank you, your order has been paid";
    group_paid_text: "Penjual segera menyiapkan pesanan Anda." / "The sellers will get your order ready.";
    group_cash: "Terima kasih, pesanan Anda sudah kami terima" / "Thank you, we have your order";
    group_cash_text(total): "Siapkan {total} untuk kurir saat barang tiba." / "Have {total} ready for the courier when the goods arrive.";
    group_expired: "Waktu membayar sudah habis" / "The time to pay is over";
    group_expired_text: "Pesanan dibatalkan dan tidak ada yang perlu dibayar. Barangnya bisa Anda pesan lagi." / "The order was cancelled and there is nothing to pay. You can order the goods again.";
    group_cancelled: "Pesanan dibatalkan" / "The order was cancelled";
    group_cancelled_text: "Kalau ada yang sudah dibayar, kami kembalikan seluruhnya." / "Whatever had been paid goes back in full.";
    news_to(email): "Kabar tentang pesanan kami kirim ke {email}." / "We send news of your order to {email}.";
    group_orders: "Pesanan per toko" / "Orders by shop";
    shop_on: "Belanja lagi" / "Shop on";

    invoice_of(number): "Faktur {number}" / "Invoice {number}";
    invoice_date: "Tanggal" / "Date";
    seller: "Penjual" / "Seller";
    buyer: "Pembeli" / "Buyer";
    thing: "Barang" / "Item";
    quantity: "Jumlah" / "Quantity";
    unit: "Harga satuan" / "Unit price";
    amount: "Harga" / "Amount";
    subtotal: "Jumlah harga barang" / "Goods";
    print: "Cetak" / "Print";
    pdf: "Unduh PDF" / "Download PDF";
    print_hint: "Atau simpan sebagai PDF lewat menu cetak peramban (Ctrl+P)." / "Or keep it as a PDF by your browser's print menu (Ctrl+P).";
    back_to_order: "Kembali ke pesanan" / "Back to the order";

    guest_address: "Alamat pengiriman" / "Delivery address";
}

const fn pick(lang: Lang, id: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Id => id,
        Lang::En => en,
    }
}

pub const fn filter(lang: Lang, filter: OrderFilter) -> &'static str {
    match filter {
        OrderFilter::All => pick(lang, "Semua", "All"),
        OrderFilter::ToPay => pick(lang, "Belum dibayar", "To pay"),
        OrderFilter::InProgress => pick(lang, "Diproses", "In progress"),
        OrderFilter::Shipped => pick(lang, "Dikirim", "Shipped"),
        OrderFilter::Done => pick(lang, "Selesai", "Done"),
        OrderFilter::Cancelled => pick(lang, "Dibatalkan", "Cancelled"),
    }
}

/// Where an order stands, in a word or two.
pub const fn state(lang: Lang, state: OrderState) -> &'static str {
    match state {
        OrderState::AwaitingPayment => pick(lang, "Belum dibayar", "To be paid"),
        OrderState::Paid => pick(lang, "Menunggu penjual", "With the seller"),
        OrderState::Accepted => pick(lang, "Disiapkan penjual", "Being prepared"),
        OrderState::Packed => pick(lang, "Siap dikirim", "Ready to go"),
        OrderState::Shipped => pick(lang, "Dalam perjalanan", "On its way"),
        OrderState::Delivered => pick(lang, "Sudah sampai", "Delivered"),
        OrderState::Completed => pick(lang, "Selesai", "Completed"),
        OrderState::Cancelled => pick(lang, "Dibatalkan", "Cancelled"),
    }
}

/// What that means for its buyer.
pub const fn state_about(lang: Lang, state: OrderState) -> &'static str {
    match state {
        OrderState::AwaitingPayment => pick(
            lang,
            "Bayar dulu, lalu penjual menyiapkan pesanan Anda.",
            "Pay, and the seller gets your order ready.",
        ),
        OrderState::Paid => pick(
            lang,
            "Penjual sudah diberi tahu. Sampai penjual mulai menyiapkannya, Anda masih bisa membatalkan.",
            "The seller knows. Until they begin to prepare it, you can still cancel.",
        ),
        OrderState::Accepted => {
            pick(lang, "Penjual sedang menyiapkan pesanan Anda.", "The seller is getting your order ready.")
        }
        OrderState::Packed => {
            pick(lang, "Pesanan sudah dikemas dan menunggu kurir.", "It is packed and waits for the courier.")
        }
        OrderState::Shipped => {
            pick(lang, "Kurir sedang membawa pesanan Anda.", "The courier is bringing your order.")
        }
        OrderState::Delivered => {
            pick(lang, "Pesanan sudah sampai. Semoga Anda suka!", "It has arrived. We hope you like it!")
        }
        OrderState::Completed => pick(lang, "Terima kasih sudah berbelanja.", "Thank you for your order."),
        OrderState::Cancelled => pick(lang, "Pesanan ini tidak dilanjutkan.", "This order does not go on."),
    }
}

/// A step an order has made, and by whom where that matters. Cash is paid last.
pub fn step(lang: Lang, step: &TimelineStep, cash: bool) -> String {
    let text = match step.state {
        OrderState::AwaitingPayment => pick(lang, "Pesanan dibuat", "Order placed"),
        OrderState::Paid if cash => pick(lang, "Diteruskan ke penjual", "Passed on to the seller"),
        OrderState::Paid => pick(lang, "Pembayaran diterima", "Payment received"),
        OrderState::Accepted if step.from == Some(OrderState::Packed) => {
            pick(lang, "Kemasan dibuka lagi oleh penjual", "The seller opened the parcel again")
        }
        OrderState::Accepted => pick(lang, "Penjual mulai menyiapkan", "The seller began to prepare it"),
        OrderState::Packed => pick(lang, "Selesai dikemas", "Packed"),
        OrderState::Shipped => pick(lang, "Diserahkan ke kurir", "Handed to the courier"),
        OrderState::Delivered => pick(lang, "Sampai di tujuan", "Delivered"),
        OrderState::Completed => pick(lang, "Pesanan selesai", "Completed"),
        OrderState::Cancelled => return cancelled(lang, step.actor),
    };
    text.to_owned()
}

fn cancelled(lang: Lang, by: Actor) -> String {
    let who = match by {
        Actor::Buyer => pick(lang, "oleh Anda", "you"),
        Actor::Shop => pick(lang, "oleh penjual", "the seller"),
        Actor::Operator => pick(lang, "oleh Pasar", "Pasar"),
        Actor::Courier => pick(lang, "oleh kurir", "the courier"),
        Actor::Clock | Actor::Provider => return cancelled_itself(lang).to_owned(),
    };
    cancelled_by(lang, who)
}

pub const fn reason(lang: Lang, reason: CancelReason) -> &'static str {
    match reason {
        CancelReason::ChangedMind => pick(lang, "Berubah pikiran", "Changed my mind"),
        CancelReason::WrongAddress => pick(lang, "Alamatnya salah", "Wrong address"),
        CancelReason::WrongItem => pick(lang, "Salah pilih barang", "Wrong item"),
        CancelReason::FoundCheaper => pick(lang, "Ada yang lebih murah", "Found it cheaper"),
        CancelReason::TooSlow => pick(lang, "Terlalu lama", "Takes too long"),
        CancelReason::Other => pick(lang, "Alasan lain", "Another reason"),
        CancelReason::NotPaid => pick(lang, "Tidak dibayar sampai batas waktunya", "Not paid in time"),
        CancelReason::NotAccepted => {
            pick(lang, "Tidak disiapkan sampai batas waktunya", "Not prepared in time")
        }
        CancelReason::OutOfStock => pick(lang, "Stok habis", "Out of stock"),
        CancelReason::PaymentFailed => {
            pick(lang, "Pembayaran tidak berhasil", "The payment did not go through")
        }
        CancelReason::ShopClosed => pick(lang, "Toko sedang tutup", "The shop is closed"),
        CancelReason::WrongPrice => pick(lang, "Harga tercantum salah", "The price was wrong"),
        CancelReason::CannotShip => {
            pick(lang, "Tidak bisa dikirim ke alamat ini", "It cannot be sent to this address")
        }
        CancelReason::ReturnedToSender => {
            pick(lang, "Dikembalikan kurir ke penjual", "The courier brought it back to the seller")
        }
        CancelReason::Lost => pick(lang, "Hilang dalam perjalanan", "Lost on the way"),
    }
}

pub const fn payment_state(lang: Lang, state: PaymentState) -> &'static str {
    match state {
        PaymentState::Pending => pick(lang, "Belum dibayar", "Not paid yet"),
        PaymentState::Authorised => pick(lang, "Sedang dikonfirmasi", "Being confirmed"),
        PaymentState::Captured => pick(lang, "Lunas", "Paid"),
        PaymentState::PartiallyRefunded => pick(lang, "Dikembalikan sebagian", "Refunded in part"),
        PaymentState::Refunded => pick(lang, "Dikembalikan", "Refunded"),
        PaymentState::Failed => pick(lang, "Tidak berhasil", "Did not go through"),
        PaymentState::Expired => pick(lang, "Waktunya habis", "Expired"),
        PaymentState::ChargedBack => pick(lang, "Ditarik kembali lewat bank", "Taken back through the bank"),
    }
}

/// The headline of what was paid at once. Cash is paid last, and nobody is thanked for it before.
pub const fn group(lang: Lang, state: GroupState, cash: bool) -> &'static str {
    match state {
        GroupState::AwaitingPayment => group_waiting(lang),
        GroupState::Paid if cash => group_cash(lang),
        GroupState::Paid => group_paid(lang),
        GroupState::Expired => group_expired(lang),
        GroupState::Cancelled => group_cancelled(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_told_as_it_happened() {
        let from_to = |from, state, actor, cash| {
            step(Lang::Id, &TimelineStep { from, state, actor, reason: None, at: 0 }, cash)
        };
        let told = |state, actor, cash| from_to(None, state, actor, cash);
        assert_eq!(told(OrderState::Paid, Actor::Provider, false), "Pembayaran diterima");
        assert_eq!(told(OrderState::Paid, Actor::Buyer, true), "Diteruskan ke penjual");
        assert_eq!(told(OrderState::Accepted, Actor::Shop, false), "Penjual mulai menyiapkan");
        let opened = from_to(Some(OrderState::Packed), OrderState::Accepted, Actor::Shop, false);
        assert_eq!(opened, "Kemasan dibuka lagi oleh penjual");
        assert_eq!(told(OrderState::Cancelled, Actor::Shop, false), "Dibatalkan oleh penjual");
        assert_eq!(told(OrderState::Cancelled, Actor::Clock, false), "Dibatalkan otomatis");
    }
}
