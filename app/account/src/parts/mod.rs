//! What several pages of the account share.

mod fetched;
mod frame;
mod refusal;

pub use fetched::Fetched;
pub use frame::{Frame, Part, Private};
pub use refusal::{Refusal, error_of, to_prove, wrong};
pub use ui::fetch;
