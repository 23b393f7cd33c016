use super::{
    controls::{Acts, Onward, Removed, Tick, Ticks},
    line::{Line, SavedLine},
    link::follow,
    rpc::{
        AddToCart, RemoveLine, SaveForLater, SeeChanges, SetNote, SetQuantity, TickAll, TickLine, TickShop,
        my_cart,
    },
    totals::{Bar, Totals, Way},
    vouchers::Vouchers,
};
use crate::parts::{Fetched, Refusal, fetch, refused};
use leptos::{ev, prelude::*, server_fn::ServerFn as _};
use leptos_router::hooks::use_query_map;
use model::{
    AppError,
    views::{CartItem, CartShop, CartView, MergeNews, Tier},
    words::{cart as words, storefront},
};
use ui::{
    Art, Badge, Button, ButtonKind, EmptyState, ErrorState, Icon, Loading, Notice, Sent, SentForm, Shape,
    Size, Skeleton, Title, Tone,
};

#[component]
pub fn CartPage() -> impl IntoView {
    let lang = ui::lang();
    let acts = Acts::new();
    for sent in acts.sent() {
        follow(sent);
    }
    let cart = fetch(move || acts.answers(), |_| my_cart());
    let simple = [
        TickLine::url(),
        TickShop::url(),
        TickAll::url(),
        SetNote::url(),
        SaveForLater::url(),
        AddToCart::url(),
        SeeChanges::url(),
    ];
    view! {
        <Title text=words::title(lang) unlisted=true />
        <h1>{words::title(lang)}</h1>
        <News acts=acts />
        <Refusal error=refused(acts.done, &simple) />
        <Refusal error=refused(acts.quantity, &[SetQuantity::url()]) />
        <Refusal error=refused(acts.remove, &[RemoveLine::url()]) />
        <Fetched resource=cart skeleton=skeleton failed=failed view=move |cart: CartView| whole(cart, acts) />
    }
}

fn skeleton() -> AnyView {
    view! {
        <Loading>
            <div class="cart">
                <div class="panel">
                    <Skeleton shape=Shape::Row />
                    <Skeleton shape=Shape::Row />
                    <Skeleton shape=Shape::Row />
                </div>
                <div class="panel">
                    <Skeleton shape=Shape::Title />
                    <Skeleton shape=Shape::Text(4) />
                    <Skeleton shape=Shape::Button />
                </div>
            </div>
        </Loading>
    }
    .into_any()
}

/// The headline is there already.
fn failed(error: AppError) -> AnyView {
    view! { <ErrorState error=error retry="/cart" /> }.into_any()
}

fn whole(cart: CartView, acts: Acts) -> AnyView {
    let changed = cart.has_news().then(|| view! { <Changed cart=cart.clone() acts=acts /> });
    if cart.shops.is_empty() {
        return view! {
            {changed}
            <Empty kept=!cart.saved.is_empty() />
            <Saved items=cart.saved acts=acts />
        }
        .into_any();
    }
    let way = Way::of(ui::lang(), &cart);
    view! {
        {changed}
        <div class="cart">
            <Goods cart=cart.clone() acts=acts />
            <aside class="cart-side" aria-label=words::summary(ui::lang())>
                <Vouchers codes=cart.codes.clone() offers=cart.offers.clone() best=cart.best sent=acts.code />
                <Totals cart=cart.clone() way=way.clone() />
            </aside>
            <Saved items=cart.saved acts=acts />
        </div>
        <Bar total=cart.summary.total.to_string() way=way />
    }
    .into_any()
}

/// What is different since the shopper last looked. It is told until they say that they have seen it.
#[component]
fn Changed(cart: CartView, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let moved = cart.items().chain(&cart.saved).any(|item| item.was.is_some());
    let MergeNews { left_out, reduced } = cart.merged;
    view! {
        <Notice title=words::news_title(lang)>
            {moved.then(|| view! { <p>{words::news_prices(lang)}</p> })}
            {(left_out > 0).then(|| view! { <p>{words::news_left_out(lang, left_out)}</p> })}
            {(reduced > 0).then(|| view! { <p>{words::news_reduced(lang, reduced)}</p> })}
            <Seen sent=acts.done />
        </Notice>
    }
}

/// Here and at checkout.
#[component]
pub fn Seen(sent: Sent) -> impl IntoView {
    view! {
        <SentForm to=SeeChanges::url() sent=sent>
            <Button kind=ButtonKind::Secondary size=Size::Small>{words::news_seen(ui::lang())}</Button>
        </SentForm>
    }
}

#[component]
fn Empty(kept: bool) -> impl IntoView {
    let lang = ui::lang();
    let text = if kept { words::empty_kept(lang) } else { words::empty_text(lang) };
    view! {
        <EmptyState art=Art::Cart title=words::empty(lang) text=text>
            <Button href="/" icon=Icon::Store>{words::start(lang)}</Button>
            <Button href="/account/wishlist" kind=ButtonKind::Secondary icon=Icon::Heart>
                {model::words::account::wishlist(lang)}
            </Button>
        </EmptyState>
    }
}

#[component]
fn Goods(cart: CartView, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let ticks = Ticks::of(cart.items().map(|item| item.ticked));
    view! {
        <section class="cart-goods" aria-label=words::goods(lang)>
            <div class="panel cart-all">
                <Tick to=TickAll::url() sent=acts.done ticks=ticks label=words::tick_all(lang) labelled=true />
            </div>
            {cart.shops.into_iter().map(|shop| view! { <OfShop shop=shop acts=acts /> }).collect_view()}
        </section>
    }
}

#[component]
fn OfShop(shop: CartShop, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let heading = format!("shop-{}", shop.slug);
    let named = heading.clone();
    let ticks = Ticks::of(shop.items.iter().map(|item| item.ticked));
    view! {
        <section class="panel cart-shop" aria-labelledby=named>
            <div class="cart-shop-head">
                <Tick
                    to=TickShop::url()
                    sent=acts.done
                    ticks=ticks
                    of=("shop", shop.id.to_string())
                    label=words::tick_shop(lang, &shop.name)
                />
                <h2 class="cart-shop-name" id=heading>
                    <a href=format!("/shop/{}", shop.slug)>{shop.name}</a>
                </h2>
                {(shop.tier != Tier::Regular)
                    .then(|| view! { <Badge tone=Tone::Brand text=storefront::tier_name(lang, shop.tier) /> })}
                <p class="cart-shop-place">
                    <Icon name=Icon::MapPin size=Size::Small />
                    {shop.city}
                </p>
            </div>
            <ul role="list">
                {shop.items.into_iter().map(|item| view! { <Line item=item acts=acts /> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Saved(items: Vec<CartItem>, acts: Acts) -> impl IntoView {
    (!items.is_empty()).then(|| {
        view! {
            <section class="panel cart-saved" aria-labelledby="kept">
                <h2 id="kept">{words::kept(ui::lang())}</h2>
                <ul role="list">
                    {items.into_iter().map(|item| view! { <SavedLine item=item acts=acts /> }).collect_view()}
                </ul>
            </section>
        }
    })
}

/// What was taken out can be put back: at once, or without JavaScript by what the address says.
#[component]
fn News(acts: Acts) -> impl IntoView {
    let asked = use_query_map();
    let told = move || {
        asked.with(|asked| {
            let variant = asked.get("undo")?.parse().ok()?;
            let quantity = asked.get("n")?.parse().ok()?;
            Some(Removed { variant, quantity, note: String::new() })
        })
    };
    let news = move || {
        let here = acts.removed.get().filter(|_| acts.remove.answers() > 0 && acts.remove.error().is_none());
        let nothing_done_yet = acts.answers() == 0;
        here.or_else(|| told().filter(|_| nothing_done_yet))
    };
    view! {
        <div class="cart-news" role="status">
            {move || news().map(|removed| view! { <Undo removed=removed acts=acts /> })}
        </div>
    }
}

#[component]
fn Undo(removed: Removed, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <div class="toast">
            <Icon name=Icon::Trash />
            <p class="toast-text">{words::removed(lang)}</p>
            <SentForm
                to=AddToCart::url()
                sent=acts.done
                on:submit=move |_: ev::SubmitEvent| acts.removed.set(None)
            >
                <input r#type="hidden" name="variant" value=removed.variant.to_string() />
                <input r#type="hidden" name="quantity" value=removed.quantity.to_string() />
                <input r#type="hidden" name="note" value=removed.note />
                <Onward awake=acts.awake />
                <button class="toast-link" r#type="submit">{words::undo(lang)}</button>
            </SentForm>
        </div>
    }
}
