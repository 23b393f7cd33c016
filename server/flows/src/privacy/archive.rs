//! A copy of everything: asked for on a page, made by a job, fetched by its owner for a week.

use super::{Exports, exports::ExportsError};
use crate::account::{link, tell};
use access::audit::{Entry, Subject, record};
use bytes::Bytes;
use identity::{
    consent::{EXPORTS_WITHIN, GIVE_UP_EXPORT, KEEP_EXPORT, MOST_EXPORTS, export},
    events::ExportReady,
    profile,
};
use kernel::{
    Cx, Member, Proved,
    jobs::{self, Job, JobError, Priority},
    outbox,
};
use media::Files;
use model::{
    AppError, Code,
    audit::Action,
    ids::{AccountId, ExportId},
    views::PictureFormat,
};
use notify::Message;
use serde::{Deserialize, Serialize};
use std::io::{Cursor, Write as _};
use views::archive::PARTS;
use zip::{ZipWriter, write::SimpleFileOptions};

/// What somebody reads who opens the archive.
const README: &str = "Arsip ini berisi semua data Anda di Pasar, satu berkas JSON per bagian.\n\
    Waktu ditulis menurut UTC. Kata sandi dan kunci tidak disertakan.\n\n\
    This archive holds all your data on Pasar, one JSON file for each part.\n\
    Times are in UTC. Passwords and keys are left out.\n";

#[derive(Debug, thiserror::Error)]
pub enum RequestExportError {
    #[error("as many archives were asked for as may be; the next one in {seconds} s")]
    TooMany { seconds: u32 },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<RequestExportError> for AppError {
    fn from(error: RequestExportError) -> Self {
        match error {
            RequestExportError::TooMany { seconds } => Self::new(Code::RateLimited).retry_after(seconds),
            RequestExportError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Asks for an archive; the one under way where there is one already. It is everything we know about somebody, so they
/// prove again who they are, and ask for [`MOST_EXPORTS`] a day at most.
pub async fn request_export(cx: &Cx, proved: &Proved) -> Result<ExportId, RequestExportError> {
    let (account, now) = (proved.member().account, cx.now());
    let mut tx = cx.begin().await?;
    if !export::is_under_way(&mut tx, account).await? {
        let asked = export::list_asked_since(&mut tx, account, now - EXPORTS_WITHIN).await?;
        let most = usize::try_from(MOST_EXPORTS).unwrap_or(usize::MAX);
        if let Some(oldest) = asked.len().checked_sub(most).and_then(|over| asked.get(over)) {
            let seconds = (*oldest + EXPORTS_WITHIN - now).whole_seconds() + 1;
            return Err(RequestExportError::TooMany { seconds: u32::try_from(seconds).unwrap_or(1) });
        }
    }
    let export = export::insert(&mut tx, cx.id(), account, PARTS.len(), now).await?;
    jobs::enqueue(&mut tx, cx, &ExportData { export }).unique(export).await?;
    record(&mut tx, cx, &Entry::of(Action::AccountExported, Subject::Account(account))).await?;
    tx.commit().await?;
    Ok(export)
}

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("there is no such archive to be fetched")]
    NotFound,
    #[error(transparent)]
    Exports(#[from] ExportsError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<FetchError> for AppError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::NotFound => Self::not_found(),
            FetchError::Exports(_) => Self::new(Code::Unavailable),
            FetchError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// The archive, for its owner alone and while its time is not over.
pub async fn fetch(cx: &Cx, member: &Member, id: ExportId) -> Result<Bytes, FetchError> {
    let exports = cx.part::<Exports>().ok_or(FetchError::NotFound)?;
    let mut db = cx.db().acquire().await?;
    if !export::is_ready(&mut db, member.account, id, cx.now()).await? {
        return Err(FetchError::NotFound);
    }
    drop(db);
    exports.get(id).await?.ok_or(FetchError::NotFound)
}

/// Writes an archive, noting part by part how far it is. Doing it again writes it anew. Whoever waits for it is told when
/// the last attempt failed, and may ask for another.
#[derive(Serialize, Deserialize)]
pub struct ExportData {
    pub export: ExportId,
}

impl Job for ExportData {
    const NAME: &'static str = "privacy.export_data";
    const PRIORITY: Priority = Priority::Normal;
    /// Somebody looks at the page meanwhile: some minutes, not a day.
    const MAX_ATTEMPTS: u16 = 5;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let attempt = export::begin_attempt(&mut *cx.db().acquire().await?, self.export).await?;
        let Some(attempt) = attempt else {
            return Err(JobError::discard("the archive is not wanted any more"));
        };
        let made = self.make(cx, attempt.account).await;
        let over = match &made {
            Err(JobError::Retry(_)) => attempt.number >= Self::MAX_ATTEMPTS,
            Err(JobError::Fatal(_)) => true,
            Ok(()) | Err(JobError::Discard(_)) => false,
        };
        if over {
            export::mark_failed(&mut *cx.db().acquire().await?, self.export, cx.now()).await?;
            // What may lie there is nobody's.
            if let Some(exports) = cx.part::<Exports>()
                && let Err(error) = exports.remove(self.export).await
            {
                tracing::warn!(error = %error, "What was left of an archive could not be removed: {error}");
            }
        }
        made
    }
}

impl ExportData {
    async fn make(&self, cx: &Cx, account: AccountId) -> Result<(), JobError> {
        let exports = exports(cx)?;
        let mut db = cx.db().acquire().await?;
        let mut archive = Archive::default();
        archive.add("README.txt", README.as_bytes())?;
        for (i, part) in PARTS.iter().enumerate() {
            let rows = part.read(&mut db, account).await?;
            archive.add(&format!("{}.json", part.name), &serde_json::to_vec_pretty(&rows)?)?;
            export::mark_progress(&mut db, self.export, i + 1).await?;
        }
        if let Some(picture) = picture(cx, account).await? {
            archive.add("picture.jpg", &picture)?;
        }
        drop(db);
        let bytes = archive.finish()?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        exports.put(self.export, bytes).await?;
        let mut tx = cx.begin().await?;
        for old in export::supersede(&mut tx, account, self.export).await? {
            exports.remove(old).await?;
        }
        let ready = export::mark_ready(&mut tx, self.export, size, cx.now(), cx.now() + KEEP_EXPORT).await?;
        if ready {
            outbox::publish(&mut tx, cx, &ExportReady { account, export: self.export }).await?;
            let days = u16::try_from(KEEP_EXPORT.whole_days()).unwrap_or(u16::MAX);
            tell(&mut tx, cx, account, &Message::ExportReady { link: link("/account/privacy"), days })
                .await?;
        }
        tx.commit().await?;
        if !ready {
            // The account was erased meanwhile.
            exports.remove(self.export).await?;
        }
        Ok(())
    }
}

/// Removes the files of archives whose time is over, and gives up those whose job was lost on its way: a worker that
/// vanished in its last attempt could not say so.
#[derive(Serialize, Deserialize)]
pub struct SweepExports {}

impl Job for SweepExports {
    const NAME: &'static str = "privacy.sweep_exports";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let exports = exports(cx)?;
        let mut db = cx.db().acquire().await?;
        let overdue = export::list_overdue(&mut db, cx.now()).await?;
        for id in &overdue {
            exports.remove(*id).await?;
        }
        export::mark_expired(&mut db, &overdue).await?;
        export::mark_lost(&mut db, cx.now() - GIVE_UP_EXPORT, cx.now()).await?;
        Ok(())
    }
}

fn exports(cx: &Cx) -> Result<std::sync::Arc<Exports>, JobError> {
    cx.part::<Exports>().ok_or_else(|| JobError::fatal("there is no store of archives"))
}

/// The largest form of the profile's picture there is; none where there is none.
async fn picture(cx: &Cx, account: AccountId) -> Result<Option<Bytes>, JobError> {
    let media = profile::store::get(&mut *cx.db().acquire().await?, account).await?.media;
    let (Some(media), Some(files)) = (media, cx.part::<Files>()) else { return Ok(None) };
    for width in [1080, 640, 320, 160] {
        if let Some(bytes) = files.form(media, width, PictureFormat::Jpeg).await? {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

/// A ZIP that is being written, in memory: what is known of one person is some hundred kilobytes.
struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Default for Archive {
    fn default() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }
}

impl Archive {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), JobError> {
        self.0.start_file(name, SimpleFileOptions::default())?;
        Ok(self.0.write_all(bytes)?)
    }

    fn finish(self) -> Result<Vec<u8>, JobError> {
        Ok(self.0.finish()?.into_inner())
    }
}
