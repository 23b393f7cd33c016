//! Our own PostgreSQL, killed in every way. Uses the programs of this machine.

use kernel::db::{Database, DbError, DbSettings, Embedded, EmbeddedError, migrate};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use sqlx::PgPool;
use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

const SOON: Duration = Duration::from_mins(1);
const SERVED_FOLDER: &str = "PASAR_TEST_SERVE";

/// A data folder that PostgreSQL's user can reach, removed in the end.
struct Data(PathBuf);

impl Data {
    fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("pasar-test-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
        let path = Path::new("/tmp").join(name);
        fs::DirBuilder::new().mode(0o755).create(&path).unwrap();
        Self(path)
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn settings(data: &Data) -> DbSettings {
    DbSettings { url: None, data: data.0.clone(), pg_bin: None, connections: 4 }
}

fn pid(raw: u32) -> Pid {
    Pid::from_raw(raw.try_into().unwrap()).unwrap()
}

/// Asks until there is an answer: right after a crash a query or two may fail.
async fn count(pool: &PgPool) -> i64 {
    let answer = async {
        loop {
            match sqlx::query_scalar("select count(*) from kept").fetch_one(pool).await {
                Ok(count) => return count,
                Err(_) => tokio::task::yield_now().await,
            }
        }
    };
    tokio::time::timeout(SOON, answer).await.expect("the database answers soon")
}

async fn keep(pool: &PgPool) {
    sqlx::query("create table if not exists kept (n integer)").execute(pool).await.unwrap();
    sqlx::query("insert into kept values (1)").execute(pool).await.unwrap();
}

#[tokio::test]
async fn a_first_start_makes_a_database_and_the_next_finds_it_again() {
    let data = Data::new();
    // What a first start that was interrupted left behind.
    fs::create_dir(data.0.join("postgres.partial.1")).unwrap();
    let database = Database::open(&settings(&data)).await.unwrap();
    assert!(!data.0.join("postgres.partial.1").exists());
    assert!(migrate(database.pool()).await.unwrap().applied > 0);
    keep(database.pool()).await;
    database.close().await;
    assert!(!data.0.join("postgres/postmaster.pid").exists(), "it was stopped cleanly");

    // The process that once had the number is another one now.
    fs::write(data.0.join("postgres/postmaster.pid"), format!("{}\n", std::process::id())).unwrap();
    let database = Database::open(&settings(&data)).await.unwrap();
    assert_eq!(count(database.pool()).await, 1);
    database.close().await;
}

#[tokio::test]
async fn a_killed_postgres_is_brought_back_and_the_pool_goes_on() {
    let data = Data::new();
    let database = Database::open(&settings(&data)).await.unwrap();
    keep(database.pool()).await;
    let mut main = database.embedded().unwrap().main_process();
    let first = main.borrow_and_update().unwrap();
    for _ in 0..2 {
        let old = main.borrow_and_update().unwrap();
        kill_process(pid(old), Signal::KILL).unwrap();
        let back = main.wait_for(|now| now.is_some_and(|now| now != old));
        tokio::time::timeout(SOON, back).await.expect("it comes back soon").unwrap();
        assert_eq!(count(database.pool()).await, 1);
    }
    assert_ne!(main.borrow().unwrap(), first);
    database.close().await;
}

#[tokio::test]
async fn a_second_server_on_the_same_folder_is_refused() {
    let data = Data::new();
    let first = Embedded::start(&data.0, None).await.unwrap();
    let error = Embedded::start(&data.0, None).await.unwrap_err();
    assert!(matches!(error, EmbeddedError::InUse { .. }), "{error}");
    assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
    first.stop().await;
    Embedded::start(&data.0, None).await.unwrap().stop().await;
}

/// Not a test: the server that the next tests kill.
#[tokio::test]
#[ignore = "started by other tests"]
async fn serve() {
    let data = PathBuf::from(std::env::var_os(SERVED_FOLDER).unwrap());
    let database =
        Database::open(&DbSettings { url: None, data, pg_bin: None, connections: 2 }).await.unwrap();
    keep(database.pool()).await;
    println!("\nPOSTGRES {}", database.embedded().unwrap().main_process().borrow().unwrap());
    std::future::pending::<()>().await;
}

/// Starts a server in a process of its own, kills it, and says which PostgreSQL it left behind.
fn killed_server(data: &Data) -> Pid {
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "embedded::serve", "--nocapture"])
        .env(SERVED_FOLDER, &data.0)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let postgres =
        lines.find_map(|line| line.unwrap().strip_prefix("POSTGRES ").map(|raw| pid(raw.parse().unwrap())));
    server.kill().unwrap();
    server.wait().unwrap();
    postgres.expect("it started")
}

#[tokio::test]
async fn after_a_kill_of_the_server_the_next_one_takes_over() {
    let data = Data::new();
    let orphan = killed_server(&data);
    assert!(test_kill_process(orphan).is_ok(), "PostgreSQL runs on by itself");
    let database = Database::open(&settings(&data)).await.unwrap();
    assert_eq!(count(database.pool()).await, 1);
    database.close().await;
}

#[tokio::test]
async fn after_a_kill_of_both_the_next_one_recovers() {
    let data = Data::new();
    kill_process(killed_server(&data), Signal::KILL).unwrap();
    let database = Database::open(&settings(&data)).await.unwrap();
    assert_eq!(count(database.pool()).await, 1);
    database.close().await;
}

#[tokio::test]
async fn data_of_another_version_is_named_with_both_versions() {
    let data = Data::new();
    fs::create_dir(data.0.join("postgres")).unwrap();
    fs::write(data.0.join("postgres/PG_VERSION"), "9\n").unwrap();
    let error = Database::open(&settings(&data)).await.err().unwrap();
    let DbError::Embedded(EmbeddedError::OtherMajor { cluster, found, .. }) = &error else {
        panic!("{error}")
    };
    assert_eq!(cluster.0, 9);
    assert!(
        error.to_string().contains("PostgreSQL 9") && error.to_string().contains(&found.to_string()),
        "{error}"
    );
    assert_eq!(
        fs::read_to_string(data.0.join("postgres/PG_VERSION")).unwrap(),
        "9\n",
        "it is left as it was"
    );
}

#[tokio::test]
async fn a_long_path_is_no_obstacle() {
    let data = Data::new();
    let long = data.0.join("a-folder-with-quite-a-long-name".repeat(3)).join("and-another-one-within-it");
    let embedded = Embedded::start(&long, None).await.unwrap();
    let socket = embedded.connect_options().get_socket().unwrap().clone();
    assert!(socket.starts_with("/tmp"), "{}", socket.display());
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o700);
    embedded.stop().await;
    fs::remove_dir_all(socket).unwrap();
}

#[tokio::test]
async fn as_root_a_folder_postgres_may_not_enter_is_named() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let data = Data::new();
    let closed = data.0.join("closed");
    fs::DirBuilder::new().mode(0o700).create(&closed).unwrap();
    let error = Embedded::start(&closed.join("data"), None).await.unwrap_err();
    let EmbeddedError::Unreachable { blocked, .. } = &error else { panic!("{error}") };
    assert_eq!(blocked, &closed);
}

#[tokio::test]
async fn a_given_url_that_nobody_answers_is_an_error() {
    let data = Data::new();
    let settings =
        DbSettings { url: Some("postgres://nobody@127.0.0.1:1/none".to_owned()), ..settings(&data) };
    let error = Database::open(&settings).await.err().unwrap();
    assert!(matches!(error, DbError::Unreachable(_)), "{error}");
}
