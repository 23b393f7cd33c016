//! What there is of each variant, found by name or SKU; what is about to run out by itself.

use super::rpc::stock;
use crate::parts::{Fetched, Frame, Part, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page, query,
    shop::{StockFilter, StockPlace, VariantStock},
    views::PictureFormat,
    words::{counts as count_words, stock as words, transfers as transfer_words},
};
use ui::{
    Art, Badge, Button, ButtonKind, Card, Cell, Checkbox, Column, EmptyState, Field, Further, Icon, Input,
    Picture, Size, Table, Tone,
};

#[component]
pub fn StockPage() -> impl IntoView {
    let (slug, said) = (use_shop(), use_query_map());
    let filter = Memo::new(move |_| {
        said.with(|said| StockFilter {
            q: said.get("q").unwrap_or_default(),
            low: said.get("low").is_some(),
            after: said.get("after"),
        })
    });
    let page = fetch(move || (slug.get(), filter.get()), |(shop, filter)| stock(shop, filter));
    view! {
        <Frame here=Part::Stock>
            {move || view! { <Narrow filter=filter.get() /> }}
            <Fetched resource=page view={move |page: Page<VariantStock>| shown(page, &filter.get_untracked())} />
        </Frame>
    }
}

#[component]
fn Narrow(filter: StockFilter) -> impl IntoView {
    let lang = ui::lang();
    let here = format!("/seller/{}/stock", shop_here().slug);
    let to = |part: &str| format!("{here}/{part}");
    let (reorder, transfers, counts) = (to("reorder"), to("transfers"), to("counts"));
    let warehouses = to("warehouses");
    view! {
        <form class="stock-filter" action=here method="get" role="search">
            <Field
                name="q"
                label=words::find(lang)
                kind=Input::Search
                icon=Icon::Search
                value=filter.q
                maxlength=100u32
                optional=true
            />
            <Checkbox name="low" label=words::low_first(lang) checked=filter.low />
            <Button kind=ButtonKind::Secondary icon=Icon::Filter>{words::filter(lang)}</Button>
        </form>
        <p class="form-acts">
            <Button kind=ButtonKind::Quiet icon=Icon::Receipt href=reorder>{words::reorder(lang)}</Button>
            <Button kind=ButtonKind::Quiet icon=Icon::Truck href=transfers>{transfer_words::title(lang)}</Button>
            <Button kind=ButtonKind::Quiet icon=Icon::CheckCircle href=counts>{count_words::title(lang)}</Button>
            <Button kind=ButtonKind::Quiet icon=Icon::Store href=warehouses>{words::warehouses(lang)}</Button>
        </p>
    }
}

fn shown(page: Page<VariantStock>, filter: &StockFilter) -> AnyView {
    let lang = ui::lang();
    if page.items.is_empty() {
        let title = match (filter.low, filter.q.is_empty()) {
            (true, true) => words::none_low(lang),
            (false, true) => words::none(lang),
            _ => words::no_match(lang),
        };
        return view! { <EmptyState art=Art::Box title=title /> }.into_any();
    }
    let path = format!("/seller/{}/stock", shop_here().slug);
    let href = |after: Option<&str>| {
        let q = Some(("q", filter.q.as_str())).filter(|(_, q)| !q.is_empty());
        let low = filter.low.then_some(("low", "1"));
        query::href(&path, q.into_iter().chain(low).chain(after.map(|after| ("after", after))))
    };
    let next = page.next.as_deref().map(|after| href(Some(after)));
    let first = filter.after.is_some().then(|| href(None));
    view! {
        <ul class="account-parts" role="list">
            {page.items.into_iter().map(|stock| view! { <li><Row stock=stock /></li> }).collect_view()}
        </ul>
        <Further first=first back=words::first(lang) next=next on=words::more(lang) />
    }
    .into_any()
}

#[component]
fn Row(stock: VariantStock) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/seller/{}/stock/{}", shop_here().slug, stock.id);
    let name = called(&stock);
    view! {
        <Card>
            <Head stock=stock.clone() />
            <Places stock=stock />
            <p>
                <Button kind=ButtonKind::Secondary size=Size::Small href=href>
                    {words::details(lang)}
                    <span class="sr-only">" " {name}</span>
                </Button>
            </p>
        </Card>
    }
}

/// A variant among all others.
pub(super) fn called(stock: &VariantStock) -> String {
    if stock.label.is_empty() { stock.name.clone() } else { format!("{} · {}", stock.name, stock.label) }
}

/// What it is, and whether there is little of it.
#[component]
pub(super) fn Head(stock: VariantStock) -> impl IntoView {
    let lang = ui::lang();
    let (name, low) = (called(&stock), stock.is_low());
    let picture = stock.picture;
    view! {
        <div class="stall-head">
            <span class="stall-picture">
                <Picture
                    src=picture.src()
                    srcset=picture.srcset(PictureFormat::Jpeg)
                    avif=picture.srcset(PictureFormat::Avif)
                    webp=picture.srcset(PictureFormat::Webp)
                    blur=picture.placeholder.clone()
                    alt=""
                    sizes="64px"
                />
            </span>
            <div>
                <h2 class="stall-name">{name}</h2>
                <p class="address-notes">
                    {stock.sku} " · " {words::low_at_is(lang, stock.low_at)}
                    {(stock.kept_back > 0).then(|| format!(" · {}", words::kept_back(lang, stock.kept_back)))}
                    {(stock.backorder > 0).then(|| format!(" · {}", words::backordered(lang, stock.backorder)))}
                    {(!stock.is_counted).then(|| format!(" · {}", words::not_counted(lang)))}
                </p>
            </div>
            {low.then(|| view! { <Badge tone=Tone::Danger text=words::low(lang) /> })}
        </div>
    }
}

/// What lies where.
#[component]
pub(super) fn Places(stock: VariantStock) -> impl IntoView {
    let lang = ui::lang();
    let columns = vec![
        Column::text(words::warehouse(lang)),
        Column::number(words::on_hand(lang)),
        Column::number(words::reserved(lang)),
        Column::number(words::available(lang)),
        Column::text(words::on_way(lang)),
    ];
    let caption = called(&stock);
    let row = move |place: StockPlace| {
        let available = place.available();
        let coming = (place.coming > 0).then(|| words::coming(lang, place.coming));
        let leaving = (place.leaving > 0).then(|| words::leaving(lang, place.leaving));
        let way: Vec<String> = coming.into_iter().chain(leaving).collect();
        let way = if way.is_empty() { "–".to_owned() } else { way.join(", ") };
        view! {
            <tr>
                <Cell label=words::warehouse(lang)>
                    {place.name} {(!place.is_active).then(|| view! { " " <Badge text=words::closed(lang) /> })}
                </Cell>
                <Cell label=words::on_hand(lang) number=true>{place.on_hand}</Cell>
                <Cell label=words::reserved(lang) number=true>{place.reserved}</Cell>
                <Cell label=words::available(lang) number=true>{available}</Cell>
                <Cell label=words::on_way(lang)>{way}</Cell>
            </tr>
        }
    };
    view! { <Table caption=caption columns=columns>{stock.places.into_iter().map(row).collect_view()}</Table> }
}
