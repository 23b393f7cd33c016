use leptos::prelude::*;
use model::{
    AppError,
    person::{Profile, ProfileInput},
};
use serde::{Deserialize, Serialize};

/// A profile and what stands in its form.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Form {
    pub profile: Profile,
    pub input: ProfileInput,
}

/// The name under which what was typed is remembered.
pub const FORM: &str = "profile";

#[server]
pub async fn profile_form() -> Result<Form, AppError> {
    let (cx, member) = web::member().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let profile = views::profile::profile(&mut db, member.account).await.map_err(web::database)?;
    let input = web::draft(FORM, member.account.uuid()).unwrap_or_else(|| profile.input());
    Ok(Form { profile, input })
}

/// Language and appearance hold for this browser at once.
#[server]
pub async fn save_profile(version: i32, profile: ProfileInput) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    let saved = flows::profile::save(&cx, &member, version, &profile).await.map_err(web::refused);
    let saved = saved.inspect_err(|_| web::keep_draft(FORM, member.account.uuid(), &profile))?;
    web::remember_prefs(model::Prefs { lang: saved.lang, theme: saved.theme });
    Ok(())
}

#[server]
pub async fn remove_picture() -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::profile::remove_picture(&cx, &member).await.map_err(web::refused)
}
