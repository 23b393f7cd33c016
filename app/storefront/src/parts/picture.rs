//! Pictures of goods: photographs in the best format a browser knows, or drawn art.

use leptos::prelude::*;
use model::views::{Picture as View, PictureFormat};
use ui::Picture;

#[component]
pub fn Image(
    picture: View,
    /// How wide it is shown, as in HTML.
    sizes: &'static str,
    /// Fetched at once: the first on the page.
    #[prop(optional)]
    eager: bool,
    /// Shows all of it instead of filling the frame.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let set = |format| picture.srcset(format);
    view! {
        <Picture
            src=picture.src()
            srcset=set(PictureFormat::Jpeg)
            avif=set(PictureFormat::Avif)
            webp=set(PictureFormat::Webp)
            blur=picture.placeholder.clone()
            alt=picture.alt.clone()
            sizes=sizes
            eager=eager
            whole=whole
        />
    }
}
