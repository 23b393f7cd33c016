//! The audit log as a file.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::RawQuery,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use futures::stream;
use kernel::Cx;
use model::{
    Duty,
    views::audit::{AuditFilter, AuditRow},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use web::{InCx, Problem};

/// Rows fetched at a time, so that a long log never lies in memory as a whole.
const PART: u16 = 100;
const HEAD: &str =
    "at,actor,account,action,subject,subject_id,network,user_agent,request,before,after,id\r\n";

pub fn routes() -> Router {
    Router::new().route("/backoffice/audit.csv", get(download))
}

/// All entries a filter lets through, newest first, as CSV (RFC 4180, UTF-8).
async fn download(InCx(cx): InCx, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let operator = cx.operator(Duty::Audit)?;
    let pairs = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let filter = AuditFilter { after: None, ..AuditFilter::from_pairs(pairs) };
    flows::audit::note_download(&cx, &operator, &filter).await?;
    let rows = stream::try_unfold((cx, Some(filter)), part);
    let head = stream::once(async { Ok(Bytes::from_static(HEAD.as_bytes())) });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(futures::StreamExt::chain(head, rows))).into_response())
}

type Rest = (Cx, Option<AuditFilter>);

async fn part((cx, rest): Rest) -> Result<Option<(Bytes, Rest)>, views::ViewError> {
    let Some(filter) = rest else { return Ok(None) };
    let mut db = cx.db().acquire().await?;
    let page = views::audit::list(&mut db, &filter, PART).await?;
    drop(db);
    let lines: String = page.items.iter().map(line).collect();
    let rest = page.next.map(|after| AuditFilter { after: Some(after), ..filter });
    Ok(Some((Bytes::from(lines), (cx, rest))))
}

fn line(row: &AuditRow) -> String {
    let at = OffsetDateTime::from_unix_timestamp(row.at).ok().and_then(|at| at.format(&Rfc3339).ok());
    let text = |value: Option<&str>| value.map(cell).unwrap_or_default();
    let id = |value: Option<model::ids::Uuid>| value.map(|id| id.to_string()).unwrap_or_default();
    [
        at.unwrap_or_default(),
        row.actor.to_string(),
        id(row.account.map(Into::into)),
        text(row.action.map(model::audit::Action::as_str)),
        text(row.subject.map(model::audit::SubjectKind::as_str)),
        id(row.subject_id),
        text(row.network.as_deref()),
        text(row.agent.as_deref()),
        row.request.to_string(),
        text(row.before.as_deref()),
        text(row.after.as_deref()),
        row.id.to_string(),
    ]
    .join(",")
        + "\r\n"
}

/// A value in quotes. What a spreadsheet would take for a formula gets an apostrophe before it: clients choose what
/// they call themselves.
fn cell(value: &str) -> String {
    let formula = value.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, value.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use access::audit::{Entry, Subject, record};
    use axum::body::to_bytes;
    use http::Request;
    use kernel::{Client, Kernel, Member, Viewer};
    use model::{
        Duties,
        audit::Action,
        ids::{AccountId, SessionId, Uuid},
    };
    use tower::ServiceExt as _;

    #[test]
    fn a_cell_is_quoted_and_is_no_formula() {
        assert_eq!(cell("Firefox \"beta\", 1"), "\"Firefox \"\"beta\"\", 1\"");
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
    }

    fn auditor(cx: &Cx, duties: Duties) -> Cx {
        let (account, session) = (AccountId::new(Uuid::from_u128(1)), SessionId::new(Uuid::from_u128(2)));
        let member = Member { account, session, duties, proved_at: OffsetDateTime::UNIX_EPOCH };
        cx.clone().as_viewer(Viewer::Member(member))
    }

    async fn ask(cx: Cx, path: &str) -> Response {
        let request = Request::builder().uri(path).extension(cx).body(Body::empty()).unwrap();
        routes().oneshot(request).await.unwrap()
    }

    #[sqlx::test(migrator = "kernel::db::MIGRATOR")]
    async fn the_whole_log_is_one_file_and_taking_it_is_logged(db: sqlx::PgPool) {
        let kernel = Kernel::new(db.clone());
        let client = Client { address: Some("203.0.113.9".parse().unwrap()), agent: Some("=cmd()".into()) };
        let cx = kernel.job_cx().from_client(client);
        let mut conn = db.acquire().await.unwrap();
        for _ in 0..250 {
            record(&mut conn, &cx, &Entry::of(Action::SearchChanged, Subject::House)).await.unwrap();
        }
        let path = "/backoffice/audit.csv?action=search.changed";
        assert_eq!(ask(cx.clone(), path).await.status(), 404);
        let other = auditor(&cx, [Duty::Messages].into_iter().collect());
        assert_eq!(ask(other, path).await.status(), 404);

        let auditor = auditor(&cx, [Duty::Audit].into_iter().collect());
        let answer = ask(auditor, path).await;
        assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
        let file = String::from_utf8(to_bytes(answer.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap();
        assert_eq!(file.lines().count(), 251);
        assert!(file.starts_with("at,actor,account,action"));
        assert!(file.contains("\"'=cmd()\"") && file.contains("\"203.0.113.0/24\""));

        let logged =
            sqlx::query_scalar!("select account_id from audit_entry where action = 'audit.downloaded'");
        assert_eq!(logged.fetch_all(&db).await.unwrap(), [Some(Uuid::from_u128(1))]);
    }
}
