//! Pictures: taken in by content, kept upright and without metadata, shown in every width a page asks for.
//!
//! Whoever uploads sends bytes; what they are is read from the bytes themselves ([`Photo::read`]), within the named
//! [`limits`]. The picture is decoded and written anew, which turns it upright and leaves everything else behind that
//! was in the file: place, camera, thumbnails, and whatever else could hide there. A job then makes the widths in AVIF,
//! WebP and JPEG. A picture is its owner's alone, and the same picture sent twice is one.
//!
//! A picture that nothing names any more is deleted by whoever knows all that could name it (`flows::photos`), which
//! then queues [`DropFiles`].
//!
//! Public verbs: [`receive`], [`rewritten`], [`Files::form`]; the jobs are [`MakeForms`] and [`DropFiles`]; that a picture can be
//! seen is told as [`MediaReady`].

mod bucket;
pub mod events;
mod files;
mod forms;
pub mod jobs;
mod photo;
mod receive;
pub mod store;

pub use bucket::{Bucket, Secret};
pub use events::MediaReady;
pub use files::{Files, FilesError};
pub use jobs::{DropFiles, MakeForms};
pub use photo::{Photo, Refused, limits};
pub use receive::{ReceiveError, receive, rewritten};
