//! Who may come where: every page, server function and endpoint there is, tried by a visitor, a member, another member,
//! an operator without the duty and one with every duty, the owner of a shop, somebody who packs there, and the owner of
//! another shop, against the table in `routes.txt`. What has no row fails, so a
//! new endpoint is not forgotten; `UPDATE_ROUTES=1` writes the table anew, for people to read what changed.

#[path = "../../src/account.rs"]
mod account;
#[path = "../../src/audit.rs"]
mod audit;
#[path = "../../src/couriers.rs"]
mod couriers;
#[path = "../../src/doorman.rs"]
mod doorman;
#[path = "../../src/figures.rs"]
mod figures;
#[path = "../../src/goods.rs"]
mod goods;
#[path = "../../src/media.rs"]
mod media_files;
#[path = "../../src/messages.rs"]
mod messages;
#[path = "../../src/papers.rs"]
mod papers;
#[path = "../../src/payments.rs"]
#[expect(dead_code, reason = "the rest is for the server that goes on")]
mod payments;
#[path = "../../src/provider.rs"]
mod provider;
#[path = "../../src/reorder.rs"]
mod reorder;
#[path = "../../src/shops.rs"]
mod shops;
#[path = "../../src/sitemap.rs"]
mod sitemap;
#[path = "../../src/statement.rs"]
mod statement;
#[path = "../../src/unsubscribe.rs"]
mod unsubscribe;

mod asking;
mod market;
mod named;
mod outside;
mod routed;
mod things;

use market::Walk;
use sqlx::PgPool;
use std::{collections::BTreeMap, fmt::Write as _, path::Path};

/// `METHOD path | body | visitor member other moderator administrator owner packer rival`; for a `GET` its query in place of a body.
fn table(text: &str) -> BTreeMap<String, (String, String)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &str| {
        let mut parts = line.split(" | ");
        let mut next = || parts.next().unwrap_or_default().trim().to_owned();
        (next(), (next(), next()))
    };
    lines.map(row).collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn everybody_gets_where_they_may_and_nowhere_else(db: PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let (walk, routes) = Walk::begin(db, folder.path()).await;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/routes.txt");
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    let rows = table(&before);
    let mut after: String =
        before.lines().take_while(|line| line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
    let mut wrong = Vec::new();
    for (method, path) in &routes {
        let key = format!("{method} {path}");
        let (body, told) = rows.get(&key).cloned().unwrap_or_default();
        let now = walk.ask(method, path, &body).await;
        assert!(!now.split(' ').any(|status| status == "500"), "{key} fails: {now}");
        let _ = writeln!(after, "{key} | {body} | {now}");
        if now != told {
            wrong.push(format!(
                "{key}: {now}, in the table {}",
                if told.is_empty() { "there is no row" } else { &told }
            ));
        }
    }
    let known: Vec<String> = routes.iter().map(|(method, path)| format!("{method} {path}")).collect();
    wrong.extend(
        rows.keys().filter(|row| !known.contains(row)).map(|row| format!("{row} is no longer routed")),
    );
    if std::env::var_os("UPDATE_ROUTES").is_some() {
        std::fs::write(&file, after).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "routes.txt says otherwise:\n  {}", wrong.join("\n  "));
}
