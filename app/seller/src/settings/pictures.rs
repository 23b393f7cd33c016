//! The pictures by which a shop is known.

use super::rpc::RemoveShopPicture;
use crate::parts::shop_here;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    shop::{ShopPicture, ShopSettings},
    views::Picture,
    words::{account as common, seller as words},
};
use ui::{Avatar, Button, ButtonKind, Card, Icon, Notice, NoticeKind, Size};

#[component]
pub(super) fn Pictures(settings: ShopSettings, remove: ServerAction<RemoveShopPicture>) -> impl IntoView {
    let lang = ui::lang();
    let said = use_query_map();
    let refused = move || said.with(|said| said.get("picture"));
    let logo = settings.logo.as_ref().map(Picture::src);
    let banner = settings.banner.as_ref().map(Picture::src);
    view! {
        <Card>
            <section class="picture-form" aria-labelledby="pictures-title">
                <h2 id="pictures-title" class="section-title">{words::pictures(lang)}</h2>
                {settings.making.then(|| view! { <Notice><p>{common::picture_making(lang)}</p></Notice> })}
                {move || {
                    refused()
                        .map(|why| {
                            let text = if why == "large" { common::picture_large(lang) } else { common::picture_wrong(lang) };
                            view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> }
                        })
                }}
                <div class="picture-row">
                    <Avatar name=settings.name.clone() src=logo.clone() size=Size::Large />
                    <Upload which=ShopPicture::Logo there=logo.is_some() remove=remove />
                </div>
                {banner.clone().map(|src| view! { <img class="shop-banner" src=src alt="" loading="lazy" /> })}
                <Upload which=ShopPicture::Banner there=banner.is_some() remove=remove />
            </section>
        </Card>
    }
}

/// A form of its own, since a file goes with it.
#[component]
fn Upload(which: ShopPicture, there: bool, remove: ServerAction<RemoveShopPicture>) -> impl IntoView {
    let lang = ui::lang();
    let slug = shop_here().slug.to_string();
    let id = which.as_str();
    let hint = format!("{id}-hint");
    let action = format!("/seller/{slug}/settings/{id}");
    view! {
        <div class="form">
            <form action=action method="post" enctype="multipart/form-data">
                <div class="field">
                    <label class="field-label" for=id>{words::picture(lang, which)}</label>
                    <input
                        class="input"
                        id=id
                        name="picture"
                        r#type="file"
                        accept="image/jpeg,image/png,image/webp"
                        required=true
                        aria-describedby=hint.clone()
                    />
                    <p class="field-hint" id=hint>{words::picture_hint(lang, which)}</p>
                </div>
                <Button kind=ButtonKind::Secondary icon=Icon::Upload>
                    {common::picture_upload(lang)}
                    <span class="sr-only">" " {words::picture(lang, which)}</span>
                </Button>
            </form>
            {there
                .then(|| {
                    view! {
                        <ActionForm action=remove>
                            <input r#type="hidden" name="shop" value=slug />
                            <input r#type="hidden" name="which" value=which.as_str() />
                            <Button kind=ButtonKind::Quiet icon=Icon::Trash>
                                {common::remove(lang)}
                                <span class="sr-only">" " {words::picture(lang, which)}</span>
                            </Button>
                        </ActionForm>
                    }
                })}
        </div>
    }
}
