use super::rpc::{Form, RemovePicture, SaveProfile, profile_form};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, wrong};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    AppError, Lang, Theme,
    person::{Profile, limits},
    words::{account as words, shell},
};
use ui::{Avatar, Button, ButtonKind, Card, Choice, Field, Icon, Input, Notice, NoticeKind, Select, Size};

#[component]
pub fn ProfilePage() -> impl IntoView {
    let (save, remove) = (ServerAction::<SaveProfile>::new(), ServerAction::<RemovePicture>::new());
    let form = fetch(move || (save.version().get(), remove.version().get()), |_| profile_form());
    let error = error_of(save);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let saved = move || matches!(save.value().get(), Some(Ok(())));
    // The new language is that of the whole document.
    Effect::new(move || {
        if saved() {
            let _ = window().location().reload();
        }
    });
    view! {
        <Frame here=Part::Profile>
            <Refusal error=whole />
            <Fetched
                resource=form
                view=move |form: Form| {
                    view! {
                        <Picture profile=form.profile.clone() remove=remove />
                        <Details form=form save=save error=error />
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}

/// A form of its own, since a file goes with it.
#[component]
fn Picture(profile: Profile, remove: ServerAction<RemovePicture>) -> impl IntoView {
    let lang = ui::lang();
    let said = use_query_map();
    let refused = move || said.with(|said| said.get("picture"));
    let making = profile.media.is_some() && profile.picture.is_none();
    let src = profile.picture.as_ref().map(model::views::Picture::src);
    view! {
        <Card>
            <section class="picture-form" aria-labelledby="picture-title">
                <h2 id="picture-title" class="section-title">{words::picture(lang)}</h2>
                <div class="picture-row">
                    <Avatar name=profile.name.clone().unwrap_or_default() src=src size=Size::Large />
                    <form action="/account/profile/picture" method="post" enctype="multipart/form-data">
                        <div class="field">
                            <label class="field-label" for="picture">{words::picture_choose(lang)}</label>
                            <input
                                class="input"
                                id="picture"
                                name="picture"
                                r#type="file"
                                accept="image/jpeg,image/png,image/webp"
                                required=true
                                aria-describedby="picture-hint"
                            />
                            <p class="field-hint" id="picture-hint">{words::picture_hint(lang)}</p>
                        </div>
                        <Button kind=ButtonKind::Secondary icon=Icon::Upload>{words::picture_upload(lang)}</Button>
                    </form>
                </div>
                {making.then(|| view! { <Notice><p>{words::picture_making(lang)}</p></Notice> })}
                {move || {
                    refused()
                        .map(|why| {
                            let text = if why == "large" { words::picture_large(lang) } else { words::picture_wrong(lang) };
                            view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> }
                        })
                }}
                {profile
                    .media
                    .map(|_| {
                        view! {
                            <ActionForm action=remove>
                                <Button kind=ButtonKind::Quiet icon=Icon::Trash>{words::picture_remove(lang)}</Button>
                            </ActionForm>
                        }
                    })}
            </section>
        </Card>
    }
}

#[component]
fn Details(form: Form, save: ServerAction<SaveProfile>, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    let Form { profile, input } = form;
    let langs = Lang::ALL.map(|lang| Choice::new(lang.tag(), lang.name())).to_vec();
    let themes = Theme::ALL.map(|theme| Choice::new(theme.tag(), theme_name(lang, theme))).to_vec();
    view! {
        <Card>
            <ActionForm action=save>
                <div class="form">
                    <input r#type="hidden" name="version" value=profile.version.to_string() />
                    <Field
                        name="profile[name]"
                        label=words::name(lang)
                        value=input.name
                        hint=words::name_hint(lang)
                        error=wrong(error, "name")
                        maxlength=u32::try_from(limits::NAME).unwrap_or(u32::MAX)
                        autocomplete="name"
                        optional=true
                    />
                    <Field
                        name="profile[born]"
                        label=words::born(lang)
                        kind=Input::Date
                        value=input.born
                        hint=words::born_hint(lang)
                        error=wrong(error, "born")
                        error_text=words::born_wrong(lang)
                        min=format!("{}-01-01", limits::FIRST_YEAR)
                        autocomplete="bday"
                        optional=true
                    />
                    <Select
                        name="profile[lang]"
                        label=words::language(lang)
                        choices=langs
                        chosen=input.lang
                        error=wrong(error, "lang")
                        autocomplete="language"
                    />
                    <Select
                        name="profile[theme]"
                        label=words::theme(lang)
                        choices=themes
                        chosen=input.theme
                        error=wrong(error, "theme")
                    />
                    <div class="form-acts">
                        <Button busy=save.pending()>{words::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

const fn theme_name(lang: Lang, theme: Theme) -> &'static str {
    match theme {
        Theme::System => shell::theme_system(lang),
        Theme::Light => shell::theme_light(lang),
        Theme::Dark => shell::theme_dark(lang),
    }
}
