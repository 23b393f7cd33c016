//! Having the bank send the money, and hearing how that ended.

use super::{WithdrawError, told};
use crate::books;
use kernel::{
    Cx, Tx,
    jobs::{Job, JobError},
};
use model::{
    ids::{AccountId, WithdrawalId},
    payout::{PayoutFailure, WithdrawalState},
};
use payment::{
    ProviderError,
    payout::{Outcome, Payouts, Transfer, TransferNews, Withdrawal, store},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who pays shops out here, and where their answers come. A part of the kernel.
pub struct Cashier {
    payouts: Arc<dyn Payouts>,
    site: String,
}

impl Cashier {
    pub fn new(site: impl Into<String>, payouts: Arc<dyn Payouts>) -> Self {
        Self { payouts, site: site.into() }
    }

    pub fn named(&self, name: &str) -> Option<&dyn Payouts> {
        Some(&*self.payouts).filter(|it| it.name() == name)
    }

    fn notify_url(&self) -> String {
        format!("{}/webhooks/payouts/{}", self.site, self.payouts.name())
    }
}

/// Asks the bank to send what was approved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SendWithdrawal {
    pub withdrawal: WithdrawalId,
}

impl Job for SendWithdrawal {
    const NAME: &'static str = "withdrawal.send";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let cashier = cx.part::<Cashier>().ok_or_else(|| JobError::retry("nobody pays out here"))?;
        let mut db = cx.db().acquire().await?;
        let Some(withdrawal) = store::find_withdrawal(&mut db, self.withdrawal).await? else {
            return Err(JobError::discard("the withdrawal is gone"));
        };
        if withdrawal.state != WithdrawalState::Approved {
            return Ok(());
        }
        let Some(account) = store::find_account(&mut db, withdrawal.account).await? else {
            return Err(JobError::fatal("the account is gone"));
        };
        drop(db);
        let transfer = Transfer {
            withdrawal: withdrawal.id,
            amount: withdrawal.amount,
            bank: account.bank,
            number: account.number,
            holder: account.holder,
            description: "Pasar".to_owned(),
            notify_url: cashier.notify_url(),
        };
        let outcome = match cashier.payouts.send(&transfer).await {
            Ok(sent) => {
                let mut tx = cx.begin().await?;
                let name = cashier.payouts.name();
                store::set_provider(&mut tx, withdrawal.id, name, &sent.provider_ref).await?;
                tx.commit().await?;
                sent.outcome
            }
            Err(ProviderError::Refused(_)) => Outcome::Failed(PayoutFailure::UnknownAccount),
            Err(error) if error.passes() => return Err(error.into()),
            Err(error) => return Err(JobError::fatal(error.to_string())),
        };
        Ok(ended(cx, withdrawal.id, outcome).await?)
    }
}

/// The bank tells how a transfer ended.
pub async fn heard(cx: &Cx, news: TransferNews) -> Result<(), WithdrawError> {
    ended(cx, news.withdrawal, news.outcome).await
}

/// What the bank made of a withdrawal, told once or often, in whatever order.
async fn ended(cx: &Cx, id: WithdrawalId, outcome: Outcome) -> Result<(), WithdrawError> {
    let mut tx = cx.begin().await?;
    let withdrawal = store::lock_withdrawal(&mut tx, id).await?.ok_or(WithdrawError::NotFound)?;
    let from = withdrawal.state;
    match (outcome, from) {
        (Outcome::Sent, WithdrawalState::Approved) => {
            step(cx, &mut tx, &withdrawal, WithdrawalState::Sent).await?;
        }
        (Outcome::Settled, WithdrawalState::Approved | WithdrawalState::Sent) => {
            step(cx, &mut tx, &withdrawal, WithdrawalState::Settled).await?;
        }
        (Outcome::Failed(why), WithdrawalState::Approved | WithdrawalState::Sent) => {
            fail(cx, &mut tx, &withdrawal, why, None).await?;
        }
        (Outcome::Failed(_), WithdrawalState::Settled) => {
            tracing::error!(withdrawal.id = %id, "The bank takes back that withdrawal {id} arrived");
        }
        // Known, or older than what is known.
        _ => return Ok(()),
    }
    Ok(tx.commit().await?)
}

async fn step(cx: &Cx, tx: &mut Tx, of: &Withdrawal, to: WithdrawalState) -> Result<(), sqlx::Error> {
    store::move_withdrawal(tx, of.id, (of.state, to), None, None, cx.now()).await?;
    told(cx, tx, of.shop, of.id, to).await?;
    tracing::info!(withdrawal.id = %of.id, "Withdrawal {} is {to}", of.id);
    Ok(())
}

/// It does not arrive: the money is the shop's again.
pub(super) async fn fail(
    cx: &Cx,
    tx: &mut Tx,
    of: &Withdrawal,
    why: PayoutFailure,
    by: Option<AccountId>,
) -> Result<(), sqlx::Error> {
    let step = (of.state, WithdrawalState::Failed);
    if store::move_withdrawal(tx, of.id, step, Some(why), by, cx.now()).await? {
        books::put_back(cx, tx, of.shop, of.id, of.amount).await?;
        told(cx, tx, of.shop, of.id, WithdrawalState::Failed).await?;
        tracing::warn!(withdrawal.id = %of.id, %why, "Withdrawal {} failed", of.id);
    }
    Ok(())
}
