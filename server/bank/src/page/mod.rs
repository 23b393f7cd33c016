//! The bank's pages for people: plain forms, no scripts. The layer in front of all pages refuses forms of other sites.

mod parts;
mod words;

use crate::{
    Charge, ChargeBackError, ChargeId, Counter, PayError,
    card::{self, Card},
    sim::prefs,
    store::{self, Key},
    verbs::{self, Pay},
};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, Uri, header};
use kernel::Cx;
use maud::Markup;
use model::payment::MethodKind;
use parts::Notice;
use serde::Deserialize;

/// Charges on one page of the list.
const PAGE: usize = 20;

/// A page that cannot be shown; the layer in front makes the site's page of it.
pub(crate) struct Trouble(StatusCode);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "The bank could not show a page");
        Self(StatusCode::SERVICE_UNAVAILABLE)
    }
}

const NOT_FOUND: Trouble = Trouble(StatusCode::NOT_FOUND);

#[derive(Deserialize)]
pub(crate) struct Wanted {
    number: Option<String>,
    after: Option<String>,
}

/// `GET /sim/bank`: the latest charges, and a field for a number, which leads to its charge.
pub(crate) async fn latest(
    State(counter): State<Counter>,
    uri: Uri,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    let prefs = prefs::of(&uri, &headers);
    let mut db = counter.kernel.db().acquire().await?;
    let number = wanted.number.unwrap_or_default();
    let typed: String = number.chars().filter(char::is_ascii_digit).collect();
    if !typed.is_empty()
        && let Some(charge) = store::find_charge(&mut db, Key::Number(&typed)).await?
    {
        return Ok(to(charge.id));
    }
    let after = wanted.after.map(|after| after.parse().map_err(|_| NOT_FOUND)).transpose()?;
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX - 1);
    let mut charges = store::list_charges(&mut db, after, most + 1).await?;
    let more = charges.len() > PAGE;
    charges.truncate(PAGE);
    let next = charges.last().filter(|_| more).map(|last| last.id);
    let page = parts::latest(prefs, stylesheet(&counter), &number, &charges, next);
    Ok(shown(StatusCode::OK, page))
}

/// `GET /sim/bank/transfers`: the latest transfers.
pub(crate) async fn transfers(
    State(counter): State<Counter>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let transfers = store::list_transfers(&mut *counter.kernel.db().acquire().await?, most).await?;
    let page = parts::transfers(prefs::of(&uri, &headers), stylesheet(&counter), &transfers);
    Ok(shown(StatusCode::OK, page))
}

#[derive(Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// `GET /sim/bank/pay/{charge}`
pub(crate) async fn show(
    State(counter): State<Counter>,
    uri: Uri,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let id = id.parse().map_err(|_| NOT_FOUND)?;
    let notice = match done.done.as_deref() {
        Some("late") => Some(Notice::Late),
        Some("changed") => Some(Notice::Changed),
        _ => None,
    };
    Ok(shown(StatusCode::OK, charge_page(&counter, &uri, &headers, id, notice).await?))
}

#[derive(Deserialize)]
pub(crate) struct Action {
    #[serde(rename = "do")]
    what: String,
    version: i32,
    #[serde(default)]
    card: String,
}

/// `POST /sim/bank/pay/{charge}`: does it and shows the page again. What was shown is not what there is: nothing is done.
pub(crate) async fn act(
    State(counter): State<Counter>,
    uri: Uri,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(action): Form<Action>,
) -> Result<Response, Trouble> {
    let id: ChargeId = id.parse().map_err(|_| NOT_FOUND)?;
    let cx = counter.kernel.job_cx();
    match carry_out(&cx, id, &action).await? {
        Acted::Done => Ok(to(id)),
        Acted::Late => Ok(back(&format!("/sim/bank/pay/{id}?done=late"))),
        Acted::Changed => Ok(back(&format!("/sim/bank/pay/{id}?done=changed"))),
        Acted::NoCard => {
            let page = charge_page(&counter, &uri, &headers, id, Some(Notice::NoCard)).await?;
            Ok(shown(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
    }
}

enum Acted {
    Done,
    Late,
    /// It was not done, since the charge is no longer as it was shown.
    Changed,
    NoCard,
}

async fn carry_out(cx: &Cx, id: ChargeId, action: &Action) -> Result<Acted, Trouble> {
    let mut tx = cx.begin().await?;
    let charge = store::find_charge(&mut tx, Key::Id(id)).await?.ok_or(NOT_FOUND)?;
    let how = match action.what.as_str() {
        "pay" => Pay::All,
        "twice" => Pay::Twice,
        "less" => Pay::Less,
        "late" => Pay::Late,
        "fail" => Pay::Fail,
        "charge_back" => {
            return match verbs::charge_back(&mut tx, cx, id, action.version).await {
                Ok(()) => Ok(tx.commit().await.map(|()| Acted::Done)?),
                Err(ChargeBackError::Database(error)) => Err(error.into()),
                Err(_) => Ok(Acted::Changed),
            };
        }
        "refuse_refunds" | "allow_refunds" => {
            store::set_refuses_refunds(&mut tx, id, action.what == "refuse_refunds").await?;
            return Ok(tx.commit().await.map(|()| Acted::Done)?);
        }
        _ => return Err(Trouble(StatusCode::BAD_REQUEST)),
    };
    let Some(how) = by_card(&charge, how, &action.card) else { return Ok(Acted::NoCard) };
    match verbs::pay(&mut tx, cx, id, action.version, how).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(if how == Pay::Late && charge.due_at > cx.now() { Acted::Late } else { Acted::Done })
        }
        Err(PayError::Database(error)) => Err(error.into()),
        Err(PayError::NoSuchCharge) => Err(NOT_FOUND),
        Err(PayError::Closed | PayError::Changed | PayError::TooSmall) => Ok(Acted::Changed),
    }
}

/// Where a card is asked for, its number decides whether the payment goes through; none where it is not one of ours.
fn by_card(charge: &Charge, how: Pay, typed: &str) -> Option<Pay> {
    if charge.method.kind() != MethodKind::Card || how == Pay::Fail {
        return Some(how);
    }
    match card::read(typed)? {
        Card::Good => Some(how),
        Card::Declined => Some(Pay::Fail),
    }
}

async fn charge_page(
    counter: &Counter,
    uri: &Uri,
    headers: &HeaderMap,
    id: ChargeId,
    notice: Option<Notice>,
) -> Result<Markup, Trouble> {
    let mut db = counter.kernel.db().acquire().await?;
    let charge = store::find_charge(&mut db, Key::Id(id)).await?.ok_or(NOT_FOUND)?;
    let events = store::list_events(&mut db, id).await?;
    let now = counter.kernel.now();
    Ok(parts::charge(prefs::of(uri, headers), stylesheet(counter), &charge, &events, notice, now))
}

fn stylesheet(counter: &Counter) -> Option<&str> {
    counter.bank.settings.stylesheet.as_deref()
}

fn shown(status: StatusCode, page: Markup) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Html(page.into_string())).into_response()
}

fn to(charge: ChargeId) -> Response {
    back(&format!("/sim/bank/pay/{charge}"))
}

fn back(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response()
}
