//! What the pages say.

use crate::{ChargeState, EventKind, transfer::TransferState};
use model::Lang;

model::messages! {
    bank: "Bank Simulasi" / "Simulated bank";
    about: "Tidak ada uang sungguhan yang berpindah di sini. Jangan masukkan data kartu Anda." / "No real money moves here. Do not type your own card's data.";
    latest: "Tagihan terbaru" / "Latest charges";
    none: "Belum ada tagihan." / "There are no charges yet.";
    number: "Nomor virtual account atau kode bayar" / "Virtual account number or payment code";
    find: "Cari" / "Find";
    unknown: "Tidak ada tagihan dengan nomor itu." / "No charge has that number.";
    older: "Lebih lama" / "Older";
    newest: "Terbaru" / "Newest";
    to_list: "Semua tagihan" / "All charges";
    transfers: "Transfer keluar" / "Transfers out";
    no_transfers: "Belum ada transfer." / "There are no transfers yet.";
    nobodys(end): "Transfer tiba sesaat kemudian; ke nomor yang berakhir {end}, uangnya kembali." / "Transfers arrive a moment later; to numbers that end in {end}, the money comes back.";
    account: "Rekening" / "Account";
    pay_title: "Bayar tagihan" / "Pay a charge";
    amount: "Jumlah" / "Amount";
    for_what: "Untuk" / "For";
    by: "Cara bayar" / "Paid by";
    state: "Status" / "State";
    due: "Batas waktu" / "Deadline";
    paid: "Sudah dibayar" / "Paid so far";
    refunded: "Dikembalikan" / "Paid back";
    charged_back: "Ditarik kembali" / "Charged back";
    va: "Nomor virtual account" / "Virtual account number";
    code: "Kode bayar" / "Payment code";
    bill: "Nomor tagihan" / "Bill number";
    qr: "Isi kode QR" / "What the QR code says";
    what: "Apa yang terjadi?" / "What happens?";
    pay(sum): "Bayar {sum}" / "Pay {sum}";
    twice: "Bayar dua kali" / "Pay twice";
    less(sum): "Bayar kurang ({sum})" / "Pay too little ({sum})";
    late: "Bayar setelah batas waktu" / "Pay after the deadline";
    fail: "Gagalkan" / "Let it fail";
    charge_back: "Tarik kembali pembayaran" / "Charge back a payment";
    refuse_refunds: "Gagalkan pengembalian dana" / "Let refunds fail";
    allow_refunds: "Biarkan pengembalian dana berhasil" / "Let refunds succeed";
    card: "Nomor kartu contoh" / "Made-up card number";
    card_hint(good, declined): "{good} berhasil, {declined} ditolak." / "{good} succeeds, {declined} is declined.";
    no_card: "Hanya kartu contoh yang diterima di sini." / "Only the made-up cards are taken here.";
    late_note: "Pembayaran akan masuk satu menit setelah batas waktu." / "The payment will arrive one minute after the deadline.";
    changed_note: "Tidak ada yang dilakukan: tagihan ini sudah berubah." / "Nothing was done: the charge has changed.";
    closed: "Tagihan ini dibatalkan dan tidak bisa dibayar lagi." / "This charge was cancelled and cannot be paid any more.";
    back_to_shop: "Kembali ke toko" / "Back to the shop";
    history: "Yang sudah terjadi" / "What has happened";
    when: "Waktu" / "When";
    event: "Kejadian" / "Event";
    told: "Diberitahukan" / "Told";
    not_yet: "belum" / "not yet";
}

pub(super) const fn charge_state(lang: Lang, state: ChargeState) -> &'static str {
    match (state, lang) {
        (ChargeState::Open, Lang::Id) => "Menunggu pembayaran",
        (ChargeState::Open, Lang::En) => "Waiting to be paid",
        (ChargeState::Paid, Lang::Id) => "Lunas",
        (ChargeState::Paid, Lang::En) => "Paid",
        (ChargeState::Failed, Lang::Id) => "Gagal",
        (ChargeState::Failed, Lang::En) => "Failed",
        (ChargeState::Expired, Lang::Id) => "Kedaluwarsa",
        (ChargeState::Expired, Lang::En) => "Expired",
        (ChargeState::Cancelled, Lang::Id) => "Dibatalkan",
        (ChargeState::Cancelled, Lang::En) => "Cancelled",
    }
}

pub(super) const fn event_kind(lang: Lang, kind: EventKind) -> &'static str {
    match (kind, lang) {
        (EventKind::Paid, Lang::Id) => "Dibayar",
        (EventKind::Paid, Lang::En) => "Paid",
        (EventKind::Failed, Lang::Id) => "Gagal",
        (EventKind::Failed, Lang::En) => "Failed",
        (EventKind::Expired, Lang::Id) => "Kedaluwarsa",
        (EventKind::Expired, Lang::En) => "Expired",
        (EventKind::ChargedBack, Lang::Id) => "Ditarik kembali",
        (EventKind::ChargedBack, Lang::En) => "Charged back",
        (EventKind::RefundSettled, Lang::Id) => "Dana dikembalikan",
        (EventKind::RefundSettled, Lang::En) => "Paid back",
        (EventKind::RefundFailed, Lang::Id) => "Pengembalian gagal",
        (EventKind::RefundFailed, Lang::En) => "Paying back failed",
    }
}

pub(super) const fn transfer_state(lang: Lang, state: TransferState) -> &'static str {
    match (state, lang) {
        (TransferState::Sent, Lang::Id) => "Dikirim",
        (TransferState::Sent, Lang::En) => "Sent",
        (TransferState::Settled, Lang::Id) => "Tiba",
        (TransferState::Settled, Lang::En) => "Arrived",
        (TransferState::Failed, Lang::Id) => "Kembali",
        (TransferState::Failed, Lang::En) => "Came back",
    }
}
