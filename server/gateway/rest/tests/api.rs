//! The document, the routes and the manners of the API agree.

use axum::{Router, body::Body, response::Response, routing::post};
use gateway_rest::{ApiError, Json, Path, Query, body::PageQuery};
use http::{Request, header};
use http_body_util::BodyExt as _;
use kernel::Kernel;
use serde::Deserialize;
use serde_json::Value;
use tower::ServiceExt as _;
use web::{Health, WebSettings};

fn kernel() -> Kernel {
    Kernel::new(sqlx::PgPool::connect_lazy("postgres://nobody@127.0.0.1:1/none").unwrap())
}

fn health() -> Health {
    Health::new(&kernel(), &WebSettings::default())
}

fn server() -> Router {
    let settings = WebSettings::default();
    let more = Router::new().route("/test/{id}", post(strict));
    web::layers(gateway_rest::router(health(), &settings.stylesheet).merge(more), &settings, &kernel())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    #[expect(dead_code, reason = "only read")]
    lines: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[expect(dead_code, reason = "only read")]
    quantity: u32,
}

async fn strict(_: Path<u32>, query: Query<PageQuery>, _: Json<Order>) -> Result<&'static str, ApiError> {
    query.0.after::<u32>().map(|_| "understood")
}

async fn send(server: Router, request: Request<Body>) -> Response {
    server.oneshot(request).await.unwrap()
}

async fn ask(method: &str, path: &str) -> Response {
    send(server(), Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await
}

async fn text(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn json(response: Response) -> Value {
    serde_json::from_str(&text(response).await).unwrap()
}

fn operations(document: &Value) -> Vec<(String, String)> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone()))
    });
    all.collect()
}

#[tokio::test]
async fn every_documented_operation_is_routed() {
    let (routes, document) = gateway_rest::endpoints(health());
    let document = serde_json::to_value(document).unwrap();
    for (method, path) in operations(&document) {
        let request = Request::builder()
            .method(method.as_str())
            .uri(path.replace(['{', '}'], ""))
            .body(Body::empty())
            .unwrap();
        let status = routes.clone().oneshot(request).await.unwrap().status();
        assert!(status != 404 && status != 405, "{method} {path} answers {status}");
    }
}

/// Routes are made by `routes!` only, which documents them, and every described handler is given to it.
#[tokio::test]
async fn every_route_is_documented() {
    let (_, document) = gateway_rest::endpoints(health());
    let document = serde_json::to_value(document).unwrap();
    let mut described = 0;
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                described += source.matches("#[utoipa::path(").count();
                let bare = source.matches(".route(").count();
                assert!(
                    bare == 0 || path.ends_with("lib.rs") && bare == 6,
                    "{} has {bare} bare routes",
                    path.display()
                );
            }
        }
    }
    assert_eq!(described, operations(&document).len());
}

#[tokio::test]
async fn the_document_is_as_agreed() {
    let response = ask("GET", "/api/v1/openapi.json").await;
    assert!(response.headers().contains_key(header::ETAG));
    let document = json(response).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    insta::assert_json_snapshot!("openapi", document, { ".info.version" => "[version]" });
}

#[tokio::test]
async fn every_reference_in_the_document_leads_somewhere() {
    fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| match value.as_str() {
                Some(to) if key == "$ref" => found.push(to),
                _ => references(value, found),
            }),
            Value::Array(list) => list.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = serde_json::to_value(gateway_rest::endpoints(health()).1).unwrap();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert_ne!(found, Vec::<&str>::new());
    for to in found {
        assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
    }
}

#[tokio::test]
async fn the_documentation_is_a_page_without_script() {
    let page = text(ask("GET", "/api/docs").await).await;
    for part in
        ["<h1>Pasar API", "/api/v1/status", "schema-ProblemBody", "id=\"get-api-v1\"", "/api/docs.css"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<script") && !page.contains("style="));
    let style = ask("GET", "/api/docs.css").await;
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
}

#[tokio::test]
async fn the_api_says_where_to_go() {
    let api = json(ask("GET", "/api/v1").await).await;
    for path in [&api["documentation"], &api["openapi"]] {
        assert_eq!(ask("GET", path.as_str().unwrap()).await.status(), 200);
    }
    assert_eq!(
        ask("GET", api["links"]["status"].as_str().unwrap()).await.status(),
        503,
        "there is no database here"
    );
}

#[tokio::test]
async fn refusals_are_problem_documents() {
    let json_of = |body: &'static str| {
        Request::post("/test/1")
            .header("content-type", "application/json")
            .header("sec-fetch-site", "none")
            .body(Body::from(body))
            .unwrap()
    };
    let get =
        |method: &str, path: &str| Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    let at = |path: &'static str| {
        let mut request = json_of(r#"{"lines": []}"#);
        *request.uri_mut() = path.parse().unwrap();
        request
    };
    let mut plain = json_of("x");
    plain.headers_mut().insert("content-type", "text/plain".parse().unwrap());
    let mut large = json_of("x");
    large.headers_mut().insert("content-length", "99999999".parse().unwrap());
    let mut told = Vec::new();
    for (name, request) in [
        ("unknown address", get("GET", "/api/v1/none")),
        ("unknown address of another version", get("GET", "/api/v9")),
        ("the folder itself", get("GET", "/api")),
        ("wrong method", get("DELETE", "/api/v1/status")),
        ("no JSON", json_of("{")),
        ("more than one JSON", json_of(r#"{"lines": []} x"#)),
        ("another media type", plain),
        ("too large", large),
        ("a field is missing", json_of("{}")),
        ("a field is missing below", json_of(r#"{"lines": [{}]}"#)),
        ("a field is of another type", json_of(r#"{"lines": [{"quantity": 1}, {"quantity": -1}]}"#)),
        ("a field is unknown", json_of(r#"{"lines": [{"quantity": 1, "qty": 1}]}"#)),
        ("another shape", json_of("[]")),
        ("a parameter of the query", at("/test/1?limit=101")),
        ("a made-up cursor", at("/test/1?after=x")),
        ("not an id", at("/test/x")),
        ("understood", at("/test/1")),
    ] {
        let response = send(server(), request).await;
        let status = response.status().as_u16();
        if name == "understood" {
            assert_eq!(status, 200);
            continue;
        }
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{name}");
        let allow =
            response.headers().get(header::ALLOW).map(|allow| format!(", allow {}", allow.to_str().unwrap()));
        let body: gateway_rest::body::ProblemBody = serde_json::from_str(&text(response).await).unwrap();
        assert_eq!(body.status, status);
        let fields = serde_json::to_string(&body.fields).unwrap();
        told.push(format!("{name}: {status} {}{} {fields}", body.code, allow.unwrap_or_default()));
    }
    insta::assert_snapshot!("refusals", told.join("\n"));
}
