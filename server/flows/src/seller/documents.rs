//! Showing who is behind a shop. What is sent is judged by its content and kept sealed until a month after the decision.

use super::{
    AtShop,
    papers::{Papers, PapersError},
};
use access::audit::{Entry, Subject, record};
use bytes::Bytes;
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use media::{ReceiveError, Refused};
use model::{
    AppError, Code, FieldError, ShopRole,
    audit::Action,
    ids::{DocumentId, VerificationId},
    shop::{ApplicantKind, DocumentKind, limits},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shop::{
    store::verification as store,
    verification::{ContentType, LegalName, NewDocument, NewVerification, SendError},
};

/// What was typed and chosen in the form.
#[derive(Clone, Debug)]
pub struct Applicant {
    pub kind: ApplicantKind,
    pub legal_name: String,
    pub files: Vec<(DocumentKind, Bytes)>,
}

#[derive(Debug, thiserror::Error)]
pub enum SendDocumentsError {
    /// Only its owner shows who is behind a shop.
    #[error("there is no such shop")]
    NotOwner,
    #[error("the name is not one")]
    Name(FieldError),
    #[error("{0} is wanted as well")]
    Missing(DocumentKind),
    #[error("a document has at most {} MB", limits::DOCUMENT_BYTES / 1024 / 1024)]
    TooLarge(DocumentKind),
    #[error("{0} is no document that can be read")]
    Unreadable(DocumentKind),
    #[error(transparent)]
    Send(#[from] SendError),
    #[error(transparent)]
    Papers(#[from] PapersError),
    #[error(transparent)]
    Receive(ReceiveError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SendDocumentsError> for AppError {
    fn from(error: SendDocumentsError) -> Self {
        match error {
            SendDocumentsError::NotOwner => Self::not_found(),
            SendDocumentsError::Name(error) => Self::field("legal_name", error),
            SendDocumentsError::Missing(kind) => Self::field(kind.as_str(), FieldError::Required),
            SendDocumentsError::TooLarge(kind) => {
                Self::new(Code::TooLarge).and(kind.as_str(), FieldError::TooLong)
            }
            SendDocumentsError::Unreadable(kind) => Self::field(kind.as_str(), FieldError::Malformed),
            SendDocumentsError::Send(error) => error.into(),
            SendDocumentsError::Papers(_) => Code::Unavailable.into(),
            SendDocumentsError::Receive(error) => error.into(),
            SendDocumentsError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Takes in all documents of an applicant at once and puts the shop into the operators' queue. Nothing is kept where one
/// of them is missing or cannot be read.
pub async fn send(cx: &Cx, at: &AtShop, applicant: Applicant) -> Result<VerificationId, SendDocumentsError> {
    if at.role() != ShopRole::Owner {
        return Err(SendDocumentsError::NotOwner);
    }
    let papers = Papers::of(cx)?;
    let legal_name = LegalName::parse(&applicant.legal_name).map_err(SendDocumentsError::Name)?;
    let mut files = Vec::new();
    for kind in applicant.kind.documents() {
        let file = applicant.files.iter().find(|(of, bytes)| of == kind && !bytes.is_empty());
        let (_, bytes) = file.ok_or(SendDocumentsError::Missing(*kind))?;
        let (content_type, plain) = judged(*kind, bytes.clone()).await?;
        let new = NewDocument { id: cx.id(), shop: at.shop(), kind: *kind, content_type, bytes: plain.len() };
        files.push((new, plain));
    }
    let mut tx = cx.begin().await?;
    for (new, _) in &files {
        store::insert_document(&mut tx, new, cx.now()).await?;
    }
    tx.commit().await?;
    for (new, plain) in &files {
        papers.put(cx, new.id, plain).await?;
    }

    let mut tx = cx.begin().await?;
    let new = NewVerification {
        id: cx.id(),
        shop: at.shop(),
        kind: applicant.kind,
        legal_name,
        sent_by: at.member().account,
    };
    let documents: Vec<DocumentId> = files.iter().map(|(new, _)| new.id).collect();
    store::send(&mut tx, &new, &documents, cx.now()).await?;
    let entry = Entry::of(Action::ShopDocumentsSent, Subject::Shop(at.shop()));
    record(&mut tx, cx, &entry.after(json!({"verification": new.id, "kind": new.kind}))).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// A photograph is written anew, so that nothing but its pixels is kept; a PDF stays as it is, and is never opened here.
async fn judged(kind: DocumentKind, bytes: Bytes) -> Result<(ContentType, Bytes), SendDocumentsError> {
    if bytes.len() > limits::DOCUMENT_BYTES {
        return Err(SendDocumentsError::TooLarge(kind));
    }
    if kind.may_be_pdf() && bytes.starts_with(b"%PDF-") {
        return Ok((ContentType::Pdf, bytes));
    }
    match media::rewritten(bytes).await {
        Ok(jpeg) => Ok((ContentType::Jpeg, jpeg)),
        Err(ReceiveError::Refused(Refused::TooManyBytes)) => Err(SendDocumentsError::TooLarge(kind)),
        Err(ReceiveError::Refused(_)) => Err(SendDocumentsError::Unreadable(kind)),
        Err(error) => Err(SendDocumentsError::Receive(error)),
    }
}

/// Documents deleted at a time.
const SWEEP: i64 = 100;

/// Deletes documents whose time is over. Run by the clock; the files go before the rows say so, so that a run that is cut
/// short is made up for by the next.
#[derive(Serialize, Deserialize)]
pub struct SweepDocuments {}

impl Job for SweepDocuments {
    const NAME: &'static str = "shop.sweep_documents";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let papers = Papers::of(cx)?;
        let mut db = cx.db().acquire().await?;
        loop {
            let overdue = store::list_overdue(&mut db, cx.now(), SWEEP).await?;
            if overdue.is_empty() {
                return Ok(());
            }
            for id in &overdue {
                papers.remove(*id).await?;
            }
            store::mark_deleted(&mut db, &overdue, cx.now()).await?;
        }
    }
}
