//! The kernel against a real PostgreSQL.

#![allow(
    unknown_lints,
    clippy::unused_async_trait_impl,
    reason = "jobs are written as async fn, whether they wait or not"
)]

mod embedded;
mod outbox;
mod probe;
mod queue;
mod workers;
