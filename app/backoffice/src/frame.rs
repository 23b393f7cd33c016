//! What stands around every page of operators: which of them one may open, what waits there, and which one this is.

use crate::home::rpc::my_desk;
use leptos::prelude::*;
use model::{
    Duty, Lang,
    views::desk::{Overview, Waiting},
    words::{audit, backoffice as words, books, members, messages, sales, takings, vouchers},
};
use ui::{Fetch, Fetched, Icon, Size, fetch};

/// The pages of operators, in the order they are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Desk {
    Home,
    Goods,
    Shops,
    Sales,
    Vouchers,
    Members,
    Withdrawals,
    Fees,
    Books,
    Messages,
    Search,
    Audit,
}

impl Desk {
    pub const ALL: &'static [Self] = &[
        Self::Home,
        Self::Goods,
        Self::Shops,
        Self::Sales,
        Self::Vouchers,
        Self::Members,
        Self::Withdrawals,
        Self::Fees,
        Self::Books,
        Self::Messages,
        Self::Search,
        Self::Audit,
    ];

    /// Whose work it is; none for every operator.
    pub const fn needs(self) -> Option<Duty> {
        match self {
            Self::Home => None,
            Self::Goods => Some(Duty::Moderation),
            Self::Shops => Some(Duty::Shops),
            Self::Sales => Some(Duty::Catalogue),
            Self::Vouchers | Self::Members | Self::Withdrawals | Self::Fees | Self::Books => {
                Some(Duty::Money)
            }
            Self::Messages => Some(Duty::Messages),
            Self::Search => Some(Duty::Search),
            Self::Audit => Some(Duty::Audit),
        }
    }

    pub const fn href(self) -> &'static str {
        match self {
            Self::Home => "/backoffice",
            Self::Goods => "/backoffice/goods",
            Self::Shops => "/backoffice/shops",
            Self::Sales => "/backoffice/flash",
            Self::Vouchers => "/backoffice/vouchers",
            Self::Members => "/backoffice/members",
            Self::Withdrawals => "/backoffice/withdrawals",
            Self::Fees => "/backoffice/fees",
            Self::Books => "/backoffice/books",
            Self::Messages => "/backoffice/messages",
            Self::Search => "/backoffice/search",
            Self::Audit => "/backoffice/audit",
        }
    }

    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Home => words::title(lang),
            Self::Goods => words::goods_desk(lang),
            Self::Shops => words::shops_desk(lang),
            Self::Sales => sales::title(lang),
            Self::Vouchers => vouchers::house(lang),
            Self::Members => members::title(lang),
            Self::Withdrawals => takings::desk(lang),
            Self::Fees => words::fees_desk(lang),
            Self::Books => books::title(lang),
            Self::Messages => messages::title(lang),
            Self::Search => words::search_desk(lang),
            Self::Audit => audit::title(lang),
        }
    }

    pub const fn about(self, lang: Lang) -> &'static str {
        match self {
            Self::Home => words::title(lang),
            Self::Goods => words::about_goods(lang),
            Self::Shops => words::about_shops(lang),
            Self::Sales => sales::desk_about(lang),
            Self::Vouchers => vouchers::house_about(lang),
            Self::Members => members::desk_about(lang),
            Self::Withdrawals => words::about_withdrawals(lang),
            Self::Fees => words::about_fees(lang),
            Self::Books => words::about_books(lang),
            Self::Messages => words::about_messages(lang),
            Self::Search => words::about_search(lang),
            Self::Audit => words::about_audit(lang),
        }
    }

    pub const fn icon(self) -> Icon {
        match self {
            Self::Home => Icon::Home,
            Self::Goods => Icon::Tag,
            Self::Shops => Icon::Store,
            Self::Sales => Icon::Bolt,
            Self::Vouchers => Icon::Ticket,
            Self::Members => Icon::Users,
            Self::Withdrawals => Icon::Wallet,
            Self::Fees => Icon::Percent,
            Self::Books => Icon::Receipt,
            Self::Messages => Icon::Mail,
            Self::Search => Icon::Search,
            Self::Audit => Icon::Shield,
        }
    }

    /// How much of it waits for somebody.
    pub const fn waiting(self, waiting: Waiting) -> u32 {
        match self {
            Self::Goods => waiting.goods,
            Self::Shops => waiting.shops,
            Self::Withdrawals => waiting.withdrawals,
            Self::Books => waiting.misfits,
            _ => 0,
        }
    }

    /// Those that somebody may open.
    pub fn of(overview: &Overview) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|desk| desk.needs().is_none_or(|duty| overview.duties.contains(&duty)))
    }
}

/// So many wait, as it is written beside a name; nothing where none do.
#[component]
pub fn Count(n: u32) -> impl IntoView {
    let lang = ui::lang();
    (n > 0).then(|| {
        let text = if n > Waiting::MOST { format!("{}+", Waiting::MOST) } else { n.to_string() };
        view! {
            <span class="desk-waiting">
                <span aria-hidden="true">{text.clone()}</span>
                <span class="sr-only">{words::waiting(lang, text)}</span>
            </span>
        }
    })
}

/// A page of operators. Beside it on a desktop, above it as a strip on a phone, stand the others that one may open.
#[component]
pub fn Frame(
    here: Desk,
    /// What the page has asked for already; otherwise it is asked for here.
    #[prop(optional)]
    overview: Option<Fetch<Overview>>,
    children: Children,
) -> impl IntoView {
    let lang = ui::lang();
    let overview = overview.unwrap_or_else(|| fetch(|| (), |()| my_desk()));
    view! {
        <div class="desk">
            <div class="desk-side">
                <p class="desk-of">
                    <a class="link" href=Desk::Home.href()>
                        <Icon name=Icon::Shield size=Size::Small />
                        {words::title(lang)}
                    </a>
                </p>
                // Whoever may not be here is told so by the page itself.
                <Fetched
                    resource=overview
                    skeleton=|| ().into_any()
                    failed=|_| ().into_any()
                    view=move |overview: Overview| view! { <Side here=here overview=overview /> }.into_any()
                />
            </div>
            <div class="desk-body">{children()}</div>
        </div>
    }
}

#[component]
fn Side(here: Desk, overview: Overview) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <nav aria-label=words::desks(lang)>
            <ul class="desk-nav" role="list">
                {Desk::of(&overview)
                    .map(|desk| {
                        view! {
                            <li>
                                <a class="account-link" href=desk.href() aria-current=(desk == here).then_some("page")>
                                    <Icon name=desk.icon() />
                                    {desk.name(lang)}
                                    <Count n=desk.waiting(overview.waiting) />
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}
