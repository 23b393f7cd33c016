//! What touches the safety of an account.

use super::{Letter, words as shared};
use crate::{Code, Link, Origin, SecurityChange};
use kernel::{OffsetDateTime, when};
use model::Lang;

model::messages! {
    reset_subject: "Atur ulang kata sandi Anda" / "Reset your password";
    reset_title: "Kata sandi baru" / "A new password";
    reset_text: "Seseorang, semoga Anda, meminta kata sandi baru untuk akun ini. Tekan tombolnya untuk membuatnya." / "Someone, hopefully you, asked for a new password for this account. Press the button to choose one.";
    reset_button: "Buat kata sandi baru" / "Choose a new password";
    reset_note: "Bukan Anda? Abaikan saja; kata sandi Anda tidak berubah." / "Not you? Ignore this; your password stays as it is.";
    reset_short(minutes): "buat kata sandi baru, berlaku {minutes} menit:" / "choose a new password within {minutes} minutes:";

    password_subject: "Kata sandi Anda telah diganti" / "Your password was changed";
    password_text: "Kata sandi akun Anda baru saja diganti, dan perangkat lain telah dikeluarkan." / "The password of your account was just changed, and other devices were signed out.";
    password_short: "kata sandi Anda diganti. Bukan Anda?" / "your password was changed. Was it not you?";
    not_you: "Jika itu bukan Anda, amankan akun Anda sekarang." / "If it was not you, secure your account now.";
    secure: "Amankan akun" / "Secure the account";

    change_subject: "Keamanan akun Anda berubah" / "The security of your account changed";

    device_subject: "Masuk dari perangkat baru" / "Signed in from a new device";
    device_text: "Akun Anda baru saja dibuka dari perangkat yang belum kami kenal." / "Your account was just opened from a device we have not seen before.";
    device_fine: "Jika itu Anda, tidak perlu berbuat apa-apa." / "If it was you, there is nothing to do.";
    device_button: "Lihat perangkat saya" / "See my devices";
    device_short: "akun Anda dibuka dari perangkat baru. Bukan Anda?" / "your account was opened from a new device. Was it not you?";

    new_subject: "Konfirmasi alamat email baru Anda" / "Confirm your new email address";
    new_title: "Alamat email baru" / "A new email address";
    new_text: "Alamat ini akan menjadi alamat akun Pasar Anda. Masukkan kodenya, atau tekan tombolnya, untuk menyetujui." / "This will be the address of your Pasar account. Enter the code, or press the button, to agree.";
    new_button: "Konfirmasi alamat baru" / "Confirm the new address";
    new_note: "Kami juga bertanya ke alamat lama. Alamatnya berganti setelah keduanya setuju." / "We asked at the old address too. It changes once both have agreed.";

    old_subject: "Alamat email Anda akan diganti" / "Your email address is to be changed";
    old_title: "Ganti alamat email?" / "Change the email address?";
    old_text(new): "Seseorang, semoga Anda, ingin mengganti alamat akun ini menjadi {new}. Masukkan kodenya, atau tekan tombolnya, untuk menyetujui." / "Someone, hopefully you, wants to change the address of this account to {new}. Enter the code, or press the button, to agree.";
    old_confirm: "Setuju, ganti" / "Yes, change it";
    old_warning: "Bukan Anda? Hentikan penggantiannya, lalu ganti kata sandi Anda." / "Not you? Stop it, then change your password.";
    old_stop: "Hentikan" / "Stop it";
    email_short(code, minutes): "kode ganti email Anda {code}. Berlaku {minutes} menit. Jangan berikan kepada siapa pun." / "your code to change the email address is {code}. Good for {minutes} minutes. Do not give it to anyone.";

    exists_subject: "Anda sudah punya akun Pasar" / "You already have a Pasar account";
    exists_text: "Seseorang baru saja mencoba mendaftar dengan alamat ini. Karena sudah ada akunnya, tidak ada yang dibuat atau diubah." / "Someone just tried to register with this address. It has an account already, so nothing was made or changed.";
    exists_you: "Jika itu Anda, masuk saja, atau buat kata sandi baru bila lupa." / "If it was you, just sign in, or choose a new password if you forgot it.";
    exists_sign_in: "Masuk" / "Sign in";
    exists_reset: "Lupa kata sandi" / "Forgot password";
    exists_short: "Anda sudah punya akun. Masuk di" / "you already have an account. Sign in at";
}

/// What has changed, as a sentence.
const fn change_text(lang: Lang, change: SecurityChange) -> &'static str {
    match (change, lang) {
        (SecurityChange::TwoStepOn, Lang::Id) => "Verifikasi dua langkah telah dinyalakan.",
        (SecurityChange::TwoStepOn, Lang::En) => "Two-step verification was switched on.",
        (SecurityChange::TwoStepOff, Lang::Id) => "Verifikasi dua langkah telah dimatikan.",
        (SecurityChange::TwoStepOff, Lang::En) => "Two-step verification was switched off.",
        (SecurityChange::RecoveryCodesMade, Lang::Id) => {
            "Kode pemulihan baru telah dibuat; yang lama tidak berlaku lagi."
        }
        (SecurityChange::RecoveryCodesMade, Lang::En) => {
            "New recovery codes were made; the old ones no longer work."
        }
        (SecurityChange::RecoveryCodeUsed, Lang::Id) => "Sebuah kode pemulihan telah dipakai untuk masuk.",
        (SecurityChange::RecoveryCodeUsed, Lang::En) => "A recovery code was used to sign in.",
        (SecurityChange::PasskeyAdded, Lang::Id) => "Sebuah kunci sandi telah ditambahkan.",
        (SecurityChange::PasskeyAdded, Lang::En) => "A passkey was added.",
        (SecurityChange::PasskeyRemoved, Lang::Id) => "Sebuah kunci sandi telah dihapus.",
        (SecurityChange::PasskeyRemoved, Lang::En) => "A passkey was removed.",
        (SecurityChange::PasswordRemoved, Lang::Id) => {
            "Kata sandi telah dihapus; Anda masuk dengan cara lain."
        }
        (SecurityChange::PasswordRemoved, Lang::En) => "The password was removed; you sign in another way.",
        (SecurityChange::EmailChanged, Lang::Id) => "Alamat email akun Anda telah diganti.",
        (SecurityChange::EmailChanged, Lang::En) => "The email address of your account was changed.",
        (SecurityChange::PhoneChanged, Lang::Id) => "Nomor ponsel akun Anda telah diganti.",
        (SecurityChange::PhoneChanged, Lang::En) => "The phone number of your account was changed.",
        (SecurityChange::ProviderLinked, Lang::Id) => "Cara masuk lewat penyedia lain telah ditambahkan.",
        (SecurityChange::ProviderLinked, Lang::En) => "Signing in through another provider was added.",
        (SecurityChange::ProviderUnlinked, Lang::Id) => "Cara masuk lewat penyedia lain telah dihapus.",
        (SecurityChange::ProviderUnlinked, Lang::En) => "Signing in through another provider was removed.",
    }
}

fn where_and_when(lang: Lang, at: OffsetDateTime, origin: &Origin) -> [(&'static str, Option<String>); 3] {
    [
        (shared::when(lang), Some(when::date_time(lang, at))),
        (shared::device(lang), origin.device.clone()),
        (shared::place(lang), origin.place.clone()),
    ]
}

pub fn reset(lang: Lang, link: &Link, minutes: u16) -> Letter {
    Letter::new(lang, reset_subject(lang), reset_title(lang))
        .text(reset_text(lang))
        .button(reset_button(lang), link)
        .note(shared::good_for(lang, minutes))
        .note(reset_note(lang))
        .short_to(reset_short(lang, minutes), link)
}

pub fn password_changed(lang: Lang, at: OffsetDateTime, origin: &Origin, link: &Link) -> Letter {
    Letter::new(lang, password_subject(lang), password_subject(lang))
        .text(password_text(lang))
        .facts(where_and_when(lang, at, origin))
        .text(not_you(lang))
        .button(secure(lang), link)
        .short_to(password_short(lang), link)
}

pub fn changed(
    lang: Lang,
    change: SecurityChange,
    at: OffsetDateTime,
    origin: &Origin,
    link: &Link,
) -> Letter {
    let what = change_text(lang, change);
    Letter::new(lang, change_subject(lang), change_subject(lang))
        .text(what)
        .facts(where_and_when(lang, at, origin))
        .text(not_you(lang))
        .button(secure(lang), link)
        .short_to(what, link)
}

pub fn new_device(lang: Lang, at: OffsetDateTime, origin: &Origin, link: &Link) -> Letter {
    Letter::new(lang, device_subject(lang), device_subject(lang))
        .text(device_text(lang))
        .facts(where_and_when(lang, at, origin))
        .text(device_fine(lang))
        .text(not_you(lang))
        .button(device_button(lang), link)
        .short_to(device_short(lang), link)
}

pub fn email_change_new(lang: Lang, code: &Code, link: &Link, minutes: u16) -> Letter {
    Letter::new(lang, new_subject(lang), new_title(lang))
        .text(new_text(lang))
        .code(code)
        .button(new_button(lang), link)
        .note(shared::good_for(lang, minutes))
        .note(new_note(lang))
        .note(shared::not_you(lang))
        .short(email_short(lang, code.as_str(), minutes))
}

pub fn email_change_old(
    lang: Lang,
    new: &str,
    code: &Code,
    confirm: &Link,
    stop: &Link,
    minutes: u16,
) -> Letter {
    Letter::new(lang, old_subject(lang), old_title(lang))
        .text(old_text(lang, crate::facts::line(new, 80)))
        .code(code)
        .button(old_confirm(lang), confirm)
        .text(old_warning(lang))
        .button(old_stop(lang), stop)
        .note(shared::good_for(lang, minutes))
        .short(email_short(lang, code.as_str(), minutes))
}

pub fn account_exists(lang: Lang, sign_in: &Link, reset: &Link) -> Letter {
    Letter::new(lang, exists_subject(lang), exists_subject(lang))
        .text(exists_text(lang))
        .text(exists_you(lang))
        .button(exists_sign_in(lang), sign_in)
        .button(exists_reset(lang), reset)
        .note(shared::not_you(lang))
        .short_to(exists_short(lang), sign_in)
}
