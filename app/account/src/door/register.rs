use super::{
    parts::{Gate, asked},
    rpc::{Register, Verify, registered_here},
};
use crate::parts::{Fetched, error_of, fetch, wrong};
use leptos::prelude::*;
use model::words::{door as words, legal};
use ui::{Button, Field, Input};

#[component]
pub fn RegisterPage() -> impl IntoView {
    let lang = ui::lang();
    let action = ServerAction::<Register>::new();
    let error = error_of(action);
    view! {
        <Gate title=words::register(lang) error=error>
            <ActionForm action=action>
                <div class="form">
                    <Field
                        name="contact"
                        label=words::contact(lang)
                        hint=words::contact_hint(lang)
                        autocomplete="username"
                        error=wrong(error, "contact")
                    />
                    <Field
                        name="password"
                        label=words::password(lang)
                        kind=Input::Password
                        hint=words::password_hint(lang)
                        autocomplete="new-password"
                        error=wrong(error, "password")
                    />
                    <p class="field-hint">
                        {words::terms(lang)} " " <a class="link" href="/terms">{legal::see_terms(lang)}</a> " · "
                        <a class="link" href="/privacy">{legal::see_privacy(lang)}</a>
                    </p>
                    <div class="form-acts">
                        <Button busy=action.pending()>{words::register(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
            <p>
                {words::have_account(lang)} " "
                <a class="link" href="/sign-in">{words::sign_in(lang)}</a>
            </p>
        </Gate>
    }
}

/// Where the code is typed, and where the link of the mail leads: opening it changes nothing, its button does.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let lang = ui::lang();
    let action = ServerAction::<Verify>::new();
    let error = error_of(action);
    let token = asked("token");
    let here = fetch(|| (), |()| registered_here());
    view! {
        <Gate title=words::verify(lang) error=error>
            <Fetched
                resource=here
                view=move |here: bool| {
                    let by_link = !token.get_untracked().is_empty();
                    view! {
                        <p>{if by_link { words::verify_link_text(lang) } else { words::verify_text(lang) }}</p>
                        {(by_link && !here).then(|| view! { <p>{words::verify_elsewhere(lang)}</p> })}
                        <ActionForm action=action>
                            <div class="form">
                                {by_link
                                    .then(|| {
                                        view! { <input r#type="hidden" name="token" value=token.get_untracked() /> }
                                    })}
                                {(!by_link)
                                    .then(|| {
                                        view! {
                                            <Field
                                                name="code"
                                                label=words::code(lang)
                                                kind=Input::Code
                                                autocomplete="one-time-code"
                                            />
                                        }
                                    })}
                                {(by_link && !here)
                                    .then(|| {
                                        view! {
                                            <Field
                                                name="password"
                                                label=words::password(lang)
                                                kind=Input::Password
                                                autocomplete="current-password"
                                                error=wrong(error, "password")
                                            />
                                        }
                                    })}
                                <div class="form-acts">
                                    <Button busy=action.pending()>{words::confirm(lang)}</Button>
                                    <a class="link" href="/register">{words::register(lang)}</a>
                                </div>
                            </div>
                        </ActionForm>
                        <p class="field-hint">{words::verify_again(lang)}</p>
                    }
                        .into_any()
                }
            />
        </Gate>
    }
}
