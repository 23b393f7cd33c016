//! How much of a flash sale is gone, while the page is looked at.

use super::rpc::flash_sold;
use leptos::{prelude::*, task::spawn_local};
use model::{ids::VariantId, views::FlashOffer, words::promo as words};
use std::time::Duration;
use ui::{ProgressBar, Tone, live};

/// How often is asked.
const AGAIN: Duration = Duration::from_secs(10);

/// How many pieces of which offer are gone, as far as is known.
pub type Sold = RwSignal<Vec<(VariantId, i32)>>;

/// Asks again and again for these; never where there are none.
pub fn watch(offers: Vec<FlashOffer>) -> Sold {
    let known = RwSignal::new(offers.iter().map(|offer| (offer.variant, offer.sold)).collect());
    if offers.is_empty() {
        return known;
    }
    let ticks = live::ticks(AGAIN);
    let variants: Vec<VariantId> = offers.into_iter().map(|offer| offer.variant).collect();
    Effect::new(move |asked: Option<()>| {
        ticks.track();
        // What has just been read is no older than the page.
        if asked.is_some() {
            let variants = variants.clone();
            spawn_local(async move {
                if let Ok(now) = flash_sold(variants).await {
                    // The page may have been left meanwhile.
                    known.try_set(now);
                }
            });
        }
    });
    known
}

/// How many of the pieces are gone.
#[component]
pub fn SoldBar(offer: FlashOffer, known: Sold) -> impl IntoView {
    let lang = ui::lang();
    let sold = Memo::new(move |_| {
        let now =
            known.with(|all| all.iter().find(|(variant, _)| *variant == offer.variant).map(|(_, n)| *n));
        now.unwrap_or(offer.sold)
    });
    move || {
        let percent = i64::from(sold.get()) * 100 / i64::from(offer.quota.max(1));
        let label = words::sold_of(lang, sold.get(), offer.quota);
        view! { <ProgressBar percent=u8::try_from(percent).unwrap_or(100) label=label tone=Tone::Deal /> }
    }
}
