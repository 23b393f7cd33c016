//! What several pages of the account share.

mod frame;
mod thumb;

pub use frame::{Frame, Part, Private};
pub use thumb::Thumb;
pub use ui::{OwnFetched as Fetched, Refusal, error_of, fetch, to_prove, wrong};
