//! Stock against a real database: the acceptance cases, races, and what the database itself refuses.

mod cases;
mod counts;
mod history;
mod orders;
mod race;
mod shop;
mod support;
mod transfers;
