//! Out of a topic by the link a message brought (RFC 8058): without signing in, and by one request of a mail program.
//!
//! `GET` changes nothing, since programs follow links on their own; it shows a button. `POST` is let through the
//! refusal of other sites' requests, because the token in the address, and no cookie, is what it acts on.

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use kernel::Cx;
use maud::{DOCTYPE, Markup, html};
use model::{Code, Lang, Prefs};
use notify::{Post, Unsubscribe};
use std::sync::Arc;
use web::{InCx, Problem, Scope};

mod words {
    use model::Lang;
    use notify::Topic;

    model::messages! {
        ask(topic): "Berhenti menerima “{topic}”?" / "Stop receiving “{topic}”?";
        ask_text: "Pesan tentang keamanan akun Anda tetap kami kirim." / "We will still write about the security of your account.";
        stop: "Ya, berhenti" / "Yes, stop";
        stopped: "Anda tidak akan menerimanya lagi" / "You will not receive it any more";
        stopped_text(topic): "“{topic}” sudah dimatikan." / "“{topic}” is switched off.";
        again: "Nyalakan lagi" / "Switch it on again";
        on: "Sudah dinyalakan lagi" / "It is on again";
        on_text(topic): "Anda akan menerima “{topic}” seperti semula." / "You will receive “{topic}” as before.";
        to_home: "Ke beranda" / "Go to home page";
    }

    pub const fn topic(lang: Lang, topic: Topic) -> &'static str {
        match (topic, lang) {
            (Topic::PriceDrop, Lang::Id) => "Harga turun",
            (Topic::PriceDrop, Lang::En) => "Price drops",
            (Topic::BackInStock, Lang::Id) => "Tersedia lagi",
            (Topic::BackInStock, Lang::En) => "Back in stock",
            (Topic::Stock, Lang::Id) => "Stok toko menipis",
            (Topic::Stock, Lang::En) => "Low stock in your shop",
            (Topic::Security, Lang::Id) => "Keamanan",
            (Topic::Security, Lang::En) => "Security",
            (Topic::Account, Lang::Id) => "Akun",
            (Topic::Account, Lang::En) => "Account",
            (Topic::Orders, Lang::Id) => "Pesanan",
            (Topic::Orders, Lang::En) => "Orders",
        }
    }
}

/// `stylesheet` is where the site's is.
pub fn routes(stylesheet: &str) -> Router {
    Router::new().route("/unsubscribe/{token}", get(ask).post(act)).with_state(Arc::<str>::from(stylesheet))
}

/// Mail programs send `List-Unsubscribe=One-Click`, as a form of one kind or the other; our own page may send `wanted`.
fn wanted_again(body: &[u8]) -> bool {
    form_urlencoded::parse(body).any(|(name, value)| name == "wanted" && value == "1")
}

fn read(cx: &Cx, token: &str) -> Result<Unsubscribe, Problem> {
    let post = cx.part::<Post>().ok_or(Code::NotFound)?;
    post.read_unsubscribe(token).ok_or_else(|| Problem::from(Code::NotFound))
}

async fn ask(
    State(stylesheet): State<Arc<str>>,
    Extension(scope): Extension<Scope>,
    InCx(cx): InCx,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let topic = read(&cx, &token)?.topic;
    let lang = scope.prefs.lang;
    let title = words::ask(lang, words::topic(lang, topic));
    let button = Button { label: words::stop(lang), wanted: false };
    Ok(page(scope.prefs, &stylesheet, &title, words::ask_text(lang), button))
}

async fn act(
    State(stylesheet): State<Arc<str>>,
    Extension(scope): Extension<Scope>,
    InCx(cx): InCx,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let way_out = read(&cx, &token)?;
    let wanted = wanted_again(&body);
    flows::messages::unsubscribe(&cx, way_out, wanted).await?;
    let (lang, topic) = (scope.prefs.lang, words::topic(scope.prefs.lang, way_out.topic));
    Ok(if wanted {
        let button = Button { label: words::stop(lang), wanted: false };
        page(scope.prefs, &stylesheet, words::on(lang), &words::on_text(lang, topic), button)
    } else {
        let button = Button { label: words::again(lang), wanted: true };
        page(scope.prefs, &stylesheet, words::stopped(lang), &words::stopped_text(lang, topic), button)
    })
}

struct Button {
    label: &'static str,
    wanted: bool,
}

/// A form posts to the address it stands at, so the token is not written out once more.
fn page(prefs: Prefs, stylesheet: &str, title: &str, text: &str, button: Button) -> Response {
    let lang: Lang = prefs.lang;
    let page: Markup = html! {
        (DOCTYPE)
        html lang=(lang.tag()) data-theme=(prefs.theme.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) " · Pasar" }
                link rel="stylesheet" href=(stylesheet);
            }
            body {
                main class="empty" {
                    h1 class="empty-title" { (title) }
                    p class="empty-text" { (text) }
                    form method="post" class="empty-actions" {
                        @if button.wanted { input type="hidden" name="wanted" value="1"; }
                        button class=(if button.wanted { "btn btn-md btn-secondary" } else { "btn btn-md btn-primary" }) { (button.label) }
                        a class="btn btn-md btn-quiet" href="/" { (words::to_home(lang)) }
                    }
                }
            }
        }
    };
    ([(header::CACHE_CONTROL, "no-store")], Html(page.into_string())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{
        body::{Body, to_bytes},
        http::StatusCode,
    };
    use http::Request;
    use kernel::Kernel;
    use model::ids::{AccountId, Uuid};
    use notify::Topic;
    use notify::{Channel, PostSettings};
    use tower::ServiceExt as _;
    use web::WebSettings;

    struct House {
        router: Router,
        url: String,
        account: AccountId,
    }

    async fn house(db: &sqlx::PgPool) -> House {
        let id = Uuid::from_u128(7);
        sqlx::query!(
            "insert into account (id, lang, created_at, updated_at) values ($1, 'id', now(), now())",
            id
        )
        .execute(db)
        .await
        .unwrap();
        let kernel = Kernel::new(db.clone());
        let settings = PostSettings { site: "https://pasar.example".to_owned(), ..PostSettings::default() };
        let post = Post::open(&kernel, settings).await.unwrap();
        let account = AccountId::new(id);
        let way_out = Unsubscribe { account, topic: Topic::PriceDrop, channel: Channel::Email };
        let url = post.unsubscribe_url(way_out).replace("https://pasar.example", "");
        let kernel = kernel.with_part(Arc::new(post));
        let router = web::layers(routes("/pkg/pasar.css"), &WebSettings::default(), &kernel);
        House { router, url, account }
    }

    async fn send(house: &House, method: &str, path: &str, body: &'static str) -> (StatusCode, String) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("accept", "text/html")
            .header("accept-language", "en")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let answer = house.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn wanted(db: &sqlx::PgPool, house: &House) -> bool {
        let choices = notify::preferences(&mut db.acquire().await.unwrap(), house.account).await.unwrap();
        choices.iter().find(|c| (c.topic, c.channel) == (Topic::PriceDrop, Channel::Email)).unwrap().wanted
    }

    #[sqlx::test(migrator = "kernel::db::MIGRATOR")]
    async fn a_mail_program_gets_its_reader_out_with_one_request_without_cookies_or_origin(db: sqlx::PgPool) {
        let house = house(&db).await;
        let (status, page) = send(&house, "GET", &house.url, "").await;
        assert_eq!(status, 200);
        assert!(page.contains("Stop receiving “Price drops”?") && page.contains("<form method=\"post\""));
        assert!(wanted(&db, &house).await, "following a link changes nothing");

        for _ in 0..2 {
            let (status, _) = send(&house, "POST", &house.url, "List-Unsubscribe=One-Click").await;
            assert_eq!(status, 200);
            assert!(!wanted(&db, &house).await);
        }
        let logged =
            sqlx::query_scalar!("select count(*) from audit_entry where action = 'preference.changed'");
        assert_eq!(logged.fetch_one(&db).await.unwrap(), Some(1), "a second request changes nothing");

        let (_, page) = send(&house, "POST", &house.url, "wanted=1").await;
        assert!(page.contains("It is on again") && wanted(&db, &house).await);
        let (status, _) = send(&house, "POST", &house.url, "").await;
        assert_eq!(status, 200, "an empty body is a request to stop");
        assert!(!wanted(&db, &house).await);
    }

    #[sqlx::test(migrator = "kernel::db::MIGRATOR")]
    async fn an_altered_link_does_nothing(db: sqlx::PgPool) {
        let house = house(&db).await;
        let altered = format!("{}A", &house.url[..house.url.len() - 1]);
        let altered =
            if altered == house.url { format!("{}B", &house.url[..house.url.len() - 1]) } else { altered };
        for path in [altered.as_str(), "/unsubscribe/x"] {
            for method in ["GET", "POST"] {
                assert_eq!(send(&house, method, path, "").await.0, 404, "{method} {path}");
            }
        }
        assert_eq!(
            send(&house, "POST", "/unsubscribe/x/y", "").await.0,
            403,
            "only that one path is let through"
        );
        assert!(wanted(&db, &house).await);
    }
}
