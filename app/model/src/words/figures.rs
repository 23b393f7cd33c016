//! How a shop sells, in the seller centre.

use crate::{
    Lang,
    views::figures::{Period, VisitSource},
};

crate::messages! {
    title: "Analitik" / "Analytics";
    periods: "Jangka waktu" / "Period";
    csv: "Unduh CSV" / "Download CSV";
    compared(n): "Dibandingkan dengan {n} hari sebelumnya. Hari dihitung menurut waktu Jakarta." / "Compared with the {n} days before. Days are Jakarta's.";
    today_open: "Hari ini belum selesai, jadi angkanya masih bertambah." / "Today is not over, so its figures still grow.";
    today: "Hari ini" / "Today";
    none: "Belum ada angka" / "No figures yet";
    none_text: "Begitu barang Anda dilihat atau dibeli, angkanya muncul di sini dalam beberapa menit." / "Once your goods are looked at or bought, the figures appear here within minutes.";
    to_products: "Ke produk" / "To your products";
    more(percent): "Naik {percent}%" / "Up {percent}%";
    fewer(percent): "Turun {percent}%" / "Down {percent}%";
    same: "Sama seperti sebelumnya" / "As before";
    nothing_before: "Sebelumnya belum ada" / "Nothing before";
}

crate::messages! {
    funnel: "Dari dilihat sampai dibayar" / "From looks to paid orders";
    funnel_about: "Pengunjung yang tidak ingin diikuti tidak dihitung sebagai yang melihat, tetapi keranjang dan pesanannya ya." / "Visitors who ask not to be followed are not counted as looks, but what they put in carts and buy is.";
    looks: "Dilihat" / "Looks";
    carts: "Masuk keranjang" / "Put into carts";
    orders: "Pesanan dibayar" / "Paid orders";
    of_looks(percent): "{percent}% dari yang dilihat" / "{percent}% of looks";
    of_carts(percent): "{percent}% dari keranjang" / "{percent}% of carts";
    cancelled_text(n): "{n} pesanan lain dibatalkan setelah dibayar" / "{n} more were cancelled after they were paid";
}

crate::messages! {
    by_day: "Penjualan per hari" / "Sales by day";
    day: "Hari" / "Day";
    sales: "Penjualan" / "Sales";
    profit: "Sisa setelah biaya" / "What is left after fees";
    profit_about: "Harga pokok barang tidak kami ketahui. Barang yang tidak jadi dikirim tidak dihitung." / "We do not know what the goods cost you. What was not sent after all is not counted.";
    vouchers: "Voucher toko" / "Your vouchers";
    shipping: "Ongkir yang Anda tanggung" / "Shipping you pay for";
    fees: "Biaya platform" / "Fees of the platform";
    given_back: "Dikembalikan ke pembeli" / "Given back to buyers";
    left: "Sisa" / "Left";
    what: "Keterangan" / "What";
    amount: "Jumlah" / "Amount";
    before: "Sebelumnya" / "Before";
}

crate::messages! {
    products: "Produk terlaris" / "Best sellers";
    product: "Produk" / "Product";
    pieces: "Terjual" / "Sold";
    no_products: "Belum ada produk yang dilihat atau terjual." / "Nothing was looked at or sold yet.";
    cities: "Kota pembeli" / "Cities of buyers";
    city: "Kota" / "City";
    no_cities: "Belum ada pesanan dalam jangka waktu ini." / "There are no orders in this period.";
    sources: "Datang dari" / "Where they came from";
    source: "Dari" / "From";
    share: "Bagian" / "Share";
    no_sources: "Belum ada yang melihat dalam jangka waktu ini." / "Nobody looked in this period.";
    leads: "Pencarian yang membawa ke sini" / "Searches that led here";
    leads_about(n): "Tanpa data siapa yang mencari. Sebuah kata kunci baru muncul setelah membawa orang ke sini dalam {n} jam yang berbeda." / "Without who searched. A text is shown once it has led here in {n} different hours.";
    no_leads: "Belum ada kata kunci yang cukup sering." / "No text has led here often enough.";
    query: "Kata kunci" / "Text";
    running_out: "Akan habis" / "About to run out";
    running_out_about: "Menurut laju penjualan 30 hari terakhir." / "At the pace of the last 30 days.";
    none_running_out: "Tidak ada yang akan habis dalam 30 hari." / "Nothing will be sold out within 30 days.";
    available: "Tersedia" / "Available";
    sold_30: "Terjual 30 hari" / "Sold in 30 days";
    days_left: "Cukup untuk" / "Lasts";
    days(n): "{n} hari" / "{n} days";
    gone: "Sudah habis" / "Sold out";
}

pub const fn period(lang: Lang, period: Period) -> &'static str {
    match (period, lang) {
        (Period::Week, Lang::Id) => "7 hari",
        (Period::Week, Lang::En) => "7 days",
        (Period::Month, Lang::Id) => "30 hari",
        (Period::Month, Lang::En) => "30 days",
        (Period::Quarter, Lang::Id) => "90 hari",
        (Period::Quarter, Lang::En) => "90 days",
    }
}

pub const fn way(lang: Lang, source: VisitSource) -> &'static str {
    match (source, lang) {
        (VisitSource::Search, Lang::Id) => "Pencarian",
        (VisitSource::Search, Lang::En) => "Search",
        (VisitSource::Category, Lang::Id) => "Kategori",
        (VisitSource::Category, Lang::En) => "Categories",
        (VisitSource::Home, Lang::Id) => "Beranda",
        (VisitSource::Home, Lang::En) => "Home",
        (VisitSource::Shop, Lang::Id) => "Halaman toko",
        (VisitSource::Shop, Lang::En) => "Shop page",
        (VisitSource::Site, Lang::Id) => "Halaman lain di Pasar",
        (VisitSource::Site, Lang::En) => "Other pages of Pasar",
        (VisitSource::Outside, Lang::Id) => "Tautan dan situs lain",
        (VisitSource::Outside, Lang::En) => "Links and other sites",
    }
}
