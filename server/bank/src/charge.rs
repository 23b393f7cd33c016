//! Charges, what happens to them, and what is paid back. Sums are in minor units of the charge's currency.

use kernel::{Ids, Uuid};
use model::{
    Currency, Money,
    ids::PaymentId,
    payment::{Method, MethodKind},
    qris::{self, Merchant},
};
use time::OffsetDateTime;
use url::Url;

model::ids!(
    /// Something to be paid.
    ChargeId,
    /// Something that happened to a charge.
    EventId,
    RefundId,
);

model::named!(ChargeState {
    Open = "open",
    /// All of it came, or more.
    Paid = "paid",
    /// An attempt to pay did not go through; another may.
    Failed = "failed",
    /// The deadline has passed. Money that comes anyway is taken, and told.
    Expired = "expired",
    /// Whoever asked to be paid does not want it any more; nothing is taken.
    Cancelled = "cancelled",
});

model::named!(EventKind {
    Paid = "charge.paid",
    Failed = "charge.failed",
    Expired = "charge.expired",
    ChargedBack = "charge.charged_back",
    RefundSettled = "refund.settled",
    RefundFailed = "refund.failed",
});

model::named!(RefundState {
    Sent = "sent",
    Settled = "settled",
    Failed = "failed",
});

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Charge {
    pub id: ChargeId,
    pub payment: PaymentId,
    pub amount: Money,
    pub method: Method,
    /// What people type or show; see [`Instructions`].
    pub number: String,
    pub qr_payload: Option<String>,
    pub description: String,
    pub notify_url: String,
    pub return_url: String,
    pub state: ChargeState,
    pub paid: i64,
    pub refunded: i64,
    pub charged_back: i64,
    pub refuses_refunds: bool,
    pub due_at: OffsetDateTime,
    pub created_at: OffsetDateTime,
    /// Grows with each change.
    pub version: i32,
}

impl Charge {
    /// What is there to be given back.
    pub const fn left(&self) -> i64 {
        self.paid - self.refunded - self.charged_back
    }

    /// What the next payment ought to be: the rest of a part, else the whole.
    pub const fn wanted(&self) -> i64 {
        let whole = self.amount.amount();
        if self.paid < whole { whole - self.paid } else { whole }
    }

    pub fn instructions(&self) -> Instructions<'_> {
        match self.method.kind() {
            MethodKind::VirtualAccount => Instructions::VirtualAccount(&self.number),
            MethodKind::RetailCode => Instructions::RetailCode(&self.number),
            MethodKind::Qris => Instructions::Qr(self.qr_payload.as_deref().unwrap_or_default()),
            MethodKind::Ewallet | MethodKind::Card | MethodKind::CashOnDelivery | MethodKind::ShopBalance => {
                Instructions::Page
            }
        }
    }
}

/// How a charge is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Instructions<'a> {
    VirtualAccount(&'a str),
    RetailCode(&'a str),
    Qr(&'a str),
    /// On the charge's page.
    Page,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    pub id: EventId,
    pub charge: ChargeId,
    pub kind: EventKind,
    pub amount: i64,
    /// Of one payment, so that paying twice is two payments; what is charged back names the payment, what is paid back
    /// the refund's key.
    pub reference: String,
    pub occurred_at: OffsetDateTime,
    pub delivered_at: Option<OffsetDateTime>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refund {
    pub id: RefundId,
    pub charge: ChargeId,
    pub key: String,
    pub amount: i64,
    pub state: RefundState,
}

/// Why something cannot be charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotACharge {
    #[error("an amount is between 1 and a quadrillion")]
    Amount,
    #[error("nobody pays a bank this way, or not in this currency")]
    Method,
    #[error("not a web address")]
    Address,
    #[error("a description has at most 200 characters")]
    Description,
}

/// A charge as it is asked for, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCharge {
    pub payment: PaymentId,
    pub amount: Money,
    pub method: Method,
    pub due_at: OffsetDateTime,
    pub notify_url: String,
    pub return_url: String,
    pub description: String,
}

impl NewCharge {
    const MOST: i64 = 1_000_000_000_000_000;

    pub fn check(self) -> Result<Self, NotACharge> {
        let address = |text: &str| {
            let web = Url::parse(text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()));
            web && text.len() <= 2_000
        };
        let rupiah = self.amount.currency() == Currency::Idr;
        let payable = match self.method.kind() {
            MethodKind::CashOnDelivery | MethodKind::ShopBalance => false,
            MethodKind::Card => true,
            _ => rupiah,
        };
        if !(1..=Self::MOST).contains(&self.amount.amount()) {
            Err(NotACharge::Amount)
        } else if !payable {
            Err(NotACharge::Method)
        } else if !address(&self.notify_url) || !address(&self.return_url) {
            Err(NotACharge::Address)
        } else if self.description.chars().count() > 200 {
            Err(NotACharge::Description)
        } else {
            Ok(self)
        }
    }

    /// A number for it: the codes of the banks are those of Bank Indonesia's list, what follows is chance.
    pub(crate) fn number(&self, ids: &dyn Ids) -> String {
        let chance = ids.random();
        match self.method {
            Method::VaBca => format!("9014{:012}", chance % 1_000_000_000_000),
            Method::VaMandiri => format!("9008{:012}", chance % 1_000_000_000_000),
            Method::VaBni => format!("9009{:012}", chance % 1_000_000_000_000),
            Method::VaBri => format!("9002{:012}", chance % 1_000_000_000_000),
            Method::VaPermata => format!("9013{:012}", chance % 1_000_000_000_000),
            Method::Alfamart => format!("71{:010}", chance % 10_000_000_000),
            Method::Indomaret => format!("72{:010}", chance % 10_000_000_000),
            _ => format!("80{:012}", chance % 1_000_000_000_000),
        }
    }

    /// What the QR code says, where there is one.
    pub(crate) fn qr_payload(&self, number: &str) -> Option<String> {
        (self.method == Method::Qris).then(|| qris::payload(&merchant(), self.amount.amount(), number))
    }
}

/// Who is paid, as a banking app shows it. All of it is made up.
fn merchant() -> Merchant {
    Merchant {
        acquirer: "ID.CO.BANKSIMULASI.WWW".to_owned(),
        account: "936000000000000017".to_owned(),
        nmid: "ID1000000000017".to_owned(),
        category: 5399,
        name: "PASAR SIMULASI".to_owned(),
        city: "JAKARTA PUSAT".to_owned(),
        postcode: "10110".to_owned(),
    }
}

/// A payment's number, short enough to be read out.
pub(crate) fn reference(ids: &dyn Ids) -> String {
    let id: Uuid = ids.uuid();
    format!("TRX{}", id.simple().to_string().to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::ids::SequentialIds;

    fn charge(amount: Money, method: Method) -> NewCharge {
        NewCharge {
            payment: PaymentId::new(Uuid::from_u128(1)),
            amount,
            method,
            due_at: OffsetDateTime::UNIX_EPOCH,
            notify_url: "http://127.0.0.1:3000/hooks".to_owned(),
            return_url: "https://pasar.example/orders".to_owned(),
            description: String::new(),
        }
    }

    #[test]
    fn what_cannot_be_charged_is_refused() {
        let good = charge(Money::idr(1_000), Method::VaBca);
        let script = "javascript:alert(1)".to_owned();
        let cases = [
            (good.clone(), None),
            (charge(Money::new(1_000, Currency::Usd), Method::Card), None),
            (charge(Money::idr(0), Method::VaBca), Some(NotACharge::Amount)),
            (charge(Money::idr(-1), Method::VaBca), Some(NotACharge::Amount)),
            (charge(Money::idr(i64::MAX), Method::VaBca), Some(NotACharge::Amount)),
            (charge(Money::idr(1), Method::Cod), Some(NotACharge::Method)),
            (charge(Money::new(1, Currency::Usd), Method::Qris), Some(NotACharge::Method)),
            (NewCharge { return_url: script, ..good.clone() }, Some(NotACharge::Address)),
            (NewCharge { notify_url: "/hooks".to_owned(), ..good.clone() }, Some(NotACharge::Address)),
            (NewCharge { description: "x".repeat(201), ..good }, Some(NotACharge::Description)),
        ];
        for (asked, refusal) in cases {
            assert_eq!(asked.clone().check().err(), refusal, "{asked:?}");
        }
    }

    #[test]
    fn each_method_has_numbers_of_its_own_form() {
        let ids = SequentialIds::default();
        for method in Method::ALL {
            let number = charge(Money::idr(1), *method).number(&ids);
            assert!(
                (12..=16).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()),
                "{number}"
            );
        }
        let asked = charge(Money::idr(150_000), Method::Qris);
        let payload = asked.qr_payload("80123456789012").unwrap();
        let read = qris::check(&payload).unwrap();
        assert_eq!((read.amount, read.bill.as_deref()), (Some(150_000), Some("80123456789012")));
        assert_eq!(charge(Money::idr(1), Method::VaBca).qr_payload("1"), None);
    }
}
