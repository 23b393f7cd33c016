//! The buttons of a product: into the cart, or straight on to buying it. One form with two ways to send it.

use super::{
    controls::{Onward, awake},
    link::follow,
    rpc::{self, BuyNow},
};
use crate::parts::{Refusal, refused};
use leptos::{ev, prelude::*, server_fn::ServerFn as _};
use model::{Lang, ids::VariantId, words::cart as words};
use ui::{Button, ButtonKind, Icon, QuantityStepper, Sent, SentForm, Size};

/// So many pieces go in at once.
const MOST: i32 = 999;

/// `variant` is the one chosen; without one, or without enough `stock`, it is said why nothing can be bought.
#[component]
pub fn AddToCart(
    variant: Option<VariantId>,
    stock: i32,
    min: i32,
    max: Option<i32>,
    #[prop(into)] name: String,
) -> impl IntoView {
    let lang = ui::lang();
    let sent = Sent::default();
    follow(sent);
    let awake = awake();
    let why_not = why_not(lang, variant, stock, min);
    let off = why_not.is_some();
    let least = min.max(1);
    let most = max.unwrap_or(MOST).min(stock).clamp(least, MOST.max(least));
    let error = refused(sent, &[rpc::AddToCart::url(), BuyNow::url()]);
    let added = move || (sent.answers() > 0 && sent.error().is_none()).then(|| view! { <Added /> });
    view! {
        <div class="purchase" on:submit:capture=leave_buying_to_the_browser>
            <SentForm to=rpc::AddToCart::url() sent=sent>
                {variant.map(|id| view! { <input r#type="hidden" name="variant" value=id.to_string() /> })}
                <Onward awake=awake />
                <QuantityStepper
                    name="quantity"
                    value=least.unsigned_abs()
                    min=least.unsigned_abs()
                    max=most.unsigned_abs()
                    of=name
                    disabled=off
                />
                <div class="purchase-bar">
                    <Refusal error=error />
                    <div role="status">{added}</div>
                    {why_not.map(|why| view! { <p class="purchase-why" id="purchase-why">{why}</p> })}
                    <div class="purchase-acts">
                        <Button
                            kind=ButtonKind::Secondary
                            size=Size::Large
                            disabled=off
                            attr:aria-describedby=off.then_some("purchase-why")
                        >
                            {words::add(lang)}
                        </Button>
                        <Button
                            size=Size::Large
                            disabled=off
                            attr:formaction=BuyNow::url()
                            attr:aria-describedby=off.then_some("purchase-why")
                        >
                            {words::buy_now(lang)}
                        </Button>
                    </div>
                </div>
            </SentForm>
        </div>
    }
}

fn why_not(lang: Lang, variant: Option<VariantId>, stock: i32, min: i32) -> Option<String> {
    if stock <= 0 {
        Some(words::sold_out_now(lang).to_owned())
    } else if variant.is_none() {
        Some(words::choose_first(lang).to_owned())
    } else if stock < min {
        Some(words::too_few_left(lang, min))
    } else {
        None
    }
}

/// Whoever buys at once leaves this page anyway: a button with an address of its own is not sent in place.
fn leave_buying_to_the_browser(event: ev::SubmitEvent) {
    if event.submitter().is_some_and(|button| button.has_attribute("formaction")) {
        event.stop_propagation();
    }
}

#[component]
fn Added() -> impl IntoView {
    let lang = ui::lang();
    view! {
        <p class="purchase-added">
            <Icon name=Icon::CheckCircle />
            <span>{words::added(lang)}</span>
            <a class="link" href="/cart">{words::view_cart(lang)}</a>
        </p>
    }
}
