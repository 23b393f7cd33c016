//! Who may come where: every page, server function and endpoint there is, tried by a visitor, a member, another member,
//! an operator without the duty and one with every duty, against the table in `routes.txt`. What has no row fails, so a
//! new endpoint is not forgotten; `UPDATE_ROUTES=1` writes the table anew, for people to read what changed.

#[path = "../src/account.rs"]
mod account;
#[path = "../src/audit.rs"]
mod audit;
#[path = "../src/doorman.rs"]
mod doorman;
#[path = "../src/messages.rs"]
mod messages;

use axum::{Router, body::Body, extract::ConnectInfo};
use flows::{privacy::Exports, wishlist::Onto};
use http::{Request, header};
use identity::{
    Guard, Password, Safe, Token,
    operator::Giver,
    password::{Cost, Hasher},
    session::{NewSession, Stay, store},
};
use inquiry::NewSynonym;
use kernel::{Kernel, Member, Uuid, jobs::Job as _};
use leptos::config::LeptosOptions;
use media::Files;
use model::{
    Contact, Duties, Lang, OperatorRole,
    address::AddressInput,
    ids::{AccountId, SessionId},
};
use notify::{EmailAddress, Link, Message, Post, PostSettings, Recipient};
use sqlx::PgPool;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tower::ServiceExt as _;
use web::{Health, Rates, WebSettings};

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";
const PASSWORD: &str = "lautan biru senja kala";

/// What is routed besides pages, server functions and endpoints.
const PLAIN: [(&str, &str); 6] = [
    ("POST", "/account/profile/picture"),
    ("GET", "/account/privacy/export/{export}"),
    ("GET", "/backoffice/audit.csv"),
    ("GET", "/backoffice/messages/{message}/html"),
    ("GET", "/backoffice/messages/templates/{kind}/{lang}"),
    ("POST", "/preferences"),
];

struct Walk {
    kernel: Kernel,
    router: Router,
    /// Of the password everybody here has.
    hash: String,
    /// Counts people, so that each has an address of their own.
    met: AtomicU32,
    product: String,
    product_slug: String,
    shop_slug: String,
}

impl Walk {
    async fn begin(db: PgPool, folder: &Path) -> (Self, Vec<(String, String)>) {
        let guard = Guard {
            hasher: Hasher::start(Cost { memory: 64, passes: 1, lanes: 1 }, 1, 64),
            safe: Safe::new(b"a key of the tests that is long enough"),
            host: "localhost".to_owned(),
        };
        let bare = Kernel::new(db.clone());
        let typed = Password::typed(PASSWORD).unwrap();
        let hash = guard.hasher.hash(bare.ids(), typed).await.unwrap();
        let engine = flows::index::open(&folder.join("search")).unwrap();
        let post = Post::open(&bare, PostSettings::default()).await.unwrap();
        let kernel = bare
            .with_part(Arc::new(guard))
            .with_part(Arc::new(engine))
            .with_part(Arc::new(post))
            .with_part(Arc::new(Files::folder(&folder.join("media")).unwrap()))
            .with_part(Arc::new(Exports::folder(&folder.join("exports")).unwrap()))
            .with_part(Arc::new(doorman::door()));
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
            .merge(gateway_rest::router(health, "/pkg/pasar.css"))
            .merge(account::routes())
            .merge(audit::routes())
            .merge(messages::routes());
        let router = web::layers(site, &settings, &kernel);
        flows::seed::demo(&kernel.job_cx(), 1).await.unwrap();
        let (product, product_slug, shop_slug): (Uuid, String, String) = sqlx::query_as(
            "select product.id, product.slug, shop.slug from product join shop on shop.id = product.shop_id
             order by product.id limit 1",
        )
        .fetch_one(&db)
        .await
        .unwrap();
        let product = product.to_string();
        let walk = Self { kernel, router, hash, met: AtomicU32::new(0), product, product_slug, shop_slug };
        (walk, routes)
    }

    async fn meet(&self, name: &str, role: Option<OperatorRole>) -> (AccountId, Contact) {
        let cx = self.kernel.job_cx();
        let n = self.met.fetch_add(1, Ordering::Relaxed);
        let contact: Contact = format!("{name}{n}@mail.example").parse().unwrap();
        let mut tx = cx.begin().await.unwrap();
        let id = flows::account::open_account(&cx, &mut tx, &contact, &self.hash, Lang::En).await.unwrap();
        tx.commit().await.unwrap();
        if let Some(role) = role {
            flows::account::grant(&cx, Giver::Console, &contact, role).await.unwrap();
        }
        (id, contact)
    }

    async fn session(&self, account: AccountId) -> (SessionId, Token) {
        let cx = self.kernel.job_cx();
        let new = NewSession::begin(&cx, account, Stay::Program);
        store::insert(&mut cx.db().acquire().await.unwrap(), &new, cx.now()).await.unwrap();
        (new.id, new.token)
    }

    /// What a row may name, made for one request: nobody who came before has changed or removed it.
    async fn things(&self, sari: AccountId, contact: &Contact) -> Vec<(&'static str, String)> {
        let cx = self.kernel.job_cx();
        let (session, _) = self.session(sari).await;
        let duties = Duties::NONE;
        let member = Member { account: sari, session, duties, proved_at: cx.now() };
        let address = flows::address::add(&cx, &member, &an_address(), false, None).await.unwrap();
        let n = self.met.fetch_add(1, Ordering::Relaxed);
        let list = flows::wishlist::make(&cx, &member, &format!("Hadiah {n}"), None).await.unwrap();
        let shared = flows::wishlist::share(&cx, &member, list).await.unwrap();
        let what = (self.product.parse().unwrap(), None);
        let (_, item) = flows::wishlist::add(&cx, &member, Onto::List(list), what, None).await.unwrap();
        let export = flows::privacy::request_export(&cx, &member).await.unwrap();
        flows::privacy::ExportData { export }.run(&cx).await.unwrap();
        let phrases = NewSynonym::parse(None, &format!("ponsel{n}, hp{n}"), "").unwrap();
        let synonym = flows::synonyms::add(&cx, &phrases).await.unwrap();
        let mut tx = cx.begin().await.unwrap();
        let to = Recipient::member(sari, EmailAddress::try_from(contact.as_str()).unwrap(), Lang::En);
        let welcome = Message::Welcome { link: Link::to("/account".parse().unwrap()) };
        let message = notify::enqueue(&mut tx, &cx, &to, &welcome).await.unwrap();
        tx.commit().await.unwrap();
        vec![
            ("{session}", session.to_string()),
            ("{address}", address.to_string()),
            ("{list}", list.to_string()),
            ("{item}", item.to_string()),
            ("{share}", shared.as_str().to_owned()),
            ("{export}", export.to_string()),
            ("{message}", message.to_string()),
            ("{synonym}", synonym.to_string()),
            ("{contact}", contact.as_str().to_owned()),
            ("{product}", self.product.clone()),
            ("{slug}", self.product_slug.clone()),
            ("{shop}", self.shop_slug.clone()),
        ]
    }

    /// The status each of the five gets. They and Sari's things are new for every row, and her things for each of them,
    /// so that no row tells of another.
    async fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let (sari, contact) = self.meet("sari", None).await;
        let people = [
            None,
            Some(sari),
            Some(self.meet("budi", None).await.0),
            Some(self.meet("moderator", Some(OperatorRole::Moderator)).await.0),
            Some(self.meet("operator", Some(OperatorRole::Administrator)).await.0),
        ];
        let mut told = String::new();
        for account in people {
            let things = self.things(sari, &contact).await;
            let fill =
                |text: String| things.iter().fold(text, |text, (name, value)| text.replace(name, value));
            let mut path = fill(Self::named(path));
            while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
                path.replace_range(from..=to, NOBODY);
            }
            let mut body = fill(body.to_owned());
            if method == "GET" && !body.is_empty() {
                path = format!("{path}?{}", std::mem::take(&mut body));
            }
            let kind = if body.starts_with('{') || path.starts_with("/api") {
                "application/json"
            } else if body.starts_with("--form") {
                body = body.replace("\\r\\n", "\r\n");
                "multipart/form-data; boundary=form"
            } else {
                "application/x-www-form-urlencoded"
            };
            let page = !path.starts_with("/api") && !path.starts_with("/_fn");
            // Everybody comes from another place, so that nobody waits because others tried often.
            let [_, a, b, c] = self.met.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            let mut request = Request::builder()
                .method(method)
                .uri(path)
                .header(header::ACCEPT, if page { "text/html" } else { "application/json" })
                .header(header::CONTENT_TYPE, kind)
                .header("sec-fetch-site", "same-origin")
                .extension(ConnectInfo(SocketAddr::from(([10, a, b, c], 1))));
            if let Some(account) = account {
                let (_, token) = self.session(account).await;
                request = request.header(header::AUTHORIZATION, format!("Bearer {}", token.text()));
            }
            let response =
                self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
            let _ = write!(told, " {}", response.status().as_u16());
        }
        told.trim().to_owned()
    }

    /// The path with what it leads to by its name, where the route calls it otherwise.
    fn named(path: &str) -> String {
        path.replace("/addresses/{id}", "/addresses/{address}")
            .replace("/messages/{id}", "/messages/{message}")
            .replace("/w/{token}", "/w/{share}")
            .replace("/shared-wishlists/{token}", "/shared-wishlists/{share}")
            .replace("/shop/{slug}", "/shop/{shop}")
            .replace("/c/{category}", "/c/fashion")
            .replace("/templates/{kind}/{lang}", "/templates/welcome/id")
    }
}

fn an_address() -> AddressInput {
    AddressInput {
        recipient: "Sari Wulandari".to_owned(),
        phone: "0812-3456-7890".to_owned(),
        district: "31.74.07".to_owned(),
        postcode: "12110".to_owned(),
        street: "Jl. Melati No. 5".to_owned(),
        ..AddressInput::default()
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
    all.extend(PLAIN.map(|(method, path)| (method.to_owned(), path.to_owned())));
    all.sort();
    all.dedup();
    all
}

/// `METHOD path | body | visitor member other moderator administrator`; for a `GET` its query in place of a body.
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
