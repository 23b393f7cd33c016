//! Who may come where: every page, server function and endpoint there is, tried by a visitor, a member, another member,
//! an operator without the duty and one with every duty, against the table in `routes.txt`. What has no row fails, so a
//! new endpoint is not forgotten; `UPDATE_ROUTES=1` writes the table anew, for people to read what changed.

use axum::{Router, body::Body, extract::ConnectInfo};
use http::{Request, header};
use identity::{
    Guard, Safe, Token,
    operator::Giver,
    password::{Cost, Hasher},
    session::{Kind, NewSession, Stay, store},
};
use kernel::{Cx, Kernel, Viewer};
use leptos::config::LeptosOptions;
use model::{
    Lang, OperatorRole,
    ids::{AccountId, SessionId},
};
use sqlx::PgPool;
use std::{collections::BTreeMap, fmt::Write as _, net::SocketAddr, path::Path, sync::Arc};
use tower::ServiceExt as _;
use web::{Carried, Door, Doorman, Health, Rates, WebSettings};

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

struct Sessions;

#[async_trait::async_trait]
impl Doorman for Sessions {
    async fn recognise(&self, cx: &Cx, carried: Carried, token: &str) -> Result<Viewer, sqlx::Error> {
        let kind = match carried {
            Carried::Cookie => Kind::Browser,
            Carried::Bearer => Kind::Token,
        };
        flows::account::recognise(cx, kind, token).await
    }
}

struct Walk {
    kernel: Kernel,
    router: Router,
    people: Vec<Option<AccountId>>,
}

impl Walk {
    async fn begin(db: PgPool, folder: &Path) -> (Self, Vec<(String, String)>) {
        let guard = Guard {
            hasher: Hasher::start(Cost { memory: 64, passes: 1, lanes: 1 }, 1, 64),
            safe: Safe::new(b"a key of the tests that is long enough"),
            host: "localhost".to_owned(),
        };
        let engine = flows::index::open(&folder.join("search")).unwrap();
        let kernel = Kernel::new(db)
            .with_part(Arc::new(guard))
            .with_part(Arc::new(engine))
            .with_part(Arc::new(Door(Box::new(Sessions))));
        let settings =
            WebSettings { rates: Rates { enabled: false, ..Rates::default() }, ..WebSettings::default() };
        let options = LeptosOptions::builder()
            .output_name("pasar")
            .site_root(folder.to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .build();
        let health = Health::new(&kernel, &settings);
        let routes = routes(&health);
        let site = web::site(&options, &settings, app::App, app::shell)
            .layer(axum::Extension(model::Site("http://localhost".into())))
            .merge(gateway_rest::router(health, "/pkg/pasar.css"));
        let router = web::layers(site, &settings, &kernel);
        let cx = kernel.job_cx();
        let mut people = vec![None];
        for (name, role) in [
            ("sari", None),
            ("budi", None),
            ("moderator", Some(OperatorRole::Moderator)),
            ("operator", Some(OperatorRole::Administrator)),
        ] {
            let contact = format!("{name}@mail.example").parse().unwrap();
            let mut tx = cx.begin().await.unwrap();
            let id = flows::account::open_account(&cx, &mut tx, &contact, "x", Lang::En).await.unwrap();
            tx.commit().await.unwrap();
            if let Some(role) = role {
                flows::account::grant(&cx, Giver::Console, &contact, role).await.unwrap();
            }
            people.push(Some(id));
        }
        (Self { kernel, router, people }, routes)
    }

    async fn session(&self, account: AccountId) -> (SessionId, Token) {
        let cx = self.kernel.job_cx();
        let new = NewSession::begin(&cx, account, Stay::Program);
        store::insert(&mut cx.db().acquire().await.unwrap(), &new, cx.now()).await.unwrap();
        (new.id, new.token)
    }

    /// The status each of the five gets, each with a session of their own that is fresh.
    async fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let (theirs, _) = self.session(self.people[1].unwrap()).await;
        let mut told = String::new();
        for account in &self.people {
            let fill = |text: &str| {
                let text = text.replace("{session}", &theirs.to_string());
                text.replace(":slug", "none")
                    .replace(":category", "none")
                    .replace(":id", NOBODY)
                    .replace(":token", "none")
            };
            let mut path = fill(path);
            while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
                path.replace_range(from..=to, NOBODY);
            }
            let body = fill(body);
            let kind = if body.starts_with('{') || path.starts_with("/api") {
                "application/json"
            } else {
                "application/x-www-form-urlencoded"
            };
            let page = !path.starts_with("/api") && !path.starts_with("/_fn");
            let mut request = Request::builder()
                .method(method)
                .uri(path)
                .header(header::ACCEPT, if page { "text/html" } else { "application/json" })
                .header(header::CONTENT_TYPE, kind)
                .header("sec-fetch-site", "same-origin")
                .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
            if let Some(account) = account {
                let (_, token) = self.session(*account).await;
                request = request.header(header::AUTHORIZATION, format!("Bearer {}", token.text()));
            }
            let response =
                self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
            let _ = write!(told, " {}", response.status().as_u16());
        }
        told.trim().to_owned()
    }
}

/// Everything that is routed, from the tables that route it.
fn routes(health: &Health) -> Vec<(String, String)> {
    let nobody = || leptos::prelude::provide_context(model::Prefs::default());
    let (pages, _) =
        leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context(app::App, None, nobody);
    let mut all: Vec<_> = pages.iter().map(|page| ("GET".to_owned(), page.path().to_owned())).collect();
    all.extend(
        leptos::server_fn::axum::server_fn_paths()
            .map(|(path, method)| (method.to_string(), path.to_owned())),
    );
    let document = serde_json::to_value(gateway_rest::endpoints(health.clone()).1).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        all.extend(item.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    all.sort();
    all.dedup();
    all
}

/// `METHOD path | body | visitor member other moderator administrator`.
fn table(text: &str) -> BTreeMap<String, (String, String)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &str| {
        let mut parts = line.split(" | ");
        let mut next = || parts.next().unwrap_or_default().trim().to_owned();
        (next(), (next(), next()))
    };
    lines.map(row).collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn everybody_gets_where_they_may_and_nowhere_else(db: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let (walk, routes) = Walk::begin(db, folder.path()).await;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/routes.txt");
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    let rows = table(&before);
    let mut after: String =
        before.lines().take_while(|line| line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
    let mut wrong = Vec::new();
    for (method, path) in &routes {
        let key = format!("{method} {path}");
        let (body, told) = rows.get(&key).cloned().unwrap_or_default();
        let now = walk.ask(method, path, &body).await;
        let _ = writeln!(after, "{key} | {body} | {now}");
        if now != told {
            wrong.push(format!(
                "{key}: {now}, in the table {}",
                if told.is_empty() { "there is no row" } else { &told }
            ));
        }
    }
    let known: Vec<String> = routes.iter().map(|(method, path)| format!("{method} {path}")).collect();
    wrong.extend(
        rows.keys().filter(|row| !known.contains(row)).map(|row| format!("{row} is no longer routed")),
    );
    if std::env::var_os("UPDATE_ROUTES").is_some() {
        std::fs::write(&file, after).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "routes.txt says otherwise:\n  {}", wrong.join("\n  "));
}
