//! The pages' HTML.

use super::words;
use crate::{
    Charge, ChargeId, ChargeState, Event, card,
    charge::Instructions,
    sim::{self, moment},
    transfer::{NOBODYS, Transfer},
};
use maud::{Markup, html};
use model::{Lang, Money, Prefs, payment::MethodKind, payout::masked};
use time::OffsetDateTime;

/// What is said above a charge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Notice {
    Late,
    Changed,
    NoCard,
}

fn document(prefs: Prefs, stylesheet: Option<&str>, title: &str, body: Markup) -> Markup {
    let house = (words::bank(prefs.lang), words::about(prefs.lang));
    sim::document(prefs, stylesheet, house, title, body)
}

/// `GET /sim/bank`
pub(super) fn latest(
    prefs: Prefs,
    stylesheet: Option<&str>,
    number: &str,
    charges: &[Charge],
    next: Option<ChargeId>,
) -> Markup {
    let lang = prefs.lang;
    let body = html! {
        form method="get" action="/sim/bank" role="search" class="panel" {
            div class="field" {
                label class="field-label" for="number" { (words::number(lang)) }
                div class="control" {
                    input class="control-input" id="number" name="number" inputmode="numeric" autocomplete="off"
                        value=(number) aria-describedby=[(!number.is_empty()).then_some("number-unknown")];
                }
                @if !number.is_empty() {
                    p class="field-error" id="number-unknown" { (words::unknown(lang)) }
                }
            }
            p class="empty-actions" { button class="btn btn-md btn-primary" { (words::find(lang)) } }
        }
        h2 { (words::latest(lang)) }
        @if charges.is_empty() { p { (words::none(lang)) } } @else { (table(lang, charges)) }
        nav class="pager" aria-label=(words::latest(lang)) {
            a class="btn btn-md btn-quiet" href="/sim/bank" { (words::newest(lang)) }
            a class="btn btn-md btn-quiet" href="/sim/bank/transfers" { (words::transfers(lang)) }
            @if let Some(next) = next {
                a class="btn btn-md btn-secondary" rel="next" href={ "/sim/bank?after=" (next) } { (words::older(lang)) }
            }
        }
    };
    document(prefs, stylesheet, words::bank(lang), body)
}

fn table(lang: Lang, charges: &[Charge]) -> Markup {
    html! {
        div class="table-frame" {
            table class="table" {
                thead {
                    tr {
                        th scope="col" { (words::bill(lang)) }
                        th scope="col" { (words::amount(lang)) }
                        th scope="col" { (words::by(lang)) }
                        th scope="col" { (words::state(lang)) }
                        th scope="col" { (words::due(lang)) }
                    }
                }
                tbody {
                    @for charge in charges {
                        tr {
                            td { a href={ "/sim/bank/pay/" (charge.id) } { (charge.number) } }
                            td { (charge.amount) }
                            td { (charge.method.brand()) }
                            td { (words::charge_state(lang, charge.state)) }
                            td { (moment(charge.due_at)) }
                        }
                    }
                }
            }
        }
    }
}

/// `GET /sim/bank/transfers`
pub(super) fn transfers(prefs: Prefs, stylesheet: Option<&str>, transfers: &[Transfer]) -> Markup {
    let lang = prefs.lang;
    let body = html! {
        p { (words::nobodys(lang, NOBODYS)) }
        @if transfers.is_empty() { p { (words::no_transfers(lang)) } } @else {
            div class="table-frame" {
                table class="table" {
                    thead {
                        tr {
                            th scope="col" { (words::when(lang)) }
                            th scope="col" { (words::account(lang)) }
                            th scope="col" { (words::amount(lang)) }
                            th scope="col" { (words::state(lang)) }
                            th scope="col" { (words::told(lang)) }
                        }
                    }
                    tbody {
                        @for transfer in transfers {
                            tr {
                                td { (moment(transfer.created_at)) }
                                td { (transfer.bank.to_uppercase()) " " (masked(&transfer.number)) }
                                td { (transfer.amount) }
                                td { (words::transfer_state(lang, transfer.state)) }
                                td { @if let Some(at) = transfer.told_at { (moment(at)) } @else { (words::not_yet(lang)) } }
                            }
                        }
                    }
                }
            }
        }
        nav class="pager" { a class="btn btn-md btn-quiet" href="/sim/bank" { (words::to_list(lang)) } }
    };
    document(prefs, stylesheet, words::transfers(lang), body)
}

/// `GET /sim/bank/pay/{charge}`
pub(super) fn charge(
    prefs: Prefs,
    stylesheet: Option<&str>,
    charge: &Charge,
    events: &[Event],
    notice: Option<Notice>,
    now: OffsetDateTime,
) -> Markup {
    let lang = prefs.lang;
    let body = html! {
        @match notice {
            Some(Notice::Late) => { p class="notice notice-success" role="status" { (words::late_note(lang)) } }
            Some(Notice::Changed) => { p class="notice notice-warning" role="status" { (words::changed_note(lang)) } }
            Some(Notice::NoCard) | None => {}
        }
        section class="panel" { (facts(lang, charge)) }
        @if charge.paid > 0 || charge.state != ChargeState::Open {
            p class="empty-actions" {
                a class="btn btn-md btn-primary" href=(charge.return_url) { (words::back_to_shop(lang)) }
            }
        }
        (actions(lang, charge, notice, now))
        @if !events.is_empty() { (history(lang, charge, events)) }
        nav class="pager" {
            a class="btn btn-md btn-quiet" href="/sim/bank" { (words::to_list(lang)) }
            @if charge.paid == 0 && charge.state == ChargeState::Open {
                a class="btn btn-md btn-quiet" href=(charge.return_url) { (words::back_to_shop(lang)) }
            }
        }
    };
    document(prefs, stylesheet, words::pay_title(lang), body)
}

fn facts(lang: Lang, charge: &Charge) -> Markup {
    let sum = |amount| Money::new(amount, charge.amount.currency());
    let sums = [
        (words::paid(lang), charge.paid),
        (words::refunded(lang), charge.refunded),
        (words::charged_back(lang), charge.charged_back),
    ];
    html! {
        dl {
            dt { (words::amount(lang)) } dd { strong { (charge.amount) } }
            @if !charge.description.is_empty() { dt { (words::for_what(lang)) } dd { (charge.description) } }
            dt { (words::by(lang)) } dd { (charge.method.brand()) }
            @match charge.instructions() {
                Instructions::VirtualAccount(number) => { dt { (words::va(lang)) } dd { code { (number) } } }
                Instructions::RetailCode(code) => { dt { (words::code(lang)) } dd { code { (code) } } }
                Instructions::Qr(payload) => {
                    dt { (words::bill(lang)) } dd { code { (charge.number) } }
                    dt { (words::qr(lang)) } dd { code { (payload) } }
                }
                Instructions::Page => { dt { (words::bill(lang)) } dd { code { (charge.number) } } }
            }
            dt { (words::state(lang)) } dd { (words::charge_state(lang, charge.state)) }
            dt { (words::due(lang)) } dd { (moment(charge.due_at)) }
            @for (name, amount) in sums {
                @if amount > 0 { dt { (name) } dd { (sum(amount)) } }
            }
        }
    }
}

fn actions(lang: Lang, charge: &Charge, notice: Option<Notice>, now: OffsetDateTime) -> Markup {
    let wanted = Money::new(charge.wanted(), charge.amount.currency());
    let half = Money::new(charge.wanted() / 2, charge.amount.currency());
    let takes = charge.state != ChargeState::Cancelled;
    let may_fail = matches!(charge.state, ChargeState::Open | ChargeState::Failed);
    html! {
        section class="panel" {
            h2 { (words::what(lang)) }
            @if !takes { p { (words::closed(lang)) } }
            form method="post" action={ "/sim/bank/pay/" (charge.id) } {
                input type="hidden" name="version" value=(charge.version);
                @if takes && charge.method.kind() == MethodKind::Card { (card_field(lang, notice)) }
                p class="empty-actions" {
                    @if takes {
                        (button("pay", &words::pay(lang, wanted), "btn-primary"))
                        (button("twice", words::twice(lang), "btn-secondary"))
                        @if half.amount() > 0 { (button("less", &words::less(lang, half), "btn-secondary")) }
                        @if charge.due_at > now { (button("late", words::late(lang), "btn-secondary")) }
                        @if may_fail { (button("fail", words::fail(lang), "btn-secondary")) }
                    }
                    @if charge.left() > 0 {
                        (button("charge_back", words::charge_back(lang), "btn-quiet"))
                    }
                    @if charge.paid > 0 {
                        @if charge.refuses_refunds {
                            (button("allow_refunds", words::allow_refunds(lang), "btn-quiet"))
                        } @else {
                            (button("refuse_refunds", words::refuse_refunds(lang), "btn-quiet"))
                        }
                    }
                }
            }
        }
    }
}

fn button(action: &str, label: &str, look: &str) -> Markup {
    html! { button class={ "btn btn-md " (look) } name="do" value=(action) { (label) } }
}

fn card_field(lang: Lang, notice: Option<Notice>) -> Markup {
    let wrong = notice == Some(Notice::NoCard);
    html! {
        div class="field" {
            label class="field-label" for="card" { (words::card(lang)) }
            div class="control" {
                input class="control-input" id="card" name="card" inputmode="numeric" autocomplete="off"
                    value=(card::GOOD) aria-describedby="card-hint" aria-invalid=[wrong.then_some("true")];
            }
            p class="field-hint" id="card-hint" { (words::card_hint(lang, card::GOOD, card::DECLINED)) }
            @if wrong { p class="field-error" role="alert" { (words::no_card(lang)) } }
        }
    }
}

fn history(lang: Lang, charge: &Charge, events: &[Event]) -> Markup {
    html! {
        h2 { (words::history(lang)) }
        div class="table-frame" {
            table class="table" {
                thead {
                    tr {
                        th scope="col" { (words::when(lang)) }
                        th scope="col" { (words::event(lang)) }
                        th scope="col" { (words::amount(lang)) }
                        th scope="col" { (words::told(lang)) }
                    }
                }
                tbody {
                    @for event in events {
                        tr {
                            td { (moment(event.occurred_at)) }
                            td { (words::event_kind(lang, event.kind)) }
                            td { (Money::new(event.amount, charge.amount.currency())) }
                            td {
                                @if let Some(at) = event.delivered_at { (moment(at)) } @else { (words::not_yet(lang)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
