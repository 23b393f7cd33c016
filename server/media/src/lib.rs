//! Pictures: taken in by content, kept upright and without metadata, shown in every width a page asks for.
//!
//! Whoever uploads sends bytes; what they are is read from the bytes themselves ([`Photo::read`]), within the named
//! [`limits`]. The picture is decoded and written anew, which turns it upright and leaves everything else behind that
//! was in the file: place, camera, thumbnails, and whatever else could hide there. A job then makes the widths in AVIF,
//! WebP and JPEG. A picture is its owner's alone, and the same picture sent twice is one.
//!
//! Public verbs: [`receive`], [`Files::form`]; the job is [`MakeForms`].

mod files;
mod forms;
pub mod jobs;
mod photo;
mod receive;
pub mod store;

pub use files::{Files, FilesError};
pub use jobs::MakeForms;
pub use photo::{Photo, Refused, limits};
pub use receive::{ReceiveError, receive};
