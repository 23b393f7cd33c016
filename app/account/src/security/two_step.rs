//! `/account/security/two-step`: an authenticator app, and the recovery codes for when it is lost.

use super::{
    prove::ProveAgain,
    rpc::{
        ConfirmTwoStep, NewRecoveryCodes, OfferTwoStep, Offered, Prove, Standing, TwoStepOff, recovery_codes,
        two_step,
    },
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch};
use leptos::prelude::*;
use model::words::{account as common, door as words, security as more};
use ui::{Button, ButtonKind, Card, Field, Input, Notice, NoticeKind};

type Texts = Vec<String>;

/// Everything that can be done here.
#[derive(Clone, Copy)]
struct Acts {
    prove: ServerAction<Prove>,
    offer: ServerAction<OfferTwoStep>,
    confirm: ServerAction<ConfirmTwoStep>,
    codes: ServerAction<NewRecoveryCodes>,
    off: ServerAction<TwoStepOff>,
}

#[component]
pub fn TwoStepPage() -> impl IntoView {
    let lang = ui::lang();
    let acts = Acts {
        prove: ServerAction::new(),
        offer: ServerAction::new(),
        confirm: ServerAction::new(),
        codes: ServerAction::new(),
        off: ServerAction::new(),
    };
    let changed = move || (acts.prove.version().get(), acts.offer.version().get(), acts.off.version().get());
    let page = fetch(changed, |_| two_step());
    let errors = [error_of(acts.offer), error_of(acts.confirm), error_of(acts.codes), error_of(acts.off)];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    view! {
        <Frame here=Part::Security title=words::two_step(lang)>
            <p>{words::two_step_text(lang)}</p>
            <Refusal error=error />
            <Fetched
                resource=page
                view=move |page: Standing| {
                    match page {
                        Standing { fresh: false, ways, .. } => {
                            view! { <ProveAgain prove=acts.prove ways=ways /> }.into_any()
                        }
                        Standing { left: Some(left), .. } => view! { <On left=left acts=acts /> }.into_any(),
                        Standing { offered: Some(offered), .. } => {
                            view! { <SetUp offered=offered acts=acts /> }.into_any()
                        }
                        Standing { .. } => view! { <Begin acts=acts /> }.into_any(),
                    }
                }
            />
        </Frame>
    }
}

#[component]
fn Begin(acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <div class="form">
                <p>{more::two_step_off_now(lang)}</p>
                <ActionForm action=acts.offer>
                    <Button busy=acts.offer.pending()>{words::two_step_begin(lang)}</Button>
                </ActionForm>
            </div>
        </Card>
    }
}

#[component]
fn SetUp(offered: Offered, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let side = offered.side.to_string();
    view! {
        <Card>
            <div class="form">
                <p>{words::two_step_scan(lang)}</p>
                <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=words::two_step_qr(lang)>
                    <rect class="qr-light" width=side.clone() height=side.clone() />
                    <path class="qr-dark" d=offered.path />
                </svg>
                <dl>
                    <dt class="field-label">{more::two_step_secret(lang)}</dt>
                    <dd>
                        <code class="secret">{offered.secret}</code>
                    </dd>
                </dl>
                <ActionForm action=acts.confirm>
                    <div class="form">
                        <Field
                            name="code"
                            label=more::two_step_code(lang)
                            kind=Input::Code
                            autocomplete="one-time-code"
                        />
                        <div class="form-acts">
                            <Button busy=acts.confirm.pending()>{more::two_step_on_action(lang)}</Button>
                        </div>
                    </div>
                </ActionForm>
                <ActionForm action=acts.offer>
                    <Button kind=ButtonKind::Quiet busy=acts.offer.pending()>{more::two_step_again(lang)}</Button>
                </ActionForm>
            </div>
        </Card>
    }
}

#[component]
fn On(left: i64, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <h2 class="section-title">{more::codes(lang)}</h2>
            <div class="form">
                <p>{words::two_step_on(lang, left)} " " {more::codes_new_text(lang)}</p>
                <ActionForm action=acts.codes>
                    <Button kind=ButtonKind::Secondary busy=acts.codes.pending()>{words::codes_new(lang)}</Button>
                </ActionForm>
            </div>
        </Card>
        <Card>
            <h2 class="section-title">{words::two_step_off(lang)}</h2>
            <div class="form">
                <p>{more::two_step_off_text(lang)}</p>
                <ActionForm action=acts.off>
                    <Button kind=ButtonKind::Danger busy=acts.off.pending()>{words::two_step_off(lang)}</Button>
                </ActionForm>
            </div>
        </Card>
    }
}

/// The codes that were just made. A second look finds none.
#[component]
pub fn RecoveryCodesPage() -> impl IntoView {
    let lang = ui::lang();
    let page = fetch(|| (), |()| recovery_codes());
    view! {
        <Frame here=Part::Security title=more::codes(lang)>
            <Fetched
                resource=page
                view=move |codes: Texts| {
                    if codes.is_empty() {
                        return view! {
                            <Notice>
                                <p>{more::codes_gone(lang)}</p>
                            </Notice>
                            <p>
                                <a class="link" href="/account/security/two-step">{common::back(lang)}</a>
                            </p>
                        }
                            .into_any();
                    }
                    view! {
                        <Notice kind=NoticeKind::Warning>
                            <p>{words::codes_text(lang)}</p>
                            <p>{more::codes_keep(lang)}</p>
                        </Notice>
                        <Card>
                            <ol class="recovery-codes">
                                {codes
                                    .into_iter()
                                    .map(|code| {
                                        view! {
                                            <li>
                                                <code class="secret">{code}</code>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ol>
                        </Card>
                        <div class="form-acts">
                            <Button href="/account/security">{more::codes_kept(lang)}</Button>
                        </div>
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}
