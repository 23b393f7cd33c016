//! `/w/{token}`: a list its owner shares, for whoever has the link. Nothing on it tells whose it is.

use super::{
    parts::{WishRow, name_of},
    rpc::shared_wishlist,
};
use crate::parts::{Fetched, Private, fetch};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{query, wish::WishlistPage as View, words::account as words};
use ui::{Art, Button, ButtonKind, EmptyState};

#[component]
pub fn SharedWishlistPage() -> impl IntoView {
    let (route, asked) = (use_params_map(), use_query_map());
    let token = Memo::new(move |_| route.with(|route| route.get("token")).unwrap_or_default());
    let after = Memo::new(move |_| asked.with(|asked| asked.get("after")));
    let page = fetch(move || (token.get(), after.get()), |(token, after)| shared_wishlist(token, after));
    view! { <Fetched resource=page view=move |page: View| list(page, &token.get_untracked()) /> }
}

fn list(page: View, token: &str) -> AnyView {
    let lang = ui::lang();
    let next = page.next.map(|after| query::href(&format!("/w/{token}"), [("after", after.as_str())]));
    let title = name_of(&page.list);
    view! {
        <Private title=title.clone() />
        <p class="section-about">{words::wishlist_of(lang)}</p>
        <h1 class="account-title">{title}</h1>
        {if page.items.is_empty() {
            view! { <EmptyState art=Art::Box title=words::wishlist_empty_shared(lang) /> }.into_any()
        } else {
            view! {
                <ul class="account-cards" role="list">
                    {page.items.into_iter().map(|wish| view! { <li><WishRow wish=wish /></li> }).collect_view()}
                </ul>
            }
                .into_any()
        }}
        {next
            .map(|href| {
                view! {
                    <p class="centred">
                        <Button href=href kind=ButtonKind::Secondary>{words::wishlist_more(lang)}</Button>
                    </p>
                }
            })}
    }
    .into_any()
}
