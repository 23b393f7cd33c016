use super::{
    parts::{Gate, asked},
    rpc::{SecondStep, SignIn, second_step_ways},
};
use crate::{
    parts::{Fetched, error_of, fetch, wrong},
    passkeys::{PasskeyButton, offer_beside, rpc::PasskeySignIn},
    provider::{
        ProviderForm,
        rpc::{Entrances, ways_in},
    },
    security::page::refused,
};
use leptos::prelude::*;
use model::{
    query,
    views::{PasskeyUse, Ways},
    words::{door as words, security as more},
};
use ui::{Button, ButtonKind, Checkbox, Field, Input, Notice, NoticeKind};

#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = ui::lang();
    let action = ServerAction::<SignIn>::new();
    let by_passkey = ServerAction::<PasskeySignIn>::new();
    let (next, reset) = (asked("next"), asked("reset"));
    let answered = Callback::new(move |answer: String| {
        by_passkey.dispatch(PasskeySignIn {
            answer,
            remember: false,
            link: false,
            next: next.get_untracked(),
        });
    });
    offer_beside(answered);
    let others = fetch(|| (), |()| ways_in());
    let told = asked("provider");
    let errors = [error_of(action), error_of(by_passkey)];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    view! {
        <Gate title=words::sign_in(lang) error=error>
            {move || {
                (!reset.get().is_empty())
                    .then(|| {
                        view! { <Notice kind=NoticeKind::Success><p>{words::reset_done(lang)}</p></Notice> }
                    })
            }}
            {move || (!told.get().is_empty()).then(|| refused(lang))}
            <ActionForm action=action>
                <div class="form">
                    <input r#type="hidden" name="next" value=move || next.get() />
                    <Field name="contact" label=words::contact(lang) autocomplete="username webauthn" />
                    <Field
                        name="password"
                        label=words::password(lang)
                        kind=Input::Password
                        autocomplete="current-password"
                    />
                    <Checkbox name="remember" label=words::remember(lang) value="true" />
                    <div class="form-acts">
                        <Button busy=action.pending()>{words::sign_in(lang)}</Button>
                        <a class="link" href="/forgot">{words::forgot(lang)}</a>
                    </div>
                </div>
            </ActionForm>
            <Fetched
                resource=others
                view=move |others: Entrances| {
                    view! {
                        {others
                            .passkeys
                            .then(|| {
                                view! {
                                    <PasskeyButton
                                        purpose=PasskeyUse::SignIn
                                        label=more::passkey_sign_in(lang)
                                        kind=ButtonKind::Secondary
                                        busy=by_passkey.pending()
                                        answered=answered
                                    />
                                }
                            })}
                        {others
                            .provider
                            .map(|label| {
                                let text = more::provider_sign_in(lang, label);
                                view! { <ProviderForm what="sign_in" text=text next=next /> }
                            })}
                    }
                        .into_any()
                }
            />
            <p>
                {words::no_account(lang)} " "
                <a class="link" href="/register">{words::register(lang)}</a>
            </p>
        </Gate>
    }
}

#[component]
pub fn SecondStepPage() -> impl IntoView {
    let lang = ui::lang();
    let action = ServerAction::<SecondStep>::new();
    let page = fetch(|| (), |()| second_step_ways());
    view! {
        <Gate title=words::second_step(lang) error=error_of(action)>
            <p>{words::second_step_text(lang)}</p>
            <Fetched
                resource=page
                view=move |ways: Ways| view! { <SecondForm action=action ways=ways /> }.into_any()
            />
        </Gate>
    }
}

#[component]
fn SecondForm(action: ServerAction<SecondStep>, ways: Ways) -> impl IntoView {
    let lang = ui::lang();
    let (next, remember, link) = (asked("next"), asked("remember"), asked("link"));
    let error = error_of(action);
    let again = move || query::href("/sign-in", [("next", next.get().as_str())]);
    let answered = move |answer: String| {
        action.dispatch(SecondStep {
            code: String::new(),
            recovery: String::new(),
            passkey: answer,
            remember: !remember.get_untracked().is_empty(),
            link: !link.get_untracked().is_empty(),
            next: next.get_untracked(),
        });
    };
    view! {
        {ways
            .passkey
            .then(|| {
                view! {
                    <PasskeyButton
                        purpose=PasskeyUse::SecondStep
                        label=more::passkey_use(lang)
                        busy=action.pending()
                        answered=Callback::new(answered)
                    />
                }
            })}
        <ActionForm action=action>
            <div class="form">
                <input r#type="hidden" name="next" value=move || next.get() />
                <input
                    r#type="hidden"
                    name="remember"
                    value=move || if remember.get().is_empty() { "false" } else { "true" }
                />
                <input
                    r#type="hidden"
                    name="link"
                    value=move || if link.get().is_empty() { "false" } else { "true" }
                />
                {ways
                    .app
                    .then(|| {
                        view! {
                            <Field
                                name="code"
                                label=words::code(lang)
                                kind=Input::Code
                                autocomplete="one-time-code"
                                error=wrong(error, "code")
                                optional=true
                            />
                        }
                    })}
                <Field
                    name="recovery"
                    label=if ways.app { words::recovery(lang) } else { words::recovery_alone(lang) }
                    autocomplete="off"
                    optional=true
                />
                <div class="form-acts">
                    <Button
                        kind=if ways.passkey { ButtonKind::Secondary } else { ButtonKind::Primary }
                        busy=action.pending()
                    >
                        {words::sign_in(lang)}
                    </Button>
                    <a class="link" href=again>{model::words::account::back(lang)}</a>
                </div>
            </div>
        </ActionForm>
    }
}
