//! What of the account pages is no page: the picture that is sent with a form, and the archive that is fetched.

use axum::{
    Router,
    body::Bytes,
    extract::{Multipart, Path},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use kernel::Cx;
use model::{AppError, Code, ids::ExportId};
use web::{InCx, Problem};

pub fn routes() -> Router {
    Router::new()
        .route("/account/profile/picture", post(picture))
        .route("/account/privacy/export/{export}", get(archive))
}

/// Takes the file of a plain form in and goes back to the page, which says what was wrong with it.
async fn picture(InCx(cx): InCx, form: Multipart) -> Result<Response, Problem> {
    let to = match take(&cx, form).await {
        Ok(()) => "/account/profile",
        Err(error) if error.code == Code::TooLarge => "/account/profile?picture=large",
        Err(error) if error.of("picture").is_some() => "/account/profile?picture=wrong",
        Err(error) => return Err(error.into()),
    };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

async fn take(cx: &Cx, form: Multipart) -> Result<(), AppError> {
    let member = cx.member()?;
    let bytes = file(form).await?;
    flows::profile::set_picture(cx, &member, bytes).await.map(drop).map_err(AppError::from)
}

/// The first file of the form.
pub async fn file(mut form: Multipart) -> Result<Bytes, AppError> {
    let refused = |status: StatusCode| match status {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::new(Code::TooLarge),
        _ => AppError::new(Code::Malformed),
    };
    while let Some(field) = form.next_field().await.map_err(|error| refused(error.status()))? {
        if field.name() == Some("picture") {
            return field.bytes().await.map_err(|error| refused(error.status()));
        }
    }
    Err(AppError::field("picture", model::FieldError::Required))
}

/// Nobody but its owner may have it, and nothing on the way may keep it.
async fn archive(InCx(cx): InCx, Path(export): Path<String>) -> Result<Response, Problem> {
    let member = cx.member()?;
    let id: ExportId = export.parse().map_err(|_| Problem::from(Code::NotFound))?;
    let bytes = flows::privacy::fetch(&cx, &member, id).await.map_err(AppError::from)?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"pasar.zip\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, bytes).into_response())
}
