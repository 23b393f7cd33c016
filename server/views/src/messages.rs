//! Messages to people, for operators. Lists go by the id, which grows with time.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use kernel::Cx;
use model::{
    Lang, Page,
    delivery::{Channel, DeliveryState},
    ids::{AccountId, DeliveryId, Uuid},
    views::message::{
        MessageFilter, MessageList, MessagePage, MessageRow, Secrets, TemplateRow, TemplateWords,
    },
};
use notify::{Carrier, EmailAddress, Envelope, Letter, Mail, Message, Post, Topic, Unsubscribe, preview};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// One part of the list, newest first. One query.
pub async fn list(cx: &Cx, filter: &MessageFilter, limit: u16) -> Result<MessageList, ViewError> {
    let after = Cursor::read(filter.after.as_deref())?.unwrap_or(Cursor::HIGHEST);
    let words = like(&filter.q);
    let rows = sqlx::query!(
        r#"select id, channel, address, kind, subject, state, extract(epoch from created_at)::bigint as "created_at!"
           from delivery
           where id < $1
             and ($2 = '' or address like $2 || '%' or subject ilike '%' || $2 || '%')
             and ($3 = '' or kind = $3)
             and ($4::text is null or state = $4)
           order by id desc limit $5"#,
        after.id,
        words,
        filter.kind,
        filter.state.map(DeliveryState::as_str),
        one_more(limit)
    )
    .fetch_all(cx.db())
    .await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(MessageRow {
                id: row.id.into(),
                channel: channel(&row.channel)?,
                to: row.address,
                kind: row.kind,
                subject: row.subject,
                state: state(&row.state)?,
                created_at: row.created_at,
            })
        })
        .collect::<Result<Vec<_>, sqlx::Error>>()?;
    let (items, next) = cut(rows, limit, |row| Cursor { key: 0, id: row.id.uuid() });
    let kinds = preview::samples().iter().map(|message| message.kind().to_owned()).collect();
    let capturing = cx.part::<Post>().is_none_or(|post| post.carrier(Channel::Email) == Carrier::Capture);
    Ok(MessageList { page: Page { items, next, total: None }, kinds, capturing })
}

/// `%` and `_` are searched for as they are.
fn like(typed: &str) -> String {
    typed.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// One message as its reader gets it, with as much of its secrets as an operator may see. None where there is none.
pub async fn page(cx: &Cx, id: DeliveryId) -> Result<Option<MessagePage>, ViewError> {
    let Some(row) = find(&mut *cx.db().acquire().await?, id).await? else { return Ok(None) };
    let rendered = render(cx, &row);
    let open = !row.blanked && row.good_until > cx.now();
    let page = MessagePage {
        row: MessageRow {
            id,
            channel: row.channel,
            to: row.address.clone(),
            kind: row.kind.clone(),
            subject: row.subject.clone(),
            state: row.state,
            created_at: row.created_at.unix_timestamp(),
        },
        lang: row.lang,
        attempts: u32::try_from(row.attempt).unwrap_or_default(),
        message_id: row.message_id.clone(),
        answer: row.answer.clone(),
        finished_at: row.finished_at.map(OffsetDateTime::unix_timestamp),
        good_until: row.good_until.unix_timestamp(),
        secrets: row.secrets(),
        can_resend: row.state.can_resend() && open,
        can_give_up: row.state.can_give_up(),
        headers: rendered.as_ref().and_then(|(mail, _)| mail.as_ref().map(Mail::headers)),
        text: rendered.map(|(mail, sms)| mail.map_or(sms, |mail| mail.text)),
    };
    Ok(Some(page))
}

/// The HTML part of a mail; none where there is none.
pub async fn html(cx: &Cx, id: DeliveryId) -> Result<Option<String>, ViewError> {
    let row = find(&mut *cx.db().acquire().await?, id).await?;
    Ok(row.and_then(|row| render(cx, &row)).and_then(|(mail, _)| mail).map(|mail| mail.html))
}

struct Row {
    id: DeliveryId,
    account: Option<AccountId>,
    channel: Channel,
    address: String,
    name: Option<String>,
    lang: Lang,
    kind: String,
    topic: String,
    message: serde_json::Value,
    blanked: bool,
    subject: String,
    state: DeliveryState,
    attempt: i32,
    message_id: Option<String>,
    finished_at: Option<OffsetDateTime>,
    good_until: OffsetDateTime,
    answer: Option<String>,
    created_at: OffsetDateTime,
}

impl Row {
    /// A captured message is not on its way to anyone: reading it here is what it was captured for.
    fn secrets(&self) -> Secrets {
        match self.state {
            _ if self.blanked => Secrets::Gone,
            DeliveryState::Captured => Secrets::Shown,
            _ => Secrets::Hidden,
        }
    }
}

async fn find(db: &mut PgConnection, id: DeliveryId) -> Result<Option<Row>, sqlx::Error> {
    let row = sqlx::query!(
        "select account_id, channel, address, name, lang, kind, topic, message, blanked, subject, state, attempt,
           message_id, finished_at, good_until, answer, created_at
         from delivery where id = $1",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Row {
            id,
            account: row.account_id.map(AccountId::new),
            channel: channel(&row.channel)?,
            address: row.address,
            name: row.name,
            lang: Lang::from_tag(&row.lang).ok_or_else(|| unsound("lang", &row.lang))?,
            kind: row.kind,
            topic: row.topic,
            message: row.message,
            blanked: row.blanked,
            subject: row.subject,
            state: state(&row.state)?,
            attempt: row.attempt,
            message_id: row.message_id,
            finished_at: row.finished_at,
            good_until: row.good_until,
            answer: row.answer,
            created_at: row.created_at,
        })
    })
    .transpose()
}

/// The mail, for one, and the short text. None where the message is of a version that is not known any more.
fn render(cx: &Cx, row: &Row) -> Option<(Option<Mail>, String)> {
    let post = cx.part::<Post>()?;
    let message: Message = serde_json::from_value(row.message.clone()).ok()?;
    let message = if row.secrets() == Secrets::Shown { message } else { message.without_secrets() };
    let letter = Letter::of(&message, row.lang, row.name.as_deref());
    let mail = EmailAddress::try_from(row.address.as_str()).ok().filter(|_| row.channel == Channel::Email);
    let topic = Topic::from_name(&row.topic)?;
    let account = row.account.filter(|_| topic.is_optional());
    let fixed = row.message_id.clone().unwrap_or_else(|| post.message_id(row.id));
    let mail = mail.and_then(|to| {
        let envelope = Envelope {
            id: row.id,
            message_id: &fixed,
            to: &to,
            at: row.created_at,
            topic,
            unsubscribe: account.map(|account| Unsubscribe { account, topic, channel: row.channel }),
        };
        post.compose(&letter, &envelope).ok()
    });
    Some((mail, letter.sms(post.site())))
}

/// Every kind of message, with made-up facts.
pub fn templates(cx: &Cx) -> Vec<TemplateRow> {
    let Some(post) = cx.part::<Post>() else { return Vec::new() };
    let row = |message: &Message| TemplateRow {
        kind: message.kind().to_owned(),
        optional: message.topic().is_optional(),
        words: Lang::ALL
            .into_iter()
            .filter_map(|lang| {
                let (letter, mail) = sample(&post, message.kind(), lang)?;
                let sms = letter.sms(post.site());
                Some(TemplateWords { lang, subject: letter.subject, text: mail.text, sms })
            })
            .collect(),
    };
    preview::samples().iter().map(row).collect()
}

/// The HTML of a sample; none where there is no such message.
pub fn template_html(cx: &Cx, kind: &str, lang: Lang) -> Option<String> {
    let post = cx.part::<Post>()?;
    sample(&post, kind, lang).map(|(_, mail)| mail.html)
}

fn sample(post: &Post, kind: &str, lang: Lang) -> Option<(Letter, Mail)> {
    let (message, letter) = preview::sample(kind, lang)?;
    let topic = message.topic();
    let nobody = Unsubscribe { account: AccountId::new(Uuid::nil()), topic, channel: Channel::Email };
    let envelope = Envelope {
        id: DeliveryId::new(Uuid::nil()),
        message_id: "<sample>",
        to: &EmailAddress::try_from("budi@contoh.example").ok()?,
        at: OffsetDateTime::UNIX_EPOCH,
        topic,
        unsubscribe: topic.is_optional().then_some(nobody),
    };
    let mail = post.compose(&letter, &envelope).ok()?;
    Some((letter, mail))
}

fn channel(text: &str) -> Result<Channel, sqlx::Error> {
    Channel::from_name(text).ok_or_else(|| unsound("channel", text))
}

fn state(text: &str) -> Result<DeliveryState, sqlx::Error> {
    DeliveryState::from_name(text).ok_or_else(|| unsound("state", text))
}
