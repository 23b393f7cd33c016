use leptos::prelude::*;
use model::{AppError, ids::SessionId, views::Device};
use serde::{Deserialize, Serialize};

/// What guards an account, as its owner sees it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Guarded {
    pub contacts: Vec<String>,
    pub devices: Vec<Device>,
    /// Whether what guards it may be changed without proving again who one is.
    pub fresh: bool,
    pub two_step: bool,
}

#[server]
pub async fn security() -> Result<Guarded, AppError> {
    let (cx, member) = web::member().await?;
    let me = flows::account::me(&cx, &member).await.map_err(web::database)?;
    let listed = flows::account::list(&cx, &member).await.map_err(web::database)?;
    Ok(Guarded {
        contacts: me.contacts.iter().map(|contact| contact.as_str().to_owned()).collect(),
        devices: listed.iter().map(|device| flows::account::shown(device, &member)).collect(),
        fresh: cx.proved(flows::account::STEP_UP).is_ok(),
        two_step: me.recovery_codes.is_some(),
    })
}

#[server]
pub async fn prove(
    #[server(default)] password: String,
    #[server(default)] code: String,
) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let proof = flows::account::Proof::typed(password, code, String::new());
    let token = flows::account::prove(&cx, &member, &proof).await.map_err(web::refused)?;
    web::renew_session(&token.text());
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
