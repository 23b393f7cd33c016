//! What crawlers ask for: `robots.txt`, and the sitemap as an index of parts.

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::Cx;
use model::{Code, ids::ProductId};
use std::{fmt::Write, sync::Arc};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use views::sitemap::{self, Entry};
use web::{InCx, Problem};

/// Addresses in a part. The protocol allows 50,000; smaller ones are made and fetched faster.
const PART: u16 = 10_000;

/// `site` is where people reach us, without a slash at the end.
pub fn routes(site: &str) -> Router {
    Router::new()
        .route("/robots.txt", get(robots))
        .route("/sitemap.xml", get(index))
        .route("/sitemaps/{file}", get(part))
        .with_state(Arc::from(site))
}

async fn robots(State(site): State<Arc<str>>) -> String {
    format!(
        "User-agent: *\nDisallow: /search\nDisallow: /_fn/\nDisallow: /api/\nDisallow: /*?*v=\nAllow: /\n\nSitemap: {site}/sitemap.xml\n"
    )
}

async fn index(State(site): State<Arc<str>>, InCx(cx): InCx) -> Result<Response, Problem> {
    let mut db = cx.db().acquire().await.map_err(away)?;
    let parts = sitemap::product_parts(&mut db, PART).await.map_err(away)?;
    let mut out = opened("sitemapindex");
    for name in ["pages".to_owned(), "shops".to_owned()]
        .into_iter()
        .chain(parts.iter().map(|id| format!("products-{id}")))
    {
        let _ = write!(out, "<sitemap><loc>{site}/sitemaps/{name}.xml</loc></sitemap>");
    }
    Ok(xml(out + "</sitemapindex>"))
}

async fn part(
    State(site): State<Arc<str>>,
    InCx(cx): InCx,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    let name = file.strip_suffix(".xml").ok_or(Code::NotFound)?;
    let mut out = opened("urlset");
    match name {
        "pages" => pages(&cx, &site, &mut out).await?,
        "shops" => shops(&cx, &site, &mut out).await?,
        _ => {
            let from: ProductId =
                name.strip_prefix("products-").and_then(|id| id.parse().ok()).ok_or(Code::NotFound)?;
            products(&cx, &site, from, &mut out).await?;
        }
    }
    Ok(xml(out + "</urlset>"))
}

async fn pages(cx: &Cx, site: &str, out: &mut String) -> Result<(), Problem> {
    let mut db = cx.db().acquire().await.map_err(away)?;
    let mut level = views::category::tree(&mut db, cx.lang()).await.map_err(away)?;
    let _ = write!(
        out,
        "<url><loc>{site}/</loc></url><url><loc>{site}/categories</loc></url><url><loc>{site}/terms</loc></url><url><loc>{site}/privacy</loc></url>"
    );
    while let Some(node) = level.pop() {
        let _ = write!(out, "<url><loc>{site}/c/{}</loc></url>", node.slug);
        level.extend(node.children);
    }
    Ok(())
}

async fn shops(cx: &Cx, site: &str, out: &mut String) -> Result<(), Problem> {
    let mut db = cx.db().acquire().await.map_err(away)?;
    let shops = sitemap::shops(&mut db, "", PART).await.map_err(away)?;
    for shop in &shops {
        entry(out, site, "shop", shop);
    }
    Ok(())
}

async fn products(cx: &Cx, site: &str, from: ProductId, out: &mut String) -> Result<(), Problem> {
    let mut db = cx.db().acquire().await.map_err(away)?;
    let parts = sitemap::product_parts(&mut db, PART).await.map_err(away)?;
    let until = parts.into_iter().find(|id| *id > from);
    let products = sitemap::products(&mut db, from, until, PART).await.map_err(away)?;
    for product in &products {
        entry(out, site, "p", product);
    }
    Ok(())
}

fn entry(out: &mut String, site: &str, kind: &str, entry: &Entry) {
    let changed =
        OffsetDateTime::from_unix_timestamp(entry.changed_at).ok().and_then(|at| at.format(&Rfc3339).ok());
    let changed = changed.map(|at| format!("<lastmod>{at}</lastmod>")).unwrap_or_default();
    let _ = write!(out, "<url><loc>{site}/{kind}/{}</loc>{changed}</url>", entry.slug);
}

fn opened(kind: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">"#
    )
}

fn xml(body: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/xml; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, body).into_response()
}

fn away(error: sqlx::Error) -> Problem {
    Problem::from(web::database_code(&error)).because(error)
}
