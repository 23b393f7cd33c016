//! A shop's money in the seller centre.

use crate::{
    Lang,
    payout::{PayoutFailure, WithdrawalState},
    views::takings::EntryKind,
};

crate::messages! {
    title: "Keuangan" / "Money";
    available: "Saldo" / "Balance";
    available_text: "Bisa ditarik sekarang" / "Can be withdrawn now";
    owed_text: "Ditutup dari penjualan berikutnya" / "Made up for by your next sales";
    coming: "Akan masuk" / "Coming in";
    coming_text(n): "Dari {n} pesanan yang belum selesai" / "From {n} orders that are not complete";
    leaving: "Menuju bank" / "On its way to the bank";
    statement: "Mutasi saldo" / "Statement";
    statement_of: "Semua perubahan saldo, dengan biayanya" / "Every change of the balance, with its fees";
    csv: "Unduh CSV" / "Download CSV";
    month: "Bulan" / "Month";
    month_hint: "Seperti 2026-11. Kosong berarti bulan ini." / "As in 2026-11. Empty means this month.";
    pdf: "Unduh PDF" / "Download PDF";
    before: "Saldo awal" / "Balance before";
    after_all: "Saldo akhir" / "Balance after";
    none_in_month: "Saldo tidak berubah bulan ini." / "The balance did not change in this month.";
    withdraw: "Tarik saldo" / "Withdraw";
    withdraw_text(least, most): "Antara {least} dan {most} sekali tarik." / "Between {least} and {most} at once.";
    amount: "Jumlah" / "Amount";
    amount_hint: "Dalam rupiah, tanpa titik." / "In rupiah, without dots.";
    to_account: "Ke rekening" / "To account";
    withdraw_go: "Tarik" / "Withdraw";
    asked: "Penarikan diterima. Statusnya ada di bawah." / "Your withdrawal was taken. See below where it stands.";
    by_operator(amount): "Penarikan di atas {amount} kami periksa dulu." / "Withdrawals above {amount} are looked at by us first.";
    withdrawals: "Penarikan terakhir" / "Latest withdrawals";
    no_withdrawals: "Belum ada penarikan." / "There are no withdrawals yet.";
    accounts: "Rekening bank" / "Bank accounts";
    no_accounts: "Tambahkan rekening untuk bisa menarik saldo." / "Add an account to be able to withdraw.";
    add_account: "Tambah rekening" / "Add an account";
    bank: "Bank" / "Bank";
    number: "Nomor rekening" / "Account number";
    holder: "Nama pemilik" / "Holder";
    holder_hint: "Seperti di buku tabungan." / "As the bank writes it.";
    add: "Tambah" / "Add";
    remove: "Hapus" / "Remove";
    remove_of(bank, number): "Hapus rekening {bank} {number}" / "Remove account {bank} {number}";
    desk_prove_first: "Untuk memutuskan penarikan, pastikan dulu ini benar Anda." / "To decide on withdrawals, confirm first that it is you.";
    prove_first: "Untuk mengubah rekening atau menarik saldo, pastikan dulu ini benar Anda." / "To change accounts or withdraw, confirm first that it is you.";
    when: "Waktu" / "When";
    what: "Keterangan" / "What";
    change: "Perubahan" / "Change";
    after: "Saldo" / "Balance";
    state: "Status" / "State";
    goods: "Barang" / "Goods";
    shipping_discount: "Gratis ongkir" / "Free shipping";
    refunded: "Dikembalikan ke pembeli" / "Given back to the buyer";
    none: "Belum ada perubahan saldo" / "The balance has not changed yet";
    none_text: "Uang pesanan masuk setelah pesanan selesai." / "Money of orders comes in when they are complete.";
    older: "Yang lebih lama" / "Older";
    newest: "Ke yang terbaru" / "To the newest";
    back: "Kembali ke keuangan" / "Back to money";
    desk: "Penarikan dana" / "Withdrawals";
    desk_none: "Tidak ada yang menunggu" / "Nothing waits";
    approve: "Setujui" / "Approve";
    refuse: "Tolak" / "Refuse";
    shop: "Toko" / "Shop";
}

const fn pick(lang: Lang, id: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Id => id,
        Lang::En => en,
    }
}

pub const fn withdrawal(lang: Lang, state: WithdrawalState) -> &'static str {
    match state {
        WithdrawalState::Requested => pick(lang, "Diperiksa", "Being looked at"),
        WithdrawalState::Approved => pick(lang, "Disetujui", "Approved"),
        WithdrawalState::Sent => pick(lang, "Dikirim ke bank", "Sent to the bank"),
        WithdrawalState::Settled => pick(lang, "Tiba", "Arrived"),
        WithdrawalState::Failed => pick(lang, "Gagal, saldo dikembalikan", "Failed, put back"),
    }
}

pub const fn failure(lang: Lang, failure: PayoutFailure) -> &'static str {
    match failure {
        PayoutFailure::UnknownAccount => {
            pick(lang, "Bank tidak mengenal rekeningnya", "The bank does not know the account")
        }
        PayoutFailure::Refused => pick(lang, "Kami tolak", "We refused it"),
        PayoutFailure::Returned => pick(lang, "Dikembalikan bank", "The bank sent it back"),
    }
}

pub const fn entry(lang: Lang, kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Released => pick(lang, "Penjualan", "Sale"),
        EntryKind::Refunded => pick(lang, "Pengembalian dana", "Refund"),
        EntryKind::Withdrawn => pick(lang, "Penarikan", "Withdrawal"),
        EntryKind::Reversed => pick(lang, "Penarikan gagal", "Failed withdrawal"),
        EntryKind::Spent => pick(lang, "Belanja dengan saldo", "Purchase from the balance"),
        EntryKind::SpentBack => pick(lang, "Pengembalian belanja", "Purchase refunded"),
        EntryKind::Other => pick(lang, "Penyesuaian", "Adjustment"),
    }
}
