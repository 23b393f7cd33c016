//! `/design`: every component in every state, in light and in dark, for those who build with them and for the
//! tests that look at them. What it shows is made up; the words of the components are real.

mod data;
mod forms;
mod foundations;
mod shop;
mod words;

use crate::head::Head;
use leptos::prelude::*;
use model::words::shell;
use ui::lang;

/// One of the two panes; ids and names within it end in its suffix, so that they stay unique on the page.
#[derive(Clone, Copy)]
struct Pane {
    theme: &'static str,
    suffix: &'static str,
}

impl Pane {
    const BOTH: [Self; 2] = [Self { theme: "light", suffix: "l" }, Self { theme: "dark", suffix: "d" }];

    fn id(self, name: &str) -> String {
        format!("{name}-{}", self.suffix)
    }
}

/// Anchor, headline and what is shown.
type Section = (&'static str, fn(model::Lang) -> &'static str, fn(Pane) -> AnyView);

const SECTIONS: &[Section] = &[
    ("colours", words::colours, foundations::colours),
    ("type", words::type_scale, foundations::type_scale),
    ("brand", words::brand, foundations::brand),
    ("icons", words::icons, foundations::icons),
    ("buttons", words::buttons, forms::buttons),
    ("fields", words::fields, forms::fields),
    ("choices", words::choices, forms::choices),
    ("commerce", words::commerce, shop::commerce),
    ("marks", words::marks, shop::marks),
    ("pictures", words::pictures, shop::pictures),
    ("navigation", words::navigation, shop::navigation),
    ("steps", words::steps, shop::steps),
    ("surfaces", words::surfaces, shop::surfaces),
    ("tables", words::tables, data::tables),
    ("charts", words::charts, data::charts),
    ("notices", words::notices, data::notices),
    ("dialogs", words::dialogs, data::dialogs),
    ("loading", words::loading, data::loading),
    ("empty", words::empty, data::empty),
    ("languages", words::languages, data::languages),
];

#[component]
pub fn DesignPage() -> impl IntoView {
    let lang = lang();
    view! {
        <Head title=words::title(lang) description=words::about(lang) path="/design" unlisted=true/>
        <div>
            <h1 class="text-3xl font-extrabold">{words::title(lang)}</h1>
            <p class="mt-2 text-lg text-ink-soft">{words::about(lang)}</p>
            <nav class="mt-6 flex flex-wrap gap-x-4" aria-label=words::contents(lang)>
                {SECTIONS.iter().map(|(anchor, title, _)| view! {
                    <a class="link inline-flex min-h-11 items-center" href=format!("#{anchor}")>{title(lang)}</a>
                }).collect_view()}
            </nav>
            {SECTIONS.iter().map(|(anchor, title, specimen)| view! {
                <section class="mt-12" id=*anchor aria-labelledby=format!("{anchor}-title")>
                    <h2 class="mb-4 text-2xl" id=format!("{anchor}-title")>{title(lang)}</h2>
                    <div class="grid gap-4 lg:grid-cols-2">
                        {Pane::BOTH.map(|pane| view! {
                            <div class="min-w-0 rounded-lg border border-line bg-page p-4 sm:p-6" data-theme=pane.theme>
                                <p class="mb-4 text-xs font-semibold text-ink-soft">
                                    {if pane.theme == "dark" { shell::theme_dark(lang) } else { shell::theme_light(lang) }}
                                </p>
                                {specimen(pane)}
                            </div>
                        })}
                    </div>
                </section>
            }).collect_view()}
        </div>
    }
}
