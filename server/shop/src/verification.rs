//! Who is behind a shop: what whoever owns it shows, and what an operator makes of it.

use model::{
    AppError, Code, FieldError,
    ids::{AccountId, DocumentId, ShopId, VerificationId},
    shop::{ApplicantKind, DocumentKind, limits},
    typed,
};
use std::fmt;
use time::Duration;

/// Documents are kept for so long after the decision, should it be asked about.
pub const KEEP: Duration = Duration::days(limits::KEEP_DAYS as i64);
/// What was received but never sent with all that belongs to it is kept for so long.
pub const KEEP_UNSENT: Duration = Duration::days(1);

/// The name on the documents: one line of at most [`limits::LEGAL_NAME`] characters.
#[derive(Clone, PartialEq, Eq)]
pub struct LegalName(String);

impl LegalName {
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        typed::required_line(typed, 1, limits::LEGAL_NAME).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for LegalName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LegalName(…)")
    }
}

/// A file that was received.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewDocument {
    pub id: DocumentId,
    pub shop: ShopId,
    pub kind: DocumentKind,
    pub content_type: ContentType,
    pub bytes: usize,
}

model::named!(
    /// What documents are kept as.
    ContentType {
        Jpeg = "image/jpeg",
        Pdf = "application/pdf",
    }
);

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewVerification {
    pub id: VerificationId,
    pub shop: ShopId,
    pub kind: ApplicantKind,
    pub legal_name: LegalName,
    pub sent_by: AccountId,
}

/// Why documents are not taken.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error("the shop is verified already")]
    Verified,
    #[error("what was sent before is still being looked at")]
    Waiting,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SendError> for AppError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Verified | SendError::Waiting => Self::new(Code::Conflict),
            SendError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// What an operator decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    Approved,
    Rejected(Reason),
}

/// What the owner is told to correct: at most [`limits::REASON`] characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason(String);

impl Reason {
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        typed::paragraphs(typed, limits::REASON)?.map(Self).ok_or(FieldError::Required)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
