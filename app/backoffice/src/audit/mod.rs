//! `/backoffice/audit`: who did what, from where.

mod page;
mod rpc;

pub use page::AuditDesk;
