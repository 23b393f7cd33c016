use leptos::prelude::*;
use model::{AppError, delivery::Channel};
use serde::{Deserialize, Serialize};

/// One switch.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Switch {
    /// As the form sends it.
    pub name: String,
    pub topic: String,
    pub channel: Channel,
    pub wanted: bool,
}

#[server]
pub async fn notifications() -> Result<Vec<Switch>, AppError> {
    let (cx, member) = web::member().await?;
    let choices = flows::messages::preferences(&cx, &member).await.map_err(web::database)?;
    let switches = choices.into_iter().map(|choice| Switch {
        name: flows::messages::switch(choice),
        topic: choice.topic.to_string(),
        channel: choice.channel,
        wanted: choice.wanted,
    });
    Ok(switches.collect())
}

/// Switches on what is named, and all else off.
#[server]
pub async fn save_notifications(#[server(default)] wanted: Vec<String>) -> Result<(), AppError> {
    let (cx, member) = web::member().await?;
    flows::messages::choose(&cx, &member, &wanted).await.map_err(web::database)?;
    web::go("/account/notifications?saved=1");
    Ok(())
}
