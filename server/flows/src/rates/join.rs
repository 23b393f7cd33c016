//! What is kept of couriers outside, among the ways to send a parcel.

use super::{Rates, TO_DECIDE};
use crate::cart::ship::{Shipped, Way, choose};
use cart::ShopChoice;
use kernel::Cx;
use shipping::{Parcel, QuoteKey, store};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// A question to couriers outside, and what is kept of their answer.
pub(crate) struct Asked {
    key: QuoteKey,
    answer: Option<Answer>,
    /// The way that was chosen is one of those there are.
    as_chosen: bool,
}

struct Answer {
    /// They answered at all.
    heard: bool,
    good_until: OffsetDateTime,
}

/// Adds what is kept of couriers outside to what those of our own tables offer, where anybody outside is set up. An answer
/// that is too old is among it, since that is what was shown: [`Shipped::is_outdated`] says whether it may be charged.
pub(crate) async fn join(
    cx: &Cx,
    db: &mut PgConnection,
    shipped: &mut [Shipped],
    choices: &[ShopChoice],
) -> Result<(), sqlx::Error> {
    let Some(rates) = cx.part::<Rates>() else { return Ok(()) };
    let mut keys = Vec::new();
    for of in shipped.iter_mut() {
        let parcel = of.parcel.as_ref().filter(|_| !rates.of_shop(of.couriers.as_deref()).is_empty());
        let key = parcel.map(|parcel| rates.key(parcel));
        keys.extend(key);
        of.asked = key.map(|key| Asked { key, answer: None, as_chosen: false });
    }
    let kept = match keys.as_slice() {
        [] => HashMap::new(),
        keys => store::list_quotes(db, keys).await?,
    };
    // Two shops of a city may send parcels that are alike.
    for of in shipped {
        if !rates.own_too {
            of.ways.clear();
        }
        let Some(asked) = &mut of.asked else { continue };
        if let Some(quote) = kept.get(&asked.key) {
            asked.answer = Some(Answer { heard: quote.offers.is_some(), good_until: quote.good_until });
            let with = rates.of_shop(of.couriers.as_deref());
            let theirs = quote.offers.iter().flatten().filter(|offer| with.contains(&offer.courier()));
            of.ways.extend(theirs.map(|offer| Way { offer: offer.clone(), point: None }));
        }
        // Those of one fee and day stay as they were.
        of.ways.sort_by_key(|Way { offer, point }| {
            (point.is_some(), offer.fee.amount(), offer.arrives.until, offer.arrives.from)
        });
        let choice = choices.iter().find(|choice| choice.shop == of.shop);
        of.chosen = choose(&of.ways, choice);
        let wanted = choice.and_then(|choice| choice.delivery.as_ref());
        asked.as_chosen = of
            .chosen
            .and_then(|i| of.ways.get(i))
            .zip(wanted)
            .is_some_and(|(way, wanted)| way.is(&wanted.courier, &wanted.service, wanted.point));
    }
    Ok(())
}

impl Way {
    /// Somebody outside offers it.
    pub fn is_outside(&self) -> bool {
        self.offer.service_code.is_some()
    }
}

impl Shipped {
    /// What has to be asked before this is shown.
    pub fn unasked(&self, now: OffsetDateTime) -> Option<(QuoteKey, Parcel)> {
        let asked = self.asked.as_ref()?;
        let enough = match asked.answer {
            Some(Answer { heard: true, good_until }) => good_until >= now + TO_DECIDE,
            Some(Answer { heard: false, good_until }) => good_until > now,
            None => false,
        };
        if enough { None } else { Some((asked.key, self.parcel.clone()?)) }
    }

    /// What is chosen is offered by somebody outside.
    pub fn is_sent_outside(&self) -> bool {
        self.way().is_some_and(Way::is_outside)
    }

    /// Couriers outside were asked and did not answer.
    pub fn is_silent(&self) -> bool {
        let answer = self.asked.as_ref().and_then(|asked| asked.answer.as_ref());
        answer.is_some_and(|answer| !answer.heard)
    }

    /// Whether what is chosen, by the shopper or for them, may not be charged: the answer is too old, or nobody was asked
    /// and so others than these may have been shown. What was shown while there was no answer holds.
    pub fn is_outdated(&self, now: OffsetDateTime) -> bool {
        let Some(asked) = &self.asked else { return false };
        match asked.answer {
            Some(Answer { good_until, .. }) => self.is_sent_outside() && good_until <= now,
            None => !asked.as_chosen,
        }
    }
}
