//! Letting people in, and keeping others out: registering, signing in, sessions, second factors, and what changes them.
//!
//! Nothing here tells a stranger whether an account exists. What is answered, and how long it takes, is the same with
//! and without one: passwords are hashed either way, and what differs (a code for the new, a hint for the owner) is
//! decided by a job after the answer.

mod contact;
mod devices;
mod here;
mod hurdle;
mod letters;
mod me;
mod operators;
mod passkey_in;
mod passkeys;
mod password;
mod post;
mod prove;
mod provider;
mod provider_guest;
mod qr;
mod refusals;
mod register;
mod reset;
mod sessions;
mod sign_in;
mod two_step;
mod ways;

pub use contact::{
    ChangeContactError, confirm_contact, confirm_contact_link, contact_changes, start_contact_change,
    stop_contact_change,
};
pub use here::{
    SHOWN_ONCE, ask_passkey_here, back_from_provider_here, confirm_contact_here, confirm_here,
    go_to_provider_here, link_here, open_codes, open_with_guest_here, registration_lasts, seal_codes,
    second_step_here, sign_in_here, sign_in_with_passkey_here, trip_lasts,
};
pub use hurdle::Hurdle;
pub use letters::{SendConfirmation, SendContactCodes, SendReset};
pub use me::{Me, me};
pub use operators::{RoleError, grant, revoke, roles_of};
pub use passkey_in::{For, Offer, ask_passkey, sign_in_with_passkey, ways_on};
pub use passkeys::{
    Added, PasskeyError, add_passkey, offer_passkey, passkeys, passkeys_work, remove_passkey,
    remove_password, rename_passkey,
};
pub use password::{ChangePasswordError, change_password};
pub(crate) use post::{link, link_with, tell, write_to};
pub use prove::{Proof, ProveError, prove};
pub use provider::{
    Back, Errand, Given, ProviderError, Returned, Sent, back_from_provider, go_to_provider, linked,
    provider_label, unlink_provider,
};
pub use provider_guest::{GuestShown, guest, link_guest, open_with_guest};
pub use qr::qr;
pub use refusals::NoteRefusal;
pub use register::{ConfirmError, NewPerson, RegisterError, confirm, confirm_link, open_account, register};
pub use reset::{ResetError, request_reset, reset};
pub use sessions::{EndError, Sweep, end, end_others, list, recognise, shown, sign_out};
pub use sign_in::{Credentials, Entry, SignInError, SignedIn, second_step, sign_in};
pub use two_step::{
    Enrolment, TwoStepError, confirm_two_step, new_recovery_codes, offer_two_step, offered_two_step,
    remove_two_step, two_step,
};

pub use identity::{
    Token,
    factor::RecoveryCode,
    session::{Kind, Listed, STEP_UP, Stay},
};
use kernel::jobs::{Registry, Schedule};

/// The jobs of this module, and what of it runs by the clock.
#[must_use]
pub fn jobs(registry: Registry) -> Registry {
    registry.job::<SendConfirmation>().job::<SendReset>().job::<SendContactCodes>().job::<NoteRefusal>().cron(
        "sweep sessions and challenges",
        Schedule::every(time::Duration::HOUR),
        || Sweep {},
    )
}
