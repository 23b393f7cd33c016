use crate::Account;
use model::{
    Currency, Money, MoneyError,
    ids::{JournalId, Uuid},
};
use std::collections::BTreeMap;
use time::OffsetDateTime;

model::named!(
    /// What happened to the money.
    JournalKind {
        /// A provider took money in, which is owed to the buyer until it is decided what it is for.
        Received = "received",
        /// What a buyer is owed went into the escrows of what was paid with it.
        Paid = "paid",
        /// A courier took the money at the door.
        Collected = "collected",
        /// A payment came for what is no longer there; it goes back.
        LatePayment = "late_payment",
        /// It was decided that a buyer gets money back.
        Refunded = "refunded",
        /// The provider has paid it back.
        RefundSettled = "refund_settled",
        /// What was in escrow went to whom it belongs.
        Released = "released",
        /// A shop takes its money out.
        Withdrawn = "withdrawn",
        /// A buyer's bank took a payment back.
        ChargedBack = "charged_back",
        /// A provider or courier paid what it held into our bank account.
        Settled = "settled",
        /// A shop received goods it has yet to pay.
        SupplierBilled = "supplier_billed",
        SupplierPaid = "supplier_paid",
        /// A member has coins for an order that is complete.
        CoinsEarned = "coins_earned",
        /// Coins took something off an order.
        CoinsSpent = "coins_spent",
        /// What an order took of them came back.
        CoinsReturned = "coins_returned",
        /// Coins were not spent in time.
        CoinsExpired = "coins_expired",
        /// An earlier journal is undone.
        Reversed = "reversed",
    }
);

/// What a journal moves: positive to an account, negative from it.
pub type Entries = Vec<(Account, Money)>;

/// What is to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewJournal {
    pub id: JournalId,
    pub kind: JournalKind,
    /// What it is about: a group, an order, a refund, a withdrawal.
    pub reference: Uuid,
    /// 1 to 200 characters that name this one happening: `paid:<payment>`.
    pub key: String,
    pub at: OffsetDateTime,
    pub entries: Entries,
}

/// A journal as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Journal {
    pub id: JournalId,
    pub kind: JournalKind,
    pub reference: Uuid,
    pub key: String,
    pub at: OffsetDateTime,
    pub entries: Entries,
}

/// One entry of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Grows with time, so lists go by it.
    pub id: i64,
    pub journal: JournalId,
    pub kind: JournalKind,
    pub reference: Uuid,
    pub amount: Money,
    pub at: OffsetDateTime,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Posted {
    New,
    /// The same was posted before; nothing was written.
    Already,
}

#[derive(thiserror::Error, Debug)]
pub enum PostError {
    #[error("nothing is moved")]
    Empty,
    #[error("the entries in {0} do not sum to zero")]
    Unbalanced(Currency),
    /// There is less than is to be taken.
    #[error("there is not enough in {account}")]
    Insufficient { account: Account },
    /// The key stands for a journal that says something else.
    #[error("the key was used for something else")]
    KeyTaken,
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl NewJournal {
    /// What it comes to for each account, in the order in which accounts are locked; without those that gain and lose
    /// as much.
    pub(crate) fn net(&self) -> Result<Vec<(Account, Money)>, PostError> {
        let mut per_account: BTreeMap<(&Account, &str), Money> = BTreeMap::new();
        let mut per_currency: BTreeMap<&str, Money> = BTreeMap::new();
        for (account, amount) in &self.entries {
            let currency = amount.currency();
            for sum in [
                per_account.entry((account, currency.code())).or_insert(Money::zero(currency)),
                per_currency.entry(currency.code()).or_insert(Money::zero(currency)),
            ] {
                *sum = sum.plus(*amount)?;
            }
        }
        if let Some(off) = per_currency.values().find(|sum| !sum.is_zero()) {
            return Err(PostError::Unbalanced(off.currency()));
        }
        let net: Vec<_> = per_account
            .into_iter()
            .filter(|(_, sum)| !sum.is_zero())
            .map(|((account, _), sum)| (account.clone(), sum))
            .collect();
        if net.is_empty() { Err(PostError::Empty) } else { Ok(net) }
    }
}
