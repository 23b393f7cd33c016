//! What stands where something will be. A skeleton has the size of what it stands for.

use crate::{Ratio, lang};
use leptos::prelude::*;
use model::words::ui as words;

/// The shape of one part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Lines of text; the last one is shorter.
    Text(u8),
    Title,
    Price,
    Picture(Ratio),
    Circle,
    Button,
    /// A row of a list or table.
    Row,
}

/// One grey part. Several of them go inside a [`Loading`], which says once that something is coming.
#[component]
pub fn Skeleton(shape: Shape) -> impl IntoView {
    let part =
        |class: &'static str| view! { <span class=format!("skeleton {class}") aria-hidden="true"></span> };
    match shape {
        Shape::Text(lines) => (0..lines.max(1))
            .map(|i| {
                part(if i > 0 && i + 1 == lines { "skeleton-text skeleton-last" } else { "skeleton-text" })
            })
            .collect_view()
            .into_any(),
        Shape::Title => part("skeleton-title").into_any(),
        Shape::Price => part("skeleton-price").into_any(),
        Shape::Picture(ratio) => {
            view! { <span class=format!("skeleton {}", ratio.class()) aria-hidden="true"></span> }.into_any()
        }
        Shape::Circle => part("skeleton-circle").into_any(),
        Shape::Button => part("skeleton-button").into_any(),
        Shape::Row => part("skeleton-row").into_any(),
    }
}

/// Around skeletons: tells assistive technology once that this part is loading.
#[component]
pub fn Loading(children: Children) -> impl IntoView {
    view! {
        <div class="loading" role="status">
            <span class="sr-only">{words::loading(lang())}</span>
            {children()}
        </div>
    }
}
