//! Views of one thing side by side, each with its own address.

use crate::lang;
use leptos::prelude::*;
use model::Lang;

/// One tab: the page it is, and how many are there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub count: Option<u64>,
    /// More than this are not counted out.
    pub most: u64,
}

impl Tab {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), count: None, most: u64::MAX }
    }

    #[must_use]
    pub const fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// The same, counted no further than just beyond `most`.
    #[must_use]
    pub const fn count_to(mut self, count: u64, most: u64) -> Self {
        self.count = Some(count);
        self.most = most;
        self
    }

    fn counted(&self, lang: Lang) -> Option<String> {
        let n = self.count?;
        Some(if n > self.most { format!("{}+", lang.number(self.most)) } else { lang.number(n) })
    }
}

/// Links, since the address is the state. `here` is the place in the list of the tab shown.
#[component]
pub fn Tabs(tabs: Vec<Tab>, here: usize, #[prop(into)] label: String) -> impl IntoView {
    let lang = lang();
    view! {
        <nav class="tabs" aria-label=label>
            <ul role="list">
                {tabs.into_iter().enumerate().map(|(i, tab)| {
                    let counted = tab.counted(lang);
                    view! {
                        <li>
                            <a class="tab" href=tab.href aria-current=(i == here).then_some("page")>
                                {tab.label}
                                {counted.map(|n| view! { <span class="tab-count">{n}</span> })}
                            </a>
                        </li>
                    }
                }).collect_view()}
            </ul>
        </nav>
    }
}
