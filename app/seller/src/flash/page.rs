//! One flash sale: what the shop has in it, and what it could add.

use super::{
    list::{rules, tone, when},
    rpc::{OwnSale, WithdrawNomination, sale_of},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    views::{
        PictureFormat,
        sales::{Asked, NominationState, SaleGood, SaleRow, SaleStanding},
    },
    words::sales as words,
};
use ui::{
    Art, Badge, Button, ButtonKind, Card, EmptyState, Field, Icon, Input, Notice, NoticeKind, Picture, Size,
    Tone,
};

/// What the address of the page says.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Said {
    shop: String,
    id: String,
    q: String,
    sent: bool,
}

#[component]
pub fn FlashSalePage() -> impl IntoView {
    let (shop, route, said) = (use_shop(), use_params_map(), use_query_map());
    let withdraw = ServerAction::<WithdrawNomination>::new();
    let said = Memo::new(move |_| Said {
        shop: shop.get(),
        id: route.with(|route| route.get("sale")).unwrap_or_default(),
        q: said.with(|said| said.get("q")).unwrap_or_default(),
        sent: said.with(|said| said.get("sent").is_some()),
    });
    let found = fetch(
        move || (said.get(), withdraw.version().get()),
        |(Said { shop, id, q, .. }, _)| sale_of(shop, id, q),
    );
    view! {
        <Frame here=Part::Promotions title=words::title(ui::lang())>
            {move || {
                said.with(|said| said.sent)
                    .then(|| view! { <Notice kind=NoticeKind::Success><p>{words::sent(ui::lang())}</p></Notice> })
            }}
            <Refusal error=error_of(withdraw) stale=words::too_late />
            <Fetched resource=found view=move |found: OwnSale| shown(found, said.get_untracked().q, withdraw) />
        </Frame>
    }
}

fn shown(found: OwnSale, q: String, withdraw: ServerAction<WithdrawNomination>) -> AnyView {
    let lang = ui::lang();
    let OwnSale { page, found } = found;
    let (sale, own) = (page.sale, page.goods.items);
    let open = sale.standing == SaleStanding::Open;
    let taken = own.iter().filter(|good| good.asked.as_ref().is_some_and(|it| it.state.counts())).count();
    let room = sale.most_per_shop.is_none_or(|most| i32::try_from(taken).is_ok_and(|taken| taken < most));
    let id = sale.id.to_string();
    let (name, standing) = (sale.name.clone(), sale.standing);
    let (held, ruled) = (when(lang, &sale), rules(lang, &sale));
    view! {
        <Card>
            <div class="voucher-head">
                <h2 class="stall-name">{name}</h2>
                <Badge tone=tone(standing) text=words::standing(lang, standing) />
            </div>
            <p>{held}</p>
            <p class="order-facts">{ruled}</p>
        </Card>
        <section aria-labelledby="own">
            <h2 id="own" class="section-title">{words::own(lang)}</h2>
            {if own.is_empty() {
                view! { <p class="section-about">{words::own_none(lang)}</p> }.into_any()
            } else {
                view! {
                    <ul class="account-parts" role="list">
                        {own
                            .into_iter()
                            .map(|good| view! { <li><Own sale=id.clone() good=good open=open withdraw=withdraw /></li> })
                            .collect_view()}
                    </ul>
                }
                    .into_any()
            }}
        </section>
        {found.map(|found| view! { <Choose sale=sale found=found q=q room=room /> })}
    }
    .into_any()
}

/// What it is, with its picture.
#[component]
pub fn Head(good: SaleGood, children: Children) -> impl IntoView {
    let name = good.called();
    let picture = good.picture;
    view! {
        <div class="stall-head">
            <span class="stall-picture">
                <Picture
                    src=picture.src()
                    srcset=picture.srcset(PictureFormat::Jpeg)
                    avif=picture.srcset(PictureFormat::Avif)
                    webp=picture.srcset(PictureFormat::Webp)
                    blur=picture.placeholder.clone()
                    alt=""
                    sizes="64px"
                />
            </span>
            <div>
                <h3 class="stall-name">{name}</h3>
                {children()}
            </div>
        </div>
    }
}

const fn state_tone(state: NominationState) -> Tone {
    match state {
        NominationState::Waiting => Tone::Deal,
        NominationState::Accepted => Tone::Brand,
        NominationState::Refused => Tone::Danger,
        NominationState::Withdrawn => Tone::Neutral,
    }
}

#[component]
fn Own(
    sale: String,
    good: SaleGood,
    open: bool,
    withdraw: ServerAction<WithdrawNomination>,
) -> impl IntoView {
    let lang = ui::lang();
    let asked = good.asked.clone();
    let slug = shop_here().slug.to_string();
    let (variant, spoken) = (good.variant.to_string(), format!(" {}", good.called()));
    let spoken_too = spoken.clone();
    let href = format!("/seller/{slug}/promotions/flash/{sale}/{variant}");
    let state = asked.as_ref().map(|asked| asked.state);
    let change = open && state.is_some_and(|state| state != NominationState::Accepted);
    let back = open && state.is_some_and(NominationState::counts);
    view! {
        <Card>
            <Head good=good.clone()>{asked.map(|asked| view! { <AskedFor good=good asked=asked /> })}</Head>
            <div class="form-acts">
                {change
                    .then(|| {
                        view! {
                            <Button kind=ButtonKind::Secondary size=Size::Small href=href>
                                {words::change_it(lang)}
                                <span class="sr-only">{spoken}</span>
                            </Button>
                        }
                    })}
                {back
                    .then(|| {
                        view! {
                            <ActionForm action=withdraw>
                                <input r#type="hidden" name="shop" value=slug />
                                <input r#type="hidden" name="id" value=sale />
                                <input r#type="hidden" name="variant" value=variant />
                                <Button kind=ButtonKind::Quiet size=Size::Small>
                                    {words::withdraw(lang)}
                                    <span class="sr-only">{spoken_too}</span>
                                </Button>
                            </ActionForm>
                        }
                    })}
            </div>
        </Card>
    }
}

#[component]
fn AskedFor(good: SaleGood, asked: Asked) -> impl IntoView {
    let lang = ui::lang();
    let each = asked.per_buyer.map(|most| format!(", {}", words::each_buyer(lang, most)));
    let sold = words::sold_of(lang, asked.sold, asked.quota);
    view! {
        <p>
            <Badge tone=state_tone(asked.state) text=words::nomination(lang, asked.state) />
            " "
            {words::price_of(lang, asked.price, good.price)}
        </p>
        <p class="address-notes">{sold}{each}</p>
        {asked.reason.map(|reason| view! { <p>{words::refused_for(lang, reason)}</p> })}
    }
}

#[component]
fn Choose(sale: SaleRow, found: Vec<SaleGood>, q: String, room: bool) -> impl IntoView {
    let lang = ui::lang();
    let here = format!("/seller/{}/promotions/flash/{}", shop_here().slug, sale.id);
    let path = here.clone();
    view! {
        <section aria-labelledby="choose">
            <h2 id="choose" class="section-title">{words::choose(lang)}</h2>
            {if room {
                view! {
                    <form class="stock-filter" action=here method="get" role="search">
                        <Field
                            name="q"
                            label=words::find(lang)
                            kind=Input::Search
                            icon=Icon::Search
                            value=q
                            maxlength=100u32
                            optional=true
                        />
                        <Button kind=ButtonKind::Secondary icon=Icon::Search>{words::find_go(lang)}</Button>
                    </form>
                    <Found found=found path=path />
                }
                    .into_any()
            } else {
                view! { <Notice><p>{words::no_room(lang)}</p></Notice> }.into_any()
            }}
        </section>
    }
}

/// What is in the sale already is changed above.
#[component]
fn Found(found: Vec<SaleGood>, path: String) -> impl IntoView {
    let lang = ui::lang();
    let fresh = |good: &SaleGood| good.asked.as_ref().is_none_or(|it| !it.state.counts());
    let found: Vec<SaleGood> = found.into_iter().filter(fresh).collect();
    if found.is_empty() {
        return view! { <EmptyState art=Art::Box title=words::find_none(lang) /> }.into_any();
    }
    let row = |good: SaleGood| {
        let (href, spoken) = (format!("{path}/{}", good.variant), format!(" {}", good.called()));
        let facts = format!("{} · {}", good.sku, words::price_now(lang, good.price));
        let elsewhere = good.elsewhere.as_ref().map(|other| words::elsewhere(lang, other));
        view! {
            <li>
                <Card>
                    <Head good=good>
                        <p class="address-notes">{facts}</p>
                    </Head>
                    {match elsewhere {
                        Some(elsewhere) => view! { <p><Badge text=elsewhere /></p> }.into_any(),
                        None => {
                            view! {
                                <p>
                                    <Button kind=ButtonKind::Secondary size=Size::Small href=href>
                                        {words::nominate_it(lang)}
                                        <span class="sr-only">{spoken}</span>
                                    </Button>
                                </p>
                            }
                                .into_any()
                        }
                    }}
                </Card>
            </li>
        }
    };
    view! { <ul class="account-parts" role="list">{found.into_iter().map(row).collect_view()}</ul> }
        .into_any()
}
