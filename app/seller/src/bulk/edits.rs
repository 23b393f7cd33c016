//! The changes of many goods until now, so that one that was left is found again.

use super::rpc::goods_edits;
use crate::parts::{Fetched, Frame, Part, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page, query,
    shop::{BulkEdit, BulkState},
    words::bulk as words,
};
use ui::{Art, Badge, Button, ButtonKind, Card, EmptyState, Icon, Tone, format};

#[component]
pub fn EditsPage() -> impl IntoView {
    let (slug, asked) = (use_shop(), use_query_map());
    let after = Memo::new(move |_| asked.with(|asked| asked.get("after")));
    let page = fetch(move || (slug.get(), after.get()), |(shop, after)| goods_edits(shop, after));
    view! {
        <Frame here=Part::Products title=words::edits(ui::lang())>
            <Fetched resource=page view=listed />
        </Frame>
    }
}

fn listed(page: Page<BulkEdit>) -> AnyView {
    let lang = ui::lang();
    let goods = format!("/seller/{}/products", shop_here().slug);
    if page.items.is_empty() {
        let (title, text) = (words::no_edits(lang), words::no_edits_text(lang).to_owned());
        return view! {
            <EmptyState art=Art::Box title=title text=text />
            <p class="order-pages">
                <Button kind=ButtonKind::Secondary icon=Icon::Tag href=goods>{words::to_goods(lang)}</Button>
            </p>
        }
        .into_any();
    }
    let path = format!("{goods}/bulk");
    let next = page.next.as_deref().map(|after| query::href(&path, [("after", after)]));
    view! {
        <ul class="account-parts" role="list">
            {page.items.into_iter().map(|edit| view! { <li><Row edit=edit /></li> }).collect_view()}
        </ul>
        <p class="order-pages">
            <Button kind=ButtonKind::Quiet icon=Icon::Tag href=goods>{words::to_goods(lang)}</Button>
            {next
                .map(|href| {
                    view! {
                        <Button kind=ButtonKind::Secondary icon_after=Icon::ArrowRight href=href>
                            {words::more(lang)}
                        </Button>
                    }
                })}
        </p>
    }
    .into_any()
}

#[component]
fn Row(edit: BulkEdit) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/seller/{}/products/bulk/{}", shop_here().slug, edit.id);
    let what = edit.change.map_or(words::title(lang), |change| words::kind_of(lang, change.kind));
    view! {
        <Card>
            <p>
                <a class="link" href=href>{what}</a>
                " "
                <Badge tone=tone(edit.state) text=words::state(lang, edit.state) />
            </p>
            <p class="address-notes">
                {words::products(lang, lang.number(edit.products.into()))} " · "
                {words::begun(lang, format::date_time(lang, edit.created_at))}
            </p>
        </Card>
    }
}

pub(super) const fn tone(state: BulkState) -> Tone {
    match state {
        BulkState::Done => Tone::Brand,
        BulkState::Planned => Tone::Deal,
        BulkState::Chosen | BulkState::Applying | BulkState::Undoing | BulkState::Undone => Tone::Neutral,
    }
}
