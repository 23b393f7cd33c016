//! Messages over real sockets: a mail server and an SMS gateway that do what a test tells them to.

mod crash;
mod gateway;
mod house;
mod mail;
mod preference;
mod sms;
mod smtp;
mod templates;
