//! Buying and selling, from the cart to money paid back or paid out.

mod aggregator;
mod balance;
mod bank;
mod cancelling;
mod carrier;
mod choosing;
mod clocks;
mod coins;
mod doorstep;
mod fates;
mod figures;
mod guests;
mod health;
mod letters;
mod paying;
mod payouts;
mod placing;
mod races;
mod rates;
mod refunds;
mod refused;
mod selling;
mod settling;
mod sums;
mod support;
mod withdrawing;
