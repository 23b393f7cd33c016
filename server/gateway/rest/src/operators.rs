//! What operators look after. To everybody without the duty for it nothing is here.

pub(crate) mod search;
