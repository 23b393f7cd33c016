//! Where a payment stands: the fold of its events.

use crate::{Event, EventKind};
use model::payment::PaymentState;
use std::{cmp::Ordering, collections::BTreeMap};
use time::OffsetDateTime;

/// Sums in minor units, none of them negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Promised, and neither captured nor let go.
    pub authorised: i64,
    /// All that ever came in; what went out again is not taken off.
    pub captured: i64,
    pub refunded: i64,
    pub charged_back: i64,
    /// Asked for as authorisation or capture, and not answered.
    pub pending: i64,
    /// Asked for as refund, and not answered.
    pub refund_pending: i64,
    pub state: PaymentState,
}

impl Standing {
    /// What is left of what came in.
    pub fn kept(&self) -> i64 {
        (self.captured.saturating_sub(self.refunded).saturating_sub(self.charged_back)).max(0)
    }
}

/// What an event is about; with the reference, which money.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Act {
    Authorise,
    Capture,
    Refund,
    RefundReversal,
    Chargeback,
    ChargebackReversal,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Step {
    Asked,
    Failed,
    Done,
}

const fn meaning(kind: EventKind) -> Option<(Act, Step)> {
    Some(match kind {
        EventKind::AuthorisationRequested => (Act::Authorise, Step::Asked),
        EventKind::Authorised => (Act::Authorise, Step::Done),
        EventKind::AuthorisationFailed => (Act::Authorise, Step::Failed),
        EventKind::CaptureRequested => (Act::Capture, Step::Asked),
        EventKind::Captured => (Act::Capture, Step::Done),
        EventKind::CaptureFailed => (Act::Capture, Step::Failed),
        EventKind::RefundRequested => (Act::Refund, Step::Asked),
        EventKind::Refunded => (Act::Refund, Step::Done),
        EventKind::RefundFailed => (Act::Refund, Step::Failed),
        EventKind::RefundReversed => (Act::RefundReversal, Step::Done),
        EventKind::ChargedBack => (Act::Chargeback, Step::Done),
        EventKind::ChargebackReversed => (Act::ChargebackReversal, Step::Done),
        EventKind::AuthorisationAdjusted | EventKind::Cancelled | EventKind::Expired => return None,
    })
}

/// The event that counts for each act and reference: an answer before a question, of answers the latest. Of answers
/// of the same instant a success counts; beyond that any fixed order does, so that arrival plays no part.
pub(crate) fn latest(events: &[Event]) -> BTreeMap<(Act, &str), (Step, &Event)> {
    let mut latest: BTreeMap<(Act, &str), (Step, &Event)> = BTreeMap::new();
    for event in events {
        let Some((act, step)) = meaning(event.kind) else { continue };
        latest
            .entry((act, event.reference.as_str()))
            .and_modify(|counted| {
                if weight((step, event), *counted) == Ordering::Greater {
                    *counted = (step, event);
                }
            })
            .or_insert((step, event));
    }
    latest
}

fn weight(a: (Step, &Event), b: (Step, &Event)) -> Ordering {
    let key = |(step, event): (Step, &Event)| (step != Step::Asked, event.occurred_at, step, event.amount);
    key(a).cmp(&key(b)).then_with(|| a.1.id.cmp(&b.1.id))
}

/// What all events of a payment of `due` minor units come to. Their order and repetition play no part.
///
/// A payment is captured when all of `due` came in; until then it waits, or fails, or runs out, and what did come in
/// is owed back. An end (cancelled, expired) lets go of what was asked or promised up to then, never of money that came.
pub fn fold(due: i64, events: &[Event]) -> Standing {
    let ended = latest_of(events, |kind| matches!(kind, EventKind::Cancelled | EventKind::Expired));
    let adjusted = latest_of(events, |kind| kind == EventKind::AuthorisationAdjusted);
    let after = |mark: Option<&Event>, at: OffsetDateTime| mark.is_none_or(|mark| at > mark.occurred_at);

    let mut failed = false;
    let mut sums: BTreeMap<(Act, Step), i64> = BTreeMap::new();
    let mut add = |act, step, amount: i64| {
        let sum = sums.entry((act, step)).or_default();
        *sum = sum.saturating_add(amount);
    };
    if let Some(adjustment) = adjusted.filter(|it| after(ended, it.occurred_at)) {
        add(Act::Authorise, Step::Done, adjustment.amount);
    }
    for ((act, _), (step, event)) in latest(events) {
        let counts = match (act, step) {
            (Act::Authorise, Step::Done) => {
                after(ended, event.occurred_at) && after(adjusted, event.occurred_at)
            }
            (Act::Authorise | Act::Capture, Step::Asked) => after(ended, event.occurred_at),
            (Act::Authorise | Act::Capture, Step::Failed) => {
                failed = true;
                false
            }
            _ => true,
        };
        if counts {
            add(act, step, event.amount);
        }
    }

    let of = |act, step| sums.get(&(act, step)).copied().unwrap_or_default();
    let less = |act, reversal| (of(act, Step::Done).saturating_sub(of(reversal, Step::Done))).max(0);
    let captured = of(Act::Capture, Step::Done);
    let mut standing = Standing {
        authorised: (of(Act::Authorise, Step::Done).saturating_sub(captured)).max(0),
        captured,
        refunded: less(Act::Refund, Act::RefundReversal),
        charged_back: less(Act::Chargeback, Act::ChargebackReversal),
        pending: of(Act::Authorise, Step::Asked).saturating_add(of(Act::Capture, Step::Asked)),
        refund_pending: of(Act::Refund, Step::Asked),
        state: PaymentState::Pending,
    };
    standing.state = state(due, &standing, ended.map(|event| event.kind), failed);
    standing
}

fn state(due: i64, standing: &Standing, ended: Option<EventKind>, failed: bool) -> PaymentState {
    let &Standing { authorised, captured, refunded, charged_back, pending, .. } = standing;
    if charged_back > 0 {
        PaymentState::ChargedBack
    } else if captured > 0 && refunded >= captured {
        PaymentState::Refunded
    } else if captured >= due {
        // Giving back what was paid too much leaves it paid.
        if standing.kept() >= due { PaymentState::Captured } else { PaymentState::PartiallyRefunded }
    } else if authorised > 0 {
        PaymentState::Authorised
    } else if pending > 0 {
        PaymentState::Pending
    } else {
        match ended {
            Some(EventKind::Expired) => PaymentState::Expired,
            Some(_) => PaymentState::Failed,
            None if failed && captured == 0 => PaymentState::Failed,
            None => PaymentState::Pending,
        }
    }
}

fn latest_of(events: &[Event], wanted: impl Fn(EventKind) -> bool) -> Option<&Event> {
    let key = |event: &Event| (event.occurred_at, event.kind == EventKind::Expired, event.amount);
    events
        .iter()
        .filter(|event| wanted(event.kind))
        .max_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id)))
}
