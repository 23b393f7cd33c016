//! Bringing in files.

mod odd;
mod rows;
mod statements;
mod support;
