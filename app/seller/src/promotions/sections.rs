//! The kinds of promotion there are, above the list of each.

use crate::parts::shop_here;
use leptos::prelude::*;
use model::{
    Lang,
    words::{bundles, prices, sales as words},
};
use ui::{Tab, Tabs};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    Vouchers,
    FlashSales,
    Prices,
    Bundles,
}

impl Section {
    const ALL: &'static [Self] = &[Self::Vouchers, Self::FlashSales, Self::Prices, Self::Bundles];

    const fn path(self) -> &'static str {
        match self {
            Self::Vouchers => "",
            Self::FlashSales => "/flash",
            Self::Prices => "/prices",
            Self::Bundles => "/bundles",
        }
    }

    const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Vouchers => words::vouchers(lang),
            Self::FlashSales => words::title(lang),
            Self::Prices => prices::title(lang),
            Self::Bundles => bundles::title(lang),
        }
    }
}

#[component]
pub fn Sections(here: Section) -> impl IntoView {
    let lang = ui::lang();
    let path = format!("/seller/{}/promotions", shop_here().slug);
    let tab = |section: &Section| Tab::new(section.name(lang), format!("{path}{}", section.path()));
    let tabs = Section::ALL.iter().map(tab).collect();
    let here = Section::ALL.iter().position(|it| *it == here).unwrap_or_default();
    view! { <Tabs tabs=tabs here=here label=words::sections(lang) /> }
}
