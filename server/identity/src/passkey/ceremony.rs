//! Questions to passkeys and their answers, as browsers put and give them. What the standard asks to be checked is
//! checked by `webauthn_rp`; which rules hold here is said in this file.

use super::{Kept, Known, Relying};
use model::ids::{AccountId, Uuid};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication16, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, RegistrationServerState,
    bin::{Decode as _, Encode as _},
    request::{
        PublicKeyCredentialDescriptor,
        auth::AuthenticationVerificationOptions,
        register::{
            Extension, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions,
            UserHandle16, Username,
        },
    },
    response::{
        AuthTransports, Backup, CredentialId,
        auth::{error::AuthCeremonyErr, ser_relaxed::AuthenticationRelaxed},
        register::{DynamicState, StaticState, ser_relaxed::RegistrationRelaxed},
    },
};

/// Answers are a few hundred bytes; those with large keys a few thousand.
const LONGEST: usize = 32 * 1024;

/// What a browser is asked, and what is kept of it until the answer comes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// For `navigator.credentials`, as JSON.
    pub options: String,
    pub state: Vec<u8>,
}

/// A passkey that was just made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewKey {
    pub credential: Vec<u8>,
    pub key: Vec<u8>,
    pub state: [u8; 7],
    pub transports: u8,
    pub sign_count: u32,
    pub synced: bool,
}

/// A signature, read but not checked yet.
#[derive(Debug)]
pub struct Answer(DiscoverableAuthentication16);

/// What a good signature changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Used {
    pub state: [u8; 7],
    pub sign_count: u32,
    pub synced: bool,
}

/// Why an answer is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refused {
    #[error("that is not what a browser answers")]
    Unreadable,
    /// To another question, of another site, of a device that did not verify its owner, or not signed by the passkey.
    #[error("the answer does not fit the question")]
    Unfit,
    #[error("the passkey does not count on, so there is a copy of it")]
    Copied,
    #[error("what is kept of a passkey or question cannot be read")]
    Damaged,
}

impl Relying {
    /// Asks for a new passkey that its device can find by itself and that makes it verify its owner. `name` is what the
    /// device lists it under.
    pub fn ask_for_new(
        &self,
        account: AccountId,
        name: &str,
        known: Vec<Known>,
    ) -> Result<Question, Refused> {
        let handle = handle(account);
        let user = PublicKeyCredentialUserEntity {
            name: Username::try_from(name)
                .or_else(|_| Username::try_from("pasar"))
                .map_err(|_| Refused::Damaged)?,
            id: &handle,
            display_name: Nickname::try_from(name).ok(),
        };
        let known = known.into_iter().filter_map(|known| {
            let id = CredentialId::<Vec<u8>>::decode(known.credential).ok()?;
            Some(PublicKeyCredentialDescriptor {
                id,
                transports: AuthTransports::decode(known.transports).ok()?,
            })
        });
        let mut options = PublicKeyCredentialCreationOptions::passkey(&self.id, user, known.collect());
        // Many authenticators know no `credProtect`; that owners are verified is checked at each use instead.
        options.extensions = Extension::default();
        let (server, client) = options.start_ceremony().map_err(|_| Refused::Damaged)?;
        question(&client, server.encode())
    }

    /// Checks what was made.
    pub fn check_new(&self, state: &[u8], answer: &str) -> Result<NewKey, Refused> {
        let state = RegistrationServerState::<16>::decode(state).map_err(|_| Refused::Damaged)?;
        let RegistrationRelaxed(answer) = read(answer)?;
        let options = RegistrationVerificationOptions::<String, String> {
            allowed_origins: &self.origins,
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::default()
        };
        let made = state.verify(&self.id, &answer, &options).map_err(|error| {
            tracing::debug!("A new passkey was refused: {error}");
            Refused::Unfit
        })?;
        let dynamic = made.dynamic_state();
        let Used { state, sign_count, synced } = used(dynamic)?;
        Ok(NewKey {
            credential: made.id().as_ref().to_vec(),
            key: made.static_state().encode().map_err(|_| Refused::Damaged)?,
            state,
            transports: made.transports().encode().map_err(|_| Refused::Damaged)?,
            sign_count,
            synced,
        })
    }

    /// Asks whatever passkey its owner chooses to sign.
    pub fn ask(&self) -> Result<Question, Refused> {
        let options = DiscoverableCredentialRequestOptions::passkey(&self.id);
        let (server, client) = options.start_ceremony().map_err(|_| Refused::Damaged)?;
        question(&client, server.encode())
    }

    /// Checks a signature against the passkey that is said to have made it.
    pub fn check(&self, state: &[u8], answer: &Answer, kept: &Kept) -> Result<Used, Refused> {
        let state = DiscoverableAuthenticationServerState::decode(state).map_err(|_| Refused::Damaged)?;
        let handle = handle(kept.account);
        let mut passkey = AuthenticatedCredential::new(
            answer.0.raw_id(),
            &handle,
            StaticState::decode(&kept.key).map_err(|_| Refused::Damaged)?,
            DynamicState::decode(kept.state).map_err(|_| Refused::Damaged)?,
        )
        .map_err(|_| Refused::Damaged)?;
        let options = AuthenticationVerificationOptions::<String, String> {
            allowed_origins: &self.origins,
            error_on_unsolicited_extensions: false,
            ..AuthenticationVerificationOptions::default()
        };
        state.verify(&self.id, &answer.0, &mut passkey, &options).map_err(|error| {
            tracing::debug!("A passkey was refused: {error}");
            match error {
                AuthCeremonyErr::SignatureCounter => Refused::Copied,
                _ => Refused::Unfit,
            }
        })?;
        used(passkey.dynamic_state())
    }
}

impl Answer {
    pub fn read(answer: &str) -> Result<Self, Refused> {
        let AuthenticationRelaxed::<16, true>(answer) = read(answer)?;
        Ok(Self(answer))
    }

    /// What the authenticator calls the passkey.
    pub fn credential(&self) -> Vec<u8> {
        self.0.raw_id().as_ref().to_vec()
    }

    /// Whose it says it is.
    pub fn account(&self) -> AccountId {
        let Ok(bytes) = self.0.response().user_handle().encode();
        Uuid::from_bytes(bytes).into()
    }
}

fn handle(account: AccountId) -> UserHandle16 {
    let Ok(handle) = UserHandle16::decode(*account.uuid().as_bytes());
    handle
}

fn question<E>(options: &impl serde::Serialize, state: Result<Vec<u8>, E>) -> Result<Question, Refused> {
    let options = serde_json::to_string(options).map_err(|_| Refused::Damaged)?;
    Ok(Question { options, state: state.map_err(|_| Refused::Damaged)? })
}

fn read<T: serde::de::DeserializeOwned>(answer: &str) -> Result<T, Refused> {
    if answer.len() > LONGEST {
        return Err(Refused::Unreadable);
    }
    serde_json::from_str(answer).map_err(|error| {
        tracing::debug!("A passkey's answer could not be read: {error}");
        Refused::Unreadable
    })
}

fn used(state: DynamicState) -> Result<Used, Refused> {
    Ok(Used {
        state: state.encode().map_err(|_| Refused::Damaged)?,
        sign_count: state.sign_count,
        synced: matches!(state.backup, Backup::Exists),
    })
}
