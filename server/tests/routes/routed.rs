//! Everything there is to be tried.

use std::path::Path;
use web::Health;

/// What is routed besides pages, server functions and endpoints; the test below finds what is forgotten.
const PLAIN: &[(&str, &str)] = &[
    ("POST", "/account/profile/picture"),
    ("GET", "/account/privacy/export/{export}"),
    ("GET", "/account/orders/{id}/invoice.pdf"),
    ("GET", "/backoffice/audit.csv"),
    ("GET", "/backoffice/messages/{message}/html"),
    ("GET", "/backoffice/messages/templates/{kind}/{lang}"),
    ("GET", "/backoffice/shops/documents/{document}"),
    ("GET", "/seller/{shop}/products/export"),
    ("POST", "/seller/{shop}/products/import/file"),
    ("GET", "/seller/{shop}/products/import/{run}/bad.csv"),
    ("POST", "/seller/{shop}/products/{product}/photographs"),
    ("POST", "/seller/{shop}/settings/{which}"),
    ("POST", "/seller/{shop}/verification/documents"),
    ("GET", "/sign-in/provider"),
    ("GET", "/preferences/kept"),
    ("POST", "/preferences"),
    ("GET", "/seller/{shop}/analytics.csv"),
    ("GET", "/seller/{shop}/money/statement.csv"),
    ("GET", "/seller/{shop}/money/statement.pdf"),
    ("GET", "/seller/{shop}/orders/{id}/label.pdf"),
    ("GET", "/seller/{shop}/stock/reorder.csv"),
    ("POST", "/sign-in/provider"),
    ("GET", "/unsubscribe/{token}"),
    ("POST", "/unsubscribe/{token}"),
    ("GET", "/pay/{id}/events"),
    ("GET", "/seller/{shop}/events"),
    ("POST", "/webhooks/payments/{provider}"),
    ("POST", "/webhooks/payouts/{provider}"),
    ("POST", "/webhooks/couriers/{carrier}"),
    ("GET", "/media/{media}/{file}"),
    ("GET", "/media/art/{motif}/{file}"),
    ("GET", "/robots.txt"),
    ("GET", "/sitemap.xml"),
    ("GET", "/sitemaps/{file}"),
    ("GET", "/problems/{code}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/docs"),
    ("GET", "/api/docs.css"),
    ("GET", "/sim/bank"),
    ("GET", "/sim/bank/pay/{charge}"),
    ("POST", "/sim/bank/pay/{charge}"),
    ("GET", "/sim/bank/transfers"),
    ("POST", "/sim/bank/api/transfers"),
    ("POST", "/sim/bank/api/charges"),
    ("GET", "/sim/bank/api/charges/{charge}"),
    ("POST", "/sim/bank/api/charges/{charge}/cancel"),
    ("POST", "/sim/bank/api/charges/{charge}/refunds"),
    ("GET", "/sim/carrier"),
    ("GET", "/sim/carrier/parcels/{parcel}"),
    ("POST", "/sim/carrier/parcels/{parcel}"),
    ("POST", "/sim/carrier/v1/orders"),
    ("POST", "/sim/carrier/v1/orders/{parcel}/cancel"),
    ("GET", "/sim/carrier/v1/trackings/{parcel}"),
];
/// Everything that is routed, from the tables that route it.
pub(crate) fn routes(health: &Health) -> Vec<(String, String)> {
    let nobody = || leptos::prelude::provide_context(model::Prefs::default());
    let (pages, _) =
        leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context(app::App, None, nobody);
    let mut all: Vec<_> = pages.iter().map(|page| ("GET".to_owned(), page.path().to_owned())).collect();
    all.extend(
        leptos::server_fn::axum::server_fn_paths()
            .map(|(path, method)| (method.to_string(), path.to_owned())),
    );
    let document = serde_json::to_value(gateway_rest::endpoints(health.clone()).1).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        all.extend(item.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    all.extend(PLAIN.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())));
    all.sort();
    all.dedup();
    all
}

/// A path without what its parts are called.
fn shape(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The routes that a source adds by itself, with the methods that stand beside them: `any` answers whatever is not there.
fn added_by(source: &str) -> Vec<(&'static str, String)> {
    let mut added = Vec::new();
    for call in source.split(".route(").skip(1) {
        let Some((path, rest)) = call.trim_start().strip_prefix('"').and_then(|call| call.split_once('"'))
        else {
            continue;
        };
        let handler = rest.split(".route(").next().unwrap_or_default().lines().next().unwrap_or_default();
        if handler.contains("any(") {
            continue;
        }
        let methods = [("GET", "get("), ("POST", "post("), ("PUT", "put("), ("DELETE", "delete(")];
        let said: Vec<_> = methods.iter().filter(|(_, call)| handler.contains(call)).collect();
        if said.is_empty() {
            added.push(("", shape(path)));
        }
        added.extend(said.into_iter().map(|(method, _)| (*method, shape(path))));
    }
    added
}

#[test]
fn what_is_routed_besides_is_in_the_table() {
    let listed: Vec<_> = PLAIN.iter().map(|(method, path)| (*method, shape(path))).collect();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<_> = ["src", "web/src", "bank/src", "carrier/src", "gateway/rest/src"]
        .map(|folder| here.join(folder))
        .to_vec();
    let (mut seen, mut forgotten) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|kind| kind != "rs") {
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            for (method, route) in added_by(source) {
                seen += 1;
                let known = |(is, of): &(&str, String)| *of == route && (method.is_empty() || method == *is);
                if !listed.iter().any(known) {
                    forgotten.push(format!("{method} {route} of {}", path.display()));
                }
            }
        }
    }
    assert!(seen > 40, "{seen} routes were found");
    assert!(forgotten.is_empty(), "add to PLAIN, and a row to routes.txt:\n  {}", forgotten.join("\n  "));
}
