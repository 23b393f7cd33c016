//! The operators' page about fees.

crate::messages! {
    title: "Biaya penjual" / "Sellers' fees";
    about: "Untuk tiap jenis biaya berlaku aturan yang paling khusus: barang, kategori terdekat, toko, golongan toko, lalu semua. Pesanan memakai aturan saat dipesan." / "Of each kind of fee the most specific rule holds: product, nearest category, shop, shops of a standing, then everything. Orders keep the rules of the day of sale.";
    prove_first: "Untuk mengubah biaya, pastikan dulu ini benar Anda." / "To change fees, confirm first that it is you.";
    fee: "Jenis" / "Fee";
    about_what: "Untuk" / "About";
    how_much: "Besarnya" / "How much";
    holds: "Berlaku" / "Holds";
    target: "Yang mana" / "Which";
    target_hint: "Alamat toko, kategori, atau barang; atau regular, power, official." / "Address of the shop, category or product; or regular, power, official.";
    everything: "Semua" / "Everything";
    tier: "Golongan toko" / "Shops of a standing";
    shop: "Toko" / "Shop";
    category: "Kategori" / "Category";
    product: "Barang" / "Product";
    rate: "Persen" / "Percent";
    cap: "Paling banyak per barang" / "At most per line";
    floor: "Paling sedikit per barang" / "At least per line";
    per_piece: "Per buah" / "Per piece";
    per_order: "Per pesanan" / "Per order";
    set: "Tetapkan" / "Set";
    end: "Akhiri" / "End";
    since(when): "sejak {when}" / "since {when}";
    until(when): "sampai {when}" / "until {when}";
    at_most(amount): "paling banyak {amount}" / "at most {amount}";
    at_least(amount): "paling sedikit {amount}" / "at least {amount}";
    each_piece(amount): "{amount} per buah" / "{amount} per piece";
    each_order(amount): "{amount} per pesanan" / "{amount} per order";
}
