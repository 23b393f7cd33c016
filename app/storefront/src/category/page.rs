use super::rpc::goods;
use crate::{
    head::{self, Head, absolute},
    parts::{Fetched, SkeletonCards, fetch},
    search::Results,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    views::{CategoryLink, SearchPage, SearchParams},
    words::{shell, storefront as words},
};
use ui::{Breadcrumbs, Crumb};

#[component]
pub fn CategoryPage() -> impl IntoView {
    let query = use_query_map();
    let route = use_params_map();
    let params = Memo::new(move |_| {
        let mut params = SearchParams::from_pairs(query.get());
        params.category = route.with(|r| r.get("category")).and_then(|slug| slug.parse().ok());
        params
    });
    let found = fetch(move || params.get(), goods);
    view! {
        <Fetched
            resource=found
            skeleton=|| view! { <SkeletonCards count=12 /> }.into_any()
            view=move |found: SearchPage| show(found, params.get_untracked())
        />
    }
}

fn show(found: SearchPage, params: SearchParams) -> AnyView {
    let lang = ui::lang();
    let Some(here) = found.path.last().cloned() else { return ().into_any() };
    let path = format!("/c/{}", here.slug);
    // The category is in the path; in the query string it would be said twice.
    let within = SearchParams { category: None, ..params };
    let plain = within.filters().is_empty() && within.after.is_none();
    let description = format!("{} — {}", here.name, words::found(lang, lang.number(found.total)));
    let told = head::tell(|| breadcrumb_facts(&found.path));
    view! {
        <Head title=here.name.clone() description=description path=path.clone() unlisted=!plain />
        {told}
        <Breadcrumbs way=crumbs(&found.path[..found.path.len() - 1]) here=here.name.clone() />
        <Results title=here.name found=found params=within path=path />
    }
    .into_any()
}

/// Home, then the way down.
pub fn crumbs(path: &[CategoryLink]) -> Vec<Crumb> {
    let home = Crumb::new(shell::home(ui::lang()), "/");
    std::iter::once(home)
        .chain(path.iter().map(|c| Crumb::new(c.name.clone(), format!("/c/{}", c.slug))))
        .collect()
}

pub fn breadcrumb_facts(path: &[CategoryLink]) -> String {
    let items: Vec<_> = path
        .iter()
        .enumerate()
        .map(|(i, c)| {
            serde_json::json!({
                "@type": "ListItem", "position": i + 1, "name": c.name, "item": absolute(&format!("/c/{}", c.slug)),
            })
        })
        .collect();
    serde_json::json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
        .to_string()
}
