use super::{
    explain::ExplainTab,
    log::LogTab,
    rpc::{Asked, Shown, show},
    synonyms::{Changes, SynonymsTab},
};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{views::SearchParams, words::backoffice as words};
use ui::{Fetched, Tab, Tabs, Title, fetch};

pub const PATH: &str = "/backoffice/search";

/// The address says which tab: `tab=explain` with a search's own parameters and `product`, `tab=synonyms`, else the log.
#[component]
pub fn SearchDesk() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.get();
        match query.get_str("tab") {
            Some("explain") => {
                let product = query.get("product").filter(|slug| !slug.is_empty());
                Asked::Explain(Box::new(SearchParams::from_pairs(query)), product)
            }
            Some("synonyms") => Asked::Synonyms,
            _ => Asked::Log,
        }
    });
    let changes = Changes::new();
    let shown = fetch(move || (asked.get(), changes.count()), |(asked, _)| show(asked));
    view! { <Frame here=Desk::Search><Fetched resource=shown view={move |shown| desk(asked.get_untracked(), changes, shown)} /></Frame> }
}

fn desk(asked: Asked, changes: Changes, shown: Shown) -> AnyView {
    let lang = ui::lang();
    let tabs = vec![
        Tab::new(words::tab_log(lang), PATH),
        Tab::new(words::tab_explain(lang), format!("{PATH}?tab=explain")),
        Tab::new(words::tab_synonyms(lang), format!("{PATH}?tab=synonyms")),
    ];
    let here = match asked {
        Asked::Log => 0,
        Asked::Explain(..) => 1,
        Asked::Synonyms => 2,
    };
    let tab = match (asked, shown) {
        (Asked::Explain(params, product), Shown::Explained(explained)) => {
            view! { <ExplainTab params=*params product=product explained=Some(*explained) /> }.into_any()
        }
        (Asked::Explain(params, product), _) => {
            view! { <ExplainTab params=*params product=product explained=None /> }.into_any()
        }
        (_, Shown::Synonyms(synonyms)) => {
            view! { <SynonymsTab synonyms=synonyms changes=changes /> }.into_any()
        }
        (_, Shown::Log(log)) => view! { <LogTab log=log /> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <Title text=words::search_desk(lang) unlisted=true />
        <h1 class="mb-4 text-2xl font-extrabold">{words::search_desk(lang)}</h1>
        <Tabs tabs=tabs here=here label=words::search_desk(lang) />
        <div class="mt-6">{tab}</div>
    }
    .into_any()
}
