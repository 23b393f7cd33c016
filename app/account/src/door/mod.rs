//! The way in: `/sign-in`, `/sign-in/code`, `/register`, `/verify`, `/forgot`, `/reset`.

mod forgot;
pub(crate) mod parts;
mod register;
pub mod rpc;
mod sign_in;

pub use forgot::{ForgotPage, ResetPage};
pub use register::{RegisterPage, VerifyPage};
pub use sign_in::{SecondStepPage, SignInPage};
