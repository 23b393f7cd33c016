use super::rpc::{Guest, OpenWithProvider, provider_guest};
use crate::{
    door::{parts::Gate, rpc::SignIn},
    parts::{Fetched, error_of, fetch},
    passkeys::{PasskeyButton, rpc::PasskeySignIn},
};
use leptos::prelude::*;
use model::{
    views::PasskeyUse,
    words::{door as words, security as more},
};
use ui::{Button, ButtonKind, Field, Input};

type Who = Option<Guest>;

/// Everything that can be done here.
#[derive(Clone, Copy)]
struct Acts {
    sign_in: ServerAction<SignIn>,
    by_passkey: ServerAction<PasskeySignIn>,
    open: ServerAction<OpenWithProvider>,
}

/// Where those who come back from the provider say whose they are.
#[component]
pub fn LinkPage() -> impl IntoView {
    let lang = ui::lang();
    let acts =
        Acts { sign_in: ServerAction::new(), by_passkey: ServerAction::new(), open: ServerAction::new() };
    let page = fetch(|| (), |()| provider_guest());
    let errors = [error_of(acts.sign_in), error_of(acts.by_passkey), error_of(acts.open)];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    view! {
        <Gate title=more::provider_whose(lang) error=error>
            <Fetched
                resource=page
                view=move |who: Who| match who {
                    Some(guest) => view! { <Whose guest=guest acts=acts /> }.into_any(),
                    None => {
                        view! {
                            <p>{more::provider_gone(lang)}</p>
                            <div class="form-acts">
                                <Button href="/sign-in">{words::sign_in(lang)}</Button>
                            </div>
                        }
                            .into_any()
                    }
                }
            />
        </Gate>
    }
}

#[component]
fn Whose(guest: Guest, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let answered = move |answer: String| {
        acts.by_passkey.dispatch(PasskeySignIn { answer, remember: false, link: true, next: String::new() });
    };
    view! {
        <p>{more::provider_guest(lang, &guest.shown, &guest.label)}</p>
        <h2 class="section-title">{words::have_account(lang)}</h2>
        <p>{more::provider_prove(lang)}</p>
        <ActionForm action=acts.sign_in>
            <div class="form">
                <input r#type="hidden" name="link" value="true" />
                <Field name="contact" label=words::contact(lang) autocomplete="username" />
                <Field
                    name="password"
                    label=words::password(lang)
                    kind=Input::Password
                    autocomplete="current-password"
                />
                <div class="form-acts">
                    <Button busy=acts.sign_in.pending()>{more::provider_sign_in_and_link(lang)}</Button>
                </div>
            </div>
        </ActionForm>
        <PasskeyButton
            purpose=PasskeyUse::SignIn
            label=more::passkey_sign_in(lang)
            kind=ButtonKind::Secondary
            busy=acts.by_passkey.pending()
            answered=Callback::new(answered)
        />
        <h2 class="section-title">{words::no_account(lang)}</h2>
        {match guest.email {
            Some(email) => {
                view! {
                    <p>{words::terms(lang)}</p>
                    <ActionForm action=acts.open>
                        <Button kind=ButtonKind::Secondary busy=acts.open.pending()>
                            {more::provider_open(lang, email)}
                        </Button>
                    </ActionForm>
                }
                    .into_any()
            }
            None => {
                view! {
                    <p>{more::provider_register(lang)}</p>
                    <div class="form-acts">
                        <Button kind=ButtonKind::Secondary href="/register">{words::register(lang)}</Button>
                    </div>
                }
                    .into_any()
            }
        }}
    }
}
