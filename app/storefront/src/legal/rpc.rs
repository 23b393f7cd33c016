use leptos::prelude::*;
use model::{AppError, Call};

/// Where the operator of this site is written to, where it sends mail.
#[server(protocol = Call)]
pub async fn operator_address() -> Result<Option<String>, AppError> {
    let cx = web::cx().await?;
    Ok(flows::messages::operator_address(&cx))
}
