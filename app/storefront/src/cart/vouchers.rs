//! Vouchers: those that were chosen and what they do, those that could be, and a place to type a code.

use super::{
    controls::put,
    rpc::{AddCode, RemoveCode, UseBest},
};
use crate::parts::{Refusal, refused};
use leptos::{html, prelude::*, server_fn::ServerFn as _};
use model::{
    Money,
    views::{CodeView, VoucherOffer},
    words::cart as words,
};
use ui::{Button, ButtonKind, Field, Icon, IconButton, Sent, SentForm, Size, format};

/// Of a cart, here and at checkout. `sent` is what becomes of its forms.
#[component]
pub fn Vouchers(
    codes: Vec<CodeView>,
    offers: Vec<VoucherOffer>,
    best: Option<Money>,
    sent: Sent,
) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <section class="panel vouchers" aria-labelledby="vouchers">
            <h2 id="vouchers">{words::voucher(lang)}</h2>
            {(!codes.is_empty())
                .then(|| {
                    view! {
                        <ul class="codes" role="list">
                            {codes.into_iter().map(|code| view! { <Code code=code sent=sent /> }).collect_view()}
                        </ul>
                    }
                })}
            <TypeCode sent=sent />
            {best
                .map(|saves| {
                    view! {
                        <SentForm to=UseBest::url() sent=sent>
                            <Button kind=ButtonKind::Secondary>{words::use_best(lang, saves)}</Button>
                        </SentForm>
                    }
                })}
            <Refusal error=refused(sent, &[AddCode::url(), RemoveCode::url(), UseBest::url()]) />
            {(!offers.is_empty())
                .then(|| {
                    view! {
                        <h3 class="vouchers-title">{words::vouchers(lang)}</h3>
                        <ul class="offers" role="list">
                            {offers.into_iter().map(|offer| view! { <Offer offer=offer sent=sent /> }).collect_view()}
                        </ul>
                    }
                })}
        </section>
    }
}

/// One that was chosen: what it takes off, or why it does not.
#[component]
fn Code(code: CodeView, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let said = match (&code.refused, code.off) {
        (Some(refusal), _) => words::code_reason(lang, refusal),
        (None, Some(off)) if !off.is_zero() => words::takes_off(lang, off),
        (None, _) => words::takes_nothing(lang).to_owned(),
    };
    let label = words::drop_what(lang, &code.code);
    view! {
        <li class="code" class:code-refused=code.refused.is_some()>
            <Icon name=if code.refused.is_some() { Icon::Warning } else { Icon::Ticket } />
            <p class="code-text">
                <strong>{code.code.clone()}</strong>
                <span>{said}</span>
            </p>
            <SentForm to=RemoveCode::url() sent=sent>
                <input r#type="hidden" name="code" value=code.code />
                <IconButton icon=Icon::Close label=label />
            </SentForm>
        </li>
    }
}

#[component]
fn TypeCode(sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let frame = NodeRef::<html::Div>::new();
    // A code that was taken stands among the others.
    Effect::new(move || {
        if sent.answers() > 0 && sent.error().is_none() {
            put(frame, "", true);
        }
    });
    view! {
        <div node_ref=frame>
            <SentForm to=AddCode::url() sent=sent attr:class="code-form">
                <Field name="code" label=words::code(lang) maxlength=40u32 autocomplete="off" />
                <Button kind=ButtonKind::Secondary>{words::use_code(lang)}</Button>
            </SentForm>
        </div>
    }
}

#[component]
fn Offer(offer: VoucherOffer, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let (code, spoken) = (offer.code.clone(), words::use_what(lang, &offer.code));
    view! {
        <li class="offer">
            <Offered offer=offer />
            <SentForm to=AddCode::url() sent=sent>
                <input r#type="hidden" name="code" value=code />
                <button class="btn btn-sm btn-secondary" r#type="submit" aria-label=spoken>{words::use_code(lang)}</button>
            </SentForm>
        </li>
    }
}

/// What a voucher gives, who gives it, and on which terms.
#[component]
pub fn Offered(
    offer: VoucherOffer,
    /// The code stands beside it, for where it cannot be chosen.
    #[prop(optional)]
    coded: bool,
) -> impl IntoView {
    let lang = ui::lang();
    let from = match &offer.shop {
        Some((_, shop)) => words::of_shop(lang, shop),
        None => words::of_platform(lang).to_owned(),
    };
    let terms = words::terms(lang, offer.min_spend, offer.until.map(|until| format::date(lang, until)));
    view! {
        <div class="voucher">
            <Icon name=Icon::Ticket size=Size::Small />
            <p class="voucher-text">
                <strong>{words::deal(lang, &offer.deal)}</strong>
                <span>{from}</span>
                {(!terms.is_empty()).then(|| view! { <span>{terms}</span> })}
                {offer
                    .off
                    .map(|off| view! { <span class="voucher-off">{words::takes_off(lang, off)}</span> })}
                {coded.then(|| view! { <span class="voucher-code">{offer.code}</span> })}
            </p>
        </div>
    }
}
