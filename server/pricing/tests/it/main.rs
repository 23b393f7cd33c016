//! Cases of shops that came before, rules that always hold, and what the database refuses.

mod baskets;
mod best;
mod cases;
mod commission;
mod fixtures;
mod flash;
mod promotions;
mod properties;
mod refusals;
mod vouchers;
