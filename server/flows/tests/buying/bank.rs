//! A provider that takes payments in memory, and whose messages are written by hand.

use http::HeaderMap;
use kernel::OffsetDateTime;
use model::{
    Money,
    ids::PaymentId,
    payment::{Method, MethodKind},
};
use payment::{
    About, EventKind, How, Instructions, OpenRequest, Opened, Provider, ProviderError, ProviderEvent,
    RefundAnswer, RefundOutcome, RefundRequest, WebhookError,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};
use tokio::sync::Semaphore;

pub const BANK: &str = "bank";

#[derive(Default)]
pub struct Bank(Mutex<Desk>);

/// What was asked of it, and how it answers.
pub struct Desk {
    pub opened: Vec<PaymentId>,
    /// What was asked for, willing or not.
    asked: HashMap<PaymentId, String>,
    pub cancelled: Vec<String>,
    pub refunds: Vec<RefundRequest>,
    pub refund_answer: RefundOutcome,
    /// While there is one, everything is refused with it.
    pub refuses: Option<ProviderError>,
    /// What it tells who asks, by what it calls the payment.
    pub knows: Vec<ProviderEvent>,
    /// While there is one, whoever opens a payment waits for it.
    pub gate: Option<Arc<Semaphore>>,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            opened: vec![],
            asked: HashMap::new(),
            cancelled: vec![],
            refunds: vec![],
            refund_answer: RefundOutcome::Sent,
            refuses: None,
            knows: vec![],
            gate: None,
        }
    }
}

impl Desk {
    fn willing(&self) -> Result<(), ProviderError> {
        self.refuses.clone().map_or(Ok(()), Err)
    }
}

impl Bank {
    pub fn desk(&self) -> MutexGuard<'_, Desk> {
        self.0.lock().unwrap()
    }

    /// What it was asked to pay back of a payment, each wish once.
    pub fn asked_back(&self, payment: PaymentId) -> Vec<i64> {
        let desk = self.desk();
        desk.refunds.iter().filter(|it| it.payment == payment).map(|it| it.amount.amount()).collect()
    }
}

pub fn ref_of(payment: PaymentId) -> String {
    format!("bank-{payment}")
}

/// A message about a payment. `reference` names the transfer, or the refund by its key.
pub fn told(
    payment: PaymentId,
    kind: EventKind,
    reference: &str,
    amount: i64,
    at: OffsetDateTime,
) -> ProviderEvent {
    ProviderEvent {
        id: format!("{payment}:{kind}:{reference}:{}", at.unix_timestamp_nanos()),
        about: About::ProviderRef(ref_of(payment)),
        kind,
        reference: reference.to_owned(),
        amount: Money::idr(amount),
        occurred_at: at,
        body: serde_json::Value::Null,
    }
}

#[async_trait::async_trait]
impl Provider for Bank {
    fn name(&self) -> &'static str {
        BANK
    }

    fn methods(&self) -> &'static [Method] {
        &[Method::VaBca, Method::VaMandiri, Method::Qris, Method::Gopay, Method::Card, Method::Alfamart]
    }

    async fn open(&self, request: &OpenRequest) -> Result<Opened, ProviderError> {
        let gate = self.desk().gate.clone();
        if let Some(gate) = gate {
            drop(gate.acquire().await);
        }
        let mut desk = self.desk();
        // As providers do, who take the payment for the key of the request.
        let said = format!("{} {:?} {}", request.description, request.buyer_name, request.amount);
        let before = desk.asked.entry(request.payment).or_insert_with(|| said.clone());
        assert_eq!(*before, said, "asked again, but not for the same");
        desk.willing()?;
        desk.opened.push(request.payment);
        let how = match request.method.kind() {
            MethodKind::Qris => How::Qr { payload: "00020101021226".to_owned() },
            MethodKind::RetailCode => How::RetailCode { code: "1234".to_owned() },
            _ => How::VirtualAccount { number: "8808123456789012".to_owned(), biller: None },
        };
        let instructions = Instructions { how, expires_at: Some(request.due_at), page: None };
        Ok(Opened { provider_ref: ref_of(request.payment), instructions })
    }

    async fn cancel(&self, provider_ref: &str) -> Result<(), ProviderError> {
        let mut desk = self.desk();
        desk.willing()?;
        desk.cancelled.push(provider_ref.to_owned());
        Ok(())
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, ProviderError> {
        let mut desk = self.desk();
        desk.willing()?;
        assert!(request.key.len() <= 64, "a key of {} bytes", request.key.len());
        assert!(desk.refunds.iter().all(|it| it.key != request.key), "asked twice");
        desk.refunds.push(request.clone());
        Ok(RefundAnswer { provider_ref: None, outcome: desk.refund_answer })
    }

    async fn status(&self, of: &str, _: OffsetDateTime) -> Result<Vec<ProviderEvent>, ProviderError> {
        let desk = self.desk();
        desk.willing()?;
        let about = About::ProviderRef(of.to_owned());
        Ok(desk.knows.iter().filter(|event| event.about == about).cloned().collect())
    }

    fn read_webhook(
        &self,
        _: &HeaderMap,
        _: &[u8],
        _: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, WebhookError> {
        Ok(vec![])
    }
}
