//! Shops and the people they belong to.

mod opening;
mod people;
mod products;
mod settings;
mod stock;
mod support;
mod vouchers;
