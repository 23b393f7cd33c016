use super::{rpc::what_waits, waiting::Waiting};
use crate::{
    parts::{
        Fetched, Frame, Part, Refusal, error_of, fetch, rpc::how_it_stands, shop_here, use_shop,
        use_shop_news,
    },
    staff::rpc::Leave,
};
use leptos::prelude::*;
use model::{
    ShopRole,
    shop::{ShopState, StaffShop, Standing},
    words::seller as words,
};
use ui::{Button, ButtonKind, Card, Dialog, DialogClose, DialogLink, Icon, Notice, NoticeKind, Size, format};

#[component]
pub fn TodayPage() -> impl IntoView {
    let slug = use_shop();
    let standing = fetch(move || slug.get(), how_it_stands);
    let leave = ServerAction::<Leave>::new();
    let (_, news) = use_shop_news();
    let waiting = fetch(move || (slug.get(), news.get()), |(shop, _)| what_waits(shop));
    view! {
        <Frame here=Part::Today>
            <Fetched
                resource=standing
                view=|standing| view! { <Stands shop=shop_here() standing=standing /> }.into_any()
            />
            <Fetched
                resource=waiting
                view=|to_do| view! { <Waiting shop=shop_here().slug.to_string() to_do=to_do /> }.into_any()
            />
            <Ways shop=shop_here() />
            <Leaving shop=shop_here() leave=leave />
        </Frame>
    }
}

/// Whether shoppers see the shop, and if not, why and what to do.
#[component]
fn Stands(shop: StaffShop, standing: Standing) -> impl IntoView {
    let lang = ui::lang();
    let wanted = standing.wants_documents() && shop.role == ShopRole::Owner;
    let (kind, title, text) = match (shop.state, standing) {
        (ShopState::Suspended, _) => {
            (NoticeKind::Error, words::suspended(lang), words::suspended_text(lang).to_owned())
        }
        (ShopState::Closed, _) => (NoticeKind::Info, words::closed(lang), String::new()),
        (_, Standing::Missing) => (
            NoticeKind::Warning,
            words::documents_missing(lang),
            words::documents_missing_text(lang).to_owned(),
        ),
        (_, Standing::Waiting { since }) => {
            let sent = words::sent_at(lang, format::date_time(lang, since));
            (NoticeKind::Info, words::in_review(lang), format!("{sent} {}", words::in_review_text(lang)))
        }
        (_, Standing::Rejected { reason, .. }) => (NoticeKind::Warning, words::rejected(lang), reason),
        (_, Standing::Verified) => {
            return view! {
                <p>
                    <Button kind=ButtonKind::Secondary icon=Icon::Store href=format!("/shop/{}", shop.slug)>
                        {words::to_shop(lang)}
                    </Button>
                </p>
            }
            .into_any();
        }
    };
    let to = format!("/seller/{}/verification", shop.slug);
    view! {
        <Notice kind=kind title=title>
            {(!text.is_empty()).then(|| view! { <p class="prose">{text}</p> })}
        </Notice>
        {wanted
            .then(|| {
                view! {
                    <p>
                        <Button icon=Icon::Shield href=to>{words::verification(lang)}</Button>
                    </p>
                }
            })}
    }
    .into_any()
}

/// The way out, for those whose shop it is not.
#[component]
fn Leaving(shop: StaffShop, leave: ServerAction<Leave>) -> impl IntoView {
    let lang = ui::lang();
    (shop.role != ShopRole::Owner).then(|| {
        view! {
            <Refusal error=error_of(leave) />
            <p>
                <DialogLink to="leave" kind=ButtonKind::Quiet icon=Icon::SignOut>{words::leave(lang)}</DialogLink>
            </p>
            <Dialog id="leave" title=words::leave_title(lang, &shop.name)>
                <p>{words::leave_text(lang)}</p>
                <div class="dialog-acts">
                    <DialogClose of="leave">{model::words::account::cancel(lang)}</DialogClose>
                    <ActionForm action=leave>
                        <input r#type="hidden" name="shop" value=shop.slug.to_string() />
                        <Button kind=ButtonKind::Danger>{words::leave(lang)}</Button>
                    </ActionForm>
                </div>
            </Dialog>
        }
    })
}

/// Where to go from here.
#[component]
fn Ways(shop: StaffShop) -> impl IntoView {
    let lang = ui::lang();
    let ways = Part::of(&shop).filter(|part| *part != Part::Today);
    let ways: Vec<_> = ways.map(|part| (part, part.href(&shop))).collect();
    view! {
        <ul class="account-parts" role="list">
            {ways
                .into_iter()
                .map(|(part, href)| {
                    view! {
                        <li>
                            <Card>
                                <a class="account-part" href=href>
                                    <Icon name=part.icon() />
                                    <span>
                                        <strong>{part.name(lang)}</strong>
                                    </span>
                                    <Icon name=Icon::ChevronRight size=Size::Small />
                                </a>
                            </Card>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
