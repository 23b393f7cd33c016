//! Coins: what a member has, how it came about, and spending them.

use crate::{Lang, views::coin::CoinKind};

crate::messages! {
    title: "Koin Pasar" / "Pasar coins";
    amount(n): "{n} koin" / "{n} coins";
    about(n): "Saldo {n} koin" / "You have {n} coins";
    worth: "1 koin bernilai Rp\u{a0}1." / "1 coin is worth Rp\u{a0}1.";
    rules(earn, most, share): "Setiap pesanan yang selesai memberi {earn}% dari harga barang yang dibayar, paling banyak {most} koin, berlaku setahun. Koin membayar sampai {share}% harga barang." / "Each completed order gives {earn}% of what was paid for its goods, at most {most} coins, which hold for a year. Coins pay for up to {share}% of what goods cost.";
    expires(n, date): "{n} koin berlaku sampai {date}" / "{n} coins hold until {date}";
    history: "Riwayat" / "History";
    earned: "Dari pesanan selesai" / "From a completed order";
    spent: "Dipakai untuk belanja" / "Spent on an order";
    returned: "Dikembalikan" / "Given back";
    expired: "Masa berlakunya habis" / "Expired";
    older: "Riwayat yang lebih lama" / "Earlier history";
    latest: "Ke riwayat terbaru" / "To the latest history";
    none: "Belum ada koin" / "No coins yet";
    none_text: "Koin masuk begitu pesanan Anda selesai." / "Coins come in as soon as an order of yours is complete.";
    spend: "Pakai koin saya" / "Use my coins";
    have(n, amount): "Anda punya {n} koin; pesanan ini bisa memakai {amount}." / "You have {n} coins; this order can take {amount}.";
}

pub const fn kind(lang: Lang, kind: CoinKind) -> &'static str {
    match kind {
        CoinKind::Earned => earned(lang),
        CoinKind::Spent => spent(lang),
        CoinKind::Returned => returned(lang),
        CoinKind::Expired => expired(lang),
    }
}

/// A change: `+1.500` or `−1.500`.
pub fn change(lang: Lang, amount: i64) -> String {
    let sign = if amount < 0 { '−' } else { '+' };
    format!("{sign}{}", lang.number(amount.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_has_a_sign() {
        assert_eq!((change(Lang::Id, 1_500), change(Lang::En, -1_500)), ("+1.500".into(), "−1,500".into()));
    }
}
