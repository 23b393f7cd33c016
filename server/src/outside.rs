//! Who lies outside: those who take payments and those who send couriers, and their simulators.

use crate::{secrets, settings::Settings, wiring::leptos_options};
use bank::{Bank, BankSettings};
use carrier::{Carrier, CarrierSettings};
use flows::{fulfil::Fleet, rates::Rates, seed, till::Till, withdraw::Cashier};
use kernel::Kernel;
use payment::payout::SimulatedPayouts;
use shipping::{Biteship, BiteshipOrders, BiteshipSettings, Dispatcher, OrdersSettings, WebhookProof};
use std::{sync::Arc, time::Duration};

/// A secret of this installation's own.
fn secret(kernel: &Kernel, settings: &Settings, name: &str) -> anyhow::Result<String> {
    let mut random = [0; 32];
    kernel.ids().fill(&mut random);
    secrets::load_or_make(&settings.data, name, random)
}

/// Who takes payments and pays out.
pub struct Takes {
    pub till: Till,
    pub bank: Option<Arc<Bank>>,
    /// None where nobody pays out: what shops ask for waits.
    pub cashier: Option<Cashier>,
}

/// Who takes payments: those that are set up, and for what they do not take the bank that comes with the product.
pub fn till(kernel: &Kernel, settings: &Settings) -> anyhow::Result<Takes> {
    use payment::{Secret, provider};
    let site = &settings.public_url;
    let mut providers: Vec<Arc<dyn payment::Provider>> = Vec::new();
    if let Some((key, api)) = &settings.payments.midtrans {
        let snap = api.replacen("://api.", "://app.", 1);
        let settings =
            provider::MidtransSettings { server_key: Secret::new(key.clone()), api: api.clone(), snap };
        providers.push(Arc::new(provider::Midtrans::new(settings)?));
    }
    if let Some((key, token, api)) = &settings.payments.xendit {
        let settings = provider::XenditSettings {
            secret_key: Secret::new(key.clone()),
            callback_token: Secret::new(token.clone()),
            api: api.clone(),
        };
        providers.push(Arc::new(provider::Xendit::new(settings)?));
    }
    if let Some((key, signing, api)) = &settings.payments.stripe {
        let settings = provider::StripeSettings {
            secret_key: Secret::new(key.clone()),
            webhook_secret: Secret::new(signing.clone()),
            api: api.clone(),
        };
        providers.push(Arc::new(provider::Stripe::new(settings)?));
    }
    let (mut bank, mut cashier) = (None, None);
    if settings.payments.simulator {
        let (key, signing) =
            (secret(kernel, settings, "bank-key")?, secret(kernel, settings, "bank-webhook-secret")?);
        let base = format!("{site}/sim/bank");
        let simulator = provider::SimulatorSettings {
            base: base.clone(),
            key: Secret::new(key.clone()),
            webhook_secret: Secret::new(signing.clone()),
        };
        cashier = Some(Cashier::new(site.clone(), Arc::new(SimulatedPayouts::new(simulator.clone())?)));
        providers.push(Arc::new(provider::Simulator::new(simulator)?));
        // Offers nothing; gives the demonstration's buyers their money back.
        providers.push(Arc::new(seed::DemoPayments::new(false)));
        bank = Some(Arc::new(Bank::open(BankSettings {
            base_url: base,
            api_key: bank::Secret::new(key),
            webhook_secret: bank::Secret::new(signing),
            stylesheet: Some(web::stylesheet_url(&leptos_options(settings))),
        })?));
    }
    // The other half of the connections is for those who look, pay and cancel.
    let served = usize::try_from(settings.database_connections / 2).unwrap_or(1);
    Ok(Takes { till: Till::new(site.clone(), providers).serving(served), bank, cashier })
}

/// Who sends couriers: Biteship where it is set up, and for the couriers of the built-in tables the carrier that comes with
/// the product.
pub fn fleet(kernel: &Kernel, settings: &Settings) -> anyhow::Result<(Fleet, Option<Arc<Carrier>>)> {
    let (to_connect, to_answer) = (Duration::from_secs(5), Duration::from_secs(20));
    let mut dispatchers: Vec<Arc<dyn Dispatcher>> = Vec::new();
    if let Some((key, secret, url)) = &settings.couriers.biteship {
        let proof = WebhookProof::Header { name: "x-biteship-signature", secret: secret.clone() };
        dispatchers.push(Arc::new(BiteshipOrders::new(OrdersSettings {
            name: "biteship",
            url: url.clone(),
            key: key.clone(),
            proof,
            own_couriers: false,
            notify_url: None,
            to_connect,
            to_answer,
        })?));
    }
    let mut carrier = None;
    if settings.payments.simulator {
        let key = secret(kernel, settings, "carrier-key")?;
        let signing = secret(kernel, settings, "carrier-webhook-secret")?;
        let proof = WebhookProof::Signed { name: "x-carrier-signature", secret: signing.clone() };
        dispatchers.push(Arc::new(BiteshipOrders::new(OrdersSettings {
            name: "simulator",
            url: format!("{}/sim/carrier", settings.public_url),
            key: key.clone(),
            proof,
            own_couriers: true,
            notify_url: Some(format!("{}/webhooks/couriers/simulator", settings.public_url)),
            to_connect,
            to_answer,
        })?));
        dispatchers.push(Arc::new(seed::DemoCouriers::new(false)));
        carrier = Some(Arc::new(Carrier::open(CarrierSettings {
            api_key: bank::Secret::new(key),
            webhook_secret: bank::Secret::new(signing),
            stylesheet: Some(web::stylesheet_url(&leptos_options(settings))),
        })?));
    }
    Ok((Fleet::new(settings.couriers.phone.clone(), dispatchers), carrier))
}

/// Asks Biteship at the checkout, where it is set up and couriers are named. Those of the built-in tables are offered as long
/// as there is somebody who sends them.
pub fn with_rates(kernel: Kernel, settings: &Settings) -> anyhow::Result<Kernel> {
    let couriers = &settings.couriers.rated;
    let Some((key, _, url)) = settings.couriers.biteship.as_ref().filter(|_| !couriers.is_empty()) else {
        return Ok(kernel);
    };
    let names = couriers.iter().map(|courier| courier.as_str().to_owned()).collect();
    let biteship = BiteshipSettings { url: url.clone(), ..BiteshipSettings::new(key.clone(), names) };
    let rates = Rates::new(Arc::new(Biteship::new(biteship)?), couriers.clone());
    let rates = if settings.payments.simulator { rates.beside_our_own() } else { rates };
    Ok(kernel.with_part(Arc::new(rates)))
}
