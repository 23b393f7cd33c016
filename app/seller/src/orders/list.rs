//! `/seller/{shop}/orders`: by what is to be done with them, found by number or recipient. New ones are accepted together.

use super::{
    parts::{StateBadge, Thumb},
    rpc::{AcceptOrders, sold},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, use_shop, use_shop_news};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    order::{OrderState, SellerFilter},
    query,
    views::sold::{SoldCard, SoldList},
    words::{checkout, orders as bought, sold as words},
};
use ui::{
    Art, Badge, Button, ButtonKind, Card, Checkbox, EmptyState, Field, Further, Icon, Input, Notice,
    NoticeKind, Tab, Tabs, Tone, format,
};

/// What the address of the page says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Asked {
    shop: String,
    filter: SellerFilter,
    q: String,
    after: Option<String>,
    /// What came of accepting several.
    accepted: Option<(u32, u32)>,
}

impl Asked {
    fn href(&self, filter: SellerFilter, after: Option<&str>) -> String {
        let show = (filter != SellerFilter::New).then_some(("show", filter.as_str()));
        let q = Some(("q", self.q.as_str())).filter(|(_, q)| !q.is_empty());
        let here = format!("/seller/{}/orders", self.shop);
        query::href(&here, show.into_iter().chain(q).chain(after.map(|after| ("after", after))))
    }
}

#[component]
pub fn OrdersPage() -> impl IntoView {
    let (shop, asked) = (use_shop(), use_query_map());
    let asked = Memo::new(move |_| {
        asked.with(|asked| {
            let number = |name| asked.get(name).and_then(|n| n.parse().ok());
            Asked {
                shop: shop.get(),
                filter: asked
                    .get("show")
                    .and_then(|name| SellerFilter::from_name(&name))
                    .unwrap_or(SellerFilter::New),
                q: asked.get("q").map(|q| q.trim().to_owned()).unwrap_or_default(),
                after: asked.get("after"),
                accepted: number("accepted").zip(number("not")),
            }
        })
    });
    let accept = ServerAction::<AcceptOrders>::new();
    let (_, news) = use_shop_news();
    // What somebody has ticked is not taken from them: the list waits until they are done with it.
    let fresh = RwSignal::new(0_u32);
    Effect::new(move || {
        let news = news.get();
        let ticked = document().query_selector("main input[name='orders[]']:checked").ok().flatten();
        if ticked.is_none() {
            fresh.set(news);
        }
    });
    let page = fetch(
        move || (asked.get(), accept.version().get(), fresh.get()),
        |(Asked { shop, filter, q, after, .. }, ..)| sold(shop, filter, q, after),
    );
    view! {
        <Frame here=Part::Orders>
            <Refusal error=error_of(accept) />
            <Fetched resource=page view=move |page: SoldList| shown(page, &asked.get_untracked(), accept) />
        </Frame>
    }
}

fn shown(found: SoldList, asked: &Asked, accept: ServerAction<AcceptOrders>) -> AnyView {
    let lang = ui::lang();
    let tab = |filter: &SellerFilter| {
        let tab = Tab::new(words::filter(lang, *filter), asked.href(*filter, None));
        match found.counts.iter().find(|(of, n)| of == filter && *n > 0) {
            Some((_, n)) => tab.count_to(*n, SoldList::MOST),
            None => tab,
        }
    };
    let tabs = SellerFilter::ALL.iter().map(tab).collect();
    let here = SellerFilter::ALL.iter().position(|filter| *filter == asked.filter).unwrap_or_default();
    let older = found.page.next.as_deref().map(|after| asked.href(asked.filter, Some(after)));
    let newest = asked.after.is_some().then(|| asked.href(asked.filter, None));
    view! {
        <Tabs tabs=tabs here=here label=words::tabs(lang) />
        <Find asked=asked.clone() />
        {asked.accepted.map(|(done, not)| view! { <Accepted done=done not=not /> })}
        {if found.page.items.is_empty() {
            let (title, text) =
                if asked.q.is_empty() { (words::none(lang), words::none_text(lang)) } else { (words::none_found(lang), "") };
            view! { <EmptyState art=Art::Box title=title text=text.to_owned() /> }.into_any()
        } else {
            view! { <Rows cards=found.page.items asked=asked.clone() accept=accept /> }.into_any()
        }}
        <Further first=newest back=words::newest(lang) next=older on=words::older(lang) />
    }
    .into_any()
}

#[component]
fn Find(asked: Asked) -> impl IntoView {
    let lang = ui::lang();
    let show = (asked.filter != SellerFilter::New).then_some(asked.filter);
    view! {
        <form class="order-find" action=format!("/seller/{}/orders", asked.shop) method="get" role="search" aria-label=words::find(lang)>
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

#[component]
fn Accepted(done: u32, not: u32) -> impl IntoView {
    let lang = ui::lang();
    let kind = if not == 0 { NoticeKind::Success } else { NoticeKind::Warning };
    view! {
        <Notice kind=kind>
            {(done > 0).then(|| view! { <p>{words::accepted_some(lang, done)}</p> })}
            {(not > 0).then(|| view! { <p>{words::accepted_not(lang, not)}</p> })}
        </Notice>
    }
}

/// New orders stand in a form, so that several are accepted at once.
#[component]
fn Rows(cards: Vec<SoldCard>, asked: Asked, accept: ServerAction<AcceptOrders>) -> impl IntoView {
    let lang = ui::lang();
    let choosing = cards.iter().any(|card| card.state == OrderState::Paid);
    let shop = asked.shop.clone();
    let rows = view! {
        <ul class="account-cards" role="list">
            {cards.into_iter().map(|card| view! { <li><Row card=card shop=asked.shop.clone() /></li> }).collect_view()}
        </ul>
    };
    if !choosing {
        return rows.into_any();
    }
    view! {
        <ActionForm action=accept attr:class="sold-rows">
            <input r#type="hidden" name="shop" value=shop />
            {rows}
            <p class="sold-together">
                <Button icon=Icon::Check busy=accept.pending()>{words::accept_chosen(lang)}</Button>
            </p>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Row(card: SoldCard, shop: String) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/seller/{shop}/orders/{}", card.id);
    let due = card.due_by.map(|due| {
        let when = format::date_time(lang, due);
        if card.state == OrderState::Paid {
            words::accept_by(lang, when)
        } else {
            words::hand_over_by(lang, when)
        }
    });
    let first = card.first;
    view! {
        <Card>
            <article class="order">
                <div class="order-head">
                    {(card.state == OrderState::Paid)
                        .then(|| {
                            view! {
                                <Checkbox
                                    name="orders[]"
                                    value=card.id.to_string()
                                    label=words::choose(lang, &card.number)
                                    label_hidden=true
                                />
                            }
                        })}
                    <span class="order-number">{card.number.clone()}</span>
                    <StateBadge state=card.state />
                    {card.partly.then(|| view! { <Badge tone=Tone::Brand text=words::partly(lang) /> })}
                    {card.cash.then(|| view! { <Badge text=words::cash(lang) /> })}
                </div>
                <p class="order-facts">
                    {format::date_time(lang, card.placed_at)} " · " {words::to(lang, card.recipient, card.place)}
                </p>
                {due
                    .map(|due| {
                        view! {
                            <p class="sold-due">
                                {card.pressing.then(|| view! { <Badge tone=Tone::Danger icon=Icon::Clock text=words::pressing(lang) /> })}
                                {due}
                            </p>
                        }
                    })}
                <div class="order-item">
                    <div class="order-picture"><Thumb picture=first.picture /></div>
                    <div class="order-text">
                        <h2 class="order-name"><a href=href.clone()>{first.name}</a></h2>
                        {(!first.label.is_empty()).then(|| view! { <p class="order-facts">{first.label}</p> })}
                        <p class="order-facts">{bought::pieces(lang, first.quantity, first.unit)}</p>
                        {(card.more > 0).then(|| view! { <p class="order-facts">{bought::more_things(lang, card.more)}</p> })}
                    </div>
                </div>
                <div class="order-foot">
                    <p>
                        <span class="order-facts">
                            {card.courier} " · " {checkout::service_name(lang, card.service)}
                            {card.waybill.map(|number| format!(" · {}", words::waybill_is(lang, number)))}
                        </span>
                        <br />
                        <strong class="order-total">{card.total.to_string()}</strong>
                    </p>
                    <Button href=href kind=ButtonKind::Quiet attr:aria-label=words::details_of(lang, &card.number)>
                        {words::details(lang)}
                    </Button>
                </div>
            </article>
        </Card>
    }
}
