use super::rpc::my_shops;
use crate::parts::{Fetched, fetch};
use leptos::prelude::*;
use model::{
    shop::{ShopState, StaffShop},
    words::seller as words,
};
use ui::{Art, Badge, Button, ButtonKind, Card, EmptyState, Icon, Size, Title, Tone};

#[component]
pub fn HomePage() -> impl IntoView {
    let lang = ui::lang();
    let shops = fetch(|| (), |()| my_shops());
    view! {
        <Title text=words::title(lang) unlisted=true />
        <div class="account-body">
            <h1 class="account-title">{words::title(lang)}</h1>
            <Fetched resource=shops view=list />
        </div>
    }
}

fn list(shops: Vec<StaffShop>) -> AnyView {
    let lang = ui::lang();
    if shops.is_empty() {
        return view! {
            <EmptyState art=Art::Box title=words::shops_none(lang) text=words::shops_none_text(lang)>
                <Button icon=Icon::Store href="/seller/open">{words::open(lang)}</Button>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <ul class="account-parts" role="list" aria-label=words::my_shops(lang)>
            {shops.into_iter().map(|shop| view! { <li><ShopCard shop=shop /></li> }).collect_view()}
        </ul>
        <p>
            <Button kind=ButtonKind::Secondary icon=Icon::Plus href="/seller/open">
                {words::open(lang)}
            </Button>
        </p>
    }
    .into_any()
}

#[component]
fn ShopCard(shop: StaffShop) -> impl IntoView {
    let lang = ui::lang();
    let tone = match shop.state {
        ShopState::Open => Tone::Brand,
        ShopState::InReview | ShopState::OnHoliday => Tone::Deal,
        ShopState::Rejected | ShopState::Suspended => Tone::Danger,
        ShopState::Closed => Tone::Neutral,
    };
    view! {
        <Card>
            <a class="account-part" href=format!("/seller/{}", shop.slug)>
                <Icon name=Icon::Store />
                <span>
                    <strong>{shop.name}</strong>
                    <small>{words::role(lang, shop.role)}</small>
                </span>
                <Badge tone=tone text=words::state(lang, shop.state) />
                <Icon name=Icon::ChevronRight size=Size::Small />
            </a>
        </Card>
    }
}
