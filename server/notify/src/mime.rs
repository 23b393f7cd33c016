//! A letter as it goes to a mail server: the headers, and both parts.

use crate::{EmailAddress, Letter, Post, Topic, Unsubscribe, html, text};
use kernel::OffsetDateTime;
use lettre::message::{
    Mailbox, MultiPart, SinglePart,
    header::{HeaderName, HeaderValue},
};
use model::{Lang, ids::DeliveryId};
use std::time::SystemTime;

/// What stands around every letter.
pub(crate) mod words {
    model::messages! {
        tagline: "Belanja tenang, harga terang" / "Shop with ease, at honest prices";
        why_required: "Anda menerima pesan ini karena menyangkut akun Anda di Pasar." / "You receive this because it concerns your account at Pasar.";
        why_optional: "Anda menerima pesan ini karena menandai barangnya di Pasar." / "You receive this because you marked the product at Pasar.";
        no_reply: "Balasan ke alamat ini tidak dibaca." / "Replies to this address are not read.";
        unsubscribe: "Berhenti menerima" / "Unsubscribe";
        list_price_drop: "Harga turun" / "Price drops";
        list_back_in_stock: "Tersedia lagi" / "Back in stock";
        list_stock: "Stok toko menipis" / "Low stock in your shop";
    }
}

/// A mail in all its parts. The same delivery makes the same mail, byte by byte, as often as it is composed.
pub struct Mail {
    pub text: String,
    pub html: String,
    message: lettre::Message,
}

impl Mail {
    /// As it is sent.
    pub fn bytes(&self) -> Vec<u8> {
        self.message.formatted()
    }

    /// The lines above the parts, for people to look at.
    pub fn headers(&self) -> String {
        self.message.headers().to_string()
    }
}

/// What is needed beside the letter.
pub struct Envelope<'a> {
    pub id: DeliveryId,
    pub message_id: &'a str,
    pub to: &'a EmailAddress,
    pub at: OffsetDateTime,
    pub topic: Topic,
    /// For what may be switched off.
    pub unsubscribe: Option<Unsubscribe>,
}

impl Post {
    /// The `Message-ID` of a delivery; it never changes, so that a mail sent again is the same mail to its receiver.
    pub fn message_id(&self, id: DeliveryId) -> String {
        format!("<{id}@{}>", self.mail_domain())
    }

    pub fn compose(&self, letter: &Letter, envelope: &Envelope<'_>) -> Result<Mail, lettre::error::Error> {
        let unsubscribe = envelope.unsubscribe.map(|way_out| self.unsubscribe_url(way_out));
        let text = text::render(letter, self.site(), unsubscribe.as_deref());
        let html = html::render(letter, self.site(), unsubscribe.as_deref());
        let mut builder = lettre::Message::builder()
            .from(self.from().clone())
            .to(Mailbox::new(None, envelope.to.inner().clone()))
            .subject(letter.subject.clone())
            .date(SystemTime::from(envelope.at))
            .message_id(Some(envelope.message_id.to_owned()))
            // Nobody's holiday notice answers it.
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", letter.lang.tag()));
        if let Some(url) = &unsubscribe {
            let (name, list) = (list_name(envelope.topic, letter.lang), envelope.topic.as_str());
            let list_id = format!("{name} <{}.{}>", list.replace('_', "-"), self.mail_domain());
            builder = builder
                .raw_header(header("List-Id", &list_id))
                .raw_header(header("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let parts = MultiPart::alternative()
            .boundary(format!("pasar-{}", envelope.id.uuid().simple()))
            .singlepart(SinglePart::plain(text.clone()))
            .singlepart(SinglePart::html(html.clone()));
        Ok(Mail { message: builder.multipart(parts)?, text, html })
    }
}

const fn list_name(topic: Topic, lang: Lang) -> &'static str {
    match topic {
        Topic::BackInStock => words::list_back_in_stock(lang),
        Topic::Stock => words::list_stock(lang),
        Topic::PriceDrop | Topic::Security | Topic::Account | Topic::Orders => words::list_price_drop(lang),
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
