//! One set of icons, drawn for Pasar on a grid of 24 with round strokes of 1.75.

use crate::Size;
use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident = $shape:literal;)+) => {
        /// A picture that stands beside a word, or for one that is read aloud instead.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Icon { $($name),+ }

        impl Icon {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The shapes inside the `<svg>`.
            const fn shape(self) -> &'static str { match self { $(Self::$name => $shape),+ } }

            pub const fn label(self) -> &'static str { match self { $(Self::$name => stringify!($name)),+ } }
        }
    };
}

icons! {
    Search = r#"<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>"#;
    Cart = r#"<path d="M3 4h1.6a1 1 0 0 1 1 .8L7.5 15h10l2-8H6.2"/><circle cx="9" cy="19.2" r="1.4"/><circle cx="16" cy="19.2" r="1.4"/>"#;
    User = r#"<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20.5c.7-3.9 3.7-6 7.5-6s6.8 2.1 7.5 6"/>"#;
    Users = r#"<circle cx="9" cy="8.5" r="3.3"/><path d="M2.8 19.8c.5-3.3 3-5.3 6.2-5.3s5.7 2 6.2 5.3M15.5 5.4a3.3 3.3 0 0 1 0 6.2M17.8 14.9c1.9.7 3 2.4 3.4 4.9"/>"#;
    Home = r#"<path d="m3.5 11.5 8.5-7.5 8.5 7.5"/><path d="M5.5 10v9a1 1 0 0 0 1 1H10v-5.5h4V20h3.5a1 1 0 0 0 1-1v-9"/>"#;
    Grid = r#"<rect x="4" y="4" width="6.5" height="6.5" rx="1.8"/><rect x="13.5" y="4" width="6.5" height="6.5" rx="1.8"/><rect x="4" y="13.5" width="6.5" height="6.5" rx="1.8"/><circle cx="16.75" cy="16.75" r="3.25"/>"#;
    Key = r#"<circle cx="8" cy="16" r="4.2"/><path d="m11 13 8.5-8.5M16.2 7.8l2.6 2.6M13.4 10.6l1.8 1.8"/>"#;
    Bell = r#"<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15z"/><path d="M10 20.5a2.2 2.2 0 0 0 4 0M12 3v2"/>"#;
    Heart = r#"<path d="M12 20S3.5 15.2 3.5 9.2A4.7 4.7 0 0 1 12 6.6a4.7 4.7 0 0 1 8.5 2.6C20.5 15.2 12 20 12 20z"/>"#;
    HeartFilled = r#"<path fill="currentColor" d="M12 20S3.5 15.2 3.5 9.2A4.7 4.7 0 0 1 12 6.6a4.7 4.7 0 0 1 8.5 2.6C20.5 15.2 12 20 12 20z"/>"#;
    Star = r#"<path d="m12 3.8 2.5 5.1 5.7.8-4.1 4 1 5.6-5.1-2.7-5.1 2.7 1-5.6-4.1-4 5.7-.8z"/>"#;
    StarFilled = r#"<path fill="currentColor" d="m12 3.8 2.5 5.1 5.7.8-4.1 4 1 5.6-5.1-2.7-5.1 2.7 1-5.6-4.1-4 5.7-.8z"/>"#;
    ChevronLeft = r#"<path d="m14.5 6-6 6 6 6"/>"#;
    ChevronRight = r#"<path d="m9.5 6 6 6-6 6"/>"#;
    ChevronUp = r#"<path d="m6 14.5 6-6 6 6"/>"#;
    ChevronDown = r#"<path d="m6 9.5 6 6 6-6"/>"#;
    ArrowLeft = r#"<path d="M20 12H4.5M10.5 5.5 4 12l6.5 6.5"/>"#;
    ArrowRight = r#"<path d="M4 12h15.5M13.5 5.5 20 12l-6.5 6.5"/>"#;
    Close = r#"<path d="m6 6 12 12M18 6 6 18"/>"#;
    Menu = r#"<path d="M4 7h16M4 12h16M4 17h10"/>"#;
    Check = r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#;
    CheckCircle = r#"<circle cx="12" cy="12" r="8.5"/><path d="m8.3 12.3 2.6 2.6 4.8-5"/>"#;
    Plus = r#"<path d="M12 5v14M5 12h14"/>"#;
    Minus = r#"<path d="M5 12h14"/>"#;
    Trash = r#"<path d="M4 6.5h16M9 6V4.5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1V6M6 6.5l.8 12.6a1.5 1.5 0 0 0 1.5 1.4h7.4a1.5 1.5 0 0 0 1.5-1.4L18 6.5M10 10.5v6M14 10.5v6"/>"#;
    Truck = r#"<path d="M5 17H3.5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1H14v11H9.5M14 9.5h3.6a1 1 0 0 1 .8.4l2.9 3.7a1 1 0 0 1 .2.6V16a1 1 0 0 1-1 1H19"/><circle cx="7.25" cy="17.25" r="2.25"/><circle cx="16.75" cy="17.25" r="2.25"/>"#;
    Package = r#"<path d="m12 3.5 8 4.2v8.6l-8 4.2-8-4.2V7.7z"/><path d="m4 7.7 8 4.3 8-4.3M12 12v8.5M8 5.6l8 4.3"/>"#;
    Shield = r#"<path d="M12 3.5 5 6v5.5c0 4.3 2.8 7.6 7 9 4.2-1.4 7-4.7 7-9V6z"/><path d="m9 12 2.2 2.2L15.3 10"/>"#;
    Lock = r#"<rect x="5" y="10.5" width="14" height="10" rx="2.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2"/>"#;
    Store = r#"<path d="M4.5 4.5h15L21 9a3 3 0 0 1-6 .5 3 3 0 0 1-6 0A3 3 0 0 1 3 9z"/><path d="M5 12.5V19a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-6.5M9.5 20v-4.5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1V20"/>"#;
    Chat = r#"<path d="M4 6.5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6l-4.5 4v-4H6a2 2 0 0 1-2-2z"/><path d="M8 9h8M8 12.5h5"/>"#;
    Mail = r#"<rect x="3.5" y="5.5" width="17" height="13" rx="2.5"/><path d="m4.5 7.5 7.5 5.5 7.5-5.5"/>"#;
    Phone = r#"<rect x="7" y="2.8" width="10" height="18.4" rx="2.5"/><path d="M11 18h2"/>"#;
    Tag = r#"<path d="M11.2 4H5a1 1 0 0 0-1 1v6.2a2 2 0 0 0 .6 1.4l7.2 7.2a1.6 1.6 0 0 0 2.3 0l5.7-5.7a1.6 1.6 0 0 0 0-2.3l-7.2-7.2a2 2 0 0 0-1.4-.6z"/><circle cx="8.5" cy="8.5" r="1.25"/>"#;
    Percent = r#"<path d="m18 6-12 12"/><circle cx="7.5" cy="7.5" r="2.5"/><circle cx="16.5" cy="16.5" r="2.5"/>"#;
    Ticket = r#"<path d="M4 6.5h16a.5.5 0 0 1 .5.5v2.7a2.3 2.3 0 0 0 0 4.6V17a.5.5 0 0 1-.5.5H4a.5.5 0 0 1-.5-.5v-2.7a2.3 2.3 0 0 0 0-4.6V7a.5.5 0 0 1 .5-.5zM14.5 6.5v2M14.5 11v2M14.5 15.5v2"/>"#;
    Bolt = r#"<path d="M13.5 3 5 13.5h5.5L10 21l9-11h-5.8z"/>"#;
    Clock = r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>"#;
    Calendar = r#"<rect x="4" y="5.5" width="16" height="15" rx="2.5"/><path d="M4 10.5h16M8.5 3v4.5M15.5 3v4.5"/>"#;
    Filter = r#"<path d="M4 7h9M17.5 7H20M4 17h2.5M11 17h9"/><circle cx="15.25" cy="7" r="2.25"/><circle cx="8.75" cy="17" r="2.25"/>"#;
    Sort = r#"<path d="M8 5v14M4.5 15.5 8 19l3.5-3.5M16 19V5M12.5 8.5 16 5l3.5 3.5"/>"#;
    Sun = r#"<circle cx="12" cy="12" r="4"/><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1"/>"#;
    Moon = r#"<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>"#;
    Device = r#"<rect x="3.5" y="4.5" width="17" height="11.5" rx="2"/><path d="M12 16v4M8.5 20h7"/>"#;
    Globe = r#"<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.6 2.3 3.9 5.2 3.9 8.5s-1.3 6.2-3.9 8.5c-2.6-2.3-3.9-5.2-3.9-8.5s1.3-6.2 3.9-8.5z"/>"#;
    Share = r#"<circle cx="6.5" cy="12" r="2.5"/><circle cx="17" cy="6" r="2.5"/><circle cx="17" cy="18" r="2.5"/><path d="m8.7 10.8 6.1-3.5M8.7 13.2l6.1 3.5"/>"#;
    Camera = r#"<path d="M4 8.5a1.5 1.5 0 0 1 1.5-1.5H8l1.5-2.5h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5z"/><circle cx="12" cy="12.8" r="3.5"/>"#;
    Image = r#"<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="8.8" cy="9.5" r="1.5"/><path d="m4 17 4.8-4.3 3.2 2.8 3.5-3.8 4.8 4.8"/>"#;
    Upload = r#"<path d="M12 16V4.5M7.5 8.5 12 4l4.5 4.5M4.5 15v3.5A1.5 1.5 0 0 0 6 20h12a1.5 1.5 0 0 0 1.5-1.5V15"/>"#;
    Download = r#"<path d="M12 4v11.5M7.5 11.5 12 16l4.5-4.5M4.5 15v3.5A1.5 1.5 0 0 0 6 20h12a1.5 1.5 0 0 0 1.5-1.5V15"/>"#;
    Warning = r#"<path d="M10.7 4.7 3.1 17.9A1.5 1.5 0 0 0 4.4 20h15.2a1.5 1.5 0 0 0 1.3-2.1L13.3 4.7a1.5 1.5 0 0 0-2.6 0zM12 9.5v4.5M12 17v.01"/>"#;
    Info = r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11.5V16M12 8v.01"/>"#;
    Help = r#"<circle cx="12" cy="12" r="8.5"/><path d="M9.7 9.5a2.4 2.4 0 1 1 3.5 2.2c-.8.4-1.2 1-1.2 1.8M12 16.5v.01"/>"#;
    MapPin = r#"<path d="M12 20.8s-6.8-5.3-6.8-10.8a6.8 6.8 0 0 1 13.6 0c0 5.5-6.8 10.8-6.8 10.8z"/><circle cx="12" cy="10" r="2.5"/>"#;
    Wallet = r#"<path d="M18.5 8V6A1.5 1.5 0 0 0 17 4.5H5.5a1.75 1.75 0 0 0 0 3.5h13A1.5 1.5 0 0 1 20 9.5V18a1.5 1.5 0 0 1-1.5 1.5h-13A1.7 1.7 0 0 1 3.8 17.8V6.2M16 13.7v.01"/>"#;
    Receipt = r#"<path d="M6 3.5v17l2-1.5 2 1.5 2-1.5 2 1.5 2-1.5 2 1.5v-17l-2 1.5-2-1.5-2 1.5-2-1.5-2 1.5z"/><path d="M9.5 9.5h5M9.5 13.5h5"/>"#;
    Return = r#"<path d="M8.5 4.5 4 9l4.5 4.5"/><path d="M4 9h10.5a5.5 5.5 0 0 1 0 11H8"/>"#;
    Refresh = r#"<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.5M20 4.5v5h-5"/>"#;
    Eye = r#"<path d="M2.8 12S6 5.8 12 5.8 21.2 12 21.2 12 18 18.2 12 18.2 2.8 12 2.8 12z"/><circle cx="12" cy="12" r="2.8"/>"#;
    EyeOff = r#"<path d="M9.5 6.1A9 9 0 0 1 12 5.8c6 0 9.2 6.2 9.2 6.2a15 15 0 0 1-2.7 3.5M6.3 7.7A15 15 0 0 0 2.8 12S6 18.2 12 18.2a9 9 0 0 0 4.7-1.3M4 4l16 16"/>"#;
    Edit = r#"<path d="m14.5 5.5 4 4L8.5 19.5l-5 1 1-5zM12.5 7.5l4 4"/>"#;
    Copy = r#"<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2.5"/><path d="M15.5 8.5V6A2 2 0 0 0 13.5 4H6a2 2 0 0 0-2 2v7.5a2 2 0 0 0 2 2h2.5"/>"#;
    External = r#"<path d="M13.5 4.5h6v6M19.5 4.5 11 13M17.5 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8A1.5 1.5 0 0 1 6 6.5h4"/>"#;
    More = r#"<path stroke-width="2.6" d="M5.5 12v.01M12 12v.01M18.5 12v.01"/>"#;
    Settings = r#"<circle cx="12" cy="12" r="3"/><path d="M12 3.5v2.3M12 18.2v2.3M4.6 7.75l2 1.15M17.4 15.1l2 1.15M4.6 16.25l2-1.15M17.4 8.9l2-1.15"/><circle cx="12" cy="12" r="6.2"/>"#;
    Chart = r#"<path d="M4 4v14.5A1.5 1.5 0 0 0 5.5 20H20M8.5 16v-4M12.5 16V8M16.5 16v-6"/>"#;
    SignOut = r#"<path d="M10 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h4M9.5 12H20M16 8l4 4-4 4"/>"#;
}

/// An icon in the colour and beside the size of the text around it. It says nothing to assistive technology:
/// give its control a label.
#[component]
pub fn Icon(name: Icon, #[prop(optional)] size: Size) -> impl IntoView {
    let class = match size {
        Size::Small => "icon icon-sm",
        Size::Medium => "icon",
        Size::Large => "icon icon-lg",
    };
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true" focusable="false" inner_html=name.shape()></svg>
    }
}
