//! Case F of the acceptance cases: where a payment stands, whatever the order of arrival.

use model::payment::PaymentState as State;
use payment::{Event, EventKind as Kind, Standing, fold};
use proptest::prelude::*;
use time::OffsetDateTime;

/// Kind, reference, amount, second.
type Told = (Kind, &'static str, i64, i64);

fn events(told: &[Told]) -> Vec<Event> {
    told.iter()
        .enumerate()
        .map(|(n, &(kind, reference, amount, second))| Event {
            id: format!("e{n}"),
            kind,
            reference: reference.to_owned(),
            amount,
            occurred_at: OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(second),
        })
        .collect()
}

const NOTHING: Standing = Standing {
    authorised: 0,
    captured: 0,
    refunded: 0,
    charged_back: 0,
    pending: 0,
    refund_pending: 0,
    state: State::Pending,
};

#[test]
fn a_payment_stands_where_its_events_come_to() {
    let cases: [(&str, i64, &[Told], Standing); 22] = [
        ("nothing told", 11, &[], NOTHING),
        (
            "authorised",
            11,
            &[(Kind::Authorised, "a", 11, 1)],
            Standing { authorised: 11, state: State::Authorised, ..NOTHING },
        ),
        (
            "request only",
            11,
            &[(Kind::AuthorisationRequested, "a", 11, 1)],
            Standing { pending: 11, ..NOTHING },
        ),
        (
            "request, then failure",
            11,
            &[(Kind::AuthorisationRequested, "a", 11, 1), (Kind::AuthorisationFailed, "a", 11, 2)],
            Standing { state: State::Failed, ..NOTHING },
        ),
        (
            "ok, then an older failure",
            11,
            &[(Kind::Authorised, "a", 11, 2), (Kind::AuthorisationFailed, "a", 11, 1)],
            Standing { authorised: 11, state: State::Authorised, ..NOTHING },
        ),
        (
            "ok, then a newer failure",
            11,
            &[(Kind::Authorised, "a", 11, 1), (Kind::AuthorisationFailed, "a", 11, 2)],
            Standing { state: State::Failed, ..NOTHING },
        ),
        (
            "adjusted",
            100,
            &[(Kind::Authorised, "a", 11, 1), (Kind::AuthorisationAdjusted, "b", 100, 2)],
            Standing { authorised: 100, state: State::Authorised, ..NOTHING },
        ),
        (
            "charges and a chargeback",
            23,
            &[(Kind::Captured, "a", 11, 1), (Kind::Captured, "b", 12, 2), (Kind::ChargedBack, "a", 10, 3)],
            Standing { captured: 23, charged_back: 10, state: State::ChargedBack, ..NOTHING },
        ),
        (
            "a chargeback that was won",
            11,
            &[
                (Kind::Captured, "a", 11, 1),
                (Kind::ChargedBack, "a", 11, 2),
                (Kind::ChargebackReversed, "a", 11, 3),
            ],
            Standing { captured: 11, state: State::Captured, ..NOTHING },
        ),
        (
            "refunds and a reversal",
            40,
            &[
                (Kind::Captured, "a", 40, 1),
                (Kind::Refunded, "r", 11, 2),
                (Kind::Refunded, "s", 12, 3),
                (Kind::RefundReversed, "s", 10, 4),
            ],
            Standing { captured: 40, refunded: 13, state: State::PartiallyRefunded, ..NOTHING },
        ),
        (
            "the same money told twice",
            11,
            &[(Kind::Captured, "a", 11, 1), (Kind::Captured, "a", 11, 5)],
            Standing { captured: 11, state: State::Captured, ..NOTHING },
        ),
        (
            "paid twice",
            11,
            &[(Kind::Captured, "a", 11, 1), (Kind::Captured, "b", 11, 5)],
            Standing { captured: 22, state: State::Captured, ..NOTHING },
        ),
        (
            "paid twice, and one given back",
            11,
            &[(Kind::Captured, "a", 11, 1), (Kind::Captured, "b", 11, 5), (Kind::Refunded, "r", 11, 6)],
            Standing { captured: 22, refunded: 11, state: State::Captured, ..NOTHING },
        ),
        (
            "too little",
            11,
            &[(Kind::Captured, "a", 5, 1)],
            Standing { captured: 5, state: State::Pending, ..NOTHING },
        ),
        (
            "too little, then its time is over",
            11,
            &[(Kind::Captured, "a", 5, 1), (Kind::Expired, "x", 0, 9)],
            Standing { captured: 5, state: State::Expired, ..NOTHING },
        ),
        (
            "too little, and that given back",
            11,
            &[(Kind::Captured, "a", 5, 1), (Kind::Expired, "x", 0, 9), (Kind::Refunded, "r", 5, 10)],
            Standing { captured: 5, refunded: 5, state: State::Refunded, ..NOTHING },
        ),
        (
            "asked, and nobody paid",
            11,
            &[(Kind::CaptureRequested, "a", 11, 1), (Kind::Expired, "a", 11, 9)],
            Standing { state: State::Expired, ..NOTHING },
        ),
        (
            "paid when its time was over",
            11,
            &[(Kind::Expired, "x", 0, 9), (Kind::Captured, "a", 11, 10)],
            Standing { captured: 11, state: State::Captured, ..NOTHING },
        ),
        (
            "promised, then let go",
            11,
            &[(Kind::Authorised, "a", 11, 1), (Kind::Cancelled, "a", 11, 2)],
            Standing { state: State::Failed, ..NOTHING },
        ),
        (
            "promised, and part of it taken",
            11,
            &[(Kind::Authorised, "a", 11, 1), (Kind::Captured, "c", 4, 2)],
            Standing { authorised: 7, captured: 4, state: State::Authorised, ..NOTHING },
        ),
        (
            "one try failed, another worked",
            11,
            &[(Kind::CaptureFailed, "a", 11, 1), (Kind::Captured, "b", 11, 2)],
            Standing { captured: 11, state: State::Captured, ..NOTHING },
        ),
        (
            "a refund that is asked for, one that failed",
            11,
            &[
                (Kind::Captured, "a", 11, 1),
                (Kind::RefundRequested, "r", 3, 2),
                (Kind::Refunded, "s", 4, 2),
                (Kind::RefundFailed, "s", 4, 3),
            ],
            Standing { captured: 11, refund_pending: 3, state: State::Captured, ..NOTHING },
        ),
    ];
    for (name, due, told, standing) in cases {
        assert_eq!(fold(due, &events(told)), standing, "{name}");
    }
}

#[test]
fn what_is_kept_is_what_came_less_what_went() {
    let kept = |told: &[Told]| fold(1, &events(told)).kept();
    let charges =
        [(Kind::Captured, "a", 11, 1), (Kind::Captured, "b", 12, 2), (Kind::ChargedBack, "a", 10, 3)];
    assert_eq!(kept(&charges), 13);
    let refunds = [
        (Kind::Captured, "a", 40, 1),
        (Kind::Refunded, "r", 11, 2),
        (Kind::Refunded, "s", 12, 3),
        (Kind::RefundReversed, "s", 10, 4),
    ];
    assert_eq!(kept(&refunds), 27);
}

/// Few references and instants, so that events meet.
fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let event =
        (0..Kind::ALL.len(), 0..3usize, 0..20i64, 0..4i64).prop_map(|(kind, reference, amount, second)| {
            (Kind::ALL[kind], ["a", "b", "c"][reference], amount, second)
        });
    proptest::collection::vec(event, 0..9).prop_map(|told| events(&told))
}

proptest! {
    #[test]
    fn neither_order_nor_repetition_plays_a_part(
        (told, shuffled) in any_events().prop_flat_map(|told| {
            let twice: Vec<_> = told.iter().chain(&told).cloned().collect();
            (Just(told), Just(twice).prop_shuffle())
        }),
        due in 1..20i64,
    ) {
        prop_assert_eq!(fold(due, &told), fold(due, &shuffled));
    }

    #[test]
    fn no_sum_is_negative(told in any_events(), due in 1..20i64) {
        let it = fold(due, &told);
        prop_assert!([it.authorised, it.captured, it.refunded, it.charged_back, it.pending, it.kept()].iter().all(|n| *n >= 0));
        if it.state == State::Captured {
            prop_assert!(it.kept() >= due);
        }
    }
}
