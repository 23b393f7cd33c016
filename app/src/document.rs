//! The HTML document around the app. Rendered on the server only.

use crate::{App, scripts::Scripts};
use leptos::{hydration::AutoReload, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags};
use model::Prefs;

pub fn shell(options: LeptosOptions) -> impl IntoView {
    let Prefs { lang, theme } = use_context::<Prefs>().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag() data-theme=theme.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fffefb" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#111b16" />
                <link rel="preload" href="/fonts/plus-jakarta-sans-latin.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous" />
                <HashedStylesheet id="style" options=options.clone() />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/site.webmanifest" />
                <AutoReload options=options.clone() />
                <Scripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
