use super::rpc::own_coins;
use crate::parts::{Fetched, Frame, Part, fetch};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page, query,
    views::coin::{CoinPage, CoinPurse, CoinRow},
    words::{cart::percent, coins as words, orders},
};
use ui::{Art, Button, Card, EmptyState, Further, format};

const HERE: &str = "/account/coins";

#[component]
pub fn CoinsPage() -> impl IntoView {
    let asked = use_query_map();
    let after = Memo::new(move |_| asked.with(|asked| asked.get("after")));
    let page = fetch(move || after.get(), own_coins);
    view! {
        <Frame here=Part::Coins>
            <Fetched resource=page view={move |page: CoinPage| shown(page, after.get_untracked().is_some())} />
        </Frame>
    }
}

fn shown(CoinPage { purse, history }: CoinPage, later: bool) -> AnyView {
    view! {
        <Purse purse=purse />
        {history_of(history, later)}
    }
    .into_any()
}

#[component]
fn Purse(purse: CoinPurse) -> impl IntoView {
    let lang = ui::lang();
    let number = move |n: i64| lang.number(n.unsigned_abs());
    let rules = words::rules(
        lang,
        percent(lang, purse.earn_rate),
        number(purse.earn_most),
        percent(lang, purse.spend_share),
    );
    view! {
        <Card>
            <p>
                <strong>{words::amount(lang, number(purse.balance))}</strong>
            </p>
            {purse
                .expiring
                .into_iter()
                .map(|next| {
                    view! { <p>{words::expires(lang, number(next.amount), format::date(lang, next.at))}</p> }
                })
                .collect_view()}
            <p class="section-about">{words::worth(lang)} " " {rules}</p>
        </Card>
    }
}

fn history_of(page: Page<CoinRow>, later: bool) -> AnyView {
    let lang = ui::lang();
    if page.items.is_empty() {
        return view! {
            <EmptyState art=Art::Box title=words::none(lang) text=words::none_text(lang)>
                <Button href="/search">{orders::start(lang)}</Button>
            </EmptyState>
        }
        .into_any();
    }
    let older = page.next.as_deref().map(|after| query::href(HERE, [("after", after)]));
    let first = later.then(|| HERE.to_owned());
    view! {
        <section class="panel" aria-labelledby="coins-history">
            <h2 id="coins-history">{words::history(lang)}</h2>
            <dl class="summary">
                {page.items.into_iter().map(|row| view! { <Row row=row /> }).collect_view()}
            </dl>
        </section>
        <Further first=first back=words::latest(lang) next=older on=words::older(lang) />
    }
    .into_any()
}

#[component]
fn Row(row: CoinRow) -> impl IntoView {
    let lang = ui::lang();
    let order = row.order.map(|(id, number)| {
        view! {
            " "
            <a class="link" href=format!("/account/orders/{id}")>
                {number}
            </a>
        }
    });
    view! {
        <div class="summary-row">
            <dt>{words::kind(lang, row.kind)} {order} " · " {format::date(lang, row.at)}</dt>
            <dd>{words::change(lang, row.amount)}</dd>
        </div>
    }
}
