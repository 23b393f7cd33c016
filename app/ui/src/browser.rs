//! The few things asked of the browser itself. On the server each of them does nothing.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlDialogElement;

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Opens a `<dialog>` over the page; false where there is none of that name.
pub fn open_dialog(id: &str) -> bool {
    dialog(id).is_some_and(|dialog| dialog.open() || dialog.show_modal().is_ok())
}

/// Opens a `<dialog>` over the page and brings one of its parts into sight; false where there is none of that name.
pub fn open_dialog_at(id: &str, part: &str) -> bool {
    let opened = open_dialog(id);
    if let (true, Some(part)) = (opened, document().get_element_by_id(part)) {
        part.scroll_into_view();
    }
    opened
}

/// Scrolls an element sideways by as much of it as can be seen.
pub fn turn_page(id: &str, forward: bool) {
    if let Some(element) = document().get_element_by_id(id) {
        let width = f64::from(element.client_width());
        element.scroll_by_with_x_and_y(if forward { width } else { -width }, 0.0);
    }
}

/// Closes an open `<dialog>`; false where it was not open, for instance when only shown by its anchor.
pub fn close_dialog(id: &str) -> bool {
    dialog(id).filter(HtmlDialogElement::open).map(|dialog| dialog.close()).is_some()
}
