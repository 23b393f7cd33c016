use leptos::prelude::*;
use model::{
    AppError, Page,
    views::audit::{AuditFilter, AuditRow},
};

/// Entries, newest first, for operators who read the log.
#[server(protocol = model::Call)]
pub async fn list(filter: AuditFilter) -> Result<Page<AuditRow>, AppError> {
    let cx = web::cx().await?;
    cx.operator(model::Duty::Audit).map_err(web::refused)?;
    let mut db = cx.db().acquire().await.map_err(web::database)?;
    views::audit::list(&mut db, &filter, 50).await.map_err(web::refused)
}
