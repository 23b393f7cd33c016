//! Buying and selling, from the cart to money paid back or paid out.

mod balance;
mod bank;
mod cancelling;
mod carrier;
mod carts;
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
mod refunds;
mod refused;
mod selling;
mod settling;
mod sums;
mod support;
mod withdrawing;
