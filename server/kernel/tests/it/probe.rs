//! Jobs whose runs a test can watch and steer.

use kernel::{
    Cx, Kernel,
    jobs::{Job, JobError, Priority, Registry},
    testing::TestApp,
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use std::sync::{Arc, Mutex};
use tokio::sync::{Notify, mpsc};

/// What jobs noted down, in order.
#[derive(Default)]
pub struct Notes(Mutex<Vec<u32>>);

impl Notes {
    pub fn all(&self) -> Vec<u32> {
        self.0.lock().unwrap().clone()
    }
}

/// Notes its number.
#[derive(Serialize, Deserialize, Debug)]
pub struct Note(pub u32);

impl Job for Note {
    const NAME: &'static str = "test.note";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        cx.part::<Notes>().ok_or(JobError::fatal("no notes"))?.0.lock().unwrap().push(self.0);
        if let Some(report) = cx.part::<mpsc::UnboundedSender<u32>>() {
            _ = report.send(self.0);
        }
        Ok(())
    }
}

/// Fails as it is told.
#[derive(Serialize, Deserialize, Debug)]
pub enum Fail {
    Always,
    Discard,
    Fatal,
    Panic,
}

impl Job for Fail {
    const NAME: &'static str = "test.fail";
    const MAX_ATTEMPTS: u16 = 3;

    async fn run(self, _: &Cx) -> Result<(), JobError> {
        match self {
            Self::Always => Err(std::io::Error::other("it is raining"))?,
            Self::Discard => Err(JobError::discard("nothing to do")),
            Self::Fatal => Err(JobError::fatal("it makes no sense")),
            Self::Panic => panic!("oh no"),
        }
    }
}

/// Where a [`Wait`] stands.
#[derive(Default)]
pub struct Gate {
    pub started: Notify,
    pub open: Notify,
}

/// Says that it has started, and ends when the gate is opened.
#[derive(Serialize, Deserialize, Debug)]
pub struct Wait;

impl Job for Wait {
    const NAME: &'static str = "test.wait";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let gate = cx.part::<Gate>().ok_or(JobError::fatal("no gate"))?;
        gate.started.notify_one();
        gate.open.notified().await;
        Ok(())
    }
}

/// The same, as bulk work.
#[derive(Serialize, Deserialize, Debug)]
pub struct Bulk;

impl Job for Bulk {
    const NAME: &'static str = "test.bulk";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        Wait.run(cx).await
    }
}

pub fn registry() -> Registry {
    Registry::empty().job::<Note>().job::<Fail>().job::<Wait>().job::<Bulk>()
}

pub fn app(db: PgPool) -> (TestApp, Arc<Notes>) {
    app_with(db, registry())
}

pub fn app_with(db: PgPool, registry: Registry) -> (TestApp, Arc<Notes>) {
    let notes = Arc::new(Notes::default());
    let app = TestApp::with_parts(db, registry, |kernel: Kernel| kernel.with_part(notes.clone()));
    (app, notes)
}
