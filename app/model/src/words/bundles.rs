//! Variants made of others, for those who put them together.

crate::messages! {
    title: "Paket" / "Bundles";
    about: "Paket adalah varian yang terdiri dari barang lain di toko ini. Stoknya dihitung dari stok isinya." / "A bundle is a variant made of other goods of this shop. Its stock follows from theirs.";
    none: "Belum ada paket" / "There are no bundles yet";
    none_text: "Pilih varian di bawah, lalu tentukan isinya." / "Choose a variant below and say what is inside.";
    more: "Paket berikutnya" / "More bundles";
    first: "Ke yang pertama" / "Back to the first";
    can_sell(n): "Bisa dijual: {n}" / "Can be sold: {n}";
    not_counted: "Stok isinya tidak dihitung" / "The stock of what is inside is not counted";
    edit: "Ubah isi" / "Change what is inside";
    choose: "Pilih varian" / "Choose a variant";
    make: "Jadikan paket" / "Make it a bundle";
    inside: "Isi paket" / "What is inside";
    inside_hint(n): "Satu barang per baris: SKU, spasi, lalu jumlahnya. Paling banyak {n} barang. Kosongkan supaya bukan paket lagi." / "One a line: the SKU, a space, and how many. At most {n}. Leave it empty to make it no bundle any more.";
    inside_wrong: "Tiap baris berisi SKU barang toko ini dan jumlah 1 sampai 10.000; paket tidak bisa berisi paket." / "Each line has a SKU of this shop and a number from 1 to 10,000; a bundle cannot hold bundles.";
    save: "Simpan isi" / "Save what is inside";
    saved: "Isi paket sudah disimpan." / "What is inside is saved.";
}
