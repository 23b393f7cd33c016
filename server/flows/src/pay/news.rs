//! Pages that wait for a payment hear of it from the node they are open at.

use kernel::{
    Kernel, Uuid,
    outbox::{Event, Follower},
};
use model::ids::{OrderGroupId, PaymentId, RefundId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::broadcast;

/// There is something new about a payment: how to pay it, that it was paid, that it ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PaymentChanged {
    pub payment: PaymentId,
}

impl Event for PaymentChanged {
    const NAME: &'static str = "payment.changed";
    fn key(&self) -> Uuid {
        self.payment.uuid()
    }
}

/// What came too late, twice or beyond what was due goes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MoneyGoesBack {
    pub group: OrderGroupId,
    pub refund: RefundId,
}

impl Event for MoneyGoesBack {
    const NAME: &'static str = "payment.goes_back";
    fn key(&self) -> Uuid {
        self.refund.uuid()
    }
}

/// Whoever listens late by more than this many asks anew.
const KEPT: usize = 1_024;

/// A part of the kernel, fed by [`keep_news`].
pub struct News(broadcast::Sender<PaymentId>);

impl Default for News {
    fn default() -> Self {
        Self(broadcast::Sender::new(KEPT))
    }
}

impl News {
    pub fn listen(&self) -> broadcast::Receiver<PaymentId> {
        self.0.subscribe()
    }
}

/// Passes on what the outbox says of payments, until dropped.
pub async fn keep_news(kernel: Kernel, news: Arc<News>) {
    let mut follower = Follower::from_now(&kernel).await;
    loop {
        for told in follower.next().await {
            if let Some(Ok(PaymentChanged { payment })) = told.event() {
                // Nobody listening is no failure.
                drop(news.0.send(payment));
            }
        }
    }
}
