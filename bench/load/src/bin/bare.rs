//! A bare axum handler that answers with the bytes of files, for `make bench-render` to compare pages with:
//! `bare ADDRESS FOLDER`. The file `FOLDER/x` is the answer to `/p/x`; all are read beforehand.

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Html,
    routing::get,
};
use std::{collections::HashMap, error::Error, sync::Arc};

type Pages = Arc<HashMap<String, Bytes>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (address, folder) = arguments.next().zip(arguments.next()).ok_or("usage: bare ADDRESS FOLDER")?;
    let mut pages = HashMap::new();
    for file in std::fs::read_dir(folder)? {
        let file = file?;
        pages.insert(
            file.file_name().to_string_lossy().into_owned(),
            Bytes::from(std::fs::read(file.path())?),
        );
    }
    let router = Router::new().route("/p/{slug}", get(page)).with_state(Arc::new(pages));
    axum::serve(tokio::net::TcpListener::bind(address).await?, router).await?;
    Ok(())
}

async fn page(State(pages): State<Pages>, Path(slug): Path<String>) -> Result<Html<Bytes>, StatusCode> {
    pages.get(&slug).cloned().map(Html).ok_or(StatusCode::NOT_FOUND)
}
