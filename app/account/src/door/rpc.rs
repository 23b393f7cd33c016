use leptos::prelude::*;
use model::AppError;

/// The cookie that carries what the first step has shown to the second.
pub const SECOND_STEP: &str = "second-step";

/// Signs in and goes on to `next`, a path of this site; or to the second step.
#[server]
pub async fn sign_in(
    contact: String,
    password: String,
    #[server(default)] remember: bool,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let device = web::known_browser().0;
    let entry = flows::account::sign_in_here(&cx, contact, password, remember, device).await;
    match entry.map_err(web::refused)? {
        flows::account::Entry::In(entered) => {
            let (token, device) = entered.tokens();
            web::come_in(&token, entered.keep(), device.as_deref(), &next);
        }
        flows::account::Entry::SecondFactor(challenge) => {
            web::set_cookie(&web::cookie(SECOND_STEP, &challenge.text()).build());
            let remember = if remember { "true" } else { "" };
            let to = model::query::href("/sign-in/code", [("next", next.as_str()), ("remember", remember)]);
            web::go_to(&to);
        }
    }
    Ok(())
}

#[server]
pub async fn second_step(
    #[server(default)] code: String,
    #[server(default)] recovery: String,
    #[server(default)] remember: bool,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let cx = web::cx().await?;
    let challenge = web::sent_cookie(SECOND_STEP).unwrap_or_default();
    let device = web::known_browser().0;
    let entered = flows::account::second_step_here(&cx, &challenge, code, recovery, remember, device).await;
    let entered = entered.map_err(web::refused)?;
    let (token, device) = entered.tokens();
    web::come_in(&token, entered.keep(), device.as_deref(), &next);
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
    web::come_in(&token, entered.keep(), device.as_deref(), "/account");
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
