//! The form that sends a file, and the files that were sent before.

use super::rpc::goods_imports;
use crate::parts::{Fetched, Frame, Part, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Page, query,
    shop::{GoodsImport, ImportState, file},
    words::goods as words,
};
use ui::{
    Art, Badge, Button, ButtonKind, Card, EmptyState, Field, Icon, Input, Notice, NoticeKind, Tone, format,
};

#[component]
pub fn ImportPage() -> impl IntoView {
    let (slug, said) = (use_shop(), use_query_map());
    let after = Memo::new(move |_| said.with(|said| said.get("after")));
    let page = fetch(move || (slug.get(), after.get()), |(shop, after)| goods_imports(shop, after));
    view! {
        <Frame here=Part::Products title=words::import(ui::lang())>
            <Refused />
            <Send />
            <Begin />
            <Fetched resource=page view=earlier />
        </Frame>
    }
}

/// What was wrong with the form that was sent, as the address says.
#[component]
fn Refused() -> impl IntoView {
    let lang = ui::lang();
    let said = use_query_map();
    let text = move || {
        said.with(|said| said.get("refused")).map(|why| match why.as_str() {
            "large" => words::too_large(lang, file::BYTES >> 20),
            "missing" => words::missing(lang).to_owned(),
            "stock" => words::stock_wrong(lang).to_owned(),
            "busy" => words::busy(lang).to_owned(),
            _ => words::not_a_sheet(lang).to_owned(),
        })
    };
    move || text().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })
}

#[component]
fn Send() -> impl IntoView {
    let lang = ui::lang();
    let action = format!("/seller/{}/products/import/file", shop_here().slug);
    let hint = words::file_hint(lang, file::BYTES >> 20, lang.number(file::ROWS.into()));
    view! {
        <p>{words::about(lang)}</p>
        <p>{words::about_known(lang)}</p>
        <Card>
            <form action=action method="post" enctype="multipart/form-data">
                <div class="form">
                    <div class="field">
                        <label class="field-label" for="file">{words::file_label(lang)}</label>
                        <input
                            class="input"
                            id="file"
                            name="file"
                            r#type="file"
                            accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                            required=true
                            aria-describedby="file-hint"
                        />
                        <p class="field-hint" id="file-hint">{hint}</p>
                    </div>
                    <Field
                        name="stock"
                        label=words::stock_label(lang)
                        hint=words::stock_hint(lang)
                        kind=Input::Digits
                        value="0"
                        maxlength=12u32
                        autocomplete="off"
                    />
                    <div class="form-acts">
                        <Button icon=Icon::Upload>{words::send(lang)}</Button>
                    </div>
                </div>
            </form>
        </Card>
    }
}

/// The shop's own goods as they are, to begin with.
#[component]
fn Begin() -> impl IntoView {
    let lang = ui::lang();
    view! {
        <p>{words::begin_with(lang)}</p>
        <Downloads query=String::new() />
    }
}

/// Links to all goods as files. `query`: which of them, as the table's page says it; empty for all.
#[component]
pub(crate) fn Downloads(query: String) -> impl IntoView {
    let lang = ui::lang();
    let to = |format: &str| {
        let base = format!("/seller/{}/products/export?as={format}", shop_here().slug);
        if query.is_empty() { base } else { format!("{base}&{query}") }
    };
    view! {
        <p class="order-pages">
            <a class="btn btn-md btn-quiet" href=to("csv") rel="external" download="">
                <Icon name=Icon::Download />
                <span class="btn-label">{words::export_csv(lang)}</span>
            </a>
            <a class="btn btn-md btn-quiet" href=to("xlsx") rel="external" download="">
                <Icon name=Icon::Download />
                <span class="btn-label">{words::export_xlsx(lang)}</span>
            </a>
        </p>
    }
}

fn earlier(page: Page<GoodsImport>) -> AnyView {
    let lang = ui::lang();
    let path = format!("/seller/{}/products/import", shop_here().slug);
    let next = page.next.as_deref().map(|after| query::href(&path, [("after", after)]));
    let rows = if page.items.is_empty() {
        view! { <EmptyState art=Art::Box title=words::none(lang) /> }.into_any()
    } else {
        view! {
            <ul class="account-parts" role="list">
                {page.items.into_iter().map(|import| view! { <li><Row import=import /></li> }).collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <h2 class="section-title">{words::earlier(lang)}</h2>
        {rows}
        {next
            .map(|href| {
                view! {
                    <p>
                        <Button kind=ButtonKind::Secondary icon_after=Icon::ArrowRight href=href>
                            {words::more(lang)}
                        </Button>
                    </p>
                }
            })}
    }
    .into_any()
}

#[component]
fn Row(import: GoodsImport) -> impl IntoView {
    let lang = ui::lang();
    let href = format!("/seller/{}/products/import/{}", shop_here().slug, import.id);
    let sent =
        words::file_sent(lang, format::date_time(lang, import.created_at), format::bytes(lang, import.bytes));
    view! {
        <Card>
            <p>
                <a class="link" href=href>{import.file_name}</a>
                " "
                <Badge tone=tone(import.state) text=words::state(lang, import.state) />
            </p>
            <p class="address-notes">{sent}</p>
        </Card>
    }
}

pub(super) const fn tone(state: ImportState) -> Tone {
    match state {
        ImportState::Done => Tone::Brand,
        ImportState::Failed => Tone::Danger,
        ImportState::Checked => Tone::Deal,
        ImportState::Checking | ImportState::TakingOver | ImportState::Cancelled => Tone::Neutral,
    }
}
