//! What someone asked for, or must know about their account.

use super::Letter;
use crate::Link;
use kernel::{OffsetDateTime, when};
use model::Lang;

model::messages! {
    delete_subject: "Akun Anda akan dihapus" / "Your account will be deleted";
    delete_text(day): "Sesuai permintaan, akun Anda dihapus pada {day}. Sampai saat itu semuanya masih bisa dikembalikan." / "As requested, your account will be deleted on {day}. Until then everything can be brought back.";
    delete_kept: "Catatan pesanan dan pembayaran disimpan sesuai hukum, tanpa nama dan alamat Anda." / "Records of orders and payments are kept as the law demands, without your name and address.";
    delete_undo: "Berubah pikiran, atau bukan Anda yang meminta?" / "Changed your mind, or was it not you?";
    delete_button: "Batalkan penghapusan" / "Keep my account";
    delete_short(day): "akun Anda dihapus pada {day}. Batalkan:" / "your account will be deleted on {day}. Keep it:";

    kept_subject: "Akun Anda tidak jadi dihapus" / "Your account will not be deleted";
    kept_text: "Penghapusan dibatalkan. Semua seperti semula." / "The deletion was cancelled. Everything is as it was.";
    kept_warning: "Jika itu bukan Anda, segera ganti kata sandi Anda." / "If it was not you, change your password at once.";
    kept_button: "Lihat akun saya" / "See my account";
    kept_short: "penghapusan akun Anda dibatalkan." / "the deletion of your account was cancelled.";

    export_subject: "Data Anda siap diunduh" / "Your data is ready";
    export_text(days): "Arsip berisi semua data Anda sudah jadi. Unduh dalam {days} hari; setelah itu kami menghapusnya." / "The archive with all your data is done. Fetch it within {days} days; after that we delete it.";
    export_note: "Anda harus masuk untuk mengunduhnya." / "You need to be signed in to fetch it.";
    export_button: "Unduh data saya" / "Fetch my data";
    export_short: "data Anda siap diunduh:" / "your data is ready:";

    welcome_subject: "Selamat datang di Pasar" / "Welcome to Pasar";
    welcome_text: "Akun Anda sudah siap. Cari barang dari penjual di seluruh Indonesia, simpan yang Anda suka, dan lihat harga sebenarnya sebelum membayar." / "Your account is ready. Find goods from sellers all over Indonesia, keep what you like, and see the real price before you pay.";
    welcome_button: "Mulai belanja" / "Start shopping";
    welcome_short: "selamat datang! Akun Anda sudah siap." / "welcome! Your account is ready.";
}

pub fn deletion_scheduled(lang: Lang, on: OffsetDateTime, cancel: &Link) -> Letter {
    let day = when::date(lang, on);
    Letter::new(lang, delete_subject(lang), delete_subject(lang))
        .text(delete_text(lang, &day))
        .text(delete_undo(lang))
        .button(delete_button(lang), cancel)
        .note(delete_kept(lang))
        .short_to(delete_short(lang, &day), cancel)
}

pub fn deletion_cancelled(lang: Lang, link: &Link) -> Letter {
    Letter::new(lang, kept_subject(lang), kept_subject(lang))
        .text(kept_text(lang))
        .text(kept_warning(lang))
        .button(kept_button(lang), link)
        .short(kept_short(lang))
}

pub fn export_ready(lang: Lang, link: &Link, days: u16) -> Letter {
    Letter::new(lang, export_subject(lang), export_subject(lang))
        .text(export_text(lang, days))
        .button(export_button(lang), link)
        .note(export_note(lang))
        .short_to(export_short(lang), link)
}

pub fn welcome(lang: Lang, link: &Link) -> Letter {
    Letter::new(lang, welcome_subject(lang), welcome_subject(lang))
        .text(welcome_text(lang))
        .button(welcome_button(lang), link)
        .short(welcome_short(lang))
}
