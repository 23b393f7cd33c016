use super::{
    parts::{Gate, asked},
    rpc::{Forgot, Reset},
};
use crate::parts::{error_of, wrong};
use leptos::prelude::*;
use model::words::door as words;
use ui::{Button, Field, Input, Notice, NoticeKind};

#[component]
pub fn ForgotPage() -> impl IntoView {
    let lang = ui::lang();
    let action = ServerAction::<Forgot>::new();
    let error = error_of(action);
    let sent = asked("sent");
    view! {
        <Gate title=words::forgot_title(lang) error=error>
            {move || {
                (!sent.get().is_empty())
                    .then(|| {
                        view! { <Notice kind=NoticeKind::Success><p>{words::forgot_sent(lang)}</p></Notice> }
                    })
            }}
            <p>{words::forgot_text(lang)}</p>
            <ActionForm action=action>
                <div class="form">
                    <Field
                        name="contact"
                        label=words::contact(lang)
                        autocomplete="username"
                        error=wrong(error, "contact")
                    />
                    <div class="form-acts">
                        <Button busy=action.pending()>{words::forgot_send(lang)}</Button>
                        <a class="link" href="/sign-in">{words::sign_in(lang)}</a>
                    </div>
                </div>
            </ActionForm>
        </Gate>
    }
}

#[component]
pub fn ResetPage() -> impl IntoView {
    let lang = ui::lang();
    let action = ServerAction::<Reset>::new();
    let error = error_of(action);
    let token = asked("token");
    view! {
        <Gate title=words::forgot_title(lang) error=error>
            <ActionForm action=action>
                <div class="form">
                    <input r#type="hidden" name="token" value=move || token.get() />
                    <Field
                        name="password"
                        label=words::password_new(lang)
                        kind=Input::Password
                        hint=words::password_hint(lang)
                        autocomplete="new-password"
                        error=wrong(error, "password")
                    />
                    <div class="form-acts">
                        <Button busy=action.pending()>{words::reset_save(lang)}</Button>
                        <a class="link" href="/forgot">{words::forgot(lang)}</a>
                    </div>
                </div>
            </ActionForm>
        </Gate>
    }
}
