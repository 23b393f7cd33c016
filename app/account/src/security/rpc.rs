use crate::provider::Link;
use leptos::prelude::*;
use model::{
    AppError, ContactKind,
    ids::{ContactChangeId, SessionId},
    views::{Device, Ways},
};
use serde::{Deserialize, Serialize};

/// What guards an account, as its owner sees it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Guarded {
    pub contacts: Vec<(ContactKind, String)>,
    pub waiting: Vec<Waiting>,
    pub devices: Vec<Device>,
    /// Whether what guards it may be changed without proving again who one is.
    pub fresh: bool,
    pub ways: Ways,
    /// How many passkeys there are, where there can be any.
    pub passkeys: Option<u32>,
    /// Whether it is linked to the provider, where there is one.
    pub provider: Option<Link>,
    /// Recovery codes left, where two-step sign-in is on.
    pub codes_left: Option<i64>,
}

/// A change of address that somebody has still to agree to.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Waiting {
    pub id: ContactChangeId,
    pub kind: ContactKind,
    /// Enough to recognise it.
    pub to: String,
    /// Whether the code that went to the old address, or to the new one, is still awaited.
    pub old: bool,
    pub new: bool,
}

/// Where two-step sign-in stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Standing {
    /// Whether it may be changed without proving again who one is.
    pub fresh: bool,
    /// What can be shown for that.
    pub ways: Ways,
    /// Recovery codes left, where it is on.
    pub left: Option<i64>,
    pub offered: Option<Offered>,
}

/// What an app is told while it is being set up.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Offered {
    /// In groups of four.
    pub secret: String,
    /// The picture's side in squares, and its dark ones as a path.
    pub side: usize,
    pub path: String,
}

/// The cookie that carries new recovery codes, sealed, to the page that shows them.
pub const CODES: &str = "recovery-codes";

#[server]
pub async fn security() -> Result<Guarded, AppError> {
    let (cx, member) = web::member().await?;
    let me = flows::account::me(&cx, &member).await.map_err(web::database)?;
    let listed = flows::account::list(&cx, &member).await.map_err(web::database)?;
    let linked = flows::account::linked(&cx, &member).await.map_err(web::database)?;
    let linked = linked.map(|link| (link.shown, link.linked_at.unix_timestamp()));
    Ok(Guarded {
        contacts: me.contacts.iter().map(|contact| (contact.kind(), contact.as_str().to_owned())).collect(),
        waiting: contact_changes().await?,
        devices: listed.iter().map(|device| flows::account::shown(device, &member)).collect(),
        fresh: cx.proved(flows::account::STEP_UP).is_ok(),
        ways: me.ways.into(),
        passkeys: me.passkeys,
        provider: flows::account::provider_label(&cx).map(|label| Link { label, linked }),
        codes_left: me.recovery_codes,
    })
}

/// Proves again who one is, and goes on to `next`, a path of this site.
#[server]
pub async fn prove(
    #[server(default)] password: String,
    #[server(default)] code: String,
    #[server(default)] passkey: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let answer = (web::sent_cookie(crate::passkeys::rpc::CEREMONY).unwrap_or_default(), passkey);
    let proof = flows::account::Proof::shown(password, code, String::new(), answer);
    let token = flows::account::prove(&cx, &member, &proof).await.map_err(web::refused)?;
    web::renew_session(&token.text());
    web::go_to(&next);
    Ok(())
}

#[server]
pub async fn change_password(password: String) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    let token = flows::account::change_password(&cx, &proved, &password).await.map_err(web::refused)?;
    web::renew_session(&token.text());
    Ok(())
}

#[server]
pub async fn end_session(session: SessionId) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::account::end(&cx, &member, session).await.map_err(web::refused)
}

#[server]
pub async fn end_other_sessions() -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::account::end_others(&cx, &member).await.map(drop).map_err(web::refused)
}

#[server]
pub async fn sign_out() -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::account::sign_out(&cx, &member).await.map_err(web::refused)?;
    web::forget_session();
    web::go("/");
    Ok(())
}

#[server]
pub async fn contact_changes() -> Result<Vec<Waiting>, AppError> {
    let (cx, member) = web::member().await?;
    let changes = flows::account::contact_changes(&cx, &member).await.map_err(web::database)?;
    let waiting = changes.into_iter().map(|change| Waiting {
        id: change.id,
        kind: change.to.kind(),
        to: change.to.masked(),
        old: !change.old_agrees,
        new: !change.new_agrees,
    });
    Ok(waiting.collect())
}

/// Needs fresh proof of who it is.
#[server]
pub async fn change_contact(contact: String) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::account::start_contact_change(&cx, &proved, &contact).await.map_err(web::refused)?;
    web::go("/confirm-contact");
    Ok(())
}

/// Agrees to a change with the code that was sent to one of its sides: the old address, or the new one.
#[server]
pub async fn confirm_contact(change: ContactChangeId, old: bool, code: String) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let done = flows::account::confirm_contact_here(&cx, &member, change, old, &code).await;
    let done = done.map_err(web::refused)?;
    web::go(if done { "/confirm-contact?done=1" } else { "/confirm-contact?half=1" });
    Ok(())
}

/// The same with a link, which needs nobody to be signed in.
#[server]
pub async fn confirm_contact_link(token: String) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let done = flows::account::confirm_contact_link(&cx, &token).await.map_err(web::refused)?;
    web::go(if done { "/confirm-contact?done=1" } else { "/confirm-contact?half=1" });
    Ok(())
}

#[server]
pub async fn stop_contact_change(token: String) -> Result<(), AppError> {
    let cx = web::cx().await?;
    flows::account::stop_contact_change(&cx, &token).await.map_err(web::refused)?;
    web::go("/stop-contact-change?done=1");
    Ok(())
}

#[server]
pub async fn two_step() -> Result<Standing, AppError> {
    let (cx, member) = web::member().await?;
    let left = flows::account::two_step(&cx, &member).await.map_err(web::database)?;
    let ways = flows::account::me(&cx, &member).await.map_err(web::database)?.ways.into();
    let proved = cx.proved(flows::account::STEP_UP).ok();
    let told = match &proved {
        Some(proved) => flows::account::offered_two_step(&cx, proved).await.map_err(web::refused)?,
        None => None,
    };
    let offered = told.and_then(|told| {
        let (side, path) = flows::account::qr(&told.url)?;
        Some(Offered { secret: told.secret, side, path })
    });
    Ok(Standing { fresh: proved.is_some(), ways, left, offered })
}

#[server]
pub async fn offer_two_step() -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::account::offer_two_step(&cx, &proved).await.map(drop).map_err(web::refused)
}

/// Switches it on with the first right code, and goes on to the recovery codes.
#[server]
pub async fn confirm_two_step(code: String) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    let codes = flows::account::confirm_two_step(&cx, &proved, &code).await.map_err(web::refused)?;
    let sealed = flows::account::seal_codes(&cx, &member, &codes).map_err(web::refused)?;
    web::set_cookie(&web::cookie(CODES, &sealed).max_age(flows::account::SHOWN_ONCE).build());
    web::go("/account/security/recovery-codes");
    Ok(())
}

#[server]
pub async fn new_recovery_codes() -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    let codes = flows::account::new_recovery_codes(&cx, &proved).await.map_err(web::refused)?;
    let sealed = flows::account::seal_codes(&cx, &member, &codes).map_err(web::refused)?;
    web::set_cookie(&web::cookie(CODES, &sealed).max_age(flows::account::SHOWN_ONCE).build());
    web::go("/account/security/recovery-codes");
    Ok(())
}

/// The codes that were just made, once.
#[server]
pub async fn recovery_codes() -> Result<Vec<String>, AppError> {
    let (cx, member) = web::member().await?;
    let Some(sealed) = web::sent_cookie(CODES) else { return Ok(Vec::new()) };
    web::forget_cookie(CODES);
    flows::account::open_codes(&cx, &member, &sealed).map_err(web::refused)
}

#[server]
pub async fn two_step_off() -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::account::remove_two_step(&cx, &proved).await.map_err(web::refused)
}
