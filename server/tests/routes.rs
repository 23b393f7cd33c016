//! Who may come where: every page, server function and endpoint there is, tried by a visitor, a member, another member,
//! an operator without the duty and one with every duty, the owner of a shop, somebody who packs there, and the owner of
//! another shop, against the table in `routes.txt`. What has no row fails, so a
//! new endpoint is not forgotten; `UPDATE_ROUTES=1` writes the table anew, for people to read what changed.

#[path = "../src/account.rs"]
mod account;
#[path = "../src/audit.rs"]
mod audit;
#[path = "../src/couriers.rs"]
mod couriers;
#[path = "../src/doorman.rs"]
mod doorman;
#[path = "../src/figures.rs"]
mod figures;
#[path = "../src/goods.rs"]
mod goods;
#[path = "../src/media.rs"]
mod media_files;
#[path = "../src/messages.rs"]
mod messages;
#[path = "../src/papers.rs"]
mod papers;
#[path = "../src/payments.rs"]
#[expect(dead_code, reason = "the rest is for the server that goes on")]
mod payments;
#[path = "../src/provider.rs"]
mod provider;
#[path = "../src/shops.rs"]
mod shops;
#[path = "../src/sitemap.rs"]
mod sitemap;
#[path = "../src/statement.rs"]
mod statement;
#[path = "../src/unsubscribe.rs"]
mod unsubscribe;

use axum::{Router, body::Body, extract::ConnectInfo};
use bank::{Bank, BankSettings};
use carrier::{Carrier, CarrierSettings};
use flows::{
    fulfil::Fleet, pay, privacy::Exports, seller::Papers, seller::today, till::Till, wishlist::Onto,
    withdraw::Cashier,
};
use http::{Request, header};
use identity::{
    Guard, Password, Safe, Token,
    operator::Giver,
    passkey::{self, Relying},
    password::{Cost, Hasher},
    provider::{Provider, ProviderSettings},
    session::{NewSession, Stay, store},
};
use inquiry::NewSynonym;
use kernel::{Buyer, Kernel, Member, Uuid, Viewer, jobs::Job as _};
use leptos::config::LeptosOptions;
use media::Files;
use model::{
    Contact, Duties, Lang, OperatorRole, Permission,
    address::AddressInput,
    ids::{AccountId, OrderId, PaymentId, SessionId},
    payment::Method,
    shop::{ApplicantKind, DocumentKind, ShopInput},
};
use notify::{Channel, EmailAddress, Link, Message, Post, PostSettings, Recipient, Topic, Unsubscribe};
use payment::{
    About, EventKind, ProviderEvent, Secret,
    payout::SimulatedPayouts,
    provider::{Simulator, SimulatorSettings},
};
use shipping::{BiteshipOrders, Dispatcher, OrdersSettings, WebhookProof};
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
    time::Duration,
};
use tower::ServiceExt as _;
use web::{Health, Rates, WebSettings};

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";
/// Where goods can be put.
const SHIRTS: &str = "7e004c7a-6833-dd5c-be11-a18e1cdd9977";
const PASSWORD: &str = "lautan biru senja kala";

/// What is routed besides pages, server functions and endpoints; a test below finds what is forgotten.
const PLAIN: &[(&str, &str)] = &[
    ("POST", "/account/profile/picture"),
    ("GET", "/account/privacy/export/{export}"),
    ("GET", "/account/orders/{id}/invoice.pdf"),
    ("GET", "/backoffice/audit.csv"),
    ("GET", "/backoffice/messages/{message}/html"),
    ("GET", "/backoffice/messages/templates/{kind}/{lang}"),
    ("GET", "/backoffice/shops/documents/{document}"),
    ("GET", "/seller/{shop}/products/export"),
    ("POST", "/seller/{shop}/products/import/file"),
    ("GET", "/seller/{shop}/products/import/{run}/bad.csv"),
    ("POST", "/seller/{shop}/products/{product}/photographs"),
    ("POST", "/seller/{shop}/settings/{which}"),
    ("POST", "/seller/{shop}/verification/documents"),
    ("GET", "/sign-in/provider"),
    ("GET", "/preferences/kept"),
    ("POST", "/preferences"),
    ("GET", "/seller/{shop}/analytics.csv"),
    ("GET", "/seller/{shop}/money/statement.csv"),
    ("GET", "/seller/{shop}/money/statement.pdf"),
    ("GET", "/seller/{shop}/orders/{id}/label.pdf"),
    ("POST", "/sign-in/provider"),
    ("GET", "/unsubscribe/{token}"),
    ("POST", "/unsubscribe/{token}"),
    ("GET", "/pay/{id}/events"),
    ("GET", "/seller/{shop}/events"),
    ("POST", "/webhooks/payments/{provider}"),
    ("POST", "/webhooks/payouts/{provider}"),
    ("POST", "/webhooks/couriers/{carrier}"),
    ("GET", "/media/{media}/{file}"),
    ("GET", "/media/art/{motif}/{file}"),
    ("GET", "/robots.txt"),
    ("GET", "/sitemap.xml"),
    ("GET", "/sitemaps/{file}"),
    ("GET", "/problems/{code}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/docs"),
    ("GET", "/api/docs.css"),
    ("GET", "/sim/bank"),
    ("GET", "/sim/bank/pay/{charge}"),
    ("POST", "/sim/bank/pay/{charge}"),
    ("GET", "/sim/bank/transfers"),
    ("POST", "/sim/bank/api/transfers"),
    ("POST", "/sim/bank/api/charges"),
    ("GET", "/sim/bank/api/charges/{charge}"),
    ("POST", "/sim/bank/api/charges/{charge}/cancel"),
    ("POST", "/sim/bank/api/charges/{charge}/refunds"),
    ("GET", "/sim/carrier"),
    ("GET", "/sim/carrier/parcels/{parcel}"),
    ("POST", "/sim/carrier/parcels/{parcel}"),
    ("POST", "/sim/carrier/v1/orders"),
    ("POST", "/sim/carrier/v1/orders/{parcel}/cancel"),
    ("GET", "/sim/carrier/v1/trackings/{parcel}"),
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
    variant: Uuid,
    shop: Uuid,
    /// The shop's main one, and a voucher nobody has used.
    warehouse: Uuid,
    voucher: Uuid,
}

const SECRET: &str = "a secret of the tests";

/// A bank that nobody answers for: what it takes is placed, and how to pay it is not known yet.
fn unanswered() -> SimulatorSettings {
    let secret = || Secret::new(SECRET.to_owned());
    SimulatorSettings { base: "http://127.0.0.1:9".to_owned(), key: secret(), webhook_secret: secret() }
}

fn till() -> Till {
    Till::new("http://localhost", vec![Arc::new(Simulator::new(unanswered()).unwrap())])
}

fn cashier() -> Cashier {
    Cashier::new("http://localhost", Arc::new(SimulatedPayouts::new(unanswered()).unwrap()))
}

/// A carrier that nobody answers for.
fn fleet() -> Fleet {
    let text = |text: &str| text.to_owned();
    let dispatcher: Arc<dyn Dispatcher> = Arc::new(
        BiteshipOrders::new(OrdersSettings {
            name: "simulator",
            url: text("http://127.0.0.1:9"),
            key: text(SECRET),
            proof: WebhookProof::Signed { name: "x-carrier-signature", secret: text(SECRET) },
            own_couriers: true,
            notify_url: None,
            to_connect: Duration::from_secs(1),
            to_answer: Duration::from_secs(1),
        })
        .unwrap(),
    );
    Fleet::new(String::new(), vec![dispatcher])
}

/// The bank and the carrier that come with the product.
fn simulators(kernel: &Kernel) -> Router {
    let secret = || bank::Secret::new(SECRET.to_owned());
    let bank = BankSettings {
        base_url: "http://localhost/sim/bank".to_owned(),
        api_key: secret(),
        webhook_secret: secret(),
        stylesheet: None,
    };
    let carrier = CarrierSettings { api_key: secret(), webhook_secret: secret(), stylesheet: None };
    bank::router(kernel, Arc::new(Bank::open(bank).unwrap()))
        .merge(carrier::router(kernel, Arc::new(Carrier::open(carrier).unwrap())))
}

/// A sign-in provider that nobody answers for.
fn away() -> Provider {
    let text = |text: &str| text.to_owned();
    Provider::open(ProviderSettings {
        issuer: text("http://127.0.0.1:9"),
        client_id: text("pasar"),
        client_secret: text("a secret of the tests"),
        label: text("Contoh"),
        back: text("http://localhost/sign-in/provider"),
    })
    .unwrap()
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
            .with_part(Arc::new(Papers::folder(&folder.join("papers")).unwrap()))
            .with_part(Arc::new(doorman::door()))
            .with_part(Arc::new(till()))
            .with_part(Arc::new(cashier()))
            .with_part(Arc::new(fleet()))
            .with_part(Arc::new(pay::News::default()))
            .with_part(Arc::new(today::News::default()))
            .with_part(Arc::new(Relying::of("http://localhost").unwrap()))
            .with_part(Arc::new(away()));
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
            .merge(gateway_rest::router(health.clone(), "/pkg/pasar.css"))
            .merge(account::routes())
            .merge(audit::routes())
            .merge(messages::routes())
            .merge(figures::routes())
            .merge(statement::routes())
            .merge(goods::routes().layer(axum::Extension(model::Site("http://localhost".to_owned()))))
            .merge(papers::routes().layer(axum::Extension(model::Site("http://localhost".to_owned()))))
            .merge(shops::routes())
            .merge(provider::routes("/pkg/pasar.css"))
            .merge(media_files::routes())
            .merge(sitemap::routes("http://localhost"))
            .merge(unsubscribe::routes("/pkg/pasar.css"))
            .merge(payments::routes())
            .merge(couriers::routes())
            .merge(simulators(&kernel))
            .merge(health.routes());
        let router = web::layers(site, &settings, &kernel);
        flows::seed::demo(&kernel.job_cx(), 1).await.unwrap();
        let (product, product_slug, shop_slug, variant, shop): (Uuid, String, String, Uuid, Uuid) = sqlx::query_as(
            "select product.id, product.slug, shop.slug, variant.id, shop.id
             from product join shop on shop.id = product.shop_id join variant on variant.product_id = product.id
             where variant.on_hand > 50 and product.min_qty = 1
             order by product.id, variant.id limit 1",
        )
        .fetch_one(&db)
        .await
        .unwrap();
        let of_shop = |sql: &'static str| sqlx::query_scalar::<_, Uuid>(sql).bind(shop).fetch_one(&db);
        let warehouse =
            of_shop("select id from warehouse where shop_id = $1 and position = 0").await.unwrap();
        let voucher = of_shop("select id from voucher where shop_id = $1 order by id limit 1").await.unwrap();
        let product = product.to_string();
        let met = AtomicU32::new(0);
        let walk = Self {
            kernel,
            router,
            hash,
            met,
            product,
            product_slug,
            shop_slug,
            variant,
            shop,
            warehouse,
            voucher,
        };
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
        // Nobody here has asked for as many today as they may.
        sqlx::query("update data_export set requested_at = requested_at - interval '2 days'")
            .execute(cx.db())
            .await
            .unwrap();
        let hers =
            cx.clone().as_viewer(Viewer::Member(member.clone())).proved(flows::account::STEP_UP).unwrap();
        let export = flows::privacy::request_export(&cx, &hers).await.unwrap();
        flows::privacy::ExportData { export }.run(&cx).await.unwrap();
        let phrases = NewSynonym::parse(None, &format!("ponsel{n}, hp{n}"), "").unwrap();
        let synonym = flows::synonyms::add(&cx, &phrases).await.unwrap();
        let mut tx = cx.begin().await.unwrap();
        let to = Recipient::member(sari, EmailAddress::try_from(contact.as_str()).unwrap(), Lang::En);
        let welcome = Message::Welcome { link: Link::to("/account".parse().unwrap()) };
        let message = notify::enqueue(&mut tx, &cx, &to, &welcome).await.unwrap();
        tx.commit().await.unwrap();
        let way_out = Unsubscribe { account: sari, topic: Topic::PriceDrop, channel: Channel::Email };
        let way_out = cx.part::<Post>().unwrap().unsubscribe_url(way_out);
        vec![
            ("{way_out}", way_out.rsplit('/').next().unwrap().to_owned()),
            ("{session}", session.to_string()),
            ("{address}", address.to_string()),
            ("{list}", list.to_string()),
            ("{item}", item.to_string()),
            ("{share}", shared.as_str().to_owned()),
            ("{export}", export.to_string()),
            ("{message}", message.to_string()),
            ("{synonym}", synonym.to_string()),
            ("{contact}", contact.as_str().to_owned()),
            ("{fresh}", n.to_string()),
            ("{product}", self.product.clone()),
            ("{slug}", self.product_slug.clone()),
            ("{shop}", self.shop_slug.clone()),
            ("{shop_id}", self.shop.to_string()),
            ("{variant}", self.variant.to_string()),
            ("{warehouse}", self.warehouse.to_string()),
            ("{voucher}", self.voucher.to_string()),
        ]
    }

    /// What Sari has in her cart and has ordered, where a row is about that: an order takes a while.
    async fn bought(&self, sari: AccountId) -> Vec<(&'static str, String)> {
        let (cx, sari) = (self.kernel.job_cx(), Buyer::Member(sari));
        let variant = self.variant.into();
        // Enough for everybody who looks at these.
        sqlx::query("update stock set on_hand = reserved + 100 where variant_id = $1")
            .bind(self.variant)
            .execute(cx.db())
            .await
            .unwrap();
        flows::cart::add(&cx, &sari, variant, 1, "").await.unwrap();
        flows::checkout::set_method(&cx, &sari, Method::VaBca).await.unwrap();
        let total = flows::checkout::view(&cx, &sari, None).await.unwrap().summary.total;
        let key = cx.ids().uuid().to_string();
        let placed = flows::place_order::place(&cx, &sari, &key, total, Method::VaBca).await.unwrap();
        let group = flows::orders::group(&cx, &sari, placed.group).await.unwrap().unwrap();
        flows::cart::add(&cx, &sari, variant, 1, "").await.unwrap();
        let cart = flows::cart::view(&cx, Some(&sari)).await.unwrap();
        vec![
            ("{group}", placed.group.to_string()),
            ("{payment}", placed.payment.unwrap().to_string()),
            ("{order}", group.orders[0].id.to_string()),
            ("{line}", cart.items().next().unwrap().id.to_string()),
        ]
    }

    /// What Sari has ordered in the market's shop and paid for, and the shop has packed where a row is about its label.
    async fn sold(&self, sari: AccountId) -> Vec<(&'static str, String)> {
        let things = self.bought(sari).await;
        let of = |name: &str| things.iter().find(|(own, _)| *own == name).unwrap().1.clone();
        let payment: PaymentId = of("{payment}").parse().unwrap();
        let order: OrderId = of("{order}").parse().unwrap();
        let cx = self.kernel.job_cx();
        let mut db = cx.db().acquire().await.unwrap();
        let amount = payment::find(&mut db, payment).await.unwrap().unwrap().amount;
        drop(db);
        let event = ProviderEvent {
            id: format!("paid:{payment}"),
            about: About::Payment(payment),
            kind: EventKind::Captured,
            reference: payment.to_string(),
            amount,
            occurred_at: cx.now(),
            body: serde_json::Value::Null,
        };
        flows::pay::hear(&cx, "simulator", vec![event]).await.unwrap();
        vec![("{sold}", order.to_string())]
    }

    /// The market's shop belongs to the first of these, who has the second pack there, and asked Sari to come; the third
    /// owns another.
    async fn staffed(
        &self,
        owner: AccountId,
        packer: AccountId,
        rival: AccountId,
        sari: &Contact,
    ) -> Vec<(&'static str, String)> {
        let cx = self.kernel.job_cx();
        let (invitation, token) = (cx.ids().uuid(), Token::new(&cx));
        let mut tx = cx.begin().await.unwrap();
        sqlx::query("delete from shop_staff").execute(&mut *tx).await.unwrap();
        sqlx::query(
            "insert into shop_staff (shop_id, account_id, role, since)
             values ($1, $2, 'owner', now()), ($1, $3, 'fulfilment', now()),
               ((select id from shop where id <> $1 order by id limit 1), $4, 'owner', now())",
        )
        .bind(self.shop)
        .bind(owner.uuid())
        .bind(packer.uuid())
        .bind(rival.uuid())
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query("delete from shop_invitation").execute(&mut *tx).await.unwrap();
        sqlx::query("update shop set settings_version = 1").execute(&mut *tx).await.unwrap();
        sqlx::query("update voucher set version = 1").execute(&mut *tx).await.unwrap();
        sqlx::query(
            "insert into shop_invitation (id, shop_id, email, role, token_hash, invited_by, created_at, expires_at)
             values ($1, $2, $3, 'finance', $4, $5, $6, $6 + interval '7 days')",
        )
        .bind(invitation)
        .bind(self.shop)
        .bind(sari.as_str())
        .bind(token.digest().as_bytes())
        .bind(owner.uuid())
        .bind(cx.now())
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        vec![
            ("{packer}", packer.to_string()),
            ("{invitation}", invitation.to_string()),
            ("{invite}", token.text()),
        ]
    }

    /// A shop that waits to be looked at, where a row is about that: its documents take a while.
    async fn waiting(&self) -> Vec<(&'static str, String)> {
        let (account, _) = self.meet("wulan", None).await;
        let (session, _) = self.session(account).await;
        let cx = self.kernel.job_cx();
        let member = Member { account, session, duties: Duties::NONE, proved_at: cx.now() };
        let cx = cx.as_viewer(Viewer::Member(member.clone()));
        let name = format!("Toko {}", self.met.fetch_add(1, Ordering::Relaxed));
        let input = ShopInput { name, district: "31.74.07".to_owned(), ..ShopInput::default() };
        let slug = flows::seller::open(&cx, &member, &input, None).await.unwrap();
        let at = flows::seller::at_shop(&cx, slug.as_str(), Permission::Settings).await.unwrap();
        let card = include_bytes!("../media/tests/fixtures/adam-birkett-239153-unsplash.jpg");
        let applicant = flows::seller::Applicant {
            kind: ApplicantKind::Company,
            legal_name: "PT Wulan Jaya".to_owned(),
            files: vec![
                (DocumentKind::CompanyPapers, b"%PDF-1.7 a deed".as_slice().into()),
                (DocumentKind::IdentityCard, card.as_slice().into()),
            ],
        };
        let id = flows::seller::send_documents(&cx, &at, applicant).await.unwrap();
        let case =
            views::verification::case(&mut cx.db().acquire().await.unwrap(), id).await.unwrap().unwrap();
        vec![("{verification}", id.to_string()), ("{document}", case.documents[0].id.to_string())]
    }

    /// A product that the owner of the market's shop has begun, where a row is about that.
    async fn drafted(&self, owner: AccountId) -> (&'static str, String) {
        let (session, _) = self.session(owner).await;
        let cx = self.kernel.job_cx();
        let member = Member { account: owner, session, duties: Duties::NONE, proved_at: cx.now() };
        let cx = cx.as_viewer(Viewer::Member(member));
        let at = flows::seller::at_shop(&cx, &self.shop_slug, Permission::Products).await.unwrap();
        let id = flows::seller::editor::begin(&cx, &at, "Kaos Polos", SHIRTS, None).await.unwrap();
        ("{draft}", id.to_string())
    }

    /// A file of goods that the owner of the market's shop has sent and that was read through, where a row is about that.
    async fn sent(&self, owner: AccountId) -> (&'static str, String) {
        let (session, _) = self.session(owner).await;
        let cx = self.kernel.job_cx();
        let member = Member { account: owner, session, duties: Duties::NONE, proved_at: cx.now() };
        let cx = cx.as_viewer(Viewer::Member(member));
        let at = flows::seller::at_shop(&cx, &self.shop_slug, Permission::Products).await.unwrap();
        // What an earlier row left under way would keep this one waiting.
        sqlx::query("update goods_import set state = 'cancelled' where state in ('checking', 'taking_over')")
            .execute(cx.db())
            .await
            .unwrap();
        let content = b"sku,name,category,price\nX-1,Kaos Polos,fashion-pria,murah\n".as_slice().into();
        let sent = flows::seller::goods::Sent { name: "a.csv".to_owned(), content, stock: String::new() };
        let import = flows::seller::goods::send(&cx, &at, sent).await.unwrap();
        flows::seller::goods::ReadGoods { import }.run(&cx).await.unwrap();
        ("{run}", import.to_string())
    }

    /// A passkey of Sari's, where a row is about that: with one her password alone no longer lets her in.
    async fn passkey(&self, sari: AccountId) -> (&'static str, String) {
        let cx = self.kernel.job_cx();
        let (id, name) = (cx.id(), passkey::Name::parse("Ponsel").unwrap());
        let key = passkey::NewKey {
            credential: cx.ids().uuid().as_bytes().to_vec(),
            key: vec![0],
            state: [0; 7],
            transports: 0,
            sign_count: 0,
            synced: false,
        };
        let mut db = cx.db().acquire().await.unwrap();
        assert!(passkey::store::insert(&mut db, id, sari, &key, &name, cx.now()).await.unwrap());
        ("{passkey}", id.to_string())
    }

    /// The status each of the eight gets. They and Sari's things are new for every row, and her things for each of them,
    /// so that no row tells of another.
    async fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let (sari, contact) = self.meet("sari", None).await;
        let people = [
            None,
            Some(sari),
            Some(self.meet("budi", None).await.0),
            Some(self.meet("moderator", Some(OperatorRole::Moderator)).await.0),
            Some(self.meet("operator", Some(OperatorRole::Administrator)).await.0),
            Some(self.meet("owner", None).await.0),
            Some(self.meet("packer", None).await.0),
            Some(self.meet("rival", None).await.0),
        ];
        let [.., Some(owner), Some(packer), Some(rival)] = people else { unreachable!() };
        let mut told = String::new();
        for account in people {
            let mut things = self.things(sari, &contact).await;
            things.extend(self.staffed(owner, packer, rival, &contact).await);
            let row = format!("{} {body}", Self::named(path));
            if ["{verification}", "{document}"].iter().any(|thing| row.contains(thing)) {
                things.extend(self.waiting().await);
            }
            if ["{group}", "{payment}", "{order}", "{line}"].iter().any(|thing| row.contains(thing)) {
                things.extend(self.bought(sari).await);
            }
            if row.contains("{sold}") {
                things.extend(self.sold(sari).await);
            }
            if row.contains("{draft}") {
                things.push(self.drafted(owner).await);
            }
            if row.contains("{run}") {
                things.push(self.sent(owner).await);
            }
            if row.contains("{passkey}") {
                things.push(self.passkey(sari).await);
            }
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
        if path == "/orders/{id}" {
            return "/orders/{group}".to_owned();
        }
        path.replace("/addresses/{id}", "/addresses/{address}")
            .replace("/unsubscribe/{token}", "/unsubscribe/{way_out}")
            .replace("/webhooks/payments/{provider}", "/webhooks/payments/simulator")
            .replace("/webhooks/payouts/{provider}", "/webhooks/payouts/simulator")
            .replace("/webhooks/couriers/{carrier}", "/webhooks/couriers/simulator")
            .replace("/media/art/{motif}/{file}", "/media/art/mug/1.svg")
            .replace("/sitemaps/{file}", "/sitemaps/shops.xml")
            .replace("/problems/{code}", "/problems/not_found")
            .replace("/seller/{shop}/orders/{id}", "/seller/{shop}/orders/{sold}")
            .replace("/seller/{shop}/products/{id}", "/seller/{shop}/products/{draft}")
            .replace("/seller/{shop}/products/{product}", "/seller/{shop}/products/{draft}")
            .replace("/seller/shops/{shop}/products/{product}", "/seller/shops/{shop}/products/{draft}")
            .replace("/seller/shops/{shop}/orders/{order}", "/seller/shops/{shop}/orders/{sold}")
            .replace("/products/imports/{import}", "/products/imports/{run}")
            .replace("/messages/{id}", "/messages/{message}")
            .replace("/backoffice/shops/{id}", "/backoffice/shops/{verification}")
            .replace("/staff/{account}", "/staff/{packer}")
            .replace("/settings/{which}", "/settings/logo")
            .replace("/w/{token}", "/w/{share}")
            .replace("/shared-wishlists/{token}", "/shared-wishlists/{share}")
            .replace("/shop/{slug}", "/shop/{shop}")
            .replace("/c/{category}", "/c/fashion")
            .replace("account/orders/{id}", "account/orders/{order}")
            .replace("/api/v1/orders/{id}", "/api/v1/orders/{order}")
            .replace("/order-groups/{id}", "/order-groups/{group}")
            .replace("/payments/{id}", "/payments/{payment}")
            .replace("/pay/{id}", "/pay/{payment}")
            .replace("/carts/{id}", "/carts/current")
            .replace("/vouchers/{code}", "/vouchers/PASARHEMAT")
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
    all.extend(PLAIN.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())));
    all.sort();
    all.dedup();
    all
}

/// `METHOD path | body | visitor member other moderator administrator owner packer rival`; for a `GET` its query in place of a body.
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
        assert!(!now.split(' ').any(|status| status == "500"), "{key} fails: {now}");
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

/// A path without what its parts are called.
fn shape(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The routes that a source adds by itself, with the methods that stand beside them: `any` answers whatever is not there.
fn added_by(source: &str) -> Vec<(&'static str, String)> {
    let mut added = Vec::new();
    for call in source.split(".route(").skip(1) {
        let Some((path, rest)) = call.trim_start().strip_prefix('"').and_then(|call| call.split_once('"'))
        else {
            continue;
        };
        let handler = rest.split(".route(").next().unwrap_or_default().lines().next().unwrap_or_default();
        if handler.contains("any(") {
            continue;
        }
        let methods = [("GET", "get("), ("POST", "post("), ("PUT", "put("), ("DELETE", "delete(")];
        let said: Vec<_> = methods.iter().filter(|(_, call)| handler.contains(call)).collect();
        if said.is_empty() {
            added.push(("", shape(path)));
        }
        added.extend(said.into_iter().map(|(method, _)| (*method, shape(path))));
    }
    added
}

#[test]
fn what_is_routed_besides_is_in_the_table() {
    let listed: Vec<_> = PLAIN.iter().map(|(method, path)| (*method, shape(path))).collect();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<_> = ["src", "web/src", "bank/src", "carrier/src", "gateway/rest/src"]
        .map(|folder| here.join(folder))
        .to_vec();
    let (mut seen, mut forgotten) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|kind| kind != "rs") {
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            for (method, route) in added_by(source) {
                seen += 1;
                let known = |(is, of): &(&str, String)| *of == route && (method.is_empty() || method == *is);
                if !listed.iter().any(known) {
                    forgotten.push(format!("{method} {route} of {}", path.display()));
                }
            }
        }
    }
    assert!(seen > 40, "{seen} routes were found");
    assert!(forgotten.is_empty(), "add to PLAIN, and a row to routes.txt:\n  {}", forgotten.join("\n  "));
}
