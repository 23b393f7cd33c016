//! The HTTP edge: how requests come in and answers go out.
//!
//! [`site`] serves the pages, server functions and files; [`Health`] the probes; [`layers`] stands around everything:
//! request ids and logs, security headers, compression, rate limits, the refusal of other sites' requests, limits on
//! size and time. Errors have one translation, [`Problem`]: a page for people, a problem document for programs, in
//! the reader's language. Server functions and resources get their [`Cx`](kernel::Cx) from [`cx`] and speak to the
//! answer through the functions here; nothing else names Leptos's own response options or redirects.
//!
//! `serve(listener, layers(site(..).merge(Health::new(..).routes()), &settings, &kernel), stop, grace)` is a server.

mod buyer;
mod came_from;
mod client;
pub mod cookies;
mod csrf;
mod drain;
mod error_page;
mod etag;
mod files;
mod forms;
mod headers;
mod health;
mod intake;
mod layers;
mod limit;
mod pages;
mod panics;
mod prefs;
mod problem;
mod scope;
mod serve;
mod server_fns;
mod session;
mod settings;
mod visitor;

pub use buyer::{BuyerCx, CartDoor, Carts, bring_cart, buyer, known_buyer, new_buyer};
pub use came_from::came_from;
pub use client::{Network, NotANetwork};
pub use etag::{is_known, tag_of};
pub use forms::{draft, go, keep_draft, member, member_or_guest, remember_prefs, sign_in_first};
pub use headers::OwnPolicy;
pub use health::Health;
pub use layers::layers;
pub use model::Prefs;
pub use pages::{
    come_in, cookie, cx, database, forget_cookie, forget_session, go_to, gone, header, internal,
    keep_registration, keep_session, known_browser, moved, not_found, page_status, prefs, provide, redirect,
    refused, renew_session, sent_cookie, set_cookie, site, stylesheet_url,
};
pub use panics::log_panics;
pub use problem::{Problem, database_code};
pub use scope::{InCx, Scope};
pub use serve::{Ended, serve};
pub use session::{Carried, Door, Doorman, SessionCookies};
pub use settings::{Rate, Rates, WebSettings};
pub use visitor::{forget_visitor, greet, visitor};
