//! What a person says about themselves: a name, a birth date, a picture, how the site should look. All of it may be
//! left out. The language is the account's, since mail is written in it.

mod new;
pub mod store;

pub use new::NewProfile;
pub use store::Stored;
