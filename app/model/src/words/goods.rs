//! A shop's goods as files: sent in, and taken out.

use crate::{
    Lang,
    shop::{ImportFailure, ImportState, RowProblem, file},
};

crate::messages! {
    import: "Impor barang" / "Import goods";
    import_link: "Impor" / "Import";
    export_csv: "Unduh CSV" / "Download CSV";
    export_xlsx: "Unduh Excel" / "Download Excel";
    about: "Tambah atau ubah banyak barang sekaligus dengan berkas. Kami memeriksanya dulu dan menunjukkan apa yang akan berubah; toko baru berubah setelah Anda menyetujuinya." / "Add or change many goods at once with a file. We read it through first and show what would change; the shop changes only when you say so.";
    about_known: "Barang dikenali dari SKU-nya. Kolom yang tidak ada di berkas dibiarkan seperti semula, dan barang yang tidak ada di berkas tidak disentuh." / "Goods are known by their SKU. Columns a file does not have are left as they are, and so are goods it does not name.";
    begin_with: "Mulai dari barang Anda sendiri: unduh, ubah di lembar kerja, lalu unggah lagi." / "Begin with your own goods: download them, change them in a spreadsheet, and upload the file.";
    file_label: "Berkas CSV atau Excel" / "CSV or Excel file";
    file_hint(mb, rows): "CSV (UTF-8) atau XLSX, paling besar {mb} MB dan {rows} baris." / "CSV (UTF-8) or XLSX, at most {mb} MB and {rows} rows.";
    stock_label: "Stok barang baru" / "Stock of new goods";
    stock_hint: "Dipakai untuk barang baru kalau berkas tidak punya kolom stok." / "For new goods, where the file has no column for it.";
    stock_wrong: "Tulis angka dari 0 sampai 1.000.000." / "Write a number from 0 to 1,000,000.";
    send: "Unggah dan periksa" / "Upload and check";
    too_large(mb): "Berkas ini lebih besar dari {mb} MB. Bagi menjadi beberapa berkas." / "The file is larger than {mb} MB. Split it into several.";
    not_a_sheet: "Ini bukan berkas CSV atau Excel (XLSX) yang bisa dibaca." / "This is no CSV or Excel (XLSX) file that can be read.";
    missing: "Pilih berkasnya dulu." / "Choose a file first.";
    earlier: "Berkas sebelumnya" / "Earlier files";
    none: "Belum ada berkas" / "No file yet";
    more: "Berikutnya" / "Next";

    file_sent(when, size): "Dikirim {when} · {size}" / "Sent {when} · {size}";
    checking: "Memeriksa berkas. Belum ada yang berubah di toko." / "Reading the file through. Nothing changes in the shop yet.";
    taking: "Mengambil alih. Anda boleh menutup halaman ini; pekerjaannya berjalan terus." / "Taking it over. You may leave this page; it goes on.";
    rows_read(n): "{n} baris dibaca" / "{n} rows read";
    rows_of(n, all): "{n} dari {all} baris" / "{n} of {all} rows";
    refresh: "Lihat lagi" / "Look again";
    checked_title: "Siap diambil alih" / "Ready to be taken over";
    checked(n): "{n} baris akan ditulis ke toko." / "{n} rows would be written to the shop.";
    checked_bad: "Baris yang salah dilewati, bersama baris lain dari produk yang sama. Unduh, perbaiki, lalu unggah berkas perbaikannya kapan saja." / "Bad rows are left out, with the other rows of their product. Download them, mend them, and upload the mended file whenever you like.";
    nothing_to_write: "Tidak ada yang perlu diubah" / "There is nothing to change";
    nothing_to_write_text: "Semua baris yang benar sudah sama dengan toko." / "All rows that are right say what the shop says already.";
    take_over: "Ambil alih ke toko" / "Take over into the shop";
    done_title: "Selesai" / "Done";
    done(n): "{n} baris ditulis ke toko." / "{n} rows were written to the shop.";
    waits_for_approval: "Barang baru tampil setelah toko Anda disetujui." / "New goods are shown once your shop is approved.";
    cancelled_title: "Dibatalkan" / "Cancelled";
    cancelled: "Yang sudah ditulis sebelum dibatalkan tetap tersimpan." / "What was written before it was cancelled stays.";
    busy: "Berkas lain sedang diambil alih. Tunggu sampai selesai." / "Another file is being taken over. Wait until it is done.";
    failed_title: "Berkas tidak bisa dibaca" / "The file cannot be read";
    another: "Unggah berkas lain" / "Upload another file";
    to_goods: "Lihat barang" / "Look at the goods";

    counts: "Isi berkas" / "What the file says";
    new_rows: "Baru" / "New";
    changed_rows: "Berubah" / "Changed";
    same_rows: "Sama" / "The same";
    bad_rows: "Salah" / "Bad";
    ignored(columns): "Kolom ini tidak dipakai: {columns}." / "Nothing is taken from these columns: {columns}.";

    bad_title: "Baris yang perlu diperbaiki" / "Rows to mend";
    bad_first(n, all): "{n} yang pertama dari {all}." / "The first {n} of {all}.";
    bad_download: "Unduh semua baris yang salah" / "Download all bad rows";
    row: "Baris" / "Row";
    column: "Kolom" / "Column";
    problem: "Yang salah" / "What is wrong";
    said: "Isinya" / "It says";
    whole_row: "seluruh baris" / "the whole row";
    changed_title: "Contoh perubahan" / "Some of the changes";
    new_title: "Contoh barang baru" / "Some of the new goods";
    goods: "Barang" / "Goods";
    sku: "SKU" / "SKU";
    from: "Sekarang" / "Now";
    to: "Menjadi" / "Becomes";
    nothing: "kosong" / "empty";
}

pub const fn state(lang: Lang, state: ImportState) -> &'static str {
    match (state, lang) {
        (ImportState::Checking, Lang::Id) => "Diperiksa",
        (ImportState::Checking, Lang::En) => "Being checked",
        (ImportState::Checked, Lang::Id) => "Menunggu persetujuan",
        (ImportState::Checked, Lang::En) => "Waits for you",
        (ImportState::TakingOver, Lang::Id) => "Diambil alih",
        (ImportState::TakingOver, Lang::En) => "Being taken over",
        (ImportState::Done, Lang::Id) => "Selesai",
        (ImportState::Done, Lang::En) => "Done",
        (ImportState::Failed, Lang::Id) => "Gagal",
        (ImportState::Failed, Lang::En) => "Failed",
        (ImportState::Cancelled, Lang::Id) => "Dibatalkan",
        (ImportState::Cancelled, Lang::En) => "Cancelled",
    }
}

/// Why a file could not be read, and what to do about it.
pub fn failure(lang: Lang, failure: ImportFailure) -> String {
    let rows = lang.number(file::ROWS.into());
    let text = match (failure, lang) {
        (ImportFailure::Unreadable, Lang::Id) => {
            "Ini bukan berkas CSV atau Excel (XLSX) yang bisa dibaca. Simpan ulang dari lembar kerja Anda."
        }
        (ImportFailure::Unreadable, Lang::En) => {
            "This is no CSV or Excel (XLSX) file that can be read. Save it anew from your spreadsheet."
        }
        (ImportFailure::Encoding, Lang::Id) => {
            "Hurufnya bukan UTF-8. Di lembar kerja, simpan sebagai “CSV UTF-8”."
        }
        (ImportFailure::Encoding, Lang::En) => {
            "Its letters are not UTF-8. In your spreadsheet, save it as “CSV UTF-8”."
        }
        (ImportFailure::Columns, Lang::Id) => {
            "Baris pertama harus menyebut nama kolom, paling sedikit “sku”; barang baru juga perlu “name”, “category” dan “price”."
        }
        (ImportFailure::Columns, Lang::En) => {
            "The first row has to name the columns, at least “sku”; new goods need “name”, “category” and “price” too."
        }
        (ImportFailure::Quotes, Lang::Id) => {
            "Satu baris tidak berakhir. Mungkin ada tanda kutip yang kurang atau berlebih."
        }
        (ImportFailure::Quotes, Lang::En) => {
            "A row does not end. Perhaps a quotation mark is missing or too many."
        }
        (ImportFailure::Empty, Lang::Id) => "Tidak ada barang di berkas ini.",
        (ImportFailure::Empty, Lang::En) => "There are no goods in this file.",
        (ImportFailure::Rows, Lang::Id) => {
            return format!("Berkas ini punya lebih dari {rows} baris. Bagi menjadi beberapa berkas.");
        }
        (ImportFailure::Rows, Lang::En) => {
            return format!("The file has more than {rows} rows. Split it into several.");
        }
    };
    text.to_owned()
}

/// What is wrong with a row.
pub const fn problem_of(lang: Lang, problem: RowProblem) -> &'static str {
    match (problem, lang) {
        (RowProblem::Missing, Lang::Id) => "Harus diisi",
        (RowProblem::Missing, Lang::En) => "Has to be filled in",
        (RowProblem::NotANumber, Lang::Id) => "Bukan angka",
        (RowProblem::NotANumber, Lang::En) => "Is no number",
        (RowProblem::OutOfRange, Lang::Id) => "Di luar batas",
        (RowProblem::OutOfRange, Lang::En) => "Is out of range",
        (RowProblem::Length, Lang::Id) => "Terlalu pendek atau terlalu panjang",
        (RowProblem::Length, Lang::En) => "Is too short or too long",
        (RowProblem::Malformed, Lang::Id) => "Tidak bisa dibaca",
        (RowProblem::Malformed, Lang::En) => "Cannot be read",
        (RowProblem::NotAllowed, Lang::Id) => "Tidak boleh diisi begitu",
        (RowProblem::NotAllowed, Lang::En) => "Is not one of the values it may have",
        (RowProblem::UnknownCategory, Lang::Id) => "Kategori ini tidak ada, atau bukan kategori paling bawah",
        (RowProblem::UnknownCategory, Lang::En) => {
            "There is no such category, or it is not at the bottom of the tree"
        }
        (RowProblem::UnknownAttribute, Lang::Id) => "Kategori ini tidak punya spesifikasi itu",
        (RowProblem::UnknownAttribute, Lang::En) => "The category has no such specification",
        (RowProblem::UnknownPicture, Lang::Id) => "Bukan foto toko ini. Unggah foto di halaman barangnya",
        (RowProblem::UnknownPicture, Lang::En) => {
            "Is no photograph of this shop. Upload photographs on the product's page"
        }
        (RowProblem::Repeated, Lang::Id) => "Sudah ada di baris sebelumnya",
        (RowProblem::Repeated, Lang::En) => "Stands in an earlier row already",
        (RowProblem::Taken, Lang::Id) => "Sudah dipakai barang lain di toko ini",
        (RowProblem::Taken, Lang::En) => "Other goods of this shop have it",
        (RowProblem::Scattered, Lang::Id) => "Baris-baris satu produk harus berurutan",
        (RowProblem::Scattered, Lang::En) => "The rows of one product have to stand together",
        (RowProblem::Differs, Lang::Id) => "Berbeda dari baris pertama produk ini",
        (RowProblem::Differs, Lang::En) => "Says otherwise than the first row of its product",
        (RowProblem::OtherRow, Lang::Id) => {
            "Baris ini benar, tetapi baris lain dari produk yang sama salah; satu produk tidak ditulis setengah"
        }
        (RowProblem::OtherRow, Lang::En) => {
            "This row is right, but another of the same product is bad; a product is not written by halves"
        }
        (RowProblem::Incomplete, Lang::Id) => {
            "Kalau pilihannya diubah, semua varian produk ini harus ada di berkas"
        }
        (RowProblem::Incomplete, Lang::En) => {
            "Where its options change, all variants of the product have to be in the file"
        }
        (RowProblem::Archived, Lang::Id) => "Barang ini diarsipkan",
        (RowProblem::Archived, Lang::En) => "These goods are archived",
        (RowProblem::Promised, Lang::Id) => "Lebih banyak yang sudah dipesan pembeli",
        (RowProblem::Promised, Lang::En) => "More of them are promised to buyers",
        (RowProblem::Fields, Lang::Id) => "Jumlah kolomnya lain dari baris pertama",
        (RowProblem::Fields, Lang::En) => "Has another number of fields than the first row",
        (RowProblem::Encoding, Lang::Id) => "Bukan UTF-8",
        (RowProblem::Encoding, Lang::En) => "Is not UTF-8",
        (RowProblem::Control, Lang::Id) => "Ada karakter yang tidak terlihat",
        (RowProblem::Control, Lang::En) => "Has a character that cannot be seen",
    }
}
