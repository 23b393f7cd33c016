//! One message as its reader gets it, and what can be done about it.

use super::{
    parts::{Frame, PATH, State},
    rpc::{GiveUp, Resend, one},
};
use crate::frame::{Desk, Frame as Office};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    Lang,
    delivery::{Channel, DeliveryState},
    views::message::{MessagePage, Secrets},
    words::{self as all_words, messages as words, shell},
};
use ui::{
    Breadcrumbs, Button, ButtonKind, Card, Crumb, Fetched, Notice, NoticeKind, Title, fetch,
    format::date_time,
};

#[component]
pub fn MessageDesk() -> impl IntoView {
    let route = use_params_map();
    let (resend, give_up) = (ServerAction::<Resend>::new(), ServerAction::<GiveUp>::new());
    let asked = move || {
        let changes = resend.version().get() + give_up.version().get();
        (route.with(|route| route.get("id").unwrap_or_default()), changes)
    };
    let found = fetch(asked, |(id, _)| one(id));
    view! { <Office here=Desk::Messages><Fetched resource=found view={move |found| desk(found, resend, give_up)} /></Office> }
}

fn desk(found: MessagePage, resend: ServerAction<Resend>, give_up: ServerAction<GiveUp>) -> AnyView {
    let lang = ui::lang();
    let subject = found.row.subject.clone();
    let id = found.row.id;
    let mail = found.row.channel == Channel::Email && found.text.is_some();
    let way = vec![Crumb::new(shell::home(lang), "/"), Crumb::new(words::title(lang), PATH)];
    let refused = move || {
        let error = resend
            .value()
            .get()
            .and_then(Result::err)
            .or_else(|| give_up.value().get().and_then(Result::err));
        error.map(|error| {
            view! {
                <Notice kind=NoticeKind::Error title=all_words::error::title(lang, error.code)>
                    {all_words::error::advice(lang, error.code)}
                </Notice>
            }
        })
    };
    view! {
        <Title text=subject.clone() unlisted=true />
        <Breadcrumbs way=way here=subject.clone() />
        <h1 class="mb-4 text-2xl font-extrabold">{subject.clone()}</h1>
        {refused}
        {(found.row.state == DeliveryState::Unknown)
            .then(|| view! { <Notice kind=NoticeKind::Warning>{words::unknown_hint(lang)}</Notice> })}
        {secrets(lang, found.secrets).map(|text| view! { <Notice>{text}</Notice> })}
        {found.text.is_none().then(|| view! { <Notice kind=NoticeKind::Warning>{words::unreadable(lang)}</Notice> })}
        <div class="my-4 flex flex-wrap gap-3">
            {found.can_resend.then(|| view! {
                <ActionForm action=resend>
                    <input r#type="hidden" name="id" value=id.to_string() />
                    <Button>{words::resend(lang)}</Button>
                    <p class="text-sm text-ink-soft">{words::resend_hint(lang)}</p>
                </ActionForm>
            })}
            {found.can_give_up.then(|| view! {
                <ActionForm action=give_up>
                    <input r#type="hidden" name="id" value=id.to_string() />
                    <Button kind=ButtonKind::Danger>{words::give_up(lang)}</Button>
                </ActionForm>
            })}
        </div>
        <Facts found=found.clone() />
        {mail.then(|| view! {
            <h2 class="mt-8 mb-2 text-xl">{words::html(lang)}</h2>
            <Frame src=format!("{PATH}/{id}/html") title=subject />
        })}
        {found.text.map(|text| {
            let title = if mail { words::text(lang) } else { words::sms(lang) };
            view! { <Verbatim title=title text=text /> }
        })}
        {found.headers.map(|headers| view! { <Verbatim title=words::headers(lang) text=headers /> })}
    }
    .into_any()
}

const fn secrets(lang: Lang, secrets: Secrets) -> Option<&'static str> {
    match secrets {
        Secrets::Shown => None,
        Secrets::Hidden => Some(words::hidden(lang)),
        Secrets::Gone => Some(words::blanked(lang)),
    }
}

#[component]
fn Facts(found: MessagePage) -> impl IntoView {
    let lang = ui::lang();
    let state = found.row.state;
    let facts = [
        (words::to(lang), Some(found.row.to)),
        (words::kind(lang), Some(found.row.kind)),
        (words::lang(lang), Some(found.lang.name().to_owned())),
        (words::at(lang), Some(date_time(lang, found.row.created_at))),
        (words::ended(lang), found.finished_at.map(|at| date_time(lang, at))),
        (words::good_until(lang), Some(date_time(lang, found.good_until))),
        (words::attempts(lang), Some(lang.number(found.attempts.into()))),
        (words::answer(lang), found.answer),
        (words::id(lang), found.message_id),
    ];
    view! {
        <Card>
            <dl class="mail-facts">
                <dt>{words::state(lang)}</dt>
                <dd><State state=state /></dd>
                {facts
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value?)))
                    .map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> })
                    .collect_view()}
            </dl>
        </Card>
    }
}

/// Text as it is, lines and all. It can be scrolled, so the keyboard must reach it.
#[component]
pub fn Verbatim(title: &'static str, text: String) -> impl IntoView {
    view! {
        <h2 class="mt-8 mb-2 text-xl">{title}</h2>
        <pre class="mail-text" tabindex="0" role="region" aria-label=title>{text}</pre>
    }
}
