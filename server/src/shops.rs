//! What of shops is no page: the documents their owners send with a form, and those that operators open.

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Multipart, Path},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use flows::{
    seller::{Applicant, AtShop},
    verify_shop::ContentType,
};
use kernel::Cx;
use model::{
    AppError, Code, Duty, FieldError, Permission,
    ids::{DocumentId, ProductId},
    shop::{ApplicantKind, DocumentKind, ShopPicture, limits, most},
};
use web::{InCx, OwnPolicy, Problem};

/// Of a form with as many photographs as a product may have.
const PHOTOGRAPHS_BYTES: usize = most::PHOTOGRAPHS * 4 * 1024 * 1024 + 64 * 1024;
/// Of a form with all documents there are.
const DOCUMENTS_BYTES: usize = 2 * limits::DOCUMENT_BYTES + 64 * 1024;
/// Of the largest form there is.
pub const FORM_BYTES: usize =
    if DOCUMENTS_BYTES > PHOTOGRAPHS_BYTES { DOCUMENTS_BYTES } else { PHOTOGRAPHS_BYTES };

pub fn routes() -> Router {
    let documents = post(documents).layer(DefaultBodyLimit::max(DOCUMENTS_BYTES));
    let photographs = post(photographs).layer(DefaultBodyLimit::max(FORM_BYTES));
    Router::new()
        .route("/seller/{shop}/products/{product}/photographs", photographs)
        .route("/seller/{shop}/verification/documents", documents)
        .route("/seller/{shop}/settings/{which}", post(picture))
        .route("/backoffice/shops/documents/{document}", get(document))
}

/// Takes the documents of a plain form in and goes back to the page, which says what was wrong with them. Whose shop it is
/// comes before anything is read.
async fn documents(InCx(cx): InCx, Path(slug): Path<String>, form: Multipart) -> Result<Response, Problem> {
    let at = flows::seller::at_shop(&cx, &slug, Permission::Settings).await?;
    let page = format!("/seller/{slug}/verification");
    let to = match take(&cx, &at, form).await {
        Ok(()) => page,
        Err(error) => format!("{page}?refused={}", refused(error)?),
    };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// How the page is told; what is not about the documents is an error of its own.
fn refused(error: AppError) -> Result<&'static str, Problem> {
    let document =
        |error: &AppError, of| DocumentKind::ALL.iter().any(|kind| error.of(kind.as_str()) == Some(of));
    match error.code {
        Code::TooLarge => Ok("large"),
        Code::Conflict => Ok("waiting"),
        Code::Invalid if document(&error, FieldError::Required) => Ok("missing"),
        Code::Invalid if error.of("legal_name").is_some() => Ok("name"),
        Code::Invalid => Ok("wrong"),
        _ => Err(error.into()),
    }
}

async fn take(cx: &Cx, at: &AtShop, form: Multipart) -> Result<(), AppError> {
    let applicant = read(form).await?;
    flows::seller::send_documents(cx, at, applicant).await.map(drop).map_err(AppError::from)
}

/// The fields of the form.
async fn read(mut form: Multipart) -> Result<Applicant, AppError> {
    let mut applicant =
        Applicant { kind: ApplicantKind::Person, legal_name: String::new(), files: Vec::new() };
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.status()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes: Bytes = field.bytes().await.map_err(|error| broken(error.status()))?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        if let Some(kind) = DocumentKind::from_name(&name) {
            applicant.files.push((kind, bytes));
        } else if name == "kind" {
            let kind = ApplicantKind::from_name(&text());
            applicant.kind = kind.ok_or_else(|| AppError::field("kind", FieldError::Malformed))?;
        } else if name == "legal_name" {
            applicant.legal_name = text();
        }
    }
    Ok(applicant)
}

/// Takes the file of a plain form in and goes back to the page, which says what was wrong with it.
async fn picture(
    InCx(cx): InCx,
    Path((slug, which)): Path<(String, String)>,
    form: Multipart,
) -> Result<Response, Problem> {
    let at = flows::seller::at_shop(&cx, &slug, Permission::Settings).await?;
    let which = ShopPicture::from_name(&which).ok_or_else(|| Problem::from(Code::NotFound))?;
    let page = format!("/seller/{slug}/settings");
    let to = match take_picture(&cx, &at, which, form).await {
        Ok(()) => page,
        Err(error) if error.code == Code::TooLarge => format!("{page}?picture=large"),
        Err(error) if error.of("picture").is_some() => format!("{page}?picture=wrong"),
        Err(error) => return Err(error.into()),
    };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

async fn take_picture(cx: &Cx, at: &AtShop, which: ShopPicture, form: Multipart) -> Result<(), AppError> {
    let bytes = crate::account::file(form).await?;
    flows::seller::settings::set_picture(cx, at, which, bytes).await.map_err(AppError::from)
}

/// Takes the files of a plain form into a product's gallery, in their order, and goes back to its editor, which says what
/// was wrong with the first that was refused.
async fn photographs(
    InCx(cx): InCx,
    Path((slug, product)): Path<(String, String)>,
    form: Multipart,
) -> Result<Response, Problem> {
    let at = flows::seller::at_shop(&cx, &slug, Permission::Products).await?;
    let product: ProductId = product.parse().map_err(|_| Problem::from(Code::NotFound))?;
    let page = format!("/seller/{slug}/products/{product}");
    let to = match take_photographs(&cx, &at, product, form).await {
        Ok(()) => page,
        Err(error) if error.code == Code::TooLarge => format!("{page}?picture=large"),
        Err(error) if error.of("picture") == Some(FieldError::OutOfRange) => format!("{page}?picture=full"),
        Err(error) if error.of("picture").is_some() => format!("{page}?picture=wrong"),
        Err(error) => return Err(error.into()),
    };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

async fn take_photographs(
    cx: &Cx,
    at: &AtShop,
    product: ProductId,
    mut form: Multipart,
) -> Result<(), AppError> {
    let mut any = false;
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.status()))? {
        let is_picture = field.name() == Some("picture");
        let bytes: Bytes = field.bytes().await.map_err(|error| broken(error.status()))?;
        if is_picture {
            flows::seller::editor::attach(cx, at, product, bytes).await.map_err(AppError::from)?;
            any = true;
        }
    }
    if any { Ok(()) } else { Err(AppError::field("picture", FieldError::Required)) }
}

fn broken(status: StatusCode) -> AppError {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge.into(),
        _ => Code::Malformed.into(),
    }
}

/// A document, for an operator who looks at shops; nothing in it runs, and nothing on the way may keep it.
async fn document(InCx(cx): InCx, Path(document): Path<String>) -> Result<Response, Problem> {
    let operator = cx.operator(Duty::Shops)?;
    let id: DocumentId = document.parse().map_err(|_| Problem::from(Code::NotFound))?;
    let (kind, bytes) = flows::verify_shop::look(&cx, &operator, id).await.map_err(AppError::from)?;
    let shown = if kind == ContentType::Pdf { "attachment" } else { "inline" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind.as_str())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(shown)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    let policy = OwnPolicy("default-src 'none'; img-src 'self'; frame-ancestors 'none'; sandbox");
    Ok((Extension(policy), headers, bytes).into_response())
}
