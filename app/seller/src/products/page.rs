use super::{
    row::Goods,
    rpc::{SaveVariant, ShowProduct, stall},
};
use crate::{
    bulk::{ChooseGoods, NotChosen, Together},
    goods::Downloads,
    parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    AppError, Page, query,
    shop::{StallFilter, StallRow},
    views::ProductState,
    words::{bulk, editor, goods as files, seller as words},
};
use ui::{
    Art, Button, ButtonKind, Checkbox, Choice, EmptyState, Field, Icon, Input, Notice, NoticeKind, Select,
};

#[component]
pub fn ProductsPage() -> impl IntoView {
    let (slug, said) = (use_shop(), use_query_map());
    let filter = Memo::new(move |_| {
        said.with(|said| StallFilter {
            q: said.get("q").unwrap_or_default(),
            state: said.get("state").and_then(|state| ProductState::parse(&state)),
            low: said.get("low").is_some(),
            after: said.get("after"),
        })
    });
    let (save, show) = (ServerAction::<SaveVariant>::new(), ServerAction::<ShowProduct>::new());
    let choose = ServerAction::<ChooseGoods>::new();
    let answers = move || save.version().get() + show.version().get();
    let page = fetch(move || (slug.get(), filter.get(), answers()), |(shop, filter, _)| stall(shop, filter));
    let (not_saved, not_shown) = (error_of(save), error_of(show));
    let error = Signal::derive(move || not_saved.get().or(not_shown.get()));
    view! {
        <Frame here=Part::Products>
            {move || {
                let goods = format!("/seller/{}/products", shop_here().slug);
                let (to, import) = (format!("{goods}/new"), format!("{goods}/import"));
                let edits = format!("{goods}/bulk");
                view! {
                    <p class="order-pages">
                        <Button icon=Icon::Plus href=to>{editor::new(ui::lang())}</Button>
                        <Button kind=ButtonKind::Secondary icon=Icon::Upload href=import>
                            {files::import_link(ui::lang())}
                        </Button>
                        <Button kind=ButtonKind::Quiet href=edits>{bulk::edits(ui::lang())}</Button>
                    </p>
                }
            }}
            {move || view! { <Narrow filter=filter.get() /> }}
            {move || view! { <Downloads query=narrowed(&filter.get()) /> }}
            <Wrong error=error />
            <NotChosen choose=choose />
            <Fetched
                resource=page
                view={move |page: Page<StallRow>| shown(page, &filter.get_untracked(), save, show, choose)}
            />
        </Frame>
    }
}

/// What was refused of the row that was sent.
#[component]
fn Wrong(error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    let text = move || {
        let error = error.get()?;
        [
            ("price", words::price_wrong(lang)),
            ("list_price", words::list_price_wrong(lang)),
            ("stock", words::stock_wrong(lang)),
        ]
        .into_iter()
        .find(|(field, _)| error.of(field).is_some())
        .map(|(_, text)| text)
    };
    let other = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    view! {
        {move || text().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
        <Refusal error=other />
    }
}

#[component]
fn Narrow(filter: StallFilter) -> impl IntoView {
    let lang = ui::lang();
    let all = std::iter::once(Choice::new("", words::all_states(lang)));
    let states =
        ProductState::ALL.iter().map(|state| Choice::new(state.as_str(), words::product_state(lang, *state)));
    let chosen = filter.state.map_or("", ProductState::as_str).to_owned();
    view! {
        <form class="stall-filter" action=format!("/seller/{}/products", shop_here().slug) method="get" role="search">
            <Field
                name="q"
                label=words::find_goods(lang)
                kind=Input::Search
                icon=Icon::Search
                value=filter.q
                maxlength=100u32
                optional=true
            />
            <Select name="state" label=words::state_label(lang) choices={all.chain(states).collect::<Vec<_>>()} chosen=chosen optional=true />
            <Checkbox name="low" label=words::low_stock(lang) checked=filter.low />
            <Button kind=ButtonKind::Secondary icon=Icon::Filter>{words::filter(lang)}</Button>
        </form>
    }
}

/// What the page's address says of which goods are listed, without where in the list.
fn narrowed(filter: &StallFilter) -> String {
    query::href("", said(filter)).trim_start_matches('?').to_owned()
}

fn said(filter: &StallFilter) -> impl Iterator<Item = (&str, &str)> {
    let q = Some(("q", filter.q.as_str())).filter(|(_, q)| !q.is_empty());
    let state = filter.state.map(|state| ("state", state.as_str()));
    let low = filter.low.then_some(("low", "1"));
    q.into_iter().chain(state).chain(low)
}

fn shown(
    page: Page<StallRow>,
    filter: &StallFilter,
    save: ServerAction<SaveVariant>,
    show: ServerAction<ShowProduct>,
    choose: ServerAction<ChooseGoods>,
) -> AnyView {
    let lang = ui::lang();
    if page.items.is_empty() {
        let open = *filter == StallFilter::default();
        let title = if open { words::goods_none(lang) } else { words::goods_no_match(lang) };
        return view! { <EmptyState art=Art::Box title=title /> }.into_any();
    }
    let path = format!("/seller/{}/products", shop_here().slug);
    let next = page.next.as_deref().map(|after| query::href(&path, said(filter).chain([("after", after)])));
    let pages = next.is_some() || filter.after.is_some();
    view! {
        <ul class="account-parts" role="list">
            {page.items.into_iter().map(|row| view! { <li><Goods row=row save=save show=show /></li> }).collect_view()}
        </ul>
        {next
            .map(|href| {
                view! {
                    <p>
                        <Button kind=ButtonKind::Secondary icon_after=Icon::ArrowRight href=href>
                            {words::more_goods(lang)}
                        </Button>
                    </p>
                }
            })}
        <Together filter=filter.clone() pages=pages choose=choose />
    }
    .into_any()
}
