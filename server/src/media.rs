//! Pictures by address: photographs in their forms, and art drawn on the fly. An address never changes what it shows,
//! so caches keep it for ever.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use media::Files;
use model::{Code, ids::MediaId, views::PictureFormat};
use web::{InCx, Problem};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub fn routes() -> Router {
    Router::new().route("/media/{media}/{file}", get(stored)).route("/media/art/{motif}/{file}", get(art))
}

/// Only forms that were made are there to be had, so nobody can have the server make others.
async fn stored(
    InCx(cx): InCx,
    Path((media, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let missing = || Problem::from(Code::NotFound);
    let (media, width, format) = asked(&media, &file).ok_or_else(missing)?;
    let files = cx.part::<Files>().ok_or_else(missing)?;
    let form = files.form(media, width, format).await;
    let form = form.map_err(|error| Problem::from(Code::Unavailable).because(error))?.ok_or_else(missing)?;
    let tag = web::tag_of(&form);
    let known = web::is_known(&headers, &tag);
    let kept = [(header::CACHE_CONTROL, FOR_EVER.to_owned()), (header::ETAG, tag)];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    Ok((kept, [(header::CONTENT_TYPE, format.content_type())], form).into_response())
}

/// Each form has one address: another way to write the same id or number is none.
fn asked(media: &str, file: &str) -> Option<(MediaId, u16, PictureFormat)> {
    let (width, ending) = file.split_once('.')?;
    let format = PictureFormat::ALL.into_iter().find(|format| format.extension() == ending)?;
    let (id, pixels) = (media.parse::<MediaId>().ok()?, width.parse::<u16>().ok()?);
    (id.to_string() == media && pixels.to_string() == width).then_some((id, pixels, format))
}

async fn art(Path((motif, file)): Path<(String, String)>) -> Response {
    let seed = file.strip_suffix(".svg").and_then(|seed| seed.parse().ok());
    match seed.and_then(|seed: u32| catalog::art::svg(&motif, seed)) {
        Some(svg) => {
            let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, FOR_EVER)];
            (headers, svg).into_response()
        }
        None => Problem::from(Code::NotFound).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, http::Request};
    use kernel::{Kernel, jobs::Registry, testing::TestApp};
    use sqlx::PgPool;
    use std::sync::Arc;
    use web::WebSettings;

    #[test]
    fn only_the_one_address_of_a_form_is_understood() {
        let id = "01938f6e-0000-7000-8000-00000000002a";
        assert!(asked(id, "640.avif").is_some());
        for (media, file) in [
            (id, "640.png"),
            (id, "0640.avif"),
            (id, "+640.avif"),
            (id, "-1.avif"),
            (id, "99999.avif"),
            (id, "640"),
            (id, "640.avif.jpg"),
            (id, "../../originals/x.jpg"),
            ("01938F6E-0000-7000-8000-00000000002A", "640.avif"),
            ("01938f6e0000700080000000000000002a", "640.avif"),
            ("{01938f6e-0000-7000-8000-00000000002a}", "640.avif"),
            ("..", "640.avif"),
            ("originals", "640.jpg"),
        ] {
            assert_eq!(asked(media, file), None, "{media}/{file}");
        }
    }

    async fn ask(
        kernel: &Kernel,
        method: &str,
        path: &str,
        tag: Option<&str>,
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        use tower::ServiceExt as _;
        let app = web::layers(routes(), &WebSettings::default(), kernel);
        let mut request = Request::builder().method(method).uri(path);
        if let Some(tag) = tag {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        let response = app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, axum::body::to_bytes(body, 1 << 20).await.unwrap().to_vec())
    }

    #[sqlx::test(migrator = "kernel::db::MIGRATOR")]
    async fn a_form_is_served_for_ever_and_what_was_never_made_is_not_there(db: PgPool) {
        let folder = tempfile::tempdir().unwrap();
        let files = Arc::new(Files::folder(folder.path()).unwrap());
        let app = TestApp::with_parts(db, Registry::empty().job::<media::MakeForms>(), |kernel| {
            kernel.with_part(files.clone())
        });
        let photo = include_bytes!("../media/tests/fixtures/adam-birkett-239153-unsplash.jpg");
        let owner = kernel::Uuid::from_u128(1);
        let id = media::receive(&app.cx(), &files, owner, photo.as_slice().into()).await.unwrap();
        app.run_jobs().await;

        for (file, kind) in
            [("160.avif", "image/avif"), ("160.webp", "image/webp"), ("160.jpg", "image/jpeg")]
        {
            let path = format!("/media/{id}/{file}");
            let (status, headers, body) = ask(app.kernel(), "GET", &path, None).await;
            assert_eq!((status, headers[header::CONTENT_TYPE].to_str().unwrap()), (StatusCode::OK, kind));
            assert_eq!(headers[header::CACHE_CONTROL], FOR_EVER);
            assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(headers[header::CONTENT_LENGTH], body.len().to_string());
            let tag = headers[header::ETAG].to_str().unwrap();
            let (status, again, body) = ask(app.kernel(), "GET", &path, Some(tag)).await;
            assert_eq!(
                (status, body.len(), &again[header::ETAG]),
                (StatusCode::NOT_MODIFIED, 0, &headers[header::ETAG])
            );
            let (status, head, body) = ask(app.kernel(), "HEAD", &path, None).await;
            assert_eq!((status, body.len()), (StatusCode::OK, 0));
            for name in [header::ETAG, header::CONTENT_TYPE, header::CONTENT_LENGTH] {
                assert_eq!(head[&name], headers[&name]);
            }
        }
        let other = kernel::Uuid::from_u128(9);
        for path in [
            format!("/media/{id}/161.jpg"),
            format!("/media/{id}/2400.jpg"),
            format!("/media/{other}/160.jpg"),
            format!("/media/{id}/..%2f..%2foriginals%2f{id}.jpg"),
            format!("/media/..%2foriginals/{id}.jpg"),
            format!("/media/originals/{id}.jpg"),
        ] {
            let (status, headers, _) = ask(app.kernel(), "GET", &path, None).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            assert_ne!(headers[header::CACHE_CONTROL], FOR_EVER, "{path}");
        }
    }
}
