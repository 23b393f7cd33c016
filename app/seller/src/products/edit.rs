//! `/seller/{shop}/products/{id}`: how it stands, its photographs, and all that can be said of it.

use super::{
    form::ProductForm,
    gallery::Gallery,
    rpc::{
        ArchiveProduct, ArrangePhotograph, CopyProduct, Desk, LetEditGo, SaveProduct, ShowProduct,
        product_desk, product_gallery,
    },
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    AppError, Code,
    shop::{EditorPicture, ProductEditor},
    views::ProductState,
    words::{account as common, editor as words, seller},
};
use ui::{
    Badge, Button, ButtonKind, Card, Dialog, DialogClose, DialogLink, Icon, Notice, NoticeKind, Size, Tone,
};

/// All that can be done besides saving.
#[derive(Clone, Copy)]
struct Acts {
    show: ServerAction<ShowProduct>,
    archive: ServerAction<ArchiveProduct>,
    copy: ServerAction<CopyProduct>,
    let_go: ServerAction<LetEditGo>,
}

#[component]
pub fn EditProductPage() -> impl IntoView {
    let (slug, route) = (use_shop(), use_params_map());
    let id = Memo::new(move |_| route.with(|route| route.get("id")).unwrap_or_default());
    let save = ServerAction::<SaveProduct>::new();
    let arrange = ServerAction::<ArrangePhotograph>::new();
    let acts = Acts {
        show: ServerAction::new(),
        archive: ServerAction::new(),
        copy: ServerAction::new(),
        let_go: ServerAction::new(),
    };
    // Where nobody answered, what was typed is only on this page: it is not fetched again.
    let heard = Memo::new(move |before: Option<&usize>| match save.value().get() {
        Some(Err(error)) if matches!(error.code, Code::Unavailable | Code::Timeout) => {
            before.copied().unwrap_or_default()
        }
        _ => save.version().get(),
    });
    let answers = move || {
        let others = acts.show.version().get() + acts.archive.version().get() + acts.let_go.version().get();
        heard.get() + others
    };
    let desk = fetch(move || (slug.get(), id.get(), answers()), |(shop, id, _)| product_desk(shop, id));
    let moved = arrange.version();
    let gallery =
        fetch(move || (slug.get(), id.get(), moved.get()), |(shop, id, _)| product_gallery(shop, id));
    let error = error_of(save);
    let (not_shown, not_archived) = (error_of(acts.show), error_of(acts.archive));
    let refused = Signal::derive(move || not_shown.get().or(not_archived.get()));
    let whole = Signal::derive(move || {
        error.get().filter(|error| error.code != Code::Conflict && error.fields.is_empty())
    });
    let saved = move || matches!(save.value().get(), Some(Ok(())));
    view! {
        <Frame here=Part::Products title=words::edit_title(ui::lang())>
            <Refusal error=whole />
            <Refusal error=refused stale=words::cannot_now />
            <Marked error=error />
            <Fetched
                resource=desk
                view=move |desk: Desk| {
                    let Desk { product, categories, key } = desk;
                    let (unsaved, editable) = (product.typed_from.is_some(), product.state != ProductState::Archived);
                    view! {
                        {move || {
                            (saved() && !unsaved)
                                .then(|| view! { <Notice kind=NoticeKind::Success><p>{words::saved(ui::lang())}</p></Notice> })
                        }}
                        <Standing product=product.clone() key=key acts=acts />
                        {unsaved.then(|| view! { <Unsaved product=product.clone() let_go=acts.let_go /> })}
                        {editable
                            .then(|| {
                                let id = product.id;
                                view! {
                                    <Fetched
                                        resource=gallery
                                        view={move |pictures: Vec<EditorPicture>| {
                                            view! { <Gallery product=id pictures=pictures arrange=arrange /> }.into_any()
                                        }}
                                    />
                                    <ProductForm product=product categories=categories save=save error=error />
                                }
                            })}
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}

/// Says above the form that something in it was refused, and what is about no field.
#[component]
fn Marked(error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    move || {
        let error = error.get().filter(|error| !error.fields.is_empty())?;
        let nothing = error.of("variants").map(|_| view! { <p>{words::nothing_sold(lang)}</p> });
        Some(view! { <Notice kind=NoticeKind::Error title=words::to_mend(lang)>{nothing}</Notice> })
    }
}

/// What state it is in, and what can be done about that.
#[component]
fn Standing(product: ProductEditor, key: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let here = format!("/seller/{slug}/products/{}", product.id);
    let tone = match product.state {
        ProductState::Active => Tone::Brand,
        ProductState::Rejected => Tone::Danger,
        ProductState::InReview => Tone::Deal,
        _ => Tone::Neutral,
    };
    let shown = match product.state {
        ProductState::Active => Some((false, seller::hide_goods(lang))),
        ProductState::Hidden => Some((true, seller::show_goods(lang))),
        _ => None,
    };
    let about = match &product.reason {
        Some(reason) => words::refused(lang, reason),
        None => words::state_about(lang, product.state).to_owned(),
    };
    let to = (product.state == ProductState::Active).then(|| format!("/p/{}", product.slug));
    let gone = product.state == ProductState::Archived;
    let id = product.id.to_string();
    let of = move || {
        view! {
            <input r#type="hidden" name="shop" value=slug.clone() />
            <input r#type="hidden" name="product" value=id.clone() />
        }
    };
    let (of_show, of_copy, of_archive) = (of(), of(), of());
    let (name, gone_name) = (product.input.name.clone(), product.input.name);
    view! {
        <Card>
            <h2 class="stall-name">{name}</h2>
            <p class="address-notes"><Badge tone=tone text=seller::product_state(lang, product.state) /> " " {about}</p>
            <div class="address-acts">
                <Button kind=ButtonKind::Quiet size=Size::Small icon=Icon::Search href=format!("{here}/preview")>
                    {words::preview(lang)}
                </Button>
                {to
                    .map(|href| {
                        view! {
                            <Button kind=ButtonKind::Quiet size=Size::Small icon=Icon::Store href=href>{words::see_in_shop(lang)}</Button>
                        }
                    })}
                {shown
                    .map(|(shown, label)| {
                        view! {
                            <ActionForm action=acts.show>
                                {of_show} <input r#type="hidden" name="shown" value=shown.to_string() />
                                <Button kind=ButtonKind::Quiet size=Size::Small>{label}</Button>
                            </ActionForm>
                        }
                    })}
                <ActionForm action=acts.copy>
                    {of_copy} <input r#type="hidden" name="key" value=key />
                    <Button kind=ButtonKind::Quiet size=Size::Small icon=Icon::Plus busy=acts.copy.pending()>{words::copy(lang)}</Button>
                </ActionForm>
                {(!gone)
                    .then(|| {
                        view! {
                            <DialogLink to="archive" kind=ButtonKind::Quiet size=Size::Small icon=Icon::Trash>
                                {words::archive(lang)}
                            </DialogLink>
                        }
                    })}
            </div>
            <p class="field-hint">{words::copy_about(lang)}</p>
            {gone.then(|| view! { <Notice><p>{words::archived(lang)}</p></Notice> })}
            {(!gone)
                .then(|| {
                    view! {
                        <Dialog id="archive" title=words::archive_title(lang, gone_name)>
                            <p>{words::archive_text(lang)}</p>
                            <div class="dialog-acts">
                                <DialogClose of="archive">{common::cancel(lang)}</DialogClose>
                                <ActionForm action=acts.archive>
                                    {of_archive} <Button kind=ButtonKind::Danger>{words::archive(lang)}</Button>
                                </ActionForm>
                            </div>
                        </Dialog>
                    }
                })}
        </Card>
    }
}

/// What was typed is not what is saved.
#[component]
fn Unsaved(product: ProductEditor, let_go: ServerAction<LetEditGo>) -> impl IntoView {
    let lang = ui::lang();
    let (title, text) = if product.is_stale() {
        (words::stale(lang), words::stale_text(lang))
    } else {
        (words::unsaved(lang), words::unsaved_text(lang))
    };
    view! {
        <Notice title=title>
            <p>{text}</p>
            <ActionForm action=let_go>
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="product" value=product.id.to_string() />
                <Button kind=ButtonKind::Secondary size=Size::Small busy=let_go.pending()>{words::let_go(lang)}</Button>
            </ActionForm>
        </Notice>
    }
}
