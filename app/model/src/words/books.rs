//! The operator's page about the books.

use crate::{Lang, views::books::MisfitKind};

crate::messages! {
    title: "Pembukuan" / "Books";
    about: "Setiap jurnal harus berjumlah nol, dan buku besar harus cocok dengan pesanan, pembayaran, dan stok." / "Every journal must sum to zero, and the ledger must fit orders, payments and stock.";
    about_check: "Pemeriksaan membaca semua jurnal dan dapat berlangsung beberapa menit pada pasar yang besar. Setiap malam buku diperiksa dengan sendirinya." / "A check reads every journal and may take minutes in a large market. Each night the books are checked by themselves.";
    under_way(since): "Sedang diperiksa sejak {since}." / "A check is under way since {since}.";
    again: "Lihat lagi" / "Look again";
    never: "Belum pernah diperiksa" / "They were never checked";
    check: "Periksa sekarang" / "Check now";
    checked(at): "Diperiksa {at}" / "Checked {at}";
    fits: "Semuanya cocok" / "Everything fits";
    fits_about: "Tidak ada selisih antara buku besar, pesanan, pembayaran, dan stok." / "The ledger, orders, payments and stock tell the same story.";
    misfits(n): "{n} hal tidak cocok" / "{n} things do not fit";
    accounts: "Akun" / "Accounts";
    account: "Jenis akun" / "Kind of account";
    how_many: "Akun" / "Accounts";
    entries: "Entri" / "Entries";
    sum: "Saldo" / "Balance";
    in_all: "Jumlah" / "In all";
    what: "Apa" / "What";
    of: "Nomor" / "Number";
    there: "Tercatat" / "Recorded";
    due: "Seharusnya" / "Should be";
    nothing: "Belum ada jurnal" / "There are no journals yet";
}

/// By the name a kind of account is stored under; the name itself where it is not known.
pub fn kind(lang: Lang, kind: &str) -> &str {
    match (kind, lang) {
        ("buyer_clearing", Lang::Id) => "Dikembalikan ke pembeli",
        ("buyer_clearing", Lang::En) => "On its way back to buyers",
        ("provider", Lang::Id) => "Penyedia pembayaran",
        ("provider", Lang::En) => "Payment providers",
        ("escrow", Lang::Id) => "Titipan pesanan",
        ("escrow", Lang::En) => "Escrow of orders",
        ("seller", Lang::Id) => "Saldo toko",
        ("seller", Lang::En) => "Shops' balances",
        ("platform_revenue", Lang::Id) => "Pendapatan Pasar",
        ("platform_revenue", Lang::En) => "Pasar's revenue",
        ("platform_promotion", Lang::Id) => "Biaya promosi",
        ("platform_promotion", Lang::En) => "Promotion expense",
        ("courier", Lang::Id) => "Kurir",
        ("courier", Lang::En) => "Couriers",
        ("tax", Lang::Id) => "Pajak",
        ("tax", Lang::En) => "Tax",
        ("supplier_payable", Lang::Id) => "Utang pemasok",
        ("supplier_payable", Lang::En) => "Owed to suppliers",
        ("coins", Lang::Id) => "Koin anggota",
        ("coins", Lang::En) => "Members' coins",
        ("bank", Lang::Id) => "Rekening bank",
        ("bank", Lang::En) => "Bank account",
        _ => kind,
    }
}

pub const fn misfit(lang: Lang, kind: MisfitKind) -> &'static str {
    match (kind, lang) {
        (MisfitKind::Journal, Lang::Id) => "Jurnal tidak berjumlah nol",
        (MisfitKind::Journal, Lang::En) => "A journal does not sum to zero",
        (MisfitKind::Empty, Lang::Id) => "Jurnal tanpa entri",
        (MisfitKind::Empty, Lang::En) => "A journal without entries",
        (MisfitKind::Balance, Lang::Id) => "Saldo bukan jumlah entrinya",
        (MisfitKind::Balance, Lang::En) => "A balance is not the sum of its entries",
        (MisfitKind::Escrow, Lang::Id) => "Titipan pesanan tidak cocok",
        (MisfitKind::Escrow, Lang::En) => "An order's escrow does not fit",
        (MisfitKind::Released, Lang::Id) => "Pencairan pesanan tidak cocok",
        (MisfitKind::Released, Lang::En) => "What was let go for an order does not fit",
        (MisfitKind::Withdrawal, Lang::Id) => "Penarikan toko tidak cocok",
        (MisfitKind::Withdrawal, Lang::En) => "What a shop took out does not fit",
        (MisfitKind::Provider, Lang::Id) => "Catatan penyedia pembayaran tidak cocok",
        (MisfitKind::Provider, Lang::En) => "A provider's account does not fit its messages",
        (MisfitKind::PaidWithoutOrder, Lang::Id) => "Pembayaran tanpa pesanan",
        (MisfitKind::PaidWithoutOrder, Lang::En) => "A payment without an order",
        (MisfitKind::OrderWithoutPayment, Lang::Id) => "Pesanan lunas tanpa pembayaran",
        (MisfitKind::OrderWithoutPayment, Lang::En) => "A paid order without a payment",
        (MisfitKind::Coins, Lang::Id) => "Koin anggota tidak cocok",
        (MisfitKind::Coins, Lang::En) => "A member's coins do not fit",
        (MisfitKind::CoinsOfOrder, Lang::Id) => "Koin untuk pesanan tidak cocok",
        (MisfitKind::CoinsOfOrder, Lang::En) => "The coins an order took do not fit",
        (MisfitKind::CoinsLeft, Lang::Id) => "Sisa koin tidak cocok",
        (MisfitKind::CoinsLeft, Lang::En) => "What is left of some coins does not fit",
        (MisfitKind::Reserved, Lang::Id) => "Stok dipesan tidak cocok",
        (MisfitKind::Reserved, Lang::En) => "Reserved stock does not fit",
    }
}
