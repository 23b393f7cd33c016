//! The bundles there are, and the way to another.

use super::rpc::{BundleDesk, bundles};
use crate::{
    parts::{Choose, Fetched, Frame, Part, fetch, shop_here, use_shop},
    promotions::{Section, Sections},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{query, shop::Bundle, words::bundles as words};
use ui::{Art, Button, ButtonKind, Card, EmptyState, Further, Notice, NoticeKind, Size};

/// What the address of the page says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Asked {
    shop: String,
    after: Option<String>,
    q: String,
    saved: bool,
}

#[component]
pub fn BundlesPage() -> impl IntoView {
    let (shop, said) = (use_shop(), use_query_map());
    let asked = Memo::new(move |_| {
        said.with(|said| Asked {
            shop: shop.get(),
            after: said.get("after"),
            q: said.get("q").unwrap_or_default(),
            saved: said.get("saved").is_some(),
        })
    });
    let found = fetch(move || asked.get(), |Asked { shop, after, q, .. }| bundles(shop, after, q));
    view! {
        <Frame here=Part::Promotions>
            <Sections here=Section::Bundles />
            {move || {
                asked
                    .with(|asked| asked.saved)
                    .then(|| view! { <Notice kind=NoticeKind::Success><p>{words::saved(ui::lang())}</p></Notice> })
            }}
            <Fetched resource=found view=move |found: BundleDesk| shown(found, asked.get_untracked()) />
        </Frame>
    }
}

fn shown(found: BundleDesk, asked: Asked) -> AnyView {
    let lang = ui::lang();
    let path = format!("/seller/{}/promotions/bundles", asked.shop);
    let next = found.bundles.next.as_deref().map(|after| query::href(&path, [("after", after)]));
    let first = asked.after.is_some().then(|| path.clone());
    view! {
        <p class="section-about">{words::about(lang)}</p>
        {if found.bundles.items.is_empty() {
            view! { <EmptyState art=Art::Box title=words::none(lang) text=words::none_text(lang) /> }.into_any()
        } else {
            view! {
                <ul class="account-cards" role="list">
                    {found.bundles.items.into_iter().map(|bundle| view! { <li><Row bundle=bundle /></li> }).collect_view()}
                </ul>
            }
                .into_any()
        }}
        <Further first=first back=words::first(lang) next=next on=words::more(lang) />
        <Choose found=found.found path=path q=asked.q title=words::choose(lang) act=words::make(lang) facts=|good| good.sku.clone() />
    }
    .into_any()
}

#[component]
fn Row(bundle: Bundle) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/seller/{}/promotions/bundles/{}", shop_here().slug, bundle.variant);
    let spoken = format!(" {}", bundle.called());
    let stock = match bundle.stock {
        Some(stock) => words::can_sell(lang, stock),
        None => words::not_counted(lang).to_owned(),
    };
    view! {
        <Card>
            <article class="voucher-row">
                <h2 class="stall-name">{bundle.called()}</h2>
                <p class="order-facts">{bundle.sku} " · " {stock}</p>
                <ul>
                    {bundle
                        .parts
                        .into_iter()
                        .map(|part| view! { <li>{format!("{} × {}", part.quantity, part.name)}</li> })
                        .collect_view()}
                </ul>
                <p>
                    <Button kind=ButtonKind::Secondary size=Size::Small href=href>
                        {words::edit(lang)}
                        <span class="sr-only">{spoken}</span>
                    </Button>
                </p>
            </article>
        </Card>
    }
}
