//! People who register, and the messages they read.

use flows::account::{self, Credentials, Entry, NewPerson, SignedIn, Stay, Token};
use identity::{
    Guard, Safe,
    passkey::Relying,
    password::{Cost, Hasher},
    provider::Provider,
    session::Kind,
};
use kernel::{Client, Cx, Member, Viewer, jobs::Registry, testing::TestApp};
use serde_json::Value;
use sqlx::PgPool;
use std::sync::Arc;

pub const EMAIL: &str = "sari@mail.example";
pub const PASSWORD: &str = "lautan biru senja kala";

/// Cheap hashes, so that a flood of guesses is over in a second.
pub const CHEAP: Cost = Cost { memory: 64, passes: 1, lanes: 1 };

pub struct Town {
    pub app: TestApp,
    pub guard: Arc<Guard>,
}

impl Town {
    pub fn new(db: PgPool) -> Self {
        Self::with_provider(db, None)
    }

    /// Where people may sign in through another site.
    pub fn with_provider(db: PgPool, provider: Option<Provider>) -> Self {
        let guard = Arc::new(Guard {
            hasher: Hasher::start(CHEAP, 1, 64),
            safe: Safe::new(b"a key of the tests that is long enough"),
            host: "pasar.example".to_owned(),
        });
        let part = guard.clone();
        let jobs = account::jobs(Registry::empty());
        let app = TestApp::with_parts(db, jobs, |kernel| {
            let relying = Relying::of("https://pasar.example").unwrap();
            let kernel = kernel.with_part(part).with_part(Arc::new(relying));
            match provider {
                Some(provider) => kernel.with_part(Arc::new(provider)),
                None => kernel,
            }
        });
        Self { app, guard }
    }

    /// A request of somebody at this address of the network.
    pub fn from(&self, address: &str) -> Cx {
        let agent = "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0";
        let client = Client { address: address.parse().ok(), agent: Some(agent.into()) };
        self.app.cx().from_client(client)
    }

    pub fn cx(&self) -> Cx {
        self.from("192.0.2.7")
    }

    /// A request with this token.
    pub async fn with(&self, kind: Kind, token: &Token) -> Cx {
        let cx = self.cx();
        let viewer = account::recognise(&cx, kind, &token.text()).await.unwrap();
        cx.as_viewer(viewer)
    }

    /// Someone who registered, confirmed and is signed in as a program.
    pub async fn member(&self, contact: &str) -> SignedIn {
        let cx = self.cx();
        let person = NewPerson { contact: contact.to_owned(), password: PASSWORD.to_owned() };
        let id = account::register(&cx, &person).await.unwrap();
        self.deliver().await;
        let code = self.last(contact).await["code"].as_str().unwrap().to_owned();
        account::confirm(&cx, id, &code, Stay::Program).await.unwrap()
    }

    /// Runs the jobs that decide what is sent; what is sent stays in the queue, to be read here.
    pub async fn deliver(&self) {
        self.app.run_jobs().await;
    }

    /// The facts of the last message to an address.
    pub async fn last(&self, to: &str) -> Value {
        let all = self.messages(to).await;
        all.last().cloned().unwrap_or(Value::Null)
    }

    pub async fn messages(&self, to: &str) -> Vec<Value> {
        let contact: model::Contact = to.parse().unwrap();
        sqlx::query_scalar("select message from delivery where address = $1 order by id")
            .bind(contact.as_str())
            .fetch_all(self.app.kernel().db())
            .await
            .unwrap()
    }

    pub async fn count(&self, table: &str) -> i64 {
        let sql = match table {
            "account" => "select count(*) from account",
            "session" => "select count(*) from session",
            _ => "select count(*) from operator_role",
        };
        sqlx::query_scalar(sql).fetch_one(self.app.kernel().db()).await.unwrap()
    }
}

/// The token in a link.
pub fn token_in(link: &Value) -> String {
    link.as_str().unwrap().split_once("token=").unwrap().1.to_owned()
}

pub fn typed(contact: &str, password: &str) -> Credentials {
    Credentials {
        contact: contact.to_owned(),
        password: password.to_owned(),
        stay: Stay::Program,
        device: None,
    }
}

#[track_caller]
pub fn entered(entry: Entry) -> SignedIn {
    match entry {
        Entry::In(entered) => entered,
        Entry::SecondFactor(_) => panic!("a second factor is asked for"),
    }
}

#[track_caller]
pub fn member_of(cx: &Cx) -> Member {
    match cx.viewer() {
        Viewer::Member(member) => member.clone(),
        Viewer::Visitor => panic!("nobody is signed in"),
    }
}
