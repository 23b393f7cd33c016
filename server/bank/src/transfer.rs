//! Money the bank sends out.

use crate::{
    Bank,
    sim::NotTaken,
    store::{self, TransferKey},
};
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority, enqueue},
};
use model::Money;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

model::ids!(
    /// Money on its way out.
    TransferId,
);

model::named!(TransferState {
    Sent = "sent",
    Settled = "settled",
    /// Nobody has the account, so it came back.
    Failed = "failed",
});

/// Accounts whose numbers end like this are nobody's.
pub const NOBODYS: &str = "0000";

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewTransfer {
    pub key: String,
    pub amount: Money,
    pub bank: String,
    pub number: String,
    pub description: String,
    pub notify_url: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transfer {
    pub id: TransferId,
    pub key: String,
    pub amount: Money,
    pub bank: String,
    pub number: String,
    pub description: String,
    pub notify_url: String,
    pub state: TransferState,
    pub created_at: OffsetDateTime,
    pub ended_at: Option<OffsetDateTime>,
    pub told_at: Option<OffsetDateTime>,
}

#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    #[error("an amount is positive, a number has 6 to 20 digits, and there is somebody to tell")]
    Invalid,
    /// The key was used for another transfer.
    #[error("the key was used for another transfer")]
    KeyReused,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Sends money; how it ended follows. The same key is the same transfer.
pub async fn send(db: &mut PgConnection, cx: &Cx, new: &NewTransfer) -> Result<Transfer, TransferError> {
    let number = (6..=20).contains(&new.number.len()) && new.number.bytes().all(|b| b.is_ascii_digit());
    let address = new.notify_url.starts_with("http://") || new.notify_url.starts_with("https://");
    let short = (1..=100).contains(&new.key.len())
        && new.description.chars().count() <= 200
        && (2..=20).contains(&new.bank.len())
        && new.bank.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        && new.notify_url.len() <= 2_000;
    if !(1..=1_000_000_000_000_000).contains(&new.amount.amount()) || !number || !address || !short {
        return Err(TransferError::Invalid);
    }
    let fresh = store::insert_transfer(db, cx.id(), new, cx.now()).await?;
    let transfer = store::find_transfer(db, TransferKey::Key(&new.key)).await?;
    let transfer = transfer.ok_or(sqlx::Error::RowNotFound)?;
    if (transfer.amount, &transfer.number) != (new.amount, &new.number) {
        return Err(TransferError::KeyReused);
    }
    if fresh {
        enqueue(db, cx, &EndTransfer { transfer: transfer.id }).unique(transfer.id).await?;
    }
    Ok(transfer)
}

/// Lets a transfer arrive or come back, and tells whoever asked for it. Told again until it is taken.
#[derive(Serialize, Deserialize)]
pub struct EndTransfer {
    pub transfer: TransferId,
}

impl Job for EndTransfer {
    const NAME: &'static str = "bank.end_transfer";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let bank = cx.part::<Bank>().ok_or_else(|| JobError::retry("this process has no bank"))?;
        let mut db = cx.db().acquire().await?;
        let Some(transfer) = store::find_transfer(&mut db, TransferKey::Id(self.transfer)).await? else {
            return Err(JobError::discard("there is no such transfer"));
        };
        let state =
            if transfer.number.ends_with(NOBODYS) { TransferState::Failed } else { TransferState::Settled };
        store::end_transfer(&mut db, self.transfer, state, cx.now()).await?;
        let transfer = store::find_transfer(&mut db, TransferKey::Id(self.transfer)).await?;
        let Some(transfer) = transfer.filter(|it| it.told_at.is_none()) else { return Ok(()) };
        drop(db);
        let told = bank.teller.tell(&transfer.notify_url, document(&transfer).to_string(), cx.now()).await;
        let mut db = cx.db().acquire().await?;
        match told {
            Ok(answer) => {
                Ok(store::mark_transfer_told(&mut db, self.transfer, &answer, Some(cx.now())).await?)
            }
            Err(NotTaken(answer)) => {
                store::mark_transfer_told(&mut db, self.transfer, &answer, None).await?;
                Err(JobError::retry(answer))
            }
        }
    }
}

/// A transfer as it is told, and as the API answers.
pub(crate) fn document(transfer: &Transfer) -> Value {
    let at = transfer.ended_at.unwrap_or(transfer.created_at);
    json!({
        "type": format!("transfer.{}", transfer.state),
        "transfer_id": transfer.id,
        "key": transfer.key,
        "amount": transfer.amount.amount(),
        "currency": transfer.amount.currency(),
        "state": transfer.state,
        "occurred_at": at.format(&Rfc3339).unwrap_or_default(),
    })
}
