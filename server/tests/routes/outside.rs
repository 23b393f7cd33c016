//! Who the market deals with: banks, couriers and a sign-in provider, none of whom answers, and the simulators.

use axum::Router;
use bank::{Bank, BankSettings};
use carrier::{Carrier, CarrierSettings};
use flows::{fulfil::Fleet, till::Till, withdraw::Cashier};
use identity::provider::{Provider, ProviderSettings};
use kernel::Kernel;
use payment::{
    Secret,
    payout::SimulatedPayouts,
    provider::{Simulator, SimulatorSettings},
};
use shipping::{BiteshipOrders, Dispatcher, OrdersSettings, WebhookProof};
use std::{sync::Arc, time::Duration};

const SECRET: &str = "a secret of the tests";

/// A bank that nobody answers for: what it takes is placed, and how to pay it is not known yet.
fn unanswered() -> SimulatorSettings {
    let secret = || Secret::new(SECRET.to_owned());
    SimulatorSettings { base: "http://127.0.0.1:9".to_owned(), key: secret(), webhook_secret: secret() }
}

pub(crate) fn till() -> Till {
    Till::new("http://localhost", vec![Arc::new(Simulator::new(unanswered()).unwrap())])
}

pub(crate) fn cashier() -> Cashier {
    Cashier::new("http://localhost", Arc::new(SimulatedPayouts::new(unanswered()).unwrap()))
}

/// A carrier that nobody answers for.
pub(crate) fn fleet() -> Fleet {
    let text = |text: &str| text.to_owned();
    let dispatcher: Arc<dyn Dispatcher> = Arc::new(
        BiteshipOrders::new(OrdersSettings {
            name: "simulator",
            url: text("http://127.0.0.1:9"),
            key: text(SECRET),
            proof: WebhookProof::Signed { name: "x-carrier-signature", secret: text(SECRET) },
            own_couriers: true,
            notify_url: None,
            to_connect: Duration::from_secs(1),
            to_answer: Duration::from_secs(1),
        })
        .unwrap(),
    );
    Fleet::new(String::new(), vec![dispatcher])
}

/// The bank and the carrier that come with the product.
pub(crate) fn simulators(kernel: &Kernel) -> Router {
    let secret = || bank::Secret::new(SECRET.to_owned());
    let bank = BankSettings {
        base_url: "http://localhost/sim/bank".to_owned(),
        api_key: secret(),
        webhook_secret: secret(),
        stylesheet: None,
    };
    let carrier = CarrierSettings { api_key: secret(), webhook_secret: secret(), stylesheet: None };
    bank::router(kernel, Arc::new(Bank::open(bank).unwrap()))
        .merge(carrier::router(kernel, Arc::new(Carrier::open(carrier).unwrap())))
}

/// A sign-in provider that nobody answers for.
pub(crate) fn away() -> Provider {
    let text = |text: &str| text.to_owned();
    Provider::open(ProviderSettings {
        issuer: text("http://127.0.0.1:9"),
        client_id: text("pasar"),
        client_secret: text("a secret of the tests"),
        label: text("Contoh"),
        back: text("http://localhost/sign-in/provider"),
    })
    .unwrap()
}
