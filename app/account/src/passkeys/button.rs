//! Asking for a passkey.

use super::{
    browser::{self, Trouble},
    rpc::passkey_question,
};
use crate::parts::Refusal;
use leptos::{prelude::*, task::spawn_local};
use model::{AppError, views::PasskeyUse, words::security as words};
use std::time::Duration;
use ui::{Button, ButtonKind, Icon, Notice, NoticeKind};

/// Asks for a passkey when it is pressed, and hands its answer on. Not shown where scripts do not run.
#[component]
pub(crate) fn PasskeyButton(
    purpose: PasskeyUse,
    label: &'static str,
    #[prop(optional)] kind: ButtonKind,
    /// While the answer is on its way.
    #[prop(into)]
    busy: Signal<bool>,
    answered: Callback<String>,
) -> impl IntoView {
    let lang = ui::lang();
    let (asking, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let refused = RwSignal::new(None::<AppError>);
    let press = move |_| {
        if asking.get_untracked() || busy.get_untracked() {
            return;
        }
        asking.set(true);
        trouble.set(None);
        refused.set(None);
        spawn_local(async move {
            let answer = ask(purpose).await;
            // The page may have been left meanwhile.
            asking.try_set(false);
            match answer {
                Ok(Ok(answer)) => answered.run(answer),
                Ok(Err(why)) => {
                    trouble.try_set(Some(why));
                }
                Err(error) => {
                    refused.try_set(Some(error));
                }
            }
        });
    };
    let told = move || {
        let text = match trouble.get()? {
            Trouble::Declined => words::passkey_declined(lang),
            Trouble::Known => words::passkey_known(lang),
            Trouble::Unable => words::passkey_unable(lang),
            Trouble::Replaced => return None,
        };
        Some(view! { <Notice kind=NoticeKind::Warning><p>{text}</p></Notice> })
    };
    view! {
        <div class="form scripted">
            {told}
            <Refusal error=refused.into() />
            <div class="form-acts">
                <Button
                    kind=kind
                    icon=Icon::Key
                    plain=true
                    busy=Signal::derive(move || asking.get() || busy.get())
                    on:click=press
                >
                    {label}
                </Button>
            </div>
        </div>
    }
}

async fn ask(purpose: PasskeyUse) -> Result<Result<String, Trouble>, AppError> {
    if !browser::able() {
        return Ok(Err(Trouble::Unable));
    }
    browser::stop_waiting();
    let options = passkey_question(purpose).await?;
    Ok(match purpose {
        PasskeyUse::Add => browser::make(&options).await,
        _ => browser::sign(&options, false).await,
    })
}

/// A little sooner than a question is forgotten.
const ASKED_AGAIN: Duration = Duration::from_secs(270);

/// Has the browser offer passkeys beside the field for the address, where it can, for as long as the page is open.
pub(crate) fn offer_beside(answered: Callback<String>) {
    Effect::new(move || {
        if !browser::able() {
            return;
        }
        let wait = move || spawn_local(wait_beside(answered));
        wait();
        if let Ok(again) = set_interval_with_handle(wait, ASKED_AGAIN) {
            on_cleanup(move || again.clear());
        }
    });
    on_cleanup(browser::stop_waiting);
}

async fn wait_beside(answered: Callback<String>) {
    if !browser::offers_beside().await {
        return;
    }
    let Ok(options) = passkey_question(PasskeyUse::SignIn).await else { return };
    if let Ok(answer) = browser::sign(&options, true).await {
        // The page may have been left meanwhile.
        answered.try_run(answer);
    }
}
