//! `/seller/{shop}/products/new`: its category, found by typing or in the tree, then its name; what else there is to say
//! is said in the editor.

use super::rpc::{BeginProduct, Start, new_product};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop, wrong};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    query,
    shop::{CategoryChoice, most},
    words::{account as common, editor as words, shell},
};
use ui::{Button, ButtonKind, Card, Field, Icon, Input};

#[component]
pub fn NewProductPage() -> impl IntoView {
    let slug = use_shop();
    let said = use_query_map();
    let start = fetch(move || slug.get(), new_product);
    let begin = ServerAction::<BeginProduct>::new();
    let chosen = Memo::new(move |_| said.with(|said| said.get("category")).unwrap_or_default());
    let q = Memo::new(move |_| said.with(|said| said.get("q")).unwrap_or_default());
    view! {
        <Frame here=Part::Products title=words::new(ui::lang())>
            <Fetched
                resource=start
                view=move |start: Start| {
                    view! {
                        {move || {
                            let chosen = start.categories.iter().find(|one| chosen.with(|id| *id == one.id.to_string()));
                            match chosen {
                                Some(category) => {
                                    view! {
                                        <Begin
                                            category=category.clone()
                                            name=start.name.clone()
                                            key=start.key.clone()
                                            begin=begin
                                        />
                                    }
                                        .into_any()
                                }
                                None => view! { <Choose categories=start.categories.clone() q=q.get() /> }.into_any(),
                            }
                        }}
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}

fn path() -> String {
    format!("/seller/{}/products/new", shop_here().slug)
}

/// All of them, or those whose names hold every word of `q`.
#[component]
fn Choose(categories: Vec<CategoryChoice>, q: String) -> impl IntoView {
    let lang = ui::lang();
    let wanted: Vec<String> = q.split_whitespace().map(str::to_lowercase).collect();
    let found: Vec<CategoryChoice> = categories
        .into_iter()
        .filter(|one| {
            let path = one.path.to_lowercase();
            wanted.iter().all(|word| path.contains(word.as_str()))
        })
        .collect();
    let nothing = found.is_empty().then(|| words::no_category(lang, q.trim()));
    view! {
        <p>{words::pick_category_about(lang)}</p>
        <form class="place-find" action=path() method="get" role="search">
            <Field
                name="q"
                label=words::find_category(lang)
                kind=Input::Search
                icon=Icon::Search
                value=q
                maxlength=60u32
                autocomplete="off"
                optional=true
            />
            <Button kind=ButtonKind::Secondary>{shell::search(lang)}</Button>
        </form>
        {nothing
            .map(|text| {
                view! {
                    <p role="status">{text}</p>
                    <p>
                        <a class="link" href=path()>{words::all_categories(lang)}</a>
                    </p>
                }
            })}
        <section class="place" aria-labelledby="categories-title">
            <h2 id="categories-title" class="section-title">{words::pick_category(lang)}</h2>
            {branches(found)
                .into_iter()
                .map(|(name, leaves)| view! { <Branch name=name leaves=leaves /> })
                .collect_view()}
        </section>
    }
}

/// By what stands above them, in the order of the tree.
fn branches(found: Vec<CategoryChoice>) -> Vec<(String, Vec<CategoryChoice>)> {
    let mut branches: Vec<(String, Vec<CategoryChoice>)> = Vec::new();
    for one in found {
        let (above, name) = match one.path.rsplit_once(" › ") {
            Some((above, name)) => (above.to_owned(), name.to_owned()),
            None => (String::new(), one.path.clone()),
        };
        let leaf = CategoryChoice { path: name, ..one };
        match branches.last_mut().filter(|(branch, _)| *branch == above) {
            Some((_, leaves)) => leaves.push(leaf),
            None => branches.push((above, vec![leaf])),
        }
    }
    branches
}

#[component]
fn Branch(name: String, leaves: Vec<CategoryChoice>) -> impl IntoView {
    view! {
        {(!name.is_empty()).then(|| view! { <h3 class="category-branch">{name}</h3> })}
        <ul class="place-offers" role="list">
            {leaves
                .into_iter()
                .map(|leaf| {
                    let href = query::href(&path(), [("category", leaf.id.to_string().as_str())]);
                    view! {
                        <li>
                            <a class="place-offer" href=href>
                                <Icon name=Icon::Tag />
                                <span>
                                    <strong>{leaf.path}</strong>
                                </span>
                            </a>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

#[component]
fn Begin(
    category: CategoryChoice,
    name: String,
    key: String,
    begin: ServerAction<BeginProduct>,
) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let back = format!("/seller/{slug}/products");
    let error = error_of(begin);
    let whole = Signal::derive(move || error.get().filter(|error| error.of("name").is_none()));
    view! {
        <Refusal error=whole />
        <Card>
            <ActionForm action=begin>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="category" value=category.id.to_string() />
                <input r#type="hidden" name="key" value=key />
                <div class="form">
                    <div class="place-chosen">
                        <Icon name=Icon::Tag />
                        <p>
                            <strong>{category.path}</strong>
                        </p>
                        <a class="link" href=path()>{words::other_category(lang)}</a>
                    </div>
                    <Field
                        name="name"
                        label=words::name(lang)
                        hint=words::name_hint(lang)
                        value=name
                        error=wrong(error, "name")
                        maxlength=u32::try_from(most::NAME).unwrap_or(u32::MAX)
                        autocomplete="off"
                    />
                    <div class="form-acts">
                        <Button busy=begin.pending()>{words::begin(lang)}</Button>
                        <Button kind=ButtonKind::Quiet href=back>{common::cancel(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}
