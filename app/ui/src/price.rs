//! What things cost.

use crate::{Maybe, Size, lang};
use leptos::prelude::*;
use model::{Money, words::ui as words};

/// An amount as it is paid, and if it was more before, the struck amount and how much less it is. Struck
/// prices must be ones really asked before; a higher `before` is ignored unless it is one.
#[component]
pub fn Price(
    now: Money,
    #[prop(optional, into)] before: Maybe<Money>,
    #[prop(optional)] size: Size,
) -> impl IntoView {
    let before = before.0;
    let lang = lang();
    let class = match size {
        Size::Small => "price price-sm",
        Size::Medium => "price",
        Size::Large => "price price-lg",
    };
    let cut = before.and_then(|before| Some((before, percent_off(now, before)?)));
    view! {
        <span class=class>
            <span class="price-now"><span class="sr-only">{words::price(lang)} " "</span>{now.to_string()}</span>
            {cut.map(|(before, percent)| view! {
                <span class="price-cut">
                    <span class="price-off">
                        <span aria-hidden="true">{format!("−{percent}%")}</span>
                        <span class="sr-only">{words::discount(lang, percent)}</span>
                    </span>
                    <span class="price-before">
                        <span class="sr-only">{words::price_before(lang)} " "</span>
                        <s>{before.to_string()}</s>
                    </span>
                </span>
            })}
        </span>
    }
}

/// Whole percent off, rounded down so that it never promises more than is given; none where it is not cheaper.
pub fn percent_off(now: Money, before: Money) -> Option<u8> {
    if now.currency() != before.currency() || before.amount() <= 0 || now.amount() < 0 {
        return None;
    }
    let less = i128::from(before.amount()) - i128::from(now.amount());
    u8::try_from(less * 100 / i128::from(before.amount())).ok().filter(|percent| *percent > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discount_never_promises_more_than_is_given() {
        for (now, before, off) in [
            (80, 100, Some(20)),
            (667, 1000, Some(33)),
            (999, 1000, None),
            (100, 80, None),
            (0, 10, Some(100)),
            (1, 0, None),
        ] {
            assert_eq!(percent_off(Money::idr(now), Money::idr(before)), off, "{now} of {before}");
        }
    }
}
