//! The end of the account, and thinking again.

use super::rpc::{CloseAccount, KeepAccount};
use crate::parts::{Refusal, error_of};
use leptos::prelude::*;
use model::{person::GRACE_DAYS, words::account as words};
use ui::{Button, ButtonKind, Card, Checkbox, Notice, NoticeKind, SectionHead, format};

#[component]
pub fn Closing(
    erased_at: Option<i64>,
    close: ServerAction<CloseAccount>,
    keep: ServerAction<KeepAccount>,
) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <section aria-labelledby="closing">
            <Card>
                <SectionHead id="closing" title=words::closing(lang) about=words::closing_text(lang, GRACE_DAYS) />
                {match erased_at {
                    Some(at) => view! { <Due at=at keep=keep /> }.into_any(),
                    None => view! { <Ask close=close /> }.into_any(),
                }}
            </Card>
        </section>
    }
}

#[component]
fn Due(at: i64, keep: ServerAction<KeepAccount>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <div class="form">
            <Notice kind=NoticeKind::Warning>
                <p>{words::closing_due(lang, format::date_time(lang, at))}</p>
            </Notice>
            <ActionForm action=keep>
                <Button busy=keep.pending()>{words::closing_cancel(lang)}</Button>
            </ActionForm>
        </div>
    }
}

#[component]
fn Ask(close: ServerAction<CloseAccount>) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(close);
    let unsure = move || error.get().is_some_and(|error| error.of("sure").is_some());
    let owner = move || error.get().is_some_and(|error| error.of("shops").is_some());
    let other = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    view! {
        <ActionForm action=close>
            <div class="form">
                <Refusal error=other stale=words::closing_suspended />
                <Checkbox name="sure" value="true" label=words::closing_sure(lang) />
                {move || unsure().then(|| view! { <p class="field-error" role="alert">{words::closing_unsure(lang)}</p> })}
                {move || {
                    owner()
                        .then(|| {
                            view! {
                                <Notice kind=NoticeKind::Error>
                                    <p>
                                        {words::closing_owner(lang)} " "
                                        <a class="link" href="/seller">{model::words::seller::my_shops(lang)}</a>
                                    </p>
                                </Notice>
                            }
                        })
                }}
                <div class="form-acts">
                    <Button kind=ButtonKind::Danger busy=close.pending()>{words::closing_ask(lang)}</Button>
                </div>
            </div>
        </ActionForm>
    }
}
