//! Where this page stands.

use crate::{Icon, Size, lang};
use leptos::prelude::*;
use model::words::ui as words;

/// One step of the way here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

impl Crumb {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// The way from the home page to `here`, which is not a link.
#[component]
pub fn Breadcrumbs(way: Vec<Crumb>, #[prop(into)] here: String) -> impl IntoView {
    view! {
        <nav class="crumbs" aria-label=words::breadcrumbs(lang())>
            <ol role="list">
                {way.into_iter().map(|crumb| view! {
                    <li><a href=crumb.href>{crumb.label}</a><Icon name=Icon::ChevronRight size=Size::Small/></li>
                }).collect_view()}
                <li><span aria-current="page">{here}</span></li>
            </ol>
        </nav>
    }
}
