//! Listening, and stopping without cutting anyone off.

use axum::Router;
use std::{future::Future, io, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How serving ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// Every request under way was answered.
    Drained,
    /// Some were still under way when the time was up.
    CutOff,
}

/// Serves until `stop` resolves, then takes no more connections and gives the requests under way `grace` to finish.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    grace: Duration,
) -> io::Result<Ended> {
    let stopping = CancellationToken::new();
    let stopped = stopping.clone();
    let signal = async move {
        stop.await;
        stopping.cancel();
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(signal).into_future();
    let time_is_up = async {
        stopped.cancelled().await;
        tokio::time::sleep(grace).await;
    };
    tokio::select! {
        ended = served => ended.map(|()| Ended::Drained),
        () = time_is_up => Ok(Ended::CutOff),
    }
}
