use super::rpc::{Form, OpenShop, open_form, slug_problem};
use crate::parts::{ChosenPlace, Fetched, PlaceChooser, Refusal, error_of, fetch, use_place, wrong};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use model::{
    AppError, FieldError, Slug,
    shop::{ShopInput, limits},
    words::seller as words,
};
use std::time::Duration;
use ui::{Breadcrumbs, Button, ButtonKind, Card, Crumb, Field, Notice, NoticeKind, Textarea, Title};

/// So long after the last key the server is asked whether an address is free.
const PAUSE: Duration = Duration::from_millis(250);

#[component]
pub fn OpenPage() -> impl IntoView {
    let lang = ui::lang();
    let open = ServerAction::<OpenShop>::new();
    let error = error_of(open);
    let form = fetch(|| (), |()| open_form());
    let place = use_place();
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    view! {
        <Title text=words::open(lang) unlisted=true />
        <Breadcrumbs way=vec![Crumb::new(words::title(lang), "/seller")] here=words::open(lang).to_owned() />
        <div class="account-body">
            <h1 class="account-title">{words::open(lang)}</h1>
            <p>{words::open_about(lang)}</p>
            <Fetched
                resource=form
                view=move |form: Form| {
                    if form.is_full {
                        return view! {
                            <Notice>
                                <p>{words::open_full(ui::lang(), limits::MOST_OWNED)}</p>
                            </Notice>
                        }
                            .into_any();
                    }
                    let Form { input, key, .. } = form;
                    view! {
                        <PlaceChooser place=place />
                        <Refusal error=whole />
                        <About error=error />
                        <ActionForm action=open>
                            <input r#type="hidden" name="key" value=key />
                            <div class="form">
                                <ChosenPlace name="shop[district]" place=place error=error />
                                <Details input=input error=error busy=open.pending() />
                            </div>
                        </ActionForm>
                    }
                        .into_any()
                }
            />
        </div>
    }
}

/// What is wrong with who asks rather than with what was typed.
#[component]
fn About(error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    let text = move || {
        let error = error.get()?;
        [
            ("shops", words::open_full(lang, limits::MOST_OWNED)),
            ("contact", words::open_no_contact(lang).to_owned()),
            ("account", words::open_closing(lang).to_owned()),
        ]
        .into_iter()
        .find(|(field, _)| error.of(field).is_some())
        .map(|(_, text)| text)
    };
    move || text().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })
}

#[component]
fn Details(
    input: ShopInput,
    error: Signal<Option<AppError>>,
    #[prop(into)] busy: Signal<bool>,
) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <Names name=input.name slug=input.slug error=error />
            <Textarea
                name="shop[description]"
                label=words::description(lang)
                value=input.description
                hint=words::description_hint(lang)
                error=wrong(error, "description")
                maxlength=size(limits::DESCRIPTION)
                optional=true
            />
            <div class="form-acts">
                <Button busy=busy>{words::open_button(lang)}</Button>
                <Button kind=ButtonKind::Quiet href="/seller">{model::words::account::cancel(lang)}</Button>
            </div>
        </Card>
    }
}

/// The name and the address made of it. Without JavaScript an empty address becomes that of the name; with it, the
/// address that would be is shown and asked about while somebody types.
#[component]
fn Names(name: String, slug: String, error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    let named = RwSignal::new(name.clone());
    let typed = RwSignal::new(slug.clone());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let asked = Action::new(|slug: &String| {
        let slug = slug.clone();
        async move { (slug.clone(), slug_problem(slug).await) }
    });
    // The address there would be.
    let meant = move || {
        let typed = typed.get();
        let name = named.get();
        match typed.trim() {
            "" if name.trim().is_empty() => String::new(),
            "" => Slug::of(&name, "toko").as_str().to_owned(),
            typed => typed.to_owned(),
        }
    };
    let on_input = move |event: ev::Event| {
        let text = event_target_value(&event);
        match event_target::<leptos::web_sys::HtmlInputElement>(&event).name().as_str() {
            "shop[name]" => named.set(text),
            "shop[slug]" => typed.set(text),
            _ => return,
        }
        let slug = meant();
        waiting.update_value(|timer| {
            timer.take().inspect(TimeoutHandle::clear);
            if !slug.is_empty() {
                let ask = move || {
                    // The page may have been left meanwhile.
                    if waiting.try_with_value(|_| ()).is_some() {
                        asked.dispatch(slug);
                    }
                };
                *timer = set_timeout_with_handle(ask, PAUSE).ok();
            }
        });
    };
    let answer = move || {
        let (slug, answer) = asked.value().get()?;
        if slug != meant() {
            return None;
        }
        Some(match answer.ok()? {
            None => words::slug_free(lang, slug),
            Some(FieldError::Taken) => words::slug_taken(lang, slug),
            Some(FieldError::NotAllowed) => words::slug_reserved(lang, slug),
            Some(_) => words::slug_malformed(lang).to_owned(),
        })
    };
    view! {
        <div class="form" on:input=on_input>
            <Field
                name="shop[name]"
                label=words::name(lang)
                value=name
                hint=words::name_hint(lang)
                error=wrong(error, "name")
                maxlength=size(limits::NAME)
                autocomplete="organization"
            />
            <Field
                name="shop[slug]"
                label=words::slug(lang)
                value=slug
                prefix="/shop/"
                hint=words::slug_hint(lang)
                error=wrong(error, "slug")
                maxlength=size(limits::SLUG)
                autocomplete="off"
                optional=true
            />
            <p class="field-hint" role="status">{answer}</p>
        </div>
    }
}

fn size(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}
