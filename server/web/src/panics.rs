//! A panic in a handler is a bug of ours, not the end of the process: the client gets a 500, the log one line.

use crate::Problem;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::Code;
use std::{
    any::Any,
    cell::{Cell, RefCell},
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

thread_local! {
    /// Whether a panic on this thread will be caught and answered.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// Where the last guarded panic happened; the caught value does not say.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Layer: answers 500.
///
/// Handlers share nothing that a panic could leave half-written but what the database rolls back, so going on is safe.
pub(crate) async fn catch(request: Request, next: Next) -> Response {
    let mut work = pin!(next.run(request));
    poll_fn(move |task| {
        let before = GUARDED.replace(true);
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(task)));
        GUARDED.set(before);
        match polled {
            Ok(poll) => poll,
            Err(panic) => {
                let place = PLACE.take().unwrap_or_default();
                let cause = format!("panic: {}{place}", message(&*panic));
                Poll::Ready(Problem::from(Code::Internal).because(cause).into_response())
            }
        }
    })
    .await
}

/// Once per process: panics are reported through the log. One that a request runs into is part of that request's
/// line; any other gets a line of its own.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        if GUARDED.get() {
            PLACE.set(Some(place));
        } else {
            tracing::error!("panic: {}{place}", message(info.payload()));
        }
    }));
}

fn message(panic: &dyn Any) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
