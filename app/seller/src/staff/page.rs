use super::rpc::{ChangeRole, HandOver, Invite, Remove, StaffDesk, Withdraw, people};
use crate::parts::{Fetched, Frame, Part, Refusal, error_of, fetch, shop_here, use_shop, wrong};
use leptos::prelude::*;
use model::{
    AppError, ShopRole,
    shop::{InvitationRow, StaffRow, limits},
    words::{account as common, seller as words},
};
use ui::{
    Badge, Button, ButtonKind, Card, Choice, Dialog, DialogClose, DialogLink, Field, Icon, Input, Notice,
    NoticeKind, ProveFirst, Select, Size, Tone, format,
};

/// What the page can do.
#[derive(Clone, Copy)]
struct Acts {
    invite: ServerAction<Invite>,
    withdraw: ServerAction<Withdraw>,
    change: ServerAction<ChangeRole>,
    remove: ServerAction<Remove>,
    hand_over: ServerAction<HandOver>,
}

impl Acts {
    fn new() -> Self {
        Self {
            invite: ServerAction::new(),
            withdraw: ServerAction::new(),
            change: ServerAction::new(),
            remove: ServerAction::new(),
            hand_over: ServerAction::new(),
        }
    }

    /// How many answers there were, so that the page is read again.
    fn answers(self) -> usize {
        self.invite.version().get()
            + self.withdraw.version().get()
            + self.change.version().get()
            + self.remove.version().get()
    }

    /// What was refused that is not told beside a field.
    fn error(self) -> Signal<Option<AppError>> {
        let all = [
            error_of(self.withdraw),
            error_of(self.change),
            error_of(self.remove),
            error_of(self.hand_over),
            error_of(self.invite),
        ];
        Signal::derive(move || {
            all.iter().find_map(|error| error.get()).filter(|error| error.of("email").is_none())
        })
    }
}

#[component]
pub fn StaffPage() -> impl IntoView {
    let slug = use_shop();
    let acts = Acts::new();
    let page = fetch(move || (slug.get(), acts.answers()), |(shop, _)| people(shop));
    view! {
        <Frame here=Part::Staff>
            <Refusals error=acts.error() />
            <Fetched resource=page view={move |desk: StaffDesk| view! { <Everybody desk=desk acts=acts /> }.into_any()} />
        </Frame>
    }
}

/// What is wrong with the people rather than with the form.
#[component]
fn Refusals(error: Signal<Option<AppError>>) -> impl IntoView {
    let lang = ui::lang();
    let text = move || {
        let error = error.get()?;
        if error.of("people").is_some() {
            Some(words::people_full(lang, limits::MOST_PEOPLE))
        } else {
            error.of("account").map(|_| words::cannot_own(lang, limits::MOST_OWNED))
        }
    };
    let other = Signal::derive(move || error.get().filter(|error| error.fields.is_empty()));
    view! {
        {move || text().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
        <Refusal error=other />
    }
}

#[component]
fn Everybody(desk: StaffDesk, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let StaffDesk { page, fresh } = desk;
    let acts = fresh.then_some(acts);
    let slug = shop_here().slug.to_string();
    let rows = page.people.into_iter().map(|person| {
        let slug = slug.clone();
        view! { <li><Person person=person slug=slug acts=acts /></li> }
    });
    let asked = page.invitations.into_iter().map(|invitation| {
        let slug = slug.clone();
        view! { <li><Asked invitation=invitation slug=slug acts=acts /></li> }
    });
    let asked: Vec<_> = asked.collect();
    let nobody = asked.is_empty();
    view! {
        <ul class="account-parts" role="list">{rows.collect_view()}</ul>
        {(!nobody)
            .then(|| {
                view! {
                    <h2 class="section-title">{words::invitations(lang)}</h2>
                    <ul class="account-parts" role="list">{asked}</ul>
                }
            })}
        {match acts {
            Some(acts) => view! { <Ask slug=slug.clone() acts=acts /> }.into_any(),
            None => view! { <ProveFirst text=words::people_prove_first(lang) /> }.into_any(),
        }}
    }
}

fn roles() -> Vec<Choice> {
    let lang = ui::lang();
    let choice = |role: &ShopRole| {
        Choice::new(
            role.as_str(),
            format!("{}: {}", words::role(lang, *role), words::role_about(lang, *role)),
        )
    };
    ShopRole::GIVEN.iter().map(choice).collect()
}

/// Says whom a form is about.
fn hidden(slug: &str, account: &str) -> AnyView {
    view! {
        <input r#type="hidden" name="shop" value=slug.to_owned() />
        <input r#type="hidden" name="account" value=account.to_owned() />
    }
    .into_any()
}

#[component]
fn Person(person: StaffRow, slug: String, acts: Option<Acts>) -> impl IntoView {
    let lang = ui::lang();
    let owner = person.role == ShopRole::Owner;
    let account = person.account.to_string();
    let name = person.name.clone().unwrap_or_else(|| person.contact.clone());
    let since = words::since(lang, format::date(lang, person.since));
    let (sacked, heir) = (format!("remove-{account}"), format!("owner-{account}"));
    let (sacked_too, heir_too) = (sacked.clone(), heir.clone());
    let whom = || hidden(&slug, &account);
    let (to_change, to_remove, to_hand_over) = (whom(), whom(), whom());
    let chosen = format!("role-{account}");
    let whose_role = words::role_of(lang, &name);
    view! {
        <Card>
            <div class="account-part">
                <Icon name=Icon::User />
                <span>
                    <strong>{name.clone()}</strong>
                    <small>{person.contact} " · " {since}</small>
                </span>
                <Badge tone=if owner { Tone::Brand } else { Tone::Neutral } text=words::role(lang, person.role) />
            </div>
            {acts
                .filter(|_| !owner)
                .map(|acts| {
                    view! {
                        <div class="staff-acts">
                            <ActionForm action=acts.change>
                                {to_change}
                                <div class="staff-role">
                                    <Select
                                        name="role"
                                        id=chosen
                                        label=whose_role
                                        choices=roles()
                                        chosen=person.role.as_str().to_owned()
                                    />
                                    <Button kind=ButtonKind::Secondary>{common::save(lang)}</Button>
                                </div>
                            </ActionForm>
                            <div class="address-acts">
                                <DialogLink to=heir.clone() kind=ButtonKind::Quiet size=Size::Small icon=Icon::Store>
                                    {words::hand_over(lang)}
                                </DialogLink>
                                <DialogLink to=sacked.clone() kind=ButtonKind::Quiet size=Size::Small icon=Icon::Trash>
                                    {words::remove_person(lang)}
                                </DialogLink>
                            </div>
                        </div>
                        <Dialog id=sacked.clone() title=words::remove_title(lang, &name)>
                            <p>{words::remove_text(lang)}</p>
                            <div class="dialog-acts">
                                <DialogClose of=sacked_too>{common::cancel(lang)}</DialogClose>
                                <ActionForm action=acts.remove>
                                    {to_remove}
                                    <Button kind=ButtonKind::Danger>{words::remove_person(lang)}</Button>
                                </ActionForm>
                            </div>
                        </Dialog>
                        <Dialog id=heir.clone() title=words::hand_over_title(lang, &name)>
                            <p>{words::hand_over_text(lang)}</p>
                            <div class="dialog-acts">
                                <DialogClose of=heir_too>{common::cancel(lang)}</DialogClose>
                                <ActionForm action=acts.hand_over>
                                    {to_hand_over}
                                    <Button kind=ButtonKind::Danger>{words::hand_over(lang)}</Button>
                                </ActionForm>
                            </div>
                        </Dialog>
                    }
                })}
        </Card>
    }
}

#[component]
fn Asked(invitation: InvitationRow, slug: String, acts: Option<Acts>) -> impl IntoView {
    let lang = ui::lang();
    let until = words::invitation_until(lang, format::date_time(lang, invitation.expires_at));
    let email = invitation.email.clone();
    view! {
        <Card>
            <div class="account-part">
                <Icon name=Icon::Mail />
                <span>
                    <strong>{email}</strong>
                    <small>{words::role(lang, invitation.role)} " · " {until}</small>
                </span>
                {acts
                    .map(|acts| {
                        view! {
                            <ActionForm action=acts.withdraw>
                                <input r#type="hidden" name="shop" value=slug />
                                <input r#type="hidden" name="id" value=invitation.id.to_string() />
                                <Button kind=ButtonKind::Quiet>
                                    {words::withdraw(lang)}
                                    <span class="sr-only">" " {invitation.email}</span>
                                </Button>
                            </ActionForm>
                        }
                    })}
            </div>
        </Card>
    }
}

#[component]
fn Ask(slug: String, acts: Acts) -> impl IntoView {
    let lang = ui::lang();
    let error = error_of(acts.invite);
    let sent = move || matches!(acts.invite.value().get(), Some(Ok(())));
    view! {
        <Card>
            <h2 class="section-title">{words::invite(lang)}</h2>
            <p>{words::invite_about(lang, limits::INVITATION_DAYS)}</p>
            {move || sent().then(|| view! { <Notice kind=NoticeKind::Success><p>{words::invited(lang)}</p></Notice> })}
            <ActionForm action=acts.invite>
                <input r#type="hidden" name="shop" value=slug />
                <div class="form">
                    <Field
                        name="email"
                        label=words::email(lang)
                        kind=Input::Email
                        error=wrong(error, "email")
                        maxlength=254u32
                        autocomplete="off"
                    />
                    <Select name="role" label=words::role_label(lang) choices=roles() error=wrong(error, "role") />
                    <div class="form-acts">
                        <Button icon=Icon::Mail busy=acts.invite.pending()>{words::invite_button(lang)}</Button>
                    </div>
                </div>
            </ActionForm>
        </Card>
    }
}
