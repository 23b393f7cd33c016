//! The small picture of a thing, beside its name.

use leptos::prelude::*;
use model::views::{Picture as View, PictureFormat};
use ui::Picture;

#[component]
pub fn Thumb(picture: View) -> impl IntoView {
    view! {
        <Picture
            src=picture.src()
            srcset=picture.srcset(PictureFormat::Jpeg)
            avif=picture.srcset(PictureFormat::Avif)
            webp=picture.srcset(PictureFormat::Webp)
            blur=picture.placeholder.clone()
            alt=""
            sizes="96px"
        />
    }
}
