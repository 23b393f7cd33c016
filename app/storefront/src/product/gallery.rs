//! Pictures side by side in a strip that snaps, the chosen variant's first; thumbnails are links into it. A picture
//! opens large over the page, or without script as a file by itself.

use crate::parts::Image;
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
};
use leptos_router::hooks::use_query_map;
use model::{
    views::{Picture, Variant},
    words::storefront as words,
};
use ui::{Dialog, Icon, IconButton, IconButtonKind, Place, open_dialog_at, turn_page};

const VIEWER: &str = "viewer";
const STRIP: &str = "viewer-strip";

#[component]
pub fn Gallery(pictures: Vec<Picture>, variants: Vec<Variant>) -> impl IntoView {
    let lang = ui::lang();
    let asked = use_query_map();
    let chosen = Memo::new(move |_| {
        let sku = asked.with(|q| q.get("v"))?;
        variants.iter().find(|variant| variant.sku == sku)?.picture.map(usize::from)
    });
    let total = pictures.len();
    let thumbs = (total > 1).then(|| {
        let items = pictures.iter().enumerate().map(|(i, picture)| {
            let label = words::picture_n(lang, i + 1, total);
            let current = move || (chosen.get() == Some(i)).then_some("true");
            view! {
                <li>
                    <a class="gallery-thumb" href=format!("#picture-{}", i + 1) aria-label=label aria-current=current rel="external">
                        <Image picture=Picture { alt: String::new(), ..picture.clone() } sizes="64px" />
                    </a>
                </li>
            }
        });
        view! { <ul class="gallery-thumbs" role="list">{items.collect_view()}</ul> }
    });
    let viewer = view! { <Viewer pictures=pictures.clone() /> };
    view! {
        <section class="gallery" aria-label=words::pictures(lang)>
            {move || strip(&pictures, chosen.get().unwrap_or_default())}
            {thumbs}
            {viewer}
        </section>
    }
}

/// All pictures in their order, but for the one that is wanted first.
fn strip(pictures: &[Picture], first: usize) -> impl IntoView + use<> {
    let mut order: Vec<_> = pictures.iter().enumerate().collect();
    order.sort_by_key(|(i, _)| *i != first);
    let items = order.into_iter().enumerate().map(|(place, (i, picture))| {
        let open = move |event: MouseEvent| {
            let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
            if !elsewhere && open_dialog_at(VIEWER, &large(i)) {
                event.prevent_default();
            }
        };
        view! {
            <li id=format!("picture-{}", i + 1)>
                <a class="gallery-picture" href=picture.largest() target="_blank" rel="external" on:click=open>
                    <Image picture=picture.clone() sizes="(min-width: 1024px) 420px, 100vw" eager={place == 0} />
                </a>
            </li>
        }
    });
    view! { <ul class="gallery-strip" role="list" tabindex="0">{items.collect_view()}</ul> }
}

fn large(i: usize) -> String {
    format!("large-{}", i + 1)
}

/// The pictures as large as the window; each can be enlarged once more, and then moved about in its frame.
#[component]
fn Viewer(pictures: Vec<Picture>) -> impl IntoView {
    let lang = ui::lang();
    let many = pictures.len() > 1;
    let pages = pictures.into_iter().enumerate().map(move |(i, picture)| {
        view! {
            <li id=large(i) class="viewer-page">
                <label class="viewer-zoom">
                    <input class="sr-only" type="checkbox" />
                    <span class="sr-only">{words::enlarge(lang)}</span>
                    <Image picture=Picture { placeholder: None, ..picture } sizes="100vw" whole=true />
                </label>
            </li>
        }
    });
    view! {
        <Dialog
            id=VIEWER
            title=words::pictures(lang)
            place=Place::Full
            on:keydown=|event: KeyboardEvent| match event.key().as_str() {
                "ArrowLeft" => turn_page(STRIP, false),
                "ArrowRight" => turn_page(STRIP, true),
                _ => {}
            }
        >
            <ul class="viewer-strip" id=STRIP role="list">
                {pages.collect_view()}
            </ul>
            {many
                .then(|| {
                    view! {
                        <div class="viewer-turn">
                            <IconButton icon=Icon::ChevronLeft label=words::picture_before(lang) kind=IconButtonKind::Raised plain=true on:click=|_| turn_page(STRIP, false) />
                            <IconButton icon=Icon::ChevronRight label=words::picture_after(lang) kind=IconButtonKind::Raised plain=true on:click=|_| turn_page(STRIP, true) />
                        </div>
                    }
                })}
        </Dialog>
    }
}
