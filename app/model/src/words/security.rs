//! Two-step sign-in, addresses to sign in with, and which messages somebody gets.

use crate::{ContactKind, Lang, delivery::Channel};

crate::messages! {
    two_step_off_now: "Belum aktif." / "Not switched on.";
    two_step_manage: "Atur" / "Manage";
    two_step_code: "Kode dari aplikasi" / "Code the app shows";
    two_step_secret: "Kunci untuk diketik" / "Key for typing";
    two_step_on_action: "Aktifkan" / "Switch on";
    two_step_again: "Buat kunci lain" / "Draw another key";
    two_step_off_text: "Sesudah itu kata sandi saja cukup untuk masuk." / "After that, the password alone lets you in.";
    codes: "Kode pemulihan" / "Recovery codes";
    codes_new_text: "Kode yang lama tidak berlaku lagi." / "The old ones will not work any more.";
    codes_keep: "Salin ke pengelola kata sandi, atau cetak halaman ini dan simpan jauh dari ponsel Anda." / "Copy them into a password manager, or print this page and keep it away from your phone.";
    codes_gone: "Kode pemulihan hanya ditampilkan sekali. Bila tidak sempat disimpan, buat yang baru." / "Recovery codes are shown once. If you could not keep them, make new ones.";
    codes_kept: "Sudah saya simpan" / "I have kept them";
    confirm_first: "Pastikan dulu ini benar Anda" / "Confirm it is you first";
}

crate::messages! {
    verified: "Terkonfirmasi" / "Confirmed";
    waiting: "Menunggu konfirmasi" / "Waiting for confirmation";
    waiting_go: "Ketik kodenya" / "Type the code";
    contact_change: "Tambah atau ganti" / "Add or replace";
    contact_new: "E-mail atau nomor ponsel baru" / "New e-mail or mobile number";
    contact_new_hint: "Yang sejenis akan diganti. Kami kirim kode ke alamat baru; untuk e-mail juga ke alamat lama." / "It replaces one of its kind. We send a code to the new address; for e-mail to the old one as well.";
    contact_send: "Kirim kode" / "Send codes";
    contact_title: "Konfirmasi alamat baru" / "Confirm a new address";
    contact_link_text: "Tekan tombol untuk menyetujui perubahan alamat ini." / "Press the button to agree to this change of address.";
    contact_agree: "Setujui perubahan" / "Agree to the change";
    contact_to(address): "Perubahan ke {address}" / "Change to {address}";
    contact_code_new: "Kode yang dikirim ke alamat baru" / "Code sent to the new address";
    contact_code_old: "Kode yang dikirim ke alamat lama" / "Code sent to the old address";
    contact_none: "Tidak ada perubahan yang menunggu. Kode dan tautan berlaku 24 jam." / "No change is waiting. Codes and links work for 24 hours.";
    contact_done: "Alamat Anda sudah diganti." / "Your address has been changed.";
    contact_half: "Sudah disetujui. Sekarang buka pesan di alamat yang satunya." / "Agreed. Now open the message at the other address.";
    contact_back: "Ke keamanan akun" / "To account security";
    stop_title: "Hentikan perubahan alamat" / "Stop a change of address";
    stop_text: "Bila bukan Anda yang meminta perubahan ini, hentikan di sini. Alamat lama tetap berlaku." / "If it was not you who asked for this change, stop it here. The old address stays.";
    stop_act: "Hentikan perubahan" / "Stop the change";
    stop_done: "Perubahan dihentikan. Ganti juga kata sandi Anda, karena seseorang mungkin mengetahuinya." / "The change is stopped. Change your password as well: somebody may know it.";
}

crate::messages! {
    notifications: "Notifikasi" / "Notifications";
    notifications_about: "Kabar mana yang Anda terima" / "Which news you get";
    notifications_text: "Pilih kabar yang Anda inginkan, dan lewat mana." / "Choose the news you want, and the way it takes.";
    notifications_always: "Keamanan dan akun" / "Security and account";
    notifications_always_text: "Pesan tentang keamanan akun selalu dikirim." / "Messages about the safety of your account are always sent.";
}

pub const fn contact_kind(lang: Lang, kind: ContactKind) -> &'static str {
    match (kind, lang) {
        (ContactKind::Email, _) => "E-mail",
        (ContactKind::Phone, Lang::Id) => "Ponsel",
        (ContactKind::Phone, Lang::En) => "Mobile",
    }
}

pub const fn channel(lang: Lang, channel: Channel) -> &'static str {
    match (channel, lang) {
        (Channel::Email, _) => "E-mail",
        (Channel::Sms, Lang::Id) => "SMS",
        (Channel::Sms, Lang::En) => "Text message",
    }
}

/// By the name a topic is stored under; the name itself where it is not known.
pub fn topic(lang: Lang, topic: &str) -> &str {
    match (topic, lang) {
        ("price_drop", Lang::Id) => "Harga turun",
        ("price_drop", Lang::En) => "Price drops",
        ("back_in_stock", Lang::Id) => "Tersedia lagi",
        ("back_in_stock", Lang::En) => "Back in stock",
        _ => topic,
    }
}
