//! Where a payment stands for who pays it: what the payment and what is paid by it come to together.

use model::{
    order::GroupState,
    payment::{Method, PaymentState},
    views::PaymentView,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stand {
    /// Nobody is paid beforehand.
    Cash,
    /// The provider is still being asked how to pay.
    Preparing,
    /// The provider could not be asked.
    Unreachable,
    /// It can be paid.
    Waiting,
    /// Something has been paid; the provider, or the orders, have yet to say so.
    Confirming,
    Paid,
    /// By another attempt.
    PaidOtherwise,
    /// The provider refused; the orders wait for another attempt.
    Failed,
    /// This attempt is over, and the orders wait for another.
    Replaced,
    Expired,
    /// Money came when the time to pay was over.
    Late,
    Refunded,
    ChargedBack,
}

impl Stand {
    pub fn of(payment: &PaymentView) -> Self {
        let PaymentView { state, group_state, .. } = payment;
        match (state, group_state) {
            (PaymentState::ChargedBack, _) => Self::ChargedBack,
            // Some of it may have gone back for one of several orders.
            (PaymentState::Captured | PaymentState::PartiallyRefunded, GroupState::Paid) => Self::Paid,
            (PaymentState::Captured | PaymentState::Authorised, GroupState::AwaitingPayment) => {
                Self::Confirming
            }
            (
                PaymentState::Captured | PaymentState::PartiallyRefunded | PaymentState::Refunded,
                GroupState::Expired,
            ) => Self::Late,
            (PaymentState::Captured | PaymentState::PartiallyRefunded | PaymentState::Refunded, _) => {
                Self::Refunded
            }
            (_, GroupState::Paid) => Self::PaidOtherwise,
            (_, GroupState::Expired | GroupState::Cancelled) => Self::Expired,
            (PaymentState::Failed, GroupState::AwaitingPayment) => Self::Failed,
            (PaymentState::Expired, GroupState::AwaitingPayment) => Self::Replaced,
            (PaymentState::Pending, GroupState::AwaitingPayment) => Self::pending(payment),
        }
    }

    fn pending(payment: &PaymentView) -> Self {
        if payment.method == Method::Cod {
            Self::Cash
        } else if payment.unreachable {
            Self::Unreachable
        } else if payment.instructions.is_none() {
            Self::Preparing
        } else {
            Self::Waiting
        }
    }

    /// It will be another one without its reader doing anything here.
    pub const fn moves(self) -> bool {
        matches!(self, Self::Preparing | Self::Unreachable | Self::Waiting | Self::Confirming | Self::Failed)
    }

    /// Another way to pay can be chosen.
    pub const fn changes(self) -> bool {
        matches!(self, Self::Preparing | Self::Unreachable | Self::Waiting | Self::Failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        Money,
        ids::{OrderGroupId, PaymentId, Uuid},
        views::Instructions,
    };

    fn payment(state: PaymentState, group_state: GroupState) -> PaymentView {
        PaymentView {
            id: PaymentId::new(Uuid::nil()),
            group: OrderGroupId::new(Uuid::nil()),
            state,
            group_state,
            method: Method::VaBca,
            amount: Money::idr(150_000),
            before_fee: Money::idr(149_000),
            due_at: 0,
            now: 0,
            instructions: Some(Instructions::VirtualAccount("8077000012345678".to_owned())),
            unreachable: false,
            others: Vec::new(),
            orders: Vec::new(),
            given_back: Money::idr(0),
        }
    }

    #[test]
    fn money_that_comes_after_the_deadline_is_late_whatever_became_of_it() {
        for state in [PaymentState::Captured, PaymentState::PartiallyRefunded, PaymentState::Refunded] {
            assert_eq!(Stand::of(&payment(state, GroupState::Expired)), Stand::Late, "{state}");
        }
    }

    #[test]
    fn what_is_cancelled_after_it_was_paid_is_not_called_late() {
        assert_eq!(Stand::of(&payment(PaymentState::Captured, GroupState::Cancelled)), Stand::Refunded);
    }

    #[test]
    fn nobody_is_asked_to_pay_for_what_is_paid_or_over() {
        for state in PaymentState::ALL {
            for group in [GroupState::Paid, GroupState::Expired, GroupState::Cancelled] {
                let stand = Stand::of(&payment(*state, group));
                assert!(!stand.changes() && stand != Stand::Waiting, "{state} and {group}: {stand:?}");
            }
        }
    }

    #[test]
    fn before_there_is_something_to_do_it_is_being_prepared() {
        let waiting = payment(PaymentState::Pending, GroupState::AwaitingPayment);
        let preparing = PaymentView { instructions: None, ..waiting.clone() };
        let unreachable = PaymentView { unreachable: true, ..preparing.clone() };
        let cash = PaymentView { method: Method::Cod, ..preparing.clone() };
        assert_eq!(
            [waiting, preparing, unreachable, cash].map(|payment| Stand::of(&payment)),
            [Stand::Waiting, Stand::Preparing, Stand::Unreachable, Stand::Cash],
        );
    }
}
