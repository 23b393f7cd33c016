//! Paying an order group: a provider is asked, tells what happens, and what follows from it follows once.
//!
//! Whoever changes something about a payment locks its group first, then the payment. What a provider tells is written
//! before anything follows from it, so a message that comes again changes nothing. Money that comes too late, twice, or
//! beyond what was asked for goes back in full.
//!
//! The balance of a shop pays in our own books ([`from_balance`]): there the ledger is the provider, and what it did is
//! told as one would.

mod ask;
pub(crate) mod balance;
mod change;
mod expire;
mod hear;
mod news;
mod refund;
mod view;

pub use ask::{AskPayment, AskProviders};
pub use balance::from_balance;
pub use change::{change_method, change_method_once};
pub use expire::ExpireGroup;
pub use hear::{HearError, hear};
pub use news::{MoneyGoesBack, News, PaymentChanged, keep_news};
pub use refund::SendRefund;
pub(crate) use refund::{give_back, paid_with, request};
pub use view::{is_of, view};

use crate::{once::OnceError, till::Till};
use kernel::{
    Cx, Tx,
    jobs::{self, Job, JobError, NewJob, Priority},
    outbox,
};
use model::{
    AppError, Code, FieldError,
    ids::{OrderGroupId, OrderId, PaymentId},
    order::GroupState,
    payment::Method,
};
use order::{NewGroup, Number};
use payment::{InsertError, NewPayment, OpenRequest, Provider, ProviderError, Share};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

#[derive(Debug, thiserror::Error)]
pub enum PayError {
    #[error("there is no such payment")]
    NotFound,
    #[error("it has been paid")]
    AlreadyPaid,
    /// Expired, cancelled or given up.
    #[error("it is not to be paid any more")]
    Over,
    #[error("it cannot be paid this way")]
    Method,
    #[error("the shop has not so much")]
    Balance,
    #[error(transparent)]
    Once(#[from] OnceError),
    #[error(transparent)]
    Provider(#[from] ProviderError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<PayError> for AppError {
    fn from(error: PayError) -> Self {
        match error {
            PayError::NotFound => Self::not_found(),
            PayError::AlreadyPaid => Self::new(Code::AlreadyPaid),
            PayError::Over => Self::new(Code::Conflict),
            PayError::Method => Self::field("method", FieldError::NotAllowed),
            PayError::Balance => Self::new(Code::InsufficientBalance),
            PayError::Once(error) => error.into(),
            PayError::Provider(_) => Self::new(Code::Unavailable),
            PayError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Whoever places asks the provider themselves; what they have not heard by then is asked for them.
const OPENED_WITHIN: Duration = Duration::seconds(10);

/// A new payment of a group that is being placed, in its transaction: the provider is asked afterwards.
pub(crate) async fn begin(
    cx: &Cx,
    tx: &mut Tx,
    till: &Till,
    group: &NewGroup,
    due: OffsetDateTime,
) -> Result<PaymentId, sqlx::Error> {
    let shares = group.orders.iter().map(|order| Share { order: order.id, amount: order.sums.total });
    let (id, asks) = insert(cx, tx, till, group.id, group.method, shares.collect(), due).await?;
    let ends = NewJob::of(&ExpireGroup { group: group.id }).unique(group.id).at(due);
    jobs::enqueue_all(tx, cx, asks.into_iter().chain([ends]).collect()).await?;
    Ok(id)
}

/// What the provider of a group that was placed just now is asked; none where none takes part. The same as [`open`] asks
/// should it have to ask again: providers compare.
pub(crate) fn request_of(
    cx: &Cx,
    till: &Till,
    payment: PaymentId,
    group: &NewGroup,
    numbers: &[(OrderId, Number)],
    due: OffsetDateTime,
) -> Option<OpenRequest> {
    let provider = till.of(group.method)?;
    let first = group.orders.iter().min_by_key(|order| order.id)?;
    let number = numbers.iter().find(|(id, _)| *id == first.id).map(|(_, number)| number);
    let (return_url, notify_url) = till.addresses(payment, provider.name());
    Some(OpenRequest {
        payment,
        amount: group.total,
        method: group.method,
        now: cx.now(),
        due_at: due,
        description: number.map(ToString::to_string).unwrap_or_default(),
        buyer_name: Some(first.destination.recipient.clone()),
        buyer_email: group.contact.email.as_ref().map(ToString::to_string),
        buyer_phone: group.contact.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        return_url,
        notify_url,
    })
}

/// Writes it, and says which job is to be queued for it.
async fn insert(
    cx: &Cx,
    tx: &mut PgConnection,
    till: &Till,
    group: OrderGroupId,
    method: Method,
    shares: Vec<Share>,
    due: OffsetDateTime,
) -> Result<(PaymentId, Option<NewJob>), sqlx::Error> {
    let unsound = |why: String| sqlx::Error::Decode(why.into());
    let provider = match till.of(method) {
        Some(provider) => provider.name(),
        None if method == Method::Balance => balance::PROVIDER,
        None => return Err(unsound(format!("nobody takes {method}"))),
    };
    let zero = model::Money::zero(shares.first().map_or_else(Default::default, |it| it.amount.currency()));
    let amount = shares.iter().try_fold(zero, |sum, share| sum.plus(share.amount));
    let new = NewPayment {
        id: cx.id(),
        group,
        provider: provider.to_owned(),
        method,
        amount: amount.map_err(|error| sqlx::Error::Decode(error.into()))?,
        shares,
        due_at: due,
        created_at: cx.now(),
    };
    payment::insert(tx, &new).await.map_err(|error| match error {
        InsertError::Sql(error) => error,
        error => unsound(error.to_string()),
    })?;
    let asks = (method != Method::Balance)
        .then(|| NewJob::of(&OpenPayment { payment: new.id }).unique(new.id).at(cx.now() + OPENED_WITHIN));
    Ok((new.id, asks))
}

/// Asks the provider how this is to be paid, unless it has said so or it is over. Asking twice makes one charge.
pub async fn open(cx: &Cx, id: PaymentId) -> Result<(), PayError> {
    let till = cx.part::<Till>().ok_or(PayError::Method)?;
    let mut db = cx.db().acquire().await?;
    let Some(payment) = payment::find(&mut db, id).await? else { return Err(PayError::NotFound) };
    let asked = payment.instructions.is_some() || payment.provider == balance::PROVIDER;
    if asked || !payment.is_open() || payment.due_at <= cx.now() {
        return Ok(());
    }
    let group = order::store::find_group(&mut db, payment.group).await?.ok_or(PayError::NotFound)?;
    let orders = order::store::orders_of(&mut db, payment.group).await?;
    drop(db);
    if group.state != GroupState::AwaitingPayment {
        return Ok(());
    }
    let provider = till.named(&payment.provider).ok_or(PayError::Method)?;
    let (return_url, notify_url) = till.addresses(id, provider.name());
    let request = OpenRequest {
        payment: id,
        amount: payment.amount,
        method: payment.method,
        now: cx.now(),
        due_at: payment.due_at,
        description: orders.first().map(|order| order.number.to_string()).unwrap_or_default(),
        buyer_name: orders.first().and_then(|it| it.destination.as_ref()).map(|to| to.recipient.clone()),
        buyer_email: group.contact.email.as_ref().map(ToString::to_string),
        buyer_phone: group.contact.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        return_url,
        notify_url,
    };
    // Whoever looks at its page is told.
    ask_to_open(cx, provider, &request, true).await
}

/// The same for what was placed just now, whose page nobody has seen yet: all that is asked is known.
pub(crate) async fn open_new(cx: &Cx, request: &OpenRequest) -> Result<(), PayError> {
    let till = cx.part::<Till>().ok_or(PayError::Method)?;
    let provider = till.of(request.method).ok_or(PayError::Method)?;
    ask_to_open(cx, provider, request, false).await
}

async fn ask_to_open(
    cx: &Cx,
    provider: &dyn Provider,
    request: &OpenRequest,
    is_seen: bool,
) -> Result<(), PayError> {
    let id = request.payment;
    let opened = provider.open(request).await?;
    let mut tx = cx.begin().await?;
    jobs::withdraw::<OpenPayment>(&mut tx, id).await?;
    let closed = payment::open(&mut tx, id, &opened, cx.now()).await?;
    if closed.is_some() && is_seen {
        outbox::publish(&mut tx, cx, &PaymentChanged { payment: id }).await?;
    }
    // Who ended it while the provider was being asked had no charge to cancel yet.
    let closed = match closed {
        Some(closed) => closed,
        None => payment::find(&mut tx, id).await?.is_some_and(|payment| !payment.is_open()),
    };
    if closed {
        NewJob::of(&CancelCharge { payment: id }).unique(id).enqueue(&mut tx, cx).await?;
    }
    Ok(tx.commit().await?)
}

/// Asks the provider, where that did not work out at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpenPayment {
    pub payment: PaymentId,
}

impl Job for OpenPayment {
    const NAME: &'static str = "payment.open";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        match open(cx, self.payment).await {
            Ok(()) => Ok(()),
            Err(PayError::NotFound) => Err(JobError::discard("the payment is gone")),
            Err(PayError::Provider(error)) if !error.passes() => Err(JobError::fatal(error.to_string())),
            Err(error) => Err(error.into()),
        }
    }
}

/// Tells the provider that nobody will pay this any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CancelCharge {
    pub payment: PaymentId,
}

impl Job for CancelCharge {
    const NAME: &'static str = "payment.cancel_charge";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let Some(payment) = payment::find(&mut *cx.db().acquire().await?, self.payment).await? else {
            return Err(JobError::discard("the payment is gone"));
        };
        let Some(reference) = payment.provider_ref else { return Ok(()) };
        let till = cx.part::<Till>().ok_or_else(|| JobError::retry("no provider is set up"))?;
        let Some(provider) = till.named(&payment.provider) else {
            return Err(JobError::fatal("the provider is not set up any more"));
        };
        match provider.cancel(&reference).await {
            // It was paid, or ended by itself: whatever comes of it is told.
            Ok(()) | Err(ProviderError::Refused(_) | ProviderError::Unsupported(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
