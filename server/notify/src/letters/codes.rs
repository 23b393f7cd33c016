//! Codes to be typed.

use super::{Letter, words as shared};
use crate::{Code, Link};
use model::Lang;

model::messages! {
    verify_subject: "Konfirmasi alamat email Anda" / "Confirm your email address";
    verify_title: "Satu langkah lagi" / "One more step";
    verify_text: "Masukkan kode ini di Pasar, atau tekan tombolnya, untuk mengonfirmasi bahwa alamat ini milik Anda." / "Enter this code at Pasar, or press the button, to confirm that this address is yours.";
    verify_button: "Konfirmasi email" / "Confirm email";
    verify_short(code, minutes): "kode konfirmasi Anda {code}. Berlaku {minutes} menit. Jangan berikan kepada siapa pun." / "your confirmation code is {code}. Good for {minutes} minutes. Do not give it to anyone.";
    phone_subject: "Konfirmasi nomor ponsel Anda" / "Confirm your phone number";
    phone_text: "Masukkan kode ini di Pasar untuk mengonfirmasi nomor ponsel Anda." / "Enter this code at Pasar to confirm your phone number.";
    confirm_subject: "Kode keamanan Anda" / "Your security code";
    confirm_title: "Pastikan ini Anda" / "Confirm that it is you";
    confirm_text: "Anda hendak melakukan sesuatu yang penting di akun Anda. Masukkan kode ini untuk melanjutkan." / "You are about to do something important in your account. Enter this code to go on.";
    confirm_warning: "Tidak sedang melakukan apa-apa? Segera ganti kata sandi Anda." / "Not doing anything just now? Change your password at once.";
    confirm_short(code, minutes): "kode keamanan Anda {code}. Berlaku {minutes} menit. Jangan berikan kepada siapa pun." / "your security code is {code}. Good for {minutes} minutes. Do not give it to anyone.";
}

pub fn verify_email(lang: Lang, code: &Code, link: &Link, minutes: u16) -> Letter {
    Letter::new(lang, verify_subject(lang), verify_title(lang))
        .text(verify_text(lang))
        .code(code)
        .button(verify_button(lang), link)
        .note(shared::good_for(lang, minutes))
        .note(shared::never_share(lang))
        .note(shared::not_you(lang))
        .short(verify_short(lang, code.as_str(), minutes))
}

pub fn verify_phone(lang: Lang, code: &Code, minutes: u16) -> Letter {
    Letter::new(lang, phone_subject(lang), verify_title(lang))
        .text(phone_text(lang))
        .code(code)
        .note(shared::good_for(lang, minutes))
        .note(shared::never_share(lang))
        .short(verify_short(lang, code.as_str(), minutes))
}

pub fn confirm(lang: Lang, code: &Code, minutes: u16) -> Letter {
    Letter::new(lang, confirm_subject(lang), confirm_title(lang))
        .text(confirm_text(lang))
        .code(code)
        .note(shared::good_for(lang, minutes))
        .note(shared::never_share(lang))
        .note(confirm_warning(lang))
        .short(confirm_short(lang, code.as_str(), minutes))
}
