//! A shop's goods as files: taken out, sent in with a form, and the bad rows of one that was sent.

use axum::{
    Extension, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Multipart, Path, Query},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use flows::seller::{
    at_shop,
    goods::{BadRows, Export, ExportError, Sent, send},
};
use futures::{StreamExt as _, stream};
use model::{
    AppError, Code, FieldError, Permission, Site,
    ids::GoodsImportId,
    shop::{SheetFormat, StallFilter, file},
    views::ProductState,
};
use std::collections::BTreeMap;
use web::{InCx, Problem};

/// Of the form a file comes with.
const FORM_BYTES: usize = file::BYTES + 64 * 1024;

pub fn routes() -> Router {
    let sent = post(receive).layer(DefaultBodyLimit::max(FORM_BYTES));
    Router::new()
        .route("/seller/{shop}/products/export", get(export))
        .route("/seller/{shop}/products/import/file", sent)
        .route("/seller/{shop}/products/import/{run}/bad.csv", get(bad))
}

/// Which goods are wanted, as the table's page asks for them.
fn filter(asked: &BTreeMap<String, String>) -> StallFilter {
    StallFilter {
        q: asked.get("q").cloned().unwrap_or_default(),
        state: asked.get("state").and_then(|state| ProductState::parse(state)),
        low: asked.contains_key("low"),
        after: None,
    }
}

/// All goods of a shop, or those the page's table shows; a row for each variant.
async fn export(
    InCx(cx): InCx,
    Extension(Site(site)): Extension<Site>,
    Path(shop): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let at = at_shop(&cx, &shop, Permission::Products).await?;
    let format = asked.get("as").map_or(Some(SheetFormat::Csv), |name| SheetFormat::from_name(name));
    let format = format.ok_or_else(|| Problem::from(Code::NotFound))?;
    let goods = Export::open(&cx, &at, filter(&asked), &site).await.map_err(AppError::from)?;
    Ok(match format {
        SheetFormat::Csv => as_csv(&shop, goods),
        SheetFormat::Xlsx => {
            let book = goods.workbook().await.map_err(|error| {
                let cause = error.to_string();
                Problem::new(AppError::from(error)).because(cause)
            })?;
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            (headers(kind, &format!("{shop}.xlsx")), book).into_response()
        }
    })
}

fn as_csv(shop: &str, goods: Export) -> Response {
    let head = stream::once(async { Ok::<Bytes, ExportError>(Export::csv_head()) });
    let rows = stream::try_unfold(goods, |mut goods| async move {
        Ok(goods.csv_part().await?.map(|part| (part, goods)))
    });
    let body = Body::from_stream(head.chain(rows));
    (headers("text/csv; charset=utf-8", &format!("{shop}.csv")), body).into_response()
}

/// For whoever asked, to be kept by them and by nothing on the way. The name is a shop's address, which needs no quoting.
fn headers(kind: &'static str, name: &str) -> [(header::HeaderName, HeaderValue); 3] {
    let named = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, named.unwrap_or(HeaderValue::from_static("attachment"))),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ]
}

/// Takes the file of a plain form in and goes on to its page; back to the form, which says what was wrong, where it is none.
/// Whose shop it is comes before anything is read.
async fn receive(InCx(cx): InCx, Path(shop): Path<String>, form: Multipart) -> Result<Response, Problem> {
    let at = at_shop(&cx, &shop, Permission::Products).await?;
    let page = format!("/seller/{shop}/products/import");
    let sent = match read(form).await {
        Ok(sent) => send(&cx, &at, sent).await.map_err(AppError::from),
        Err(error) => Err(error),
    };
    let to = match sent {
        Ok(id) => format!("{page}/{id}"),
        Err(error) => format!("{page}?refused={}", refused(error)?),
    };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// How the page is told; what is not about the file is an error of its own.
fn refused(error: AppError) -> Result<&'static str, Problem> {
    match error.code {
        Code::TooLarge => Ok("large"),
        Code::Conflict => Ok("busy"),
        Code::Invalid if error.of("stock").is_some() => Ok("stock"),
        Code::Invalid if error.of("file") == Some(FieldError::Required) => Ok("missing"),
        Code::Invalid => Ok("wrong"),
        _ => Err(error.into()),
    }
}

async fn read(mut form: Multipart) -> Result<Sent, AppError> {
    let broken = |status: StatusCode| match status {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::from(Code::TooLarge),
        _ => Code::Malformed.into(),
    };
    let mut sent = Sent { name: String::new(), content: Bytes::new(), stock: String::new() };
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.status()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let called = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| broken(error.status()))?;
        match name.as_str() {
            "file" => (sent.name, sent.content) = (called, bytes),
            "stock" => sent.stock = String::from_utf8_lossy(&bytes).into_owned(),
            _ => {}
        }
    }
    Ok(sent)
}

async fn bad(InCx(cx): InCx, Path((shop, run)): Path<(String, String)>) -> Result<Response, Problem> {
    let at = at_shop(&cx, &shop, Permission::Products).await?;
    let id: GoodsImportId = run.parse().map_err(|_| Problem::from(Code::NotFound))?;
    let rows = BadRows::open(&cx, &at, id).await.map_err(AppError::from)?;
    Ok(as_bad(rows))
}

fn as_bad(rows: BadRows) -> Response {
    let head = rows.head();
    let head = stream::once(async { Ok::<Bytes, ExportError>(head) });
    let rows =
        stream::try_unfold(rows, |mut rows| async move { Ok(rows.part().await?.map(|part| (part, rows))) });
    (headers("text/csv; charset=utf-8", "bad-rows.csv"), Body::from_stream(head.chain(rows))).into_response()
}
