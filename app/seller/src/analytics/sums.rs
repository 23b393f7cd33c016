//! Numbers of a period beside those of the one before.

use leptos::prelude::*;
use model::{
    Lang,
    views::figures::{Tally, change, rate, rupiah},
    words::figures as words,
};
use ui::{Card, Cell, Column, SectionHead, Table, format};

/// How something went compared with before.
fn compared(lang: Lang, now: i64, before: i64) -> String {
    match change(now, before) {
        None => words::nothing_before(lang).to_owned(),
        Some(0) => words::same(lang).to_owned(),
        Some(percent) if percent > 0 => words::more(lang, lang.number(percent.unsigned_abs())),
        Some(percent) => words::fewer(lang, lang.number(percent.unsigned_abs())),
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// From looks over carts to what was paid for.
#[component]
pub fn Funnel(now: Tally, before: Tally) -> impl IntoView {
    let lang = ui::lang();
    let of = |words: fn(Lang, String) -> String, part, whole| {
        rate(part, whole).map(|tenths| words(lang, format::tenths(lang, tenths)))
    };
    let steps = [
        (words::looks(lang), now.looks, before.looks, None),
        (words::carts(lang), now.carts, before.carts, of(words::of_looks, now.carts, now.looks)),
        (words::orders(lang), now.orders, before.orders, of(words::of_carts, now.orders, now.carts)),
    ];
    view! {
        <section aria-labelledby="funnel">
            <SectionHead id="funnel" title=words::funnel(lang) about=words::funnel_about(lang) />
            <ol class="purse" role="list">
                {steps
                    .into_iter()
                    .map(|(name, now, before, part)| {
                        view! {
                            <li>
                                <Card>
                                    <p class="order-facts">{name}</p>
                                    <p class="purse-sum">{lang.number(now)}</p>
                                    {part.map(|part| view! { <p class="order-facts">{part}</p> })}
                                    <p class="order-facts">{compared(lang, signed(now), signed(before))}</p>
                                </Card>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
            {(now.cancelled > 0)
                .then(|| view! { <p class="order-facts">{words::cancelled_text(lang, lang.number(now.cancelled))}</p> })}
        </section>
    }
}

/// What is left of the sales after all that is taken off them.
#[component]
pub fn Profit(now: Tally, before: Tally) -> impl IntoView {
    let lang = ui::lang();
    let rows = [
        (words::sales(lang), now.sales, before.sales),
        (words::vouchers(lang), -now.vouchers, -before.vouchers),
        (words::shipping(lang), -now.shipping, -before.shipping),
        (words::fees(lang), -now.fees, -before.fees),
        (words::given_back(lang), -now.given_back, -before.given_back),
        (words::left(lang), now.left(), before.left()),
    ];
    let columns = vec![
        Column::text(words::what(lang)),
        Column::number(words::amount(lang)),
        Column::number(words::before(lang)),
    ];
    view! {
        <section aria-labelledby="profit">
            <SectionHead id="profit" title=words::profit(lang) about=words::profit_about(lang) />
            <Card flush=true>
                <Table caption=words::profit(lang) columns=columns>
                    {rows
                        .into_iter()
                        .map(|(name, now, before)| {
                            view! {
                                <tr>
                                    <Cell label=words::what(lang)>{name}</Cell>
                                    <Cell label=words::amount(lang) number=true>{rupiah(now).to_string()}</Cell>
                                    <Cell label=words::before(lang) number=true>{rupiah(before).to_string()}</Cell>
                                </tr>
                            }
                        })
                        .collect_view()}
                </Table>
            </Card>
            <p class="order-facts">{compared(lang, now.left(), before.left())}</p>
        </section>
    }
}
