use leptos::prelude::*;
use model::AppError;
use serde::{Deserialize, Serialize};

/// How one comes in besides by a password.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entrances {
    pub passkeys: bool,
    /// What people call the provider, where there is one.
    pub provider: Option<String>,
}

/// Who the provider says somebody is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Guest {
    pub label: String,
    pub shown: String,
    /// With which an account can be opened at once.
    pub email: Option<String>,
}

#[server]
pub async fn ways_in() -> Result<Entrances, AppError> {
    let cx = web::cx().await?;
    let provider = flows::account::provider_label(&cx);
    Ok(Entrances { passkeys: flows::account::passkeys_work(&cx), provider })
}

/// Who came back from the provider in this browser and is nobody's here yet.
#[server]
pub async fn provider_guest() -> Result<Option<Guest>, AppError> {
    let cx = web::cx().await?;
    let token = web::sent_cookie(web::cookies::PROVIDER_GUEST).unwrap_or_default();
    let guest = flows::account::guest(&cx, &token).await.map_err(web::database)?;
    let label = flows::account::provider_label(&cx).unwrap_or_default();
    Ok(guest.map(|guest| Guest { label, shown: guest.shown, email: guest.email }))
}

/// Opens an account for them.
#[server]
pub async fn open_with_provider() -> Result<(), AppError> {
    let cx = web::cx().await?;
    let token = web::sent_cookie(web::cookies::PROVIDER_GUEST).unwrap_or_default();
    let opened = flows::account::open_with_guest_here(&cx, &token, web::known_browser().0).await;
    let (entered, next) = opened.map_err(web::refused)?;
    let (token, device) = entered.tokens();
    web::forget_cookie(web::cookies::PROVIDER_GUEST);
    web::come_in(&token, entered.keep(), device.as_deref(), entered.prefs(web::prefs()), next.as_str());
    Ok(())
}

#[server]
pub async fn unlink_provider() -> Result<(), AppError> {
    let (cx, _) = web::member().await?;
    let proved = cx.proved(flows::account::STEP_UP).map_err(web::refused)?;
    flows::account::unlink_provider(&cx, &proved).await.map_err(web::refused)
}
