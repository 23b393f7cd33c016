use super::{Results, rpc::find};
use crate::{
    head::Head,
    parts::{Fetched, SkeletonCards, fetch},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    views::{SearchPage as Found, SearchParams},
    words::storefront as words,
};

#[component]
pub fn SearchPage() -> impl IntoView {
    let lang = ui::lang();
    let query = use_query_map();
    let params = Memo::new(move |_| SearchParams::from_pairs(query.get()));
    let found = fetch(move || params.get(), find);
    let title = move || {
        params.with(|p| {
            if p.q.is_empty() {
                words::search_title_all(lang).to_owned()
            } else {
                words::search_title(lang, &p.q)
            }
        })
    };
    view! {
        {move || {
            let path = params.with(|p| p.bare().href("/search"));
            view! { <Head title=title() description=words::home_description(lang) path=path unlisted=true /> }
        }}
        <Fetched
            resource=found
            skeleton=|| view! { <SkeletonCards count=12 /> }.into_any()
            view=move |found: Found| {
                view! { <Results found=found params=params.get_untracked() path="/search" title=title() /> }.into_any()
            }
        />
    }
}
