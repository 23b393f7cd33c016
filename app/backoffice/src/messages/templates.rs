//! Every message in both languages, side by side.

use super::{
    parts::{Frame, PATH},
    rpc::templates,
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::{LazyRoute, lazy_route};
use model::{
    AppError,
    views::message::{TemplateRow, TemplateWords},
    words::{messages as words, shell},
};
use ui::{Breadcrumbs, Crumb, ErrorState};

#[derive(Debug)]
pub struct TemplatesDesk {
    found: Resource<Result<Vec<TemplateRow>, AppError>>,
}

#[lazy_route]
impl LazyRoute for TemplatesDesk {
    fn data() -> Self {
        Self { found: Resource::new_blocking(|| (), |()| templates()) }
    }

    fn view(page: Self) -> AnyView {
        let TemplatesDesk { found } = page;
        view! {
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok(found) => desk(found),
                        Err(error) => view! { <ErrorState error=error page=true /> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

fn desk(found: Vec<TemplateRow>) -> AnyView {
    let lang = ui::lang();
    let way = vec![Crumb::new(shell::home(lang), "/"), Crumb::new(words::title(lang), PATH)];
    view! {
        <Title text=words::templates(lang) />
        <Meta name="robots" content="noindex" />
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
