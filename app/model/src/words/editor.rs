//! Making and changing products in the seller centre.

use crate::{Lang, views::ProductState};

crate::messages! {
    new: "Tambah barang" / "New product";
    edit: "Ubah" / "Edit";
    edit_title: "Ubah barang" / "Edit product";
    preview: "Pratinjau" / "Preview";
    preview_about: "Begini pembeli melihat barang ini setelah disimpan dan dijual." / "This is how shoppers see it once it is saved and on sale.";
    back_to_editor: "Kembali mengubah" / "Back to editing";
    see_in_shop: "Lihat di toko" / "See it in the shop";
    copy: "Salin" / "Copy";
    copy_about: "Membuat konsep baru dengan isi yang sama, tanpa stok." / "Makes a new draft that says the same, without stock.";
    archive: "Arsipkan" / "Archive";
    archive_title(name): "Arsipkan {name}?" / "Archive {name}?";
    archive_text: "Barang ini tidak dijual lagi dan tidak bisa dikembalikan. Pesanan yang sudah ada tetap menyimpannya." / "It is not sold any more and cannot be brought back. Orders that exist keep it.";

    pick_category: "Pilih kategori" / "Choose a category";
    pick_category_about: "Kategori menentukan spesifikasi yang diisi dan di mana pembeli menemukannya." / "The category decides which specifications are asked for and where shoppers find it.";
    find_category: "Cari kategori" / "Find a category";
    no_category(q): "Tidak ada kategori “{q}”." / "There is no category “{q}”.";
    all_categories: "Semua kategori" / "All categories";
    other_category: "Ganti kategori" / "Another category";
    begin: "Lanjut" / "Continue";

    about: "Informasi produk" / "What it is";
    name: "Nama produk" / "Name";
    name_hint: "Jenis, merek, dan keterangan penting, misalnya: Kaos Polos Katun Combed 30s." / "Kind, brand and what matters, for example: Plain Cotton T-shirt 30s.";
    category: "Kategori" / "Category";
    category_hint: "Setelah mengganti kategori, tekan Perbarui formulir untuk mengisi spesifikasinya." / "After choosing another one, press Update the form to fill in its specification.";
    description: "Deskripsi" / "Description";
    description_hint: "Bahan, ukuran, isi paket, cara merawat." / "Material, size, what is in the box, how to care for it.";
    condition: "Kondisi" / "Condition";
    new_goods: "Baru" / "New";
    used_goods: "Bekas" / "Used";
    brand: "Merek" / "Brand";
    video: "Tautan video" / "Link to a video";
    video_hint: "Dimulai dengan https://" / "Starts with https://";

    specification: "Spesifikasi" / "Specification";
    specification_none: "Kategori ini tidak punya spesifikasi." / "This category has no specification.";
    not_said: "Tidak diisi" / "Not said";
    yes: "Ya" / "Yes";
    no: "Tidak" / "No";

    variants: "Varian dan harga" / "Variants and prices";
    variants_about: "Tambah sampai dua pilihan, misalnya Warna dan Ukuran, lalu buat tabelnya. Tanpa pilihan, barang ini punya satu harga." / "Add up to two options, for example colour and size, then make the table. Without options it has one price.";
    option(n): "Pilihan {n}" / "Option {n}";
    option_name: "Nama pilihan" / "Name of the option";
    option_values: "Isi pilihan" / "Values";
    option_values_hint(n): "Satu per baris, paling banyak {n}." / "One on each line, at most {n}.";
    option_twice: "Nama pilihan ini sudah dipakai." / "The other option has this name.";
    make_grid: "Buat tabel varian" / "Make the table of variants";
    update_form: "Perbarui formulir" / "Update the form";
    price_and_stock: "Harga dan stok" / "Price and stock";
    not_sold: "Tidak dijual" / "Not sold";
    sku: "SKU" / "SKU";
    sku_hint: "Kosongkan untuk dibuatkan." / "Leave it empty to have one made.";
    sku_taken: "SKU ini sudah dipakai barang lain di toko ini." / "Other goods of this shop have this SKU.";
    price: "Harga" / "Price";
    list_price: "Harga coret" / "Price before";
    list_price_wrong: "Harga coret harus lebih tinggi dari harganya." / "The price before has to be above the price.";
    stock: "Stok" / "Stock";
    stock_wrong: "Tulis angka saja, tidak kurang dari yang sudah dipesan." / "Write digits only, no fewer than are promised to buyers.";
    own_weight: "Berat varian" / "Weight of the variant";
    own_picture: "Foto varian" / "Photograph of the variant";
    photograph_n(n): "Foto {n}" / "Photograph {n}";
    nothing_sold: "Paling sedikit satu varian harus dijual dan punya harga." / "At least one variant has to be sold and have a price.";

    selling: "Penjualan" / "Selling";
    min_qty: "Minimal pembelian" / "Least to buy";
    max_qty: "Maksimal pembelian" / "Most to buy";
    wholesale: "Harga grosir" / "Wholesale prices";
    wholesale_about: "Makin banyak dibeli, makin murah per barangnya, dan selalu di bawah harga satuan." / "The more are bought the less each costs, and always below the price of one.";
    tier(n): "Grosir {n}" / "Step {n}";
    tier_from: "Mulai dari" / "From so many";
    tier_price: "Harga per barang" / "Price of each";
    tier_wrong: "Jumlah harus naik mulai dari 2, dan harganya turun di bawah harga satuan." / "Numbers rise from 2, and prices fall below that of one.";

    shipping: "Pengiriman" / "Shipping";
    weight: "Berat" / "Weight";
    weight_hint: "Satu barang dengan kemasannya, dalam gram." / "One piece with its packaging, in grams.";
    size: "Ukuran paket" / "Size of the parcel";
    length: "Panjang" / "Length";
    width: "Lebar" / "Width";
    height: "Tinggi" / "Height";
    preorder: "Preorder" / "Pre-order";
    preorder_hint: "Hari yang Anda butuhkan untuk membuatnya. Kosongkan kalau stok sudah ada." / "Days you need to make it. Leave it empty where it is in stock.";
    days: "hari" / "days";

    photographs: "Foto produk" / "Photographs";
    photographs_about(n): "Paling banyak {n}. Yang pertama tampil di hasil pencarian. JPEG, PNG, atau WebP, masing-masing paling besar 4 MB." / "At most {n}. The first stands in search results. JPEG, PNG or WebP, each at most 4 MB.";
    photographs_full(n): "Sudah ada {n} foto. Hapus salah satu untuk menambah yang lain." / "There are {n} photographs. Remove one to add another.";
    photographs_none: "Belum ada foto; untuk sementara pembeli melihat gambar." / "There is no photograph yet; shoppers see a drawing until then.";
    add_photographs: "Pilih foto" / "Choose photographs";
    upload: "Unggah foto" / "Upload";
    making: "Sedang disiapkan" / "Being made ready";
    earlier(n): "Majukan foto {n}" / "Move photograph {n} forward";
    later(n): "Mundurkan foto {n}" / "Move photograph {n} back";
    make_first(n): "Jadikan foto {n} utama" / "Make photograph {n} the first";
    remove_photograph(n): "Hapus foto {n}" / "Remove photograph {n}";
    first_photograph: "Utama" / "First";

    save: "Simpan" / "Save";
    save_and_sell: "Simpan dan jual" / "Save and sell";
    saved: "Tersimpan." / "Saved.";
    unsaved: "Ada isian yang belum disimpan" / "Something here is not saved yet";
    unsaved_text: "Kami menyimpan yang Anda ketik sampai Anda menyimpan atau membuangnya. Pembeli belum melihatnya." / "We keep what you typed until you save it or let it go. Shoppers do not see it yet.";
    let_go: "Buang isian" / "Let it go";
    stale: "Orang lain menyimpan barang ini setelah Anda mulai mengubahnya." / "Somebody else has saved this product since you began to change it.";
    stale_text: "Isian Anda masih ada di bawah. Buang untuk melihat yang tersimpan, atau simpan milik Anda di atasnya." / "What you typed is still below. Let it go to see what is saved, or save yours over it.";
    save_over: "Simpan milik saya" / "Save mine over it";
    to_mend: "Periksa isian yang ditandai" / "Look at the fields that are marked";
    cannot_now: "Dalam statusnya sekarang ini tidak bisa dilakukan." / "In its present state this cannot be done.";
    archived: "Barang ini diarsipkan dan tidak bisa diubah." / "This product is archived and cannot be changed.";
    refused(reason): "Ditolak: {reason}. Perbaiki, simpan, lalu jual lagi." / "Refused: {reason}. Mend it, save it, and offer it again.";
    from_price(price): "mulai {price}" / "from {price}";
}

/// What its state means for whoever edits it.
pub const fn state_about(lang: Lang, state: ProductState) -> &'static str {
    match (state, lang) {
        (ProductState::Draft, Lang::Id) => "Hanya Anda yang melihatnya.",
        (ProductState::Draft, Lang::En) => "Only you can see it.",
        (ProductState::InReview, Lang::Id) => "Dijual segera setelah toko Anda disetujui.",
        (ProductState::InReview, Lang::En) => "On sale as soon as your shop is approved.",
        (ProductState::Active, Lang::Id) => "Perubahan langsung dilihat pembeli.",
        (ProductState::Active, Lang::En) => "Shoppers see changes at once.",
        (ProductState::Hidden, Lang::Id) => "Pembeli tidak melihatnya.",
        (ProductState::Hidden, Lang::En) => "Shoppers do not see it.",
        (ProductState::Archived, Lang::Id) => "Tidak dijual lagi.",
        (ProductState::Archived, Lang::En) => "Not sold any more.",
        (ProductState::Rejected, Lang::Id) => "Perlu diperbaiki.",
        (ProductState::Rejected, Lang::En) => "It has to be mended.",
    }
}
