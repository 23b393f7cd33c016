//! How large a request may be and how long it may take.

use crate::{Problem, layers::Edge};
use axum::{
    body::{Body, HttpBody as _},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::{StreamExt as _, stream};
use http::header;
use model::Code;
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// How the reading of a body went.
#[derive(Default)]
struct Intake {
    whole: AtomicBool,
    too_large: AtomicBool,
}

/// Layer: 413 for a body over the limit, 408 for one that does not arrive, 503 for an answer that does not begin.
///
/// A body of unknown length is counted as it is read; whatever its reader makes of the break-off, the answer is 413.
pub(crate) async fn measure(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let limit = edge.settings.body_limit_of(request.uri().path());
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if announced.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > limit as u64) {
        return Problem::from(Code::TooLarge).into_response();
    }
    let intake = Arc::new(Intake::default());
    let request = request.map(|body| counted(body, limit, intake.clone()));
    let timeout = edge.settings.timeout;
    match tokio::time::timeout(timeout, next.run(request)).await {
        Ok(_) if intake.too_large.load(Ordering::Relaxed) => Problem::from(Code::TooLarge).into_response(),
        Ok(response) => response,
        Err(_) if !intake.whole.load(Ordering::Relaxed) => Problem::from(Code::Timeout).into_response(),
        Err(_) => {
            let cause = format_args!("no answer within {} s", timeout.as_secs()).to_string();
            Problem::from(Code::Unavailable).because(cause).into_response()
        }
    }
}

fn counted(body: Body, limit: usize, intake: Arc<Intake>) -> Body {
    if body.is_end_stream() {
        intake.whole.store(true, Ordering::Relaxed);
        return body;
    }
    let mut chunks = body.into_data_stream();
    let mut left = limit;
    Body::from_stream(stream::poll_fn(move |task| {
        chunks.poll_next_unpin(task).map(|next| match next {
            Some(Ok(chunk)) if chunk.len() > left => {
                intake.too_large.store(true, Ordering::Relaxed);
                Some(Err(axum::Error::new(io::Error::other("the body is too large"))))
            }
            Some(Ok(chunk)) => {
                left -= chunk.len();
                Some(Ok(chunk))
            }
            Some(Err(error)) => Some(Err(error)),
            None => {
                intake.whole.store(true, Ordering::Relaxed);
                None
            }
        })
    }))
}
