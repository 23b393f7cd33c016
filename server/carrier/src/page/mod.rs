//! The carrier's pages for people: plain forms, no scripts. The layer in front of all pages refuses forms of other sites.

mod parts;
mod words;

use crate::{
    Depot, MoveError, ParcelId, ParcelState,
    store::{self, Key},
    verbs,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Response},
};
use bank::sim::prefs;
use http::{HeaderMap, StatusCode, Uri, header};
use maud::Markup;
use serde::Deserialize;

/// Parcels on one page of the list.
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
        tracing::error!(%error, "The carrier could not show a page");
        Self(StatusCode::SERVICE_UNAVAILABLE)
    }
}

const NOT_FOUND: Trouble = Trouble(StatusCode::NOT_FOUND);

#[derive(Deserialize)]
pub(crate) struct Wanted {
    waybill: Option<String>,
    after: Option<String>,
}

/// `GET /sim/carrier`: the latest parcels, and a field for a waybill, which leads to its parcel.
pub(crate) async fn latest(
    State(depot): State<Depot>,
    uri: Uri,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    let prefs = prefs::of(&uri, &headers);
    let mut db = depot.kernel.db().acquire().await?;
    let typed = wanted.waybill.unwrap_or_default().trim().to_ascii_uppercase();
    if !typed.is_empty()
        && let Some(parcel) = store::find_parcel(&mut db, Key::Waybill(&typed)).await?
    {
        return Ok(to(parcel.id, false));
    }
    let after = wanted.after.map(|after| after.parse().map_err(|_| NOT_FOUND)).transpose()?;
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX - 1);
    let mut parcels = store::list_parcels(&mut db, after, most + 1).await?;
    let more = parcels.len() > PAGE;
    parcels.truncate(PAGE);
    let next = parcels.last().filter(|_| more).map(|last| last.id);
    Ok(shown(parts::latest(prefs, stylesheet(&depot), &typed, &parcels, next)))
}

#[derive(Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// `GET /sim/carrier/parcels/{parcel}`
pub(crate) async fn show(
    State(depot): State<Depot>,
    uri: Uri,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let id = id.parse().map_err(|_| NOT_FOUND)?;
    let mut db = depot.kernel.db().acquire().await?;
    let parcel = store::find_parcel(&mut db, Key::Id(id)).await?.ok_or(NOT_FOUND)?;
    let events = store::list_events(&mut db, id).await?;
    let changed = done.done.as_deref() == Some("changed");
    Ok(shown(parts::parcel(prefs::of(&uri, &headers), stylesheet(&depot), &parcel, &events, changed)))
}

#[derive(Deserialize)]
pub(crate) struct Action {
    #[serde(rename = "do")]
    what: String,
    version: i32,
}

/// `POST /sim/carrier/parcels/{parcel}`: does it and shows the page again. What was shown is not what there is: nothing is
/// done.
pub(crate) async fn act(
    State(depot): State<Depot>,
    Path(id): Path<String>,
    Form(action): Form<Action>,
) -> Result<Response, Trouble> {
    let id: ParcelId = id.parse().map_err(|_| NOT_FOUND)?;
    let cx = depot.kernel.job_cx();
    let mut tx = cx.begin().await?;
    let done = match action.what.as_str() {
        "travel" => verbs::travel(&mut tx, &cx, id, true).await,
        "stay" => verbs::travel(&mut tx, &cx, id, false).await,
        name => {
            let state = ParcelState::from_name(name).ok_or(Trouble(StatusCode::BAD_REQUEST))?;
            verbs::go(&mut tx, &cx, id, action.version, state).await
        }
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(to(id, false))
        }
        Err(MoveError::Changed) => Ok(to(id, true)),
        Err(MoveError::NoSuchParcel) => Err(NOT_FOUND),
        Err(MoveError::Database(error)) => Err(error.into()),
    }
}

fn stylesheet(depot: &Depot) -> Option<&str> {
    depot.carrier.settings.stylesheet.as_deref()
}

fn shown(page: Markup) -> Response {
    (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")], Html(page.into_string())).into_response()
}

fn to(parcel: ParcelId, changed: bool) -> Response {
    let note = if changed { "?done=changed" } else { "" };
    let path = format!("/sim/carrier/parcels/{parcel}{note}");
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response()
}
