//! Things over the page: questions, filters, menus.

use crate::browser::{close_dialog, open_dialog};
use crate::{Button, ButtonKind, Icon, Maybe, Size, lang};
use leptos::prelude::*;
use model::words::ui as words;

/// Where a dialog stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Place {
    /// In the middle: a question.
    #[default]
    Centre,
    /// At the edge where reading ends: filters, the cart.
    End,
    /// At the edge where reading starts: the menu.
    Start,
    /// From below: choices on a phone.
    Bottom,
    /// Over the whole window: pictures.
    Full,
}

/// A native `<dialog>`: the browser keeps focus inside, closes it on Escape and gives focus back. Without
/// script it is shown by its anchor (`#id`) as a part of the page, and closes by going back to it.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(optional)] place: Place,
    children: Children,
) -> impl IntoView {
    let class = match place {
        Place::Centre => "dialog dialog-centre",
        Place::End => "dialog dialog-end",
        Place::Start => "dialog dialog-start",
        Place::Bottom => "dialog dialog-bottom",
        Place::Full => "dialog dialog-full",
    };
    let heading = format!("{id}-title");
    let named = heading.clone();
    let closing = id.clone();
    view! {
        <dialog class=class id=id aria-labelledby=named closedby="any">
            <div class="dialog-head">
                <h2 class="dialog-title" id=heading>{title}</h2>
                <a
                    class="icon-btn btn-md"
                    role="button"
                    href="#"
                    aria-label=words::close(lang())
                    on:click=move |event| if close_dialog(&closing) { event.prevent_default() }
                >
                    <Icon name=Icon::Close/>
                </a>
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}

/// A dialog at the edge of the screen.
#[component]
pub fn Drawer(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(default = Place::End)] place: Place,
    children: Children,
) -> impl IntoView {
    view! { <Dialog id title place children/> }
}

/// The link that opens a dialog of this page.
#[component]
pub fn DialogLink(
    /// The dialog's id.
    #[prop(into)]
    to: String,
    #[prop(default = ButtonKind::Secondary)] kind: ButtonKind,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] icon: Maybe<Icon>,
    children: Children,
) -> impl IntoView {
    let icon = icon.0;
    let href = format!("#{to}");
    let open = move |event: leptos::ev::MouseEvent| {
        if open_dialog(&to) {
            event.prevent_default();
        }
    };
    view! {
        <Button kind size icon href attr:role="button" attr:aria-haspopup="dialog" on:click=open>{children()}</Button>
    }
}

/// The way out of a dialog without doing anything: "Cancel". Stands among its buttons.
#[component]
pub fn DialogClose(
    /// The dialog's id.
    #[prop(into)]
    of: String,
    #[prop(default = ButtonKind::Secondary)] kind: ButtonKind,
    children: Children,
) -> impl IntoView {
    let close = move |event: leptos::ev::MouseEvent| {
        if close_dialog(&of) {
            event.prevent_default();
        }
    };
    view! { <Button kind href="#" attr:role="button" on:click=close>{children()}</Button> }
}
