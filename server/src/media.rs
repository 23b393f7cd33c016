//! Pictures by address: art drawn on the fly. An address never changes what it shows, so caches keep it for ever.

use axum::{
    Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use model::Code;
use web::Problem;

pub fn routes() -> Router {
    Router::new().route("/media/art/{motif}/{file}", get(art))
}

async fn art(Path((motif, file)): Path<(String, String)>) -> Response {
    let seed = file.strip_suffix(".svg").and_then(|seed| seed.parse().ok());
    match seed.and_then(|seed: u32| catalog::art::svg(&motif, seed)) {
        Some(svg) => {
            let headers = [
                (header::CONTENT_TYPE, "image/svg+xml"),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, svg).into_response()
        }
        None => Problem::from(Code::NotFound).into_response(),
    }
}
