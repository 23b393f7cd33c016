//! Pictures side by side in a strip that snaps; thumbnails are links into it, a picture opens in full by itself.

use crate::parts::Image;
use leptos::prelude::*;
use model::{views::Picture, words::storefront as words};

#[component]
pub fn Gallery(pictures: Vec<Picture>) -> impl IntoView {
    let lang = ui::lang();
    let total = pictures.len();
    let thumbs = (total > 1).then(|| {
        let items = pictures.iter().enumerate().map(|(i, picture)| {
            let label = words::picture_n(lang, i + 1, total);
            view! {
                <li>
                    <a class="gallery-thumb" href=format!("#picture-{}", i + 1) aria-label=label rel="external">
                        <Image picture=Picture { alt: String::new(), ..picture.clone() } sizes="64px" />
                    </a>
                </li>
            }
        });
        view! { <ul class="gallery-thumbs" role="list">{items.collect_view()}</ul> }
    });
    view! {
        <section class="gallery" aria-label=words::pictures(lang)>
            <ul class="gallery-strip" role="list" tabindex="0">
                {pictures
                    .iter()
                    .enumerate()
                    .map(|(i, picture)| {
                        view! {
                            <li id=format!("picture-{}", i + 1)>
                                <a class="gallery-picture" href=picture.src() target="_blank" rel="external">
                                    <Image picture=picture.clone() sizes="(min-width: 1024px) 420px, 100vw" eager={i == 0} />
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {thumbs}
        </section>
    }
}
