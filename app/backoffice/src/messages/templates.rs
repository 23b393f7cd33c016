//! Every message in both languages, side by side.

use super::{
    parts::{Frame, PATH},
    rpc::templates,
};
use crate::frame::{Desk, Frame as Office};
use leptos::prelude::*;
use model::{
    views::message::{TemplateRow, TemplateWords},
    words::{messages as words, shell},
};
use ui::{Breadcrumbs, Crumb, Fetched, Title, fetch};

#[component]
pub fn TemplatesDesk() -> impl IntoView {
    let found = fetch(|| (), |()| templates());
    view! { <Office here=Desk::Messages><Fetched resource=found view=desk /></Office> }
}

fn desk(found: Vec<TemplateRow>) -> AnyView {
    let lang = ui::lang();
    let way = vec![Crumb::new(shell::home(lang), "/"), Crumb::new(words::title(lang), PATH)];
    view! {
        <Title text=words::templates(lang) unlisted=true />
        <Breadcrumbs way=way here=words::templates(lang) />
        <h1 class="text-2xl font-extrabold">{words::templates(lang)}</h1>
        <p class="mb-6 text-ink-soft">{words::templates_about(lang)}</p>
        {found.into_iter().map(|template| view! { <Template template=template /> }).collect_view()}
    }
    .into_any()
}

#[component]
fn Template(template: TemplateRow) -> impl IntoView {
    let kind = template.kind;
    let shown =
        template.words.into_iter().map(|words| view! { <InOneLanguage kind=kind.clone() said=words /> });
    view! {
        <section class="mt-10" id=kind.clone() aria-labelledby=format!("{kind}-title")>
            <h2 class="mb-3 text-xl" id=format!("{kind}-title")>{kind.clone()}</h2>
            <div class="grid gap-6 lg:grid-cols-2">{shown.collect_view()}</div>
        </section>
    }
}

#[component]
fn InOneLanguage(kind: String, said: TemplateWords) -> impl IntoView {
    let lang = ui::lang();
    let title = format!("{} ({})", said.subject, said.lang.name());
    view! {
        <div class="min-w-0" lang=said.lang.tag()>
            <p class="text-xs text-ink-soft">{said.lang.name()}</p>
            <h3 class="mb-2 font-semibold">{said.subject}</h3>
            <Frame src=format!("{PATH}/templates/{kind}/{}", said.lang.tag()) title=title />
            <details class="mt-2">
                <summary class="link inline-flex min-h-11 items-center" lang=lang.tag()>
                    {words::text(lang)} ", " {words::sms(lang)}
                </summary>
                <pre class="mail-text" tabindex="0">{said.text}</pre>
                <pre class="mail-text" tabindex="0">{said.sms}</pre>
            </details>
        </div>
    }
}
