use super::{flash::FlashShelf, rpc::front_page};
use crate::{
    head::{self, Head, absolute},
    history::{Mine, MyShelves, my_shelves},
    parts::{CardGrid, CardShelf, Fetched, Image, SkeletonCards, fetch},
};
use leptos::prelude::*;
use model::{
    views::{CategoryNode, HomePage as View, Picture},
    words::storefront as words,
};
use ui::{EmptyState, Icon};

#[component]
pub fn HomePage() -> impl IntoView {
    let lang = ui::lang();
    let page = fetch(|| (), |()| front_page());
    let mine = fetch(|| (), |()| my_shelves());
    let told = head::tell(|| {
        format!(
            r#"{{"@context":"https://schema.org","@type":"Organization","name":"Pasar","url":"{url}","logo":"{url}icon-512.png"}}"#,
            url = absolute("/")
        )
    });
    view! {
        <Head title=words::home_title(lang) description=words::home_description(lang) path="/" />
        {told}
        <section class="hero">
            <div class="hero-text">
                <h1>{words::hero_title(lang)}</h1>
                <p>{words::hero_text(lang)}</p>
                <a class="btn btn-md btn-deal" href="/search?sort=sold">{words::hero_action(lang)}</a>
            </div>
            <ui::Illustration art=ui::Art::Box />
        </section>
        <ul class="promises" role="list">
            {[
                (Icon::Tag, words::promise_price(lang)),
                (Icon::Search, words::promise_find(lang)),
                (Icon::Star, words::promise_escrow(lang)),
            ]
                .map(|(icon, text)| view! { <li><Icon name=icon /> {text}</li> })
                .collect_view()}
        </ul>
        <Fetched resource=page skeleton=skeleton view={move |page| show(page, mine)} />
    }
}

fn skeleton() -> AnyView {
    view! { <SkeletonCards count=10 /> }.into_any()
}

fn show(page: View, mine: Mine) -> AnyView {
    let lang = ui::lang();
    if page.newest.is_empty() && page.trending.is_empty() {
        return view! {
            <EmptyState art=ui::Art::Box title=words::empty_market(lang) text=words::empty_market_text(lang) />
        }
        .into_any();
    }
    view! {
        {page.flash.map(|sale| view! { <FlashShelf sale=sale /> })}
        <CategoryStrip categories=page.categories />
        <MyShelves shelves=mine />
        <CardShelf title=words::deals(lang) cards=page.deals eager=true />
        <CardShelf title=words::trending(lang) cards=page.trending more="/search?sort=sold" />
        {page
            .shelves
            .into_iter()
            .map(|shelf| {
                let more = format!("/c/{}", shelf.category.slug);
                view! { <CardShelf title=shelf.category.name cards=shelf.products more=more /> }
            })
            .collect_view()}
        <section class="shelf">
            <div class="shelf-head">
                <h2>{words::newest(lang)}</h2>
                <a class="shelf-more" href="/search?sort=newest">{words::see_all(lang)}</a>
            </div>
            <CardGrid cards=page.newest />
        </section>
    }
    .into_any()
}

#[component]
pub fn CategoryStrip(categories: Vec<CategoryNode>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <nav class="category-strip" aria-label=words::all_categories(lang)>
            <ul role="list">
                {categories
                    .into_iter()
                    .map(|c| {
                        let art = Picture::drawn(c.icon.clone(), 0, "");
                        view! {
                            <li>
                                <a class="category-tile" href=format!("/c/{}", c.slug)>
                                    <Image picture=art sizes="96px" />
                                    <span>{c.name.clone()}</span>
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}
