//! The addresses somebody signs in with: which they are, another in place of one, and the pages that its links open.

use super::rpc::{
    ChangeContact, ConfirmContact, ConfirmContactLink, StopContactChange, Waiting, contact_changes,
};
use crate::{
    door::parts::{Gate, asked},
    parts::{Fetched, Refusal, error_of, fetch, to_prove, wrong},
};
use leptos::prelude::*;
use model::{
    AppError, ContactKind,
    words::{door as words, security as more},
};
use ui::{Button, ButtonKind, Card, Field, Icon, Input, Notice, NoticeKind};

type Awaited = Vec<Waiting>;

#[component]
pub(super) fn Contacts(
    contacts: Vec<(ContactKind, String)>,
    waiting: Vec<Waiting>,
    fresh: bool,
) -> impl IntoView {
    let lang = ui::lang();
    let line = move |kind: ContactKind, address: String, state: &'static str| {
        let icon = if kind == ContactKind::Email { Icon::Mail } else { Icon::Phone };
        view! {
            <li class="account-part">
                <Icon name=icon />
                <span>
                    <strong>{address}</strong>
                    <small>{more::contact_kind(lang, kind)} " · " {state}</small>
                </span>
            </li>
        }
    };
    let open = !waiting.is_empty();
    view! {
        <Card>
            <h2 class="section-title">{words::contacts(lang)}</h2>
            <ul class="account-parts" role="list">
                {contacts.into_iter().map(|(kind, address)| line(kind, address, more::verified(lang))).collect_view()}
                {waiting.into_iter().map(|change| line(change.kind, change.to, more::waiting(lang))).collect_view()}
            </ul>
            {open
                .then(|| {
                    view! {
                        <p>
                            <a class="link" href="/confirm-contact">{more::waiting_go(lang)}</a>
                        </p>
                    }
                })}
            {if fresh {
                view! { <NewContact /> }.into_any()
            } else {
                let prove = to_prove();
                view! {
                    <p>
                        {more::contact_change(lang)} ": "
                        <a class="link" href=move || prove.get()>{more::confirm_first(lang)}</a>
                    </p>
                }
                    .into_any()
            }}
        </Card>
    }
}

#[component]
fn NewContact() -> impl IntoView {
    let lang = ui::lang();
    let action = ServerAction::<ChangeContact>::new();
    let error = error_of(action);
    view! {
        <h3 class="section-title">{more::contact_change(lang)}</h3>
        <Refusal error=whole(error) />
        <ActionForm action=action>
            <div class="form">
                <Field
                    name="contact"
                    label=more::contact_new(lang)
                    hint=more::contact_new_hint(lang)
                    autocomplete="off"
                    error=wrong(error, "contact")
                />
                <div class="form-acts">
                    <Button kind=ButtonKind::Secondary busy=action.pending()>{more::contact_send(lang)}</Button>
                </div>
            </div>
        </ActionForm>
    }
}

/// What is not said beside a field.
fn whole(error: Signal<Option<AppError>>) -> Signal<Option<AppError>> {
    Signal::derive(move || error.get().filter(|error| error.fields.is_empty()))
}

/// Where the codes are typed, and where the links of the mails lead: opening it changes nothing, its button does.
#[component]
pub fn ConfirmContactPage() -> impl IntoView {
    let lang = ui::lang();
    let (by_link, by_code) =
        (ServerAction::<ConfirmContactLink>::new(), ServerAction::<ConfirmContact>::new());
    let errors = [error_of(by_link), error_of(by_code)];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    let (token, done, half) = (asked("token"), asked("done"), asked("half"));
    view! {
        <Gate title=more::contact_title(lang) error=error>
            {move || {
                if !done.get().is_empty() {
                    view! { <Notice kind=NoticeKind::Success><p>{more::contact_done(lang)}</p></Notice> }.into_any()
                } else if !half.get().is_empty() {
                    view! {
                        <Notice><p>{more::contact_half(lang)}</p></Notice>
                        <p>
                            <a class="link" href="/confirm-contact">{more::waiting_go(lang)}</a>
                        </p>
                    }
                        .into_any()
                } else if token.get().is_empty() {
                    view! { <Codes action=by_code /> }.into_any()
                } else {
                    view! {
                        <p>{more::contact_link_text(lang)}</p>
                        <ActionForm action=by_link>
                            <input r#type="hidden" name="token" value=token.get() />
                            <Button busy=by_link.pending()>{more::contact_agree(lang)}</Button>
                        </ActionForm>
                    }
                        .into_any()
                }
            }}
            <p>
                <a class="link" href="/account/security">{more::contact_back(lang)}</a>
            </p>
        </Gate>
    }
}

/// A form for each code that is still awaited.
#[component]
fn Codes(action: ServerAction<ConfirmContact>) -> impl IntoView {
    let lang = ui::lang();
    let page = fetch(move || action.version().get(), |_| contact_changes());
    view! {
        <Fetched
            resource=page
            view=move |waiting: Awaited| {
                if waiting.is_empty() {
                    return view! { <p>{more::contact_none(lang)}</p> }.into_any();
                }
                waiting
                    .into_iter()
                    .map(|change| {
                        view! {
                            <h2 class="section-title">{more::contact_to(lang, &change.to)}</h2>
                            {change.new.then(|| view! { <OneCode change=change.clone() old=false action=action /> })}
                            {change.old.then(|| view! { <OneCode change=change.clone() old=true action=action /> })}
                        }
                    })
                    .collect_view()
                    .into_any()
            }
        />
    }
}

#[component]
fn OneCode(change: Waiting, old: bool, action: ServerAction<ConfirmContact>) -> impl IntoView {
    let lang = ui::lang();
    let label = if old { more::contact_code_old(lang) } else { more::contact_code_new(lang) };
    let id = format!("code-{}-{}", change.kind.as_str(), if old { "old" } else { "new" });
    view! {
        <ActionForm action=action>
            <div class="form">
                <input r#type="hidden" name="change" value=change.id.to_string() />
                <input r#type="hidden" name="old" value=old.to_string() />
                <Field name="code" id=id label=label kind=Input::Code autocomplete="one-time-code" />
                <div class="form-acts">
                    <Button busy=action.pending()>{words::confirm(lang)}</Button>
                </div>
            </div>
        </ActionForm>
    }
}

/// From the mail to the address that is about to be replaced.
#[component]
pub fn StopContactChangePage() -> impl IntoView {
    let lang = ui::lang();
    let action = ServerAction::<StopContactChange>::new();
    let (token, done) = (asked("token"), asked("done"));
    view! {
        <Gate title=more::stop_title(lang) error=error_of(action)>
            {move || {
                if done.get().is_empty() {
                    view! {
                        <p>{more::stop_text(lang)}</p>
                        <ActionForm action=action>
                            <input r#type="hidden" name="token" value=token.get() />
                            <Button kind=ButtonKind::Danger busy=action.pending()>{more::stop_act(lang)}</Button>
                        </ActionForm>
                    }
                        .into_any()
                } else {
                    view! { <Notice kind=NoticeKind::Success><p>{more::stop_done(lang)}</p></Notice> }.into_any()
                }
            }}
            <p>
                <a class="link" href="/account/security">{more::contact_back(lang)}</a>
            </p>
        </Gate>
    }
}
