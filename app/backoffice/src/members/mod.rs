//! `/backoffice/members`: what the tiers of members take, and how many members each has.

mod page;
mod rpc;

pub use page::MembersDesk;
