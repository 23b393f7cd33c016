//! What Pasar says to people outside its pages: mail and SMS, in their language.
//!
//! A [`Message`] is a variant with typed facts, and each has its words in both languages. [`enqueue`] writes a
//! delivery and its job in the caller's transaction, so a message leaves if and only if what it tells of was
//! committed. The job renders it and hands it to a mail server or an SMS gateway; where none is configured it is
//! captured, to be read in the back office.
//!
//! **Never twice.** A delivery is claimed before anything is sent, and its `Message-ID` is fixed with it. Right
//! before the content leaves, the claim is turned into a hand-over; a worker whose claim was taken by another
//! fails to do so and stops. What failed before the hand-over, or was refused by a reply of the other side, was
//! provably not delivered and is tried again. If the answer to a hand-over is missing (a crash, a cut line, a
//! timeout), nobody can know: the delivery becomes *unknown* and is left to an operator, who may send it again
//! under the same `Message-ID`. So from the hand-over on it is sent at most once by itself.
//!
//! **Never against a preference.** Each message has a [`Topic`]. Security and account mails always go; the others
//! are checked against the person's preferences when they are about to leave, and carry a one-click way out
//! (RFC 8058).
//!
//! **Secrets do not stay.** Codes and links are blanked in the row as soon as the message is out or too late.

mod address;
mod delivery;
mod error;
mod facts;
mod gateway;
mod html;
mod jobs;
mod letters;
mod message;
mod mime;
mod post;
mod preference;
pub mod preview;
mod smtp;
pub mod store;
mod text;
mod topic;
mod unsubscribe;

pub use address::{Address, EmailAddress, PhoneNumber, Recipient};
pub use delivery::{Carrier, enqueue, enqueue_once, forget, give_up, resend};
pub use error::{EnqueueError, NotAnAddress, OperatorError};
pub use facts::{Code, Link, Origin};
pub use gateway::SmsSettings;
pub use jobs::{SendBulk, SendNow, Tidy};
pub use letters::{Block, Letter};
pub use message::{Message, RefusedGood, SecurityChange, StaffChange};
pub use mime::{Envelope, Mail};
pub use model::delivery::{Channel, DeliveryState as State};
pub use post::{Post, PostSettings, SetUpError};
pub use preference::{Preference, preferences, set_preference};
pub use smtp::{SmtpSettings, Tls};
pub use topic::Topic;
pub use unsubscribe::Unsubscribe;
