//! `/account/orders`: the latest first, by where they stand, found by number or by what was bought.

use super::{
    parts::OrderRow,
    rpc::{BuyAgain, own_orders},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Page, order::OrderFilter, query, views::OrderCard, words::orders as words};
use ui::{Art, Button, ButtonKind, EmptyState, Field, Further, Icon, Input, Tab, Tabs};

const HERE: &str = "/account/orders";

/// What the address of the page says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Asked {
    filter: OrderFilter,
    q: String,
    after: Option<String>,
}

impl Asked {
    fn is_for_all(&self) -> bool {
        self.filter == OrderFilter::All && self.q.is_empty()
    }

    /// The list by another filter, from its start or from `after`.
    fn href(&self, filter: OrderFilter, after: Option<&str>) -> String {
        let show = (filter != OrderFilter::All).then_some(("show", filter.as_str()));
        let q = Some(("q", self.q.as_str())).filter(|(_, q)| !q.is_empty());
        query::href(HERE, show.into_iter().chain(q).chain(after.map(|after| ("after", after))))
    }
}

#[component]
pub fn OrdersPage() -> impl IntoView {
    let asked = use_query_map();
    let asked = Memo::new(move |_| {
        asked.with(|asked| Asked {
            filter: asked
                .get("show")
                .and_then(|name| OrderFilter::from_name(&name))
                .unwrap_or(OrderFilter::All),
            q: asked.get("q").map(|q| q.trim().to_owned()).unwrap_or_default(),
            after: asked.get("after"),
        })
    });
    let again = ServerAction::<BuyAgain>::new();
    let page = fetch(move || asked.get(), |Asked { filter, q, after }| own_orders(filter, q, after));
    view! {
        <Frame here=Part::Orders>
            {move || view! { <Narrow asked=asked.get() /> }}
            <Refusal error=error_of(again) />
            <Fetched resource=page view={move |page: Page<OrderCard>| shown(page, &asked.get_untracked(), again)} />
        </Frame>
    }
}

/// Tabs and the search box.
#[component]
fn Narrow(asked: Asked) -> impl IntoView {
    let lang = ui::lang();
    let tabs = OrderFilter::ALL
        .iter()
        .map(|filter| Tab::new(words::filter(lang, *filter), asked.href(*filter, None)))
        .collect();
    let here = OrderFilter::ALL.iter().position(|filter| *filter == asked.filter).unwrap_or_default();
    let show = (asked.filter != OrderFilter::All).then_some(asked.filter);
    view! {
        <Tabs tabs=tabs here=here label=words::filters(lang) />
        <form class="order-find" action=HERE method="get" role="search" aria-label=words::find(lang)>
            {show.map(|show| view! { <input r#type="hidden" name="show" value=show.as_str() /> })}
            <Field
                name="q"
                id="find-order"
                label=words::find(lang)
                label_hidden=true
                placeholder=words::find_hint(lang)
                kind=Input::Search
                icon=Icon::Search
                value=asked.q
                maxlength=100u32
                autocomplete="off"
                optional=true
            />
            <Button kind=ButtonKind::Secondary>{words::find_go(lang)}</Button>
        </form>
    }
}

fn shown(page: Page<OrderCard>, asked: &Asked, again: ServerAction<BuyAgain>) -> AnyView {
    let lang = ui::lang();
    let older = page.next.as_deref().map(|after| asked.href(asked.filter, Some(after)));
    let latest = asked.after.is_some().then(|| asked.href(asked.filter, None));
    if page.items.is_empty() {
        return nothing(asked);
    }
    view! {
        <ul class="account-cards" role="list">
            {page.items.into_iter().map(|card| view! { <li><OrderRow card=card again=again /></li> }).collect_view()}
        </ul>
        <Further first=latest back=words::latest(lang) next=older on=words::older(lang) />
    }
    .into_any()
}

fn nothing(asked: &Asked) -> AnyView {
    let lang = ui::lang();
    if asked.is_for_all() {
        return view! {
            <EmptyState art=Art::Box title=words::none(lang) text=words::none_text(lang)>
                <Button href="/search" icon=Icon::Search>{words::start(lang)}</Button>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState art=Art::Search title=words::none_found(lang) text=words::none_found_text(lang)>
            <Button href=HERE kind=ButtonKind::Secondary>{words::show_all(lang)}</Button>
        </EmptyState>
    }
    .into_any()
}
