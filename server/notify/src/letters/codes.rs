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
