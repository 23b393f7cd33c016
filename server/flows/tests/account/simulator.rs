//! A provider to sign in through, in software: answers over HTTP as OpenID Connect asks, signs what it states, and lies
//! where it is told to.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use identity::provider::{Provider, ProviderSettings};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

pub const CLIENT: &str = "pasar";

/// What it states, besides who it is, for whom and when. A claim set here wins over the right one.
type Claims = serde_json::Map<String, Value>;

/// A code that was given out: what it stands for, and the challenge of PKCE it was asked with.
struct Ticket {
    claims: Claims,
    challenge: String,
}

pub struct Simulator {
    pub issuer: String,
    key: Mutex<(String, EcdsaKeyPair)>,
    tickets: Mutex<HashMap<String, Ticket>>,
}

/// What an address asks for.
pub fn asked(address: &str) -> HashMap<String, String> {
    let url: url::Url = address.parse().unwrap();
    url.query_pairs().into_owned().collect()
}

fn new_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap()
}

impl Simulator {
    /// Answers from now on, on a port of its own.
    pub async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let key = Mutex::new(("one".to_owned(), new_key()));
        let it = Arc::new(Self { issuer, key, tickets: Mutex::default() });
        let answering = it.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let it = answering.clone();
                tokio::spawn(async move { it.serve(stream).await });
            }
        });
        it
    }

    /// This site as the provider knows it.
    pub fn provider(&self) -> Provider {
        Provider::open(ProviderSettings {
            issuer: self.issuer.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: "a secret of the tests".to_owned(),
            label: "Contoh".to_owned(),
            back: "https://pasar.example/sign-in/provider".to_owned(),
        })
        .unwrap()
    }

    /// Somebody signs in at the provider, having come by this address; the code they are given along.
    pub fn signs_in(&self, address: &str, claims: Value) -> String {
        let asked = asked(address);
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["code_challenge_method"], "S256");
        let Value::Object(mut all) = json!({"nonce": asked["nonce"]}) else { unreachable!() };
        all.extend(claims.as_object().unwrap().clone());
        let mut tickets = self.tickets.lock().unwrap();
        let code = format!("code-{}", tickets.len());
        tickets.insert(code.clone(), Ticket { claims: all, challenge: asked["code_challenge"].clone() });
        code
    }

    /// Signs with another key from now on.
    pub fn change_key(&self) {
        *self.key.lock().unwrap() = ("two".to_owned(), new_key());
    }

    async fn serve(&self, mut stream: TcpStream) {
        let mut read = Vec::new();
        let mut part = [0; 4096];
        let (head, body) = loop {
            let Ok(n @ 1..) = stream.read(&mut part).await else { return };
            read.extend_from_slice(&part[..n]);
            let text = String::from_utf8_lossy(&read).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            if body.len() >= length.unwrap_or(0) {
                break (head.to_owned(), body.to_owned());
            }
        };
        let path = head.split(' ').nth(1).unwrap_or_default();
        let (status, answer) = self.answer(path, &body);
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            answer.len()
        );
        let _ = stream.write_all(format!("{head}{answer}").as_bytes()).await;
    }

    fn answer(&self, path: &str, body: &str) -> (&'static str, Value) {
        let at = |path: &str| format!("{}{path}", self.issuer);
        match path {
            "/.well-known/openid-configuration" => (
                "200 OK",
                json!({
                    "issuer": self.issuer,
                    "authorization_endpoint": at("/authorize"),
                    "token_endpoint": at("/token"),
                    "jwks_uri": at("/keys"),
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["ES256"],
                }),
            ),
            "/keys" => {
                let key = self.key.lock().unwrap();
                let point = &key.1.public_key().as_ref()[1..];
                (
                    "200 OK",
                    json!({"keys": [{
                        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": key.0,
                        "x": BASE64.encode(&point[..32]), "y": BASE64.encode(&point[32..]),
                    }]}),
                )
            }
            "/token" => self.token(body),
            _ => ("404 Not Found", json!({})),
        }
    }

    /// A code is good once, and only with the verifier its challenge was made from.
    fn token(&self, body: &str) -> (&'static str, Value) {
        let form: HashMap<String, String> =
            url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        let verifier = form.get("code_verifier").map_or("", String::as_str);
        let challenge = BASE64.encode(Sha256::digest(verifier));
        let ticket = form.get("code").and_then(|code| self.tickets.lock().unwrap().remove(code));
        let Some(ticket) = ticket.filter(|ticket| ticket.challenge == challenge) else {
            return ("400 Bad Request", json!({"error": "invalid_grant"}));
        };
        let statement = self.state(ticket.claims);
        ("200 OK", json!({"access_token": "unused", "token_type": "Bearer", "id_token": statement}))
    }

    fn state(&self, claims: Claims) -> String {
        #[expect(clippy::disallowed_methods, reason = "its statements are checked against the real time")]
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let Value::Object(mut all) = json!({"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300})
        else {
            unreachable!()
        };
        let forged = claims.contains_key("forged");
        all.extend(claims);
        let key = self.key.lock().unwrap();
        let head = json!({"alg": "ES256", "kid": key.0}).to_string();
        let signed = [BASE64.encode(head), BASE64.encode(Value::Object(all).to_string())].join(".");
        let other = forged.then(new_key);
        let key = other.as_ref().unwrap_or(&key.1);
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        [signed, BASE64.encode(signature.as_ref())].join(".")
    }
}
