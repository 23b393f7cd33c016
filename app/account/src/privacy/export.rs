//! The copy of everything, and how far it is.

use super::rpc::AskForCopy;
use leptos::prelude::*;
use model::{
    person::{Export, ExportState},
    words::account as words,
};
use std::time::Duration;
use ui::{Button, ButtonKind, Card, Icon, Notice, NoticeKind, ProgressBar, SectionHead, format};

/// How often an awake page looks how far it is.
const EVERY: Duration = Duration::from_millis(1_500);

#[component]
pub fn DataCopy(
    export: Option<Export>,
    ask: ServerAction<AskForCopy>,
    looked: RwSignal<u32>,
) -> impl IntoView {
    let lang = ui::lang();
    let under_way = export.as_ref().is_some_and(|export| export.state.is_under_way());
    if under_way {
        Effect::new(move || set_timeout(move || _ = looked.try_update(|n| *n += 1), EVERY));
    }
    let again = export.is_some();
    view! {
        <section aria-labelledby="copy">
            <Card>
                <SectionHead id="copy" title=words::export(lang) about=words::export_text(lang) />
                <div class="form" aria-live="polite">
                    {export.map(|export| view! { <State export=export /> })}
                    {(!under_way)
                        .then(|| {
                            view! {
                                <ActionForm action=ask>
                                    <Button kind=ButtonKind::Secondary icon=Icon::Copy busy=ask.pending()>
                                        {if again { words::export_ask_again(lang) } else { words::export_ask(lang) }}
                                    </Button>
                                </ActionForm>
                            }
                        })}
                </div>
            </Card>
        </section>
    }
}

#[component]
fn State(export: Export) -> impl IntoView {
    let lang = ui::lang();
    match export.state {
        ExportState::Waiting | ExportState::Running => {
            let percent = u8::try_from(export.done * 100 / export.total.max(1)).unwrap_or(100);
            view! {
                <ProgressBar percent=percent label=words::export_progress(lang, export.done, export.total) />
                <p>{words::export_wait(lang)}</p>
                <p><a class="link" href="/account/privacy">{words::export_refresh(lang)}</a></p>
            }
            .into_any()
        }
        ExportState::Ready => {
            let until = export.expires_at.map(|at| format::date_time(lang, at)).unwrap_or_default();
            let size = format::bytes(lang, export.bytes.unwrap_or_default());
            let href = format!("/account/privacy/export/{}", export.id);
            view! {
                <p>{words::export_ready(lang, until)}</p>
                <p>
                    <a class="btn btn-md btn-primary" href=href rel="external" download="pasar.zip">
                        <Icon name=Icon::Download />
                        {words::export_fetch(lang, size)}
                    </a>
                </p>
            }
            .into_any()
        }
        ExportState::Failed => {
            view! { <Notice kind=NoticeKind::Error><p>{words::export_failed(lang)}</p></Notice> }.into_any()
        }
        ExportState::Expired => view! { <p>{words::export_expired(lang)}</p> }.into_any(),
    }
}
