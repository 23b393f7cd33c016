//! Registrations: someone wants an account and has yet to show that the address is theirs. Until then there is no
//! account, so that nobody can sit on an address that is not theirs, and a registration with an address that has an
//! account already looks like any other.

pub mod store;

use model::{
    Contact, Lang,
    ids::{ChallengeId, RegistrationId},
};

/// Its id is known to whoever registered, and to nobody else: it comes with the answer to registering.
#[derive(Clone, Debug)]
pub struct Registration {
    pub id: RegistrationId,
    pub challenge: ChallengeId,
    pub contact: Contact,
    /// A PHC string.
    pub password_hash: String,
    pub lang: Lang,
}
