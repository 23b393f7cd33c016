//! The conversation with the provider. What the standard asks to be checked is checked by `openidconnect`: where the
//! statement comes from, who it is for, its signature, its age and its nonce.

use super::{
    Person, Trip,
    http::{Http, NoHttp},
};
use kernel::{Cx, OffsetDateTime};
use model::Email;
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, TokenResponse as _,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims,
        CoreIdTokenVerifier, CoreProviderMetadata, CoreTokenResponse,
    },
};
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tracing::warn;

/// How long what the provider says of itself is believed; its keys change now and then.
const KNOWN_FOR: time::Duration = time::Duration::hours(1);
/// Unknown keys are asked for again, but not by everybody who makes one up.
const ASK_AGAIN: time::Duration = time::Duration::minutes(1);
/// How long ago somebody may have signed in there who proves again who they are.
const FRESH: time::Duration = time::Duration::minutes(5);

/// Where the provider is, and who we are to it.
#[derive(Clone)]
pub struct ProviderSettings {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// What people call it.
    pub label: String,
    /// Where it sends people back to: a whole address of this site.
    pub back: String,
}

impl fmt::Debug for ProviderSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderSettings").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// The settings are not those of a provider.
#[derive(Debug, thiserror::Error)]
pub enum NotAProvider {
    #[error("that is no address")]
    Address(#[from] url::ParseError),
    #[error("the issuer is reached by https; by http only on this machine")]
    Plain,
    #[error(transparent)]
    Http(#[from] NoHttp),
}

/// Why the provider did not say who somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unanswered {
    #[error("the provider cannot be reached")]
    Away,
    /// The code is none, or the statement is not signed by it, not for us, too old, or the answer to another question.
    #[error("what the provider said cannot be believed")]
    Unbelievable,
}

/// What the provider said of itself, and when.
type Known = (Arc<CoreProviderMetadata>, OffsetDateTime);

/// The provider, put into the kernel by the composition root where there is one.
pub struct Provider {
    issuer: IssuerUrl,
    settings: ProviderSettings,
    back: RedirectUrl,
    http: Http,
    known: Mutex<Option<Known>>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Provider {
    /// Nothing is asked of it yet: this site starts without it.
    pub fn open(settings: ProviderSettings) -> Result<Self, NotAProvider> {
        let issuer = IssuerUrl::new(settings.issuer.clone())?;
        let own = matches!(issuer.url().host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if issuer.url().scheme() != "https" && !own {
            return Err(NotAProvider::Plain);
        }
        let http = Http::new()?;
        let back = RedirectUrl::new(settings.back.clone())?;
        Ok(Self { issuer, settings, back, http, known: Mutex::new(None) })
    }

    /// The one of this process, where there is one.
    pub fn here(cx: &Cx) -> Option<Arc<Self>> {
        cx.part()
    }

    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// What people call it.
    pub fn label(&self) -> &str {
        &self.settings.label
    }

    /// The address to send somebody to. `again` has them sign in there even if they are.
    pub async fn way(&self, trip: &Trip, again: bool, now: OffsetDateTime) -> Result<String, Unanswered> {
        let metadata = self.metadata(now, KNOWN_FOR).await?;
        let client = CoreClient::from_provider_metadata((*metadata).clone(), self.id(), None)
            .set_redirect_uri(self.back.clone());
        let verifier = PkceCodeVerifier::new(trip.verifier());
        let (state, nonce) = (trip.state(), trip.nonce());
        let asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        let asked =
            if again { asked.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO) } else { asked };
        Ok(asked.url().0.into())
    }

    /// Exchanges the code somebody came back with. With `again` the provider must have had them sign in just now.
    pub async fn person(
        &self,
        trip: &Trip,
        code: String,
        again: bool,
        now: OffsetDateTime,
    ) -> Result<Person, Unanswered> {
        let metadata = self.metadata(now, KNOWN_FOR).await?;
        let answer = self.exchange(&metadata, trip, code).await?;
        let checked = match self.check(&metadata, &answer, trip, again, now) {
            // It may sign with a key that it did not have when it was asked last.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let metadata = self.metadata(now, ASK_AGAIN).await?;
                self.check(&metadata, &answer, trip, again, now)
            }
            checked => checked,
        };
        checked.map_err(|error| {
            warn!("The sign-in provider's statement was refused: {error}");
            Unanswered::Unbelievable
        })
    }

    async fn exchange(
        &self,
        metadata: &CoreProviderMetadata,
        trip: &Trip,
        code: String,
    ) -> Result<CoreTokenResponse, Unanswered> {
        let basic = metadata
            .token_endpoint_auth_methods_supported()
            .is_none_or(|ways| ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let secret = ClientSecret::new(self.settings.client_secret.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), self.id(), Some(secret))
            .set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody })
            .set_redirect_uri(self.back.clone());
        let asked = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| {
            warn!("The sign-in provider takes no codes: {error}");
            Unanswered::Away
        })?;
        let asked = asked.set_pkce_verifier(PkceCodeVerifier::new(trip.verifier()));
        asked.request_async(&self.http).await.map_err(|error| {
            warn!("The sign-in provider did not take a code: {error}");
            match error {
                RequestTokenError::Request(_) => Unanswered::Away,
                _ => Unanswered::Unbelievable,
            }
        })
    }

    fn check(
        &self,
        metadata: &CoreProviderMetadata,
        answer: &CoreTokenResponse,
        trip: &Trip,
        again: bool,
        now: OffsetDateTime,
    ) -> Result<Person, ClaimsVerificationError> {
        let other = |text: &str| ClaimsVerificationError::Other(text.to_owned());
        let secret = ClientSecret::new(self.settings.client_secret.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), self.id(), Some(secret));
        let verifier: CoreIdTokenVerifier<'_> = client.id_token_verifier();
        let verifier = verifier.set_auth_time_verifier_fn(move |at| match at {
            Some(at) if (now.unix_timestamp() - at.timestamp()).abs() <= FRESH.whole_seconds() => Ok(()),
            _ if again => Err("they did not sign in there just now".to_owned()),
            _ => Ok(()),
        });
        let statement = answer.id_token().ok_or_else(|| other("there is none"))?;
        let claims: &CoreIdTokenClaims = statement.claims(&verifier, &Nonce::new(trip.nonce()))?;
        if let Some(hash) = claims.access_token_hash() {
            let alg = statement.signing_alg().map_err(|_| other("it is not signed"))?;
            let key = statement.signing_key(&verifier).map_err(|_| other("its key is unknown"))?;
            let own = AccessTokenHash::from_token(answer.access_token(), alg, key)
                .map_err(|_| other("its access token cannot be hashed"))?;
            if own != *hash {
                return Err(other("it is about another access token"));
            }
        }
        let told = claims.email().map(|email| email.as_str().trim().to_owned());
        let verified = claims.email_verified() == Some(true);
        let name = claims.preferred_username().map(|name| name.as_str().trim().to_owned());
        let subject = claims.subject().as_str().to_owned();
        if !(1..=255).contains(&subject.len()) {
            return Err(other("it names nobody"));
        }
        let shown = told.clone().or(name).filter(|text| !text.is_empty()).unwrap_or_else(|| subject.clone());
        Ok(Person {
            issuer: self.settings.issuer.clone(),
            subject,
            shown: shown.chars().filter(|c| !c.is_control()).take(254).collect(),
            email: told.filter(|_| verified).and_then(|email| email.parse::<Email>().ok()),
        })
    }

    fn id(&self) -> ClientId {
        ClientId::new(self.settings.client_id.clone())
    }

    /// What it says of itself, at most so old.
    async fn metadata(
        &self,
        now: OffsetDateTime,
        age: time::Duration,
    ) -> Result<Arc<CoreProviderMetadata>, Unanswered> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((metadata, at)) = known
            && now - at < age
        {
            return Ok(metadata);
        }
        let asked = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        let metadata = Arc::new(asked.map_err(|error| {
            warn!("The sign-in provider did not say how to reach it: {error}");
            Unanswered::Away
        })?);
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((metadata.clone(), now));
        Ok(metadata)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_elsewhere_is_reached_by_https() {
        let open = |issuer: &str| {
            Provider::open(ProviderSettings {
                issuer: issuer.to_owned(),
                client_id: "pasar".to_owned(),
                client_secret: "secret".to_owned(),
                label: "Masuk".to_owned(),
                back: "https://pasar.example/sign-in/provider".to_owned(),
            })
        };
        assert!(open("https://id.example").is_ok() && open("http://127.0.0.1:9/").is_ok());
        assert!(matches!(open("http://id.example"), Err(NotAProvider::Plain)));
        assert!(matches!(open("id.example"), Err(NotAProvider::Address(_))));
    }
}
