use leptos::prelude::*;
use model::{AppError, views::desk::Overview};

/// For operators of any kind; to everybody else nothing is here.
#[server]
pub async fn my_desk() -> Result<Overview, AppError> {
    let cx = web::cx().await?;
    let duties = cx.member().map_or(model::Duties::NONE, |member| member.duties);
    if duties.is_empty() {
        return Err(web::not_found());
    }
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    let waiting = views::desk::waiting(&mut db, duties).await.map_err(web::database)?;
    Ok(Overview { duties: duties.iter().collect(), waiting })
}
