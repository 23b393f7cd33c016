//! Choosing one of the shop's goods, for what is set for a variant.

use crate::flash::Head;
use leptos::prelude::*;
use model::{views::sales::SaleGood, words::sales as words};
use ui::{Art, Button, ButtonKind, Card, EmptyState, Field, Icon, Input, Size};

/// Goods that are found by `q`, each with a link into `path` by its variant.
#[component]
pub fn Choose(
    found: Vec<SaleGood>,
    path: String,
    q: String,
    title: &'static str,
    /// What one does with it.
    act: &'static str,
    /// What is said beneath its name.
    facts: fn(&SaleGood) -> String,
) -> impl IntoView {
    let lang = ui::lang();
    let action = path.clone();
    let row = |good: SaleGood| {
        let (href, spoken) = (format!("{path}/{}", good.variant), format!(" {}", good.called()));
        let facts = facts(&good);
        view! {
            <li>
                <Card>
                    <Head good=good>
                        <p class="address-notes">{facts}</p>
                    </Head>
                    <p>
                        <Button kind=ButtonKind::Secondary size=Size::Small href=href>
                            {act}
                            <span class="sr-only">{spoken}</span>
                        </Button>
                    </p>
                </Card>
            </li>
        }
    };
    view! {
        <section aria-labelledby="choose">
            <h2 id="choose" class="section-title">{title}</h2>
            <form class="stock-filter" action=action method="get" role="search">
                <Field
                    name="q"
                    label=words::find(lang)
                    kind=Input::Search
                    icon=Icon::Search
                    value=q
                    maxlength=100u32
                    optional=true
                />
                <Button kind=ButtonKind::Secondary icon=Icon::Search>{words::find_go(lang)}</Button>
            </form>
            {if found.is_empty() {
                view! { <EmptyState art=Art::Box title=words::find_none(lang) /> }.into_any()
            } else {
                view! { <ul class="account-parts" role="list">{found.into_iter().map(row).collect_view()}</ul> }.into_any()
            }}
        </section>
    }
}
