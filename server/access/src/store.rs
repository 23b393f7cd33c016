//! All SQL about the audit log: it is only ever added to, so there is one statement.

use crate::audit::{Actor, Entry, network};
use kernel::{Cx, Uuid};
use model::ids::AuditId;
use sqlx::PgConnection;

/// As many characters of what a client calls itself are kept.
const AGENT: usize = 200;

pub(crate) async fn insert(
    db: &mut PgConnection,
    id: AuditId,
    cx: &Cx,
    entry: &Entry,
) -> Result<(), sqlx::Error> {
    let actor = entry.actor.unwrap_or_else(|| Actor::of(cx));
    let client = cx.client();
    // A line of the log is one line.
    let one_line = |agent: &str| agent.chars().filter(|c| !c.is_control()).take(AGENT).collect::<String>();
    sqlx::query!(
        "insert into audit_entry (id, at, actor, account_id, action, subject, subject_id, network, user_agent, request,
           before, after)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id.uuid(),
        cx.now(),
        actor.kind().as_str(),
        actor.account().map(Uuid::from),
        entry.action.as_str(),
        entry.subject.kind().as_str(),
        entry.subject.id(),
        client.address.map(network),
        client.agent.as_deref().map(one_line),
        cx.request().uuid(),
        entry.before,
        entry.after
    )
    .execute(db)
    .await?;
    Ok(())
}
