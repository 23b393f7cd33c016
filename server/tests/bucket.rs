//! Pictures in a bucket: against a small store on this machine that speaks as much of S3 as we use.

use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Uuid, jobs::Registry, jobs::enqueue, testing::TestApp};
use media::{Bucket, DropFiles, Files, MakeForms, Secret, receive};
use model::views::PictureFormat;
use sqlx::PgPool;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex},
};

const SECRET: &str = "a-secret-nobody-may-see";

/// What lies in the bucket, and what was asked of it.
#[derive(Clone, Default)]
struct Store(Arc<Mutex<Kept>>);

type Kept = (BTreeMap<String, Bytes>, Vec<Asked>);
type Asked = (Method, HeaderMap, String);

impl Store {
    /// Starts it; its address.
    async fn open(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    fn keys(&self) -> Vec<String> {
        self.0.lock().unwrap().0.keys().cloned().collect()
    }
}

async fn answer(State(store): State<Store>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 24).await.unwrap();
    let mut store = store.0.lock().unwrap();
    store.1.push((parts.method.clone(), parts.headers.clone(), parts.uri.to_string()));
    let signed = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if !signed
        .is_some_and(|s| s.starts_with("AWS4-HMAC-SHA256 Credential=reader/") && s.contains("/eu-test-1/s3/"))
    {
        return (StatusCode::FORBIDDEN, "<Error><Code>AccessDenied</Code></Error>").into_response();
    }
    let Some(key) = parts.uri.path().strip_prefix("/pictures") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let key = key.trim_start_matches('/').to_owned();
    let meta = [(header::ETAG, "\"x\""), (header::LAST_MODIFIED, "Wed, 21 Oct 2026 07:28:00 GMT")];
    match parts.method {
        Method::PUT => {
            store.0.insert(key, body);
            ([(header::ETAG, "\"x\"")], "").into_response()
        }
        Method::DELETE => {
            store.0.remove(&key);
            StatusCode::NO_CONTENT.into_response()
        }
        Method::GET if key.is_empty() => {
            list(&store.0, parts.uri.query().unwrap_or_default()).into_response()
        }
        _ => match store.0.get(&key) {
            Some(found) => (meta, found.clone()).into_response(),
            None => (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response(),
        },
    }
}

fn list(objects: &BTreeMap<String, Bytes>, query: &str) -> String {
    let prefix = query.split('&').find_map(|pair| pair.strip_prefix("prefix=")).unwrap_or_default();
    let prefix = prefix.replace("%2F", "/");
    let mut out = "<ListBucketResult>".to_owned();
    for (key, body) in objects.iter().filter(|(key, _)| key.starts_with(&prefix)) {
        let size = body.len();
        let _ = write!(
            out,
            "<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>2026-10-21T07:28:00.000Z</LastModified></Contents>"
        );
    }
    out + "</ListBucketResult>"
}

fn bucket(endpoint: String, id: &str) -> Bucket {
    let key = Some((id.to_owned(), Secret::new(SECRET.to_owned())));
    Bucket { name: "pictures".into(), endpoint: Some(endpoint), region: "eu-test-1".into(), key }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_picture_is_kept_shown_and_dropped_in_a_bucket(db: PgPool) {
    let store = Store::default();
    let files = Arc::new(Files::bucket(&bucket(store.open().await, "reader")).unwrap());
    let app = TestApp::with_parts(db, Registry::empty().job::<MakeForms>().job::<DropFiles>(), |kernel| {
        kernel.with_part(files.clone())
    });
    let cx = app.cx();
    let photo = include_bytes!("../media/tests/fixtures/adam-birkett-239153-unsplash.jpg");
    let id = receive(&cx, &files, Uuid::from_u128(1), Bytes::from_static(photo)).await.unwrap();
    assert_eq!(store.keys(), [format!("originals/{id}.jpg")]);
    app.run_jobs().await;
    let form = files.form(id, 320, PictureFormat::Webp).await.unwrap().unwrap();
    assert_eq!(&form[8..12], b"WEBP");
    assert_eq!(files.form(id, 321, PictureFormat::Webp).await.unwrap(), None);
    assert_eq!(store.keys().iter().filter(|key| key.starts_with(&format!("forms/{id}/"))).count() % 3, 0);
    assert!(store.keys().len() > 9, "{:?}", store.keys());

    let mut tx = cx.begin().await.unwrap();
    enqueue(&mut tx, &cx, &DropFiles { media: id }).await.unwrap();
    tx.commit().await.unwrap();
    app.run_jobs().await;
    assert_eq!(store.keys(), Vec::<String>::new());

    let asked = store.0.lock().unwrap().1.clone();
    assert!(!format!("{asked:?} {files:?} {:?}", bucket(String::new(), "reader")).contains(SECRET));
}

#[tokio::test]
async fn a_bucket_that_does_not_know_the_key_is_an_error_and_not_a_missing_picture() {
    let store = Store::default();
    let files = Files::bucket(&bucket(store.open().await, "stranger")).unwrap();
    let media = model::ids::MediaId::new(Uuid::from_u128(1));
    let error = files.form(media, 320, PictureFormat::Jpeg).await.unwrap_err();
    assert!(!format!("{error:?}").contains(SECRET));
}
