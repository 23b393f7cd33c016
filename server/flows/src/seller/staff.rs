//! The people of a shop: asked in, given other work, sent away, or made its owner. Every change is logged, and whoever it
//! is about is told.

use super::AtShop;
use crate::account::{link, link_with, tell, write_to};
use access::audit::{Entry, Subject, record};
use identity::{
    Token, account,
    consent::closing,
    throttle::{self, Key, Pace, Turn},
};
use kernel::{
    Cx, Member, Proved, Tx,
    jobs::{Job, JobError, Priority},
};
use model::{
    AppError, Code, Contact, ContactKind, Email, FieldError, Permission, ShopRole, Slug,
    audit::Action,
    ids::{AccountId, InvitationId, ShopId},
    shop::{Invitation, limits},
};
use notify::{EnqueueError, Message, StaffChange};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shop::{
    invitation::{NewInvitation, OpenInvitation},
    store::{self, invitation, staff},
};

#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// They do not work here, or it is the owner, whose role is handed over instead.
    #[error("there is nobody such in this shop")]
    NotFound,
    #[error("that is no e-mail address")]
    Email,
    #[error("the owner's role is handed over and not given")]
    Role,
    #[error("somebody with this address works here already")]
    Already,
    #[error("as many people as there may be work here or are asked to")]
    Full,
    #[error("too many messages went to this address")]
    TooOften,
    #[error("the owner of a shop cannot leave it")]
    Owner,
    #[error("whoever is to own the shop owns as many as anyone may, or is about to leave")]
    CannotOwn,
    #[error(transparent)]
    Letter(#[from] EnqueueError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<StaffError> for AppError {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::NotFound => Self::not_found(),
            StaffError::Email => Self::field("email", FieldError::Malformed),
            StaffError::Role => Self::field("role", FieldError::NotAllowed),
            StaffError::Already => Self::field("email", FieldError::Taken),
            StaffError::Full => Self::field("people", FieldError::OutOfRange),
            StaffError::TooOften => Self::new(Code::RateLimited).retry_after(300),
            StaffError::Owner => Self::field("owner", FieldError::NotAllowed),
            StaffError::CannotOwn => Self::field("account", FieldError::NotAllowed),
            StaffError::Letter(_) => Code::Internal.into(),
            StaffError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Nobody acts on a shop's people but those who have a say about them, and have proved who they are: whoever works in a
/// shop may come to its money.
fn about_people(at: &AtShop, proved: &Proved) -> Result<(ShopId, AccountId), StaffError> {
    if at.permissions().has(Permission::Staff) && proved.member().account == at.member().account {
        Ok((at.shop(), at.member().account))
    } else {
        Err(StaffError::NotFound)
    }
}

/// Sends somebody a link by which they join in this role. Asked again, they get another, and the first works no more.
pub async fn invite(
    cx: &Cx,
    proved: &Proved,
    at: &AtShop,
    email: &str,
    role: ShopRole,
) -> Result<InvitationId, StaffError> {
    let (shop, by) = about_people(at, proved)?;
    let email: Email = email.parse().map_err(|_| StaffError::Email)?;
    if !ShopRole::GIVEN.contains(&role) {
        return Err(StaffError::Role);
    }
    let contact = Contact::Email(email.clone());
    let mut tx = cx.begin().await?;
    let named = store::get_named_for_change(&mut tx, shop).await?;
    let invited = account::store::find_owner(&mut tx, &contact).await?;
    if let Some(account) = invited
        && staff::works_in(&mut tx, shop, account).await?
    {
        return Err(StaffError::Already);
    }
    if invitation::crowd(&mut tx, shop, email.as_str(), cx.now()).await? >= i64::from(limits::MOST_PEOPLE) {
        return Err(StaffError::Full);
    }
    let turn =
        throttle::store::take_turn(&mut tx, Key::letters_to(&contact), Pace::LETTERS, cx.now()).await?;
    if turn != Turn::Go {
        return Err(StaffError::TooOften);
    }
    let token = Token::new(cx);
    let new = NewInvitation { id: cx.id(), shop, email, role, link: token.digest().into_bytes(), by };
    invitation::put(&mut tx, &new, cx.now()).await?;
    let message = Message::StaffInvited {
        shop: named.name,
        role,
        link: link_with("/seller/join", &token),
        days: limits::INVITATION_DAYS,
    };
    let lang = match invited {
        Some(account) => account::store::get_reach(&mut tx, account).await?.lang,
        None => cx.lang(),
    };
    write_to(&mut tx, cx, invited, &contact, lang, &message).await?;
    note(&mut tx, cx, Action::StaffInvited, shop, json!({"invitation": new.id, "role": role})).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// Takes an invitation back.
pub async fn withdraw(cx: &Cx, proved: &Proved, at: &AtShop, id: InvitationId) -> Result<(), StaffError> {
    let (shop, _) = about_people(at, proved)?;
    let mut tx = cx.begin().await?;
    if !invitation::withdraw(&mut tx, shop, id, cx.now()).await? {
        return Err(StaffError::NotFound);
    }
    note(&mut tx, cx, Action::InvitationWithdrawn, shop, json!({"invitation": id})).await?;
    Ok(tx.commit().await?)
}

#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// Used, taken back, too old, or none of ours: the four are not told apart.
    #[error("the invitation no longer works")]
    Spent,
    #[error("the invitation went to another address than this account's")]
    NotYours,
    #[error(transparent)]
    Letter(#[from] EnqueueError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<JoinError> for AppError {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::Spent => Code::Spent.into(),
            JoinError::NotYours => Code::Forbidden.into(),
            JoinError::Letter(_) => Code::Internal.into(),
            JoinError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// The invitation a link is of, for whoever has the address it went to.
pub async fn invitation(cx: &Cx, member: &Member, token: &str) -> Result<Invitation, JoinError> {
    let mut tx = cx.begin().await?;
    let open = own(&mut tx, cx, member, token).await?;
    let shop = store::get_named(&mut tx, open.shop).await?.name;
    Ok(Invitation { shop, role: open.role, expires_at: open.expires_at.unix_timestamp() })
}

/// Joins the shop the link is of; returns its address. Whoever works there already keeps their role.
pub async fn join(cx: &Cx, member: &Member, token: &str) -> Result<Slug, JoinError> {
    let mut tx = cx.begin().await?;
    let open = own(&mut tx, cx, member, token).await?;
    let (shop, who) = (open.shop, member.account);
    invitation::mark_accepted(&mut tx, open.id, who, cx.now()).await?;
    let named = store::get_named(&mut tx, shop).await?;
    if staff::join(&mut tx, shop, who, (open.role, open.by), cx.now()).await? {
        note(&mut tx, cx, Action::StaffJoined, shop, json!({"account": who, "role": open.role})).await?;
        if let Some(owner) = staff::find_owner(&mut tx, shop).await? {
            let who = account::store::find_contact(&mut tx, who, ContactKind::Email).await?;
            let who = who.map(|contact| contact.masked()).unwrap_or_default();
            let link = link(&format!("/seller/{}/staff", named.slug));
            let change = StaffChange::Joined { who };
            tell(&mut tx, cx, owner, &Message::StaffChanged { shop: named.name, change, link }).await?;
        }
    }
    tx.commit().await?;
    Ok(named.slug)
}

async fn own(tx: &mut Tx, cx: &Cx, member: &Member, token: &str) -> Result<OpenInvitation, JoinError> {
    let token = Token::parse(token).ok_or(JoinError::Spent)?;
    let open = invitation::find_for_change(tx, token.digest().as_bytes(), cx.now()).await?;
    let open = open.ok_or(JoinError::Spent)?;
    let own = account::store::find_contact(tx, member.account, ContactKind::Email).await?;
    if own.is_some_and(|own| own.as_str() == open.email) { Ok(open) } else { Err(JoinError::NotYours) }
}

/// Gives somebody other work.
pub async fn change_role(
    cx: &Cx,
    proved: &Proved,
    at: &AtShop,
    account: AccountId,
    role: ShopRole,
) -> Result<(), StaffError> {
    let (shop, by) = about_people(at, proved)?;
    if !ShopRole::GIVEN.contains(&role) {
        return Err(StaffError::Role);
    }
    let mut tx = cx.begin().await?;
    let before = staff::change_role(&mut tx, shop, account, (role, by)).await?.ok_or(StaffError::NotFound)?;
    if before != role {
        let entry = Entry::of(Action::StaffRoleChanged, Subject::Shop(shop)).before(json!({"role": before}));
        record(&mut tx, cx, &entry.after(json!({"account": account, "role": role}))).await?;
        told(&mut tx, cx, shop, account, StaffChange::Role { role }).await?;
    }
    Ok(tx.commit().await?)
}

/// Sends somebody away.
pub async fn remove(cx: &Cx, proved: &Proved, at: &AtShop, account: AccountId) -> Result<(), StaffError> {
    let (shop, _) = about_people(at, proved)?;
    let mut tx = cx.begin().await?;
    let role = staff::delete(&mut tx, shop, account).await?.ok_or(StaffError::NotFound)?;
    note(&mut tx, cx, Action::StaffRemoved, shop, json!({"account": account, "role": role})).await?;
    told(&mut tx, cx, shop, account, StaffChange::Removed).await?;
    Ok(tx.commit().await?)
}

/// Leaves a shop one works in. Its owner hands it over first.
pub async fn leave(cx: &Cx, member: &Member, slug: &str) -> Result<(), StaffError> {
    let slug: Slug = slug.parse().map_err(|_| StaffError::NotFound)?;
    let mut tx = cx.begin().await?;
    let shop = shop::staff::find_shop(&mut tx, &slug, member.account).await?.ok_or(StaffError::NotFound)?;
    let role = staff::delete(&mut tx, shop.id, member.account).await?.ok_or(StaffError::Owner)?;
    note(&mut tx, cx, Action::StaffLeft, shop.id, json!({"role": role})).await?;
    if let Some(owner) = staff::find_owner(&mut tx, shop.id).await? {
        let who = account::store::get_reach(&mut tx, member.account).await?.contacts;
        let who = who.first().map(Contact::masked).unwrap_or_default();
        let link = link(&format!("/seller/{slug}/staff"));
        let message = Message::StaffChanged { shop: shop.name, change: StaffChange::Left { who }, link };
        tell(&mut tx, cx, owner, &message).await?;
    }
    Ok(tx.commit().await?)
}

/// Makes one of its people the owner of the shop; whoever was it stays as a manager.
pub async fn hand_over(cx: &Cx, proved: &Proved, at: &AtShop, to: AccountId) -> Result<(), StaffError> {
    let (shop, from) = about_people(at, proved)?;
    let mut tx = cx.begin().await?;
    if closing::find_due(&mut tx, to).await?.is_some() {
        return Err(StaffError::CannotOwn);
    }
    staff::lock_owner(&mut tx, to).await?;
    match staff::hand_over(&mut tx, shop, from, to).await? {
        staff::HandOver::Done => {}
        staff::HandOver::NotTheirs => return Err(StaffError::NotFound),
        staff::HandOver::TooMany => return Err(StaffError::CannotOwn),
    }
    let entry = Entry::of(Action::ShopHandedOver, Subject::Shop(shop)).before(json!({"owner": from}));
    record(&mut tx, cx, &entry.after(json!({"owner": to}))).await?;
    told(&mut tx, cx, shop, to, StaffChange::Role { role: ShopRole::Owner }).await?;
    told(&mut tx, cx, shop, from, StaffChange::Role { role: ShopRole::Manager }).await?;
    Ok(tx.commit().await?)
}

/// Tells somebody what became of them in a shop.
async fn told(
    tx: &mut Tx,
    cx: &Cx,
    shop: ShopId,
    who: AccountId,
    change: StaffChange,
) -> Result<(), StaffError> {
    let named = store::get_named(tx, shop).await?;
    let message = Message::StaffChanged { shop: named.name, change, link: link("/seller") };
    Ok(tell(tx, cx, who, &message).await?)
}

/// A line in the log.
async fn note(
    tx: &mut Tx,
    cx: &Cx,
    action: Action,
    shop: ShopId,
    after: serde_json::Value,
) -> Result<(), sqlx::Error> {
    record(tx, cx, &Entry::of(action, Subject::Shop(shop)).after(after)).await.map(drop)
}

/// Forgets invitations that have been over for long. Run by the clock.
#[derive(Serialize, Deserialize)]
pub struct SweepInvitations {}

impl Job for SweepInvitations {
    const NAME: &'static str = "shop.sweep_invitations";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        Ok(invitation::delete_old(&mut *cx.db().acquire().await?, cx.now()).await?)
    }
}
