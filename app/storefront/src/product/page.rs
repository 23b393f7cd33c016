use super::{
    buy::Buy,
    facts::{description, facts},
    further::Further,
    gallery::Gallery,
    gone::NoLongerSold,
    reviews::{Choice, Reviews, choice},
    rpc::{At, product_at},
};
use crate::{
    category::{breadcrumb_facts, crumbs},
    head::{self, Head},
    parts::{CardShelf, Fetched, Onward, SkeletonCards, SkeletonProduct, fetch, tenths},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    views::{ProductPage as View, Related, ShopCard, Spec, SpecValue, Tier, VoucherOffer},
    words::{health, storefront as words},
};
use ui::{Breadcrumbs, Icon, Rating};

#[component]
pub fn ProductPage() -> impl IntoView {
    let route = use_params_map();
    let slug = Memo::new(move |_| route.with(|r| r.get("slug")).unwrap_or_default());
    let found = fetch(move || slug.get(), product_at);
    let choice = choice();
    let further = Further::default();
    view! {
        <Fetched
            resource=found
            skeleton=|| view! { <SkeletonProduct /> }.into_any()
            view=move |at: At| match at {
                At::Here(page, vouchers) => {
                    view! { <Product page=*page vouchers=vouchers choice=choice further=further.clone() /> }.into_any()
                }
                At::Moved(path) => view! { <Onward path=path /> }.into_any(),
                At::Gone(similar) => view! { <NoLongerSold similar=similar /> }.into_any(),
            }
        />
    }
}

#[component]
fn Product(page: View, vouchers: Vec<VoucherOffer>, choice: Memo<Choice>, further: Further) -> impl IntoView {
    let lang = ui::lang();
    let (beside, reviews) = further.of(page.id, choice);
    let path = format!("/p/{}", page.slug);
    let picture = page.pictures.first().map(model::views::Picture::src).unwrap_or_default();
    view! {
        <Head title=page.name.clone() description=description(lang, &page) path=path.clone() image=picture kind="product" />
        {head::tell(|| facts(&page))}
        {head::tell(|| breadcrumb_facts(&page.category))}
        <Breadcrumbs way=crumbs(&page.category) here=page.name.clone() />
        <article class="product">
            <Gallery pictures=page.pictures.clone() variants=page.variants.clone() />
            <div class="product-main">
                <h1 class="product-name">{page.name.clone()}</h1>
                <p class="product-facts">
                    {(page.sold > 0).then(|| view! { <span>{words::sold(lang, lang.number(page.sold.into()))}</span> })}
                    {(page.rating.count > 0)
                        .then(|| {
                            view! {
                                <a class="product-rating" href="#reviews">
                                    <Rating tenths=tenths(page.rating.average_x100) compact=true />
                                    {words::ratings(lang, lang.number(page.rating.count.into()))}
                                </a>
                            }
                        })}
                </p>
                <Buy page=page.clone() vouchers=vouchers />
                <ShopPanel shop=page.shop.clone() />
            </div>
            <div class="product-more">
                <Specification page=page.clone() />
                <section class="panel" aria-labelledby="description">
                    <h2 id="description">{words::description(lang)}</h2>
                    {page.description.split("\n\n").map(|text| view! { <p class="prose">{text.to_owned()}</p> }).collect_view()}
                    {page
                        .video_url
                        .clone()
                        .map(|url| {
                            view! {
                                <a class="btn btn-md btn-secondary" href=url rel="external noopener nofollow" target="_blank">
                                    <Icon name=Icon::External />
                                    {words::video(lang)}
                                </a>
                            }
                        })}
                </section>
                <Reviews reviews=reviews choice=choice rating=page.rating path=path />
            </div>
        </article>
        <Fetched
            resource=beside
            skeleton=|| view! { <SkeletonCards count=6 /> }.into_any()
            view=move |beside: Related| {
                view! {
                    <CardShelf title=words::also_bought(lang) cards=beside.also_bought />
                    <CardShelf title=words::also_viewed(lang) cards=beside.also_viewed />
                    <CardShelf title=words::similar(lang) cards=beside.similar />
                    <CardShelf title=words::of_shop(lang) cards=beside.of_shop />
                    <CardShelf title=words::recently_seen(lang) cards=beside.recently_seen history=true />
                }
                    .into_any()
            }
        />
    }
}

#[component]
fn ShopPanel(shop: ShopCard) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/shop/{}", shop.slug);
    view! {
        <section class="panel shop-panel" aria-label=words::shop(lang)>
            <ui::Avatar name=shop.name.clone() />
            <div class="shop-panel-text">
                <p class="shop-name">
                    <a href=href.clone()>{shop.name}</a>
                    {(shop.tier != Tier::Regular)
                        .then(|| view! { <ui::Badge tone=ui::Tone::Brand text=words::tier_name(lang, shop.tier) /> })}
                    {shop.reliable.then(|| view! { <ui::Badge tone=ui::Tone::Brand icon=Icon::Shield text=health::badge(lang) /> })}
                </p>
                <p class="product-card-facts">
                    {(shop.rating_x100 > 0).then(|| view! { <Rating tenths=tenths(shop.rating_x100) compact=true /> })}
                    <span>{words::products(lang, lang.number(shop.products.into()))}</span>
                </p>
                <p class="shop-place">
                    <Icon name=Icon::MapPin />
                    {words::ships_from(lang, shop.city)}
                </p>
            </div>
            <a class="btn btn-md btn-secondary" href=href>{words::visit_shop(lang)}</a>
        </section>
    }
}

#[component]
fn Specification(page: View) -> impl IntoView {
    let lang = ui::lang();
    let mut rows =
        vec![(words::condition(lang).to_owned(), words::condition_name(lang, page.condition).to_owned())];
    rows.extend(page.brand.clone().map(|brand| (words::brand(lang).to_owned(), brand)));
    rows.extend(page.specs.iter().map(|spec| (spec.label.clone(), spec_text(spec))));
    rows.push((
        words::weight(lang).to_owned(),
        ui::format::weight(lang, page.weight_g.unsigned_abs().into()),
    ));
    view! {
        <section class="panel" aria-labelledby="specification">
            <h2 id="specification">{words::specification(lang)}</h2>
            <dl class="specs">
                {rows.into_iter().map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect_view()}
            </dl>
        </section>
    }
}

fn spec_text(spec: &Spec) -> String {
    let lang = ui::lang();
    match &spec.value {
        SpecValue::Text(text) | SpecValue::Choice(text) => text.clone(),
        SpecValue::Number { value, unit } => {
            let value = if lang == model::Lang::Id { value.replace('.', ",") } else { value.clone() };
            unit.as_ref().map_or_else(|| value.clone(), |unit| format!("{value}\u{a0}{unit}"))
        }
        SpecValue::Flag(true) => words::yes(lang).to_owned(),
        SpecValue::Flag(false) => words::no(lang).to_owned(),
    }
}
