//! Carts in a database: limits, two tabs at once, other people's carts, and signing in.

mod choices;
mod fixtures;
mod holders;
mod lines;
mod merge;
