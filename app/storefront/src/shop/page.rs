use super::rpc::{At, shop_at};
use crate::{
    head::Head,
    parts::{Fetched, OnHoliday, Onward, SkeletonCards, SkeletonLines, fetch, tenths},
    search::{Results, find},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    Lang,
    shop::OpenHours,
    views::{SearchPage, SearchParams, ShopPage as View, Tier},
    words::{health, seller, shell, storefront as words},
};
use ui::{Badge, Icon, Rating, Size, Tone};

#[component]
pub fn ShopPage() -> impl IntoView {
    let route = use_params_map();
    let query = use_query_map();
    let slug = Memo::new(move |_| route.with(|r| r.get("slug")).unwrap_or_default());
    let params = Memo::new(move |_| {
        let mut params = SearchParams::from_pairs(query.get());
        params.shop = slug.get().parse().ok();
        params
    });
    let shop = fetch(move || slug.get(), shop_at);
    let goods = fetch(move || params.get(), find);
    view! {
        <Fetched
            resource=shop
            skeleton=|| view! { <SkeletonLines count=4 /> }.into_any()
            view=move |at: At| {
                let shop = match at {
                    At::Here(shop) => *shop,
                    At::Moved(path) => return view! { <Onward path=path /> }.into_any(),
                };
                let path = format!("/shop/{}", shop.shop.slug);
                view! {
                    <ShopHead page=shop />
                    <Fetched
                        resource=goods
                        skeleton=|| view! { <SkeletonCards count=12 /> }.into_any()
                        view=move |found: SearchPage| {
                            let within = SearchParams { shop: None, ..params.get_untracked() };
                            view! { <Results found=found params=within path=path.clone() title="" headless=true /> }.into_any()
                        }
                    />
                }
                    .into_any()
            }
        />
    }
}

#[component]
fn ShopHead(page: View) -> impl IntoView {
    let lang = ui::lang();
    let shop = page.shop;
    let path = format!("/shop/{}", shop.slug);
    let action = path.clone();
    let label = words::shop_search(lang, &shop.name);
    view! {
        <Head title=shop.name.clone() description=page.description.clone() path=path />
        {page.banner.map(|banner| view! { <img class="shop-banner" src=banner.src() alt="" /> })}
        {page.holiday.map(|holiday| view! { <OnHoliday holiday=holiday /> })}
        <header class="shop-head">
            <ui::Avatar name=shop.name.clone() src=page.logo.map(|logo| logo.src()) size=Size::Large />
            <div>
                <h1>{shop.name}</h1>
                <p class="product-card-facts">
                    {(shop.tier != Tier::Regular).then(|| view! { <Badge tone=Tone::Brand text=words::tier_name(lang, shop.tier) /> })}
                    {shop.reliable.then(|| view! { <Badge tone=Tone::Brand icon=Icon::Shield text=health::badge(lang) /> })}
                    {(shop.rating_x100 > 0).then(|| view! { <Rating tenths=tenths(shop.rating_x100) compact=true /> })}
                    <span>{words::ratings(lang, lang.number(shop.review_count.into()))}</span>
                    <span>{words::products(lang, lang.number(shop.products.into()))}</span>
                    <span>{words::sold(lang, lang.number(shop.sold))}</span>
                </p>
                <p class="shop-place">
                    <Icon name=Icon::MapPin />
                    {format!("{}, {}", shop.city, page.province)}
                </p>
                {page
                    .hours
                    .map(|hours| {
                        view! {
                            <p class="shop-place">
                                <Icon name=Icon::Clock />
                                {hours_line(lang, hours)}
                            </p>
                        }
                    })}
                <p class="prose">{page.description}</p>
            </div>
            <form class="shop-search" action=action method="get" role="search">
                <label class="sr-only" for="shop-q">{label.clone()}</label>
                <input class="control-input boxed-input" id="shop-q" r#type="search" name="q" maxlength="200" placeholder=label />
                <button class="btn btn-md btn-secondary" r#type="submit">{shell::search(lang)}</button>
            </form>
        </header>
        <h2>{words::shop_products(lang)}</h2>
    }
}

/// `Senin–Jumat, Minggu 09.00–17.00`.
fn hours_line(lang: Lang, hours: OpenHours) -> String {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for day in (1..=7).filter(|day| hours.days[day - 1]) {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => spans.push((day, day)),
        }
    }
    let name = |day| seller::day(lang, day);
    let span = |(first, last): (usize, usize)| {
        if first == last { name(first).to_owned() } else { format!("{}–{}", name(first), name(last)) }
    };
    let days: Vec<String> = spans.into_iter().map(span).collect();
    let clock = |minutes: u16| format!("{:02}.{:02}", minutes / 60, minutes % 60);
    format!("{} {}–{}", days.join(", "), clock(hours.opens), clock(hours.closes))
}
