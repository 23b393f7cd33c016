use super::rpc::tree;
use crate::{
    head::Head,
    parts::{Fetched, Image, SkeletonCards, fetch},
};
use leptos::prelude::*;
use model::{
    views::{CategoryNode, Picture},
    words::storefront as words,
};

#[component]
pub fn CategoriesPage() -> impl IntoView {
    let lang = ui::lang();
    let categories = fetch(|| (), |()| tree());
    view! {
        <Head title=words::all_categories(lang) description=words::home_description(lang) path="/categories" />
        <h1>{words::all_categories(lang)}</h1>
        <Fetched resource=categories skeleton=|| view! { <SkeletonCards count=8 /> }.into_any() view=show />
    }
}

fn show(categories: Vec<CategoryNode>) -> AnyView {
    let lang = ui::lang();
    view! {
        <div class="category-index">
            {categories
                .into_iter()
                .map(|root| {
                    let art = Picture::drawn(root.icon.clone(), 0, "");
                    view! {
                        <section class="category-block">
                            <a class="category-block-head" href=format!("/c/{}", root.slug)>
                                <Image picture=art sizes="64px" />
                                <h2>{root.name.clone()}</h2>
                                <span class="facet-count">{lang.number(root.products.into())}</span>
                            </a>
                            <ul role="list">
                                {root
                                    .children
                                    .into_iter()
                                    .map(|child| {
                                        view! {
                                            <li>
                                                <a class="facet-choice" href=format!("/c/{}", child.slug)>
                                                    <span class="facet-name">{child.name}</span>
                                                    <span class="facet-count">{lang.number(child.products.into())}</span>
                                                </a>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        </section>
                    }
                })
                .collect_view()}
        </div>
    }
    .into_any()
}
