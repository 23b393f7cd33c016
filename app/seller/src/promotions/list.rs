//! The vouchers there are, by how they stand.

use super::{
    rpc::vouchers,
    sections::{Section, Sections},
};
use crate::parts::{Fetched, Frame, Part, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Lang, query,
    shop::{ShopVoucher, VoucherList, VoucherStanding},
    words::{cart, vouchers as words},
};
use ui::{Art, Badge, Button, Card, EmptyState, Further, Icon, ProgressBar, Tab, Tabs, Tone, format};

/// What the address of the page says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Asked {
    shop: String,
    standing: VoucherStanding,
    after: Option<String>,
}

impl Asked {
    fn href(&self, standing: VoucherStanding, after: Option<&str>) -> String {
        let show = (standing != VoucherStanding::Running).then_some(("show", standing.as_str()));
        let here = format!("/seller/{}/promotions", self.shop);
        query::href(&here, show.into_iter().chain(after.map(|after| ("after", after))))
    }
}

#[component]
pub fn PromotionsPage() -> impl IntoView {
    let (shop, said) = (use_shop(), use_query_map());
    let asked = Memo::new(move |_| {
        said.with(|said| Asked {
            shop: shop.get(),
            standing: said
                .get("show")
                .and_then(|name| VoucherStanding::from_name(&name))
                .unwrap_or(VoucherStanding::Running),
            after: said.get("after"),
        })
    });
    let found = fetch(move || asked.get(), |Asked { shop, standing, after }| vouchers(shop, standing, after));
    view! {
        <Frame here=Part::Promotions>
            <Sections here=Section::Vouchers />
            <Fetched resource=found view=move |found: VoucherList| shown(found, &asked.get_untracked()) />
        </Frame>
    }
}

fn shown(found: VoucherList, asked: &Asked) -> AnyView {
    let lang = ui::lang();
    let tab = |standing: &VoucherStanding| {
        let tab = Tab::new(words::standing(lang, *standing), asked.href(*standing, None));
        match found.counts.iter().find(|(of, _)| of == standing) {
            Some((_, n)) => tab.count(*n),
            None => tab,
        }
    };
    let tabs = VoucherStanding::ALL.iter().map(tab).collect();
    let here = VoucherStanding::ALL.iter().position(|it| *it == asked.standing).unwrap_or_default();
    let make = format!("/seller/{}/promotions/new", asked.shop);
    let older = found.page.next.as_deref().map(|after| asked.href(asked.standing, Some(after)));
    let newest = asked.after.is_some().then(|| asked.href(asked.standing, None));
    view! {
        <p>
            <Button icon=Icon::Plus href=make>{words::make(lang)}</Button>
        </p>
        <Tabs tabs=tabs here=here label=words::tabs(lang) />
        {if found.page.items.is_empty() {
            view! { <EmptyState art=Art::Box title=words::none(lang) text=words::none_text(lang) /> }.into_any()
        } else {
            view! {
                <ul class="account-cards" role="list">
                    {found.page.items.into_iter().map(|voucher| view! { <li><Row voucher=voucher /></li> }).collect_view()}
                </ul>
            }
                .into_any()
        }}
        <Further first=newest back=words::newest(lang) next=older on=words::more(lang) />
    }
    .into_any()
}

/// When it holds.
pub(super) fn window(lang: Lang, voucher: &ShopVoucher) -> String {
    let from = format::date(lang, voucher.from);
    match voucher.until {
        // The last day on which it holds.
        Some(until) => words::from_until(lang, from, format::date(lang, until - 1)),
        None => words::from_on(lang, from),
    }
}

pub(super) const fn tone(standing: VoucherStanding) -> Tone {
    match standing {
        VoucherStanding::Running => Tone::Brand,
        VoucherStanding::Coming => Tone::Deal,
        VoucherStanding::Ended | VoucherStanding::Off => Tone::Neutral,
    }
}

#[component]
fn Row(voucher: ShopVoucher) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/seller/{}/promotions/{}", shop_here().slug, voucher.id);
    let code = voucher.code.clone().unwrap_or_else(|| words::by_itself(lang).to_owned());
    view! {
        <Card>
            <article class="voucher-row">
                <div class="voucher-head">
                    <h2 class="voucher-code"><a class="link" href=href>{code}</a></h2>
                    <Badge tone=tone(voucher.standing) text=words::standing(lang, voucher.standing) />
                    {voucher.is_used_up().then(|| view! { <Badge tone=Tone::Danger text=words::used_up(lang) /> })}
                </div>
                <p>{voucher.name.clone()}</p>
                <Facts voucher=voucher />
            </article>
        </Card>
    }
}

/// What it gives, to whom, how long, and how much of it was used.
#[component]
pub(super) fn Facts(voucher: ShopVoucher) -> impl IntoView {
    let lang = ui::lang();
    let count = |n: i32| lang.number(u64::try_from(n).unwrap_or_default());
    let mut facts = vec![cart::deal(lang, &voucher.deal)];
    facts.extend(voucher.min_spend.map(|least| words::least(lang, least)));
    if voucher.products + voucher.categories > 0 {
        facts.push(words::some_goods(lang).to_owned());
    }
    if voucher.code.is_some() {
        facts.push(if voucher.public { words::open_to_all(lang) } else { words::by_code(lang) }.to_owned());
    }
    let used = match voucher.quota {
        Some(quota) => words::used_of(lang, count(voucher.used), count(quota)),
        None => words::used_without_end(lang, count(voucher.used)),
    };
    let percent = voucher.quota.map(|quota| {
        let part = i64::from(voucher.used) * 100 / i64::from(quota.max(1));
        u8::try_from(part).unwrap_or(100)
    });
    view! {
        <p class="order-facts">{facts.join(" · ")}</p>
        <p class="order-facts">{window(lang, &voucher)}</p>
        {match percent {
            Some(percent) => view! { <ProgressBar percent=percent label=used /> }.into_any(),
            None => view! { <p class="order-facts">{used}</p> }.into_any(),
        }}
        <p>{words::given(lang, voucher.spent)}</p>
    }
}
