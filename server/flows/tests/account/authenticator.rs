//! An authenticator in software: makes passkeys and signs with them as CTAP2 devices do, and lies where it is told to.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub const ORIGIN: &str = "https://pasar.example";

pub struct Authenticator {
    key: EcdsaKeyPair,
    id: [u8; 16],
    pub host: String,
    /// Whose passkey it says it is.
    pub handle: String,
    pub count: u32,
    pub verifies: bool,
    pub origin: String,
}

impl Authenticator {
    /// Makes a passkey, and the answer that says so.
    pub fn make(options: &str) -> (Self, String) {
        Self::make_with(options, true, ORIGIN)
    }

    pub fn make_with(options: &str, verifies: bool, origin: &str) -> (Self, String) {
        let options: Value = serde_json::from_str(options).unwrap();
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap();
        let id: [u8; 16] = Sha256::digest(key.public_key().as_ref())[..16].try_into().unwrap();
        let it = Self {
            key,
            id,
            host: options["rp"]["id"].as_str().unwrap().to_owned(),
            handle: options["user"]["id"].as_str().unwrap().to_owned(),
            count: 0,
            verifies,
            origin: origin.to_owned(),
        };
        let client = it.client("webauthn.create", &options);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        let data = it.made();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let answer = it.answer(json!({
            "clientDataJSON": BASE64.encode(client),
            "attestationObject": BASE64.encode(object),
            "transports": ["internal"],
        }));
        (it, answer)
    }

    /// Signs, counting on.
    pub fn sign(&mut self, options: &str) -> String {
        self.count += 1;
        let options: Value = serde_json::from_str(options).unwrap();
        let client = self.client("webauthn.get", &options);
        let data = self.data(0);
        let signed = [data.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(json!({
            "clientDataJSON": BASE64.encode(client),
            "authenticatorData": BASE64.encode(data),
            "signature": BASE64.encode(signature.as_ref()),
            "userHandle": self.handle,
        }))
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let (challenge, origin) = (options["challenge"].as_str().unwrap(), &self.origin);
        format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#)
            .into()
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(self.host.as_bytes()).to_vec();
        data.push(0x01 | if self.verifies { 0x04 } else { 0 } | more);
        data.extend(self.count.to_be_bytes());
        data
    }

    /// With the new key in it (COSE: EC2, ES256, P-256).
    fn made(&self) -> Vec<u8> {
        let point = &self.key.public_key().as_ref()[1..];
        let mut data = self.data(0x40);
        data.extend([0; 16]);
        data.extend(16_u16.to_be_bytes());
        data.extend(self.id);
        data.extend(b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20");
        data.extend(&point[..32]);
        data.extend(b"\x22\x58\x20");
        data.extend(&point[32..]);
        data
    }

    fn answer(&self, response: Value) -> String {
        let id = BASE64.encode(self.id);
        let answer = json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
            "response": response,
        });
        answer.to_string()
    }
}
