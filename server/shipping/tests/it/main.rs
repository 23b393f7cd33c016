//! Shipping against the region table the product comes with, a database, and an aggregator that answers as told.

mod aggregator;
mod biteship;
mod kept;
mod orders;
mod pickup;
mod places;
mod quote;
mod reach;
