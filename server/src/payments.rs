//! What payment providers tell us, and what those who pay and those who sell see of it as it happens.
//!
//! A webhook is believed for its signature alone, whoever sends it, so the refusal of other sites' requests lets it
//! through: there is no cookie it could borrow. What it says is written before it is answered, and what was said before
//! changes nothing.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path},
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use flows::{
    pay,
    seller::{at_shop, today},
    till::Till,
    withdraw::{self, Cashier},
};
use futures::{Stream, StreamExt as _, stream};
use model::{Code, Permission, ids::PaymentId};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use web::{BuyerCx, InCx, Problem};

/// No provider's message is longer.
const LARGEST: usize = 256 * 1024;
/// A page that is open longer asks again.
const LONGEST: Duration = Duration::from_mins(30);

pub fn routes() -> Router {
    Router::new()
        .route("/webhooks/payments/{provider}", post(hear).layer(DefaultBodyLimit::max(LARGEST)))
        .route("/webhooks/payouts/{provider}", post(hear_payout).layer(DefaultBodyLimit::max(LARGEST)))
        .route("/pay/{id}/events", get(events))
        .route("/seller/{shop}/events", get(events_of_shop))
}

/// 204 once it is written; 401 for a signature that is not the provider's.
async fn hear(
    InCx(cx): InCx,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let till = cx.part::<Till>().ok_or(Code::NotFound)?;
    let provider = till.named(&provider).ok_or(Code::NotFound)?;
    let events = provider.read_webhook(&headers, &body, cx.now()).map_err(unheard)?;
    pay::hear(&cx, provider.name(), events).await.map_err(Problem::new)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The same of what was paid out.
async fn hear_payout(
    InCx(cx): InCx,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let cashier = cx.part::<Cashier>().ok_or(Code::NotFound)?;
    let provider = cashier.named(&provider).ok_or(Code::NotFound)?;
    let news = provider.read_webhook(&headers, &body, cx.now()).map_err(unheard)?;
    if let Some(news) = news {
        withdraw::heard(&cx, news).await.map_err(Problem::new)?;
    }
    Ok(StatusCode::NO_CONTENT)
}

fn unheard(error: payment::WebhookError) -> Problem {
    let code = match error {
        payment::WebhookError::BadSignature | payment::WebhookError::Stale => Code::Unauthenticated,
        payment::WebhookError::Malformed | payment::WebhookError::Unknown => Code::Malformed,
    };
    Problem::from(code).because(error)
}

/// Says that there is something new about a payment whenever there is; what, the page asks for itself.
async fn events(BuyerCx(cx, buyer): BuyerCx, Path(id): Path<PaymentId>) -> Result<Response, Problem> {
    let buyer = buyer.ok_or(Code::NotFound)?;
    let news = cx.part::<pay::News>().ok_or(Code::NotFound)?;
    // From before it is looked up, so that nothing is missed.
    let heard = news.listen();
    if !pay::is_of(&cx, &buyer, id).await? {
        return Err(Code::NotFound.into());
    }
    Ok(sent(told(heard, id)))
}

/// The same of a shop's orders, for those who work with them.
async fn events_of_shop(InCx(cx): InCx, Path(shop): Path<String>) -> Result<Response, Problem> {
    let at = at_shop(&cx, &shop, Permission::Orders).await?;
    let news = cx.part::<today::News>().ok_or(Code::NotFound)?;
    Ok(sent(told(news.listen(), at.shop())))
}

fn sent(news: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    let stream = news.take_until(tokio::time::sleep(LONGEST));
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

fn told<T: Clone + PartialEq + Send + 'static>(
    heard: Receiver<T>,
    id: T,
) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((heard, id), move |(mut heard, id)| async move {
        loop {
            match heard.recv().await {
                Ok(changed) if changed == id => break,
                // Missing some is as good as hearing one.
                Err(RecvError::Lagged(_)) => break,
                Ok(_) => {}
                Err(RecvError::Closed) => return None,
            }
        }
        Some((Ok(Event::default().data("changed")), (heard, id)))
    })
}

/// Lets the pages of this node hear of payments and orders; kept in the background.
pub fn with_news(kernel: &kernel::Kernel) -> kernel::Kernel {
    let (payments, orders) = (Arc::new(pay::News::default()), Arc::new(today::News::default()));
    tokio::spawn(pay::keep_news(kernel.clone(), payments.clone()));
    tokio::spawn(today::keep_news(kernel.clone(), orders.clone()));
    kernel.clone().with_part(payments).with_part(orders)
}

/// Takes a guest's cart and orders over at sign-in.
struct ComeIn;

#[async_trait::async_trait]
impl web::Carts for ComeIn {
    async fn come_in(
        &self,
        cx: &kernel::Cx,
        guest: kernel::GuestKey,
        account: model::ids::AccountId,
    ) -> Result<(), sqlx::Error> {
        flows::cart::come_in(cx, guest, account).await
    }
}

pub fn cart_door() -> web::CartDoor {
    web::CartDoor(Box::new(ComeIn))
}
