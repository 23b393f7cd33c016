//! The HTML of messages, for the frame in which operators look at them. It is what a mail program gets: it may have
//! styles of its own and nothing else, and knows nothing of the page around it.

use axum::{
    Extension, Router,
    extract::Path,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use kernel::Cx;
use model::{Code, Duty, Lang, ids::DeliveryId};
use views::ViewError;
use web::{InCx, OwnPolicy, Problem};

/// Links open in a window of their own, as they do from a mail.
const POLICY: OwnPolicy = OwnPolicy(
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
     sandbox allow-popups allow-popups-to-escape-sandbox",
);

pub fn routes() -> Router {
    Router::new()
        .route("/backoffice/messages/{id}/html", get(message))
        .route("/backoffice/messages/templates/{kind}/{lang}", get(template))
}

async fn message(InCx(cx): InCx, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: DeliveryId = read(&cx, &id)?;
    let html = views::messages::html(&cx, id).await.map_err(failed)?;
    Ok(framed(html.ok_or(Code::NotFound)?))
}

async fn template(InCx(cx): InCx, Path((kind, lang)): Path<(String, String)>) -> Result<Response, Problem> {
    cx.operator(Duty::Messages)?;
    let lang = Lang::from_tag(&lang).ok_or(Code::NotFound)?;
    let html = views::messages::template_html(&cx, &kind, lang);
    Ok(framed(html.ok_or(Code::NotFound)?))
}

fn read(cx: &Cx, id: &str) -> Result<DeliveryId, Problem> {
    cx.operator(Duty::Messages)?;
    id.parse().map_err(|_| Problem::from(Code::NotFound))
}

fn failed(error: ViewError) -> Problem {
    let cause = error.to_string();
    Problem::new(error).because(cause)
}

fn framed(html: String) -> Response {
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    let never = [(axum::http::header::CACHE_CONTROL, "no-store")];
    (Extension(POLICY), never, Html(html)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use http::Request;
    use kernel::{Kernel, Member, OffsetDateTime, Viewer};
    use model::{
        Duties,
        ids::{AccountId, SessionId, Uuid},
    };
    use notify::{Post, PostSettings, Recipient};
    use std::sync::Arc;
    use tower::ServiceExt as _;

    async fn kernel(db: &sqlx::PgPool) -> Kernel {
        let kernel = Kernel::new(db.clone());
        let settings = PostSettings { site: "https://pasar.example".to_owned(), ..PostSettings::default() };
        let post = Post::open(&kernel, settings).await.unwrap();
        kernel.with_part(Arc::new(post))
    }

    async fn ask(cx: Cx, path: &str) -> Response {
        let request = Request::builder().uri(path).extension(cx).body(Body::empty()).unwrap();
        routes().oneshot(request).await.unwrap()
    }

    fn member(cx: Cx, duties: Duties) -> Cx {
        let (account, session) = (AccountId::new(Uuid::from_u128(1)), SessionId::new(Uuid::from_u128(2)));
        cx.as_viewer(Viewer::Member(Member {
            account,
            session,
            duties,
            proved_at: OffsetDateTime::UNIX_EPOCH,
        }))
    }

    #[sqlx::test(migrator = "kernel::db::MIGRATOR")]
    async fn only_operators_with_that_duty_see_a_message_and_its_html_runs_nothing(db: sqlx::PgPool) {
        let kernel = kernel(&db).await;
        let cx = kernel.job_cx();
        let mut conn = db.acquire().await.unwrap();
        let address = notify::EmailAddress::try_from("a@b.example").unwrap();
        let welcome = notify::Message::Welcome { link: notify::Link::to("/".parse().unwrap()) };
        let to = Recipient::stranger(address, Lang::En);
        let id = notify::enqueue(&mut conn, &cx, &to, &welcome).await.unwrap();
        let paths = [
            format!("/backoffice/messages/{id}/html"),
            "/backoffice/messages/templates/welcome/en".to_owned(),
        ];
        for path in &paths {
            let audit = [Duty::Audit].into_iter().collect();
            for outsider in [cx.clone(), member(cx.clone(), Duties::NONE), member(cx.clone(), audit)] {
                assert_eq!(ask(outsider, path).await.status(), 404, "{path}");
            }
            let operator = member(cx.clone(), [Duty::Messages].into_iter().collect());
            let answer = ask(operator, path).await;
            assert_eq!(answer.status(), 200, "{path}");
            let policy = answer.extensions().get::<OwnPolicy>().unwrap().0;
            assert!(policy.contains("sandbox") && !policy.contains("allow-scripts"));
            let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
            assert!(String::from_utf8_lossy(&body).contains("<base target=\"_blank\">"));
        }
        let operator = member(cx.clone(), [Duty::Messages].into_iter().collect());
        for nothing in ["/backoffice/messages/x/html", "/backoffice/messages/templates/none/en"] {
            assert_eq!(ask(operator.clone(), nothing).await.status(), 404);
        }
    }
}
