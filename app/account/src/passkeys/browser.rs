//! Passkeys as browsers know them (`WebAuthn`). Only what runs in the browser calls this.
//!
//! Options and answers travel as JSON, in which bytes are base64 without padding; browsers want and give buffers. Newer
//! ones turn the one into the other themselves, but not all that know passkeys.

use leptos::{
    __reexports::wasm_bindgen_futures::JsFuture,
    prelude::window,
    wasm_bindgen::{JsCast as _, JsValue},
};
use std::cell::RefCell;
use web_sys::{
    AbortController,
    js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array},
};

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Trouble {
    /// Its owner chose none, or closed the window.
    Declined,
    /// The device has one for this account already.
    Known,
    /// There are none in this browser, or not at this address.
    Unable,
    /// Another question took its place.
    Replaced,
}

impl From<JsValue> for Trouble {
    fn from(error: JsValue) -> Self {
        match get(&error, "name").as_string().as_deref() {
            Some("NotAllowedError") => Self::Declined,
            Some("InvalidStateError") => Self::Known,
            Some("AbortError") => Self::Replaced,
            _ => Self::Unable,
        }
    }
}

thread_local! {
    /// The question that waits beside a field. A browser puts one at a time.
    static BESIDE: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Whether there can be passkeys in this browser at this address.
pub(super) fn able() -> bool {
    let host = window().location().hostname().unwrap_or_default();
    let named = host.bytes().any(|b| b.is_ascii_alphabetic()) && !host.starts_with('[');
    named && get(&window(), "PublicKeyCredential").is_function()
}

/// Whether the browser offers passkeys beside a field that is being filled in.
pub(super) async fn offers_beside() -> bool {
    let known = get(&window(), "PublicKeyCredential");
    let Ok(asked) = call(&known, "isConditionalMediationAvailable", &JsValue::UNDEFINED) else {
        return false;
    };
    JsFuture::from(asked.unchecked_into::<Promise>()).await.is_ok_and(|able| able.is_truthy())
}

/// Takes back the question that waits beside a field, if one does.
pub(super) fn stop_waiting() {
    if let Some(waiting) = BESIDE.take() {
        waiting.abort();
    }
}

/// Has a passkey made.
pub(super) async fn make(options: &str) -> Result<String, Trouble> {
    let options = JSON::parse(options)?;
    to_bytes(&get(&options, "user"), "id");
    let made = ask("create", &options, "excludeCredentials", None).await?;
    let response = get(&made, "response");
    let transports = call(&response, "getTransports", &JsValue::UNDEFINED).ok();
    let transports = transports.and_then(|list| JSON::stringify(&list).ok()).map(String::from);
    let more = format!(r#","transports":{}"#, transports.as_deref().unwrap_or("[]"));
    Ok(written(&made, &["clientDataJSON", "attestationObject"], &more))
}

/// Has a passkey sign; `beside` waits until its owner picks one in a field's list.
pub(super) async fn sign(options: &str, beside: bool) -> Result<String, Trouble> {
    let options = JSON::parse(options)?;
    stop_waiting();
    let waiting = if beside { Some(AbortController::new()?) } else { None };
    BESIDE.set(waiting.clone());
    let signed = ask("get", &options, "allowCredentials", waiting.as_ref()).await?;
    Ok(written(&signed, &["clientDataJSON", "authenticatorData", "signature", "userHandle"], ""))
}

async fn ask(
    verb: &str,
    options: &JsValue,
    named: &str,
    waiting: Option<&AbortController>,
) -> Result<JsValue, Trouble> {
    to_bytes(options, "challenge");
    for credential in Array::from(&get(options, named)).iter() {
        to_bytes(&credential, "id");
    }
    let how = Object::new();
    put(&how, "publicKey", options);
    if let Some(waiting) = waiting {
        put(&how, "mediation", &JsValue::from_str("conditional"));
        put(&how, "signal", &waiting.signal());
    }
    let credentials = get(&window().navigator(), "credentials");
    let asked = call(&credentials, verb, &how)?;
    Ok(JsFuture::from(asked.unchecked_into::<Promise>()).await?)
}

/// As `PublicKeyCredential.toJSON` writes it, which some browsers lack.
fn written(credential: &JsValue, parts: &[&str], more: &str) -> String {
    let response = get(credential, "response");
    let parts =
        parts.iter().filter_map(|part| Some(format!(r#""{part}":"{}""#, text(&get(&response, part))?)));
    let parts = parts.collect::<Vec<_>>().join(",");
    let id = text(&get(credential, "rawId")).unwrap_or_default();
    let attached = match get(credential, "authenticatorAttachment").as_string().as_deref() {
        Some("platform") => r#","authenticatorAttachment":"platform""#,
        Some("cross-platform") => r#","authenticatorAttachment":"cross-platform""#,
        _ => "",
    };
    format!(
        r#"{{"id":"{id}","rawId":"{id}","type":"public-key","clientExtensionResults":{{}},"response":{{{parts}{more}}}{attached}}}"#
    )
}

/// Base64 becomes bytes in its place.
fn to_bytes(of: &JsValue, name: &str) {
    let text = get(of, name).as_string().unwrap_or_default().replace('-', "+").replace('_', "/");
    let characters = window().atob(&text).unwrap_or_default();
    let bytes: Vec<u8> = characters.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
    put(of, name, &Uint8Array::from(bytes.as_slice()));
}

/// The base64 of a buffer; none where there is no buffer.
fn text(buffer: &JsValue) -> Option<String> {
    if buffer.is_null() || buffer.is_undefined() {
        return None;
    }
    let characters: String = Uint8Array::new(buffer).to_vec().into_iter().map(char::from).collect();
    let text = window().btoa(&characters).ok()?;
    Some(text.trim_end_matches('=').replace('+', "-").replace('/', "_"))
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn put(into: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(into, &JsValue::from_str(name), value);
}

fn call(of: &JsValue, name: &str, with: &JsValue) -> Result<JsValue, JsValue> {
    let function: Function = get(of, name).dyn_into()?;
    function.call1(of, with)
}
