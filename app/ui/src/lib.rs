//! The design system: what every page of Pasar is made of.
//!
//! A component takes values rather than closures and knows no domain: a price, not a product. Looks live in
//! `style/` as tokens and component classes; a component only names its class. All of it works as plain HTML
//! first, and what the browser adds afterwards only makes it smoother. The `/design` page shows every
//! component in every state.
//!
//! Words come from `model::words::ui` in the reader's language, which is a [`Lang`] in the Leptos context.

#![expect(clippy::fn_params_excessive_bools, reason = "a component's properties are named where it is used")]

mod avatar;
mod badge;
mod breadcrumbs;
mod browser;
mod button;
mod card;
mod chart;
mod choice;
mod countdown;
mod dialog;
mod empty;
mod fetched;
mod field;
pub mod format;
mod icon;
mod lazy;
pub mod live;
mod logo;
mod maybe;
mod notice;
mod own;
mod pagination;
mod picture;
mod price;
mod progress;
mod quantity;
mod rating;
mod refusal;
mod sent_form;
mod skeleton;
mod stepper;
mod table;
mod tabs;
mod title;
mod toast;
mod voucher;

pub use avatar::*;
pub use badge::*;
pub use breadcrumbs::*;
pub use browser::{open_dialog_at, turn_page};
pub use button::*;
pub use card::*;
pub use chart::*;
pub use choice::*;
pub use countdown::*;
pub use dialog::*;
pub use empty::*;
pub use fetched::{Fetch, Fetched, Kept, failure, fetch, keep};
pub use field::*;
pub use icon::*;
pub use logo::*;
pub use maybe::Maybe;
pub use notice::*;
pub use own::{Framed, OwnFetched};
pub use pagination::*;
pub use picture::*;
pub use price::*;
pub use progress::*;
pub use quantity::*;
pub use rating::*;
pub use refusal::{ProveFirst, Refusal, error_of, to_prove, wrong};
pub use sent_form::*;
pub use skeleton::*;
pub use stepper::*;
pub use table::*;
pub use tabs::*;
pub use title::*;
pub use toast::*;
pub use voucher::{VoucherFields, VoucherMore};

use leptos::prelude::*;
use model::Lang;

/// The language of the page being rendered; Indonesian where none was provided.
pub fn lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// Text for people who listen: read aloud, not shown.
#[component]
pub fn VisuallyHidden(children: Children) -> impl IntoView {
    view! { <span class="sr-only">{children()}</span> }
}

/// How large a control is. `Medium` everywhere a finger may land; `Small` only inside dense tables, where its
/// touch target still reaches 44 px.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Size {
    Small,
    #[default]
    Medium,
    Large,
}
