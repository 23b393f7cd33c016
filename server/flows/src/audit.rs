//! Taking the audit log away is itself logged.

use access::audit::{Entry, Subject, record};
use kernel::{Cx, Operator};
use model::{audit::Action, views::audit::AuditFilter};

/// Notes that an operator downloads the log, and by which filter.
pub async fn note_download(cx: &Cx, _operator: &Operator, filter: &AuditFilter) -> Result<(), sqlx::Error> {
    let mut tx = cx.begin().await?;
    let asked = serde_json::to_value(filter).map_err(|error| sqlx::Error::Encode(error.into()))?;
    record(&mut tx, cx, &Entry::of(Action::AuditDownloaded, Subject::House).after(asked)).await?;
    tx.commit().await
}
