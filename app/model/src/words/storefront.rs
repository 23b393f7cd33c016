//! Finding and looking at goods.

use crate::{
    Lang,
    views::{Condition, SearchSort, Tier},
};

crate::messages! {
    on_holiday: "Toko ini sedang libur" / "This shop is on holiday";
    on_holiday_until(last): "Barangnya bisa dibeli lagi setelah {last}." / "Its goods can be bought again after {last}.";
    home_title: "Belanja online dari penjual di seluruh Indonesia" / "Shop from sellers all over Indonesia";
    home_description: "Bandingkan barang dari ribuan penjual, cari tanpa takut salah ketik, dan lihat harga sebenarnya sebelum membayar." / "Compare goods from thousands of sellers, search without fear of typos, and see the real price before you pay.";
    hero_title: "Pasar terang, harga jujur" / "A bright market, honest prices";
    hero_text: "Cari barang apa saja dari penjual di seluruh Indonesia. Salah ketik pun tetap ketemu." / "Find anything from sellers all over Indonesia, even when you mistype it.";
    hero_action: "Lihat yang sedang laris" / "See what is popular";
    promise_price: "Harga yang tampil, itu yang dibayar" / "The price shown is the price paid";
    promise_escrow: "Ulasan asli dari pembeli" / "Real reviews by buyers";
    promise_find: "Pencarian yang paham maksud Anda" / "Search that knows what you mean";
    trending: "Sedang laris" / "Popular now";
    deals: "Harga turun" / "Price drops";
    newest: "Baru datang" / "Just in";
    see_all: "Lihat semua" / "See all";
    all_categories: "Semua kategori" / "All categories";
    empty_market: "Pasar ini masih kosong" / "This market is still empty";
    empty_market_text: "Isi dengan data contoh: pasar seed. Atau bawa daftar barang sendiri: pasar import listings BERKAS." / "Fill it with demo data: pasar seed. Or bring your own listings: pasar import listings FILE.";
    products(n): "{n} barang" / "{n} products";
    sold(n): "{n} terjual" / "{n} sold";
    ratings(n): "{n} penilaian" / "{n} ratings";
    free_shipping: "Bebas ongkir" / "Free shipping";
    sold_out: "Habis" / "Sold out";
    from_price: "Mulai" / "From";
    search_title(q): "Hasil untuk “{q}”" / "Results for “{q}”";
    search_title_all: "Semua barang" / "All products";
    found(n): "{n} barang ditemukan" / "{n} products found";
    did_you_mean: "Mungkin maksud Anda" / "Did you mean";
    relaxed: "Termasuk hasil yang mendekati kata-kata Anda." / "Including results that come close to your words.";
    found_about(n): "Sekitar {n} barang ditemukan" / "About {n} products found";
    matching(n): "{n} barang cocok" / "{n} matching products";
    nothing_matching: "Tidak ada yang cocok dengan semua kata Anda." / "Nothing matches all of your words.";
    related: "Terkait" / "Related";
    related_text: "Sebagian kata Anda tidak ada di sini, atau barangnya dari jenis lain." / "Some of your words are missing here, or these are goods of another kind.";
    popular_queries: "Yang sering dicari" / "Often searched for";
    about: "sekitar" / "about";
    nothing_found(q): "Tidak ada hasil untuk “{q}”" / "Nothing found for “{q}”";
    nothing_found_all: "Tidak ada barang yang cocok" / "No products match";
    nothing_help: "Coba kata yang lebih umum, periksa ejaannya, atau hapus sebagian saringan." / "Try a more general word, check the spelling, or remove some filters.";
    clear_filters: "Hapus semua saringan" / "Clear all filters";
    remove_filter(name): "Hapus saringan {name}" / "Remove filter {name}";
    instead: "Sementara itu, ini yang disukai banyak orang" / "Meanwhile, here is what many people like";
    filters: "Saringan" / "Filters";
    sort: "Urutkan" / "Sort";
    category: "Kategori" / "Category";
    price: "Harga" / "Price";
    price_min: "Harga terendah (Rp)" / "Lowest price (Rp)";
    price_max: "Harga tertinggi (Rp)" / "Highest price (Rp)";
    apply: "Terapkan" / "Apply";
    city: "Lokasi" / "Location";
    brand: "Merek" / "Brand";
    rating: "Penilaian" / "Rating";
    stars_up(n): "{n} bintang ke atas" / "{n} stars and up";
    condition: "Kondisi" / "Condition";
    tier: "Jenis toko" / "Kind of shop";
    colour: "Warna" / "Colour";
    size: "Ukuran" / "Size";
    shipping: "Pengiriman" / "Shipping";
    more_pages: "Halaman berikutnya" / "Next page";
    first_page: "Kembali ke halaman pertama" / "Back to the first page";
    end_of_list: "Itu semuanya." / "That is all.";
    up_to(price): "Sampai {price}" / "Up to {price}";
    from(price): "Mulai {price}" / "From {price}";
    between(low, high): "{low} – {high}" / "{low} – {high}";
    choose_variant: "Pilih varian" / "Choose a variant";
    stock_left(n): "Stok {n}" / "{n} in stock";
    stock_uncounted: "Stok tersedia" / "In stock";
    last_pieces(n): "Tinggal {n}" / "Only {n} left";
    min_purchase(n): "Pembelian minimal {n}" / "Minimum purchase {n}";
    max_purchase(n): "Pembelian maksimal {n}" / "Maximum purchase {n}";
    inside: "Isi paket" / "What is inside";
    wholesale: "Harga grosir" / "Wholesale price";
    wholesale_from(n): "Mulai {n} pcs" / "From {n} pcs";
    each: "per buah" / "each";
    preorder(n): "Pre-order {n} hari" / "Pre-order, {n} days";
    description: "Deskripsi" / "Description";
    specification: "Spesifikasi" / "Specification";
    weight: "Berat" / "Weight";
    yes: "Ya" / "Yes";
    no: "Tidak" / "No";
    video: "Tonton video" / "Watch the video";
    pictures: "Gambar barang" / "Product pictures";
    picture_n(n, total): "Gambar {n} dari {total}" / "Picture {n} of {total}";
    enlarge: "Perbesar gambar" / "Enlarge the picture";
    picture_before: "Gambar sebelumnya" / "Previous picture";
    picture_after: "Gambar berikutnya" / "Next picture";
    ships_from(city): "Dikirim dari {city}" / "Ships from {city}";
    visit_shop: "Kunjungi toko" / "Visit the shop";
    shop_products: "Barang di toko ini" / "Products of this shop";
    shop_search(shop): "Cari di {shop}" / "Search in {shop}";
    reviews_title: "Ulasan pembeli" / "Reviews";
    reviews_none: "Belum ada ulasan tertulis" / "No written reviews yet";
    reviews_none_text: "Jadilah yang pertama mengulas setelah membeli." / "Be the first to review after buying.";
    reviews_with(n): "{n} bintang" / "{n} stars";
    reviews_written(n): "{n} ulasan tertulis" / "{n} written reviews";
    bought(variant): "Varian: {variant}" / "Variant: {variant}";
    similar: "Barang serupa" / "Similar products";
    also_viewed: "Dilihat juga oleh pembeli lain" / "Others also looked at";
    also_bought: "Sering dibeli bersama" / "Often bought together";
    of_shop: "Lainnya dari toko ini" / "More from this shop";
    recently_seen: "Terakhir dilihat" / "Recently seen";
    for_you: "Untuk Anda" / "For you";
    forget_history: "Hapus riwayat" / "Clear history";
    gone_title: "Barang ini sudah tidak dijual" / "This product is no longer sold";
    gone_text: "Penjual tidak menawarkannya lagi. Mungkin barang serupa ini cocok." / "Its seller does not offer it any more. Perhaps one of these similar products will do.";
    gone_text_alone: "Penjual tidak menawarkannya lagi." / "Its seller does not offer it any more.";
    suggestions: "Saran pencarian" / "Search suggestions";
    shop: "Toko" / "Shop";
}

pub const fn condition_name(lang: Lang, condition: Condition) -> &'static str {
    match (lang, condition) {
        (Lang::Id, Condition::New) => "Baru",
        (Lang::En, Condition::New) => "New",
        (Lang::Id, Condition::Used) => "Bekas",
        (Lang::En, Condition::Used) => "Used",
    }
}

pub const fn tier_name(lang: Lang, tier: Tier) -> &'static str {
    match (lang, tier) {
        (Lang::Id, Tier::Regular) => "Toko biasa",
        (Lang::En, Tier::Regular) => "Regular shop",
        (_, Tier::Power) => "Power Shop",
        (Lang::Id, Tier::Official) => "Toko resmi",
        (Lang::En, Tier::Official) => "Official shop",
    }
}

pub const fn sort_name(lang: Lang, sort: SearchSort) -> &'static str {
    match (lang, sort) {
        (Lang::Id, SearchSort::Relevance) => "Paling sesuai",
        (Lang::En, SearchSort::Relevance) => "Best match",
        (Lang::Id, SearchSort::Newest) => "Terbaru",
        (Lang::En, SearchSort::Newest) => "Newest",
        (Lang::Id, SearchSort::PriceUp) => "Harga terendah",
        (Lang::En, SearchSort::PriceUp) => "Lowest price",
        (Lang::Id, SearchSort::PriceDown) => "Harga tertinggi",
        (Lang::En, SearchSort::PriceDown) => "Highest price",
        (Lang::Id, SearchSort::Rating) => "Penilaian tertinggi",
        (Lang::En, SearchSort::Rating) => "Highest rating",
        (Lang::Id, SearchSort::Sold) => "Paling laris",
        (Lang::En, SearchSort::Sold) => "Best selling",
    }
}
