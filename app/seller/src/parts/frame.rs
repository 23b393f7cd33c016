//! What stands around every page of a shop: which shop it is, and where the page is among the others.

use super::{
    Fetched, fetch,
    rpc::{new_orders, shop_of_mine},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    Lang, Permission,
    shop::StaffShop,
    words::{figures, health, seller as words, sold, stock, takings, vouchers},
};
use ui::{Badge, Fetch, Framed, Icon, Size, Title, Tone, live};

/// The parts of the seller centre, in the order they are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Today,
    Orders,
    Products,
    Stock,
    Promotions,
    Money,
    Analytics,
    Health,
    Staff,
    Settings,
}

impl Part {
    pub const ALL: &'static [Self] = &[
        Self::Today,
        Self::Orders,
        Self::Products,
        Self::Stock,
        Self::Promotions,
        Self::Money,
        Self::Analytics,
        Self::Health,
        Self::Staff,
        Self::Settings,
    ];

    /// What one must be allowed to do to see it; none for everybody who works there.
    pub const fn needs(self) -> Option<Permission> {
        match self {
            Self::Today => None,
            Self::Orders => Some(Permission::Orders),
            Self::Money => Some(Permission::Money),
            Self::Analytics | Self::Health => Some(Permission::Insights),
            Self::Staff => Some(Permission::Staff),
            Self::Products => Some(Permission::Products),
            Self::Stock => Some(Permission::Stock),
            Self::Promotions => Some(Permission::Promotions),
            Self::Settings => Some(Permission::Settings),
        }
    }

    pub fn href(self, shop: &StaffShop) -> String {
        let slug = &shop.slug;
        match self {
            Self::Today => format!("/seller/{slug}"),
            Self::Orders => format!("/seller/{slug}/orders"),
            Self::Money => format!("/seller/{slug}/money"),
            Self::Analytics => format!("/seller/{slug}/analytics"),
            Self::Health => format!("/seller/{slug}/health"),
            Self::Staff => format!("/seller/{slug}/staff"),
            Self::Products => format!("/seller/{slug}/products"),
            Self::Stock => format!("/seller/{slug}/stock"),
            Self::Promotions => format!("/seller/{slug}/promotions"),
            Self::Settings => format!("/seller/{slug}/settings"),
        }
    }

    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Today => words::today(lang),
            Self::Orders => sold::title(lang),
            Self::Money => takings::title(lang),
            Self::Analytics => figures::title(lang),
            Self::Health => health::title(lang),
            Self::Staff => words::staff(lang),
            Self::Products => words::products(lang),
            Self::Stock => stock::title(lang),
            Self::Promotions => vouchers::title(lang),
            Self::Settings => words::settings(lang),
        }
    }

    pub const fn icon(self) -> Icon {
        match self {
            Self::Today => Icon::Home,
            Self::Orders => Icon::Package,
            Self::Money => Icon::Receipt,
            Self::Analytics => Icon::Chart,
            Self::Health => Icon::Shield,
            Self::Staff => Icon::Users,
            Self::Products => Icon::Tag,
            Self::Stock => Icon::Grid,
            Self::Promotions => Icon::Ticket,
            Self::Settings => Icon::Settings,
        }
    }

    /// Those that somebody may see in this shop.
    pub fn of(shop: &StaffShop) -> impl Iterator<Item = Self> {
        let permissions = shop.role.permissions();
        Self::ALL
            .iter()
            .copied()
            .filter(move |part| part.needs().is_none_or(|needed| permissions.has(needed)))
    }
}

/// The address of the shop this page is about.
pub fn use_shop() -> Memo<String> {
    let route = use_params_map();
    Memo::new(move |_| route.with(|route| route.get("shop")).unwrap_or_default())
}

/// The shop, for whatever stands in a [`Frame`].
pub fn shop_here() -> StaffShop {
    expect_context::<StaffShop>()
}

/// A page of a shop. `title` is its headline; the part's name unless it says more. What stands in it knows the shop by
/// [`shop_here`].
#[component]
pub fn Frame(
    here: Part,
    #[prop(optional, into)] title: Option<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let slug = use_shop();
    let shop = fetch(move || slug.get(), shop_of_mine);
    let news = use_shop_news();
    view! {
        <Fetched
            resource=shop
            view=move |shop: StaffShop| {
                let lang = ui::lang();
                provide_context(Framed);
                provide_context(shop.clone());
                news.0.set(shop.role.permissions().has(Permission::Orders).then(|| format!("/seller/{}/events", shop.slug)));
                let title = title.clone().unwrap_or_else(|| here.name(lang).to_owned());
                view! {
                    <Title text=format!("{title} · {}", shop.name) unlisted=true />
                    <div class="desk">
                        <Side here=here shop=shop news=news.1 />
                        <div class="desk-body">
                            <h1 class="account-title">{title}</h1>
                            {children()}
                        </div>
                    </div>
                }
                    .into_any()
            }
        />
    }
}

/// Where news of the shop's orders comes from, once it is known whose work they are, and how often there was some.
type ShopNews = (RwSignal<Option<String>>, RwSignal<u32>);

/// Counts news of the shop's orders, for whoever shows them: where it stands in a [`Frame`] or around one.
pub fn use_shop_news() -> ShopNews {
    use_context::<ShopNews>().unwrap_or_else(|| {
        let from = RwSignal::new(None);
        let news = (from, live::news(Memo::new(move |_| from.get())));
        provide_context(news);
        news
    })
}

/// How many new orders wait, as it is at this moment.
#[component]
fn Waiting(new: Fetch<u32>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <ui::Fetched
            resource=new
            skeleton=|| ().into_any()
            failed=|_| ().into_any()
            view=move |n: u32| {
                let text = if n > 99 { "99+".to_owned() } else { n.to_string() };
                (n > 0)
                    .then(|| {
                        view! {
                            <span class="desk-waiting">
                                <span aria-hidden="true">{text.clone()}</span>
                                <span class="sr-only">{words::new_orders(lang, text)}</span>
                            </span>
                        }
                    })
                    .into_any()
            }
        />
    }
}

/// Beside the page on a desktop, above it as a strip on a phone.
#[component]
fn Side(here: Part, shop: StaffShop, news: RwSignal<u32>) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop.slug.to_string();
    let waiting = fetch(move || (slug.clone(), news.get()), |(slug, _)| new_orders(slug));
    let parts: Vec<_> = Part::of(&shop).map(|part| (part, part.href(&shop))).collect();
    view! {
        <div class="desk-side">
            <p class="desk-of">
                <a class="link" href="/seller">
                    <Icon name=Icon::Store size=Size::Small />
                    {shop.name}
                </a>
                {(!shop.state.is_public()).then(|| view! { <Badge tone=Tone::Deal text=words::state(lang, shop.state) /> })}
            </p>
            <nav aria-label=words::sections(lang)>
                <ul class="desk-nav" role="list">
                    {parts
                        .into_iter()
                        .map(|(part, href)| {
                            view! {
                                <li>
                                    <a class="account-link" href=href aria-current=(part == here).then_some("page")>
                                        <Icon name=part.icon() />
                                        {part.name(lang)}
                                        {(part == Part::Orders).then(|| view! { <Waiting new=waiting /> })}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </nav>
        </div>
    }
}
