//! What to do to pay.

use super::{balance::FromBalance, copy::Copy};
use leptos::prelude::*;
use model::{
    Money,
    ids::PaymentId,
    payment::{Method, MethodKind},
    views::{Instructions, QrPicture},
    words::checkout as words,
};
use ui::{Icon, Sent};

#[component]
pub fn WhatToDo(
    id: PaymentId,
    amount: Money,
    method: Method,
    instructions: Instructions,
    sent: Sent,
) -> impl IntoView {
    let lang = ui::lang();
    view! {
        {match instructions {
            Instructions::VirtualAccount(number) => {
                let label = words::number(lang);
                view! { <Number label=label number=number copy=words::copy_number(lang) /> }.into_any()
            }
            Instructions::RetailCode(code) => {
                let label = words::retail_code(lang);
                view! { <Number label=label number=code copy=words::copy_code(lang) /> }.into_any()
            }
            Instructions::Balance(purses) => {
                view! { <FromBalance payment=id amount=amount purses=purses sent=sent /> }.into_any()
            }
            Instructions::Qr(picture) => view! { <Qr picture=picture /> }.into_any(),
            Instructions::Redirect(page) => {
                view! {
                    // The provider's, also where it has an address of this site.
                    <a class="btn btn-primary btn-lg btn-wide" href=page rel="external noopener">
                        <span class="btn-label">{words::go_to(lang, words::method_name(lang, method))}</span>
                        <Icon name=Icon::ArrowRight />
                    </a>
                }
                    .into_any()
            }
        }}
        <Steps kind=method.kind() />
    }
}

#[component]
pub fn Steps(kind: MethodKind) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <h2>{words::steps_title(lang)}</h2>
        <ol class="pay-steps">{words::steps(lang, kind).iter().map(|step| view! { <li>{*step}</li> }).collect_view()}</ol>
    }
}

#[component]
fn Number(label: &'static str, number: String, copy: &'static str) -> impl IntoView {
    view! {
        <div class="pay-row">
            <div>
                <p class="section-about">{label}</p>
                <p class="pay-number">{number.clone()}</p>
            </div>
            <Copy text=number label=copy />
        </div>
    }
}

#[component]
fn Qr(picture: QrPicture) -> impl IntoView {
    let QrPicture { payload, size, path } = picture;
    view! {
        <div class="pay-qr" data-says=payload>
            <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=words::qr(ui::lang())>
                <rect class="qr-light" width=size.to_string() height=size.to_string() />
                <path class="qr-dark" d=path />
            </svg>
        </div>
    }
}
