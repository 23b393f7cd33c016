use super::{
    address::AddressPart,
    coins::Coins,
    contact::Contact,
    methods::MethodChoices,
    place::{Place, placing},
    rpc::{SetMethod, SetShipping, checkout},
    sending::{AtOnce, catch_up},
    shop::ShopPart,
    vouchers::Vouchers,
};
use crate::{
    cart::Seen,
    parts::{Fetched, Onward, Refusal, SkeletonLines, SummaryTable, fetch, refused},
};
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_router::hooks::use_query_map;
use model::{
    Code,
    views::{Change, CheckoutShop, CheckoutView, Missing},
    words::{self, checkout as own},
};
use ui::{Notice, NoticeKind, Sent, Title};

/// What the forms of the page were answered.
#[derive(Clone, Copy, Default)]
struct Acts {
    contact: Sent,
    address: Sent,
    shipping: Sent,
    code: Sent,
    coins: Sent,
    method: Sent,
    seen: Sent,
    place: Sent,
}

impl Acts {
    /// Of those that change what is shown.
    fn answers(self) -> usize {
        let Self { contact, address, shipping, code, coins, method, seen, .. } = self;
        [contact, address, shipping, code, coins, method, seen].into_iter().map(Sent::answers).sum()
    }
}

#[component]
pub fn CheckoutPage() -> impl IntoView {
    let acts = Acts::default();
    let asked = use_query_map();
    let asked = Memo::new(move |_| {
        asked.with(|asked| {
            let was = asked.get("was").and_then(|was| was.parse::<i64>().ok());
            (was.map(|was| (was, asked.get("ships").unwrap_or_default())), asked.get("key"))
        })
    });
    // Once it is placed there is nothing left to show here, and the page to pay on is on its way.
    let not_placed = Memo::new(move |before: Option<&usize>| {
        let answers = acts.place.answers();
        if acts.place.error().is_some() { answers } else { before.copied().unwrap_or_default() }
    });
    let busy = placing(acts.place, asked);
    // What has changed is told until the shopper changes something.
    let told_at = Memo::new(move |_| {
        asked.track();
        untrack(move || acts.answers())
    });
    let source = move || {
        let (answers, (was, key)) = (acts.answers(), asked.get());
        (answers, not_placed.get(), was.filter(|_| answers == told_at.get()), key)
    };
    let view = fetch(source, |(_, _, shown, _)| {
        let (was, ships) = shown.unzip();
        checkout(was, ships.unwrap_or_default())
    });
    catch_up();
    view! {
        <Title text=own::title(ui::lang()) unlisted=true />
        <h1 class="account-title">{own::title(ui::lang())}</h1>
        <Fetched
            resource=view
            skeleton=|| view! { <SkeletonLines count=12 /> }.into_any()
            failed=failed
            view={move |view: Option<CheckoutView>| match view {
                Some(view) => view! { <Checkout view=view acts=acts busy=busy /> }.into_any(),
                None => view! { <Onward path="/cart".to_owned() /> }.into_any(),
            }}
        />
    }
}

/// The page has its headline already.
fn failed(error: model::AppError) -> AnyView {
    view! { <ui::ErrorState error=error retry="/checkout" /> }.into_any()
}

#[component]
fn Checkout(view: CheckoutView, acts: Acts, busy: RwSignal<bool>) -> impl IntoView {
    let lang = ui::lang();
    let CheckoutView {
        member,
        email,
        phone,
        addresses,
        address,
        shops,
        codes,
        offers,
        best,
        coins,
        methods,
        method,
        summary,
        missing,
        changes,
        key,
    } = view;
    let addressed = address.is_some();
    let ships = CheckoutShop::ships(&shops);
    let total = summary.total;
    view! {
        <Changed changes=changes sent=acts.seen />
        <div class="checkout">
            <div class="checkout-parts">
                <Contact
                    member=member
                    missing=missing.contains(&Missing::Contact)
                    email=email
                    phone=phone
                    sent=acts.contact
                />
                <AddressPart member=member book=addresses chosen=address sent=acts.address />
                <div class="checkout-parts" id="couriers" role="group" aria-label=own::couriers(lang)>
                    <Refusal error=refused(acts.shipping, &[SetShipping::url()]) />
                    {shops
                        .into_iter()
                        .map(|shop| view! { <ShopPart shop=shop addressed=addressed sent=acts.shipping /> })
                        .collect_view()}
                </div>
                <Vouchers codes=codes offers=offers best=best sent=acts.code />
                {coins.map(|coins| view! { <Coins coins=coins sent=acts.coins /> })}
                <section class="panel" id="method" aria-labelledby="method-title">
                    <h2 id="method-title">{own::method(lang)}</h2>
                    <Refusal error=refused(acts.method, &[SetMethod::url()]) />
                    <AtOnce to=SetMethod::url() sent=acts.method act=own::use_choice(lang)>
                        <MethodChoices offers=methods chosen=method />
                    </AtOnce>
                </section>
            </div>
            <aside class="checkout-sum" aria-labelledby="summary-title">
                <section class="panel">
                    <h2 id="summary-title">{own::summary(lang)}</h2>
                    <SummaryTable summary=summary />
                    <Place key=key total=total ships=ships method=method missing=missing sent=acts.place busy=busy />
                </section>
            </aside>
        </div>
    }
}

/// Nothing was placed; the shopper looks at what has changed and decides.
#[component]
fn Changed(changes: Vec<Change>, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let moved = changes.iter().any(|change| matches!(change, Change::Price(..)));
    (!changes.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Error title=words::error::title(lang, Code::Changed)>
                <ul class="checkout-changes">
                    {changes.iter().map(|change| view! { <li>{own::change(lang, change)}</li> }).collect_view()}
                </ul>
                <p>{words::error::advice(lang, Code::Changed)}</p>
                {moved.then(|| view! { <Seen sent=sent /> })}
            </Notice>
        }
    })
}
