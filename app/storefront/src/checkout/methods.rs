//! Ways to pay, by what one does who pays that way.

use leptos::prelude::*;
use model::{
    Money,
    payment::{Method, MethodKind},
    views::MethodOffer,
    words::checkout as words,
};
use ui::{Choice, RadioGroup};

/// Radio buttons called `method`, to be put into a form.
#[component]
pub fn MethodChoices(
    offers: Vec<MethodOffer>,
    #[prop(optional_no_strip)] chosen: Option<Method>,
    /// What is paid without any fee, where each is to say what it comes to.
    #[prop(optional)]
    before_fee: Option<Money>,
) -> impl IntoView {
    let lang = ui::lang();
    let chosen = chosen.map(|method| method.as_str().to_owned());
    by_kind(offers)
        .into_iter()
        .map(|(kind, offers)| {
            let choices = offers.into_iter().map(|offer| choice(offer, before_fee)).collect();
            view! {
                <RadioGroup
                    name="method"
                    label=words::kind_name(lang, kind)
                    choices=choices
                    chosen=chosen.clone()
                    cards=true
                />
            }
        })
        .collect_view()
}

fn choice(offer: MethodOffer, before_fee: Option<Money>) -> Choice {
    let lang = ui::lang();
    let choice = Choice::new(offer.method.as_str(), words::method_name(lang, offer.method));
    let total = before_fee.and_then(|sum| sum.plus(offer.fee).ok());
    match (offer.refused, total) {
        (Some(reason), _) => choice.hint(words::method_reason(lang, reason)).disabled(),
        (None, Some(total)) => choice.hint(words::fee_in(lang, offer.fee, total)),
        (None, None) if offer.fee.is_zero() => choice,
        (None, None) => choice.hint(words::fee(lang, offer.fee)),
    }
}

/// Kinds stand where their first offer stands.
fn by_kind(offers: Vec<MethodOffer>) -> Vec<(MethodKind, Vec<MethodOffer>)> {
    let mut kinds: Vec<(MethodKind, Vec<MethodOffer>)> = Vec::new();
    for offer in offers {
        let kind = offer.method.kind();
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, of)) => of.push(offer),
            None => kinds.push((kind, vec![offer])),
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_stands_once_where_its_first_offer_stands() {
        let offer = |method| MethodOffer { method, fee: Money::idr(0), refused: None };
        let offers = [Method::Qris, Method::VaBca, Method::Gopay, Method::VaBri, Method::Cod].map(offer);
        let kinds: Vec<_> = by_kind(offers.to_vec()).into_iter().map(|(kind, of)| (kind, of.len())).collect();
        let expected = [
            (MethodKind::Qris, 1),
            (MethodKind::VirtualAccount, 2),
            (MethodKind::Ewallet, 1),
            (MethodKind::CashOnDelivery, 1),
        ];
        assert_eq!(kinds, expected);
    }
}
