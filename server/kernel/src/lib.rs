//! What every part of the server stands on: the database, time, ids, events, jobs and telemetry.
//!
//! A request or job works with a [`Cx`]: it says what time it is, makes ids, opens transactions and holds who is
//! asking. A process has one [`Kernel`], from which each `Cx` is made. What happened is written to the
//! [`outbox`] in the transaction of the change; what must follow is put into the [`jobs`] queue. Both live in
//! PostgreSQL, which is either given by a URL or kept by the server itself in its data folder ([`db`]).
//!
//! The kernel knows no domain, no HTTP and no pages.

mod bell;
mod buyer;
pub mod clock;
mod cx;
pub mod db;
pub mod idempotency;
pub mod ids;
pub mod jobs;
pub mod outbox;
pub mod telemetry;
pub mod testing;
mod viewer;
pub mod when;

pub use buyer::{Buyer, GuestKey, GuestToken};
pub use clock::{Clock, SystemClock, TestClock};
pub use cx::{Cx, Kernel, Tx};
pub use ids::Ids;
pub use viewer::{Client, Member, Operator, Proved, Viewer};

pub use model::ids::{RequestId, Uuid};
pub use time::OffsetDateTime;
