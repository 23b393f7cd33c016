//! Proving again who one is.

use super::rpc::Prove;
use crate::{
    parts::{Refusal, error_of},
    passkeys::PasskeyButton,
    provider::ProviderForm,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    views::{PasskeyUse, Ways},
    words::{door as words, security as more},
};
use ui::{Button, ButtonKind, Card, Field, Input};

/// Asks for the password, a code or a passkey once more. Without `next` people stay where they are.
#[component]
pub(crate) fn ProveAgain(
    prove: ServerAction<Prove>,
    ways: Ways,
    #[prop(optional, into)] next: Signal<String>,
) -> impl IntoView {
    let lang = ui::lang();
    let typed = ways.password || ways.app;
    let by_passkey = move |answer: String| {
        let next = next.get_untracked();
        prove.dispatch(Prove { password: String::new(), code: String::new(), passkey: answer, next });
    };
    let here = use_location();
    let back = Signal::derive(move || match next.get() {
        next if next.is_empty() => here.pathname.get(),
        next => next,
    });
    view! {
        <Card>
            <h2 class="section-title">{words::prove(lang)}</h2>
            <p>{words::prove_text(lang)}</p>
            <Refusal error=error_of(prove) />
            {typed
                .then(|| {
                    view! {
                        <ActionForm action=prove>
                            <div class="form">
                                <input r#type="hidden" name="next" value=move || next.get() />
                                {ways
                                    .password
                                    .then(|| {
                                        view! {
                                            <Field
                                                name="password"
                                                label=words::password(lang)
                                                kind=Input::Password
                                                autocomplete="current-password"
                                                optional=ways.app
                                            />
                                        }
                                    })}
                                {ways
                                    .app
                                    .then(|| {
                                        view! {
                                            <Field
                                                name="code"
                                                label=words::prove_code(lang)
                                                kind=Input::Code
                                                autocomplete="one-time-code"
                                                optional=ways.password
                                            />
                                        }
                                    })}
                                <div class="form-acts">
                                    <Button busy=prove.pending()>{words::confirm(lang)}</Button>
                                </div>
                            </div>
                        </ActionForm>
                    }
                })}
            {ways
                .passkey
                .then(|| {
                    view! {
                        <PasskeyButton
                            purpose=PasskeyUse::StepUp
                            label=more::passkey_use(lang)
                            kind=if typed { ButtonKind::Secondary } else { ButtonKind::Primary }
                            busy=prove.pending()
                            answered=Callback::new(by_passkey)
                        />
                    }
                })}
            {ways
                .provider
                .then(|| view! { <ProviderForm what="step_up" text=more::provider_again(lang).to_owned() next=back /> })}
        </Card>
    }
}
