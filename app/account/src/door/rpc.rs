use leptos::prelude::*;
use model::{AppError, views::Ways};

/// Signs in and goes on to `next`, a path of this site; or to the second step.
#[server]
pub async fn sign_in(
    contact: String,
    password: String,
    #[server(default)] remember: bool,
    #[server(default)] link: bool,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let device = web::known_browser().0;
    let entry = flows::account::sign_in_here(&cx, contact, password, remember, device).await;
    match entry.map_err(web::refused)? {
        flows::account::Entry::In(entered) => {
            let guest = web::sent_cookie(web::cookies::PROVIDER_GUEST);
            let next = flows::account::link_here(&cx, &entered, link, guest, next).await;
            let (token, device) = entered.tokens();
            web::come_in(&token, entered.keep(), device.as_deref(), entered.prefs(web::prefs()), &next);
        }
        flows::account::Entry::SecondFactor(challenge) => {
            web::set_cookie(&web::cookie(web::cookies::SECOND_STEP, &challenge.text()).build());
            let remember = if remember { "true" } else { "" };
            let link = if link { "true" } else { "" };
            let asked = [("next", next.as_str()), ("remember", remember), ("link", link)];
            let to =
                model::query::href("/sign-in/code", asked.into_iter().filter(|(_, value)| !value.is_empty()));
            web::go_to(&to);
        }
    }
    Ok(())
}

/// What can be shown at the second step.
#[server]
pub async fn second_step_ways() -> Result<Ways, AppError> {
    let cx = web::cx().await?;
    let challenge = web::sent_cookie(web::cookies::SECOND_STEP).unwrap_or_default();
    flows::account::ways_on(&cx, &challenge).await.map_err(web::database)
}

#[server]
pub async fn second_step(
    #[server(default)] code: String,
    #[server(default)] recovery: String,
    #[server(default)] passkey: String,
    #[server(default)] remember: bool,
    #[server(default)] link: bool,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let challenge = web::sent_cookie(web::cookies::SECOND_STEP).unwrap_or_default();
    let device = web::known_browser().0;
    let answer = (web::sent_cookie(crate::passkeys::rpc::CEREMONY).unwrap_or_default(), passkey);
    let proof = flows::account::Proof::shown(String::new(), code, recovery, answer);
    let entered = flows::account::second_step_here(&cx, &challenge, proof, remember, device).await;
    let entered = entered.map_err(web::refused)?;
    let guest = web::sent_cookie(web::cookies::PROVIDER_GUEST);
    let next = flows::account::link_here(&cx, &entered, link, guest, next).await;
    let (token, device) = entered.tokens();
    web::come_in(&token, entered.keep(), device.as_deref(), entered.prefs(web::prefs()), &next);
    Ok(())
}

#[server]
pub async fn register(contact: String, password: String) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let person = flows::account::NewPerson { contact, password };
    let id = flows::account::register(&cx, &person).await.map_err(web::refused)?;
    web::keep_registration(&id.to_string(), flows::account::registration_lasts());
    web::go("/verify");
    Ok(())
}

/// Whether it was this browser that registered.
#[server]
#[allow(clippy::unused_async, reason = "a server function is asked over the network")]
pub async fn registered_here() -> Result<bool, AppError> {
    Ok(web::known_browser().1.is_some())
}

/// Confirms with the code, or with the link's token: then the password is needed where another browser registered.
#[server]
pub async fn verify(
    #[server(default)] code: String,
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let held = web::known_browser().1;
    let entered = flows::account::confirm_here(&cx, held, &code, &token, &password).await;
    let entered = entered.map_err(web::refused)?;
    let (token, device) = entered.tokens();
    web::come_in(&token, entered.keep(), device.as_deref(), entered.prefs(web::prefs()), "/account");
    Ok(())
}

#[server]
pub async fn forgot(contact: String) -> Result<(), AppError> {
    let cx = web::cx().await?;
    flows::account::request_reset(&cx, &contact).await.map_err(web::refused)?;
    web::go("/forgot?sent=1");
    Ok(())
}

#[server]
pub async fn reset(token: String, password: String) -> Result<(), AppError> {
    let cx = web::cx().await?;
    flows::account::reset(&cx, &token, &password).await.map_err(web::refused)?;
    web::go("/sign-in?reset=1");
    Ok(())
}
