//! The dependency arrows of ARCHITECTURE.md, checked: who may touch whom, what must not come near `model`,
//! the domains or the browser. A crate's place in the folders says what it is; a new arrow is an edit of the
//! table below, and so of the architecture.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use std::{collections::BTreeSet, path::Path, process::Command};

/// What a crate is, by the folder it lives in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Place {
    Model,
    Ui,
    Area,
    App,
    Frontend,
    Kernel,
    Web,
    Domain,
    Flows,
    Views,
    Gateway,
    Bank,
    Carrier,
    Server,
    Load,
}
use Place::{
    App, Area, Bank, Carrier, Domain, Flows, Frontend, Gateway, Kernel, Load, Model, Server, Ui, Views, Web,
};

/// Who may touch whom. What is compiled for the browser as well stands above the gap.
const ARROWS: &[(Place, &[Place])] = &[
    (Model, &[]),
    (Ui, &[Model]),
    (Area, &[Model, Ui, Web, Flows, Views, Domain]),
    (App, &[Model, Ui, Area, Web]),
    (Frontend, &[App]),
    //
    (Kernel, &[Model]),
    (Domain, &[Model, Kernel]),
    (Flows, &[Model, Kernel, Domain, Views]),
    (Views, &[Model, Kernel, Domain]),
    (Web, &[Model, Kernel]),
    (Gateway, &[Model, Kernel, Web, Flows, Views]),
    (Bank, &[Model, Kernel]),
    (Carrier, &[Model, Kernel, Bank]),
    (Server, &[Model, Ui, Area, App, Kernel, Domain, Flows, Views, Web, Gateway, Bank, Carrier]),
    (Load, &[]),
];

/// Crates of others that a place must not name, and why.
const FOREIGN: &[(&[Place], &[&str], &str)] = &[
    (
        &[Model],
        &["tokio", "sqlx", "axum", "leptos", "time", "rand"],
        "the vocabulary does no I/O and asks no clock",
    ),
    (&[Ui], &["server_fn", "leptos_axum"], "the design system calls no server"),
    (
        &[Kernel, Domain, Flows, Views],
        &["leptos", "leptos_axum", "leptos_router", "axum"],
        "below `web` nobody knows who serves the pages",
    ),
    (&[Ui, Area, App, Frontend], &["tokio", "sqlx", "axum", "tantivy"], "server code is in server crates"),
    (
        &[Model, Ui, Area, App, Frontend],
        &["regex", "chrono", "time", "rand", "comrak", "pulldown-cmark"],
        "it would make the wasm much larger",
    ),
];

/// What must not be anywhere in the browser's build, not even through somebody else.
const NOT_IN_THE_BROWSER: &[&str] =
    &["tokio", "sqlx", "sqlx-core", "axum", "hyper", "tantivy", "chrono", "time", "rand", "kernel", "web"];

fn place(folder: &str) -> Option<Place> {
    Some(match folder {
        "app" => App,
        "app/model" => Model,
        "app/ui" => Ui,
        "frontend" => Frontend,
        "server" => Server,
        "server/kernel" => Kernel,
        "server/web" => Web,
        "server/bank" => Bank,
        "server/carrier" => Carrier,
        "server/flows" => Flows,
        "server/views" => Views,
        "bench/load" => Load,
        _ => match folder.split('/').collect::<Vec<_>>()[..] {
            ["app", _] => Area,
            ["server", "gateway", _] => Gateway,
            ["server", _] => Domain,
            _ => return None,
        },
    })
}

fn allowed(from: Place) -> &'static [Place] {
    ARROWS.iter().find(|(place, _)| *place == from).map_or(&[], |(_, to)| to)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the server's folder is in the workspace")
}

fn workspace() -> Metadata {
    MetadataCommand::new().current_dir(root()).no_deps().exec().expect("cargo metadata")
}

fn folder(metadata: &Metadata, package: &Package) -> String {
    let folder = package.manifest_path.parent().expect("a manifest lies in a folder");
    folder.strip_prefix(&metadata.workspace_root).unwrap_or(folder).to_string()
}

/// Every package with its folder and place; one in a folder nobody knows fails the test.
fn packages(metadata: &Metadata) -> Vec<(&Package, Place)> {
    let with_place = |package| {
        let folder = folder(metadata, package);
        let place = place(&folder);
        (
            package,
            place.unwrap_or_else(|| {
                panic!("`{folder}` is a new kind of place: say in server/tests/arrows.rs what it may touch")
            }),
        )
    };
    metadata.workspace_packages().into_iter().map(with_place).collect()
}

/// The crates of a package's resolved graph for a target, as `name features`; without procedural macros, which
/// run in the compiler.
fn resolved(package: &str, target: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", package, "--target", target, "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "none", "--format", "{p}|{f}"])
        .current_dir(root())
        .output()
        .expect("cargo tree starts");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let line = |line: &str| {
        let mut parts = line.split('|');
        let name = parts.next()?.split(' ').next()?;
        Some(format!("{name} {}", parts.next().unwrap_or_default().trim_end_matches(" (*)")))
    };
    String::from_utf8_lossy(&output.stdout).lines().filter_map(line).collect()
}

fn name(resolved: &str) -> &str {
    resolved.split(' ').next().unwrap_or_default()
}

#[track_caller]
fn assert_none(what: &str, found: &[String]) {
    assert!(
        found.is_empty(),
        "{what}:\n  {}\nSee \"Who may touch whom\" in ARCHITECTURE.md.",
        found.join("\n  ")
    );
}

#[test]
fn no_crate_touches_what_it_may_not() {
    let metadata = workspace();
    let packages = packages(&metadata);
    let mut wrong = Vec::new();
    for (package, from) in &packages {
        for dependency in package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development) {
            let to = packages.iter().find(|(other, _)| other.name.as_str() == dependency.name);
            if let Some((_, to)) = to
                && !allowed(*from).contains(to)
            {
                wrong.push(format!(
                    "{} ({from:?}) -> {} ({to:?}); a {from:?} may touch {:?}",
                    package.name,
                    dependency.name,
                    allowed(*from)
                ));
            }
        }
    }
    assert_none("arrows that may not be", &wrong);
}

/// Pages are compiled for the browser too, where a server crate must never be: it is optional and comes with `ssr`.
#[test]
fn pages_reach_server_crates_only_under_ssr() {
    let metadata = workspace();
    let packages = packages(&metadata);
    let mut wrong = Vec::new();
    for (package, _) in packages.iter().filter(|(_, place)| [Model, Ui, Area, App, Frontend].contains(place))
    {
        for dependency in package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal) {
            let of_the_server = packages.iter().any(|(other, place)| {
                other.name.as_str() == dependency.name && ![Model, Ui, Area, App, Frontend].contains(place)
            });
            let switch = format!("dep:{}", dependency.name);
            let only_ssr =
                package.features.iter().all(|(feature, on)| feature == "ssr" || !on.contains(&switch));
            if of_the_server && !(dependency.optional && only_ssr) {
                wrong.push(format!(
                    "{} -> {} is not an optional dependency of the feature `ssr` alone",
                    package.name, dependency.name
                ));
            }
        }
    }
    assert_none("server crates in the browser's build", &wrong);
}

#[test]
fn nobody_names_a_library_that_is_not_for_their_place() {
    let metadata = workspace();
    let mut wrong = Vec::new();
    for (package, from) in packages(&metadata) {
        for (places, crates, why) in FOREIGN.iter().filter(|(places, _, _)| places.contains(&from)) {
            let named = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal);
            let banned = named.filter(|d| crates.contains(&d.name.as_str()));
            wrong.extend(banned.map(|d| {
                format!("{} ({from:?}) -> {}; none of {places:?} may: {why}", package.name, d.name)
            }));
        }
    }
    assert_none("libraries out of place", &wrong);
}

#[test]
fn the_model_has_no_runtime_and_no_sql_even_through_others() {
    let found: Vec<_> = resolved("model", "x86_64-unknown-linux-gnu")
        .into_iter()
        .filter(|c| ["tokio", "sqlx", "sqlx-core", "axum", "hyper"].contains(&name(c)))
        .collect();
    assert_none("reached from `model`", &found);
}

#[test]
fn the_browser_gets_no_server() {
    let graph = resolved("frontend", "wasm32-unknown-unknown");
    assert!(graph.iter().any(|c| name(c) == "leptos"), "the graph of `frontend` was not read: {graph:?}");
    let found: Vec<_> = graph.iter().filter(|c| NOT_IN_THE_BROWSER.contains(&name(c))).cloned().collect();
    assert_none("reached from `frontend` for wasm32", &found);
}

/// Ids are born on the server; a generator in the wasm would be dead weight and a temptation.
#[test]
fn the_browser_makes_no_ids() {
    let generates =
        |features: &str| features.split(',').any(|f| ["v1", "v4", "v6", "v7", "rng"].contains(&f));
    let found: Vec<_> = resolved("frontend", "wasm32-unknown-unknown")
        .into_iter()
        .filter(|c| name(c) == "uuid" && generates(c.split_once(' ').map_or("", |(_, features)| features)))
        .collect();
    assert_none("uuid with a generator, reached from `frontend`", &found);
}

/// The table itself: nothing on the way down may lead back up, and no domain may reach another.
#[test]
fn the_table_has_no_cycle() {
    fn reaches(from: Place, to: Place, seen: &mut BTreeSet<Place>) -> bool {
        allowed(from).iter().any(|next| *next == to || (seen.insert(*next) && reaches(*next, to, seen)))
    }
    for (place, _) in ARROWS {
        assert!(!reaches(*place, *place, &mut BTreeSet::new()), "{place:?} reaches itself");
    }
}
