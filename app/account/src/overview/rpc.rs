use leptos::prelude::*;
use model::{AppError, Duty, person::Profile, views::member::Standing};
use serde::{Deserialize, Serialize};

/// What the front page of an account tells.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Summary {
    pub profile: Profile,
    pub addresses: u32,
    pub wishes: u32,
    pub coins: u64,
    pub standing: Standing,
    /// What its owner may do as an operator.
    pub duties: Vec<Duty>,
    /// When the account will be erased; seconds since 1970.
    pub erased_at: Option<i64>,
}

#[server]
pub async fn summed_up() -> Result<Summary, AppError> {
    let (cx, member) = web::member().await?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let addresses = views::addresses::list(&mut db, member.account).await.map_err(web::database)?;
    let lists = views::wishlist::lists(&mut db, member.account).await.map_err(web::database)?;
    Ok(Summary {
        duties: member.duties.iter().collect(),
        profile: views::profile::profile(&mut db, member.account).await.map_err(web::database)?,
        addresses: u32::try_from(addresses.len()).unwrap_or(u32::MAX),
        standing: views::members::standing(&mut db, member.account).await.map_err(web::database)?,
        coins: flows::coins::balance(&cx, &mut db, &member).await.map_err(web::database)?,
        wishes: lists.iter().map(|list| list.count).sum(),
        erased_at: views::privacy::erased_at(&mut db, member.account).await.map_err(web::database)?,
    })
}
