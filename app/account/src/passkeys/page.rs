use super::{
    PasskeyButton,
    rpc::{AddPasskey, Kept, RemovePasskey, RemovePassword, RenamePasskey, kept_passkeys},
};
use crate::{
    parts::{Fetched, Frame, Part, Refusal, error_of, fetch},
    security::{
        prove::ProveAgain,
        rpc::{NewRecoveryCodes, Prove},
    },
};
use leptos::prelude::*;
use model::{
    views::{Passkey, PasskeyUse},
    words::{door, security as words},
};
use ui::{Badge, Button, ButtonKind, Card, Field, Icon, Tone, format};

/// Everything that can be done here.
#[derive(Clone, Copy)]
struct Acts {
    prove: ServerAction<Prove>,
    add: ServerAction<AddPasskey>,
    rename: ServerAction<RenamePasskey>,
    remove: ServerAction<RemovePasskey>,
    no_password: ServerAction<RemovePassword>,
    codes: ServerAction<NewRecoveryCodes>,
}

#[component]
pub fn PasskeysPage() -> impl IntoView {
    let lang = ui::lang();
    let acts = Acts {
        prove: ServerAction::new(),
        add: ServerAction::new(),
        rename: ServerAction::new(),
        remove: ServerAction::new(),
        no_password: ServerAction::new(),
        codes: ServerAction::new(),
    };
    let changed = move || {
        (
            acts.prove.version().get(),
            acts.add.version().get(),
            acts.rename.version().get(),
            acts.remove.version().get(),
            acts.no_password.version().get(),
        )
    };
    let page = fetch(changed, |_| kept_passkeys());
    let errors = [
        error_of(acts.add),
        error_of(acts.rename),
        error_of(acts.remove),
        error_of(acts.no_password),
        error_of(acts.codes),
    ];
    let error = Signal::derive(move || errors.iter().find_map(|error| error.get()));
    view! {
        <Frame here=Part::Security title=words::passkeys(lang)>
            <p>{words::passkeys_text(lang)}</p>
            <p>{words::passkeys_more(lang)}</p>
            <Refusal error=error />
            <Fetched
                resource=page
                view=move |kept: Kept| {
                    let (fresh, ways) = (kept.fresh, kept.ways);
                    view! {
                        <Own passkeys=kept.passkeys fresh=fresh acts=acts />
                        {(!fresh).then(|| view! { <ProveAgain prove=acts.prove ways=ways /> })}
                        {kept
                            .codes_left
                            .map(|left| view! { <Codes left=left fresh=fresh act=acts.codes /> })}
                        {(fresh && ways.password && ways.passkey)
                            .then(|| view! { <NoPassword act=acts.no_password /> })}
                    }
                        .into_any()
                }
            />
        </Frame>
    }
}

#[component]
fn Own(passkeys: Vec<Passkey>, fresh: bool, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let add = move |answer: String| {
        acts.add.dispatch(AddPasskey { answer });
    };
    view! {
        <Card>
            {passkeys.is_empty().then(|| view! { <p>{words::passkeys_none(lang)}</p> })}
            <ul class="account-parts" role="list">
                {passkeys
                    .into_iter()
                    .map(|passkey| {
                        view! {
                            <li>
                                <Row passkey=passkey fresh=fresh acts=acts />
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {fresh
                .then(|| {
                    view! {
                        <PasskeyButton
                            purpose=PasskeyUse::Add
                            label=words::passkey_add(lang)
                            busy=acts.add.pending()
                            answered=Callback::new(add)
                        />
                    }
                })}
        </Card>
    }
}

#[component]
fn Row(passkey: Passkey, fresh: bool, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let mut known = words::passkey_added(lang, format::date(lang, passkey.added_at));
    if let Some(at) = passkey.used_at {
        known = format!("{known} · {}", words::passkey_used(lang, format::date_time(lang, at)));
    }
    view! {
        <div class="account-part">
            <Icon name=Icon::Key />
            <span>
                <strong>{passkey.name.clone()}</strong>
                <small>{known}</small>
            </span>
            {passkey.synced.then(|| view! { <Badge tone=Tone::Brand text=words::passkey_synced(lang) /> })}
            {fresh.then(|| view! { <Remove id=passkey.id.to_string() name=passkey.name.clone() act=acts.remove /> })}
        </div>
        <Rename id=passkey.id.to_string() name=passkey.name act=acts.rename />
    }
}

#[component]
fn Remove(id: String, name: String, act: ServerAction<RemovePasskey>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <ActionForm action=act>
            <input r#type="hidden" name="id" value=id />
            <Button kind=ButtonKind::Quiet>
                {words::passkey_remove(lang)} <ui::VisuallyHidden>{format!(": {name}")}</ui::VisuallyHidden>
            </Button>
        </ActionForm>
    }
}

#[component]
fn Rename(id: String, name: String, act: ServerAction<RenamePasskey>) -> impl IntoView {
    let lang = ui::lang();
    let of = format!(": {name}");
    let field = format!("name-{id}");
    let save = of.clone();
    view! {
        <details>
            <summary class="link">
                {words::passkey_rename(lang)} <ui::VisuallyHidden>{of}</ui::VisuallyHidden>
            </summary>
            <ActionForm action=act>
                <div class="form">
                    <input r#type="hidden" name="id" value=id />
                    <Field
                        id=field
                        name="name"
                        label=words::passkey_name(lang)
                        value=name
                        autocomplete="off"
                        maxlength=60_u32
                    />
                    <div class="form-acts">
                        <Button kind=ButtonKind::Secondary>
                            {model::words::account::save(lang)} <ui::VisuallyHidden>{save}</ui::VisuallyHidden>
                        </Button>
                    </div>
                </div>
            </ActionForm>
        </details>
    }
}

#[component]
fn Codes(left: i64, fresh: bool, act: ServerAction<NewRecoveryCodes>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <h2 class="section-title">{words::codes(lang)}</h2>
            <div class="form">
                <p>{words::codes_left(lang, left)}</p>
                {fresh
                    .then(|| {
                        view! {
                            <p>{words::codes_new_text(lang)}</p>
                            <ActionForm action=act>
                                <Button kind=ButtonKind::Secondary busy=act.pending()>
                                    {door::codes_new(lang)}
                                </Button>
                            </ActionForm>
                        }
                    })}
            </div>
        </Card>
    }
}

#[component]
fn NoPassword(act: ServerAction<RemovePassword>) -> impl IntoView {
    let lang = ui::lang();
    view! {
        <Card>
            <h2 class="section-title">{words::password_remove(lang)}</h2>
            <div class="form">
                <p>{words::password_remove_text(lang)}</p>
                <ActionForm action=act>
                    <Button kind=ButtonKind::Danger busy=act.pending()>{words::password_remove(lang)}</Button>
                </ActionForm>
            </div>
        </Card>
    }
}
