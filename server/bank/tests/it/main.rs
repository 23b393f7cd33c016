//! The bank over HTTP: programs at its API, people at its pages, and what it tells.

mod api;
mod fixtures;
mod page;
mod webhook;
