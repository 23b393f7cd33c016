//! Couriers outside, and what they take. They are asked before a checkout is shown, all parcels at once and not for long,
//! while nothing is locked and no connection is held. What they said is kept where every node sees it, and only that is
//! shown and charged ([`join`]): placing asks nobody.

mod join;

pub(crate) use join::{Asked, join};

use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use model::shipping::CourierCode;
use serde::{Deserialize, Serialize};
use shipping::{Carrier, CarrierError, KeptQuote, Offer, Parcel, QuoteKey, store};
use std::{collections::BTreeMap, sync::Arc, time::Duration as Wait};
use time::Duration;
use tokio::{sync::Semaphore, task::JoinSet, time::timeout};

/// A shopper looks at an empty page meanwhile.
pub const PATIENCE: Wait = Wait::from_secs(3);
/// For so long what was said is charged.
pub const GOOD_FOR: Duration = Duration::minutes(15);
/// Whoever is shown an answer has at least so long to decide.
const TO_DECIDE: Duration = Duration::minutes(5);
/// For so long nobody is asked again who did not answer.
const SILENT_FOR: Duration = Duration::seconds(20);
/// What is too old is still compared with for so long.
const KEPT_FOR: Duration = Duration::DAY;
/// So many questions of this node are under way at once.
const LINES: usize = 64;
/// What an aggregator calls a courier is cut off here.
const LONGEST_NAME: usize = 40;
/// Rows forgotten in one statement.
const BATCH: i64 = 1_000;

/// Whom to ask, and for which couriers. A part of the kernel where somebody is set up; without it nobody is asked, and the
/// couriers are those of our own tables.
pub struct Rates {
    carrier: Arc<dyn Carrier>,
    couriers: Vec<CourierCode>,
    /// Theirs, as a part of the question's name.
    asked_for: String,
    /// The couriers of our own tables are offered as well.
    own_too: bool,
    patience: Wait,
    lines: Semaphore,
}

impl Rates {
    /// Only these couriers are offered.
    pub fn new(carrier: Arc<dyn Carrier>, couriers: Vec<CourierCode>) -> Self {
        let asked_for = couriers.iter().map(CourierCode::as_str).collect::<Vec<_>>().join(",");
        let lines = Semaphore::new(LINES);
        Self { carrier, couriers, asked_for, own_too: false, patience: PATIENCE, lines }
    }

    /// They are offered beside those of our own tables.
    #[must_use]
    pub fn beside_our_own(self) -> Self {
        Self { own_too: true, ..self }
    }

    #[must_use]
    pub fn waiting(self, patience: Wait) -> Self {
        Self { patience, ..self }
    }

    /// Those who can be asked.
    pub(crate) fn couriers(&self) -> &[CourierCode] {
        &self.couriers
    }

    /// With whom of them a shop sends, which names these couriers: those it names, and all where it names none. One that names
    /// others alone has chosen among our own; where these are not offered it has not chosen.
    pub(crate) fn of_shop(&self, named: Option<&[String]>) -> Vec<&CourierCode> {
        let all = self.couriers.iter();
        let Some(named) = named else { return all.collect() };
        let chosen: Vec<_> =
            all.clone().filter(|courier| named.iter().any(|name| name == courier.as_str())).collect();
        if chosen.is_empty() && !self.own_too { all.collect() } else { chosen }
    }

    fn key(&self, parcel: &Parcel) -> QuoteKey {
        QuoteKey::of(parcel, &self.asked_for)
    }

    /// Asks about all of them at once, and keeps what is said.
    pub(crate) async fn ask(
        self: &Arc<Self>,
        cx: &Cx,
        parcels: BTreeMap<QuoteKey, Parcel>,
    ) -> Result<(), sqlx::Error> {
        let now = cx.now();
        let mut asking = JoinSet::new();
        for (key, parcel) in parcels {
            let rates = self.clone();
            asking.spawn(async move { (key, rates.hear(&parcel).await) });
        }
        let mut heard = Vec::new();
        while let Some(answer) = asking.join_next().await {
            let Ok((key, offers)) = answer else { continue };
            let good_until = now + if offers.is_some() { GOOD_FOR } else { SILENT_FOR };
            heard.push((key, KeptQuote { offers, good_until }));
        }
        store::keep_quotes(&mut *cx.db().acquire().await?, heard, now).await
    }

    /// None where there is no answer in time.
    async fn hear(&self, parcel: &Parcel) -> Option<Vec<Offer>> {
        let asked = async {
            let _line = self.lines.acquire().await;
            self.carrier.offers(parcel).await
        };
        match timeout(self.patience, asked).await.unwrap_or(Err(CarrierError::TimedOut)) {
            Ok(offers) => Some(offers.into_iter().filter_map(|offer| self.usable(offer)).collect()),
            // It would say the same next time.
            Err(CarrierError::PlaceUnknown) => Some(Vec::new()),
            Err(error) => {
                tracing::warn!("Couriers outside did not say what they take: {error}");
                None
            }
        }
    }

    /// An offer of a courier who was asked, by a name it can be booked by.
    fn usable(&self, mut offer: Offer) -> Option<Offer> {
        let known = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let code = offer.service_code.as_deref()?;
        let bookable = (1..=40).contains(&code.len()) && code.chars().all(known);
        if !bookable || !self.couriers.contains(offer.courier()) {
            return None;
        }
        offer.courier_name =
            offer.courier_name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        Some(offer)
    }
}

/// Forgets what nobody is charged by any more. Run by the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ForgetQuotes {}

impl Job for ForgetQuotes {
    const NAME: &'static str = "shipping.forget_quotes";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut db = cx.db().acquire().await?;
        while store::forget_quotes(&mut db, cx.now() - KEPT_FOR, BATCH).await? {}
        Ok(())
    }
}
