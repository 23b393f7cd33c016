//! A `pasar` that runs: the binary itself in a process of its own, to be spoken to over HTTP, and to be killed.

#![allow(dead_code, reason = "each test uses its part of it")]

pub mod http;
pub mod market;
pub mod shopper;

use rustix::process::{Pid, Signal, kill_process};
use sqlx::{
    Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::{SocketAddr, TcpListener},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// A machine that is busy with other tests as well.
const SOON: Duration = Duration::from_mins(2);

/// Where a server lives: its folders and its address, which outlive it.
pub struct Place {
    folder: PathBuf,
    pub address: SocketAddr,
    /// The database it is given; without one it keeps its own.
    database: Option<String>,
}

impl Place {
    pub fn new(database: Option<String>) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("pasar-test-running-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
        let folder = Path::new("/tmp").join(name);
        // PostgreSQL may be another user, who has to get through.
        fs::DirBuilder::new().mode(0o755).create(&folder).unwrap();
        fs::create_dir_all(folder.join("site/pkg")).unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        Self { folder, address, database }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pasar"));
        // Settings of whoever runs the tests are not those of the test.
        for (name, _) in std::env::vars() {
            if (name.starts_with("PASAR_") && name != "PASAR_PG_BIN") || name == "DATABASE_URL" {
                command.env_remove(name);
            }
        }
        command.current_dir(&self.folder).arg(verb).arg("--data").arg(self.data());
        command.arg("--site").arg(self.folder.join("site")).args(["--log", "warn,sqlx=error"]);
        if let Some(database) = &self.database {
            command.env("DATABASE_URL", database);
        }
        command
    }

    /// Starts the server, and waits until it answers.
    pub async fn start(&self) -> Server {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.folder.join("log")).unwrap();
        let mut child = self
            .command("serve")
            .arg("--listen")
            .arg(self.address.to_string())
            // All of the load is one client.
            .args(["--read-rate", "0", "--write-rate", "0"])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let open = tokio::task::spawn_blocking(move || {
            let open = lines.any(|line| line.is_ok_and(|line| line.contains("Pasar is open")));
            (open, lines)
        });
        let (open, lines) = tokio::time::timeout(SOON, open).await.expect("it starts soon").unwrap();
        assert!(open, "it did not start: {}", self.log());
        Server { child, _said: Box::new(lines) }
    }

    /// Runs another command over the same database, while the server runs or not.
    pub fn run(&self, verb: &str) -> Output {
        self.command(verb).output().unwrap()
    }

    /// What the server had to say, of all its lives.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// The database, once it answers.
    pub async fn database(&self) -> PgPool {
        let options: PgConnectOptions = match &self.database {
            Some(url) => url.parse().unwrap(),
            None => PgConnectOptions::new_without_pgpass()
                .socket(self.data().join("run"))
                .port(5432)
                .username("pasar")
                .database("pasar")
                .ssl_mode(PgSslMode::Disable),
        };
        let answers = async {
            loop {
                match PgConnection::connect_with(&options).await {
                    Ok(db) => return db.close().await.unwrap(),
                    Err(_) => pause().await,
                }
            }
        };
        tokio::time::timeout(SOON, answers).await.expect("the database answers soon");
        PgPoolOptions::new().max_connections(2).connect_with(options).await.unwrap()
    }

    /// PostgreSQL's main process, where it is the server's own.
    fn postgres(&self) -> Option<Pid> {
        let note = fs::read_to_string(self.data().join("postgres/postmaster.pid")).ok()?;
        Pid::from_raw(note.lines().next()?.trim().parse().ok()?)
    }

    /// `kill -9` of PostgreSQL.
    pub fn kill_postgres(&self) {
        if let Some(postgres) = self.postgres() {
            _ = kill_process(postgres, Signal::KILL);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("The server said:\n{}", self.log());
        }
        // Whatever the test left running, in the order in which it does not come back.
        if self.database.is_none()
            && let Some(postgres) = self.postgres()
        {
            _ = kill_process(postgres, Signal::QUIT);
        }
        _ = fs::remove_dir_all(&self.folder);
    }
}

/// A server under way. Dropped, it is killed.
pub struct Server {
    child: Child,
    /// Whoever writes to a pipe nobody reads is killed for it.
    _said: Box<dyn Send>,
}

impl Server {
    /// `kill -9`
    pub fn kill(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(mut self) {
        _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let ended = async {
            while self.child.try_wait().unwrap().is_none() {
                pause().await;
            }
        };
        tokio::time::timeout(SOON, ended).await.expect("it stops when it is asked");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Between two looks at another process, which cannot tell when it is done.
pub async fn pause() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}
