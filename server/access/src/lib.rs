//! Who may come in from elsewhere, and who did what.
//!
//! [`audit`] is the record of what people and the system changed: written in the transaction of the change, and never
//! changed afterwards, which the database itself sees to.

pub mod audit;
mod store;
