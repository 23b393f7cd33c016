//! Faces of people and shops.

use crate::{Icon, Maybe, Size};
use leptos::prelude::*;

/// A round picture, or the first letters of the name on a calm ground, or a figure where there is no name. The name stands beside it in words, so
/// it says nothing to those who listen.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    #[prop(optional, into)] src: Maybe<String>,
    #[prop(optional)] size: Size,
) -> impl IntoView {
    let src = src.0;
    let class = match size {
        Size::Small => "avatar avatar-sm",
        Size::Medium => "avatar",
        Size::Large => "avatar avatar-lg",
    };
    if let Some(src) = src {
        return view! { <img class=class src=src alt="" loading="lazy" decoding="async"/> }.into_any();
    }
    let letters = initials(&name);
    let face =
        if letters.is_empty() { view! { <Icon name=Icon::User /> }.into_any() } else { letters.into_any() };
    view! { <span class=class aria-hidden="true">{face}</span> }.into_any()
}

fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}
