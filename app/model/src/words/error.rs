//! What went wrong and what to do, for every code.

use crate::{Code, FieldError, Lang};

crate::messages! {
    request(id): "Kode permintaan: {id}" / "Request: {id}";
}

const fn pick(lang: Lang, id: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Id => id,
        Lang::En => en,
    }
}

/// A headline: what happened.
pub const fn title(lang: Lang, code: Code) -> &'static str {
    match code {
        Code::Malformed => pick(lang, "Permintaan tidak terbaca", "We could not read that request"),
        Code::Unauthenticated => pick(lang, "Silakan masuk dulu", "Please sign in first"),
        Code::WrongCredentials => {
            pick(lang, "Alamat atau kata sandi salah", "That address and password do not match")
        }
        Code::AccountSuspended => pick(lang, "Akun ini dikunci", "This account is locked"),
        Code::Spent => {
            pick(lang, "Kode atau tautan ini tidak berlaku lagi", "That code or link no longer works")
        }
        Code::WrongCode => pick(lang, "Kodenya belum benar", "That code is not right"),
        Code::LastWayIn => pick(lang, "Ini cara masuk yang terakhir", "This is the last way in"),
        Code::PasskeyRefused => pick(lang, "Kunci sandi ini tidak diterima", "That passkey was not accepted"),
        Code::ProviderRefused => {
            pick(lang, "Masuk lewat penyedia itu gagal", "Signing in through that provider failed")
        }
        Code::Forbidden => pick(lang, "Anda tidak punya izin", "You do not have permission"),
        Code::CrossSite => {
            pick(lang, "Permintaan dari situs lain ditolak", "A request from another site was refused")
        }
        Code::StepUpRequired => pick(lang, "Pastikan ini benar Anda", "Please confirm it is you"),
        Code::NotFound => pick(lang, "Halaman tidak ditemukan", "Page not found"),
        Code::MethodNotAllowed => pick(lang, "Cara ini tidak didukung", "That method is not supported"),
        Code::NotAcceptable => pick(lang, "Format ini tidak tersedia", "That format is not available"),
        Code::Timeout => pick(lang, "Terlalu lama menunggu", "That took too long"),
        Code::Conflict => pick(lang, "Data sudah berubah", "This has changed in the meantime"),
        Code::Changed => pick(lang, "Ada yang berubah", "Something has changed"),
        Code::SoldOut => pick(lang, "Stoknya tidak cukup", "Not enough is left"),
        Code::AlreadyPaid => pick(lang, "Ini sudah dibayar", "This has been paid already"),
        Code::CartFull => pick(lang, "Keranjang sudah penuh", "The cart is full"),
        Code::VoucherRefused => pick(lang, "Voucher ini tidak bisa dipakai", "That voucher cannot be used"),
        Code::InsufficientBalance => pick(lang, "Saldo tidak cukup", "The balance is not enough"),
        Code::WithdrawalLimit => {
            pick(lang, "Batas penarikan hari ini tercapai", "Today's withdrawals are used up")
        }
        Code::KeyReused => pick(lang, "Kunci permintaan sudah dipakai", "That request key was used before"),
        Code::Gone => pick(lang, "Halaman ini sudah tidak ada", "This page is gone"),
        Code::TooLarge => pick(lang, "Kiriman terlalu besar", "That is too large to send"),
        Code::UnsupportedMediaType => {
            pick(lang, "Jenis isi tidak didukung", "That kind of content is not supported")
        }
        Code::Invalid => pick(lang, "Periksa kembali isian Anda", "Please check what you entered"),
        Code::RateLimited => pick(lang, "Terlalu banyak permintaan", "Too many requests"),
        Code::Internal => pick(lang, "Terjadi kesalahan di pihak kami", "Something went wrong on our side"),
        Code::Unavailable => {
            pick(lang, "Layanan sedang tidak tersedia", "The service is briefly unavailable")
        }
    }
}

/// A sentence: what to do about it.
pub const fn advice(lang: Lang, code: Code) -> &'static str {
    match code {
        Code::Malformed => pick(
            lang,
            "Periksa alamat atau kirim ulang formulirnya.",
            "Check the address, or send the form again.",
        ),
        Code::Unauthenticated => pick(
            lang,
            "Halaman ini hanya untuk anggota yang sudah masuk.",
            "This page is for signed-in members.",
        ),
        Code::WrongCredentials => pick(
            lang,
            "Periksa keduanya dan coba lagi, atau atur ulang kata sandi Anda.",
            "Check both and try again, or reset your password.",
        ),
        Code::AccountSuspended => {
            pick(lang, "Hubungi kami untuk membukanya kembali.", "Contact us to have it opened again.")
        }
        Code::Spent => pick(
            lang,
            "Mintalah yang baru; tiap kode dan tautan hanya berlaku sekali dan sebentar.",
            "Ask for a new one; each code and link works once and for a short time.",
        ),
        Code::WrongCode => pick(
            lang,
            "Periksa pesan atau aplikasi Anda, lalu ketik lagi.",
            "Look at the message or the app again and retype it.",
        ),
        Code::LastWayIn => pick(
            lang,
            "Tambahkan dulu kata sandi, kunci sandi, atau penyedia lain, lalu hapus yang ini.",
            "Add a password, a passkey or another provider first, then remove this one.",
        ),
        Code::PasskeyRefused => pick(
            lang,
            "Pilih kunci sandi lain, atau masuk dengan cara lain.",
            "Choose another passkey, or sign in another way.",
        ),
        Code::ProviderRefused => pick(
            lang,
            "Coba sekali lagi, atau masuk dengan cara lain.",
            "Try once more, or sign in another way.",
        ),
        Code::Forbidden => pick(
            lang,
            "Minta akses kepada pemilik toko atau operator.",
            "Ask the shop's owner or the operator for access.",
        ),
        Code::CrossSite => pick(
            lang,
            "Buka halaman ini langsung di Pasar, lalu coba lagi.",
            "Open the page on Pasar itself and try again.",
        ),
        Code::StepUpRequired => pick(
            lang,
            "Masukkan lagi kata sandi, kode, atau kunci sandi Anda untuk melanjutkan.",
            "Enter your password or a code, or use your passkey, to go on.",
        ),
        Code::NotFound => pick(
            lang,
            "Alamatnya mungkin salah ketik atau sudah dipindahkan. Coba cari barangnya.",
            "The address may be mistyped or has moved. Try searching for it.",
        ),
        Code::MethodNotAllowed => pick(
            lang,
            "Kembali ke halaman sebelumnya dan gunakan tombol yang ada.",
            "Go back and use the buttons on the page.",
        ),
        Code::NotAcceptable => pick(lang, "Mintalah JSON atau HTML.", "Ask for JSON or HTML."),
        Code::Changed => pick(
            lang,
            "Belum ada yang dipesan. Lihat yang berubah, lalu putuskan lagi.",
            "Nothing was ordered. Look at what changed, then decide again.",
        ),
        Code::SoldOut => {
            pick(lang, "Kurangi jumlahnya atau pilih barang lain.", "Take fewer, or choose something else.")
        }
        Code::AlreadyPaid => pick(lang, "Tidak perlu membayar lagi.", "There is nothing left to pay."),
        Code::CartFull => pick(
            lang,
            "Satu keranjang memuat 100 jenis barang, 999 buah tiap jenis.",
            "A cart holds 100 kinds of goods, 999 pieces of each.",
        ),
        Code::VoucherRefused => {
            pick(lang, "Periksa kode dan syaratnya.", "Check the code and its conditions.")
        }
        Code::InsufficientBalance => {
            pick(lang, "Tarik jumlah yang lebih kecil dari saldo.", "Withdraw less than the balance.")
        }
        Code::WithdrawalLimit => pick(lang, "Coba lagi besok.", "Try again tomorrow."),
        Code::KeyReused => pick(lang, "Kirim lagi dengan kunci yang baru.", "Send it again under a new key."),
        Code::Timeout => pick(
            lang,
            "Tidak ada yang berubah. Coba lagi sebentar lagi.",
            "Nothing was changed. Try again in a moment.",
        ),
        Code::Conflict => pick(
            lang,
            "Muat ulang untuk melihat keadaan terbaru, lalu coba lagi.",
            "Reload to see the latest state, then try again.",
        ),
        Code::Gone => pick(
            lang,
            "Barang atau tokonya sudah dihapus. Coba cari yang serupa.",
            "The product or shop was removed. Try searching for something similar.",
        ),
        Code::TooLarge => {
            pick(lang, "Kirim berkas atau isian yang lebih kecil.", "Send a smaller file or a shorter text.")
        }
        Code::UnsupportedMediaType => {
            pick(lang, "Kirim sebagai formulir atau JSON.", "Send it as a form or as JSON.")
        }
        Code::Invalid => {
            pick(lang, "Bagian yang perlu diperbaiki diberi tanda.", "What needs correcting is marked.")
        }
        Code::RateLimited => pick(lang, "Tunggu sebentar, lalu coba lagi.", "Wait a moment, then try again."),
        Code::Internal => pick(
            lang,
            "Kesalahan ini sudah kami catat. Tidak ada yang hilang; coba lagi sebentar lagi.",
            "We have noted it. Nothing is lost; try again in a moment.",
        ),
        Code::Unavailable => pick(
            lang,
            "Kami sedang memulihkannya. Tidak ada yang hilang; coba lagi sebentar lagi.",
            "We are bringing it back. Nothing is lost; try again in a moment.",
        ),
    }
}

/// Beside a field.
pub const fn field(lang: Lang, error: FieldError) -> &'static str {
    match error {
        FieldError::Required => pick(lang, "Wajib diisi.", "This is required."),
        FieldError::Malformed => pick(lang, "Bentuknya belum benar.", "This is not in the right form."),
        FieldError::TooShort => pick(lang, "Terlalu pendek.", "This is too short."),
        FieldError::TooLong => pick(lang, "Terlalu panjang.", "This is too long."),
        FieldError::OutOfRange => {
            pick(lang, "Di luar batas yang diizinkan.", "This is outside the allowed range.")
        }
        FieldError::Taken => pick(lang, "Sudah dipakai.", "This is already taken."),
        FieldError::TooCommon => pick(
            lang,
            "Terlalu mudah ditebak. Beberapa kata acak jauh lebih aman.",
            "Too easy to guess. A few random words are much safer.",
        ),
        FieldError::NotAllowed => pick(lang, "Tidak diizinkan.", "This is not allowed."),
    }
}
