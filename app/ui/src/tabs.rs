//! Views of one thing side by side, each with its own address.

use crate::lang;
use leptos::prelude::*;

/// One tab: the page it is, and how many are there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub count: Option<u64>,
}

impl Tab {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), count: None }
    }

    #[must_use]
    pub const fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

/// Links, since the address is the state. `here` is the place in the list of the tab shown.
#[component]
pub fn Tabs(tabs: Vec<Tab>, here: usize, #[prop(into)] label: String) -> impl IntoView {
    let lang = lang();
    view! {
        <nav class="tabs" aria-label=label>
            <ul role="list">
                {tabs.into_iter().enumerate().map(|(i, tab)| view! {
                    <li>
                        <a class="tab" href=tab.href aria-current=(i == here).then_some("page")>
                            {tab.label}
                            {tab.count.map(|n| view! { <span class="tab-count">{lang.number(n)}</span> })}
                        </a>
                    </li>
                }).collect_view()}
            </ul>
        </nav>
    }
}
