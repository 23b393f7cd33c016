//! Language and theme of this page: the server provides them as a context; the browser reads them off the
//! document the server sent, so that both sides render the same words.

use leptos::prelude::*;
use model::{Lang, Prefs, Theme};

pub fn current() -> Prefs {
    use_context::<Prefs>().unwrap_or_else(|| from_document().unwrap_or_default())
}

fn from_document() -> Option<Prefs> {
    let root = document().document_element()?;
    let attribute = |name| root.get_attribute(name);
    Some(Prefs {
        lang: attribute("lang").and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default(),
        theme: attribute("data-theme").and_then(|tag| Theme::from_tag(&tag)).unwrap_or_default(),
    })
}
