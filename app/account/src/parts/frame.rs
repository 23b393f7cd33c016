//! What stands around every page of the account: where it is among the others, and its headline.

use leptos::prelude::*;
use model::{Lang, words::account as words};
use ui::{Breadcrumbs, Crumb, Framed, Icon, Title};

/// The parts of the account, in the order they are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Overview,
    Orders,
    Coins,
    Addresses,
    Profile,
    Wishlist,
    Security,
    Notifications,
    Privacy,
}

impl Part {
    pub const ALL: [Self; 9] = [
        Self::Overview,
        Self::Orders,
        Self::Coins,
        Self::Addresses,
        Self::Profile,
        Self::Wishlist,
        Self::Security,
        Self::Notifications,
        Self::Privacy,
    ];

    pub const fn href(self) -> &'static str {
        match self {
            Self::Overview => "/account",
            Self::Orders => "/account/orders",
            Self::Coins => "/account/coins",
            Self::Addresses => "/account/addresses",
            Self::Profile => "/account/profile",
            Self::Wishlist => "/account/wishlist",
            Self::Security => "/account/security",
            Self::Notifications => "/account/notifications",
            Self::Privacy => "/account/privacy",
        }
    }

    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Overview => words::overview(lang),
            Self::Orders => model::words::orders::title(lang),
            Self::Coins => model::words::coins::title(lang),
            Self::Addresses => words::addresses(lang),
            Self::Profile => words::profile(lang),
            Self::Wishlist => words::wishlist(lang),
            Self::Security => model::words::door::security(lang),
            Self::Notifications => model::words::security::notifications(lang),
            Self::Privacy => words::privacy(lang),
        }
    }

    pub const fn icon(self) -> Icon {
        match self {
            Self::Overview => Icon::Grid,
            Self::Orders => Icon::Package,
            Self::Coins => Icon::Wallet,
            Self::Addresses => Icon::MapPin,
            Self::Profile => Icon::User,
            Self::Wishlist => Icon::Heart,
            Self::Security => Icon::Lock,
            Self::Notifications => Icon::Bell,
            Self::Privacy => Icon::Shield,
        }
    }
}

/// Not for search engines.
#[component]
pub fn Private(#[prop(into)] title: String) -> impl IntoView {
    view! { <Title text=title unlisted=true /> }
}

/// A page of the account. `title` is its headline; the part's name unless it says more.
#[component]
pub fn Frame(here: Part, #[prop(optional, into)] title: Option<String>, children: Children) -> impl IntoView {
    let lang = ui::lang();
    provide_context(Framed);
    let own = title.is_some();
    let title = title.unwrap_or_else(|| here.name(lang).to_owned());
    let mut way = vec![Crumb::new(words::title(lang), Part::Overview.href())];
    if own {
        way.push(Crumb::new(here.name(lang), here.href()));
    }
    view! {
        <Private title=title.clone() />
        {(here != Part::Overview).then(|| view! { <Breadcrumbs way=way here=title.clone() /> })}
        <div class="account">
            <nav class="account-nav" aria-label=words::sections(lang)>
                <ul role="list">
                    {Part::ALL
                        .map(|part| {
                            view! {
                                <li>
                                    <a class="account-link" href=part.href() aria-current=(part == here).then_some("page")>
                                        <Icon name=part.icon() />
                                        {part.name(lang)}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </nav>
            <div class="account-body">
                <h1 class="account-title">{title}</h1>
                {children()}
            </div>
        </div>
    }
}
