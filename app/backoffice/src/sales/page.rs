//! One flash sale: its rules, and what shops would sell in it.

use super::{
    list::{PATH, tone},
    rpc::{AcceptNomination, CancelSale, RefuseNomination, sale},
};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    Lang, query,
    views::{
        PictureFormat,
        sales::{Asked, NominationState, SaleGood, SalePage, SaleRow, limits, percent},
    },
    words::sales as words,
};
use ui::{
    Art, Badge, Button, ButtonKind, Card, EmptyState, Fetched, Field, Notice, NoticeKind, Pagination,
    Picture, Refusal, Tab, Tabs, Title, Tone, error_of, fetch, format::date_time, wrong,
};

#[derive(Clone, Copy)]
struct Acts {
    accept: ServerAction<AcceptNomination>,
    refuse: ServerAction<RefuseNomination>,
    cancel: ServerAction<CancelSale>,
}

/// What the address of the page says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Said {
    id: String,
    state: NominationState,
    after: Option<String>,
    made: bool,
}

#[component]
pub fn SaleDesk() -> impl IntoView {
    let acts = Acts { accept: ServerAction::new(), refuse: ServerAction::new(), cancel: ServerAction::new() };
    let (route, said) = (use_params_map(), use_query_map());
    let said = Memo::new(move |_| {
        let state = said.with(|said| said.get("show")).and_then(|name| NominationState::from_name(&name));
        Said {
            id: route.with(|route| route.get("id")).unwrap_or_default(),
            state: state.unwrap_or(NominationState::Waiting),
            after: said.with(|said| said.get("after")),
            made: said.with(|said| said.get("made").is_some()),
        }
    });
    let changes =
        move || acts.accept.version().get() + acts.refuse.version().get() + acts.cancel.version().get();
    let found = fetch(move || (said.get(), changes()), |(said, _)| sale(said.id, said.state, said.after));
    view! {
        <Frame here=Desk::Sales>
            <Fetched resource=found view=move |found| desk(found, &said.get_untracked(), acts) />
        </Frame>
    }
}

fn href(id: &str, state: NominationState, after: Option<&str>) -> String {
    let show = (state != NominationState::Waiting).then_some(("show", state.as_str()));
    query::href(&format!("{PATH}/{id}"), show.into_iter().chain(after.map(|after| ("after", after))))
}

fn desk(found: SalePage, said: &Said, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let SalePage { sale, goods } = found;
    let id = sale.id.to_string();
    let tab = |state: &NominationState| {
        let tab = Tab::new(words::nomination(lang, *state), href(&id, *state, None));
        match state {
            NominationState::Waiting => tab.count(sale.waiting.into()),
            NominationState::Accepted => tab.count(sale.accepted.into()),
            _ => tab,
        }
    };
    let tabs = NominationState::ALL.iter().map(tab).collect();
    let here = NominationState::ALL.iter().position(|it| *it == said.state).unwrap_or_default();
    let next = goods.next.as_deref().map(|after| href(&id, said.state, Some(after)));
    let ahead = !sale.standing.has_begun();
    let taken = wrong(error_of(acts.accept), "variant");
    let errors = [error_of(acts.accept), error_of(acts.cancel), error_of(acts.refuse)];
    let whole = Signal::derive(move || {
        errors.iter().find_map(|error| error.get().filter(|error| error.fields.is_empty()))
    });
    view! {
        <Title text=sale.name.clone() unlisted=true />
        <h1 class="mb-4 text-2xl font-extrabold">{sale.name.clone()}</h1>
        {said.made.then(|| view! { <Notice kind=NoticeKind::Success><p>{words::made(lang)}</p></Notice> })}
        <Refusal error=whole stale=words::settled />
        {move || {
            taken.get().map(|_| view! { <Notice kind=NoticeKind::Error><p>{words::in_another(ui::lang())}</p></Notice> })
        }}
        <Rules sale=sale.clone() />
        {ahead.then(|| view! { <Cancel id=id.clone() cancel=acts.cancel /> })}
        <Tabs tabs=tabs here=here label=words::states(lang) />
        {if goods.items.is_empty() {
            view! { <EmptyState title=words::none_asked(lang) art=Art::Box /> }.into_any()
        } else {
            view! {
                <ul class="my-4 grid gap-4" role="list">
                    {goods
                        .items
                        .into_iter()
                        .map(|good| view! { <li><Row sale=id.clone() good=good acts=ahead.then_some(acts) /></li> })
                        .collect_view()}
                </ul>
            }
                .into_any()
        }}
        {next.map(|next| view! { <Pagination next=Some(next) /> })}
    }
    .into_any()
}

#[component]
fn Rules(sale: SaleRow) -> impl IntoView {
    let lang = ui::lang();
    let when = words::from_until(lang, date_time(lang, sale.starts_at), date_time(lang, sale.ends_at));
    let until = match sale.nominate_until {
        Some(until) => words::rule_until(lang, date_time(lang, until)),
        None => words::house_made(lang).to_owned(),
    };
    view! {
        <Card>
            <p>
                <Badge tone=tone(sale.standing) text=words::standing(lang, sale.standing) />
                " "
                {when}
            </p>
            <ul class="order-facts">
                <li>{words::rule_least(lang, percent(lang, sale.least_discount))}</li>
                {sale.most_per_shop.map(|most| view! { <li>{words::rule_most(lang, most)}</li> })}
                <li>{until}</li>
            </ul>
        </Card>
    }
}

#[component]
fn Cancel(id: String, cancel: ServerAction<CancelSale>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <ActionForm action=cancel attr:class="my-4 grid gap-2 justify-items-start">
            <input r#type="hidden" name="id" value=id />
            <p class="text-ink-soft">{words::cancel_about(lang)}</p>
            <Button kind=ButtonKind::Danger busy=cancel.pending()>{words::cancel(lang)}</Button>
        </ActionForm>
    }
}

/// How many of how many, and for whom.
fn pieces(lang: Lang, good: &SaleGood, asked: &Asked) -> String {
    let pieces = match good.stock {
        Some(stock) => words::pieces_of(lang, asked.quota, stock),
        None => words::pieces_without(lang, asked.quota),
    };
    match asked.per_buyer {
        Some(most) => format!("{pieces}, {}", words::each_buyer(lang, most)),
        None => pieces,
    }
}

/// What has changed since its shop asked.
fn doubts(lang: Lang, good: &SaleGood, asked: &Asked) -> Vec<String> {
    let dear = good.most.is_none_or(|most| asked.price.amount() > most.amount());
    let few = good.stock.is_some_and(|stock| stock < asked.quota);
    let all = [
        (dear, words::too_dear(lang)),
        (few, words::too_few(lang)),
        (!good.on_sale, words::not_on_sale(lang)),
    ];
    let elsewhere = good.elsewhere.as_ref().map(|sale| words::elsewhere(lang, sale));
    let said = all.into_iter().filter(|(is, _)| *is).map(|(_, text)| text.to_owned());
    elsewhere.into_iter().chain(said).collect()
}

#[component]
fn Row(sale: String, good: SaleGood, acts: Option<Acts>) -> impl IntoView {
    let name = good.called();
    let picture = good.picture.clone();
    let asked = good.asked.clone();
    view! {
        <Card>
            <article class="grid gap-4 md:grid-cols-[6rem_minmax(0,1fr)_18rem]">
                <div class="w-24">
                    <Picture
                        src=picture.src()
                        srcset=picture.srcset(PictureFormat::Jpeg)
                        avif=picture.srcset(PictureFormat::Avif)
                        webp=picture.srcset(PictureFormat::Webp)
                        blur=picture.placeholder.clone()
                        alt=""
                        sizes="96px"
                    />
                </div>
                <div class="grid min-w-0 content-start gap-1">
                    <h2 class="text-lg">
                        <a class="link" href=query::href(&format!("/p/{}", good.slug), [("v", good.sku.as_str())])>{name}</a>
                    </h2>
                    <p>
                        <a class="link" href=format!("/shop/{}", good.shop_slug)>{good.shop_name.clone()}</a>
                        " · "
                        {good.sku.clone()}
                    </p>
                    {asked.as_ref().map(|asked| view! { <Facts good=good.clone() asked=asked.clone() /> })}
                </div>
                {acts
                    .zip(asked)
                    .filter(|(_, asked)| asked.state.counts())
                    .map(|(acts, asked)| view! { <Decide sale=sale good=good asked=asked acts=acts /> })}
            </article>
        </Card>
    }
}

#[component]
fn Facts(good: SaleGood, asked: Asked) -> impl IntoView {
    let lang = ui::lang();
    let doubts = doubts(lang, &good, &asked);
    let sold = (asked.sold > 0).then(|| words::sold_of(lang, asked.sold, asked.quota));
    view! {
        <p>{words::price_of(lang, asked.price, good.price)} " · " {words::lowest_of(lang, good.lowest)}</p>
        <p class="order-facts">{pieces(lang, &good, &asked)}</p>
        {sold.map(|sold| view! { <p class="order-facts">{sold}</p> })}
        {asked.reason.map(|reason| view! { <p class="prose">{words::refused_for(lang, reason)}</p> })}
        {(asked.state.counts() && !doubts.is_empty())
            .then(|| {
                view! {
                    <p>{doubts.into_iter().map(|text| view! { <Badge tone=Tone::Danger text=text /> " " }).collect_view()}</p>
                }
            })}
    }
}

#[component]
fn Decide(sale: String, good: SaleGood, asked: Asked, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let (variant, error) = (good.variant.to_string(), error_of(acts.refuse));
    let spoken = format!(" {}", good.called());
    let (same, spoken_too, sale_too) = (variant.clone(), spoken.clone(), sale.clone());
    let waits = asked.state == NominationState::Waiting;
    view! {
        <div class="grid content-start gap-4">
            {waits
                .then(|| {
                    view! {
                        <ActionForm action=acts.accept>
                            <input r#type="hidden" name="id" value=sale />
                            <input r#type="hidden" name="variant" value=variant />
                            <Button>{words::accept(lang)} <span class="sr-only">{spoken}</span></Button>
                        </ActionForm>
                    }
                })}
            <ActionForm action=acts.refuse>
                <input r#type="hidden" name="id" value=sale_too />
                <input r#type="hidden" name="variant" value=same.clone() />
                <div class="form">
                    <Field
                        name="reason"
                        id=format!("reason-{same}")
                        label=words::reason_of(lang, good.called())
                        error=wrong(error, "reason")
                        maxlength=u32::try_from(limits::REASON).unwrap_or(u32::MAX)
                        autocomplete="off"
                    />
                    <Button kind=ButtonKind::Danger>{words::refuse(lang)} <span class="sr-only">{spoken_too}</span></Button>
                </div>
            </ActionForm>
        </div>
    }
}
