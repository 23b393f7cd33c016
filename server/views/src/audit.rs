//! Who did what, for operators. Lists go by the id, which grows with time.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use access::audit::network;
use model::{
    Page,
    audit::{Action, ActorKind, SubjectKind},
    ids::{AccountId, RequestId, Uuid},
    views::audit::{AuditFilter, AuditRow},
};
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime, Time, macros::format_description, macros::offset};

/// What a filter means, once names are looked up.
struct Meant {
    account: Option<Uuid>,
    action: Option<&'static str>,
    subject: Option<Uuid>,
    network: Option<String>,
    from: OffsetDateTime,
    until: OffsetDateTime,
}

struct Row {
    id: Uuid,
    at: i64,
    actor: String,
    account_id: Option<Uuid>,
    action: String,
    subject: String,
    subject_id: Option<Uuid>,
    network: Option<String>,
    user_agent: Option<String>,
    request: Uuid,
    before: Option<String>,
    after: Option<String>,
}

/// The entries a filter asks for. The first says which index they are found by.
macro_rules! entries {
    ($by:tt, $after:expr, $meant:expr, $limit:expr) => {
        sqlx::query_as!(
            Row,
            r#"select id, extract(epoch from at)::bigint as "at!", actor, account_id, action, subject, subject_id, network,
                 user_agent, request, before::text as before, after::text as after
               from audit_entry
               where "# + $by + r#" and id < $1
                 and ($2::uuid is null or account_id = $2)
                 and ($3::text is null or action = $3)
                 and ($4::uuid is null or subject_id = $4)
                 and ($5::text is null or network = $5)
                 and at >= $6 and at < $7
               order by id desc limit $8"#,
            $after.id,
            $meant.account,
            $meant.action,
            $meant.subject,
            $meant.network,
            $meant.from,
            $meant.until,
            one_more($limit)
        )
    };
}

/// One part of the list, newest first. At most two queries: an address is looked up first.
pub async fn list(
    db: &mut PgConnection,
    filter: &AuditFilter,
    limit: u16,
) -> Result<Page<AuditRow>, ViewError> {
    let after = Cursor::read(filter.after.as_deref())?.unwrap_or(Cursor::HIGHEST);
    let Some(meant) = meaning(db, filter).await? else {
        return Ok(Page { items: Vec::new(), next: None, total: None });
    };
    // By what few entries have, where something is asked for that few have.
    let rows = if meant.subject.is_some() {
        entries!("subject_id = $4", after, meant, limit).fetch_all(db).await?
    } else if meant.account.is_some() {
        entries!("account_id = $2", after, meant, limit).fetch_all(db).await?
    } else if meant.network.is_some() {
        entries!("network = $5", after, meant, limit).fetch_all(db).await?
    } else if meant.action.is_some() {
        entries!("action = $3", after, meant, limit).fetch_all(db).await?
    } else {
        entries!("true", after, meant, limit).fetch_all(db).await?
    };
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(AuditRow {
                id: row.id.into(),
                at: row.at,
                actor: ActorKind::from_name(&row.actor).ok_or_else(|| unsound("actor", &row.actor))?,
                account: row.account_id.map(AccountId::new),
                action: Action::from_name(&row.action),
                subject: SubjectKind::from_name(&row.subject),
                subject_id: row.subject_id,
                network: row.network,
                agent: row.user_agent,
                request: RequestId::new(row.request),
                before: row.before,
                after: row.after,
            })
        })
        .collect::<Result<Vec<_>, sqlx::Error>>()?;
    let (items, next) = cut(rows, limit, |row| Cursor { key: 0, id: row.id.uuid() });
    Ok(Page { items, next, total: None })
}

/// None where the filter names something that does not exist: nothing can match.
async fn meaning(db: &mut PgConnection, filter: &AuditFilter) -> Result<Option<Meant>, sqlx::Error> {
    let mut meant = Meant {
        account: None,
        action: filter.action.map(Action::as_str),
        subject: None,
        network: None,
        from: OffsetDateTime::UNIX_EPOCH,
        until: END,
    };
    if !filter.who.is_empty() {
        meant.account = match filter.who.parse() {
            Ok(id) => Some(id),
            Err(_) => find_account(db, &filter.who).await?,
        };
        if meant.account.is_none() {
            return Ok(None);
        }
    }
    if !filter.to_what.is_empty() {
        let Ok(id) = filter.to_what.parse() else { return Ok(None) };
        meant.subject = Some(id);
    }
    if !filter.network.is_empty() {
        // Entries know no more of an address than this.
        let whole = filter.network.parse().map(network);
        meant.network = Some(whole.unwrap_or_else(|_| filter.network.clone()));
    }
    // A day that cannot be read is no bound.
    meant.from = day(&filter.from).unwrap_or(meant.from);
    meant.until = day(&filter.to).map_or(meant.until, |last| last + Duration::DAY);
    Ok(Some(meant))
}

/// After every entry there will be.
const END: OffsetDateTime = time::macros::datetime!(9999-01-01 00:00 UTC);

/// The beginning of a day in Jakarta.
fn day(text: &str) -> Option<OffsetDateTime> {
    let day = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    Some(day.with_time(Time::MIDNIGHT).assume_offset(offset!(+7))).filter(|day| *day < END)
}

async fn find_account(db: &mut PgConnection, address: &str) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("select account_id from account_contact where address = $1", address.to_lowercase())
        .fetch_optional(db)
        .await
}
