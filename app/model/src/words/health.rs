//! How reliable a shop is, in the seller centre, and the badge shoppers see.

use crate::{Lang, views::health::Fault};

crate::messages! {
    title: "Kesehatan toko" / "Shop health";
    badge: "Toko andal" / "Reliable shop";
    points(n): "{n} dari 100 poin" / "{n} of 100 points";
    wears: "Toko Anda memakai lencana Toko andal. Pembeli melihatnya di halaman toko dan di samping produk." / "Your shop wears the badge Reliable shop. Shoppers see it on your page and beside your goods.";
    wears_not(points): "Lencana Toko andal dipakai mulai {points} poin." / "The badge Reliable shop is worn from {points} points on.";
    too_few(n): "Belum cukup pesanan untuk dinilai: lencana dipakai mulai {n} pesanan." / "Too few orders to be judged: the badge is worn from {n} orders on.";
    judged(when): "Dinilai tiap malam, terakhir {when}." / "Judged every night, last on {when}.";
    window(days, n): "Dari {n} pesanan dalam {days} hari terakhir yang sudah Anda kirim atau yang batal karena toko." / "Of {n} orders of the last {days} days that you have sent, or that were cancelled for the shop's sake.";
    not_yet: "Toko ini belum dinilai" / "The shop has not been judged yet";
    not_yet_text: "Penilaian dibuat tiap malam, setelah ada pesanan yang dikirim." / "That is done every night, once orders have been sent.";
    rates: "Yang dinilai" / "What is judged";
    what: "Hal" / "What";
    rate: "Tingkat" / "Rate";
    limit: "Batas" / "Limit";
    at_most(percent): "paling banyak {percent}%" / "at most {percent}%";
    counted(n): "{n} pesanan" / "{n} orders";
    within: "Dalam batas" / "Within";
    beyond: "Melewati batas" / "Beyond";
    how: "Cara menghitung" / "How it is counted";
    how_points(dropped, late): "Mulai dari 100 poin. Tiap persen pesanan yang dibatalkan toko mengurangi {dropped} poin, tiap persen yang terlambat {late} poin." / "It starts at 100 points. Each percent of orders cancelled by the shop costs {dropped} points, each percent sent late {late} points.";
    how_dropped: "Dibatalkan toko: pesanan yang sudah dibayar lalu Anda tolak. Yang dibatalkan pembeli, penyedia pembayaran, atau kami tidak dihitung." / "Cancelled by the shop: orders that were paid and that you rejected. Those cancelled by buyers, payment providers or us do not count.";
    how_late: "Terlambat: tidak diserahkan ke kurir sampai batas waktunya, termasuk yang karena itu dibatalkan otomatis." / "Late: not handed over by its deadline, those that were cancelled for it included.";
    how_effect: "Akibatnya hanya lencana itu. Urutan pencarian dan biaya tidak berubah." / "Nothing follows from it but the badge. Search results and fees do not change.";
    faults: "Pesanan yang mengurangi poin" / "Orders that cost points";
    no_faults: "Tidak ada. Pertahankan!" / "There are none. Keep it up!";
    order: "Pesanan" / "Order";
    when: "Dibayar" / "Paid";
    older: "Yang lebih lama" / "Older";
    newest: "Ke yang terbaru" / "Back to the newest";
}

pub const fn fault(lang: Lang, fault: Fault) -> &'static str {
    match (fault, lang) {
        (Fault::Dropped, Lang::Id) => "Dibatalkan toko",
        (Fault::Dropped, Lang::En) => "Cancelled by the shop",
        (Fault::Late, Lang::Id) => "Terlambat dikirim",
        (Fault::Late, Lang::En) => "Sent late",
    }
}
