//! What tests of imports share.

use flows::import::{Options, Report, import_listings};
use kernel::{Cx, Kernel, TestClock, ids::SequentialIds};
use sqlx::PgPool;
use std::path::{Path, PathBuf};

pub fn cx(db: PgPool) -> Cx {
    Kernel::new(db).with_clock(TestClock::default()).with_ids(SequentialIds::default()).job_cx()
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// A file of this test alone, gone with it.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = std::env::temp_dir().join(format!("pasar-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

pub async fn listings(cx: &Cx, file: &Path, options: &Options) -> Report {
    import_listings(cx, file, options, |_| ()).await.unwrap()
}

pub async fn count(cx: &Cx, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
    sqlx::query_scalar(sql).fetch_one(cx.db()).await.unwrap()
}
