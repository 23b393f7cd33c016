//! How a page calls its server functions: arguments and answer as JSON, by POST.

use crate::{AppError, json};
use http::Method;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::{
    Bytes, Http, Protocol,
    client::Client,
    codec::Json,
    error::{FromServerFnError as _, ServerFnErrorErr},
    redirect::call_redirect_hook,
    request::ClientReq as _,
    response::ClientRes as _,
    server::Server,
};

/// On the wire the same as `Http<Json, Json>`, for `#[server(protocol = Call)]`. That one brings the whole way of a
/// request into the wasm once for each function; here a function adds its own types' JSON and nothing else.
#[derive(Debug)]
pub struct Call;

type Wire = Http<Json, Json>;

impl<Input, Output, C, S> Protocol<Input, Output, C, S, AppError> for Call
where
    Input: Serialize + DeserializeOwned + Send,
    Output: Serialize + DeserializeOwned + Send,
    C: Client<AppError>,
    S: Server<AppError>,
    S::Request: 'static,
{
    const METHOD: Method = Method::POST;

    async fn run_server<F, Fut>(request: S::Request, function: F) -> Result<S::Response, AppError>
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Output, AppError>> + Send,
    {
        <Wire as Protocol<Input, Output, C, S, AppError>>::run_server(request, function).await
    }

    async fn run_client(path: &str, input: Input) -> Result<Output, AppError> {
        let body = serde_json::to_vec(&input)
            .map_err(|e| AppError::from_server_fn_error(ServerFnErrorErr::Serialization(e.to_string())))?;
        let answer = post::<C>(path, JSON, body.into()).await?;
        json::read(&answer)
            .map_err(|e| AppError::from_server_fn_error(ServerFnErrorErr::Deserialization(e.to_string())))
    }
}

const JSON: &str = "application/json";

/// Sends a body of this media type to the server function at `path`; its answer is JSON.
///
/// # Errors
///
/// What the function refused, or what went wrong on the way.
pub async fn post<C: Client<AppError>>(path: &str, media_type: &str, body: Bytes) -> Result<Bytes, AppError> {
    let answer = C::send(C::Request::try_new_req_bytes(path, media_type, JSON, body, Method::POST)?).await?;
    let refused = (400..=599).contains(&answer.status());
    let elsewhere = (!refused && answer.has_redirect()).then(|| answer.location());
    let body = answer.try_into_bytes().await?;
    if refused {
        return Err(AppError::de(body));
    }
    if let Some(location) = elsewhere {
        call_redirect_hook(&location);
    }
    Ok(body)
}
