//! What stands around every page: header, footer, and the bar at the bottom of a phone. All of it is plain
//! links and forms, so that it works before the wasm arrives and without it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    Lang, Prefs, Theme,
    words::{legal, shell as words},
};
use storefront::search::SearchBox;
use ui::{Icon, Logo};

#[component]
pub fn Header() -> impl IntoView {
    let lang = ui::lang();
    view! {
        <header class="site-header">
            <div class="site-header-row">
                <a class="site-logo" href="/" aria-label="Pasar">
                    <Logo />
                </a>
                <a class="header-link only-wide" href="/categories">
                    <Icon name=Icon::Grid />
                    {words::categories(lang)}
                </a>
                <SearchBox />
                <div class="site-header-tools">
                    <storefront::cart::CartLink />
                    <a class="header-link" href="/account">
                        <Icon name=Icon::User />
                        <span class="sr-only">{model::words::account::title(lang)}</span>
                    </a>
                    <Preferences />
                </div>
            </div>
        </header>
    }
}

/// Language and appearance, as forms that come back to this page.
#[component]
fn Preferences() -> impl IntoView {
    let Prefs { lang, theme } = use_context::<Prefs>().unwrap_or_default();
    view! {
        <details class="menu" name="header-menu">
            <summary>
                <span class="sr-only">{words::preferences(lang)}</span>
                <Icon name=Icon::Globe />
                <span class="only-wide" aria-hidden="true">{lang.tag().to_ascii_uppercase()}</span>
            </summary>
            <div class="menu-panel">
                <PreferenceForm
                    title=words::language(lang)
                    field="lang"
                    choices=Lang::ALL.map(|l| (l.tag(), l.name(), l == lang)).to_vec()
                />
                <PreferenceForm
                    title=words::theme(lang)
                    field="theme"
                    choices=Theme::ALL.map(|t| (t.tag(), theme_name(lang, t), t == theme)).to_vec()
                />
            </div>
        </details>
    }
}

/// `choices`: value, words, and whether it is the present one.
#[component]
fn PreferenceForm(
    title: &'static str,
    field: &'static str,
    choices: Vec<(&'static str, &'static str, bool)>,
) -> impl IntoView {
    let here = use_location();
    let next = move || format!("{}{}", here.pathname.get(), query_string(&here.search.get()));
    view! {
        <form class="menu-group" action="/preferences" method="post">
            <p class="menu-title">{title}</p>
            <input r#type="hidden" name="next" value=next />
            {choices
                .into_iter()
                .map(|(value, words, current)| {
                    view! {
                        <button class="menu-item" name=field value=value aria-pressed=current.to_string()>
                            {words}
                        </button>
                    }
                })
                .collect_view()}
        </form>
    }
}

fn query_string(search: &str) -> String {
    let search = search.trim_start_matches('?');
    if search.is_empty() { String::new() } else { format!("?{search}") }
}

const fn theme_name(lang: Lang, theme: Theme) -> &'static str {
    match theme {
        Theme::System => words::theme_system(lang),
        Theme::Light => words::theme_light(lang),
        Theme::Dark => words::theme_dark(lang),
    }
}

#[component]
pub fn Footer() -> impl IntoView {
    let lang = ui::lang();
    view! {
        <footer class="site-footer">
            <div class="site-footer-row">
                <div class="site-footer-about">
                    <Logo />
                    <p>{words::tagline(lang)}</p>
                </div>
                <nav class="site-footer-links" aria-label=legal::legal(lang)>
                    <p class="menu-title">{legal::legal(lang)}</p>
                    <a href="/terms">{legal::terms(lang)}</a>
                    <a href="/privacy">{legal::privacy(lang)}</a>
                </nav>
                <nav class="site-footer-links" aria-label=words::footer_developers(lang)>
                    <p class="menu-title">{words::footer_developers(lang)}</p>
                    <a href="/api/docs" rel="external">{words::footer_api(lang)}</a>
                    <a href="/design">{words::footer_design(lang)}</a>
                </nav>
            </div>
            <p class="site-footer-small">{words::footer_data(lang)}</p>
        </footer>
    }
}

/// The thumb's reach: shown on phones only.
#[component]
pub fn BottomBar() -> impl IntoView {
    let lang = ui::lang();
    let here = use_location();
    let links = [
        ("/", Icon::Home, words::home(lang)),
        ("/categories", Icon::Grid, words::categories(lang)),
        ("/search", Icon::Search, words::search(lang)),
    ];
    let tab = move |(href, icon, label): (&'static str, Icon, &'static str)| {
        let current = move || (here.pathname.get() == href).then_some("page");
        view! {
            <a class="bottom-bar-link" href=href aria-current=current>
                <Icon name=icon />
                <span>{label}</span>
            </a>
        }
    };
    view! {
        <nav class="bottom-bar" aria-label=words::menu(lang)>
            {links.into_iter().map(tab).collect_view()}
            <storefront::cart::CartTab />
            {tab(("/account", Icon::User, words::account(lang)))}
        </nav>
    }
}
