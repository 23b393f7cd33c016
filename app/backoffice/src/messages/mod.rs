//! `/backoffice/messages`: what was sent to people, one message as its reader gets it, and every template.

mod list;
mod one;
mod parts;
mod rpc;
mod templates;

pub use list::MessagesDesk;
pub use one::MessageDesk;
pub use templates::TemplatesDesk;
