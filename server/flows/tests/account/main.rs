//! Letting people in, and what is tried by those who should stay out.

mod attacks;
mod authenticator;
mod journeys;
mod passkeys;
mod provider;
mod simulator;
mod support;
