use super::rpc::{ApproveProduct, RejectProduct, goods};
use crate::frame::{Desk, Frame};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Lang, Page, query,
    views::{
        PictureFormat, ProductState,
        moderation::{JudgedProduct, Shelf},
    },
    words::backoffice as words,
};
use ui::{
    Art, Button, ButtonKind, Card, EmptyState, Fetched, Field, Pagination, Picture, Refusal, Tab, Tabs,
    Title, error_of, fetch, format::date_time, wrong,
};

const PATH: &str = "/backoffice/goods";

#[derive(Clone, Copy)]
struct Acts {
    approve: ServerAction<ApproveProduct>,
    reject: ServerAction<RejectProduct>,
}

#[component]
pub fn GoodsDesk() -> impl IntoView {
    let acts = Acts { approve: ServerAction::new(), reject: ServerAction::new() };
    let asked = use_query_map();
    let asked = Memo::new(move |_| {
        asked.with(|asked| {
            let shelf = asked.get("show").and_then(|name| Shelf::from_name(&name)).unwrap_or(Shelf::Waiting);
            (shelf, asked.get("after"))
        })
    });
    let changes = move || acts.approve.version().get() + acts.reject.version().get();
    let found = fetch(move || (asked.get(), changes()), |((shelf, after), _)| goods(shelf, after));
    view! { <Frame here=Desk::Goods><Fetched resource=found view=move |found| desk(found, asked.get_untracked().0, acts) /></Frame> }
}

fn href(shelf: Shelf, after: Option<&str>) -> String {
    let show = (shelf != Shelf::Waiting).then_some(("show", shelf.as_str()));
    query::href(PATH, show.into_iter().chain(after.map(|after| ("after", after))))
}

const fn shelf_name(lang: Lang, shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::Waiting => words::goods_waiting(lang),
        Shelf::OnSale => words::goods_on_sale(lang),
    }
}

fn desk(found: Page<JudgedProduct>, shelf: Shelf, acts: Acts) -> AnyView {
    let lang = ui::lang();
    let tabs =
        Shelf::ALL.iter().map(|shelf| Tab::new(shelf_name(lang, *shelf), href(*shelf, None))).collect();
    let here = Shelf::ALL.iter().position(|it| *it == shelf).unwrap_or_default();
    let next = found.next.as_deref().map(|after| href(shelf, Some(after)));
    view! {
        <Title text=words::goods_desk(lang) unlisted=true />
        <h1 class="text-2xl font-extrabold">{words::goods_desk(lang)}</h1>
        <p class="mb-4 text-ink-soft">{words::goods_about(lang)}</p>
        <Tabs tabs=tabs here=here label=words::goods_shelves(lang) />
        <Refusal error=error_of(acts.approve) />
        <Refusal error=error_of(acts.reject) />
        {if found.items.is_empty() {
            view! { <EmptyState title=words::goods_none(lang) art=Art::Success /> }.into_any()
        } else {
            view! {
                <ul class="my-4 grid gap-4" role="list">
                    {found.items.into_iter().map(|row| view! { <li><Row row=row acts=acts /></li> }).collect_view()}
                </ul>
            }
                .into_any()
        }}
        {next.map(|next| view! { <Pagination next=Some(next) /> })}
    }
    .into_any()
}

#[component]
fn Row(row: JudgedProduct, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let waits = row.state == ProductState::InReview;
    let (id, same) = (row.id.to_string(), row.id.to_string());
    let (category, other) = row.category;
    let category = if lang == Lang::Id { category } else { other };
    let (error, picture) = (error_of(acts.reject), row.picture);
    let name = if waits {
        view! { <strong>{row.name.clone()}</strong> }.into_any()
    } else {
        view! { <a class="link" href=format!("/p/{}", row.slug)>{row.name.clone()}</a> }.into_any()
    };
    let spoken = format!(" {}", row.name);
    let spoken_too = spoken.clone();
    view! {
        <Card>
            <article class="grid gap-4 md:grid-cols-[8rem_minmax(0,1fr)_18rem]">
                <div class="w-32">
                    <Picture
                        src=picture.src()
                        srcset=picture.srcset(PictureFormat::Jpeg)
                        avif=picture.srcset(PictureFormat::Avif)
                        webp=picture.srcset(PictureFormat::Webp)
                        blur=picture.placeholder.clone()
                        alt=""
                        sizes="128px"
                    />
                </div>
                <div class="grid min-w-0 content-start gap-1">
                    <h2 class="text-lg">{name}</h2>
                    <p>{row.price.to_string()} " · " {category}</p>
                    <p>
                        <a class="link" href=format!("/shop/{}", row.shop_slug)>{row.shop}</a>
                        " · "
                        {words::goods_since(lang, date_time(lang, row.since))}
                    </p>
                    <p class="prose text-ink-soft">{row.about}</p>
                </div>
                <div class="grid content-start gap-4">
                    {waits
                        .then(|| {
                            view! {
                                <ActionForm action=acts.approve>
                                    <input r#type="hidden" name="id" value=id />
                                    <Button>{words::goods_approve(lang)} <span class="sr-only">{spoken}</span></Button>
                                </ActionForm>
                            }
                        })}
                    <ActionForm action=acts.reject>
                        <input r#type="hidden" name="id" value=same.clone() />
                        <div class="form">
                            <Field
                                name="reason"
                                id=format!("reason-{same}")
                                label=words::goods_reason_of(lang, &row.name)
                                error=wrong(error, "reason")
                                maxlength=500u32
                                autocomplete="off"
                            />
                            <Button kind=ButtonKind::Danger>
                                {if waits { words::goods_reject(lang) } else { words::goods_take_down(lang) }}
                                <span class="sr-only">{spoken_too}</span>
                            </Button>
                        </div>
                    </ActionForm>
                </div>
            </article>
        </Card>
    }
}
