//! Who is answered before having sent everything still gets to read the answer.
//!
//! A connection that is closed while its other side is sending is reset, and with it goes the answer that was on its
//! way: a person would see a broken connection instead of what was wrong. So the rest is read and thrown away, within
//! bounds.

use axum::{
    body::{Body, BodyDataStream, HttpBody as _},
    extract::Request,
    middleware::Next,
    response::Response,
};
use futures::{StreamExt as _, stream};
use http::header;
use std::{task::Poll, time::Duration};
use tokio::runtime::Handle;

/// Bytes read in vain, at most.
const MOST: usize = 32 * 1024 * 1024;
/// Time spent on it, at most.
const LONGEST: Duration = Duration::from_secs(10);

/// A body whose rest is read after it has been dropped.
struct Whole(Option<BodyDataStream>);

impl Drop for Whole {
    fn drop(&mut self) {
        if let (Some(rest), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(tokio::time::timeout(LONGEST, read_in_vain(rest)));
        }
    }
}

async fn read_in_vain(mut rest: BodyDataStream) {
    let mut left = MOST;
    while let Some(Ok(chunk)) = rest.next().await {
        match left.checked_sub(chunk.len()) {
            Some(less) => left = less,
            None => return,
        }
    }
}

/// Layer: reads what is left of a body that nobody read to its end.
///
/// Except where the client waits to be told that it may send: reading would tell it so.
pub(crate) async fn drain(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() || request.headers().contains_key(header::EXPECT) {
        return next.run(request).await;
    }
    let request = request.map(|body| {
        let mut whole = Whole(Some(body.into_data_stream()));
        Body::from_stream(stream::poll_fn(move |task| {
            let Some(chunks) = &mut whole.0 else { return Poll::Ready(None) };
            let polled = chunks.poll_next_unpin(task);
            if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
                whole.0 = None;
            }
            polled
        }))
    });
    next.run(request).await
}
