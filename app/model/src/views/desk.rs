//! What operators find in front of them.

use crate::Duty;
use serde::{Deserialize, Serialize};

/// What somebody may do as an operator, and what waits for it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Overview {
    pub duties: Vec<Duty>,
    pub waiting: Waiting,
}

/// How much waits for operators; 0 where it is not one's duty. Counted up to one more than [`Waiting::MOST`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Waiting {
    pub goods: u32,
    pub shops: u32,
    pub withdrawals: u32,
    /// What the latest check of the books found not to fit.
    pub misfits: u32,
}

impl Waiting {
    pub const MOST: u32 = 99;
}
