//! Goods in the cart and at checkout, one line of them.

use super::Image;
use leptos::prelude::*;
use model::{
    Money, query,
    views::{CartItem, Picture, SummaryRow, Supply},
    words::cart as words,
};
use ui::{Badge, Icon, Price, Size, Tone};

/// A thing with its picture, price and stock. Beneath it stands how many there are and the note; where there are
/// `children`, these stand there instead: what can be done with it.
#[component]
pub fn ItemLine(item: CartItem, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let lang = ui::lang();
    let gone = item.supply == Supply::Gone;
    let href = query::href(&format!("/p/{}", item.slug), [("v", item.sku.as_str())]);
    let picture = Picture { alt: String::new(), ..item.picture.clone() };
    let beneath = match children {
        Some(children) => children(),
        None => view! { <Said item=item.clone() /> }.into_any(),
    };
    view! {
        <article class="item" class:item-gone=!item.supply.is_enough()>
            <div class="item-picture">
                <Image picture=picture sizes="96px" />
            </div>
            <div class="item-text">
                <h3 class="item-name">
                    {if gone {
                        item.name.clone().into_any()
                    } else {
                        view! { <a class="item-link" href=href>{item.name.clone()}</a> }.into_any()
                    }}
                </h3>
                {(!item.label.is_empty()).then(|| view! { <p class="item-label">{item.label.clone()}</p> })}
                <Price now=item.unit before=item.list size=Size::Small />
                {item.was.map(|was| moved(was, item.unit))}
                {item
                    .flash_until
                    .map(|until| {
                        view! {
                            <p class="item-flash">
                                <Icon name=Icon::Bolt size=Size::Small />
                                {words::flash_until(lang, ui::format::date_time(lang, until))}
                            </p>
                        }
                    })}
                {(!item.why.is_empty()).then(|| view! { <Why rows=item.why.clone() /> })}
                {words::supply(lang, item.supply)
                    .map(|text| {
                        let tone = if item.supply.is_enough() { Tone::Deal } else { Tone::Danger };
                        view! { <p><Badge tone=tone text=text /></p> }
                    })}
            </div>
            <div class="item-beneath">{beneath}</div>
        </article>
    }
}

/// The steps from the list price to what is paid.
#[component]
fn Why(rows: Vec<SummaryRow>) -> impl IntoView {
    let lang = ui::lang();
    let currency = rows.first().map(|row| row.amount.currency()).unwrap_or_default();
    let sum = Money::new(rows.iter().map(|row| row.amount.amount()).sum(), currency);
    let row = |(name, amount): (String, Money)| view! { <div class="summary-row"><dt>{name}</dt><dd>{amount.to_string()}</dd></div> };
    let steps = rows.into_iter().map(|step| (words::part(lang, &step.of), step.amount));
    let paid = std::iter::once((words::you_pay(lang).to_owned(), sum));
    view! {
        <details class="item-why">
            <summary>{words::why(lang)}</summary>
            <dl class="summary">{steps.chain(paid).map(row).collect_view()}</dl>
        </details>
    }
}

/// How many there are, what they cost together, and the note.
#[component]
fn Said(item: CartItem) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <p class="item-sum">
            <span>{words::pieces_of(lang, item.quantity)}</span>
            <strong>{item.gross.to_string()}</strong>
        </p>
        {(!item.note.is_empty()).then(|| view! { <p class="item-note">{words::note_said(lang, &item.note)}</p> })}
    }
    .into_any()
}

/// The price is another than when it was last looked at.
fn moved(was: Money, now: Money) -> impl IntoView {
    let lang = ui::lang();
    let dearer = now.amount() > was.amount();
    let (icon, text) = if dearer {
        (Icon::ChevronUp, words::dearer_than(lang, was))
    } else {
        (Icon::ChevronDown, words::cheaper_than(lang, was))
    };
    view! {
        <p class="item-moved" class:item-dearer=dearer>
            <Icon name=icon size=Size::Small />
            {text}
        </p>
    }
}
