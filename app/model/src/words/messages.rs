//! The operator's pages about what was sent to people.

use crate::{Lang, delivery::DeliveryState};

crate::messages! {
    filter: "Saring" / "Filter";
    all: "Semua" / "All";
    newest: "Ke yang terbaru" / "Back to the newest";
    title: "Pesan terkirim" / "Messages";
    about: "Email dan SMS yang dikirim Pasar, yang terbaru lebih dulu." / "Mails and short messages that Pasar sends, newest first.";
    captured: "Belum ada server surat yang diatur: pesan tidak dikirim, tetapi dapat dibaca di sini." / "No mail server is set up: messages are not sent, and can be read here.";
    none: "Belum ada pesan" / "No messages yet";
    none_text: "Pesan muncul di sini begitu ada yang mendaftar atau mengubah akunnya." / "They appear as soon as someone registers or changes their account.";
    no_match: "Tidak ada pesan yang cocok" / "No messages match";
    search: "Alamat atau judul" / "Address or subject";
    kind: "Jenis" / "Kind";
    state: "Keadaan" / "State";
    to: "Kepada" / "To";
    subject: "Judul" / "Subject";
    at: "Dibuat" / "Made";
    ended: "Selesai" / "Ended";
    attempts: "Percobaan" / "Attempts";
    answer: "Jawaban" / "Answer";
    id: "Message-ID" / "Message-ID";
    lang: "Bahasa" / "Language";
    good_until: "Berlaku sampai" / "Good until";
    html: "Tampilan" / "As shown";
    text: "Teks" / "Text part";
    headers: "Kepala surat" / "Headers";
    blanked: "Kode dan tautan rahasia sudah dihapus dari pesan ini." / "Codes and secret links have been taken out of this message.";
    hidden: "Kode dan tautan rahasia tidak ditampilkan." / "Codes and secret links are not shown.";
    unreadable: "Isi pesan ini tidak dapat dibaca lagi." / "What this message said cannot be read any more.";
    resend: "Kirim lagi" / "Send again";
    give_up: "Berhenti mencoba" / "Give up";
    resend_hint: "Surat yang sama dengan Message-ID yang sama." / "The same mail, with the same Message-ID.";
    unknown_hint: "Server menerima isinya tetapi tidak menjawab: mungkin sudah sampai." / "The server got the content and did not answer: it may have arrived.";
    templates: "Semua templat" / "All templates";
    templates_about: "Setiap pesan dalam kedua bahasa, dengan isi contoh." / "Every message in both languages, with made-up facts.";
    template_of(language): "Dalam {language}" / "In {language}";
    sms: "SMS" / "SMS";
}

/// Where a delivery stands.
pub const fn state_name(lang: Lang, state: DeliveryState) -> &'static str {
    match (state, lang) {
        (DeliveryState::Queued, Lang::Id) => "Menunggu",
        (DeliveryState::Queued, Lang::En) => "Waiting",
        (DeliveryState::Sending, Lang::Id) => "Sedang dikirim",
        (DeliveryState::Sending, Lang::En) => "Being sent",
        (DeliveryState::Sent, Lang::Id) => "Terkirim",
        (DeliveryState::Sent, Lang::En) => "Sent",
        (DeliveryState::Captured, Lang::Id) => "Ditahan",
        (DeliveryState::Captured, Lang::En) => "Captured",
        (DeliveryState::Failed, Lang::Id) => "Gagal",
        (DeliveryState::Failed, Lang::En) => "Failed",
        (DeliveryState::Suppressed, Lang::Id) => "Tidak diinginkan",
        (DeliveryState::Suppressed, Lang::En) => "Not wanted",
        (DeliveryState::Unknown, Lang::Id) => "Tidak pasti",
        (DeliveryState::Unknown, Lang::En) => "Uncertain",
    }
}
