//! What happened to withdrawals. Published by the caller in the transaction of the change.

use kernel::{Uuid, outbox::Event};
use model::{
    ids::{ShopId, WithdrawalId},
    payout::WithdrawalState,
};
use serde::{Deserialize, Serialize};

/// A withdrawal went a step further.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WithdrawalChanged {
    pub withdrawal: WithdrawalId,
    pub shop: ShopId,
    pub to: WithdrawalState,
}

impl Event for WithdrawalChanged {
    const NAME: &'static str = "withdrawal.changed";
    fn key(&self) -> Uuid {
        self.withdrawal.uuid()
    }
}
