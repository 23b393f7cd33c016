use super::rpc::{Summary, summed_up};
use crate::parts::{Fetched, Frame, Part, fetch};
use leptos::prelude::*;
use model::words::{account as words, backoffice, members, seller};
use ui::{Avatar, Card, Icon, Notice, NoticeKind, Size, format};

#[component]
pub fn OverviewPage() -> impl IntoView {
    let lang = ui::lang();
    let page = fetch(|| (), |()| summed_up());
    view! {
        <Frame here=Part::Overview title=words::title(lang)>
            <Fetched resource=page view=|summary| view! { <Parts summary=summary /> }.into_any() />
        </Frame>
    }
}

#[component]
fn Parts(summary: Summary) -> impl IntoView {
    let lang = ui::lang();
    let Summary { profile, addresses, wishes, coins, standing, duties, erased_at } = summary;
    let name = profile.name.clone();
    let about = move |part| match part {
        Part::Overview => String::new(),
        Part::Orders => model::words::orders::about(lang).to_owned(),
        Part::Coins => model::words::coins::about(lang, lang.number(coins)),
        Part::Addresses if addresses == 0 => words::overview_addresses_none(lang).to_owned(),
        Part::Addresses => words::overview_addresses(lang, addresses),
        Part::Profile => words::overview_profile(lang).to_owned(),
        Part::Wishlist => words::overview_wishes(lang, wishes),
        Part::Security => model::words::door::security_about(lang).to_owned(),
        Part::Notifications => model::words::security::notifications_about(lang).to_owned(),
        Part::Privacy => words::overview_privacy(lang).to_owned(),
    };
    view! {
        {erased_at
            .map(|at| {
                view! {
                    <Notice kind=NoticeKind::Warning>
                        <p>
                            {words::closing_due(lang, format::date(lang, at))} " "
                            <a class="link" href="/account/privacy#closing">{words::closing_cancel(lang)}</a>
                        </p>
                    </Notice>
                }
            })}
        <p class="account-hello">
            <Avatar name=name.clone().unwrap_or_default() src=profile.picture.map(|picture| picture.src()) size=Size::Large />
            <span>{name.map_or_else(|| words::hello_you(lang).to_owned(), |name| words::hello(lang, name))}</span>
        </p>
        <Card>
            <p>
                <strong>{members::of_tier(lang, members::name(standing.tier))}</strong>
            </p>
            <p class="section-about">{members::standing(lang, &standing)}</p>
        </Card>
        <ul class="account-parts" role="list">
            {Part::ALL
                .into_iter()
                .filter(|part| *part != Part::Overview)
                .map(|part| view! { <Way href=part.href() icon=part.icon() name=part.name(lang) about=about(part) /> })
                .collect_view()}
            <Way href="/seller" icon=Icon::Store name=seller::my_shops(lang) about=seller::my_shops_about(lang) />
            {(!duties.is_empty())
                .then(|| view! { <Way href="/backoffice" icon=Icon::Shield name=backoffice::title(lang) about=words::overview_desk(lang) /> })}
        </ul>
    }
}

#[component]
fn Way(href: &'static str, icon: Icon, name: &'static str, #[prop(into)] about: String) -> impl IntoView {
    view! {
        <li>
            <Card>
                <a class="account-part" href=href>
                    <Icon name=icon />
                    <span>
                        <strong>{name}</strong>
                        <small>{about}</small>
                    </span>
                    <Icon name=Icon::ChevronRight size=Size::Small />
                </a>
            </Card>
        </li>
    }
}
