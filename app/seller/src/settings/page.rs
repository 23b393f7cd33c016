use super::{
    holiday::Holiday,
    pictures::Pictures,
    rpc::{EndHoliday, Form, PlanHoliday, RemoveShopPicture, SaveSettings, settings_form},
};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop, wrong};
use leptos::prelude::*;
use model::{
    AppError,
    shipping::Courier,
    shop::{OpenHours, Sender, SettingsInput, ShopSettings, limits},
    words::{account as common, seller as words},
};
use ui::{Button, ButtonKind, Card, Checkbox, Field, Icon, Notice, NoticeKind, Textarea};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let slug = use_shop();
    let save = ServerAction::<SaveSettings>::new();
    let (plan, end) = (ServerAction::<PlanHoliday>::new(), ServerAction::<EndHoliday>::new());
    let remove = ServerAction::<RemoveShopPicture>::new();
    let answers =
        move || save.version().get() + plan.version().get() + end.version().get() + remove.version().get();
    let form = fetch(move || (slug.get(), answers()), |(shop, _)| settings_form(shop));
    let error = error_of(save);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let saved = move || matches!(save.value().get(), Some(Ok(())));
    view! {
        <Frame here=Part::Settings>
            <Refusal error=whole />
            {move || saved().then(|| view! { <Notice kind=NoticeKind::Success><p>{common::saved(ui::lang())}</p></Notice> })}
            <Fetched
                resource=form
                view=move |form: Form| {
                    let Form { settings, typed, typed_holiday, .. } = form;
                    let sender = settings.sender.clone();
                    view! {
                        <About settings=settings.clone() typed=typed save=save error=error />
                        <Holiday planned=settings.holiday.clone() typed=typed_holiday plan=plan end=end />
                        <From sender=sender />
                        <Pictures settings=settings remove=remove />
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}

/// As it would be typed.
fn input_of(settings: &ShopSettings) -> SettingsInput {
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let hours = settings.hours;
    let days = |hours: OpenHours| {
        (1..=7usize).filter(|day| hours.days[day - 1]).map(|day| day.to_string()).collect::<Vec<_>>()
    };
    SettingsInput {
        name: settings.name.clone(),
        description: settings.description.clone(),
        days: hours.map(days).unwrap_or_default(),
        opens: hours.map(|hours| clock(hours.opens)).unwrap_or_default(),
        closes: hours.map(|hours| clock(hours.closes)).unwrap_or_default(),
        couriers: settings
            .couriers
            .iter()
            .map(|courier| courier.as_str().to_owned())
            .chain(
                settings
                    .outside
                    .iter()
                    .filter(|courier| courier.ticked)
                    .map(|courier| courier.code.to_string()),
            )
            .collect(),
    }
}

#[component]
fn About(
    settings: ShopSettings,
    typed: Option<SettingsInput>,
    save: ServerAction<SaveSettings>,
    error: Signal<Option<AppError>>,
) -> impl IntoView {
    let lang = ui::lang();
    let input = typed.unwrap_or_else(|| input_of(&settings));
    let slug = shop_here().slug.to_string();
    let days = (1..=7usize).map(|day| {
        let checked = input.days.iter().any(|it| *it == day.to_string());
        view! {
            <Checkbox name="settings[days][]" value=day.to_string() label=words::day(lang, day) checked=checked />
        }
    });
    let couriers = Courier::ALL.iter().map(|courier| {
        let checked = input.couriers.iter().any(|it| it == courier.as_str());
        view! {
            <Checkbox name="settings[couriers][]" value=courier.as_str() label=courier.brand() checked=checked />
        }
    });
    let outside = settings.outside.iter().map(|courier| {
        let code = courier.code.to_string();
        let checked = input.couriers.contains(&code);
        view! { <Checkbox name="settings[couriers][]" value=code label=courier.name.clone() checked=checked /> }
    });
    let (days, couriers, outside) = (days.collect_view(), couriers.collect_view(), outside.collect_view());
    view! {
        <Card>
            <ActionForm action=save>
                <input r#type="hidden" name="shop" value=slug />
                <input r#type="hidden" name="version" value=settings.version.to_string() />
                <div class="form">
                    <Field
                        name="settings[name]"
                        label=words::name(lang)
                        value=input.name
                        error=wrong(error, "name")
                        maxlength=size(limits::NAME)
                        autocomplete="organization"
                    />
                    <Textarea
                        name="settings[description]"
                        label=words::description(lang)
                        value=input.description
                        hint=words::description_hint(lang)
                        error=wrong(error, "description")
                        maxlength=size(limits::DESCRIPTION)
                        optional=true
                    />
                    <fieldset class="field">
                        <legend class="field-label">{words::open_days(lang)}</legend>
                        <div class="choice-row">{days}</div>
                        <p class="field-hint">{words::open_days_hint(lang)}</p>
                    </fieldset>
                    <div class="form-pair">
                        <Field
                            name="settings[opens]"
                            label=words::opens(lang)
                            value=input.opens
                            placeholder="09:00"
                            error=wrong(error, "opens")
                            maxlength=5u32
                            autocomplete="off"
                            optional=true
                        />
                        <Field
                            name="settings[closes]"
                            label=words::closes(lang)
                            value=input.closes
                            placeholder="17:00"
                            error=wrong(error, "closes")
                            maxlength=5u32
                            autocomplete="off"
                            optional=true
                        />
                    </div>
                    <fieldset class="field">
                        <legend class="field-label">{words::couriers(lang)}</legend>
                        <div class="choice-row">{couriers} {outside}</div>
                        <p class="field-hint">{words::couriers_hint(lang)}</p>
                    </fieldset>
                    <div class="form-acts">
                        <Button busy=save.pending()>{common::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

/// Where parcels are fetched; another page changes that.
#[component]
fn From(sender: Sender) -> impl IntoView {
    let lang = ui::lang();
    let to = format!("/seller/{}/settings/address", shop_here().slug);
    let lines = sender.address.map(|address| {
        let place = format!("{} {}", sender.region.line(), address.postcode);
        view! {
            <p class="address-who">{address.contact} " · " {address.phone.shown()}</p>
            <p>{address.street} <br /> {place}</p>
        }
    });
    view! {
        <Card>
            <h2 class="section-title">{words::sender(lang)}</h2>
            {match lines {
                Some(lines) => lines.into_any(),
                None => view! { <p>{words::sender_missing(lang, sender.region.name)}</p> }.into_any(),
            }}
            <p>
                <Button kind=ButtonKind::Secondary icon=Icon::MapPin href=to>{common::change(lang)}</Button>
            </p>
        </Card>
    }
}

pub(super) fn size(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}
