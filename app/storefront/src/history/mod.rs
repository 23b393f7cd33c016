//! Where this visitor has been: shelves of their own, and the button that forgets it.

mod rpc;

pub use rpc::my_shelves;

use crate::parts::{CardShelf, Fetch, Fetched};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{views::Personal, words::storefront as words};

/// The shelves on their way.
pub type Mine = Fetch<Personal>;

/// What they looked at and what may please them; nothing for someone who is here for the first time.
#[component]
pub fn MyShelves(shelves: Mine) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Fetched
            resource=shelves
            view=move |mine: Personal| {
                view! {
                    <CardShelf title=words::recently_seen(lang) cards=mine.recently_seen history=true />
                    <CardShelf title=words::for_you(lang) cards=mine.for_you />
                }
                    .into_any()
            }
        />
    }
}

/// A plain form, which returns to the page it stands on.
#[component]
pub fn ForgetHistory() -> impl IntoView {
    view! {
        <form method="post" action=rpc::ForgetHistory::url()>
            <button class="shelf-more" type="submit">{words::forget_history(ui::lang())}</button>
        </form>
    }
}
