//! What the components themselves say: labels for controls, and texts for those who listen instead of look.

use crate::Lang;

crate::messages! {
    close: "Tutup" / "Close";
    dismiss: "Tutup pemberitahuan" / "Dismiss";
    loading: "Memuat…" / "Loading…";
    busy: "Sedang diproses" / "In progress";
    retry: "Coba lagi" / "Try again";
    to_home: "Ke beranda" / "Go to home page";
    optional: "opsional" / "optional";
    required: "wajib diisi" / "required";
    choose: "Pilih…" / "Choose…";
    remove(what): "Hapus {what}" / "Remove {what}";
    quantity: "Jumlah" / "Quantity";
    fewer: "Kurangi jumlah" / "Decrease quantity";
    more: "Tambah jumlah" / "Increase quantity";
    price: "Harga" / "Price";
    price_before: "Harga sebelumnya" / "Price before";
    discount(percent): "Diskon {percent}%" / "{percent}% off";
    rating_of(stars): "Nilai {stars} dari 5" / "Rated {stars} out of 5";
    rating_none: "Belum ada ulasan" / "No reviews yet";
    stars(n): "{n} bintang" / "{n} stars";
    breadcrumbs: "Jejak halaman" / "Breadcrumbs";
    pages: "Halaman" / "Pages";
    previous: "Sebelumnya" / "Previous";
    next: "Berikutnya" / "Next";
    first: "Ke awal" / "Back to start";
    end_of_list: "Anda sudah melihat semuanya" / "You have seen it all";
    notices: "Pemberitahuan" / "Notices";
    step_done: "selesai" / "done";
    step_now: "sedang berjalan" / "in progress";
    step_ahead: "belum" / "to come";
    chart_table: "Lihat sebagai tabel" / "View as table";
    time_left(time): "Sisa waktu {time}" / "{time} left";
    time_over: "Sudah berakhir" / "Ended";
    progress(percent): "{percent} persen" / "{percent} percent";
    picture_missing: "Gambar tidak tersedia" / "Picture not available";
    not_found_title: "Tidak ada yang cocok" / "Nothing matches";
    just_now: "baru saja" / "just now";
    minutes_ago(n): "{n} menit lalu" / "{n} min ago";
    hours_ago(n): "{n} jam lalu" / "{n} h ago";
    days_ago(n): "{n} hari lalu" / "{n} d ago";
}

/// Short names of the months, January first.
pub const fn months(lang: Lang) -> [&'static str; 12] {
    match lang {
        Lang::Id => ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
        Lang::En => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    }
}

/// Units of large numbers written short: thousand, million, billion, trillion.
pub const fn magnitudes(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Id => ["rb", "jt", "M", "T"],
        Lang::En => ["K", "M", "B", "T"],
    }
}
