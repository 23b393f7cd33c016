//! The prices there are, by how they stand, and the way to another.

use super::rpc::{CancelPrice, PriceDesk, prices};
use crate::{
    parts::{Choose, Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop},
    promotions::{Section, Sections},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    query,
    shop::{PriceStanding, TimedPrice},
    words::{prices as words, sales},
};
use ui::{
    Art, Button, ButtonKind, Card, EmptyState, Further, Notice, NoticeKind, Size, Tab, Tabs,
    format::date_time,
};

/// What the address of the page says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Asked {
    shop: String,
    standing: PriceStanding,
    after: Option<String>,
    q: String,
    saved: bool,
}

impl Asked {
    fn here(&self) -> String {
        format!("/seller/{}/promotions/prices", self.shop)
    }

    fn href(&self, standing: PriceStanding, after: Option<&str>) -> String {
        let show = (standing != PriceStanding::Running).then_some(("show", standing.as_str()));
        query::href(&self.here(), show.into_iter().chain(after.map(|after| ("after", after))))
    }
}

#[component]
pub fn PricesPage() -> impl IntoView {
    let (shop, said) = (use_shop(), use_query_map());
    let cancel = ServerAction::<CancelPrice>::new();
    let asked = Memo::new(move |_| {
        said.with(|said| Asked {
            shop: shop.get(),
            standing: said
                .get("show")
                .and_then(|name| PriceStanding::from_name(&name))
                .unwrap_or(PriceStanding::Running),
            after: said.get("after"),
            q: said.get("q").unwrap_or_default(),
            saved: said.get("saved").is_some(),
        })
    });
    let found = fetch(
        move || (asked.get(), cancel.version().get()),
        |(Asked { shop, standing, after, q, .. }, _)| prices(shop, standing, after, q),
    );
    view! {
        <Frame here=Part::Promotions>
            <Sections here=Section::Prices />
            {move || {
                asked
                    .with(|asked| asked.saved)
                    .then(|| view! { <Notice kind=NoticeKind::Success><p>{words::saved(ui::lang())}</p></Notice> })
            }}
            <Refusal error=error_of(cancel) stale=words::stale />
            <Fetched resource=found view=move |found: PriceDesk| shown(found, &asked.get_untracked(), cancel) />
        </Frame>
    }
}

fn shown(found: PriceDesk, asked: &Asked, cancel: ServerAction<CancelPrice>) -> AnyView {
    let lang = ui::lang();
    let tab =
        |standing: &PriceStanding| Tab::new(words::standing(lang, *standing), asked.href(*standing, None));
    let tabs = PriceStanding::ALL.iter().map(tab).collect();
    let here = PriceStanding::ALL.iter().position(|it| *it == asked.standing).unwrap_or_default();
    let older = found.prices.next.as_deref().map(|after| asked.href(asked.standing, Some(after)));
    let newest = asked.after.is_some().then(|| asked.href(asked.standing, None));
    let (path, q) = (asked.here(), asked.q.clone());
    view! {
        <p class="section-about">{words::about(lang)}</p>
        <Tabs tabs=tabs here=here label=words::tabs(lang) />
        {if found.prices.items.is_empty() {
            view! { <EmptyState art=Art::Box title=words::none(lang) text=words::none_text(lang) /> }.into_any()
        } else {
            view! {
                <ul class="account-cards" role="list">
                    {found
                        .prices
                        .items
                        .into_iter()
                        .map(|price| view! { <li><Row price=price cancel=cancel /></li> })
                        .collect_view()}
                </ul>
            }
                .into_any()
        }}
        <Further first=newest back=words::newest(lang) next=older on=words::more(lang) />
        <Choose
            found=found.found
            path=path
            q=q
            title=words::choose(lang)
            act=words::set_for(lang)
            facts=|good| format!("{} · {}", good.sku, sales::price_now(ui::lang(), good.price))
        />
    }
    .into_any()
}

#[component]
fn Row(price: TimedPrice, cancel: ServerAction<CancelPrice>) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let spoken = format!(" {}", price.called());
    let when = words::from_until(lang, date_time(lang, price.from), date_time(lang, price.until));
    let running = price.standing == PriceStanding::Running;
    view! {
        <Card>
            <article class="voucher-row">
                <h2 class="stall-name">
                    <a class="link" href=query::href(&format!("/p/{}", price.slug), [("v", price.sku.as_str())])>
                        {price.called()}
                    </a>
                </h2>
                <p>{words::price_of(lang, price.price, price.otherwise)}</p>
                <p class="order-facts">{when}</p>
                {(price.standing != PriceStanding::Over)
                    .then(|| {
                        view! {
                            <ActionForm action=cancel>
                                <input r#type="hidden" name="shop" value=slug />
                                <input r#type="hidden" name="variant" value=price.variant.to_string() />
                                <input r#type="hidden" name="key" value=price.key.to_string() />
                                <Button kind=ButtonKind::Secondary size=Size::Small>
                                    {if running { words::end(lang) } else { words::cancel(lang) }}
                                    <span class="sr-only">{spoken}</span>
                                </Button>
                            </ActionForm>
                        }
                    })}
            </article>
        </Card>
    }
}
