//! Who may move what from where to where.

use model::order::{Actor, GroupState, OrderState};

use Actor::{Buyer, Clock, Courier, Operator, Provider, Shop};
use OrderState::{Accepted, AwaitingPayment, Cancelled, Completed, Delivered, Packed, Paid, Shipped};

/// All there are; whatever is not listed is refused.
pub const TRANSITIONS: &[(OrderState, OrderState, &[Actor])] = &[
    // Cash on delivery is cleared by whoever places it.
    (AwaitingPayment, Paid, &[Provider, Buyer, Operator]),
    (AwaitingPayment, Cancelled, &[Buyer, Clock, Provider, Operator]),
    (Paid, Accepted, &[Shop, Operator]),
    (Paid, Cancelled, &[Buyer, Shop, Clock, Provider, Operator]),
    // The clock leaves out what was not sent in time of what was sent in part.
    (Accepted, Packed, &[Shop, Clock, Operator]),
    // From here on the shop is at work, and the buyer asks it to cancel.
    (Accepted, Cancelled, &[Shop, Clock, Provider, Operator]),
    // It was packed wrongly, and is opened again.
    (Packed, Accepted, &[Shop]),
    (Packed, Shipped, &[Shop, Courier, Clock, Operator]),
    (Packed, Cancelled, &[Shop, Clock, Provider, Operator]),
    // A buyer who has the goods in hand knows better than a courier who forgot to say so.
    (Shipped, Delivered, &[Courier, Buyer, Operator]),
    // It came back, or was lost.
    (Shipped, Cancelled, &[Courier, Operator]),
    (Delivered, Completed, &[Buyer, Clock, Operator]),
];

pub fn may_move(from: OrderState, to: OrderState, actor: Actor) -> bool {
    TRANSITIONS.iter().any(|(a, b, actors)| (*a, *b) == (from, to) && actors.contains(&actor))
}

/// A group waits for its payment, and whatever ends that is final.
pub fn group_may_move(from: GroupState, to: GroupState) -> bool {
    from == GroupState::AwaitingPayment && to != GroupState::AwaitingPayment
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path as people tell it, and where one can fall off.
    #[test]
    fn only_the_listed_moves_are_allowed() {
        let path = [AwaitingPayment, Paid, Accepted, Packed, Shipped, Delivered, Completed];
        for (i, from) in OrderState::ALL.iter().enumerate() {
            for (j, to) in OrderState::ALL.iter().enumerate() {
                let next = path.windows(2).any(|pair| pair == [*from, *to]);
                let off = *to == Cancelled && i < 5;
                let back = (*from, *to) == (Packed, Accepted);
                let allowed = Actor::ALL.iter().any(|actor| may_move(*from, *to, *actor));
                assert_eq!(allowed, next || off || back, "{from} → {to} ({i}, {j})");
            }
        }
    }

    #[test]
    fn a_buyer_cancels_until_the_shop_has_accepted_and_the_clock_until_it_has_shipped() {
        let until = |actor| {
            OrderState::ALL
                .iter()
                .copied()
                .filter(|from| may_move(*from, Cancelled, actor))
                .collect::<Vec<_>>()
        };
        assert_eq!(until(Buyer), [AwaitingPayment, Paid]);
        assert_eq!(until(Shop), [Paid, Accepted, Packed]);
        assert_eq!(until(Clock), [AwaitingPayment, Paid, Accepted, Packed]);
        assert_eq!(until(Courier), [Shipped]);
    }

    #[test]
    fn only_a_shop_unpacks_what_it_packed() {
        let who: Vec<_> = Actor::ALL.iter().filter(|actor| may_move(Packed, Accepted, **actor)).collect();
        assert_eq!(who, [&Shop]);
        assert!(!may_move(Shipped, Packed, Shop) && !may_move(Accepted, Paid, Shop));
    }

    #[test]
    fn a_shop_neither_delivers_nor_completes() {
        assert!(!may_move(Shipped, Delivered, Shop) && !may_move(Delivered, Completed, Shop));
    }

    #[test]
    fn what_ends_the_wait_of_a_group_is_final() {
        for from in GroupState::ALL {
            for to in GroupState::ALL {
                let allowed = *from == GroupState::AwaitingPayment && from != to;
                assert_eq!(group_may_move(*from, *to), allowed, "{from} → {to}");
            }
        }
    }
}
