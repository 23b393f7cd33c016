use super::{
    contacts::Contacts,
    prove::ProveAgain,
    rpc::{ChangePassword, EndOtherSessions, EndSession, Guarded, Prove, SignOut, security},
};
use crate::{
    door::parts::asked,
    parts::{Fetched, Frame, Part, Refusal, error_of, fetch, wrong},
    provider::{ProviderCard, rpc::UnlinkProvider},
};
use leptos::prelude::*;
use model::{
    Code, Lang,
    views::Device,
    words::{account as common, door as words, error as errors, security as more},
};
use ui::{Badge, Button, ButtonKind, Card, Field, Icon, Input, Notice, NoticeKind, Tone, format};

/// Everything that can be done here.
#[derive(Clone, Copy)]
struct Acts {
    prove: ServerAction<Prove>,
    password: ServerAction<ChangePassword>,
    end: ServerAction<EndSession>,
    end_others: ServerAction<EndOtherSessions>,
    sign_out: ServerAction<SignOut>,
    unlink: ServerAction<UnlinkProvider>,
}

#[component]
pub fn SecurityPage() -> impl IntoView {
    let acts = Acts {
        prove: ServerAction::new(),
        password: ServerAction::new(),
        end: ServerAction::new(),
        end_others: ServerAction::new(),
        sign_out: ServerAction::new(),
        unlink: ServerAction::new(),
    };
    let changed = move || {
        (
            acts.prove.version().get(),
            acts.password.version().get(),
            acts.end.version().get(),
            acts.end_others.version().get(),
            acts.unlink.version().get(),
        )
    };
    let page = fetch(changed, |_| security());
    let told = asked("provider");
    view! {
        <Frame here=Part::Security>
            {move || (told.get() == "taken").then(|| taken(ui::lang()))}
            {move || (told.get() == "refused").then(|| refused(ui::lang()))}
            <Fetched
                resource=page
                view=move |guarded: Guarded| {
                    view! {
                        <Contacts contacts=guarded.contacts waiting=guarded.waiting fresh=guarded.fresh />
                        <TwoStepCard left=guarded.codes_left.filter(|_| guarded.ways.app) />
                        {guarded.passkeys.map(|count| view! { <PasskeysCard count=count /> })}
                        {guarded
                            .provider
                            .map(|link| {
                                view! { <ProviderCard link=link fresh=guarded.fresh unlink=acts.unlink /> }
                            })}
                        {if guarded.fresh {
                            view! { <NewPassword acts=acts first=!guarded.ways.password /> }.into_any()
                        } else {
                            view! { <ProveAgain prove=acts.prove ways=guarded.ways /> }.into_any()
                        }}
                        <Devices devices=guarded.devices acts=acts />
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}

fn taken(lang: Lang) -> impl IntoView {
    view! { <Notice kind=NoticeKind::Error><p>{more::provider_taken(lang)}</p></Notice> }
}

/// What the provider did not do.
pub(crate) fn refused(lang: Lang) -> impl IntoView {
    let title = errors::title(lang, Code::ProviderRefused);
    view! {
        <Notice kind=NoticeKind::Error title=title>
            <p>{errors::advice(lang, Code::ProviderRefused)}</p>
        </Notice>
    }
}

/// Where people prove again who they are on the way to `next`.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let prove = ServerAction::<Prove>::new();
    let page = fetch(|| (), |()| security());
    let next = asked("next");
    view! {
        <Frame here=Part::Security title=words::prove(ui::lang())>
            <Fetched
                resource=page
                view=move |guarded: Guarded| {
                    view! { <ProveAgain prove=prove ways=guarded.ways next=next /> }.into_any()
                }
            />
        </Frame>
    }
}

#[component]
fn TwoStepCard(left: Option<i64>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <h2 class="section-title">{words::two_step(lang)}</h2>
            <p>{words::two_step_text(lang)}</p>
            <p>
                {left.map_or_else(|| more::two_step_off_now(lang).to_owned(), |left| words::two_step_on(lang, left))} " "
                <a class="link" href="/account/security/two-step">
                    {more::two_step_manage(lang)} <ui::VisuallyHidden>{format!(": {}", words::two_step(lang))}</ui::VisuallyHidden>
                </a>
            </p>
        </Card>
    }
}

#[component]
fn PasskeysCard(count: u32) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <h2 class="section-title">{more::passkeys(lang)}</h2>
            <p>{more::passkeys_text(lang)}</p>
            <p>
                {if count == 0 { more::passkeys_none(lang).to_owned() } else { more::passkeys_count(lang, count) }} " "
                <a class="link" href="/account/security/passkeys">
                    {more::two_step_manage(lang)} <ui::VisuallyHidden>{format!(": {}", more::passkeys(lang))}</ui::VisuallyHidden>
                </a>
            </p>
        </Card>
    }
}

#[component]
fn NewPassword(acts: Acts, first: bool) -> impl IntoView {
    let lang = ui::lang();
    let title = if first { more::password_first(lang) } else { words::password_change(lang) };
    let error = error_of(acts.password);
    let whole = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    let saved = move || matches!(acts.password.value().get(), Some(Ok(())));
    view! {
        <Card>
            <h2 class="section-title">{title}</h2>
            <p>{words::password_change_text(lang)}</p>
            <Refusal error=whole />
            {move || {
                saved().then(|| view! { <Notice kind=NoticeKind::Success><p>{common::saved(lang)}</p></Notice> })
            }}
            <ActionForm action=acts.password>
                <div class="form">
                    <Field
                        name="password"
                        label=words::password_new(lang)
                        kind=Input::Password
                        hint=words::password_hint(lang)
                        autocomplete="new-password"
                        error=wrong(error, "password")
                    />
                    <div class="form-acts">
                        <Button busy=acts.password.pending()>{common::save(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}

#[component]
fn Devices(devices: Vec<Device>, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let others = devices.iter().any(|device| !device.is_this);
    view! {
        <Card>
            <h2 class="section-title">{words::devices(lang)}</h2>
            <Refusal error=error_of(acts.end) />
            <ul class="account-parts" role="list">
                {devices.into_iter().map(|device| view! { <li><DeviceRow device=device acts=acts /></li> }).collect_view()}
            </ul>
            <div class="form-acts">
                {others
                    .then(|| {
                        view! {
                            <ActionForm action=acts.end_others>
                                <Button kind=ButtonKind::Secondary>{words::devices_end_others(lang)}</Button>
                            </ActionForm>
                        }
                    })} <ActionForm action=acts.sign_out>
                    <Button kind=ButtonKind::Quiet icon=Icon::Lock>{words::sign_out(lang)}</Button>
                </ActionForm>
            </div>
        </Card>
    }
}

#[component]
fn DeviceRow(device: Device, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let name = device.name.unwrap_or_else(|| words::device_unknown(lang).to_owned());
    let seen = words::device_seen(lang, format::date_time(lang, device.seen_at));
    view! {
        <div class="account-part">
            <Icon name=Icon::Phone />
            <span>
                <strong>{name}</strong>
                <small>{seen} {device.network.map(|network| format!(" · {network}"))}</small>
            </span>
            {if device.is_this {
                view! { <Badge tone=Tone::Brand text=words::device_this(lang) /> }.into_any()
            } else {
                view! {
                    <ActionForm action=acts.end>
                        <input r#type="hidden" name="session" value=device.id.to_string() />
                        <Button kind=ButtonKind::Quiet>{words::device_end(lang)}</Button>
                    </ActionForm>
                }
                    .into_any()
            }}
        </div>
    }
}
