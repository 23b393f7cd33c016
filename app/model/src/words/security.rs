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
    codes_left(left): "Untuk saat kunci sandi atau ponsel Anda hilang. Sisa: {left}." / "For when your passkey or phone is lost. Left: {left}.";
    codes_new_text: "Kode yang lama tidak berlaku lagi." / "The old ones will not work any more.";
    codes_keep: "Salin ke pengelola kata sandi, atau cetak halaman ini dan simpan jauh dari ponsel Anda." / "Copy them into a password manager, or print this page and keep it away from your phone.";
    codes_gone: "Kode pemulihan hanya ditampilkan sekali. Bila tidak sempat disimpan, buat yang baru." / "Recovery codes are shown once. If you could not keep them, make new ones.";
    codes_kept: "Sudah saya simpan" / "I have kept them";
    confirm_first: "Pastikan dulu ini benar Anda" / "Confirm it is you first";
}

crate::messages! {
    passkeys: "Kunci sandi" / "Passkeys";
    passkeys_text: "Masuk dengan sidik jari, wajah, atau PIN perangkat Anda. Kunci sandi tidak bisa ditebak, dan hanya berlaku di situs ini." / "Sign in with your fingerprint, face or the PIN of your device. A passkey cannot be guessed, and works on this site only.";
    passkeys_more: "Sesudah Anda punya kunci sandi, kata sandi saja tidak cukup lagi untuk masuk." / "Once you have a passkey, the password alone no longer lets you in.";
    passkeys_none: "Belum ada." / "None yet.";
    passkeys_count(count): "Jumlah: {count}." / "You have {count}.";
    passkey_add: "Tambah kunci sandi" / "Add a passkey";
    passkey_use: "Pakai kunci sandi" / "Use a passkey";
    passkey_sign_in: "Masuk dengan kunci sandi" / "Sign in with a passkey";
    passkey_added(at): "Ditambahkan {at}" / "Added {at}";
    passkey_used(at): "terakhir dipakai {at}" / "last used {at}";
    passkey_synced: "Tersinkron" / "Synced";
    passkey_name: "Nama" / "Name";
    passkey_rename: "Ganti nama" / "Rename";
    passkey_remove: "Hapus" / "Remove";
    passkey_declined: "Belum ada kunci sandi yang dipilih. Coba lagi bila Anda mau." / "No passkey was chosen. Try again if you like.";
    passkey_known: "Perangkat ini sudah punya kunci sandi untuk akun Anda." / "This device has a passkey for your account already.";
    passkey_unable: "Peramban ini tidak bisa memakai kunci sandi di alamat ini." / "This browser cannot use passkeys at this address.";
    password_first: "Buat kata sandi" / "Set a password";
    password_remove: "Hapus kata sandi" / "Remove the password";
    password_remove_text: "Dengan kunci sandi Anda tidak memerlukan kata sandi. Yang tidak ada tidak bisa dicuri." / "With a passkey you need no password. What is not there cannot be stolen.";
}

crate::messages! {
    provider_sign_in(label): "Masuk dengan {label}" / "Sign in with {label}";
    provider_go(label): "Lanjut ke {label}" / "Go on to {label}";
    provider_linked(shown, at): "Tertaut dengan {shown} sejak {at}." / "Linked to {shown} since {at}.";
    provider_unlinked: "Belum tertaut." / "Not linked.";
    provider_link(label): "Tautkan {label}" / "Link {label}";
    provider_unlink: "Lepas tautan" / "Unlink";
    provider_again: "Masuk sekali lagi di penyedia Anda" / "Sign in at your provider once more";
    provider_taken: "Tidak bisa ditautkan: akun itu sudah tertaut dengan yang lain, atau waktunya sudah lewat." / "That could not be linked: it is linked to another account already, or it took too long.";
    provider_whose: "Satu langkah lagi" / "One more step";
    provider_guest(shown, label): "Anda masuk di {label} sebagai {shown}. Di sini akun itu belum tertaut dengan siapa pun." / "You are signed in at {label} as {shown}. Here nobody is linked to it yet.";
    provider_prove: "Tunjukkan bahwa akun di sini milik Anda, dan keduanya ditautkan." / "Show that the account here is yours, and the two will be linked.";
    provider_sign_in_and_link: "Masuk dan tautkan" / "Sign in and link";
    provider_open(email): "Buat akun dengan {email}" / "Open an account with {email}";
    provider_register: "Daftarlah dengan alamat Anda, lalu tautkan di halaman keamanan." / "Register with your address, then link it on the security page.";
    provider_gone: "Terlalu lama menunggu. Mulailah dari halaman masuk." / "That took too long. Begin again at the sign-in page.";
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
        ("stock", Lang::Id) => "Stok toko menipis",
        ("stock", Lang::En) => "Low stock in your shop",
        _ => topic,
    }
}
