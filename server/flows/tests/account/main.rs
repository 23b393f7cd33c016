//! Letting people in, and what is tried by those who should stay out.

mod attacks;
mod journeys;
mod support;
