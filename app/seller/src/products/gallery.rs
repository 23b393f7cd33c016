//! A product's photographs, in the order shoppers see them. Each is moved by buttons; files come by a plain form.

use super::{
    form::FORM,
    rpc::{ArrangePhotograph, SaveProduct},
};
use crate::parts::{Refusal, error_of, shop_here};
use leptos::{
    ev,
    form::FromFormData,
    prelude::*,
    server_fn::ServerFn,
    task::spawn_local,
    wasm_bindgen::JsCast as _,
    web_sys::{FormData, HtmlFormElement},
};
use leptos_router::hooks::use_query_map;
use model::{
    ids::ProductId,
    shop::{EditAct, EditorPicture, PictureAct, most},
    views::PictureFormat,
    words::{account as common, editor as words},
};
use ui::{Badge, Button, ButtonKind, Card, Icon, IconButton, Notice, NoticeKind, Picture, Size, Tone};

#[component]
pub(super) fn Gallery(
    product: ProductId,
    pictures: Vec<EditorPicture>,
    arrange: ServerAction<ArrangePhotograph>,
) -> impl IntoView {
    let lang = ui::lang();
    let said = use_query_map();
    let refused = move || said.with(|said| said.get("picture"));
    let (there, last) = (pictures.len(), pictures.len().saturating_sub(1));
    let each = pictures.into_iter().enumerate().map(|(i, picture)| {
        view! { <li><Photograph i=i last=i == last product=product picture=picture arrange=arrange /></li> }
    });
    let each = each.collect_view();
    view! {
        <Card>
            <section class="picture-form" aria-labelledby="photographs-title">
                <h2 id="photographs-title" class="section-title">{words::photographs(lang)}</h2>
                {move || {
                    refused()
                        .map(|why| {
                            let text = match why.as_str() {
                                "large" => common::picture_large(lang).to_owned(),
                                "full" => words::photographs_full(lang, most::PHOTOGRAPHS),
                                _ => common::picture_wrong(lang).to_owned(),
                            };
                            view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> }
                        })
                }}
                <Refusal error=error_of(arrange) />
                {if there == 0 {
                    view! { <p>{words::photographs_none(lang)}</p> }.into_any()
                } else {
                    view! { <ul class="editor-gallery" role="list">{each}</ul> }.into_any()
                }}
                {if there < most::PHOTOGRAPHS {
                    view! { <Upload product=product /> }.into_any()
                } else {
                    view! { <p class="field-hint">{words::photographs_full(lang, most::PHOTOGRAPHS)}</p> }.into_any()
                }}
            </section>
        </Card>
    }
}

#[component]
fn Photograph(
    i: usize,
    last: bool,
    product: ProductId,
    picture: EditorPicture,
    arrange: ServerAction<ArrangePhotograph>,
) -> impl IntoView {
    let lang = ui::lang();
    let n = i + 1;
    let shown = match picture.picture {
        Some(picture) => view! {
            <Picture
                src=picture.src()
                srcset=picture.srcset(PictureFormat::Jpeg)
                avif=picture.srcset(PictureFormat::Avif)
                webp=picture.srcset(PictureFormat::Webp)
                blur=picture.placeholder.clone()
                alt=words::photograph_n(lang, n)
                sizes="160px"
            />
        }
        .into_any(),
        None => view! { <Picture alt=words::making(lang) /> }.into_any(),
    };
    let act = |act: PictureAct, icon, label: String| {
        view! { <IconButton icon=icon label=label size=Size::Small name="to" value=act.as_str() /> }
    };
    view! {
        <div class="editor-photograph">
            {shown} {(i == 0).then(|| view! { <Badge tone=Tone::Brand text=words::first_photograph(lang) /> })}
            <ActionForm action=arrange attr:class="editor-photograph-acts">
                <input r#type="hidden" name="shop" value=shop_here().slug.to_string() />
                <input r#type="hidden" name="product" value=product.to_string() />
                <input r#type="hidden" name="media" value=picture.media.to_string() />
                {(i > 0).then(|| act(PictureAct::Earlier, Icon::ArrowLeft, words::earlier(lang, n)))}
                {(!last).then(|| act(PictureAct::Later, Icon::ArrowRight, words::later(lang, n)))}
                {(i > 1).then(|| act(PictureAct::First, Icon::Star, words::make_first(lang, n)))}
                {act(PictureAct::Remove, Icon::Trash, words::remove_photograph(lang, n))}
            </ActionForm>
        </div>
    }
}

/// What stands in the product's form beside this one.
fn typed() -> Option<SaveProduct> {
    let form = document().get_element_by_id(FORM)?.dyn_into::<HtmlFormElement>().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    data.append_with_str("act", EditAct::Arrange.as_str()).ok()?;
    SaveProduct::from_form_data(&data).ok()
}

/// Sends the files once what is typed beside them is kept: the page that comes next shows it again.
fn upload(event: ev::SubmitEvent) {
    let files = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let (Some(files), Some(typed)) = (files, typed()) else { return };
    event.prevent_default();
    spawn_local(async move {
        // Where it could not be kept the files still go; what was refused of them is said on the page.
        typed.run_on_client().await.ok();
        files.submit().ok();
    });
}

/// A form of its own, since files go with it.
#[component]
fn Upload(product: ProductId) -> impl IntoView {
    let lang = ui::lang();
    let action = format!("/seller/{}/products/{product}/photographs", shop_here().slug);
    view! {
        <form action=action method="post" enctype="multipart/form-data" on:submit=upload>
            <div class="field">
                <label class="field-label" for="photographs">{words::add_photographs(lang)}</label>
                <input
                    class="input"
                    id="photographs"
                    name="picture"
                    r#type="file"
                    accept="image/jpeg,image/png,image/webp"
                    multiple=true
                    required=true
                    aria-describedby="photographs-hint"
                />
                <p class="field-hint" id="photographs-hint">{words::photographs_about(lang, most::PHOTOGRAPHS)}</p>
            </div>
            <Button kind=ButtonKind::Secondary icon=Icon::Upload>{words::upload(lang)}</Button>
        </form>
    }
}
