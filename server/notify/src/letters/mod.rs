//! What each message says: a subject, a headline, a few blocks, and one short text for SMS. HTML and plain text are
//! made of the same blocks, so the two parts of a mail cannot differ.

mod account;
mod codes;
mod orders;
mod security;
mod selling;
mod shopping;

use crate::{
    Code, Link, Message,
    facts::{greeting_name, line},
};
use model::Lang;

/// A part of a letter, from top to bottom.
#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    Text(String),
    /// To be typed somewhere.
    Code(Code),
    Button {
        label: String,
        link: Link,
    },
    /// Names and values.
    Facts(Vec<(&'static str, String)>),
    /// Small print.
    Note(String),
}

/// A message in one language.
#[derive(Clone, PartialEq, Debug)]
pub struct Letter {
    pub lang: Lang,
    /// One line, at most [`Letter::SUBJECT`] characters.
    pub subject: String,
    pub title: String,
    pub blocks: Vec<Block>,
    /// For SMS; a link is put behind it.
    pub short: String,
    pub short_link: Option<Link>,
}

impl Letter {
    pub const SUBJECT: usize = 120;

    /// What this message says in this language, to someone who may have a name.
    pub fn of(message: &Message, lang: Lang, name: Option<&str>) -> Self {
        let letter = match message {
            Message::VerifyEmail { code, link, minutes } => codes::verify_email(lang, code, link, *minutes),
            Message::VerifyPhone { code, minutes } => codes::verify_phone(lang, code, *minutes),
            Message::ResetPassword { link, minutes } => security::reset(lang, link, *minutes),
            Message::PasswordChanged { at, origin, link } => {
                security::password_changed(lang, *at, origin, link)
            }
            Message::SecurityChanged { change, at, origin, link } => {
                security::changed(lang, *change, *at, origin, link)
            }
            Message::NewDevice { at, origin, link } => security::new_device(lang, *at, origin, link),
            Message::EmailChangeNew { code, link, minutes } => {
                security::email_change_new(lang, code, link, *minutes)
            }
            Message::EmailChangeOld { new, code, confirm, stop, minutes } => {
                security::email_change_old(lang, new, code, confirm, stop, *minutes)
            }
            Message::AccountExists { sign_in, reset } => security::account_exists(lang, sign_in, reset),
            Message::DeletionScheduled { on, cancel } => account::deletion_scheduled(lang, *on, cancel),
            Message::DeletionCancelled { link } => account::deletion_cancelled(lang, link),
            Message::ExportReady { link, days } => account::export_ready(lang, link, *days),
            Message::Welcome { link } => account::welcome(lang, link),
            Message::PriceDrop { product, before, now, link } => {
                shopping::price_drop(lang, product, *before, *now, link)
            }
            Message::BackInStock { product, price, link } => {
                shopping::back_in_stock(lang, product, *price, link)
            }
            Message::OrderToPay { total, due, link } => orders::to_pay(lang, *total, *due, link),
            Message::OrderPaid { total, numbers, cash, link } => {
                orders::paid(lang, *total, numbers, *cash, link)
            }
            Message::OrderExpired { total, link } => orders::expired(lang, *total, link),
            Message::OrderCancelled { number, shop, back, link } => {
                orders::cancelled(lang, number, shop, *back, link)
            }
            Message::OrderShipped { number, shop, from, to, link } => {
                orders::shipped(lang, number, shop, (*from, *to), link)
            }
            Message::OrderPartShipped { number, shop, pieces, link } => {
                orders::part_shipped(lang, number, shop, pieces, link)
            }
            Message::PiecesLeftOut { number, shop, pieces, back, link } => {
                orders::left_out(lang, number, shop, pieces, *back, link)
            }
            Message::OrderDelivered { number, shop, settles, link } => {
                orders::delivered(lang, number, shop, *settles, link)
            }
            Message::MoneyBack { amount, link } => orders::money_back(lang, *amount, link),
            Message::ShopApproved { shop, link } => selling::approved(lang, shop, link),
            Message::StaffInvited { shop, role, link, days } => {
                selling::invited(lang, shop, *role, link, *days)
            }
            Message::StaffChanged { shop, change, link } => selling::staff_changed(lang, shop, change, link),
            Message::ProductRejected { product, reason, link } => {
                selling::product_rejected(lang, product, reason, link)
            }
            Message::StockLow { shop, out, low, more, link } => {
                selling::stock_low(lang, shop, (out, low, *more), link)
            }
            Message::NominationsDecided { shop, sale, accepted, refused, more, link } => {
                selling::nominations_decided(lang, (shop, sale), (accepted, refused, *more), link)
            }
            Message::ShopRejected { shop, reason, link } => selling::rejected(lang, shop, reason, link),
        };
        letter.greeting(name)
    }

    fn new(lang: Lang, subject: impl AsRef<str>, title: impl Into<String>) -> Self {
        Self {
            lang,
            subject: line(subject.as_ref(), Self::SUBJECT),
            title: title.into(),
            blocks: Vec::new(),
            short: String::new(),
            short_link: None,
        }
    }

    fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    fn text(self, text: impl Into<String>) -> Self {
        self.with(Block::Text(text.into()))
    }

    fn note(self, text: impl Into<String>) -> Self {
        self.with(Block::Note(text.into()))
    }

    fn code(self, code: &Code) -> Self {
        self.with(Block::Code(code.clone()))
    }

    fn button(self, label: impl Into<String>, link: &Link) -> Self {
        self.with(Block::Button { label: label.into(), link: link.clone() })
    }

    /// Leaves out what is not known.
    fn facts(self, facts: impl IntoIterator<Item = (&'static str, Option<String>)>) -> Self {
        let known = facts.into_iter().filter_map(|(name, value)| Some((name, line(&value?, 80))));
        self.with(Block::Facts(known.collect()))
    }

    fn short(mut self, text: impl Into<String>) -> Self {
        self.short = text.into();
        self
    }

    fn short_to(mut self, text: impl Into<String>, link: &Link) -> Self {
        self.short_link = Some(link.clone());
        self.short(text)
    }

    fn greeting(mut self, name: Option<&str>) -> Self {
        let hello = match name.and_then(greeting_name) {
            Some(name) => words::hello_name(self.lang, name),
            None => words::hello(self.lang).to_owned(),
        };
        self.blocks.insert(0, Block::Text(hello));
        self
    }

    /// What a mail program shows beside the subject: the first sentence after the greeting.
    pub fn preview(&self) -> &str {
        let mut texts = self.blocks.iter().filter_map(|block| match block {
            Block::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.nth(1).unwrap_or(&self.title)
    }

    /// The whole SMS.
    pub fn sms(&self, site: &str) -> String {
        match &self.short_link {
            Some(link) => format!("Pasar: {} {}", self.short, link.url(site)),
            None => format!("Pasar: {}", self.short),
        }
    }
}

/// What more than one letter says.
mod words {
    model::messages! {
        hello: "Halo," / "Hello,";
        hello_name(name): "Halo {name}," / "Hello {name},";
        good_for(minutes): "Berlaku {minutes} menit dan hanya sekali." / "It is good for {minutes} minutes, and once only.";
        never_share: "Jangan berikan kode ini kepada siapa pun. Pegawai Pasar tidak pernah memintanya." / "Do not give this code to anyone. Nobody at Pasar will ever ask for it.";
        not_you: "Bukan Anda? Abaikan saja surat ini." / "Not you? Then ignore this message.";
        when: "Waktu" / "When";
        device: "Perangkat" / "Device";
        place: "Jaringan" / "Network";
    }
}
