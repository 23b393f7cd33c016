use super::{
    parts::{Gate, asked},
    rpc::{SecondStep, SignIn},
};
use crate::parts::{error_of, wrong};
use leptos::prelude::*;
use model::{query, words::door as words};
use ui::{Button, Checkbox, Field, Input, Notice, NoticeKind};

#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = ui::lang();
    let action = ServerAction::<SignIn>::new();
    let (next, reset) = (asked("next"), asked("reset"));
    view! {
        <Gate title=words::sign_in(lang) error=error_of(action)>
            {move || {
                (!reset.get().is_empty())
                    .then(|| {
                        view! { <Notice kind=NoticeKind::Success><p>{words::reset_done(lang)}</p></Notice> }
                    })
            }}
            <ActionForm action=action>
                <div class="form">
                    <input r#type="hidden" name="next" value=move || next.get() />
                    <Field name="contact" label=words::contact(lang) autocomplete="username" />
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
    let (next, remember) = (asked("next"), asked("remember"));
    let error = error_of(action);
    let again = move || query::href("/sign-in", [("next", next.get().as_str())]);
    view! {
        <Gate title=words::second_step(lang) error=error>
            <p>{words::second_step_text(lang)}</p>
            <ActionForm action=action>
                <div class="form">
                    <input r#type="hidden" name="next" value=move || next.get() />
                    <input
                        r#type="hidden"
                        name="remember"
                        value=move || if remember.get().is_empty() { "false" } else { "true" }
                    />
                    <Field
                        name="code"
                        label=words::code(lang)
                        kind=Input::Code
                        autocomplete="one-time-code"
                        error=wrong(error, "code")
                        optional=true
                    />
                    <Field name="recovery" label=words::recovery(lang) autocomplete="off" optional=true />
                    <div class="form-acts">
                        <Button busy=action.pending()>{words::sign_in(lang)}</Button>
                        <a class="link" href=again>{model::words::account::back(lang)}</a>
                    </div>
                </div>
            </ActionForm>
        </Gate>
    }
}
