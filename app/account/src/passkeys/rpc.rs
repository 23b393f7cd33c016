use leptos::prelude::*;
use model::{
    AppError,
    ids::PasskeyId,
    views::{Passkey, PasskeyUse, Ways},
};
use serde::{Deserialize, Serialize};

/// The cookie that carries the token of a question to its answer.
pub const CEREMONY: &str = "passkey-ceremony";

/// The member's passkeys.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Kept {
    pub passkeys: Vec<Passkey>,
    /// Whether they may be changed without proving again who one is.
    pub fresh: bool,
    pub ways: Ways,
    /// Recovery codes left, where something is asked for after the password.
    pub codes_left: Option<i64>,
}

#[server]
pub async fn kept_passkeys() -> Result<Kept, AppError> {
    let (cx, member) = web::member().await?;
    if !flows::account::passkeys_work(&cx) {
        return Err(web::not_found());
    }
    let passkeys = flows::account::passkeys(&cx, &member).await.map_err(web::database)?;
    let me = flows::account::me(&cx, &member).await.map_err(web::database)?;
    let fresh = cx.proved(flows::account::STEP_UP).is_ok();
    let passkeys = passkeys.into_iter().map(Into::into).collect();
    Ok(Kept { passkeys, fresh, ways: me.ways.into(), codes_left: me.recovery_codes })
}

/// What the browser is to ask the authenticator, as JSON. The answer is taken from this browser only.
#[server(protocol = model::Call)]
pub async fn passkey_question(purpose: PasskeyUse) -> Result<String, AppError> {
    let cx = web::cx().await?;
    let shown = web::sent_cookie(web::cookies::SECOND_STEP);
    let asked = flows::account::ask_passkey_here(&cx, purpose, shown.as_deref()).await;
    let offer = asked.map_err(web::refused)?;
    web::set_cookie(&web::cookie(CEREMONY, &offer.ceremony.text()).build());
    Ok(offer.options)
}

/// Signs in with nothing but a passkey.
#[server]
pub async fn passkey_sign_in(
    answer: String,
    #[server(default)] remember: bool,
    #[server(default)] link: bool,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let (ceremony, device) = (web::sent_cookie(CEREMONY).unwrap_or_default(), web::known_browser().0);
    let entered = flows::account::sign_in_with_passkey_here(&cx, &ceremony, &answer, remember, device).await;
    let entered = entered.map_err(web::refused)?;
    let guest = web::sent_cookie(web::cookies::PROVIDER_GUEST);
    let next = flows::account::link_here(&cx, &entered, link, guest, next).await;
    let (token, device) = entered.tokens();
    web::come_in(&token, entered.keep(), device.as_deref(), entered.prefs(web::prefs()), &next);
    Ok(())
}

/// Keeps a passkey that was made; with the first one come recovery codes, which are shown once.
#[server]
pub async fn add_passkey(answer: String) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    let ceremony = web::sent_cookie(CEREMONY).unwrap_or_default();
    let added = flows::account::add_passkey(&cx, &proved, &ceremony, &answer, "").await;
    let codes = added.map_err(web::refused)?.codes;
    if !codes.is_empty() {
        let sealed = flows::account::seal_codes(&cx, &member, &codes).map_err(web::refused)?;
        let cookie = web::cookie(crate::security::rpc::CODES, &sealed);
        web::set_cookie(&cookie.max_age(flows::account::SHOWN_ONCE).build());
        web::go("/account/security/recovery-codes");
    }
    Ok(())
}

#[server]
pub async fn rename_passkey(id: PasskeyId, name: String) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::account::rename_passkey(&cx, &member, id, &name).await.map_err(web::refused)
}

#[server]
pub async fn remove_passkey(id: PasskeyId) -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::account::remove_passkey(&cx, &proved, id).await.map_err(web::refused)
}

#[server]
pub async fn remove_password() -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::account::remove_password(&cx, &proved).await.map_err(web::refused)
}
