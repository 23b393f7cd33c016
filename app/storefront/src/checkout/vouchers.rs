use super::{
    rpc::{DropCode, UseBestCodes, UseCode},
    sending::form_around,
};
use crate::parts::{Refusal, refused};
use leptos::{html, prelude::*, server_fn::ServerFn as _};
use model::{
    Money,
    views::{CodeView, VoucherOffer},
    words::cart as words,
};
use ui::{Badge, Button, ButtonKind, Field, Icon, IconButton, Sent, SentForm, Size, Tone};

/// Codes that were taken, each with what it does or why it does nothing; and those that could be.
#[component]
pub fn Vouchers(
    codes: Vec<CodeView>,
    offers: Vec<VoucherOffer>,
    best: Option<Money>,
    sent: Sent,
) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <section class="panel" id="vouchers" aria-labelledby="vouchers-title">
            <h2 id="vouchers-title">{words::voucher(lang)}</h2>
            <Refusal error=refused(sent, &[UseCode::url(), DropCode::url(), UseBestCodes::url()]) />
            {(!codes.is_empty())
                .then(|| {
                    view! {
                        <ul class="checkout-codes" role="list">
                            {codes.into_iter().map(|code| view! { <li><Taken code=code sent=sent /></li> }).collect_view()}
                        </ul>
                    }
                })}
            <Typed sent=sent />
            {best
                .map(|saves| {
                    view! {
                        <SentForm to=UseBestCodes::url() sent=sent>
                            <Button kind=ButtonKind::Secondary>{words::use_best(lang, saves)}</Button>
                        </SentForm>
                    }
                })}
            {(!offers.is_empty())
                .then(|| {
                    view! {
                        <h3 class="menu-title">{words::vouchers(lang)}</h3>
                        <ul class="checkout-codes" role="list">
                            {offers
                                .into_iter()
                                .map(|offer| view! { <li><Offered offer=offer sent=sent /></li> })
                                .collect_view()}
                        </ul>
                    }
                })}
        </section>
    }
}

#[component]
fn Taken(code: CodeView, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let CodeView { code, off, refused, .. } = code;
    view! {
        <div class="checkout-code">
            <Icon name=Icon::Ticket />
            <p>
                <strong>{code.clone()}</strong>
                <br />
                {match refused {
                    Some(refused) => view! { <span class="checkout-refused">{words::code_reason(lang, &refused)}</span> }.into_any(),
                    None => off.map_or_else(|| words::takes_nothing(lang).to_owned(), |off| words::takes_off(lang, off)).into_any(),
                }}
            </p>
            <SentForm to=DropCode::url() sent=sent>
                <input r#type="hidden" name="code" value=code.clone() />
                <IconButton icon=Icon::Close label=words::drop_what(lang, &code) />
            </SentForm>
        </div>
    }
}

#[component]
fn Typed(sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let inside = NodeRef::<html::Div>::new();
    // Taken: the field is for another one.
    Effect::new(move || {
        if sent.answers() > 0
            && sent.error().is_none()
            && let Some(form) = form_around(inside)
        {
            form.reset();
        }
    });
    view! {
        <SentForm to=UseCode::url() sent=sent attr:autocomplete="off">
            <div class="checkout-type" node_ref=inside>
                <Field name="code" label=words::code(lang) icon=Icon::Ticket maxlength=40u32 autocomplete="off" />
                <Button kind=ButtonKind::Secondary>{words::use_code(lang)}</Button>
            </div>
        </SentForm>
    }
}

#[component]
fn Offered(offer: VoucherOffer, sent: Sent) -> impl IntoView {
    let lang = ui::lang();
    let by = match &offer.shop {
        Some((_, name)) => words::of_shop(lang, name),
        None => words::of_platform(lang).to_owned(),
    };
    let until = offer.until.map(|until| ui::format::date(lang, until));
    let terms = words::terms(lang, offer.min_spend, until);
    view! {
        <div class="checkout-code">
            <Icon name=Icon::Tag />
            <p>
                <strong>{words::deal(lang, &offer.deal)}</strong>
                " "
                {by}
                <br />
                <span class="section-about">{offer.code.clone()} {(!terms.is_empty()).then(|| format!(" · {terms}"))}</span>
                {offer
                    .off
                    .map(|off| view! { " " <Badge tone=Tone::Brand text=words::takes_off(lang, off) /> })}
            </p>
            <SentForm to=UseCode::url() sent=sent>
                <input r#type="hidden" name="code" value=offer.code.clone() />
                <Button kind=ButtonKind::Secondary size=Size::Small attr:aria-label=words::use_what(lang, &offer.code)>
                    {words::use_code(lang)}
                </Button>
            </SentForm>
        </div>
    }
}
