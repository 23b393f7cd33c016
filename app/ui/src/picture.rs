//! Photographs and drawings of things.

use crate::{Icon, Maybe, lang};
use leptos::prelude::*;
use model::words::ui as words;

/// The frame a picture fills. It is reserved before the picture arrives, so nothing jumps.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Ratio {
    #[default]
    Square,
    /// 4:3, for articles and shops.
    Landscape,
    /// 3:1, for banners.
    Banner,
    /// 16:9, for video.
    Wide,
}

impl Ratio {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Square => "ratio-square",
            Self::Landscape => "ratio-landscape",
            Self::Banner => "ratio-banner",
            Self::Wide => "ratio-wide",
        }
    }
}

/// A picture in the best format the browser knows. `src` is the plain one for all; `avif` and `webp` are
/// `srcset`s ("/m/x-320.avif 320w, …"), as is `srcset` for the plain format. `blur` is a tiny data URL shown
/// until it arrives. Pictures load when they come near; `eager` for the one the page opens with. Without a
/// `src` a calm placeholder stands in the frame.
#[component]
pub fn Picture(
    #[prop(into)] alt: String,
    #[prop(optional, into)] src: Maybe<String>,
    #[prop(optional, into)] srcset: Maybe<String>,
    #[prop(optional, into)] avif: Maybe<String>,
    #[prop(optional, into)] webp: Maybe<String>,
    #[prop(default = "100vw".to_owned(), into)] sizes: String,
    #[prop(optional, into)] blur: Maybe<String>,
    #[prop(optional)] ratio: Ratio,
    #[prop(optional)] eager: bool,
    /// Shows all of it instead of filling the frame.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let (src, srcset, avif, webp, blur) = (src.0, srcset.0, avif.0, webp.0, blur.0);
    let frame = format!("picture {}", ratio.class());
    let Some(src) = src else {
        let label = if alt.is_empty() { words::picture_missing(lang()).to_owned() } else { alt };
        return view! { <div class=format!("{frame} picture-none") role="img" aria-label=label><Icon name=Icon::Image/></div> }.into_any();
    };
    let source = |kind: &'static str, set: Option<String>| {
        set.map(|set| view! { <source type=kind srcset=set sizes=sizes.clone()/> })
    };
    view! {
        <div class=frame class:picture-whole=whole>
            {blur.map(|blur| view! { <img class="picture-blur" src=blur alt="" aria-hidden="true"/> })}
            <picture>
                {source("image/avif", avif)}
                {source("image/webp", webp)}
                <img
                    class="picture-img"
                    src=src
                    srcset=srcset
                    sizes=sizes.clone()
                    alt=alt
                    loading=if eager { "eager" } else { "lazy" }
                    fetchpriority=eager.then_some("high")
                    decoding="async"
                />
            </picture>
        </div>
    }
    .into_any()
}
