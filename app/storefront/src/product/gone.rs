//! A product that is no longer sold, and what is like it.

use crate::parts::CardShelf;
use leptos::prelude::*;
use model::{views::ProductCard, words::storefront as words};
use ui::{Art, Illustration, Title};

#[component]
pub fn NoLongerSold(similar: Vec<ProductCard>) -> impl IntoView {
    let lang = ui::lang();
    let text = if similar.is_empty() { words::gone_text_alone(lang) } else { words::gone_text(lang) };
    view! {
        <Title text=words::gone_title(lang) unlisted=true />
        <div class="empty">
            <Illustration art=Art::Box />
            <h1 class="empty-title">{words::gone_title(lang)}</h1>
            <p class="empty-text">{text}</p>
        </div>
        <CardShelf title=words::similar(lang) cards=similar eager=true />
    }
}
